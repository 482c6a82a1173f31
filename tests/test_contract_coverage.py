"""What the production kind ``coverage`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from production_contract import LIFETIME, ZONES, Contract
from production_days import Bench, Day, quiet_day

from entraide.model.parameters import Value
from entraide.model.production.contract import DayAccount


class TestCoverage(Contract):
    """Every unit is due every day, needs are what falls out of date, staff bring zones back to the norm."""

    kind = "coverage"
    parameters: ClassVar[Mapping[str, Value]] = {
        "units_to_know": 2.0, "initial_coverage": 0.4, "initial_map_error": 0.2, "second_look": 0.5, "routing": 0.3,
    }  # fmt: skip

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One observation brings one unit up to date."""
        return sum(day.tasks)

    def check_arisen(self, bench: Bench, day: Day, account: DayAccount) -> None:
        """Changes overtake at most as many units; the first day adds what had never been mapped."""
        never_mapped = bench.tables - np.diff(np.floor(0.4 * np.cumsum(bench.tables) + 0.5), prepend=0).astype(np.int64)
        first = never_mapped if len(bench.accounts) == 1 else np.zeros(ZONES, np.int64)
        assert (account.arisen >= first).all()
        assert (account.arisen <= first + np.array(day.arisen)).all()

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Every unit."""
        return [int(units) for units in bench.tables]

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """Whatever is missing to the norm in some zone, whatever its age."""
        held = bench.kind.waiting(bench.state) + account.delivered_by_staff
        allowed = np.floor((1.0 - float(bench.record["norm_share_in_time"])) * bench.tables + 1e-9)
        return min(day.capacity, int(np.maximum(0, held - allowed).sum()))

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand changes and sixty observations a day in each zone, then nothing: the map stays as it was left."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, arisen=1_000, tasks=60, capacity=5))
        left = bench.open_needs()
        print(f"{left} of {int(bench.tables.sum())} units are out of date, {bench.total('tasks_wasted')} tasks wasted")
        assert 0 < left < int(bench.tables.sum())
        for _ in range(LIFETIME + 1):
            bench.live(quiet_day(ZONES))
        assert bench.open_needs() == left
        assert bench.total("lapsed") == 0

    def test_last_resort_serves_the_most_outdated_zone_first_and_stops_at_the_norm(self) -> None:
        bench = self.bench(initial_coverage=1.0)
        bench.live(Day((40, 20, 0), (0, 0, 0), (0.0,) * 3, (0, 0, 0)))
        before = bench.kind.waiting(bench.state)
        assert before[0] > before[1] > before[2] == 0
        one = bench.live(quiet_day(ZONES, capacity=1))
        assert one.delivered_by_staff.tolist() == [1, 0, 0]
        many = bench.live(quiet_day(ZONES, capacity=1_000))
        allowed = np.floor(0.2 * bench.tables + 1e-9)
        assert many.delivered_by_staff.tolist() == np.maximum(0, before - [1, 0, 0] - allowed).tolist()

    def test_second_looks_and_routing_do_what_they_say(self) -> None:
        """On one map, 400 observations: directed ones update more; second looks leave fewer right units overwritten."""
        shown = {"units_to_know": 10.0, "initial_coverage": 0.8, "initial_map_error": 0.0}
        plain, routed, looked = (
            self.bench(**shown, routing=a, second_look=b) for a, b in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
        )
        for bench in (plain, routed, looked):
            for _ in range(4):
                bench.live(quiet_day(ZONES, tasks=33))
        delivered = [bench.total("delivered_by_citizens") for bench in (plain, routed, looked)]
        wrong = [int(bench.state["wrong"].sum()) for bench in (plain, routed, looked)]
        print(f"plain, routed, with second looks: updated {delivered}, wrong {wrong}")
        assert delivered[1] > 2 * delivered[0]
        assert wrong[2] < wrong[0]
