"""Simulated reports counted by area and year, as published figures are; and who comes when alerted."""

from __future__ import annotations

import numpy as np
import pytest

from entraide.experiments.evidence.by_area import areas_of, figure, reads
from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import History, Requests, Votes
from entraide.experiments.evidence.registry import all_harnesses, all_metrics
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
