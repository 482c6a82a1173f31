"""The phases of a day in order; those of people in one go where workers take a chunk through all of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from .phases import Phase

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["run_phases"]


def run_phases(simulation: Simulation, phases: Sequence[Phase]) -> None:
    """Run phases in order, and book the time of each."""
    side_by_side = simulation.workers is not None and len(simulation.chunks) > 1
    for together, group in groupby(phases, lambda phase: side_by_side and phase.begin_chunks is not None):
        if together:
            _run_together(simulation, tuple(group))
            continue
        for phase in group:
            started = time.perf_counter()
            phase.run(simulation)
            simulation.phase_seconds[phase.name] += time.perf_counter() - started


def _run_together(simulation: Simulation, phases: Sequence[Phase]) -> None:
    """Run phases that follow one another, all of them by chunk; what comes out is as if each had run alone.

    The time that it takes is booked to the phases as workers spent it on them.
    """
    started = time.perf_counter()
    works = [phase.begin_chunks(simulation) for phase in phases if phase.begin_chunks is not None]

    def of_chunk(chunk: int) -> tuple[list[Any], list[float]]:
        done, clock = [], [time.perf_counter()]
        for work in works:
            done.append(work.of_chunk(chunk))
            clock.append(time.perf_counter())
        return done, clock

    results = simulation.each_chunk(of_chunk)
    for place, work in enumerate(works):
        work.of_all([done[place] for done, _ in results])
    spent = [0.0] * len(phases)
    for _, clock in results:
        for place, (before, after) in enumerate(pairwise(clock)):
            spent[place] += after - before
    share = (time.perf_counter() - started) / sum(spent)
    for phase, seconds in zip(phases, spent, strict=True):
        simulation.phase_seconds[phase.name] += seconds * share
