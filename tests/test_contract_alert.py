"""What the production kind ``alert`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray
from production_contract import ZONES, Contract
from production_days import Bench, Day, quiet_day
from small_worlds import territory

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.production.alert_reach import prepare_reach
from entraide.model.production.contract import DayAccount


class TestAlert(Contract):
    """Every incident is due at once, and nothing waits until tomorrow."""

    kind = "alert"
    parameters: ClassVar[Mapping[str, Value]] = {"ambulance_reference": 40.0, "ambulance_minutes": 6.0}

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """The day's incidents."""
        return list(story[t].arisen)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One person at most is first at one incident."""
        return min(sum(day.tasks), sum(day.arisen))

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """As many incidents as there are hours of crews, whatever the age that the last resort waits for."""
        return min(day.capacity, sum(day.arisen))

    def test_each_zone_is_alerted_by_the_share_of_its_people_in_reach(self) -> None:
        """With a prompt a day at the norm, the chance of an alert is that share: most at home, none far away."""
        bench = self.bench(activation_share=1.0, alert_radius_km=0.5)
        bench.live(Day((1, 0, 0), (0, 0, 0), (0.0,) * 3, (0, 0, 0)))
        share = 1.0 - np.exp(-bench.prompt_factor)
        print(f"alerted after one incident in the first zone: {share}")
        # The first zone is a disk of 1.5 km2: a circle of half a kilometre covers just over half of it at most.
        assert 0.3 < share[0] < 0.53
        assert share[0] > share[1] > share[2] == 0.0

    def test_more_hours_of_crews_bring_the_ambulance_sooner(self) -> None:
        few, many = self.bench(), self.bench()
        for _ in range(30):
            few.live(quiet_day(ZONES, arisen=5, capacity=20))
            many.live(quiet_day(ZONES, arisen=5, capacity=80))
        print(f"in time with 20 and 80 hours of crews: {few.total('in_time')} and {many.total('in_time')} of 450")
        assert few.total("delivered_by_staff") == many.total("delivered_by_staff") == 450
        assert many.total("in_time") > few.total("in_time") + 30

    def test_a_lone_trained_neighbour_is_first_and_a_crowd_is_too_many(self) -> None:
        """One who arrives for certain beats a late ambulance; of ten at one incident, two are needed."""
        sure = {"activation_share": 1.0, "arrival_share": 1.0, "trained_share": 1.0, "ambulance_minutes": 120.0}
        bench = self.bench(**sure)
        one = bench.live(Day((1, 0, 0), (1, 0, 0), (0.0,) * 3, (0, 0, 0), capacity=5))
        assert one.delivered_by_citizens.tolist() == [1, 0, 0]
        assert not one.tasks_wasted.any()
        ten = bench.live(Day((1, 0, 0), (10, 0, 0), (0.0,) * 3, (0, 0, 0), capacity=5))
        assert ten.tasks_wasted.tolist() == [8, 0, 0]

    def test_places_without_areas_are_refused_with_the_next_step(self) -> None:
        with pytest.raises(InputError, match="add the columns area_km2, longitude and latitude"):
            prepare_reach(self.bench().own, territory((50, 60)))
