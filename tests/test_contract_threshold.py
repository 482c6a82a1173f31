"""What the production kind ``threshold`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from hypothesis import given
from numpy.typing import NDArray
from production_contract import MANY, SEEDS, TOGETHER, ZONES, Contract
from production_days import Bench, Day, quiet_day

from entraide.model.parameters import Value


class TestThreshold(Contract):
    kind = "threshold"
    parameters: ClassVar[Mapping[str, Value]] = {"goal_mean": 300.0, "seed_share": 0.2}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """A campaign that is funded today took one gift today at least."""
        return sum(day.tasks)

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_all_or_nothing(self, story: list[Day], seed: int) -> None:
        """No open campaign has reached its goal, and gifts count as used only once their campaign is funded."""
        bench = self.bench(seed)
        for day in story:
            account = bench.live(day)
            still = bench.state["open"] > 0
            assert (bench.state["pledged"] < bench.state["goal"])[still].all()
            assert not bench.state["pledged"][~still].any()
            assert (bench.state["used"] + bench.state["backing"].sum(axis=1) <= bench.state["received"]).all()
            funded = account.delivered_by_citizens.sum() + account.delivered_by_staff.sum()
            assert funded > 0 or not bench.state["granted"].any()

    def test_the_administration_alone_pays_the_whole_goal(self) -> None:
        """Goals of ten gifts of 60 EUR: each project that staff choose costs 600 EUR, at twice the goal 1,200 EUR."""
        for goal, euros in ((600.0, 600.0), (1_200.0, 1_200.0)):
            bench = self.bench(goal_mean=goal, goal_log_sd=0.0, unit_gift=60.0, seed_share=0.0)
            today = quiet_day(ZONES, arisen=2, capacity=4, alone=True)
            assert bench.live(today).delivered_by_staff.sum() == 4
            assert bench.kind.costs_alone(bench.today(today)) == {"cost_grants": 4 * euros}
