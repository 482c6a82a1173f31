"""Who hurries towards a badge: chances with and without it, by the model's own kernels."""

from __future__ import annotations

import numpy as np
import pytest
from kernel_trace import calls

from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_badges import simulate_badges
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import PriceAnswers
from entraide.model.errors import InputError

HERE = "entraide.experiments.evidence.harness_badges"
# A pull that some feel: about one in eight goes a quarter faster.
FELT = {"badge_bonus": 3.0}


def badge(draw: dict[str, float] | None = None, **scale: int) -> PriceAnswers:
    return simulate_badges(Setting("knowledge-commons", {"people": 1000} | scale, draw or {}, seed=2))


def reacting(found: PriceAnswers) -> float:
    return find_metric("reaction_share_25")(found)


def test_a_badge_never_slows_and_where_it_is_felt_some_react_and_most_do_not() -> None:
    found = badge(FELT)
    without, with_badge = found.answer.reshape(2, -1)
    print(f"react {reacting(found):.3f}")
    assert (with_badge >= without - 1e-12).all()
    assert 0.02 < reacting(found) < 0.5


@pytest.mark.parametrize("off", [{"badge_bonus": 0.0}, {"reputation_weight": 0.0}])
def test_nobody_reacts_to_a_badge_that_is_worth_nothing(off: dict[str, float]) -> None:
    without, with_badge = badge(FELT | off).answer.reshape(2, -1)
    assert np.allclose(without, with_badge)


def test_the_pull_fades_with_the_way_that_is_left() -> None:
    assert reacting(badge(FELT, last_tasks=5)) > reacting(badge(FELT, last_tasks=40))


def test_the_kernels_of_the_model_answer() -> None:
    traced = [(HERE, name) for name in ("reputation_value", "belonging", "logistic", "wait_for_first")]
    counted = calls("badge-question", "knowledge-commons", {"people": 4, "last_tasks": 5}, traced)
    print(counted)
    assert counted == {"wait_for_first": 1, "belonging": 4, "reputation_value": 4 * 6, "logistic": 4 * 6}


@pytest.mark.parametrize("name", ["people", "last_tasks"])
def test_nobody_and_no_task_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="1 or more"):
        badge(**{name: 0})


def test_the_metric_counts_people_and_wants_two_prices() -> None:
    answer = np.array([0.4, 0.4, 0.4, 0.4, 0.49, 0.51])
    two = PriceAnswers(price=np.repeat([0.0, 1.0], 3), answer=answer)
    assert reacting(two) == pytest.approx(1 / 3)
    assert np.isnan(reacting(PriceAnswers(price=np.arange(6.0), answer=answer)))
