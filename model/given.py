"""What citizens gave one service on one day, added up by zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .compilation import kernel
from .production.contract import Contributions

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["add_by_zone", "given_today"]


@kernel
def add_by_zone(
    zones, tasks, seconds, shift, wrong, first, people, tasks_in, seconds_in, shift_in, wrong_in, first_in
):  # fmt: skip
    """Add up contributions by zone."""
    for c in range(zones.shape[0]):
        z = zones[c]
        people[z] += 1
        tasks_in[z] += tasks[c]
        seconds_in[z] += seconds[c]
        shift_in[z] += shift[c] * tasks[c]
        wrong_in[z] += wrong[c] * tasks[c]
        first_in[z] += first[c]


def given_today(simulation: Simulation, j: int) -> Contributions:
    """Return what was given to one service today, added up by zone."""
    _, _, zones, tasks, seconds, shift, wrong, first = simulation.today.acts[j]
    people, tasks_in, seconds_in, wrong_in, newcomers = np.zeros((5, simulation.zones), np.int64)
    given = Contributions(
        people, tasks_in, seconds_in, np.zeros(simulation.zones), wrong_in, newcomers, zones, tasks
    )  # fmt: skip
    add_by_zone(
        zones, tasks, seconds, shift, wrong, first, given.people, given.tasks, given.seconds, given.shift,
        given.wrong, given.newcomers,
    )  # fmt: skip
    return given
