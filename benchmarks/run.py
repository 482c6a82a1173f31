"""Measure the simulator: ``python benchmarks/run.py [--quick] [--only part ...] [--days N] [--out results.json]``.

Prints a table for each part, with the load of the machine, and writes all figures to a JSON file when asked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import printing
from country import country
from engine import phase_times, throughput, verdict, warm_up
from growth import growth
from imports import imports
from laboratory import laboratory
from measurement import load_average, machine
from memory import bytes_measured
from parts import between_parts
from peers.comparison import against_peers
from peers.registry import PEERS
from roofline import roofline
from starts import COMMANDS, starts

__all__ = ["ALL_PARTS", "FULL", "PARTS", "QUICK", "Plan", "main", "measure"]

# What is measured unless parts are named: the others take minutes, and the country several gigabytes.
PARTS = ("throughput", "phases", "verdict", "peers", "memory", "imports", "starts")
ALL_PARTS = (*PARTS, "roofline", "growth", "parts", "country", "laboratory")


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
    peer_citizens: int = 100_000
    peer_days: int = 20
    peers: tuple[str, ...] = tuple(PEERS)
    memory_size: int = 1_000_000
    commands: tuple[str, ...] = tuple(COMMANDS)
    start_rounds: int = 3
    import_rounds: int = 5
    roofline_size: int = 4_000_000
    roofline_block: int = 3
    roofline_rounds: int = 20
    cache: int | None = None
    growth_sizes: tuple[int | str, ...] = (10_000, 100_000, 1_000_000, 10_000_000)
    growth_services: tuple[int, ...] = (1, 2, 4, 8)
    growth_replicates: tuple[int, ...] = (1, 2, 4)
    growth_size: int = 1_000_000
    growth_rounds: int = 5
    parts: tuple[int, ...] = (2, 4, 8, 16)
    country: int | str = "all"
    laboratory_runs: int = 1_000
    laboratory_size: int = 5_000
    laboratory_days: int = 90
    laboratory_rounds: int = 3


FULL = Plan()
QUICK = Plan(
    sizes=(10_000, 100_000),
    rounds=3,
    phases_size=100_000,
    verdict_replicates=10,
    verdict_rounds=1,
    peer_days=5,
    memory_size=300_000,
    commands=("entraide run --quick",),
    start_rounds=1,
    import_rounds=2,
    roofline_size=1_000_000,
    roofline_rounds=10,
    growth_sizes=(10_000, 100_000, 1_000_000),
    growth_services=(1, 2),
    growth_size=100_000,
    growth_rounds=2,
    laboratory_runs=40,
    laboratory_days=30,
    laboratory_rounds=1,
)


def _works(plan: Plan) -> dict[str, Callable[[], Any]]:
    """Return what each part measures."""
    return {
        "throughput": partial(throughput, plan.sizes, plan.days, plan.rounds),
        "phases": partial(phase_times, plan.phases_size, plan.days, plan.rounds),
        "verdict": partial(verdict, plan.verdict_size, plan.days, plan.verdict_replicates, plan.verdict_rounds),
        "peers": partial(
            against_peers, plan.peer_citizens, plan.days, plan.peer_citizens, plan.peer_days, plan.rounds, plan.peers
        ),
        "memory": partial(bytes_measured, plan.memory_size),
        "imports": partial(imports, plan.import_rounds),
        "starts": lambda: [starts(name, COMMANDS[name], plan.start_rounds) for name in plan.commands],
        "roofline": partial(roofline, plan.roofline_size, plan.roofline_block, plan.roofline_rounds, plan.cache),
        "growth": partial(
            growth,
            plan.growth_sizes,
            plan.growth_services,
            plan.growth_replicates,
            plan.growth_size,
            plan.days,
            plan.growth_rounds,
        ),
        "parts": partial(between_parts, plan.country, plan.parts, plan.growth_size, plan.days),
        "country": partial(country, plan.country, plan.days),
        "laboratory": partial(
            laboratory, plan.laboratory_runs, plan.laboratory_size, plan.laboratory_days, plan.laboratory_rounds
        ),
    }


def measure(
    plan: Plan, parts: Sequence[str] = PARTS, out: Path | None = None, markdown: bool = False
) -> dict[str, Any]:
    """Measure some parts, print each as soon as it is known, and return all figures.

    ``out`` is written after each part, so that what a fault interrupts is not lost; ``markdown`` is for documents.
    """
    results: dict[str, Any] = {"machine": machine(), "plan": asdict(plan), "load_average_at_start": load_average()}
    print(printing.heading(results))
    warm_up()
    works = _works(plan)
    for part in parts:
        results[part] = works[part]()
        for table in printing.tables(part, results[part]):
            print(table.markdown() if markdown else table, flush=True)
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
    parser.add_argument("--peers", nargs="+", choices=PEERS, metavar="PEER", help=", ".join(PEERS))
    parser.add_argument("--peer-citizens", type=int, metavar="N", help=f"each peer's people ({FULL.peer_citizens:,})")
    parser.add_argument("--days", type=int, help=f"days of each run of the full model ({FULL.days})")
    parser.add_argument("--place", help='where "country" runs: all, department:48, or a number of inhabitants')
    parser.add_argument("--everybody", action="store_true", help='"growth" up to all inhabitants: 5 GB')
    parser.add_argument("--markdown", action="store_true", help="print tables as Markdown")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    given = parser.parse_args(arguments)
    plan = QUICK if given.quick else FULL
    plan = replace(
        plan, peers=tuple(given.peers or plan.peers), peer_citizens=given.peer_citizens or plan.peer_citizens
    )
    place = given.place or plan.country
    plan = replace(
        plan,
        days=given.days or plan.days,
        country=int(place) if str(place).isdigit() else place,
        growth_sizes=(*plan.growth_sizes, "all") if given.everybody else plan.growth_sizes,
    )
    measure(plan, given.only, given.out, given.markdown)


if __name__ == "__main__":
    main()
