"""What is answered under a reward: its worth, and the motives that it crowds out, by the model's own kernels."""

from __future__ import annotations

import numpy as np
import pytest
from kernel_trace import calls

from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_price import FRAMINGS, simulate_prices
from entraide.model.errors import InputError

HERE = "entraide.experiments.evidence.harness_price"
# Motives as large as bounds allow, and nearly all of them crowded out: where crowding-out shows.
CROWDED = {"altruism_weight": 1.5, "crowding_cash": 0.9}


def means(draw: dict[str, float] | None = None, **scale: object) -> np.ndarray:
    plain = {"people": 1000, "prices": [0, 1, 10]}
    found = simulate_prices(Setting("giving", plain | scale, draw or {}, seed=2))
    return np.array([found.answer[found.price == price].mean() for price in (plain | scale)["prices"]])


def test_small_pay_does_harm_that_more_pay_makes_good() -> None:
    none, small, large = means(CROWDED, euros_per_hour=[0, 0.1, 60], framing="fixed-fee")
    print(f"none {none:.3f}, small {small:.3f}, large {large:.3f}")
    assert small < 0.8 * none
    assert large > none


def test_without_crowding_out_pay_never_does_harm() -> None:
    none, small, large = means(CROWDED | {"crowding_cash": 0.0})
    assert none < small < large


def test_pay_that_is_worth_nothing_and_crowds_nothing_changes_nothing() -> None:
    answers = means({"crowding_cash": 0.0, "reward_sensitivity": 0.0})
    assert answers[0] == answers[1] == answers[2]


def test_the_louder_the_framing_the_fewer_answer() -> None:
    by_framing = {name: means(CROWDED, framing=name)[1] for name in FRAMINGS}
    print({name: round(float(value), 3) for name, value in by_framing.items()})
    assert by_framing["hourly-pay"] > by_framing["commission"] > by_framing["fixed-fee"]
    assert by_framing["fixed-fee"] == by_framing["compensation"]


def test_credits_crowd_out_less_than_cash_and_thanks_nothing() -> None:
    cash, credit, thanks = (means(CROWDED, medium=medium)[1] for medium in ("cash", "credit", "thanks"))
    assert thanks > cash
    assert credit > cash
    assert thanks == means(CROWDED)[0]


def test_opening_an_account_first_lowers_answers() -> None:
    free, account = means(prices=[0, 1], euros_per_hour=[0, 0], added_minutes=[0, 10])
    print(f"without account {free:.3f}, with {account:.3f}")
    assert account < free - 0.05


def test_the_typical_person_is_undecided_whatever_the_class_accepts() -> None:
    assert means({"intercept_acceptance": 0.8})[0] == means({"intercept_acceptance": 0.3})[0]


def test_the_kernels_of_the_model_answer() -> None:
    traced = [(HERE, name) for name in ("crowding_out", "currency_value", "belonging", "logistic")]
    counted = calls("price-question", "giving", {"people": 7, "prices": [0, 2, 10]}, traced)
    print(counted)
    assert counted == {"crowding_out": 3, "currency_value": 21, "belonging": 21, "logistic": 21}


@pytest.mark.parametrize(
    ("scale", "phrase"),
    [
        ({"framing": "comission"}, "commission"),
        ({"medium": "gold"}, "cash, credit, thanks"),
        ({"euros_per_hour": [0, 1]}, "one for each price"),
    ],
)
def test_what_cannot_be_asked_is_refused(scale: dict[str, object], phrase: str) -> None:
    with pytest.raises(InputError) as refusal:
        means(**scale)
    assert phrase in str(refusal.value)
