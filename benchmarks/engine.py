"""The full model: citizen-days per second, scaling over threads, a dashboard verdict, time of each phase.

The territory is made of real communes to about a given size; the service is that of the default scenario.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import statistics
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from functools import lru_cache, partial
from typing import Any

import numpy as np
from measurement import Sample, interleaved, load_average, median, ratio

from entraide.experiments.runner import run_replicates
from entraide.model.records import Outcome
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification
from entraide.model.workers import Workers
from entraide.scenarios.communes import commune_table
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.territories import load_territory

__all__ = [
    "ONE_THREAD",
    "TWO_PROCESSES",
    "TWO_REPLICATES",
    "TWO_WORKERS",
    "communes_up_to",
    "one_replicate",
    "phase_times",
    "same_outcome",
    "several_replicates",
    "specification",
    "throughput",
    "verdict",
    "warm_up",
]

SCENARIO = "urban-reports"
SEED = 1

# Arms: how two threads can be used.
ONE_THREAD = "one thread"
TWO_WORKERS = "two threads, one replicate"
TWO_REPLICATES = "two threads, two replicates"
TWO_PROCESSES = "two processes, two replicates"


def communes_up_to(inhabitants: int) -> list[str]:
    """Return codes of communes, in the table's order, each that still fits; neighbours mostly stay together."""
    table = commune_table()
    left, codes = inhabitants, []
    for code, population in zip(table.code.tolist(), table.population.tolist(), strict=True):
        if population <= left:
            codes.append(code)
            left -= population
    return codes


@lru_cache(maxsize=8)
def specification(place: int | str, days: int, services: int = 1) -> Specification:
    """Return the default scenario elsewhere.

    Parameters
    ----------
    place : number of inhabitants, to be reached about with real communes; or a selector such as "all".
    services : how many times the scenario's service is there.
    """
    scenario = load_scenario(SCENARIO, days=days).specification()
    service = scenario.services[0]
    return dataclasses.replace(
        scenario,
        territory=load_territory(communes=communes_up_to(place) if isinstance(place, int) else place),
        services=tuple(dataclasses.replace(service, name=f"service-{j}") for j in range(services)),
    )


def warm_up() -> None:
    """Compile or load every kernel, so that what is timed next is a second run."""
    one_replicate(specification(5_000, 40))


def one_replicate(
    what: Specification,
    threads: int = 1,
    *,
    zone_daily: bool = False,
    progress: Callable[[int], None] | None = None,
) -> tuple[Simulation, Outcome]:
    """Run one replicate, population drawn included, its chunks on some threads."""
    with Workers(threads) if threads > 1 else nullcontext() as workers:
        simulation = Simulation(what, seed=SEED, workers=workers, zone_daily=zone_daily)
        return simulation, simulation.run(progress=progress).outcome()


def several_replicates(what: Specification, replicates: int, threads: int) -> list[Outcome]:
    """Run replicates as users do, through the runner."""
    return run_replicates(what, replicates=replicates, seed=SEED, threads=threads)


def same_outcome(one: Outcome, other: Outcome) -> bool:
    """Tell whether two outcomes are equal bit for bit: every daily series and every account by zone."""
    pairs = ((one.daily, other.daily), (one.zone_year, other.zone_year), (one.groups, other.groups))
    return one.totals == other.totals and all(
        a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a) for a, b in pairs
    )


def _one_in_a_process(size: int, days: int, replicate: int) -> Outcome:
    """Run one replicate in a worker process, which builds and keeps the specification by itself."""
    return run_replicates(specification(size, days), replicates=1, first=replicate, seed=SEED, threads=1)[0]


def _two_in_processes(processes: Executor, size: int, days: int) -> list[Outcome]:
    return list(processes.map(_one_in_a_process, (size, size), (days, days), (0, 1)))


def throughput(sizes: Sequence[int], days: int, rounds: int) -> list[dict[str, Any]]:
    """Return, for each size, citizen-days per second of the arms, cores kept busy, and scaling.

    ``scaling`` is work done per second over that of one thread in the same round: 2 would be perfect. Processes are
    started, and their kernels loaded, before anything is timed; their time includes handing over the outcomes.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context, initializer=warm_up) as processes:
        return [_throughput(size, days, rounds, processes) for size in sizes]


def _throughput(size: int, days: int, rounds: int, processes: Executor) -> dict[str, Any]:
    what = specification(size, days)
    _two_in_processes(processes, size, days)
    samples = interleaved(
        {
            ONE_THREAD: partial(one_replicate, what),
            TWO_WORKERS: partial(one_replicate, what, 2),
            TWO_REPLICATES: partial(several_replicates, what, 2, 2),
            TWO_PROCESSES: partial(_two_in_processes, processes, size, days),
        },
        rounds,
    )
    citizen_days = what.territory.inhabitants * days
    simulation, alone = samples[ONE_THREAD][0].result
    others = [samples[TWO_WORKERS][0].result[1]]
    others += [samples[arm][0].result[0] for arm in (TWO_REPLICATES, TWO_PROCESSES)]
    return {
        "inhabitants": what.territory.inhabitants,
        "zones": what.territory.zones,
        "days": days,
        "chunks": len(simulation.chunks),
        "seconds": {arm: median(taken) for arm, taken in samples.items()},
        "citizen_days_per_second": {
            arm: citizen_days * _replicates(arm) / median(taken) for arm, taken in samples.items()
        },
        # Processor time of worker processes is known only once they have ended.
        "cpu_over_wall": {
            arm: median(taken, "cpu_over_wall") for arm, taken in samples.items() if arm != TWO_PROCESSES
        },
        "scaling": {
            arm: _replicates(arm) * ratio(samples[ONE_THREAD], taken)
            for arm, taken in samples.items()
            if arm != ONE_THREAD
        },
        "same_bits": all(same_outcome(alone, other) for other in others),
        "load_average": load_average(),
    }


def _replicates(arm: str) -> int:
    return 2 if arm in (TWO_REPLICATES, TWO_PROCESSES) else 1


def verdict(size: int, days: int, replicates: int, rounds: int) -> dict[str, Any]:
    """Return the time of a dashboard verdict: many replicates of one design on two threads."""
    what = specification(size, days)
    samples = interleaved({"verdict": partial(several_replicates, what, replicates, 2)}, rounds)["verdict"]
    return {
        "inhabitants": what.territory.inhabitants,
        "days": days,
        "replicates": replicates,
        "seconds": median(samples),
        "seconds_for_100_replicates": median(samples) * 100 / replicates,
        "citizen_days_per_second": what.territory.inhabitants * days * replicates / median(samples),
        "cpu_over_wall": median(samples, "cpu_over_wall"),
        "load_average": load_average(),
    }


def phase_times(size: int, days: int, rounds: int) -> dict[str, Any]:
    """Return the median seconds that each phase takes in one replicate on one thread."""
    what = specification(size, days)
    samples: list[Sample] = interleaved({ONE_THREAD: partial(one_replicate, what)}, rounds)[ONE_THREAD]
    taken = [sample.result[0].phase_seconds for sample in samples]
    return {
        "inhabitants": what.territory.inhabitants,
        "days": days,
        "seconds": {name: statistics.median(each[name] for each in taken) for name in taken[0]},
        "whole_run": median(samples),
        "load_average": load_average(),
    }
