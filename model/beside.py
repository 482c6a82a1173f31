"""Phase 6, before the public services: what initiatives beside them hand over, and what they relieve by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .production.contract import Contributions

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["work_beside"]


def work_beside(simulation: Simulation, given: Sequence[Contributions]) -> None:
    """Let every initiative work beside the first public service: hand over to it, and relieve its needs.

    What is handed over is added to ``given``, the day's contributions by service. Without a public service an
    initiative is of no use to anybody.
    """
    relieved = next((j for j, kind in enumerate(simulation.kinds) if kind.public), None)
    if relieved is None:
        return
    for j, kind in enumerate(simulation.kinds):
        if kind.public:
            continue
        today = simulation.service_day(j)
        found = kind.hand_over(today, given[j])
        public = simulation.service_day(relieved)
        before = public.account.withdrawn.copy()
        simulation.kinds[relieved].withdraw(public, found.relief)
        kind.note_use(today, found.tasks + (public.account.withdrawn - before))
        _add(given[relieved], found.tasks, found.shift, found.wrong)


def _add(given: Contributions, tasks: np.ndarray, shift: np.ndarray, wrong: np.ndarray) -> None:
    """Add what was handed over, one more entry for each zone; the time it took stays where it was given."""
    given.tasks += tasks
    given.shift += shift
    given.wrong += wrong
    some = np.flatnonzero(tasks)
    given.zone_of = np.concatenate([given.zone_of, some.astype(given.zone_of.dtype)])
    given.tasks_of = np.concatenate([given.tasks_of, tasks[some].astype(given.tasks_of.dtype)])
