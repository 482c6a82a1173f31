"""Edges of the risk measures at which a small fault once passed unseen: see docs/reference/mutation.md."""

from __future__ import annotations

import dataclasses
import inspect

import numpy as np
import pytest

from entraide.model import risk
from entraide.model.risk import (
    Areas,
    Threshold,
    break_even_from_table,
    break_even_participation,
    bus_factor_from_lorenz,
    continuity_years,
    effective_contributors_from_lorenz,
    gini,
    participation_ratio,
    pool_zones,
    quality_years,
    smallest_breaking_share,
    summarise_event,
    tail_mean,
    theil,
    universality_year,
    unmet_need_by_group,
    unmet_need_by_zone,
    windowed_share,
)


def test_results_cannot_be_rewritten() -> None:
    """Whoever holds a figure holds the one that was computed."""
    results = [each for each in vars(risk).values() if inspect.isclass(each) and dataclasses.is_dataclass(each)]
    print(f"{len(results)} classes of results")
    assert len(results) >= 8
    for each in results:
        assert each.__dataclass_params__.frozen, each.__name__  # type: ignore[attr-defined]


def test_seven_days_are_the_window_unless_another_is_asked_for() -> None:
    """One day in seven fails, always on the same weekday: over any seven days 6/7 are in time, over eight less."""
    due = np.full(70, 10)
    in_time = np.where(np.arange(70) % 7 == 0, 0, 10)
    (year,) = continuity_years(due, in_time, 6 / 7 - 1e-9)
    (longer,) = continuity_years(due, in_time, 6 / 7 - 1e-9, window=8)
    print(f"days short with the window as it stands {year.days_short}, with eight days {longer.days_short}")
    # The first six windows are shorter: they hold the failing day among fewer.
    assert year.days_short == 6
    assert longer.days_short > 10


@pytest.mark.parametrize("window", [0, -1])
def test_a_window_of_no_day_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match="a window is at least one day"):
        windowed_share(np.ones(3), np.ones(3), window)


def test_one_person_alone_is_a_side_to_compare_with() -> None:
    assert participation_ratio(1, 4, 1, 1) == 0.25
    assert participation_ratio(1, 1, 1, 4) == 4.0


def test_a_curve_may_begin_with_people_who_hold_nothing() -> None:
    """Four contributors of whom one gave all: the curve is nought until its last step."""
    curve = [0.0, 0.0, 0.0, 0.0, 1.0]
    assert bus_factor_from_lorenz(curve, 4) == 1.0
    assert effective_contributors_from_lorenz(curve, 4) == 1.0


def test_equal_shares_are_no_inequality_to_the_last_digit() -> None:
    """Rounding must not make an index negative, whatever is shared among however many."""
    worst = min(
        float(gini([amount] * people, [weight] * people) or 0.0)
        for people in range(1, 40)
        for amount in (0.1, 0.3, 0.7, 1.1, 3.3)
        for weight in (1, 3, 0.1)
    )
    assert worst >= 0.0


def test_a_norm_that_accepts_every_error_is_a_norm() -> None:
    (year,) = quality_years(np.array([3, 4]), np.array([3, 4]), 1.0)
    assert year.event is False


@pytest.mark.parametrize("tolerance", [0.3, 0.01, 1e-6])
def test_bisection_stops_as_soon_as_it_may(tolerance: float) -> None:
    """Each look halves the range, and is a run of many simulations: none is made beyond what was asked."""
    looks: list[float] = []

    def margin(participation: float) -> float:
        looks.append(participation)
        return participation - 0.7123

    found = break_even_participation(margin, 0.0, 1.0, tolerance)
    print(f"{len(looks)} looks for {tolerance}: {found}")
    assert 0.5 * tolerance < found.high - found.low <= tolerance
    assert len(looks) == 2 + int(np.ceil(np.log2(1.0 / tolerance)))


def test_a_risk_is_that_of_the_first_whole_year_unless_another_is_named() -> None:
    told = summarise_event("continuity", "reports", [True, False], norms={})
    assert (told.year, told.days) == (0, 365)


