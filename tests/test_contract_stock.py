"""What the production kind ``stock`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from production_contract import LIFETIME, MANY, SEEDS, TOGETHER, ZONES, Contract
from production_days import Bench, Day, quiet_day

from entraide.model.parameters import Value
from entraide.model.production.contract import DayAccount


class TestStock(Contract):
    """Every item is due every day; what is missing or wrong waits for as long as nobody sees to it."""

    kind = "stock"
    parameters: ClassVar[Mapping[str, Value]] = {
        "topics_per_zone": 12, "topics_per_inhabitants": 0.3, "coverage_at_start": 0.5, "vandalism_rate": 0.05,
        "ageing_half_life": 30.0,
    }  # fmt: skip
    # What stays as it is left, so that two lives differ by what staff do alone.
    lasting: ClassVar[Mapping[str, Value]] = {"vandalism_rate": 0.0, "ageing_half_life": 1e6, "backstop_error": 0.0}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One contribution makes one item right."""
        return sum(day.tasks)

    def check_arisen(self, bench: Bench, day: Day, account: DayAccount) -> None:
        """New topics, and at most all items that were right at some moment of the day; on the first, those missing."""
        new = account.arisen - np.array(day.arisen)
        right = bench.state["right"] + account.delivered_by_citizens + account.delivered_by_staff
        assert (new >= (11 if len(bench.accounts) == 1 else 0)).all()
        if len(bench.accounts) > 1:
            assert (new <= right + new - account.delivered_by_citizens - account.delivered_by_staff).all()

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Every item in demand: 22 topics at the start and those that came up since."""
        return [22 + sum(day.arisen[z] for day in story[: t + 1]) for z in range(ZONES)]

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """All that is old enough, whether it never was there or went wrong."""
        if day.youngest > LIFETIME:
            return 0
        young = sum(int(past.arisen.sum()) for past in bench.accounts[max(0, t - day.youngest + 1) : t + 1])
        return min(day.capacity, bench.open_needs() + int(account.delivered_by_staff.sum()) - young)

    @MANY
    @given(story=TOGETHER, seed=SEEDS, more=st.integers(1, 50))
    def test_more_staff_leave_no_more_needs_waiting(self, story: list[Day], seed: int, more: int) -> None:
        """Where nothing decays; else what is right can be damaged, and two lives meet different accidents."""
        nothing = quiet_day(ZONES)
        few, many = self.bench(seed, **self.lasting), self.bench(seed, **self.lasting)
        for day in story:
            lived = replace(day, tasks=nothing.tasks, shift=nothing.shift, wrong=nothing.wrong)
            few.live(lived)
            many.live(replace(lived, capacity=lived.capacity + more))
            assert many.open_needs() <= few.open_needs()
        assert many.total("in_time") >= few.total("in_time")

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand topics and contributions a day in each zone, then nothing: knowledge decays, topics stay."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, arisen=1_000, tasks=1_000, capacity=5))
        right = int(bench.state["right"].sum())
        print(f"{right} right, {bench.open_needs()} missing or wrong, {bench.total('tasks_wasted')} tasks wasted")
        assert right > 6 * 1_000 * ZONES // 3
        for _ in range(LIFETIME + 1):
            bench.live(quiet_day(ZONES))
        assert int(bench.state["right"].sum()) + bench.open_needs() == 22 * ZONES + 6 * 1_000 * ZONES
        assert bench.state["right"].sum() < 0.8 * right
        assert bench.total("lapsed") == 0

    def test_review_repairs_and_patrol_undoes(self) -> None:
        """Where much is missing: no review, review without patrol, and both leave ever less wrong."""
        wrong = []
        for share, reach in ((0.0, 3.0), (0.5, 0.0), (0.5, 3.0)):
            bench = self.bench(topics_per_zone=2_000, review_share=share, patrol_reach=reach)
            for _ in range(30):
                bench.live(quiet_day(ZONES, tasks=20))
            wrong.append(bench.total("errors") / bench.total("closed"))
        print(f"share of items that are wrong: {[round(share, 3) for share in wrong]}")
        assert wrong[0] > wrong[1] > wrong[2]


class TestPooledStock(TestStock):
    parameters: ClassVar[Mapping[str, Value]] = {**TestStock.parameters, "pooled": True, "home_share": 0.3}
