"""An initiative beside the public service: it draws on the same people and relieves in part the same needs.

It has no needs, norms or risks of its own. Of what people give it, a share is handed over to the public service as
contributions (its integration); the rest meets needs of that service by itself, and now and then relieves one. A need
relieved beside the service is withdrawn from it: still due, and not delivered by it, since nobody answers for it. The
public service is the first one of the scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns import Column
from ..compilation import kernel
from ..parameters import Value
from ..random_numbers import Stream, binomial
from .contract import Contributions, Handover, ProductionKind, ServiceDay

__all__ = ["ParallelInitiative"]

_COLUMNS = (
    Column("received", "int32", "day x zone", "tasks", 0, 2**31 - 1, "tasks given on the day"),
    Column("of_use", "int32", "day x zone", "tasks", 0, 2**31 - 1, "of those, handed over or a need relieved"),
)


@kernel
def _share_out(
    tasks, shift, wrong, integration, relief_chance, day, keys, handed, handed_shift, handed_wrong, relief
):  # fmt: skip
    """Draw by zone how many tasks are handed over, and how many of the others may relieve a need; see Handover."""
    for z in range(tasks.shape[0]):
        if tasks[z] == 0:
            continue
        handed[z] = binomial(tasks[z], integration, keys[Stream.ASSIGNMENT], z, day)
        handed_shift[z] = shift[z] * handed[z] / tasks[z]
        hostile = binomial(wrong[z], handed[z] / tasks[z], keys[Stream.CHECKING], z, day)
        # Drawn as if tasks were many; no more than were handed over, no fewer than are left to be hostile.
        handed_wrong[z] = max(wrong[z] - (tasks[z] - handed[z]), min(handed[z], hostile))
        relief[z] = binomial(tasks[z] - handed[z], relief_chance, keys[Stream.PAIRING], z, day)


class ParallelInitiative(ProductionKind):
    """Neighbours who help each other, beside the public service or articulated with it; see the module."""

    name = "parallel-initiative"
    columns = _COLUMNS

    def hand_over(self, today: ServiceDay, given: Contributions) -> Handover:
        """Return what of today's contributions goes to the public service, and what is tried beside it."""
        zones = len(given.tasks)
        found = Handover(
            np.zeros(zones, np.int64), np.zeros(zones), np.zeros(zones, np.int64), np.zeros(zones, np.int64)
        )
        integration, chance = float(today.own["integration"]), float(today.own["relief"])
        _share_out(
            given.tasks, given.shift, given.wrong, integration, chance, today.day, today.keys, found.tasks, found.shift,
            found.wrong, found.relief,
        )  # fmt: skip
        return found

    def note_use(self, today: ServiceDay, of_use: NDArray[np.int64]) -> None:
        """Keep, by zone, how many of today's tasks were handed over or relieved a need; before ``produce``."""
        today.state["of_use"][today.day % len(today.state["of_use"])] = of_use

    def arrive(self, today: ServiceDay, arisen: NDArray[np.int64]) -> None:
        # Needs belong to the public service: what is brought here all the same is let go of at once.
        today.account.arisen += arisen
        today.account.lapsed += arisen
        row = today.day % len(today.state["received"])
        today.state["received"][row] = 0
        today.state["of_use"][row] = 0

    def produce(self, today: ServiceDay, given: Contributions) -> None:
        row = today.day % len(today.state["received"])
        today.state["received"][row] = given.tasks
        today.account.tasks_wasted += given.tasks - today.state["of_use"][row]

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        """Nobody stands in for it."""

    def staff_only(self, today: ServiceDay, capacity: int, detection: float, lag: int, error: float) -> None:
        """The administration alone has no such initiative."""

    def settle(self, today: ServiceDay) -> None:
        """Nothing falls due."""

    def waiting(self, state: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
        return np.zeros(state["received"].shape[1], np.int64)

    def pull(self, today: ServiceDay) -> NDArray[np.float64]:
        return np.ones(today.territory.zones)

    def used_in_time(self, today: ServiceDay, past_day: int) -> NDArray[np.float64]:
        row = past_day % len(today.state["received"])
        received = today.state["received"][row]
        return np.asarray(today.state["of_use"][row] / np.maximum(1, received), np.float64)

    def bearing_on_trust(self, own: Mapping[str, Value]) -> tuple[float, float]:
        integration = float(own["integration"])
        return integration, float(own["opposition"]) * (1.0 - integration)

    def costs(self, today: ServiceDay) -> Mapping[str, float]:
        yearly = float(today.own["integration"]) * float(today.own["integration_cost"])
        return {"cost_platform": yearly / 365.0}
