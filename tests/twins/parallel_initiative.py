"""The twin of the initiative beside the public service: every task is handed over, of use by itself, or in vain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entraide.model.random_numbers import Stream

from .stocks import Given, Setting, ring

__all__ = ["ParallelInitiativeTwin"]


class ParallelInitiativeTwin:
    """What people gave each day, and how much of it was of use to anybody."""

    has_agents = False
    public = False

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.received: dict[int, list[int]] = {}
        self.of_use: dict[int, list[int]] = {}

    def arrive(self, arisen: list[int]) -> None:
        """Needs are not its own."""
        for zone, new in enumerate(arisen):
            self.setting.account.add("arisen", zone, new)
            self.setting.account.add("lapsed", zone, new)
        self.received[self.setting.day] = [0] * self.setting.zones
        self.of_use[self.setting.day] = [0] * self.setting.zones

    def hand_over(self, given: Given) -> list[tuple[int, float, int, int]]:
        """Return by zone: tasks handed over, the sum of their shifts, the wrong ones among them, tries to relieve."""
        setting, found = self.setting, []
        for z, tasks in enumerate(given.tasks):
            chances = (setting.service.integration, setting.service.relief)
            over = setting.chance.binomial(tasks, chances[0], Stream.ASSIGNMENT, setting.j, z, setting.day)
            tries = setting.chance.binomial(tasks - over, chances[1], Stream.PAIRING, setting.j, z, setting.day)
            share = over / tasks if tasks else 0.0
            drawn = setting.chance.binomial(given.wrong[z], share, Stream.CHECKING, setting.j, z, setting.day)
            hostile = max(given.wrong[z] - (tasks - over), min(over, drawn))
            found.append((over, given.shift[z] * over / tasks if tasks else 0.0, hostile, tries))
        return found

    def produce(self, given: Given) -> None:
        """What was neither handed over nor relieved a need was in vain."""
        self.received[self.setting.day] = list(given.tasks)
        for z, tasks in enumerate(given.tasks):
            self.setting.account.add("tasks_wasted", z, tasks - self.of_use[self.setting.day][z])

    def backstop(self, capacity: int, youngest: int) -> None:
        """Nobody stands in."""

    def staff_only(self, capacity: int, detection: float, lag: int, error: float) -> None:
        """There is none without citizens."""

    def settle(self) -> None:
        """Nothing is due."""

    def pull(self) -> list[float]:
        """What prompts people does not depend on what waits for the public service."""
        return [1.0] * self.setting.zones

    def bearing_on_trust(self) -> tuple[float, float]:
        """Articulated, it counts for trust in the administration; beside it, against."""
        service = self.setting.service
        return service.integration, service.opposition * (1.0 - service.integration)

    def waiting(self) -> list[int]:
        """Nothing waits here."""
        return [0] * self.setting.zones

    def used_in_time(self, past: int) -> list[float]:
        """Return by zone the share of a day's tasks that were of use."""
        return [use / max(1, tasks) for use, tasks in zip(self.of_use[past], self.received[past], strict=True)]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Return the engine's columns as this twin would fill them."""
        days = int(self.setting.service.acknowledgement_delay) + 1
        return {
            "received": ring(self.received, self.setting.day, days, self.setting.zones),
            "of_use": ring(self.of_use, self.setting.day, days, self.setting.zones),
        }
