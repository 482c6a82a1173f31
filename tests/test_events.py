"""Events strike the day, the service and the place that they name, and people as they are on that day."""

from __future__ import annotations

import numpy as np
import pytest
from small_worlds import service, world

from entraide.model.simulation import Simulation
from entraide.model.specification import Event, Specification

HALF_LIFE = 45.0


def _struck(*events: Event, days: int = 90) -> Specification:
    reports = service("reports", "report-and-repair", initial_awareness=0.8, prompt_rate=0.3, needs_rate=2000.0)
    return world(reports, events=events, people={"trust_half_life": HALF_LIFE, "trust_step": 0.0}, days=days)


@pytest.mark.parametrize("day", [0, 1, 40, 80])
def test_a_shock_takes_its_share_of_the_trust_of_the_day_and_it_comes_back_from_then_on(day: int) -> None:
    """Whoever was never looked at loses as much as whoever was asked yesterday: .3 of .5, half back in 45 days."""
    simulation = Simulation(_struck(Event("trust_shock", day, 1, 0.6)), seed=3).run(until=day + 1)
    trust = simulation.citizens["trust"] / 65535
    print(f"day {day}: trust {trust.min():.4f} to {trust.max():.4f} of {len(trust)} people")
    assert np.all(np.abs(trust - 0.2) < 1e-4)
    # No outcome moves trust here, so it only comes back; everybody is brought up to date by a shock of nothing.
    again = Simulation(_struck(Event("trust_shock", 20, 1, 0.6), Event("trust_shock", 65, 1, 0.0)), seed=3)
    assert np.all(np.abs(again.run(until=66).citizens["trust"] / 65535 - 0.35) < 1e-3)


def test_a_shock_strikes_the_zones_that_it_names() -> None:
    simulation = Simulation(_struck(Event("trust_shock", 5, 1, 1.0, (), ("z1",))), seed=3).run(until=6)
    bounds = simulation.zone_start
    lost = [bool(np.all(simulation.citizens["trust"][bounds[z] : bounds[z + 1]] == 0)) for z in range(4)]
    kept = [bool(np.all(simulation.citizens["trust"][bounds[z] : bounds[z + 1]] > 32_000)) for z in range(4)]
    assert lost == [False, True, False, False]
    assert kept == [True, False, True, True]


def test_nobody_is_prompted_during_an_outage_and_the_prompts_come_back() -> None:
    simulation = Simulation(_struck(Event("outage", 30, 10)), seed=3).run(until=60)
    prompted = simulation.records.series("prompted", 0)
    print(f"prompted before {prompted[:30].sum()}, during {prompted[30:40].sum()}, after {prompted[40:60].sum()}")
    assert prompted[30:40].sum() == 0
    assert prompted[:30].min() > 0
    assert prompted[40] > 0


def test_a_surge_multiplies_needs_where_and_while_it_lasts() -> None:
    """Five times the needs of one zone for forty days; elsewhere and later the very same needs as without it."""
    surge = Event("demand_surge", 10, 40, 5.0, ("reports",), ("z2",))
    arisen = []
    for events in ((), (surge,)):
        simulation = Simulation(_struck(*events), seed=3, alone=0.0)
        by_day = []
        for _ in range(80):
            simulation.step()
            by_day.append(simulation.accounts[0].arisen.copy())
        arisen.append(np.array(by_day))
    without, struck = arisen
    hit = np.zeros_like(without, bool)
    hit[10:50, 2] = True
    print(f"needs in the zone during the surge: {without[hit].sum()} without, {struck[hit].sum()} with")
    assert np.array_equal(without[~hit], struck[~hit])
    # Poisson means of 2000/1000/365 x 210 x 40 = 46 around the season, and five times as many: six standard errors.
    assert abs(struck[hit].sum() - 5 * 46 * 1.2) < 6 * np.sqrt(5 * 46 * 1.2)
    assert struck[hit].sum() > 3 * without[hit].sum()