@pytest.mark.parametrize("weights", [[1.0], [1.0, 1.0, 1.0]])
def test_a_tail_takes_one_weight_for_each_value(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="shapes differ"):
        tail_mean([1.0, 2.0], [1.0, 2.0], weights)


def test_a_table_tells_its_whole_answer() -> None:
    """Value, the two rows around it or the ends of the table, what was found, and whether it changed sign once."""
    tried = [0.1, 0.2, 0.3, 0.4]
    held, broken = [0.3, 0.2, 0.1, 0.4], [-0.3, -0.2, -0.1, -0.4]
    assert break_even_from_table(tried, held) == Threshold(0.1, 0.1, 0.4, "held throughout", True)
    assert break_even_from_table(tried, broken) == Threshold(None, 0.1, 0.4, "broken throughout", True)
    errors = {word: [0.5 - margin for margin in margins] for word, margins in (("held", held), ("broken", broken))}
    assert smallest_breaking_share(tried, errors["held"], 0.5) == Threshold(None, 0.1, 0.4, "held throughout", True)
    assert smallest_breaking_share(tried, errors["broken"], 0.5) == Threshold(0.1, 0.1, 0.4, "broken throughout", True)
    at_once = smallest_breaking_share(tried, [0.9, 0.1, 0.1, 0.1], 0.5)
    assert at_once == Threshold(0.1, 0.1, 0.4, "found", False)


def _areas(zones: int) -> Areas:
    return pool_zones(np.full(zones, 100), np.full(zones, 1_000), ["a"] * zones, ["b"] * zones)


@pytest.mark.parametrize(("people", "zones"), [(2, 2), (3, 2), (4, 4), (3, 4)])
def test_universality_takes_one_value_for_each_zone(people: int, zones: int) -> None:
    due = np.full(3, 100)
    with pytest.raises(ValueError, match="one value per zone is needed"):
        universality_year(due, due, np.full(people, 1_000), _areas(zones), floor=0.5, with_chance=False)


def test_a_share_of_the_population_is_at_most_all_of_it() -> None:
    due, people = np.full(3, 100), np.full(3, 1_000)
    for accepted in (0.0, 1.0):
        universality_year(due, due, people, _areas(3), floor=0.5, population_share=accepted, with_chance=False)
    with pytest.raises(ValueError, match="lie in 0-1"):
        universality_year(due, due, people, _areas(3), floor=0.5, population_share=1.5, with_chance=False)


def test_unmet_needs_are_a_count_for_each_zone() -> None:
    """None unmet is a count; one number for all zones is not."""
    assert unmet_need_by_group([0.0, 3.0], None, [0.5, 0.5]).unmet.tolist() == [1.5, 1.5]
    with pytest.raises(ValueError, match="one count"):
        unmet_need_by_group(3.0, None, [0.5, 0.5])
    with pytest.raises(ValueError, match="the shape of due"):
        unmet_need_by_zone([3, 4, 5], [1])


def test_a_zone_where_nothing_was_due_has_no_share_and_nothing_is_divided_by_it() -> None:
    with np.errstate(all="raise"):
        unmet, share = unmet_need_by_zone([0, 4], [0, 1])
    assert unmet.tolist() == [0, 3]
    assert np.isnan(share[0])
    assert share[1] == 0.75


def test_what_is_no_duration_no_series_or_no_count_is_refused() -> None:
    due = np.full(10, 5)
    with pytest.raises(ValueError, match="at least one day"):
        continuity_years(due, due, 0.8, shortfall_days=0)
    with pytest.raises(ValueError, match="one series of days"):
        continuity_years(due.reshape(5, 2), due.reshape(5, 2), 0.8)
    with pytest.raises(ValueError, match="one group per entry"):
        theil([1.0, 2.0, 3.0], None, ["a", "b"])
    with pytest.raises(ValueError, match="cannot be negative"):
        bus_factor_from_lorenz([0.0, 1.0], -1)


def test_bisection_ends_where_numbers_end() -> None:
    """A tolerance under the distance of neighbouring numbers cannot be reached, and is not waited for."""
    found = break_even_participation(lambda participation: participation - 0.7123, 0.0, 1.0, 1e-300)
    assert found.high == np.nextafter(found.low, 1.0)
    assert found.low < 0.7123 <= found.high
