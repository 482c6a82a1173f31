"""How far each phase of the day is from what the machine can do: Williams, Waterman & Patterson's roofline, by phase.

In one run: the machine's limits, the seconds of each phase on one thread and on two, and what each phase touches, on
days that alternate; each figure is the best of its blocks, as a limit is. One thread is timed by its processor time, so
that other work on the machine does not count; two by the wall. What a limit alone would take is the time of the phase's
bytes, hashes or cache lines at the machine's best rate; the longest of these is the phase's limit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

import numpy as np
from engine import SEED, specification
from machine_limits import LINE, machine_limits
from measurement import Sample, load_average, timed
from traffic import CITIZEN_PHASES, ProcessorTime, Touched, Traffic, watched

from entraide.model.phases import PHASES
from entraide.model.simulation import Simulation
from entraide.model.workers import Workers

__all__ = ["THREADS", "alternating", "quickest", "roofline"]

THREADS = (1, 2)
# What became of a contribution is told within two weeks in the scenario.
_FIRST_DAYS = 30


def alternating(
    simulation: Simulation, block: int, rounds: int, between: Callable[[], Any] = lambda: None, *, phases: bool = True
) -> dict[int, list[tuple[Sample, dict[str, float]]]]:
    """Run blocks of days on one thread and on two, in turn; return each block's times, whole and by phase.

    Phases are in processor time on one thread, in wall time on two. To read the processor's clock at each of them
    costs a tenth of a small territory's day: with ``phases`` False it is not done.
    ``between`` is done once a round, and not timed. Days go on, so that no arm has the first ones for itself.
    """
    measured: dict[int, list[tuple[Sample, dict[str, float]]]] = {threads: [] for threads in THREADS}
    with Workers(max(THREADS)) as workers:
        for number in range(rounds):
            for threads in THREADS if number % 2 == 0 else reversed(THREADS):
                simulation.workers = workers if threads > 1 else None
                before, processor = dict(simulation.phase_seconds), ProcessorTime()
                with watched(processor) if phases and threads == 1 else nullcontext():
                    sample = timed(partial(simulation.run, simulation.day + block))
                taken = {name: after - before[name] for name, after in simulation.phase_seconds.items()}
                taken = processor.seconds if threads == 1 else taken
                measured[threads].append((Sample(sample.wall, sample.cpu), taken))
            simulation.workers = None
            between()
    return measured


def quickest(blocks: Sequence[tuple[Sample, dict[str, float]]]) -> Sample:
    """Return the block that took least: like a limit, it tells of the program rather than of its neighbours."""
    return min((sample for sample, _ in blocks), key=lambda sample: sample.wall)


def _least(blocks: Sequence[tuple[Sample, dict[str, float]]], threads: int) -> float:
    """Return the seconds of the quickest block: of the processor on one thread, of the wall on more."""
    return min(sample.cpu if threads == 1 else sample.wall for sample, _ in blocks)


def _alone(touched: Touched, limits: dict[str, float]) -> dict[str, float]:
    """Return the seconds that each limit alone would take for what a phase touched."""
    return {
        "bandwidth": touched.bytes / limits["bandwidth"],
        "compute": touched.swept / limits["hash"] + touched.draws / limits["hash and logistic"],
        "lines": touched.read / limits["lines"],
    }


def _phase(name: str, nanoseconds: float, traffic: Traffic, limits: dict[str, float], people: int) -> dict[str, Any]:
    """Return the row of a phase; all per citizen and day."""
    row: dict[str, Any] = {"nanoseconds": nanoseconds}
    if name not in traffic.touched:
        return row
    citizen_days = people * traffic.days
    touched = traffic.touched[name]
    alone = {limit: 1e9 * taken / citizen_days for limit, taken in _alone(touched, limits).items()}
    nearest = max(alone, key=lambda limit: alone[limit])
    return {
        **row,
        "people": touched.people / citizen_days,
        "nanoseconds_a_person": nanoseconds * citizen_days / max(1, touched.people),
        "bytes": touched.bytes / citizen_days,
        "draws": (touched.draws + touched.swept) / citizen_days,
        "nanoseconds_alone": alone,
        "nanoseconds_in_turn": 1e9 * touched.read / limits["lines in turn"] / citizen_days,
        "nearest_limit": nearest,
        "share_of_limit": alone[nearest] / nanoseconds,
        "share_of_bandwidth_or_compute": max(alone["bandwidth"], alone["compute"]) / nanoseconds,
    }


def _a_call(simulation: Simulation) -> float:
    """Return the seconds of processor time that a phase takes for a chunk in which nobody is to be looked at."""
    nobody = [np.empty(0, np.int32) for _ in simulation.chunks]
    phase = next(phase for phase in PHASES if phase.name == "drop-out")

    def once() -> float:
        simulation.today.prompted = [list(nobody) for _ in range(simulation.services)]
        return timed(partial(phase.run, simulation)).cpu

    return min(once() for _ in range(50)) / (len(nobody) * simulation.services)


def roofline(size: int, block: int, rounds: int, cache: int | None = None) -> dict[str, Any]:
    """Return the machine's limits, and for each phase its time, what it touches and its share of the nearest limit.

    ``size`` inhabitants; ``block`` days in a row on one number of threads. Left out are the first day, when everybody
    who knows the service at the start is looked at, and those when nobody is told yet what became of their work.
    """
    limits = [machine_limits(THREADS, rounds, cache)]
    what = specification(size, _FIRST_DAYS + (len(THREADS) + 1) * block * rounds)
    people = what.territory.inhabitants
    simulation, traffic = Simulation(what, seed=SEED), Traffic()
    simulation.run(_FIRST_DAYS)
    a_call = _a_call(simulation)

    def watch() -> None:
        with watched(traffic):
            simulation.run(simulation.day + block)

    measured = alternating(simulation, block, rounds, watch)
    limits.append(machine_limits(THREADS, rounds, cache))
    best = {
        threads: {name: max(each[threads][name] for each in limits) for name in limits[0][1]} for threads in THREADS
    }
    phases = {
        str(threads): {
            name: _phase(
                name,
                1e9 * min(taken[name] for _, taken in measured[threads]) / (people * block),
                traffic,
                best[threads],
                people,
            )
            for name in simulation.phase_seconds
        }
        for threads in THREADS
    }
    return {
        "inhabitants": people,
        "zones": what.territory.zones,
        "days": block * rounds,
        "chunks": len(simulation.chunks),
        "microseconds_a_call": 1e6 * a_call,
        "swept_bytes": 2 * people,
        "line_bytes": LINE,
        "limits": {str(threads): each for threads, each in best.items()},
        "phases": phases,
        "nanoseconds": {
            str(threads): 1e9 * _least(blocks, threads) / (people * block) for threads, blocks in measured.items()
        },
        "cpu_over_wall": {str(threads): quickest(blocks).cpu_over_wall for threads, blocks in measured.items()},
        "bytes": sum(traffic.touched[name].bytes for name in CITIZEN_PHASES) / (people * traffic.days),
        "draws": sum(t.draws + t.swept for t in traffic.touched.values()) / (people * traffic.days),
        "contributions": traffic.contributions / (people * traffic.days),
        "load_average": load_average(),
    }
