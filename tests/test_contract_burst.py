"""What the production kind ``burst`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from production_contract import DELAY, ZONES, Contract
from production_days import Bench, Day, quiet_day

from entraide.model.parameters import Value


class TestBurstInTheOwnZone(Contract):
    """Hours of work that are wrong are done again; a section counts when it is complete."""

    kind = "burst"
    parameters: ClassVar[Mapping[str, Value]] = {"project_hours": 0.0, "skilled_people": 0.4}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Nobody does more than the hours they give."""
        return sum(day.tasks)

    def test_staff_finish_one_section_before_the_next(self) -> None:
        """Sections of 30, 10 and 20 hours: the smallest first, and a section with a gap is not in time."""
        whole = {9: [0, 0, 0], 10: [0, 10, 0], 29: [0, 10, 0], 30: [0, 10, 20], 59: [0, 10, 20], 60: [30, 10, 20]}
        for capacity, in_time in whole.items():
            bench = self.bench(skilled_work=0.3, backstop_error=0.0)
            bench.live(Day((30, 10, 20), (0,) * 3, (0.0,) * 3, (0,) * 3, capacity=capacity))
            for _ in range(DELAY):
                account = bench.live(quiet_day(ZONES))
            assert account.due.tolist() == [30, 10, 20]
            assert account.in_time.tolist() == in_time

    def test_zones_under_the_floor_come_before_the_smallest_section(self) -> None:
        """Twenty hours: ten for the smallest section and ten for the next, or all for the zone under its floor."""
        for first, expected in ((None, [0, 10, 10]), ([False, False, True], [0, 0, 20]), ([False] * 3, [0, 10, 10])):
            bench = self.bench(skilled_work=0.3, backstop_error=0.0)
            bench.floor_first = None if first is None else np.array(first)
            bench.live(Day((30, 10, 20), (0,) * 3, (0.0,) * 3, (0,) * 3, capacity=20))
            for _ in range(DELAY):
                bench.live(quiet_day(ZONES))
            assert sum(account.delivered_by_staff for account in bench.accounts).tolist() == expected

    def test_who_finds_nothing_to_do_spoils_nothing(self) -> None:
        """Ten hours of work and a thousand given, one in ten badly: about one hour is spoilt, not a hundred."""
        bench = self.bench(skilled_work=0.0, accuracy_alpha=900.0, accuracy_beta=100.0)
        bench.live(Day((10, 0, 0), (1_000, 0, 0), (0.0,) * 3, (0,) * 3))
        print(f"{bench.total('errors')} hours spoilt, {bench.total('delivered_by_citizens')} done")
        assert bench.total("delivered_by_citizens") == 10
        assert bench.total("errors") <= 5
        assert bench.total("closed") == 10 + bench.total("errors")

    def test_nobody_is_called_before_the_shock_or_after_the_work(self) -> None:
        bench = self.bench(project_hours=0.6, project_day=2, damaged_share=1.0, pooled=True, backstop_error=0.0)
        called = []
        for capacity in (0, 0, 0, 60, 0):
            bench.live(quiet_day(ZONES, capacity=capacity))
            called.append(float(bench.prompt_factor.max()))
        assert bench.total("arisen") == 60
        # On the day of the work people are still called; the day after, nobody is.
        assert called == [0.0, 0.0, 1.0, 1.0, 0.0]

    def test_willing_hands_alone_do_not_do_skilled_work(self) -> None:
        bench = self.bench(skilled_work=0.5, skilled_people=0.0, accuracy_alpha=200.0, accuracy_beta=0.5)
        for _ in range(3):
            bench.live(Day((20, 0, 0) if not bench.day else (0, 0, 0), (30, 0, 0), (0.0,) * 3, (0,) * 3))
        assert bench.total("delivered_by_citizens") == 10
        assert bench.open_needs() == 10


class TestPooledBurst(TestBurstInTheOwnZone):
    parameters: ClassVar[Mapping[str, Value]] = {"project_hours": 0.0, "pooled": True}
