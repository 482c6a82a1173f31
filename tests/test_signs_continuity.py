"""What keeps a service going: last resort, outages, surges, rival services, and word of mouth."""

from __future__ import annotations

import numpy as np
import pytest
from sign_worlds import (
    Replicate,
    change,
    contributions,
    crozon,
    effect,
    no_effect,
    photographs_service,
    replicates,
    reports,
    same,
)
from small_worlds import world

from entraide.model.risk.continuity import episodes, windowed_share
from entraide.model.specification import Event, Specification

NORM, SETTLED = 0.80, 45
# Half of what arises: as much as people and agents leave undone in time. A quarter was enough until drop-out was scaled
# to the people who come (decision 11): they stay less, and leave more undone.
ENOUGH = {"backstop_capacity": 60.0}


def _share_in_time(replicate: Replicate) -> np.ndarray:
    return windowed_share(replicate.daily("due"), replicate.daily("in_time"))[SETTLED:]


def _days_short(replicate: Replicate) -> float:
    return float((_share_in_time(replicate) < NORM).mean())


def _longest(replicate: Replicate) -> float:
    return float(max((episode.length for episode in episodes(_share_in_time(replicate), NORM)), default=0))


@pytest.mark.slow
def test_without_last_resort_shortfalls_are_longer() -> None:
    # With it the share in time is near 1; without it it is that of a service with a small last resort, 0.74 and less,
    # a standard deviation of a week's share (0.065) under the norm.
    base, without = reports(365, **ENOUGH), reports(365, levers={"backstop_capacity": 0.0}, **ENOUGH)
    effect("no last resort, share of days short", change(base, without, _days_short, relative=False), (0.60, 1.0))
    effect("no last resort, longest shortfall, days", change(base, without, _longest, relative=False), (20.0, 320.0))


@pytest.mark.long
def test_a_last_resort_smaller_than_what_is_left_undone_shortens_nothing() -> None:
    # The band first asked of this one, 10 to 60 points more days short without it, was missed (+1 point): staff take
    # what is oldest, and where more is late than they can do, all that they do is late already.
    base, without = reports(365), reports(365, levers={"backstop_capacity": 0.0})
    no_effect("no small last resort, share of days short", change(base, without, _days_short, relative=False), 0.08)


@pytest.mark.long
def test_a_last_resort_that_comes_too_late_is_none() -> None:
    without = reports(levers={"backstop_capacity": 0.0})
    same(without, reports(levers={"backstop_lag": 91}))


OUTAGE = (90, 104)
# Agents wait for reports, so that what is not reported is not repaired.
WAITING_AGENTS = {"repair_capacity": 1000.0}


@pytest.mark.slow
def test_an_outage_stops_contributions_and_service_dips() -> None:
    base = reports(**WAITING_AGENTS)
    struck = reports(events=(Event("outage", OUTAGE[0], OUTAGE[1] - OUTAGE[0]),), **WAITING_AGENTS)
    for one, other in zip(replicates(base), replicates(struck), strict=True):
        assert np.array_equal(one.daily("contributions")[: OUTAGE[0]], other.daily("contributions")[: OUTAGE[0]])
        assert one.daily("contributions")[slice(*OUTAGE)].min() >= 0.0
        assert contributions(one, *OUTAGE) > 0.0
        assert contributions(other, *OUTAGE) == 0.0
        assert contributions(other, OUTAGE[1]) > 0.0

    def delivered(replicate: Replicate) -> float:
        return float(replicate.daily("delivered_by_citizens")[slice(*OUTAGE)].sum())

    def in_time(replicate: Replicate) -> float:
        due = slice(OUTAGE[0] + 7, OUTAGE[1] + 7)
        return float(replicate.daily("in_time")[due].sum() / replicate.daily("due")[due].sum())

    # Only what was reported the day before is still to be repaired.
    effect("outage, delivered thanks to citizens meanwhile", change(base, struck, delivered), (-1.0, -0.60))
    # Needs of that fortnight lose half of the days in which they could be reported.
    effect("outage, share in time of what falls due", change(base, struck, in_time, relative=False), (-0.60, -0.08))


