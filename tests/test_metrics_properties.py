"""What holds for every history: names and order of rows do not count, and figures lie where they must."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special, stats

from entraide.experiments.evidence.concentration import gini_index, top_share
from entraide.experiments.evidence.metrics import METRICS, find_metric
from entraide.experiments.evidence.observations import (
    Areas,
    Game,
    History,
    Observation,
    PriceAnswers,
    Requests,
    Votes,
)
from entraide.experiments.evidence.tail import hurwitz_zeta, tail_fit

# A number for each word in the names of metrics that small histories can answer.
NUMBERS = {"percent": 20, "permille": 300, "days": 5, "times": 1, "month": 3, "answers": 2, "from": 0, "to": 4}
NUMBERS |= {"price": 0, "period": 0}
OWN = [known for known in METRICS.values() if known.compute.__module__.startswith("entraide.")]
NAMES = {known.pattern: known.pattern.format(**NUMBERS) for known in OWN}
HORIZON = 200


def values(observation: Observation) -> dict[str, float]:
    """Every metric of an observation."""
    names = [NAMES[known.pattern] for known in OWN if known.form is type(observation)]
    return {name: find_metric(name)(observation) for name in names}


@st.composite
def histories(draw: st.DrawFn) -> History:
    people = draw(st.integers(1, 12))
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, people - 1), st.integers(0, HORIZON - 1), st.integers(1, 9), st.booleans()),
            min_size=1,
            max_size=40,
        )
    )
    named = {person: code for code, person in enumerate(sorted({row[0] for row in rows}))}
    person, day, tasks, success = zip(*rows, strict=True)
    return History(
        np.array([named[each] for each in person]),
        np.array(day),
        np.array(tasks),
        HORIZON,
        np.datetime64("2024-01-01").item(),
        success=np.array(success),
    )


def taken(history: History, order: NDArray[np.int64]) -> History:
    assert history.success is not None
    return replace(
        history,
        person=history.person[order],
        day=history.day[order],
        tasks=history.tasks[order],
        success=history.success[order],
    )


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_order_of_rows_and_names_of_people_do_not_count(history: History, random: object) -> None:
    order = np.arange(len(history.day))
    random.shuffle(order)  # type: ignore[attr-defined]
    names = np.arange(history.people)
    random.shuffle(names)  # type: ignore[attr-defined]
    other = replace(taken(history, order), person=names[history.person[order]])
    assert values(other) == pytest.approx(values(history), nan_ok=True)


@given(histories())
@settings(max_examples=100, deadline=None)
def test_rows_of_one_person_and_day_may_be_merged(history: History) -> None:
    key = history.person * HORIZON + history.day
    merged, place = np.unique(key, return_inverse=True)
    other = replace(
        history,
        person=merged // HORIZON,
        day=merged % HORIZON,
        tasks=np.bincount(place, history.tasks).astype(np.int64),
        success=np.bincount(place, history.success) > 0,
    )
    assert values(other) == pytest.approx(values(history), nan_ok=True)


@given(histories())
@settings(max_examples=100, deadline=None)
def test_figures_lie_where_they_must(history: History) -> None:
    found = values(history)
    for name in ("gini", "gini_active_days"):
        assert math.isnan(found[name]) if history.people < 2 else 0 <= found[name] < 1
    shares = [known for known in OWN if known.form is History and known.unit.startswith("share of")]
    assert len(shares) > 10
    for known in shares:
        share = found[NAMES[known.pattern]]
        assert math.isnan(share) or 0 <= share <= 1
    assert math.isnan(found["burstiness"]) or -1 <= found["burstiness"] < 1
    by_share = [find_metric(f"top_share_{percent}")(history) for percent in (20, 40, 60, 80, 99)]
    known_shares = [share for share in by_share if not math.isnan(share)]
    assert known_shares == sorted(known_shares)


@given(histories())
@settings(max_examples=60, deadline=None)
def test_survival_falls_with_days_where_all_are_watched(history: History) -> None:
    """Everybody comes in the first 200 days and is watched for 1000, so that one set of people counts at all ages."""
    watched = replace(history, horizon=1000)
    survival = [find_metric(f"survival_{days}")(watched) for days in (1, 5, 30, 100, 300)]
    assert survival == sorted(survival, reverse=True)


@given(histories(), st.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_survival_is_kaplan_and_meier_where_nobody_is_censored(history: History, days: int) -> None:
    watched = replace(history, horizon=1000)
    people = watched.by_person
    estimate = stats.ecdf(stats.CensoredData(people.last - people.first))
    # Kept at least so many days: longer than one day less.
    expected = float(estimate.sf.evaluate(days - 1))
    assert find_metric(f"survival_{days}")(watched) == pytest.approx(expected)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=30))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts: list[int]) -> None:
    array = np.array(amounts, np.float64)
    if array.sum() == 0:
        assert math.isnan(gini_index(array))
    else:
        expected = np.abs(array[:, None] - array[None]).mean() / (2 * array.mean())
        assert gini_index(array) == pytest.approx(expected)
        assert gini_index(array * 7) == pytest.approx(expected)


def test_the_median_tenth_of_five_people_is_one_person() -> None:
    assert top_share([1, 1, 1, 1, 6], 0.1) == pytest.approx(0.6)
    assert math.isnan(top_share([1, 1, 1, 6], 0.1))
    assert math.isnan(top_share([], 0.5))


EMPTY = np.zeros(0, np.int64)
NOTHING: list[Observation] = [
    History(EMPTY, EMPTY, EMPTY, 0),
    History(EMPTY, EMPTY, EMPTY, 400, np.datetime64("2024-01-01").item(), success=np.zeros(0, bool)),
    Votes(EMPTY, EMPTY, EMPTY, EMPTY),
    Game(EMPTY, EMPTY, np.zeros(0), np.zeros((0, 3))),
    Requests(np.zeros(0, bool), np.zeros(0), EMPTY, np.zeros(0), np.zeros(0, bool)),
    PriceAnswers(np.zeros(0), np.zeros(0)),
    Areas(EMPTY, EMPTY, EMPTY, EMPTY, EMPTY),
]


@pytest.mark.parametrize("observation", NOTHING, ids=lambda each: type(each).__name__)
def test_nothing_observed_has_no_value(observation: Observation) -> None:
    found = values(observation)
    assert len(found) >= 2
    assert [name for name, value in found.items() if not math.isnan(value)] == []


def test_one_person_on_one_day_has_few_values() -> None:
    alone = History(np.array([0]), np.array([3]), np.array([1]), 400, np.datetime64("2024-01-01").item())
    found = values(alone)
    known = {name for name, value in found.items() if not math.isnan(value)}
    assert known == {
        "once_only_share",
        "once_only_task_share",
        "one_day_share",
        "median_tasks",
        "mean_tasks",
        "mean_active_days",
        "survival_5",
        "cohort_survival_5",
        "return_after_1",
        "return_rate_5",
        "launch_week_share",
        "launch_half_day",
        "launch_fifth_to_eighth_week",
        "launch_volume_week_share",
        "launch_volume_half_day",
        "launch_volume_fifth_to_eighth_week",
        "spike_days",
        "month_share_3_3",
    }


def test_every_form_is_told_apart_from_the_order_of_its_rows() -> None:
    generator = np.random.default_rng(5)
    item = np.repeat(np.arange(40), 7)
    gold = np.repeat(generator.integers(3, size=40), 7)
    right = generator.random(280) < 0.6
    seen = Votes(np.tile(np.arange(7), 40), item, np.where(right, gold, (gold + 1) % 3), gold, 3, gold == 2)
    order, workers, items = generator.permutation(280), generator.permutation(7), generator.permutation(40)
    assert seen.rare is not None
    other = Votes(workers[seen.worker[order]], items[item[order]], seen.label[order], gold[order], 3, seen.rare[order])
    assert values(other) == pytest.approx(values(seen))


@pytest.mark.parametrize("exponent", [1.01, 1.5, 2.0, 3.5, 8.0, 20.0])
def test_the_zeta_function_agrees_with_scipy(exponent: float) -> None:
    start = np.array([1.0, 2.0, 7.0, 50.0, 4000.0])
    assert hurwitz_zeta(exponent, start) == pytest.approx(special.zeta(exponent, start), rel=1e-9)


@pytest.mark.parametrize("exponent", [1.6, 2.2, 3.0])
def test_the_exponent_of_drawn_power_laws_is_found(exponent: float) -> None:
    """20 samples of 4,000 people; the error of one is about (a - 1) / sqrt(n), more above a threshold."""
    found = [tail_fit(stats.zipf.rvs(exponent, size=4000, random_state=seed)).exponent for seed in range(20)]
    error = (exponent - 1) / math.sqrt(4000)
    print(
        f"a {exponent}: mean {np.mean(found):.3f}, spread {np.std(found):.3f}, error of one at threshold 1 {error:.3f}"
    )
    assert np.mean(found) == pytest.approx(exponent, abs=3 * error)


def test_the_threshold_of_a_tail_is_found() -> None:
    """Flat to 20 and a power law beyond: the fit starts near 20, and does not take the flat part for a tail."""
    generator = np.random.default_rng(8)
    body = generator.integers(1, 20, size=3000)
    tail = np.floor(19.5 * (1 - generator.random(2000)) ** (-1 / 1.5) + 0.5).astype(np.int64)
    fit = tail_fit(np.concatenate([body, tail]))
    print(fit)
    assert 18 <= fit.threshold <= 40
    assert fit.exponent == pytest.approx(2.5, abs=0.2)


def test_small_or_level_tails_have_no_exponent() -> None:
    assert math.isnan(tail_fit(np.arange(1, 25)).exponent)
    assert math.isnan(tail_fit(np.ones(1000, np.int64)).exponent)


def test_metrics_of_forty_thousand_people_are_no_burden() -> None:
    """Printed only: 44,000 people, 360,000 rows, every metric of a history."""
    generator = np.random.default_rng(2)
    rows = 360_000
    person = np.concatenate([np.arange(44_000), (44_000 * generator.random(rows - 44_000) ** 3).astype(np.int64)])
    history = History(
        person,
        generator.integers(0, 1200, size=rows),
        generator.geometric(0.2, size=rows),
        1200,
        np.datetime64("2024-01-01").item(),
        success=generator.random(rows) < 0.5,
    )
    started = time.perf_counter()
    found = values(history)
    print(f"{len(found)} metrics in {time.perf_counter() - started:.2f} s")
    assert sum(math.isnan(value) for value in found.values()) <= 1
