"""Metrics of votes and of games, on cases that can be counted, and against all draws one by one."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import Game, Votes
from entraide.experiments.evidence.weighted_votes import weights


def value(name: str, observation: object) -> float:
    return find_metric(name)(observation)  # type: ignore[arg-type]


def votes_of(items: list[tuple[int, list[int]]], classes: int, rare: set[int] | None = None) -> Votes:
    """Items as true class and labels, the i-th label from worker i."""
    rows = [
        (worker, item, label, gold) for item, (gold, labels) in enumerate(items) for worker, label in enumerate(labels)
    ]
    worker, item, label, gold = np.array(rows, np.int64).reshape(-1, 4).T
    return Votes(worker, item, label, gold, classes, None if rare is None else np.isin(gold, list(rare)))


def credit(labels: tuple[int, ...], gold: int) -> float:
    """1 if the true class leads alone, 1/t if t classes lead, 0 else."""
    most = max(labels.count(label) for label in labels)
    leading = {label for label in labels if labels.count(label) == most}
    return 1 / len(leading) if gold in leading else 0.0


def test_two_classes_counted_by_hand() -> None:
    seen = votes_of([(1, [1, 1, 0]), (0, [1, 1, 1, 0])], 2)
    # One answer: 2/3 and 1/4. Two: pairs 11 10 10 give 2/3; 3 of 6 pairs hold the one right answer and tie: 1/4.
    assert value("accuracy_1", seen) == pytest.approx((2 / 3 + 1 / 4) / 2)
    assert value("accuracy_2", seen) == pytest.approx((2 / 3 + 1 / 4) / 2)
    assert value("accuracy_3", seen) == pytest.approx(1 / 2)
    assert value("accuracy_4", seen) == 0.0
    assert math.isnan(value("accuracy_5", seen))


@pytest.mark.parametrize("classes", [2, 3, 5])
@pytest.mark.parametrize("answers", [1, 2, 3, 4, 6, 9])
def test_the_chance_is_that_of_all_draws_one_by_one(classes: int, answers: int) -> None:
    generator = np.random.default_rng([classes, answers])
    items = [
        (int(generator.integers(classes)), [int(label) for label in generator.integers(classes, size=size)])
        for size in (9, 10, 11, 9)
    ]
    expected = [np.mean([credit(drawn, gold) for drawn in combinations(labels, answers)]) for gold, labels in items]
    assert value(f"accuracy_{answers}", votes_of(items, classes)) == pytest.approx(np.mean(expected), abs=1e-12)


def test_two_classes_follow_the_hypergeometric_law() -> None:
    seen = votes_of([(0, [0] * 23 + [1] * 16), (0, [0] * 11 + [1] * 28)], 2)
    for answers in (5, 20, 38, 39):
        expected = []
        for right in (23, 11):
            law = stats.hypergeom(39, right, answers)
            tie = law.pmf(answers / 2) / 2 if answers % 2 == 0 else 0.0
            expected.append(law.sf(answers // 2) + tie)
        assert value(f"accuracy_{answers}", seen) == pytest.approx(np.mean(expected), abs=1e-12)


def test_many_answers_do_not_overflow() -> None:
    seen = votes_of([(0, [0] * 1300 + [1] * 700)], 2)
    assert value("accuracy_999", seen) == pytest.approx(stats.hypergeom(2000, 1300, 999).sf(499), abs=1e-9)


def test_independent_errors_follow_the_binomial_law() -> None:
    seen = votes_of([(0, [0, 0, 1]), (1, [1, 0, 1])], 2)
    assert value("accuracy_independent_3", seen) == pytest.approx((2 / 3) ** 3 + 3 * (2 / 3) ** 2 / 3)
    assert value("accuracy_independent_2", seen) == pytest.approx(2 / 3)
    assert value("accuracy_independent_39", seen) == pytest.approx(stats.binom(39, 2 / 3).sf(19))


def test_shared_difficulty_keeps_a_crowd_under_independent_errors() -> None:
    """Half of the items are told by nine in ten, the other half by three in ten: more answers help the first only."""
    items = [(1, [1] * 9 + [0])] * 10 + [(1, [1] * 3 + [0] * 7)] * 10
    seen = votes_of(items, 2)
    print(value("accuracy_9", seen), value("accuracy_independent_9", seen))
    assert value("accuracy_9", seen) == pytest.approx(0.5)
    assert value("accuracy_independent_9", seen) > 0.7


def test_weights_are_log_odds_on_the_other_items() -> None:
    seen = votes_of([(0, [0, 1]), (0, [0, 1]), (1, [1, 1])], 2)
    # Worker 0 is right on both others of each item: (2 + 1) / (2 + 2). Worker 1: right on 1 of 2, 1 of 2, 0 of 2.
    expected = np.log([3, 1, 3, 1, 3, 1 / 3])
    assert weights(seen) == pytest.approx(expected)


def test_a_good_worker_outvotes_two_who_guess() -> None:
    generator = np.random.default_rng(3)
    gold = generator.integers(2, size=200)
    items = [(int(true), [int(true), *map(int, generator.integers(2, size=2))]) for true in gold]
    seen = votes_of(items, 2)
    plain, weighted = value("accuracy_3", seen), value("accuracy_weighted_3", seen)
    print(f"plain {plain:.3f}, weighted {weighted:.3f}")
    assert plain == pytest.approx(0.75, abs=0.1)
    assert weighted == 1.0
    assert math.isnan(value("accuracy_weighted_4", seen))


def test_equal_weights_are_a_plain_majority() -> None:
    """Everybody is right as often, so that only which answers are drawn is at random."""
    items = [(0, [int(worker == item % 5) for worker in range(5)]) for item in range(50)]
    seen = votes_of(items, 2)
    assert value("accuracy_weighted_5", seen) == value("accuracy_5", seen) == 1.0
    assert value("accuracy_weighted_1", seen) == pytest.approx(value("accuracy_1", seen), abs=0.1)


def test_rare_items_are_judged_apart() -> None:
    items = [(0, [0, 0, 1]), (0, [0, 0, 0]), (2, [2, 0, 1]), (2, [0, 0, 2])]
    assert value("accuracy_rare_gap", votes_of(items, 3, rare={2})) == pytest.approx(1 - (1 / 3) / 2)
    assert math.isnan(value("accuracy_rare_gap", votes_of(items, 3)))


def test_a_game_of_two_periods() -> None:
    stated = [
        [0.0, 0.5, 1.0],  # conditional
        [0.0, 0.0, 0.0],  # free rider
        [0.0, 0.5, 0.0],  # hump
        [0.5, 0.5, 0.5],  # the same whatever others do: no type
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [1.0, 0.5, 0.0],  # less where others give more: no type
        [0.5, 0.0, 1.0],  # falls once: no type
    ]
    given = np.array([1.0, 0.0, 0.6, 0.4, 0.0, 0.0, 0.5, 0.5])
    seen = Game(np.tile(np.arange(4), 2), np.repeat([3, 7], 4), given, np.array(stated))
    expected = {
        "contribution_start": 0.5,
        "contribution_end": 0.25,
        "contribution_ratio": 0.5,
        "zero_share_start": 1 / 4,
        "zero_share_end": 2 / 4,
        "conditional_share_start": 1 / 4,
        "conditional_share_end": 0.0,
        "free_rider_share_start": 1 / 4,
        "free_rider_share_end": 2 / 4,
        "hump_share": 1 / 4,
    }
    assert {name: value(name, seen) for name in expected} == pytest.approx(expected)
    unasked = Game(seen.person, seen.period, seen.contribution)
    assert math.isnan(value("conditional_share_start", unasked))
    assert value("contribution_ratio", unasked) == 0.5


def test_a_hump_may_be_flat_but_must_fall() -> None:
    stated = np.array([[0.0, 0.5, 0.5, 0.2], [0.0, 0.5, 0.5, 0.5], [0.2, 0.5, 0.4, 0.4], [0.5, 0.5, 0.5, 0.2]])
    seen = Game(np.arange(4), np.zeros(4, np.int64), np.zeros(4), stated)
    assert value("hump_share", seen) == pytest.approx(2 / 4)
    assert value("conditional_share_start", seen) == pytest.approx(1 / 4)
