"""Motives: rewards and what they crowd out, need, habit, and pleasure that wears off."""

from __future__ import annotations

import numpy as np
import pytest
from sign_worlds import (
    Replicate,
    by_citizen,
    change,
    contributions,
    effect,
    no_effect,
    photographs,
    replicates,
    reports,
    same,
)

from entraide.model.intervals import mean_over_replicates
from entraide.model.parameters import Value
from entraide.model.specification import Event, Specification

# Everybody asked once, on one day, with time enough: the situation of a survey on willingness.
ALL_ASKED: dict[str, Value] = {"prompt_rate": 10.0, "initial_awareness": 1.0}
TIME_ENOUGH: dict[str, Value] = {"spare_minutes": 240.0, "spare_minutes_log_sd": 0.0}


def _cash(rate: float) -> dict[str, Value]:
    return {"reward_medium": "cash", "reward_rate": rate} if rate else {}


def _asked_once(rate: float, **people: Value) -> Specification:
    return reports(1, people=TIME_ENOUGH | people, levers=_cash(rate), **ALL_ASKED)


def _acceptance(replicate: Replicate) -> float:
    return float(replicate.daily("contributions")[0] / replicate.daily("prompted")[0])


def _more_accept(rate: float, **people: Value) -> np.ndarray:
    return change(_asked_once(0.0, **people), _asked_once(rate, **people), _acceptance, relative=False)


def test_small_cash_gains_nobody() -> None:
    # EUR 2 an hour: no effect (Voorberg et al. 2018). 0.06 logit of pay against 0.12 crowded out.
    points = mean_over_replicates(_more_accept(2.0))
    assert points.value is not None
    assert points.interval is not None
    print(f"cash 2 EUR/h, acceptance: {points.value:+.4f} [{points.interval.low:+.4f}, {points.interval.high:+.4f}]")
    assert points.interval.high <= 0.005
    assert -0.04 <= points.value <= 0.005


def test_large_cash_gains_acceptance() -> None:
    # EUR 10 an hour: 6 points of willingness (Voorberg et al. 2018); accepted: 2 to 10.
    effect("cash 10 EUR/h, acceptance", _more_accept(10.0), (0.02, 0.10))


def test_without_crowding_out_small_cash_gains() -> None:
    # 0.06 logit times P(1 - P) of about 0.17.
    effect("cash 2 EUR/h without crowding-out, acceptance", _more_accept(2.0, crowding_cash=0.0), (0.003, 0.03))


@pytest.mark.slow
def test_over_months_small_cash_does_not_pay_and_large_cash_does() -> None:
    # Three points of an acceptance near 0.30 for the large rate, minus one for the small one; repeated pay crowds out
    # a little more each time. Asked of reports first, the band of the large rate was missed (+0.020): there, needs run
    # out, and more willing people meet fewer of them. Photographs never run out.
    base = photographs(120)
    effect(
        "cash 2 EUR/h, contributions of 120 days",
        change(base, photographs(120, levers=_cash(2.0)), contributions),
        (-0.08, 0.0),
    )
    effect(
        "cash 10 EUR/h, contributions of 120 days",
        change(base, photographs(120, levers=_cash(10.0)), contributions),
        (0.03, 0.18),
    )


def _credit(offers: float, **people: Value) -> Specification:
    levers: dict[str, Value] = {"reward_medium": "credit", "reward_rate": 10.0, "credit_offers": offers}
    return photographs(180, people=people, levers=levers)


def _late(replicate: Replicate) -> float:
    return contributions(replicate, 120)


@pytest.mark.slow
def test_a_currency_that_buys_nothing_fades() -> None:
    plenty, nothing = _credit(100_000.0), _credit(0.0)
    # The half-life of what people see of spending is 30 days: 180 days leave 2 %.
    assert max(float(replicate.spendability.max()) for replicate in replicates(nothing)) < 0.08
    assert min(float(replicate.spendability.min()) for replicate in replicates(plenty)) > 0.95
    # 0.31 logit of credits become 0: regulars answer an eighth less, and who comes later is prompted less. Asked of
    # reports first, the same band was missed (-0.019): their number is bounded by the defects that arise.
    effect("credits without offers, contributions of days 120 to 180", change(plenty, nothing, _late), (-0.25, -0.03))


@pytest.mark.long
def test_a_currency_that_moves_nobody_cannot_fade() -> None:
    indifferent = {"reward_sensitivity": 0.0}
    fewer = change(_credit(100_000.0, **indifferent), _credit(0.0, **indifferent), contributions)
    assert (fewer == 0.0).all()


