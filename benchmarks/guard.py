"""A guard against slow turns that asserts no second: ratios within one run, and counts that every machine agrees on.

``python benchmarks/guard.py`` measures and ends with 1 if a figure left its bounds; ``--write`` makes what is measured
the figures of ``guard.json``: for a change that is meant to move them, with the reason in the changelog.

Costs are held against a yardstick that never changes with the model: its own copy of the hash, compared with two bytes
for every citizen and day, and a logistic for one in sixteen. Costs may grow by a margin, since machines differ; counts
may move by a twentieth.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from draws import draws_by_phase
from engine import SEED, specification, warm_up
from measurement import Sample, machine, ratio, timed
from traffic import ProcessorTime, Traffic, watched

from entraide.model.compilation import kernel
from entraide.model.simulation import Simulation

__all__ = ["COMMITTED", "costs", "judge", "measured", "people_looked_at"]

COMMITTED = Path(__file__).with_name("guard.json")
COMMAND = "python benchmarks/guard.py --write"

INHABITANTS = 100_000
# Days in a row between two looks at the yardstick: short, so that some block of each phase runs undisturbed.
BLOCK, ROUNDS = 5, 40
# Before, nobody is told yet what became of a contribution.
FIRST_DAYS = 30
COUNTED_DAYS = 60
PLAIN_INHABITANTS, PLAIN_DAYS = 2_000, 20
# A cost may grow by so much before the guard speaks; phases under this share of the whole are not held.
MARGIN = 1.6
LEAST_SHARE = 0.04
COUNTS_WITHIN = 0.05


@kernel
def yardstick(ceilings, utilities, repeats, day, key):
    """Compare a hash with 1,024 ceilings (uint16), and one in sixteen with a logistic; return how many lay under.

    The hash is Philox 2x32-10 written out, so that a slower one in the model shows.
    """
    hit = np.empty(ceilings.shape[0], np.uint8)
    count = 0
    for block in range(repeats):
        base = np.uint32(block * ceilings.shape[0])
        for k in range(ceilings.shape[0]):
            left = np.uint32(base + np.uint32(k))
            right = np.uint32(day)
            round_key = np.uint32(key)
            for _ in range(10):
                product = np.uint64(left) * np.uint64(0xD256D193)
                left = np.uint32(np.uint32(product >> np.uint64(32)) ^ round_key ^ right)
                right = np.uint32(product & np.uint64(0xFFFFFFFF))
                round_key = np.uint32(round_key + np.uint32(0x9E3779B9))
            hit[k] = (left >> np.uint32(16)) < ceilings[k]
        for k in range(ceilings.shape[0]):
            count += hit[k]
        for k in range(0, ceilings.shape[0], 16):
            count += utilities[k] < 1.0 / (1.0 + math.exp(utilities[k]))
    return count


def costs(rounds: int = ROUNDS) -> dict[str, float]:
    """Return what a citizen-day costs in yardsticks, in processor time; each phase at its quickest."""
    simulation = Simulation(specification(INHABITANTS, FIRST_DAYS + BLOCK * rounds), seed=SEED)
    simulation.run(FIRST_DAYS)
    rng = np.random.default_rng(SEED)
    ceilings, utilities = rng.integers(0, 200, 1024).astype(np.uint16), rng.normal(0.0, 1.0, 1024)
    citizen_days = simulation.inhabitants * BLOCK
    repeats = 4 * citizen_days // len(ceilings)
    measure = partial(yardstick, ceilings, utilities, repeats, 1, np.uint32(1))
    measure()
    engine: list[Sample] = []
    bare: list[Sample] = []
    phases: list[dict[str, float]] = []
    for _ in range(rounds):
        clock = ProcessorTime()
        with watched(clock):
            engine.append(timed(partial(simulation.run, simulation.day + BLOCK)))
        phases.append(clock.seconds)
        bare.append(timed(measure))
    compared = repeats * len(ceilings) / citizen_days
    quick = min(sample.cpu for sample in bare)
    return {
        "whole": compared * ratio(engine, bare, "cpu"),
        **{name: compared * min(taken[name] for taken in phases) / quick for name in simulation.phase_seconds},
        "spread": statistics.quantiles([one.cpu / other.cpu for one, other in zip(engine, bare, strict=True)])[2]
        / ratio(engine, bare, "cpu"),
    }


def people_looked_at() -> dict[str, float]:
    """Return what the rules of attention leave to do."""
    simulation, traffic = Simulation(specification(INHABITANTS, 1 + COUNTED_DAYS), seed=SEED), Traffic()
    simulation.run(1)
    with watched(traffic):
        simulation.run()
    citizen_days = simulation.inhabitants * COUNTED_DAYS
    return {
        "candidates per citizen-day": traffic.touched["awareness"].people / citizen_days,
        "people looked at per citizen-day": sum(each.people for each in traffic.touched.values()) / citizen_days,
        "prompts per contribution": traffic.prompts / traffic.contributions,
    }


def draws() -> dict[str, float]:
    """Return how many random numbers a citizen-day takes."""
    plain = draws_by_phase(PLAIN_INHABITANTS, PLAIN_DAYS)
    drawn, swept = sum(plain["called"].values()), plain["inhabitants"] * plain["days"]
    return {
        "draws per citizen-day": drawn / swept,
        "draws per citizen-day beside the sweep": (drawn - swept) / swept,
    }


def measured() -> dict[str, Any]:
    """Return costs, and counts that are the same on every machine."""
    return {"costs": costs(), "counts": {**people_looked_at(), **draws()}}


def judge(found: Mapping[str, Mapping[str, float]], committed: Mapping[str, Any]) -> list[str]:
    """Return a sentence for every figure that left its bounds."""
    said = [
        f"{name}: a citizen-day costs {found['costs'][name]:.2f} yardsticks, {bound['measured']:.2f} when measured, "
        f"{bound['at_most']:.2f} allowed"
        for name, bound in committed["costs"].items()
        if found["costs"][name] > bound["at_most"]
    ]
    said += [
        f"{name}: {found['counts'][name]:.6g}, {value:.6g} when measured; within {100 * COUNTS_WITHIN:g} % is allowed"
        for name, value in committed["counts"].items()
        if abs(found["counts"][name] / value - 1.0) > COUNTS_WITHIN
    ]
    return said


def _bounds(found: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """Return the figures to keep, with their bounds."""
    whole = found["costs"]["whole"]
    held = {name: cost for name, cost in found["costs"].items() if name != "spread" and cost > LEAST_SHARE * whole}
    return {
        "written_by": COMMAND,
        "machine": machine(),
        "inhabitants": INHABITANTS,
        "costs": {
            name: {"measured": round(cost, 3), "at_most": round(MARGIN * cost, 3)} for name, cost in held.items()
        },
        "counts": {name: float(f"{value:.6g}") for name, value in found["counts"].items()},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, say what left its bounds, or keep what was measured."""
    parser = argparse.ArgumentParser(description="Hold costs and counts against guard.json.")
    parser.add_argument("--write", action="store_true", help="keep what is measured as the new figures")
    given = parser.parse_args(arguments)
    warm_up()
    found = measured()
    print(json.dumps(found, indent=1))
    if given.write:
        COMMITTED.write_text(json.dumps(_bounds(found), indent=1) + "\n", encoding="utf-8")
        return 0
    said = judge(found, json.loads(COMMITTED.read_text(encoding="utf-8")))
    print("\n".join([*said, f"If it is meant: {COMMAND}"] if said else ["Within bounds."]))
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
