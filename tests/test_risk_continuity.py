"""Continuity: shortfalls counted by hand, silence that is never taken for service, recovery that is held."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.model.risk import (
    after_event,
    continuity_years,
    dependence_on_backstop,
    episodes,
    tail_mean,
    windowed_share,
    year_slices,
)

NAN = math.nan
DAYS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=60)


def _split(days: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    due = np.array([max(day) for day in days])
    return due, np.array([min(day) for day in days])


def _days(levels: list[tuple[int, float]], per_day: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """Return due and in time for stretches of (days, share), with the same number due every day."""
    share = np.concatenate([np.full(days, level) for days, level in levels])
    return np.full(share.size, per_day), np.rint(share * per_day).astype(int)


def test_years_are_of_365_days_and_the_last_may_be_short() -> None:
    assert year_slices(0) == ()
    assert year_slices(365) == (slice(0, 365),)
    assert year_slices(366) == (slice(0, 365), slice(365, 366))
    with pytest.raises(ValueError):
        year_slices(-1)


def test_the_windowed_share_by_hand() -> None:
    share = windowed_share([0, 2, 0, 4, 0, 0], [0, 1, 0, 4, 0, 0], window=2)
    np.testing.assert_array_equal(share, [NAN, 0.5, 0.5, 1.0, 1.0, NAN])
    two_services = windowed_share([[1, 0], [1, 2]], [[1, 0], [0, 1]], window=7)
    np.testing.assert_array_equal(two_services, [[1.0, NAN], [0.5, 0.5]])


def test_the_windowed_share_refuses_what_cannot_be() -> None:
    for due, in_time, window in [([1], [2], 7), ([1], [-1], 7), ([1, 1], [1], 7), ([1], [1], 0)]:
        with pytest.raises(ValueError):
            windowed_share(due, in_time, window)


@given(DAYS, st.integers(1, 90))
def test_the_windowed_share_is_the_share_in_each_window_and_has_no_value_where_nothing_was_due(
    days: list[tuple[int, int]], window: int
) -> None:
    due, in_time = _split(days)
    share = windowed_share(due, in_time, window)
    for t in range(due.size):
        span = slice(max(0, t - window + 1), t + 1)
        if due[span].sum() == 0:
            assert math.isnan(share[t])
        else:
            assert share[t] == in_time[span].sum() / due[span].sum()


def test_episodes_by_hand() -> None:
    found = episodes([0.9, 0.5, NAN, 0.7, 0.8, 0.6, NAN], 0.8)
    assert [(e.start, e.end, e.length, e.unfinished) for e in found] == [(1, 3, 2, False), (5, 5, 1, True)]
    assert found[0].deepest == pytest.approx(0.3)
    assert found[0].loss == pytest.approx((0.3 + 0.1) / 0.8)
    assert episodes([NAN, NAN], 0.8) == ()
    assert episodes([0.0, 0.0], 0.0) == ()
    # A share of exactly the norm is not short.
    assert episodes([8 / 10, 4 / 5], 0.8) == ()
    for share, norm in [([0.5], 1.5), ([[0.5]], 0.5)]:
        with pytest.raises(ValueError):
            episodes(share, norm)


@given(st.lists(st.one_of(st.floats(0, 1), st.just(NAN)), max_size=60), st.floats(0.01, 1))
def test_episodes_hold_each_short_day_once_and_a_day_without_a_value_changes_none(
    levels: list[float], norm: float
) -> None:
    found = episodes(levels, norm)
    known = [level for level in levels if not math.isnan(level)]
    assert sum(e.length for e in found) == sum(level < norm for level in known)
    assert [(e.length, e.deepest, e.loss) for e in found] == [
        (e.length, e.deepest, e.loss) for e in episodes(known, norm)
    ]


@pytest.mark.parametrize(("short_days", "event"), [(13, False), (14, True), (15, True)])
def test_the_event_asks_for_all_the_consecutive_days(short_days: int, event: bool) -> None:
    (year,) = continuity_years(*_days([(100, 0.9), (short_days, 0.5), (365 - 100 - short_days, 0.9)]), 0.8, 14, 1)
    assert year.event is event
    assert (year.days, year.days_with_value, year.days_short) == (365, 365, short_days)
    assert year.share_of_days_short == short_days / 365
    assert year.episode_lengths == (short_days,)
    assert year.mean_depth == pytest.approx(0.3)
    assert year.deepest == pytest.approx(0.3)
    assert year.loss == pytest.approx(short_days * 0.3 / 0.8)


def test_two_shorter_shortfalls_do_not_make_the_event() -> None:
    (year,) = continuity_years(*_days([(50, 0.9), (13, 0.5), (1, 0.9), (13, 0.5), (288, 0.9)]), 0.8, 14, 1)
    assert year.event is False
    assert year.episode_lengths == (13, 13)
    assert year.mean_length == year.long_length == 13


def test_figures_of_a_year_by_hand() -> None:
    (year,) = continuity_years(*_days([(10, 0.9), (4, 0.4), (6, 0.9), (20, 0.7), (325, 1.0)]), 0.8, 14, 1)
    assert year.event is True
    assert year.episode_lengths == (4, 20)
    assert year.mean_length == 12
    assert year.long_length == pytest.approx(4 + 0.95 * 16)
    assert year.mean_depth == pytest.approx((4 * 0.4 + 20 * 0.1) / 24)
    assert year.deepest == pytest.approx(0.4)
    # The worst 5 % of 365 days are 18.25 days: 4 at .4, 14.25 at .1.
    assert year.expected_shortfall == pytest.approx((4 * 0.4 + 14.25 * 0.1) / 18.25)


def test_a_year_in_which_nothing_falls_due_has_no_value_rather_than_perfect_service() -> None:
    (year,) = continuity_years(np.zeros(365, int), np.zeros(365, int), 0.8)
    assert year.event is None
    assert year.days_with_value == 0
    for figure in (year.share_of_days_short, year.mean_length, year.long_length, year.mean_depth, year.deepest):
        assert figure is None
    assert year.expected_shortfall is None
    assert year.loss == 0.0


def test_too_few_days_to_show_the_event_are_no_evidence_of_its_absence() -> None:
    (short_run,) = continuity_years(*_days([(13, 0.5)]), 0.8, 14, 1)
    assert short_run.event is None
    assert short_run.share_of_days_short == 1.0
    (perfect,) = continuity_years(*_days([(14, 1.0)]), 0.8, 14, 1)
    assert perfect.event is False


def test_silence_neither_ends_nor_lengthens_a_shortfall() -> None:
    """A place where one need falls due every tenth day and none is served: it is short, and silence does not hide it.

    Control: taking silent days for service, as a share of 1, would see no event at all.
    """
    due = np.zeros(365, int)
    due[::10] = 1
    (year,) = continuity_years(due, np.zeros(365, int), 0.8, 14, 7)
    share = windowed_share(due, np.zeros(365, int), 7)
    assert year.event is True
    assert year.days_short == year.days_with_value == int((~np.isnan(share)).sum())
    assert year.days_with_value < 365
    assert year.episode_lengths == (year.days_with_value,)
    hopeful = episodes(np.nan_to_num(share, nan=1.0), 0.8)
    assert max(e.length for e in hopeful) == 7
    (silent,) = continuity_years(due * (np.arange(365) < 5), np.zeros(365, int), 0.8, 14, 7)
    assert silent.event is None


@pytest.mark.parametrize(
    ("start", "length", "years"),
    [
        (300, 60, {0}),
        (340, 26, {0}),  # 25 days in the first year, one in the second
        (355, 20, {1}),  # the 14th short day falls in the second year
        (355, 12, set()),
        (345, 40, {0, 1}),  # 20 days in each
        (360, 400, {1, 2}),
    ],
)
def test_a_shortfall_over_the_turn_of_the_year_is_charged_where_it_is_long_enough(
    start: int, length: int, years: set[int]
) -> None:
    found = continuity_years(*_days([(start, 0.9), (length, 0.1), (1095 - start - length, 0.9)]), 0.8, 14, 1)
    assert len(found) == 3
    assert {i for i, year in enumerate(found) if year.event} == years
    assert sum(len(year.episode_lengths) for year in found) == 1
    assert sum(year.days_short for year in found) == length


def test_silent_days_do_not_bring_the_event_forward_into_the_old_year() -> None:
    """From day 340 one need every twentieth day, unserved: twelve short days in the first year, more in the next."""
    due = np.zeros(730, int)
    due[340::20] = 1
    first, second = continuity_years(due, np.zeros(730, int), 0.8, 14, 7)
    assert (first.days_short, first.event) == (12, None)
    assert second.event is True


@given(DAYS, st.floats(0, 1), st.floats(0, 1), st.integers(1, 20))
def test_a_stricter_norm_never_lowers_a_risk(days: list[tuple[int, int]], one: float, two: float, least: int) -> None:
    due, in_time = _split(days)
    (loose,) = continuity_years(due, in_time, min(one, two), least, 3)
    (strict,) = continuity_years(due, in_time, max(one, two), least, 3)
    assert (loose.event is None) == (strict.event is None) or strict.event is True
    assert not (loose.event is True and strict.event is not True)
    assert loose.days_short <= strict.days_short
    assert (loose.deepest or 0.0) <= (strict.deepest or 0.0) + 1e-12
    assert (loose.expected_shortfall or 0.0) <= (strict.expected_shortfall or 0.0) + 1e-12


def test_recovery_by_hand() -> None:
    share = windowed_share(*_days([(100, 0.9), (10, 0.4), (5, 0.9), (3, 0.6), (60, 0.9)]), 1)
    found = after_event(share, 0.8, 95, delay=14, window=7)
    assert found.before == pytest.approx(0.9)
    assert found.fell is True
    assert (found.lowest, found.lowest_day) == (pytest.approx(0.4), 100)
    # The five good days are no recovery: the norm was not held for fourteen.
    assert found.recovered is True
    assert found.days_to_recover == 118 - 95
    assert found.loss == pytest.approx((10 * 0.4 + 3 * 0.2) / 0.8)


def test_a_dip_before_the_event_bites_is_not_what_is_recovered_from() -> None:
    """Event on day 50: two days at .7, thirty held, forty at 0, then held. Recovery is on day 122, not on day 52."""
    found = after_event(windowed_share(*_days([(50, 0.9), (2, 0.7), (30, 0.9), (40, 0.0), (20, 0.9)]), 1), 0.8, 50)
    print(found)
    assert (found.fell, found.lowest, found.lowest_day) == (True, 0.0, 82)
    assert (found.recovered, found.days_to_recover) == (True, 72)
    assert found.loss == pytest.approx((2 * 0.1 + 40 * 0.8) / 0.8)


def test_service_under_its_norm_at_the_event_recovers_after_the_fall_that_follows() -> None:
    """Under the norm from day 40, held from day 55 for 20 days, at .2 for 30 days, held for the last 13: open."""
    days = [(40, 0.9), (15, 0.7), (20, 0.9), (30, 0.2), (13, 0.9)]
    found = after_event(windowed_share(*_days(days), 1), 0.8, 50)
    print(found)
    assert (found.before, found.lowest, found.lowest_day) == (pytest.approx(0.7), pytest.approx(0.2), 75)
    assert (found.recovered, found.days_to_recover, found.still_open) == (None, None, True)
    assert found.loss == pytest.approx((5 * 0.1 + 30 * 0.6) / 0.8)
    closed = after_event(windowed_share(*_days([*days, (1, 0.9)]), 1), 0.8, 50)
    assert (closed.recovered, closed.days_to_recover) == (True, 105 - 50)


def test_a_shallow_dip_after_the_lowest_point_starts_the_hold_anew() -> None:
    """Lowest on days 50-59, held for 13 days, one day at .7, then held: recovery is on day 74."""
    share = windowed_share(*_days([(50, 0.9), (10, 0.1), (13, 0.9), (1, 0.7), (14, 0.9)]), 1)
    assert after_event(share, 0.8, 50).days_to_recover == 74 - 50


def test_between_two_falls_as_deep_there_is_no_recovery() -> None:
    share = windowed_share(*_days([(50, 0.9), (10, 0.0), (20, 0.9), (10, 0.0), (14, 0.9)]), 1)
    found = after_event(share, 0.8, 50)
    assert (found.lowest_day, found.days_to_recover) == (50, 90 - 50)


def _recovery_day_by_day(share: list[float], norm: float, day: int, hold: int) -> int | None:
    """Twin: try each day in turn as the first of a hold with nothing as low as the lowest from it on."""
    lowest = min(share[day:])
    for first in range(day, len(share) - hold + 1):
        if min(share[first : first + hold]) >= norm and lowest not in share[first:]:
            return first - day
    return None


@given(st.lists(st.sampled_from([0.0, 0.5, 0.7, 0.8, 1.0]), min_size=12, max_size=40), st.integers(0, 5))
def test_recovery_is_that_of_its_twin(tail: list[float], day: int) -> None:
    share = [1.0] * 5 + [0.7] + tail
    found = after_event(share, 0.8, day, hold=4)
    assert found.fell is True
    assert found.lowest == min(share[day:])
    assert found.days_to_recover == _recovery_day_by_day(share, 0.8, day, 4)


def test_an_event_that_breaks_nothing_takes_no_time_to_recover_from() -> None:
    found = after_event(windowed_share(*_days([(200, 0.9)]), 7), 0.8, 50)
    assert (found.fell, found.recovered, found.days_to_recover, found.loss) == (False, True, 0, 0.0)
    assert found.lowest == pytest.approx(0.9)


def test_a_fall_long_after_the_event_is_not_put_down_to_it() -> None:
    share = windowed_share(*_days([(150, 0.9), (30, 0.2), (100, 0.9)]), 7)
    assert after_event(share, 0.8, 50).fell is False
    assert after_event(share, 0.8, 140).fell is True
    # Reach: one day of event, 14 of delay, 7 of window, 14 of hold.
    daily = windowed_share(*_days([(150, 0.9), (30, 0.2), (100, 0.9)]), 1)
    assert after_event(daily, 0.8, 115).fell is True
    assert after_event(daily, 0.8, 114).fell is False
    assert after_event(daily, 0.8, 114, event_days=2).fell is True


def test_recovery_that_is_not_seen_is_not_claimed() -> None:
    never = after_event(windowed_share(*_days([(50, 0.9), (100, 0.3)]), 1), 0.8, 45)
    assert (never.recovered, never.days_to_recover) == (False, None)
    assert never.loss == pytest.approx(100 * 0.5 / 0.8)
    too_early = after_event(windowed_share(*_days([(50, 0.9), (20, 0.3), (13, 0.9)]), 1), 0.8, 45)
    assert (too_early.recovered, too_early.days_to_recover) == (None, None)
    just = after_event(windowed_share(*_days([(50, 0.9), (20, 0.3), (14, 0.9)]), 1), 0.8, 45)
    assert (just.recovered, just.days_to_recover) == (True, 25)
    silent = after_event([0.9, NAN, NAN], 0.8, 1)
    assert (silent.before, silent.fell, silent.lowest, silent.recovered) == (0.9, False, None, None)
    late = after_event([0.9] + [NAN] * 100 + [0.2], 0.8, 1)
    assert (late.fell, late.recovered) == (False, None)
    with pytest.raises(ValueError):
        after_event([0.9], 0.8, 1)


def test_dependence_on_the_backstop() -> None:
    assert dependence_on_backstop([3, 0], [1, 0]) == 0.25
    assert dependence_on_backstop(0, 5) == 1.0
    assert dependence_on_backstop([0, 0], [0, 0]) is None
    with pytest.raises(ValueError):
        dependence_on_backstop(-1, 2)


def test_the_mean_of_a_tail_by_hand() -> None:
    assert tail_mean([3, 1, 2, 4], [30, 10, 20, 40], share=0.5) == 15
    assert tail_mean([3, 1, 2, 4], [30, 10, 20, 40], [1, 1, 1, 1], share=0.375) == pytest.approx((10 + 0.5 * 20) / 1.5)
    # Ties enter in equal parts, in whatever order they come.
    assert tail_mean([1, 1], [0, 10], share=0.5) == tail_mean([1, 1], [10, 0], share=0.5) == 5
    assert tail_mean([], []) is None
    assert tail_mean([1.0], [1.0], [0.0]) is None
    for key, values, weights, share in [
        ([1], [1, 2], None, 0.1),
        ([NAN], [1], None, 0.1),
        ([1], [1], [-1], 0.1),
        ([1], [1], None, 0.0),
    ]:
        with pytest.raises(ValueError):
            tail_mean(key, values, weights, share)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 9)), min_size=1, max_size=30), st.floats(0.01, 1))
def test_a_tail_lies_between_the_worst_and_the_mean(entries: list[tuple[float, float]], share: float) -> None:
    values, weights = map(np.array, zip(*entries, strict=True))
    tail, whole = tail_mean(values, values, weights, share), tail_mean(values, values, weights, 1.0)
    assert tail is not None
    assert whole is not None
    assert values.min() - 1e-12 <= tail <= whole + 1e-12
    assert whole == pytest.approx(float((values * weights).sum() / weights.sum()))