def test_an_outage_elsewhere_stops_nobody_that_day() -> None:
    elsewhere = Event("outage", OUTAGE[0], 1, 1.0, (), (crozon().codes[0],))
    struck = replicates(reports(OUTAGE[0] + 1, events=(elsewhere,)))
    for one, other in zip(replicates(reports(OUTAGE[0] + 1)), struck, strict=True):
        assert one.outcome.zone_daily is not None
        assert other.outcome.zone_daily is not None
        usual, hit = (r.outcome.zone_daily["contributions"][OUTAGE[0], 0] for r in (one, other))
        assert hit[0] == 0
        assert np.array_equal(usual[1:], hit[1:])
    total = sum(contributions(replicate, OUTAGE[0]) for replicate in struck)
    print(f"outage in one commune: {total:.0f} contributions of the two others on the day, over {len(struck)} seeds")
    assert total > 0


SURGE = (60, 90)


def _surge(size: float) -> Specification:
    return reports(events=(Event("demand_surge", SURGE[0], SURGE[1] - SURGE[0], size),))


@pytest.mark.slow
def test_a_surge_of_demand_lengthens_the_queue() -> None:
    base, surge = reports(), _surge(3.0)

    def arisen(replicate: Replicate) -> float:
        return float(replicate.daily("arisen")[slice(*SURGE)].sum())

    def waiting(replicate: Replicate) -> float:
        return float(replicate.daily("waiting")[SURGE[1] - 1])

    def in_time(replicate: Replicate) -> float:
        due = slice(SURGE[0] + 14, SURGE[1] + 14)
        return float(replicate.daily("in_time")[due].sum() / replicate.daily("due")[due].sum())

    effect("surge x 3, needs that arise", change(base, surge, arisen), (1.8, 2.2))
    # Of sixty days' worth of needs more, agents' reserve of a third takes ten, if reports keep pace. The band first
    # asked, 1.5 to 6 times what waits otherwise, was missed (6.8): it took that for 14 days' worth, and it is 10.
    extra = change(base, surge, arisen, relative=False)
    kept = change(base, surge, waiting, relative=False) / extra.mean()
    effect("surge x 3, share of the needs more that waits on its last day", kept, (0.60, 1.0))
    # At most all of the 0.74 that is in time otherwise; the floor first written, -0.60, held (-0.598) by chance.
    effect("surge x 3, share in time of what arose in it", change(base, surge, in_time, relative=False), (-0.74, -0.05))


@pytest.mark.long
def test_a_surge_of_factor_one_is_none() -> None:
    same(reports(), _surge(1.0))


def _two(known: float) -> Specification:
    first = photographs_service(initial_awareness=1.0)
    second = photographs_service("sounds", initial_awareness=known, awareness_rate=0.0005 * known)
    return world(first, second, place=crozon(), days=60)


def test_a_second_service_takes_contributions_from_the_first() -> None:
    # Both call half of the people on the first day, then less and less together; chosen between two, a service of
    # utility 0 is answered once in three instead of twice.
    base = world(photographs_service(initial_awareness=1.0), place=crozon(), days=60)
    effect("a second service, contributions to the first", change(base, _two(1.0), contributions), (-0.20, -0.02))


def test_a_second_service_that_nobody_knows_takes_nothing() -> None:
    alone = replicates(world(photographs_service(initial_awareness=1.0), place=crozon(), days=60))
    for one, two in zip(alone, replicates(_two(0.0)), strict=True):
        for name, series in one.outcome.daily.items():
            assert np.array_equal(series[:, 0], two.outcome.daily[name][:, 0]), f"{name} differs"


def _aware(replicate: Replicate) -> float:
    return float(replicate.daily("aware")[-1]) / crozon().inhabitants


def test_awareness_grows_by_word_of_mouth() -> None:
    # 0.0015 contributions per person and day, seen for 43 days: a hazard of 0.00026 a day, five months of it at full
    # strength for the half who do not know yet.
    base, told = reports(people={"word_of_mouth": 0.0}), reports()
    effect("word of mouth, share of people aware", change(base, told, _aware, relative=False), (0.005, 0.04))


@pytest.mark.long
def test_word_of_mouth_is_silent_where_nobody_contributes() -> None:
    silent = {"app_friction": 240.0, "prompt_rate": 0.0}
    nobody = {"prompt_floor_new": 0.0, "prompt_floor_active": 0.0}
    same(reports(people={"word_of_mouth": 0.0} | nobody, **silent), reports(people=nobody, **silent))