# Nobody repairs, so that need is near 1 within weeks; prompts are fewer, since neglect multiplies them by four.
NEGLECT: dict[str, Value] = {"repair_capacity": 0.0, "backstop_capacity": 0.0, "norm_delay": 3, "prompt_rate": 0.0075}


def _need(shown: float, **people: Value) -> Specification:
    return reports(120, people=people, levers={"need_shown": shown}, **NEGLECT)


def _third(replicate: Replicate, top: bool) -> float:
    """Return the contributions of the third that altruism moves most (or least)."""
    low, high = np.quantile(replicate.altruism[replicate.eligible], [1 / 3, 2 / 3])
    third = replicate.altruism > high if top else replicate.altruism <= low
    return float(by_citizen(replicate)[replicate.eligible & third].sum())


@pytest.mark.slow
def test_need_that_is_shown_brings_answers() -> None:
    # 0.45 x 0.5 x need near 1 x efficacy 0.5 = 0.11 logit, about 8 % of answers at first, less as the pool empties.
    effect("need shown, contributions", change(_need(0.0), _need(1.0), contributions), (0.015, 0.10))


def test_need_that_is_shown_moves_the_altruistic_above_all() -> None:
    # Weights of the thirds: about 1.9 and 0.35 times the mean.
    top = change(_need(0.0), _need(1.0), lambda replicate: _third(replicate, True))
    bottom = change(_need(0.0), _need(1.0), lambda replicate: _third(replicate, False))
    effect("need shown, top against bottom third of altruism", top - bottom, (0.02, 0.18))


@pytest.mark.long
def test_need_moves_nobody_where_altruism_is_warm_glow_alone() -> None:
    for people in ({"need_share": 0.0}, {"altruism_weight": 0.0}):
        same(_need(0.0, **people), _need(1.0, **people), but=("cost_design",))


# A game with photographs: people are called any day, most come back, and the game is closed for eight weeks.
PAUSE = (84, 140)
GAME: dict[str, Value] = {
    "prompt_fading": 0.0,
    "prompt_rate": 0.2,
    "drop_out_first": 0.3,
    "needs_rate": 200_000.0,
    "fun": 2.0,
}


def _game(wear: float, **people: Value) -> Specification:
    closed = Event("outage", PAUSE[0], PAUSE[1] - PAUSE[0])
    return photographs(154, people=people, events=(closed,), satiation_per_task=wear, **GAME)


def _loss(first: int, last: int) -> np.ndarray:
    return change(_game(0.0), _game(0.02), lambda replicate: contributions(replicate, first, last))


@pytest.mark.slow
def test_novelty_wears_off_and_comes_back_after_a_pause() -> None:
    # Seventeen tasks a visit, a visit every ten days or so: satiation settles near 1 and takes 0.26 of 0.6 logit of
    # pleasure; eight weeks of pause leave 0.13 of it. Sign and timing: Rodrigues et al. 2022.
    new, settled, rested = _loss(0, 7), _loss(56, 84), _loss(140, 154)
    effect("wearing-off, contributions of weeks 9 to 12", settled, (-0.18, -0.03))
    effect("wearing-off, weeks 9 to 12 against week 1", settled - new, (-0.18, -0.01))
    effect("wearing-off, after the pause against weeks 9 to 12", rested - settled, (0.01, 0.18))


@pytest.mark.long
def test_pleasure_that_moves_nobody_cannot_wear_off() -> None:
    same(_game(0.0, pleasure_weight=0.0), _game(0.02, pleasure_weight=0.0))


def _repeats(replicate: Replicate) -> float:
    return contributions(replicate) - float(replicate.daily("newcomers").sum())


@pytest.mark.slow
def test_habit_keeps_regulars_and_draws_no_newcomer() -> None:
    # A tenth contribution comes with a habit of 0.37, worth 0.37 logit; and who came lately is prompted more.
    base, habit = photographs(120, people={"habit_weight": 0.0}), photographs(120)
    effect("habit, contributions after the first", change(base, habit, _repeats), (0.02, 0.30))
    newcomers = change(base, habit, lambda replicate: float(replicate.daily("newcomers").sum()))
    no_effect("habit, newcomers", newcomers, 0.02)


@pytest.mark.long
def test_habit_that_does_not_grow_has_no_weight() -> None:
    same(
        photographs(120, people={"habit_gain": 0.0, "habit_weight": 0.0}), photographs(120, people={"habit_gain": 0.0})
    )
