"""Everybody, everywhere: the full model on all inhabited communes, with accounts by zone and day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from typing import Any

from engine import ONE_THREAD, SEED, TWO_WORKERS, same_outcome, specification
from final_state import state_hash
from measurement import load_average, timed
from memory import Growth

from entraide.model.records import Outcome
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification

__all__ = ["country"]


def _simulation(what: Specification, workers: ThreadPoolExecutor | None) -> Simulation:
    """Draw the population. The one place that says how daily accounts by zone are asked for."""
    return Simulation(what, seed=SEED, workers=workers, zone_daily=True)


def _run(what: Specification, threads: int) -> dict[str, Any]:
    """Run one replicate and keep its figures and its outcome only: two populations would not fit in memory."""
    growth = Growth()
    with ThreadPoolExecutor(threads) if threads > 1 else nullcontext() as workers:
        drawn = timed(partial(_simulation, what, workers))
        simulation: Simulation = drawn.result
        growth.look(0)
        days = timed(partial(simulation.run, progress=growth.look))
        collected = timed(simulation.outcome)
    growth.look(what.days)
    outcome: Outcome = collected.result
    wall = drawn.wall + days.wall + collected.wall
    return {
        "seconds": wall,
        "cpu_over_wall": (drawn.cpu + days.cpu + collected.cpu) / wall,
        "population": drawn.wall,
        "outcome": collected.wall,
        "phases": dict(simulation.phase_seconds),
        "resident_at_most": growth.largest,
        "hash": state_hash(simulation),
        "result": outcome,
    }


def country(place: int | str, days: int) -> dict[str, Any]:
    """Return time, its parts, memory and the hash of the last state of one replicate, on two threads and on one."""
    what = specification(place, days)
    runs = {arm: _run(what, threads) for arm, threads in ((TWO_WORKERS, 2), (ONE_THREAD, 1))}
    outcomes = [run.pop("result") for run in runs.values()]
    citizen_days = what.territory.inhabitants * days
    return {
        "inhabitants": what.territory.inhabitants,
        "zones": what.territory.zones,
        "days": days,
        "runs": runs,
        "citizen_days_per_second": {arm: citizen_days / run["seconds"] for arm, run in runs.items()},
        "same_hash": len({run["hash"] for run in runs.values()}) == 1,
        "same_bits": same_outcome(*outcomes),
        "load_average": load_average(),
    }
