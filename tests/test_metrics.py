"""Metrics of histories on cases small enough to count by hand, and their names."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from entraide.experiments.evidence.metrics import LIMITS, METRICS, UNITS, find_metric
from entraide.experiments.evidence.observations import Areas, History, PriceAnswers, Requests
from entraide.model.errors import InputError

OWN = [known for known in METRICS.values() if known.compute.__module__.startswith("entraide.")]


def history(rows: list[tuple[int, int, int]], horizon: int, **more: object) -> History:
    """A history from rows of person, day, tasks."""
    person, day, tasks = np.array(rows, np.int64).reshape(-1, 3).T
    return History(person, day, tasks, horizon, **more)  # type: ignore[arg-type]


def value(name: str, observation: object) -> float:
    return find_metric(name)(observation)  # type: ignore[arg-type]


# Person 0: days 0 (2 tasks in two rows), 10, 40. Person 1: day 0. Person 2: days 5 and 6. Person 3: day 95, 5 tasks.
FOUR = history([(0, 0, 1), (0, 0, 1), (0, 10, 1), (0, 40, 3), (1, 0, 1), (2, 5, 1), (2, 6, 1), (3, 95, 5)], 100)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Tasks 6, 1, 2, 5: pairs differ by 5 4 1 1 4 3, 18 in all, over 4 x 14.
        ("gini", 18 / 56),
        # Active days 3, 1, 2, 1: differences 2 1 2 1 0 1.
        ("gini_active_days", 7 / 28),
        ("top_share_50", 11 / 14),
        ("top_share_25", 6 / 14),
        ("top_share_12", math.nan),
        ("top_share_permille_250", 6 / 14),
        ("once_only_share", 1 / 4),
        ("once_only_task_share", 1 / 14),
        ("one_day_share", 2 / 4),
        ("median_tasks", 3.5),
        ("mean_tasks", 3.5),
        ("mean_active_days", 7 / 4),
        ("tail_exponent", math.nan),
        # Day 99 is the last: person 3 came after day 99 - 1 - 30.
        ("survival_1", 2 / 3),
        ("survival_7", 1 / 3),
        ("survival_40", 1 / 3),
        ("survival_41", 0.0),
        ("survival_70", math.nan),
        ("survival_ratio_7_1", 1 / 2),
        ("cohort_survival_7", 1 / 3),
        ("later_survival_7", math.nan),
        # Gaps 10, 30, 1: mean 41/3, squared deviations 121/9 + 2401/9 + 1444/9 over 3.
        ("burstiness", (math.sqrt(3966 / 27) - 41 / 3) / (math.sqrt(3966 / 27) + 41 / 3)),
        ("median_gap", 10.0),
        # Those whose first day is at most 69: persons 0, 1, 2.
        ("return_after_1", 2 / 3),
        ("return_after_2", 1 / 2),
        ("return_after_3", 0.0),
        ("return_after_4", math.nan),
        # Periods of 20 days: 0 in periods 0 and 2; 1 and 2 in 0; 3 in 4. None is active in two in a row.
        ("return_rate_20", 0.0),
        # Periods of 30: three whole ones; 0 in 0 and 1, 1 and 2 in 0; 3 beyond them.
        ("return_rate_30", 1 / 4),
        ("return_rate_60", math.nan),
        ("second_after_success_ratio", math.nan),
        ("launch_week_share", math.nan),
        ("spike_days", 1 / 100),
        ("month_share_1_12", math.nan),
    ],
)
def test_a_history_of_four_people(name: str, expected: float) -> None:
    assert value(name, FOUR) == pytest.approx(expected, nan_ok=True)


def test_later_activity_counts_days_over_time_watched() -> None:
    """Person 0, watched three years: days 400 and 500 in the second, 800 in the third. Person 1, two years: day 400."""
    two = history([(0, 0, 1), (0, 400, 1), (0, 500, 1), (0, 800, 1), (1, 365, 1), (1, 765, 1)], 1095)
    assert value("later_activity_ratio", two) == pytest.approx((1 / 1) / (3 / 2))
    # Nobody is watched for a year beyond the second; then: nobody came in the second year.
    assert math.isnan(value("later_activity_ratio", history([(0, 0, 1), (0, 400, 1), (0, 800, 1)], 1000)))
    assert math.isnan(value("later_activity_ratio", history([(0, 0, 1), (0, 800, 1)], 1500)))


def test_cohorts_are_cut_after_twenty_one_days() -> None:
    rows = [(0, 0, 1), (0, 50, 1), (1, 20, 1), (2, 21, 1), (2, 60, 1), (3, 21, 1), (4, 22, 1), (5, 23, 1)]
    seen = history(rows, 200)
    assert value("cohort_survival_30", seen) == pytest.approx(1 / 2)
    assert value("later_survival_30", seen) == pytest.approx(1 / 4)
    assert value("cohort_survival_ratio_30", seen) == pytest.approx(2)


def test_only_whole_periods_are_followed() -> None:
    # Two whole periods of 20 days in 55: 0 comes back in the second, 1 does not, 2 comes back beyond them only.
    rows = [(0, 3, 1), (0, 39, 1), (1, 19, 1), (1, 54, 1), (2, 20, 1), (2, 41, 1)]
    assert value("return_rate_20", history(rows, 55)) == pytest.approx(1 / 2)
    # With five days more the third period is whole: 2 comes back in it, 0 does not.
    assert value("return_rate_20", history(rows, 60)) == pytest.approx(2 / 4)


def test_a_launch_counts_newcomers_or_tasks_of_the_first_days() -> None:
    # 6 people on day 0, 2 on day 7, 1 on each of days 28, 35, 42; day 200 lies beyond the 180 that count.
    days = [0] * 6 + [7] * 2 + [28, 35, 42, 200]
    rows = [(person, day, 1) for person, day in enumerate(days)]
    seen = history([*rows, (0, 100, 9)], 201)
    assert value("launch_week_share", seen) == pytest.approx(6 / 11)
    assert value("launch_half_day", seen) == 1
    assert value("launch_fifth_to_eighth_week", seen) == pytest.approx(3 / 4 / 6)
    assert value("launch_volume_week_share", seen) == pytest.approx(6 / 20)
    assert value("launch_volume_half_day", seen) == 36
    assert value("launch_volume_fifth_to_eighth_week", seen) == pytest.approx(3 / 4 / 6)


def test_success_of_the_first_day_is_compared_with_failure_of_all_of_it() -> None:
    # 0 and 1 succeed at first (0 with one of two); 2, 3, 4 do not. 0 and 2 come back, 2 then with success.
    rows = [(0, 3, 1), (0, 3, 1), (0, 9, 1), (1, 0, 1), (2, 1, 1), (2, 2, 1), (3, 4, 1), (4, 4, 1)]
    success = np.array([True, False, False, True, False, True, False, False])
    assert value("second_after_success_ratio", history(rows, 50, success=success)) == pytest.approx((1 / 2) / (1 / 3))
    assert math.isnan(value("second_after_success_ratio", history(rows, 50, success=np.ones(8, bool))))


def test_months_may_run_over_the_new_year() -> None:
    seen = history([(0, 0, 1), (0, 31, 2), (1, 59, 4), (1, 364, 8)], 365, start=date(2023, 1, 1))
    assert value("month_share_1_1", seen) == pytest.approx(1 / 15)
    assert value("month_share_2_3", seen) == pytest.approx(6 / 15)
    assert value("month_share_12_1", seen) == pytest.approx(9 / 15)


def test_a_spike_is_a_day_over_three_times_the_days_around() -> None:
    level = [(day % 5, day, 2) for day in range(60)]
    assert value("spike_days", history(level, 60)) == 0
    assert value("spike_days", history([*level, (0, 30, 4)], 60)) == 0
    assert value("spike_days", history([*level, (0, 30, 5)], 60)) == pytest.approx(1 / 60)
    assert math.isnan(value("spike_days", history(level[:28], 28)))


def test_requests_are_answered_by_what_was_done_before() -> None:
    seen = Requests(
        answered=np.array([True, False, True, False, True]),
        months_since=np.array([0.0, 4.9, 5.0, 12.0, np.inf]),
        past_gifts=np.array([1, 3, 5, 1, 0]),
        past_share=np.array([0.25, np.float32(0.4), 0.41, 0.0, np.nan]),
        answered_last=np.array([True, True, False, False, False]),
    )
    expected = {
        "response_recency_0_4": 1 / 2,
        "response_recency_5_11": 1.0,
        "response_recency_20_30": math.nan,
        "response_past_1_1": 1 / 2,
        "response_past_2_99": 1 / 2,
        "response_share_0_25": 1 / 2,
        "response_share_25_40": 0.0,
        "response_share_40_60": 1.0,
        "response_if_last": 1 / 2,
        "response_if_not_last": 2 / 3,
        # Gifts 0 1 1 3 5: differences 1 1 3 5 0 2 4 2 4 2 over 5 x 10.
        "gini_gifts": 24 / 50,
    }
    assert {name: value(name, seen) for name in expected} == pytest.approx(expected, nan_ok=True)
    unknown = Requests(seen.answered, None, None, None, None)
    assert all(math.isnan(value(name, unknown)) for name in expected)


def test_prices_are_compared_by_their_mean_answer() -> None:
    seen = PriceAnswers(np.array([0.0, 0.0, 2.0, 10.0]), np.array([0.5, 0.7, 0.3, 0.9]))
    assert value("answer_ratio_2_0", seen) == pytest.approx(0.5)
    assert value("answer_difference_10_0", seen) == pytest.approx(0.3)
    assert math.isnan(value("answer_ratio_5_0", seen))
    assert math.isnan(value("answer_difference_0_5", seen))


def test_areas_are_compared_by_deprivation_and_by_period() -> None:
    seen = Areas(
        decile=np.array([1, 1, 10, 10, 1]),
        reports=np.array([2, 4, 3, 9, 0]),
        reporters=np.array([1, 2, 3, 3, 0]),
        period=np.array([0, 1, 0, 1, 1]),
        area=np.array([7, 7, 8, 8, 9]),
    )
    expected = {
        # Areas 7 and 9 have 3 reporters together, area 8 has 6.
        "reporters_decile_ratio": (3 / 2) / 6,
        "intensity_decile_ratio": (6 / 3) / (12 / 6),
        # Reports 6, 12, 0: differences 6, 6, 12 over 3 x 18.
        "area_gini": 24 / 54,
        # Areas 7 and 8 alone have a row in period 0: 2 and 3.
        "area_gini_0": 1 / 10,
        "reports_per_reporter": 18 / 9,
        "reports_per_reporter_0": 5 / 4,
        "reports_per_reporter_1": 13 / 5,
        "reports_per_reporter_2": math.nan,
        "growth_ratio": 13 / 5,
    }
    assert {name: value(name, seen) for name in expected} == pytest.approx(expected, nan_ok=True)
    alone = Areas(seen.decile, seen.reports, seen.reporters)
    assert math.isnan(value("growth_ratio", alone))
    assert value("area_gini", alone) == pytest.approx(value("area_gini_0", alone))


def test_a_metric_refuses_another_form() -> None:
    with pytest.raises(TypeError, match="gini reads History, not PriceAnswers"):
        value("gini", PriceAnswers(np.zeros(1), np.zeros(1)))


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("ginni", "did you mean 'gini'"),
        ("survivals_30", "did you mean 'survival_{days}'"),
        ("survival_30x", "unknown metric"),
        ("gini\n", "unknown metric"),
        ("top_share_0", "allowed: percent from 1 to 99"),
        ("top_share_100", "allowed: percent from 1 to 99"),
        ("month_share_5_13", "allowed: month from 1 to 12"),
        ("response_past_7_4", "allowed: from <= to"),
    ],
)
def test_a_wrong_name_is_refused(name: str, phrase: str) -> None:
    with pytest.raises(InputError, match="metric") as caught:
        find_metric(name)
    assert phrase in str(caught.value)


def test_every_metric_is_declared_in_full() -> None:
    print(f"{len(OWN)} metrics")
    assert len(OWN) >= 50
    for known in OWN:
        assert known.unit in UNITS
        assert set(known.words) <= set(LIMITS)
        assert known.meaning.endswith(".")
        assert known.meaning_fr.endswith(".")
        assert known.meaning != known.meaning_fr
        assert known.source


def test_a_name_belongs_to_one_metric() -> None:
    for known in OWN:
        name = known.pattern
        for word in known.words:
            name = name.replace("{" + word + "}", str(LIMITS[word][0]))
        assert [other.pattern for other in OWN if other.expression.match(name)] == [known.pattern]


def test_units_are_all_used() -> None:
    assert {known.unit for known in OWN} == set(UNITS)


def test_who_does_nothing_with_and_without_a_badge_has_not_reacted() -> None:
    """Paces without the badge 0, 4, 4, 0 and with it 0, 5, 4, 1: the second person gains 25 %, the fourth begins."""
    price = np.repeat([0.0, 1.0], 4)
    answers = PriceAnswers(price, np.array([0.0, 4.0, 4.0, 0.0, 0.0, 5.0, 4.0, 1.0]))
    assert value("reaction_share_25", answers) == 0.5
