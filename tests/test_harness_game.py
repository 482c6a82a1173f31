"""The common pot: giving falls because types drift, by the model's own kernels, and not otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from kernel_trace import calls

from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_game import simulate_game
from entraide.experiments.evidence.metrics_game import conditional, free_rider
from entraide.experiments.evidence.observations import Game
from entraide.model.errors import InputError

# A world in which types show: a wide gap between them, and drift within a few periods.
PLAIN = {
    "conditional_strength": 4.0,
    "conditional_threshold": 0.2,
    "free_rider_reluctance": 3.0,
    "drift_disappointed": 0.2,
    "drift_pleased": 0.05,
    "altruism_weight": 0.45,
}
STABLE = {"drift_disappointed": 0.0, "drift_pleased": 0.0}
HERE = "entraide.experiments.evidence.harness_game"


def game(seed: int = 1, draw: dict[str, float] | None = None, **scale: Any) -> Game:
    return simulate_game(Setting("giving", {"players": 400, "periods": 10} | scale, PLAIN | (draw or {}), seed))


def by_period(found: Game) -> np.ndarray:
    return np.bincount(found.period, found.contribution) / np.bincount(found.period)


def stated(found: Game, period: int) -> np.ndarray:
    assert found.stated is not None
    return found.stated[found.period == period]


def test_giving_falls_as_conditional_cooperators_become_free_riders() -> None:
    found = game()
    given = by_period(found)
    first, last = stated(found, 0), stated(found, 9)
    print(f"given {given.round(3)}, conditional {conditional(first).mean():.2f} to {conditional(last).mean():.2f}")
    assert given[-1] < 0.75 * given[0]
    assert conditional(last).mean() < conditional(first).mean() - 0.1
    assert free_rider(last).mean() > free_rider(first).mean() + 0.1


def test_types_that_do_not_drift_state_the_same_in_every_period() -> None:
    found = game(draw=STABLE)
    assert (stated(found, 0) == stated(found, 9)).all()


def test_who_states_that_they_follow_is_who_the_model_made_so() -> None:
    """Free riders state nothing at any level, conditional cooperators more where others give more; shares to .05."""
    found = game(
        players=4000, periods=1, draw={"altruism_weight": 0.0, "pleasure_weight": 0.0, "reputation_weight": 0.0}
    )
    first = stated(found, 0)
    print(f"conditional {conditional(first).mean():.3f} of .55, free riders {free_rider(first).mean():.3f} of .30")
    assert abs(conditional(first).mean() - 0.55) < 0.05
    assert abs(free_rider(first).mean() - 0.30) < 0.05


def test_players_start_as_the_types_that_the_case_observes() -> None:
    plain = {"altruism_weight": 0.0, "pleasure_weight": 0.0, "reputation_weight": 0.0}
    scale = {"players": 4000, "periods": 1, "types": [0.1, 0.8]}
    first = stated(simulate_game(Setting("giving", scale, PLAIN | plain, 1)), 0)
    print(f"conditional {conditional(first).mean():.3f} of .80, free riders {free_rider(first).mean():.3f} of .10")
    assert abs(conditional(first).mean() - 0.8) < 0.05
    assert abs(free_rider(first).mean() - 0.1) < 0.05


def test_a_finer_grid_makes_nobody_another_type() -> None:
    """Free riders under quarters and under twentieths of the endowment are the same people."""
    coarse, fine = (free_rider(stated(game(periods=1, levels=levels), 0)) for levels in (5, 21))
    assert fine.any()
    assert (coarse == fine).all()


def test_who_does_not_follow_gives_alike_whatever_others_give() -> None:
    found = game(draw={"conditional_strength": 0.0})
    assert not conditional(stated(found, 0)).any()


def test_pleased_players_drift_the_other_way() -> None:
    """Where only successes move people, nobody becomes less cooperative."""
    found = game(draw={"drift_disappointed": 0.0, "drift_pleased": 0.3})
    assert free_rider(stated(found, 9)).mean() <= free_rider(stated(found, 0)).mean()
    assert by_period(found)[-1] > by_period(found)[0]


def test_contributions_are_those_that_the_game_allows() -> None:
    assert set(game().contribution.tolist()) <= {0.0, 0.5, 1.0}
    fine = game(levels=11, group_size=4).contribution
    assert np.allclose(fine * 10, np.round(fine * 10))
    assert len(set(fine.tolist())) > 5


def test_the_kernels_of_the_model_play() -> None:
    traced = [(HERE, name) for name in ("belonging", "drifted", "logistic")]
    counted = calls("cooperation-game", "giving", {"players": 6, "periods": 3}, traced)
    print(counted)
    # Each player gives once and states for three levels in each period, and has one outcome.
    assert counted["belonging"] == counted["logistic"] == 6 * 3 * 4
    assert counted["drifted"] == 6 * 3


@pytest.mark.parametrize(
    ("scale", "phrase"),
    [({"group_size": 1}, "2 to 400 players"), ({"group_size": 500}, "2 to 400"), ({"levels": 1}, "2 or")]
    + [({"types": types}, "two shares") for types in ([0.5], [0.7, 0.6], [-0.1, 0.5])],
)
def test_games_that_nobody_can_play_are_refused(scale: dict[str, Any], phrase: str) -> None:
    with pytest.raises(InputError, match=phrase):
        game(**scale)
