"""Levers whose mechanism is off change nothing, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sign_worlds import photographs, replicates, reports, same

from entraide.model.parameters import Value

# What a lever costs or pays may move; what people do may not.
BOOKED = (
    "cost_rewards",
    "cost_feedback",
    "cost_checking",
    "cost_outreach",
    "cost_design",
    "cash_paid",
    "acknowledged",
    "pleased",
)
NO_MONEY_MOVES: Mapping[str, Value] = {"reward_sensitivity": 0.0, "crowding_cash": 0.0, "crowding_build_up": 0.0}
NOTHING_IS_LEARNT: Mapping[str, Value] = {
    "efficacy_step": 0.0,
    "trust_step": 0.0,
    "drift_pleased": 0.0,
    "drift_disappointed": 0.0,
}

# Lever moved, the value of the citizens' parameters at which it has nothing to act on, and the same of the service's.
INERT: Mapping[str, tuple[Mapping[str, Value], Mapping[str, Value], Mapping[str, Value]]] = {
    "badges where reputation moves nobody": ({"badges": False}, {"reputation_weight": 0.0}, {}),
    "being seen where reputation moves nobody": ({"reputation_visibility": 3.0}, {"reputation_weight": 0.0}, {}),
    "badges without a bonus": ({"badges": False}, {"badge_bonus": 0.0}, {}),
    "fun where pleasure moves nobody": ({"fun": 2.0}, {"pleasure_weight": 0.0}, {}),
    "challenge where it is not felt": ({"challenge": 1.0}, {}, {"challenge_sensitivity": 0.0}),
    "cash at a rate of nothing": ({"reward_medium": "cash", "reward_rate": 0.0}, {}, {}),
    "a rate without a medium": ({"reward_medium": "none", "reward_rate": 50.0}, {}, {}),
    "cash where money moves nobody": ({"reward_medium": "cash", "reward_rate": 50.0}, NO_MONEY_MOVES, {}),
    "offers without a currency": ({"credit_offers": 1000.0, "credit_lifetime": 10}, {}, {}),
    "answers that teach nobody": ({"acknowledgement_rate": 1.0}, NOTHING_IS_LEARNT, {}),
    "a last resort that comes too late": ({"backstop_capacity": 1000.0}, {}, {"backstop_lag": 300}),
}


@pytest.mark.parametrize("name", INERT)
def test_a_lever_without_its_mechanism_changes_nothing(name: str) -> None:
    levers, people, assumptions = INERT[name]
    same(
        reports(90, people=people, **assumptions), reports(90, people=people, levers=levers, **assumptions), but=BOOKED
    )


def test_checks_that_add_no_friction_change_nothing_online() -> None:
    """They put errors right, and that is all that they change."""
    free = {"checking_friction": 0.0}
    but = ("cost_checking", "checking", "errors")
    same(photographs(**free), photographs(levers={"checking_max": 1.0}, **free), but=but)


def test_levers_at_the_value_they_had_change_nothing() -> None:
    base = reports(90)
    same(base, reports(90, levers=dict(base.services[0].parameters)))


def test_seeds_differ_so_that_agreement_means_something() -> None:
    series = [replicate.daily("contributions").tobytes() for replicate in replicates(reports(90))]
    assert len(set(series)) == len(series)


@pytest.mark.parametrize(
    ("levers", "people"),
    [
        ({"badges": False}, {}),
        ({"fun": 2.0}, {}),
        ({"reward_medium": "cash", "reward_rate": 50.0}, {}),
        ({"acknowledgement_rate": 1.0}, {}),
    ],
)
def test_the_same_levers_do_something_where_the_mechanism_is_on(
    levers: Mapping[str, Value], people: Mapping[str, Value]
) -> None:
    with pytest.raises(AssertionError, match="differs"):
        same(reports(90, people=people), reports(90, people=people, levers=levers), but=BOOKED)
