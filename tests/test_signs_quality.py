"""Redundancy, adversaries, weighted votes: how wrong the aggregate is."""

from __future__ import annotations

import pytest
from sign_worlds import Replicate, change, effect, no_effect, photographs, replicates, same

from entraide.model.intervals import mean_over_replicates
from entraide.model.parameters import Value
from entraide.model.specification import Specification

# Citizens of average accuracy: nobody gains skill, nobody is wrong on purpose.
AVERAGE: dict[str, Value] = {"skill_gain": 0.0, "adversary_share": 0.0}
# The same mean accuracy, 0.775, with every task equally hard: errors are then independent.
INDEPENDENT: dict[str, Value] = {"accuracy_alpha": 775.0, "accuracy_beta": 225.0}


def _wrong(replicate: Replicate) -> float:
    return float(replicate.daily("errors").sum() / replicate.daily("closed").sum())


def _answers(number: int, **assumptions: Value) -> Specification:
    return photographs(people=AVERAGE, levers={"answers_per_task": number}, **assumptions)


@pytest.mark.parametrize(
    ("number", "right", "within"),
    [
        # The mean of Beta(16.5, 4.8); 0.90 and 0.98 were observed on Snapshot Serengeti (Swanson et al. 2016).
        (1, 0.775, 0.02),
        (5, 0.90, 0.02),
        (27, 0.975, 0.015),
    ],
)
def test_answers_are_right_as_often_as_observed(number: int, right: float, within: float) -> None:
    measured = [1.0 - _wrong(replicate) - right for replicate in replicates(_answers(number))]
    mean = mean_over_replicates(measured)
    assert mean.value is not None
    assert mean.interval is not None
    print(
        f"{number} answers, share right minus {right}: {mean.value:+.4f} "
        f"[{mean.interval.low:+.4f}, {mean.interval.high:+.4f}]; band +-{within}"
    )
    assert -within <= mean.value <= within


def test_more_answers_mean_fewer_errors() -> None:
    effect("5 answers against 1, error", change(_answers(1), _answers(5), _wrong, relative=False), (-0.165, -0.085))
    effect("27 answers against 5, error", change(_answers(5), _answers(27), _wrong, relative=False), (-0.115, -0.04))


def test_more_answers_never_help_as_much_as_independent_errors_would() -> None:
    # Independent errors of mean accuracy 0.775 leave 0.079 wrong of 5 answers and 0.001 of 27.
    few = change(_answers(5, **INDEPENDENT), _answers(5), _wrong, relative=False)
    effect("5 answers, shared difficulty against independent errors", few, (0.005, 0.045))
    many = change(_answers(27, **INDEPENDENT), _answers(27), _wrong, relative=False)
    effect("27 answers, shared difficulty against independent errors", many, (0.008, 0.04))
    left = mean_over_replicates([_wrong(replicate) for replicate in replicates(_answers(27, **INDEPENDENT))])
    assert left.value is not None
    print(f"27 answers, independent errors: {left.value:.4f} wrong; band 0 to 0.003")
    assert left.value <= 0.003


def _vote(adversaries: float, **levers: Value) -> Specification:
    return photographs(people={"adversary_share": adversaries}, levers={"answers_per_task": 5} | levers)


WEIGHTED: dict[str, Value] = {"aggregation": "weighted", "gold_share": 0.1}


def test_adversaries_raise_errors() -> None:
    # A tenth of the answers right once in twenty: mean accuracy 0.775 becomes 0.70, five answers 0.90 become 0.83.
    effect("10 % adversaries, error", change(_vote(0.0), _vote(0.1), _wrong, relative=False), (0.03, 0.11))


def test_weighted_votes_with_gold_tasks_lower_the_harm_of_adversaries() -> None:
    # Contributors give a dozen answers: nearly all adversaries show within weeks.
    majority = change(_vote(0.0), _vote(0.1), _wrong, relative=False)
    weighted = change(_vote(0.0, **WEIGHTED), _vote(0.1, **WEIGHTED), _wrong, relative=False)
    effect("weighted votes, harm of 10 % adversaries", weighted - majority, (-0.11, -0.02))
    effect("weighted votes, share of the harm avoided", 1.0 - weighted / majority.mean(), (0.60, 1.0))


def test_weighted_votes_do_nothing_where_there_is_nobody_to_set_aside() -> None:
    moved = change(_vote(0.0), _vote(0.0, **WEIGHTED), _wrong, relative=False)
    no_effect("weighted votes without adversaries, error", moved, 0.01)


def test_weighted_votes_do_nothing_where_nothing_tells() -> None:
    # One answer a task and no gold task: there is neither disagreement nor truth to compare with.
    alone: dict[str, Value] = {"answers_per_task": 1, "gold_share": 0.0}
    same(_vote(0.1, **alone), _vote(0.1, aggregation="weighted", **alone))
