"""Measure the simulator: ``python benchmarks/run.py [--quick] [--only part ...] [--out results.json]``.

Prints a table for each part, with the load of the machine, and writes all figures to a JSON file when asked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import printing
from country import country
from engine import phase_times, throughput, verdict, warm_up
from measurement import load_average, machine
from memory import bytes_measured
from mesa_reduced import against_full_model
from starts import COMMANDS, starts

__all__ = ["ALL_PARTS", "FULL", "PARTS", "QUICK", "Plan", "main", "measure"]

# What is measured unless parts are named; the country takes many minutes and several gigabytes.
PARTS = ("throughput", "phases", "verdict", "mesa", "memory", "starts")
ALL_PARTS = (*PARTS, "country")


@dataclass(frozen=True)
class Plan:
    """Sizes of everything that is measured. Units: inhabitants, days; ``rounds`` are repetitions of each part."""

    sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    days: int = 365
    rounds: int = 5
    phases_size: int = 1_000_000
    verdict_size: int = 100_000
    verdict_replicates: int = 100
    verdict_rounds: int = 3
    mesa_citizens: int = 100_000
    mesa_days: int = 3
    memory_size: int = 1_000_000
    commands: tuple[str, ...] = tuple(COMMANDS)
    start_rounds: int = 3
    country: str = "all"


FULL = Plan()
QUICK = Plan(
    sizes=(10_000, 100_000),
    rounds=3,
    phases_size=100_000,
    verdict_replicates=10,
    verdict_rounds=1,
    mesa_days=2,
    memory_size=300_000,
    commands=("entraide run --quick",),
    start_rounds=1,
)


def _works(plan: Plan) -> dict[str, Callable[[], Any]]:
    """Return what each part measures."""
    return {
        "throughput": partial(throughput, plan.sizes, plan.days, plan.rounds),
        "phases": partial(phase_times, plan.phases_size, plan.days, plan.rounds),
        "verdict": partial(verdict, plan.verdict_size, plan.days, plan.verdict_replicates, plan.verdict_rounds),
        "mesa": partial(
            against_full_model, plan.mesa_citizens, plan.days, plan.mesa_citizens, plan.mesa_days, plan.rounds
        ),
        "memory": partial(bytes_measured, plan.memory_size),
        "starts": lambda: [starts(name, COMMANDS[name], plan.start_rounds) for name in plan.commands],
        "country": partial(country, plan.country, plan.days),
    }


def measure(plan: Plan, parts: Sequence[str] = PARTS, out: Path | None = None) -> dict[str, Any]:
    """Measure some parts, print each as soon as it is known, and return all figures.

    ``out`` is written after each part, so that what a fault interrupts is not lost.
    """
    results: dict[str, Any] = {"machine": machine(), "plan": asdict(plan), "load_average_at_start": load_average()}
    print(printing.heading(results))
    warm_up()
    works = _works(plan)
    for part in parts:
        results[part] = works[part]()
        print(printing.TABLES[part](results[part]), flush=True)
        if out is not None:
            out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return results


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description="Measure the simulator's speed and memory.")
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds, about a minute")
    parser.add_argument(
        "--only", nargs="+", choices=ALL_PARTS, default=PARTS, metavar="PART", help=", ".join(ALL_PARTS)
    )
    parser.add_argument("--out", type=Path, help="JSON file to write")
    given = parser.parse_args(arguments)
    measure(QUICK if given.quick else FULL, given.only, given.out)


if __name__ == "__main__":
    main()
