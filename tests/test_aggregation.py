"""How many answers are right: against enumeration of every answer, simulation, closed laws and published figures."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats
from strategies import SAME_EACH_TIME
from twins.quality import accuracy_of_all, difficulties, known_adversaries, majority_right

from entraide.model.quality import NODES, aggregated_accuracy, detection, difficulty_nodes, majority_chance

SHAPES = [(16.5, 4.8), (1.0, 1.0), (0.5, 0.5), (60.0, 2.0), (2.0, 30.0)]
SHARES = st.one_of(st.floats(0.0, 1.0), st.sampled_from((0.0, 0.5, 1.0)))


def _enumerated(answers: int, accuracy: float) -> float:
    """Return the chance of a right majority from every sequence of right and wrong answers, ties one half."""
    chance = 0.0
    for rights in product((0, 1), repeat=answers):
        weight = math.prod(accuracy if right else 1.0 - accuracy for right in rights)
        chance += weight * (1.0 if 2 * sum(rights) > answers else 0.5 if 2 * sum(rights) == answers else 0.0)
    return chance


@pytest.mark.parametrize("answers", range(11))
def test_a_majority_is_what_enumeration_says(answers: int) -> None:
    for accuracy in (0.0, 0.05, 0.3, 0.5, 0.77, 0.999, 1.0):
        assert majority_chance(answers, accuracy) == pytest.approx(_enumerated(answers, accuracy), abs=1e-13)


@pytest.mark.parametrize("answers", [12, 27, 98, 99])
def test_a_majority_of_many_is_what_the_binomial_law_says(answers: int) -> None:
    for accuracy in (0.02, 0.4, 0.51, 0.9):
        law = stats.binom(answers, accuracy)
        expected = law.sf(answers // 2) + (0.5 * law.pmf(answers // 2) if answers % 2 == 0 else 0.0)
        assert majority_chance(answers, accuracy) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("alpha", "beta"), SHAPES)
def test_difficulties_are_the_quantiles_of_the_law(alpha: float, beta: float) -> None:
    """To a two-thousandth in accuracy (four where the law is steepest at its ends); the mean to a hundredth."""
    nodes = difficulty_nodes(alpha, beta)
    expected = stats.beta.ppf((np.arange(NODES) + 0.5) / NODES, alpha, beta)
    found = special.expit(nodes)
    print(f"Beta({alpha}, {beta}): worst {np.abs(found - expected).max():.2g}, mean {found.mean():.4f}")
    assert np.abs(found - expected).max() < (5e-4 if min(alpha, beta) >= 1.0 else 2e-3)
    assert abs(found.mean() - alpha / (alpha + beta)) < 0.01
    assert (np.diff(nodes) >= 0).all()
    assert nodes.tolist() == list(difficulties(alpha, beta))


def test_shared_difficulty_gives_the_published_figures_and_independent_errors_do_not() -> None:
    """Swanson et al. 2016: .90 with 5 answers and .98 with 27; with independent errors 27 would give over .998."""
    nodes = difficulty_nodes(16.5, 4.8)
    five, twenty_seven = (aggregated_accuracy(nodes, 0, NODES, n, 0.0, 0.0, 0.0, 0.0) for n in (5, 27))
    independent = majority_chance(27, 16.5 / 21.3)
    print(f"5 answers {five:.3f}, 27 answers {twenty_seven:.3f}, 27 independent {independent:.4f}")
    assert abs(five - 0.90) < 0.01
    assert abs(twenty_seven - 0.98) < 0.01
    assert independent > 0.998


@settings(SAME_EACH_TIME, max_examples=250)
@given(
    shape=st.sampled_from(SHAPES),
    answers=st.integers(1, 12),
    shift=st.floats(-6.0, 6.0),
    wrong=SHARES,
    accuracy=SHARES,
    known=SHARES,
    part=st.sampled_from(((0, NODES), (0, 4), (20, 32))),
)
def test_aggregation_is_the_twins_to_the_bit_and_lies_between_0_and_1(
    shape: tuple[float, float],
    answers: int,
    shift: float,
    wrong: float,
    accuracy: float,
    known: float,
    part: tuple[int, int],
) -> None:
    nodes = difficulty_nodes(*shape)
    found = aggregated_accuracy(nodes, *part, answers, shift, wrong, accuracy, known)
    assert found == accuracy_of_all(tuple(nodes[slice(*part)].tolist()), answers, shift, wrong, accuracy, known)
    assert -1e-12 < found < 1.0 + 1e-12


@settings(SAME_EACH_TIME, max_examples=200)
@given(answers=st.integers(-1, 60), accuracy=SHARES, gold=st.floats(0, 0.9), tasks=st.floats(0, 5_000))
def test_votes_and_detection_are_the_twins_to_the_bit(answers: int, accuracy: float, gold: float, tasks: float) -> None:
    assert majority_chance(answers, accuracy) == majority_right(answers, accuracy)
    assert detection(gold, answers, tasks) == known_adversaries(gold, answers, tasks)


@pytest.mark.parametrize("tasks", [0.0, 0.5, 3.0, 40.0])
@pytest.mark.parametrize(("gold", "answers", "telling"), [(0.0, 1, 0.0), (0.2, 1, 0.2), (0.2, 3, 0.7), (0.0, 5, 0.5)])
def test_an_adversary_is_known_after_three_telling_answers(
    tasks: float, gold: float, answers: int, telling: float
) -> None:
    """Telling answers arrive by a Poisson law."""
    assert detection(gold, answers, tasks) == pytest.approx(stats.poisson.sf(2, telling * tasks), abs=1e-12)


@pytest.mark.parametrize(("wrong", "known"), [(0.0, 0.0), (0.2, 0.0), (0.2, 0.7), (0.6, 0.9), (1.0, 0.0), (1.0, 1.0)])
def test_aggregation_is_what_a_simulation_of_answers_gives(wrong: float, known: float) -> None:
    """100,000 tasks of three answers, difficulty shared by all who answer a task; within five standard errors."""
    generator = np.random.default_rng(17)
    nodes, tasks, answers, shift, wrong_accuracy = difficulty_nodes(16.5, 4.8), 100_000, 3, 0.3, 0.05
    honest = special.expit(generator.choice(nodes, tasks) + shift)[:, None]
    adversary = generator.random((tasks, answers)) < wrong
    right = generator.random((tasks, answers)) < np.where(adversary, wrong_accuracy, honest)
    counted = ~(adversary & (generator.random((tasks, answers)) < known))
    votes, rights = counted.sum(axis=1), (counted & right).sum(axis=1)
    outcome = np.where(2 * rights > votes, 1.0, np.where(2 * rights == votes, 0.5, 0.0))
    found = aggregated_accuracy(nodes, 0, NODES, answers, shift, wrong, wrong_accuracy, known)
    error = outcome.std() / math.sqrt(tasks)
    print(f"wrong {wrong}, known {known}: {found:.4f}, simulated {outcome.mean():.4f} +- {error:.4f}")
    assert abs(found - outcome.mean()) <= 5 * error + 1e-12


def test_when_every_answer_is_set_aside_a_task_is_a_coin_toss() -> None:
    nodes = difficulty_nodes(16.5, 4.8)
    assert aggregated_accuracy(nodes, 0, NODES, 3, 0.0, 1.0, 0.05, 1.0) == 0.5
    assert abs(aggregated_accuracy(nodes, 0, NODES, 3, 0.0, 1.0, 0.05, 1.0 - 1e-12) - 0.5) < 1e-9
