"""Votes: what more answers bring is what the model's law of difficulty says, and what two crowds showed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from kernel_trace import calls

from entraide.experiments.evidence.case import Case, load_cases
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_votes import INDEPENDENT_ERRORS, simulate_votes
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import Votes
from entraide.experiments.evidence.registry import all_metrics
from entraide.model.errors import InputError
from entraide.model.quality import NODES, aggregated_accuracy, difficulty_nodes, difficulty_shape

CLASS = "online-micro-task"
HERE = "entraide.experiments.evidence.harness_votes"


def votes(seed: int = 1, draw: dict[str, float] | None = None, **scale: object) -> Votes:
    return simulate_votes(Setting(CLASS, scale, draw or {}, seed))


def right(found: Votes, answers: int) -> float:
    all_metrics()
    return find_metric(f"accuracy_{answers}")(found)


def crowds() -> tuple[Case, ...]:
    return load_cases(ids=["C9"])


def test_two_crowds_are_met_within_three_points_for_every_number_of_answers() -> None:
    """The law was fitted to the bluebirds alone; nothing was fitted to the tweets. Bands of evidence.md."""
    for result in evaluate(crowds(), seeds=20, threads=2):
        for found in result.targets:
            print(f"{result.case.id} {found.target.name}: {found.target.value} observed, {found.mean:.3f} simulated")
            assert found.passed


def test_independent_errors_promise_what_no_crowd_showed() -> None:
    """.959 with 39 answers and 1.000 with 15, where the bands end at .80 and .955."""
    alone = [replace(case, scale={**case.scale, INDEPENDENT_ERRORS: True}) for case in crowds()]
    found = {t.target.name: t.mean for result in evaluate(alone, seeds=5, threads=2) for t in result.targets}
    print({name: round(value, 3) for name, value in found.items()})
    assert found["accuracy_39"] > 0.90
    assert found["accuracy_15"] > 0.985


@pytest.mark.parametrize("answers", [1, 5, 27])
def test_equal_workers_without_practice_are_as_often_right_as_the_kernel_says(answers: int) -> None:
    """6,000 items: to one and a half points, three times what chance leaves of a share near .9."""
    nodes = difficulty_nodes(16.5, 4.8)
    found = right(votes(items=6000, workers=60, answers_per_item=27, draw={"skill_accuracy": 0.0}), answers)
    expected = aggregated_accuracy(nodes, 0, NODES, answers, 0.0, 0.0, 0.0, 0.0)
    print(f"{answers} answers: {found:.4f} simulated, {expected:.4f} by the kernel")
    assert abs(found - expected) < 0.015


@pytest.mark.parametrize(("mean", "spread"), [(0.64, 0.15), (0.88, 0.12), (0.75, 0.26)])
def test_workers_are_as_good_and_as_different_as_the_case_says(mean: float, spread: float) -> None:
    """To two points of both, over eight crowds of 400: twice what chance leaves where workers differ most."""
    accuracies = []
    for seed in range(8):
        found = votes(
            seed, items=1000, workers=400, answers_per_item=40, worker_accuracy_mean=mean, worker_accuracy_sd=spread,
            draw={"skill_accuracy": 0.0},
        )  # fmt: skip
        accuracies.append(np.bincount(found.worker, found.label == found.gold) / np.bincount(found.worker))
    by_worker = np.array(accuracies)
    print(f"wanted {mean} +- {spread}, counted {by_worker.mean():.3f} +- {by_worker.std(axis=1).mean():.3f}")
    assert abs(by_worker.mean() - mean) < 0.02
    assert abs(by_worker.std(axis=1).mean() - spread) < 0.02


def test_the_spread_of_workers_leaves_what_a_crowd_finds_hard_as_it_is() -> None:
    one, many = (
        np.mean([right(votes(k, items=3000, workers=300, answers_per_item=20, worker_accuracy_mean=0.8, **more), 15)
                 for k in range(3)])
        for more in ({}, {"worker_accuracy_sd": 0.2})
    )  # fmt: skip
    print(f"15 answers: equal workers {one:.3f}, different ones {many:.3f}")
    assert abs(one - many) < 0.015


def test_rare_kinds_are_met_less_often_and_settled_less_well_through_practice_alone() -> None:
    """The same items and draws with and without an effect of practice; the pairs differ by practice alone."""
    gaps = np.array(
        [
            [
                find_metric("accuracy_rare_gap")(
                    votes(
                        k, items=3000, workers=300, answers_per_item=9, rare_share=0.1, draw={"skill_accuracy": skill}
                    )
                )
                for k in range(4)
            ]
            for skill in (0.5, 0.0)
        ]
    )
    by_practice = gaps[0] - gaps[1]
    print(f"common less rare: {gaps[0].round(4)} with practice, {gaps[1].round(4)} without, by practice {by_practice}")
    assert (by_practice > 0.0).all()
    assert by_practice.mean() > 0.01


def test_wrong_answers_that_scatter_are_outvoted_sooner() -> None:
    two, many = (
        right(votes(items=3000, workers=100, answers_per_item=15, classes=n, worker_accuracy_mean=0.7), 15)
        for n in (2, 10)
    )
    print(f"15 answers of which .70 right: {two:.3f} among 2 classes, {many:.3f} among 10")
    assert many > two + 0.03


def test_each_item_is_answered_by_different_people_and_labels_are_classes() -> None:
    found = votes(items=50, workers=12, answers_per_item=7, classes=5, worker_accuracy_mean=0.5)
    assert np.bincount(found.item).tolist() == [7] * 50
    assert len({(w, i) for w, i in zip(found.worker, found.item, strict=True)}) == 350
    assert set(found.label.tolist()) <= set(range(5))
    wrong = found.label != found.gold
    assert 0.4 < wrong.mean() < 0.6


def test_the_kernels_of_the_model_answer() -> None:
    traced = [(HERE, name) for name in ("answer_accuracy", "practised", "aggregated_accuracy", "uniform")]
    counted = calls("votes", CLASS, {"items": 10, "workers": 4, "worker_accuracy_mean": 0.8}, traced)
    print(counted)
    assert counted["answer_accuracy"] == counted["practised"] == 40
    assert counted["aggregated_accuracy"] >= 1


@pytest.mark.parametrize(
    ("scale", "phrase"),
    [
        ({"items": 9, "workers": 3, "answers_per_item": 5}, "different people answer"),
        ({"items": 9, "workers": 3, "classes": 1}, "2 or more"),
    ],
)
def test_what_no_crowd_can_do_is_refused(scale: dict[str, int], phrase: str) -> None:
    with pytest.raises(InputError, match=phrase):
        votes(**scale)


def test_difficulty_concentrates_as_errors_get_rare() -> None:
    sums = []
    for mean in (0.55, 0.64, 0.78, 0.89, 0.97):
        alpha, beta = difficulty_shape(mean)
        assert alpha / (alpha + beta) == pytest.approx(mean)
        sums.append(alpha + beta)
    assert sums == sorted(sums, reverse=True)
    for impossible in (0.0, 1.0, -0.2):
        with pytest.raises(ValueError, match="strictly between"):
            difficulty_shape(impossible)
