"""What the production kind ``flow`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray
from production_contract import ZONES, Contract
from production_days import Bench, Day, quiet_day
from small_worlds import START

from entraide.experiments.elsewhere import elsewhere
from entraide.experiments.runner import run_replicates
from entraide.model.parameters import Value
from entraide.model.production.contract import DayAccount
from entraide.model.production.flow import _sky
from entraide.scenarios.loader import load_scenario


class TestFlow(Contract):
    """Demand is due on its day and lapses with it; nothing can be wrong."""

    kind = "flow"
    parameters: ClassVar[Mapping[str, Value]] = {
        "roofs_at_start": 0.0,
        "surplus_shared": 0.5,
        "daylight_share": 0.8,
        "once_for_all": True,
    }
    has_errors = False

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """The day's demand."""
        return list(story[t].arisen)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """A roof gives, on the sunniest day of the year, twice the mean and a half, and each zone a started unit."""
        a_day = float(bench.own["roof_power"]) * float(bench.own["sun_yield"]) / 365.0 / float(bench.own["unit_energy"])
        return int(2.0 * 1.5 * a_day * bench.members.sum()) + ZONES

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """The grid does not wait: all it can, whatever the age that the last resort waits for."""
        return min(day.capacity, sum(day.arisen))

    def test_a_roof_gives_again_and_again(self) -> None:
        """Three roofs adopted on the first day give every day after it, more in July than in January."""
        bench = self.bench(sun_season=0.5, cloud_swing=0.0, unit_energy=1.0)
        bench.live(quiet_day(ZONES, arisen=500, tasks=1))
        given = [int(bench.live(quiet_day(ZONES, arisen=500)).delivered_by_citizens.sum()) for _ in range(59)]
        print(f"delivered by three roofs in January {sum(given[:30])} kWh, then {sum(given[29:])} kWh")
        # In mid-January the sun is 156 days from its longest day: 5 kW x 1,400 kWh / 365 x (1 - 0.45) a roof and day.
        assert abs(sum(given[:30]) - 3 * 30 * 10.58) < 20
        assert sum(given[29:]) > 1.2 * sum(given[:30])

    def test_sun_and_sky_give_what_their_parameters_say(self) -> None:
        """A year of 1,400 kWh per kW, December a third of June, and skies that leave the mean as it is.

        Bands: 2 % of the sum, 3 points of the ratio, and for the skies of ten years four standard errors.
        """
        bench = self.bench()
        tables = bench.kind.prepare(bench.record, bench.own, bench.place, START, 365)
        assert tables.sun.sum() == pytest.approx(1_400.0, rel=0.02)
        months = np.array([(START + timedelta(days=t)).month for t in range(365)])
        december, june = (tables.sun[months == month].mean() for month in (12, 6))
        skies = np.array([_sky(0.9, 3, day, np.uint32(7)) for day in range(3_650)])
        alike = np.corrcoef(skies[:-1], skies[1:])[0, 1]
        print(f"{tables.sun.sum():.0f} kWh, December {december / june:.2f} of June, sky {skies.mean():.3f} "
              f"with deviation {skies.std():.3f}, one day like the next {alike:.2f}")  # fmt: skip
        assert december / june == pytest.approx(1 / 3, abs=0.03)
        # Three draws overlap in two from one day to the next: the variance of a mean is inflated threefold.
        assert abs(skies.mean() - 1.0) < 4.0 * 0.3 * np.sqrt(3.0 / 3_650)
        assert skies.std() == pytest.approx(0.3, abs=0.02)
        assert alike == pytest.approx(2 / 3, abs=0.06)

    def test_what_a_zone_cannot_use_goes_to_the_others_as_far_as_it_is_shared(self) -> None:
        """One zone with roofs and no demand, two with demand and no roofs."""
        delivered = []
        for shared in (0.0, 0.5, 1.0):
            bench = self.bench(surplus_shared=shared, unit_energy=1.0, sharing_unit_cost=0.5)
            for tasks in (1, 0, 0, 0):
                account = bench.live(Day((0, 900, 900), (tasks, 0, 0), (0.0,) * 3, (0, 0, 0)))
            delivered.append(int(account.delivered_by_citizens.sum()))
            assert bench.kind.costs(bench.today(quiet_day(ZONES))) == {"cost_platform": 0.5 * delivered[-1]}
            assert account.delivered_by_citizens[0] == 0
        print(f"delivered with 0, half and all of the surplus shared: {delivered}")
        assert delivered[0] == 0
        assert 2 * delivered[1] <= delivered[2] <= 2 * delivered[1] + 1


def test_public_roofs_and_a_shared_surplus_are_paid_for() -> None:
    """Ten public roofs for 1,000 inhabitants at 600 EUR a year cost 6 EUR per inhabitant and year more."""
    yearly = []
    for roofs in (0.0, 10.0):
        scenario = load_scenario("rooftop-solar", {"public_roofs": roofs}, days=5)
        specification = elsewhere(scenario, "intercommunality:242010130").specification()
        (outcome,) = run_replicates(specification, replicates=1)
        yearly.append(float(outcome.daily["cost_platform"].sum()) * 365.0 / 5.0)
    people = int(specification.territory.population.sum())
    print(f"{yearly[1] - yearly[0]:.0f} EUR more a year for {people} inhabitants")
    assert yearly[1] - yearly[0] == pytest.approx(6.0 * people, rel=0.02)
