"""What the production kind ``match`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np
from hypothesis import given
from numpy.typing import NDArray
from production_contract import MANY, SEEDS, TOGETHER, ZONES, Contract
from production_days import Bench, Day

from entraide.model.parameters import Value


class TestMatch(Contract):
    """Everybody asks, whatever became of earlier needs; a need lives for one day, so that it is due on that day."""

    kind = "match"
    parameters: ClassVar[Mapping[str, Value]] = {
        "compatibility": 0.3, "matching_reach": 2, "matching_visibility": 0.8, "asking_least": 1.0,
    }  # fmt: skip

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """What arises today is due today."""
        return list(story[t].arisen)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Every need served took one place offered today."""
        return min(sum(day.tasks), sum(day.arisen))

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_staff_serve_on_the_day_who_asks_or_nobody(self, story: list[Day], seed: int) -> None:
        bench = self.bench(seed)
        for day in story:
            account = bench.live(replace(day, tasks=(0,) * ZONES, shift=(0.0,) * ZONES, wrong=(0,) * ZONES))
            asked = int(bench.state["asked"].sum())
            expected = min(day.capacity, asked) if day.youngest == 0 else 0
            assert account.delivered_by_staff.sum() == account.in_time.sum() == expected

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_no_pair_takes_more_places_than_there_are(self, story: list[Day], seed: int) -> None:
        """Places offered = places of use + places wasted; what failed before checks is wasted."""
        bench = self.bench(seed)
        for day in story:
            account = bench.live(day)
            held = account.observed.sum() - account.observed_wrong.sum()
            assert sum(day.tasks) == held + account.tasks_wasted.sum()


class TestMatchWhereDemandWithers(TestMatch):
    parameters: ClassVar[Mapping[str, Value]] = {"compatibility": 0.3, "asking_least": 0.1, "asking_half_life": 2.0}
