"""Simulated reports counted by area and year, as published figures are; and who comes when alerted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from entraide.experiments.evidence.by_area import areas_of, figure, reads
from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import History, Requests, Votes
from entraide.experiments.evidence.registry import all_harnesses, all_metrics
from entraide.experiments.evidence.whole_service import _sizes
from entraide.model.errors import InputError


def two_years() -> History:
    """Return three areas over 800 days: two people in the first, one in the second, nobody in the third.

    Person 0 reports on days 0, 0 and 364 and on day 365; person 1 on day 799, beyond the second whole year; person 2
    reports twice at once on day 10, in the second area.
    """
    return History(
        person=np.array([0, 0, 0, 0, 1, 2]),
        day=np.array([0, 0, 364, 365, 799, 10]),
        tasks=np.array([1, 1, 1, 1, 1, 2]),
        horizon=800,
        zone=np.array([0, 0, 0, 0, 0, 1]),
        decile=np.array([1, 10, 10]),
    )


def test_reports_and_reporters_by_hand() -> None:
    areas = areas_of(two_years())
    assert areas.reports.tolist() == [3, 2, 0, 2, 0, 0]
    assert areas.reporters.tolist() == [1, 1, 0, 2, 0, 0]
    assert areas.period is not None
    assert areas.period.tolist() == [0, 0, 0, 1, 1, 1]
    assert areas.decile.tolist() == [1, 10, 10, 1, 10, 10]


def test_figures_by_area_are_read_from_a_history() -> None:
    all_metrics()
    intensity = find_metric("intensity_decile_ratio")
    assert reads(intensity, History)
    assert not reads(intensity, Votes)
    assert figure(intensity, two_years()) == pytest.approx((5 / 3) / (2 / 1))
    assert figure(find_metric("growth_ratio"), two_years()) == pytest.approx(2 / 5)


def test_without_areas_nothing_is_counted_by_area() -> None:
    placeless = History(np.zeros(1, np.int64), np.zeros(1, np.int64), np.ones(1, np.int64), 10)
    with pytest.raises(ValueError, match="give areas to the case"):
        areas_of(placeless)


def test_of_those_alerted_more_come_where_more_of_those_who_go_arrive() -> None:
    """Nobody arrives if none who go do; with all of them, the share is that of those who go."""
    all_metrics()
    share = find_metric("answered_share")
    simulate = all_harnesses()["alert"].simulate

    def arriving(of_those_who_go: float) -> Requests:
        scale = {"days": 365, "place": "80021", "arriving_share": of_those_who_go}
        found = simulate(Setting("responder", scale, {}, 3))
        assert isinstance(found, Requests)
        return found

    none, some, every = (share(arriving(given)) for given in (0.0, 0.7, 1.0))
    print(none, some, every)
    assert none == 0.0
    assert 0.0 < some < every < 1.0


def test_an_alert_case_that_expects_half_to_come_fails_and_an_unknown_place_is_told() -> None:
    (case,) = load_cases(ids=["P13"])
    (found,) = evaluate([case], seeds=3)[0].targets
    print(found.mean, found.sd)
    assert not 0.45 <= found.mean <= 0.55
    with pytest.raises(InputError):
        all_harnesses()["alert"].simulate(
            Setting("responder", {"days": 30, "place": "nowhere", "arriving_share": 0.7}, {}, 0)
        )


def test_years_and_months_are_those_of_the_calendar_where_there_is_a_date() -> None:
    """One person: two reports in December 2007, one of them on another day; one on 1 January 2008, one in February."""
    history = History(
        person=np.zeros(4, np.int64),
        day=np.array([303, 320, 334, 370]),
        tasks=np.ones(4, np.int64),
        horizon=700,
        start=date(2007, 2, 1),
        zone=np.zeros(4, np.int64),
        decile=np.zeros(1, np.int64),
    )
    by_year, by_month = areas_of(history), areas_of(replace(history, by_month=True))
    assert by_year.reports.tolist() == by_month.reports.tolist() == [2, 2]
    assert by_year.reporters.tolist() == [1, 1]
    assert by_month.reporters.tolist() == [1, 2]


def _reported(**scale: object) -> History:
    given = {"days": 500, "launch": date(2007, 2, 1), "areas": 10, "area_people": 400, **scale}
    found = all_harnesses()["service"].simulate(Setting("urban-report", given, {"awareness_rate": 3e-4}, 4))
    assert isinstance(found, History)
    return found


def test_a_service_observed_later_shows_the_same_days_without_those_before() -> None:
    whole, late = _reported(), _reported(observed_from=date(2008, 1, 1))
    before = (date(2008, 1, 1) - date(2007, 2, 1)).days
    seen = whole.day >= before
    print(len(whole.day), len(late.day))
    assert late.start == date(2008, 1, 1)
    assert late.horizon == 500 - before
    assert 0 < len(late.day) < len(whole.day)
    assert late.day.tolist() == (whole.day[seen] - before).tolist()
    assert late.tasks.sum() == whole.tasks[seen].sum()
    assert areas_of(late).period is not None


def test_areas_differ_in_size_as_much_as_they_are_said_to() -> None:
    sizes = _sizes({"areas": 200, "area_people": 5000, "area_people_log_sd": 0.58})
    print(sizes.min(), sizes.mean(), sizes.max())
    assert sizes.mean() == pytest.approx(5000, rel=1e-3)
    assert np.log(sizes).std() == pytest.approx(0.58, abs=0.02)
    assert _sizes({"areas": 7, "area_people": 1600}).tolist() == [1600] * 7
