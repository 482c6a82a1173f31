"""Harness ``price-question``: the same people are asked under several rewards; who answers, by the model's decision.

Two things happen when a reward is offered: it is worth something, and it crowds out part of people's own motives. Both
are the model's (``currency_value``, ``crowding_out``). How the reward is put to people, its framing, is observed: it
places crowding-out between none and what the model has for cash handed out as a fixed fee.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from entraide.model.arithmetic import logistic
from entraide.model.compilation import kernel
from entraide.model.errors import InputError, nearest_name
from entraide.model.motives import belonging, crowding_out, currency_value
from entraide.model.parameters import Value
from entraide.model.population import log_value

from .harness import Setting, harness
from .observations import PriceAnswers
from .people import draw_people, effort_of_asking, own_motives

__all__ = ["FRAMINGS", "PRICE_SCALE", "simulate_prices"]

# Share of the model's crowding-out by cash that each way of putting a reward brings (assumptions): a price for a burden
# that people would bear as citizens, or a fee, says most loudly that the act is sold; pay by the hour says it least
# (Gneezy & Rustichini 2000; Frey & Oberholzer-Gee 1997; Voorberg et al. 2018).
FRAMINGS: Mapping[str, float] = {"hourly-pay": 0.1, "commission": 0.6, "fixed-fee": 1.0, "compensation": 1.0}
_MEDIA = {"cash": 3, "credit": 2, "thanks": 1}

PRICE_SCALE: Mapping[str, str] = {
    "people": "people asked under each reward",
    "prices": "rewards offered, in the case's own unit; 0 is none",
    "euros_per_hour": "what each of the prices is worth, in euros for an hour",
    "framing": f"how the reward is put: {', '.join(FRAMINGS)}",
    "medium": f"what is given: {', '.join(_MEDIA)}; cash where not said",
    "minutes": "minutes that answering takes; the class's where not said",
    "added_minutes": "minutes that answering takes in addition at each of the prices, such as opening an account",
    "need_unmet": "share of the need that is unmet, 0-1; half where not said",
}


@harness("price-question", PriceAnswers, PRICE_SCALE)
def simulate_prices(setting: Setting) -> PriceAnswers:
    """Return the chance that each person answers, once under each reward; the same people under all of them.

    Raises
    ------
    InputError : an unknown framing or medium, or not one worth in euros for each price.
    """
    scale = setting.scale
    prices = np.array([float(price) for price in scale["prices"]])
    rates = np.array([float(rate) for rate in scale.get("euros_per_hour", prices)])
    added = np.array([float(minutes) for minutes in scale.get("added_minutes", np.zeros(len(prices)))])
    if len(rates) != len(prices) or len(added) != len(prices):
        allowed = f"{len(prices)} numbers, one for each price"
        raise InputError("do not go with the prices", where="euros_per_hour, added_minutes", allowed=allowed)
    framing = FRAMINGS[_one_of("framing", scale.get("framing", "fixed-fee"), FRAMINGS)]
    medium = _MEDIA[_one_of("medium", scale.get("medium", "cash"), _MEDIA)]
    changes: dict[str, Value] = {"minutes_per_task": float(scale["minutes"])} if "minutes" in scale else {}
    people = draw_people(setting, int(scale["people"]), changes, undecided=True)
    answers = np.empty((len(prices), len(people.citizens)))
    efforts = np.array([effort_of_asking(people, minutes) for minutes in added])
    need = float(scale.get("need_unmet", 0.5))
    answer_all(people.citizens, people.services, people.shared, efforts, rates, medium, framing, need, answers)
    return PriceAnswers(price=np.repeat(prices, answers.shape[1]), answer=answers.ravel())


def _one_of(name: str, value: object, known: Mapping[str, object]) -> str:
    if value not in known:
        raise InputError(
            "is not one of the choices",
            where=name,
            value=value,
            allowed=", ".join(known),
            nearest=nearest_name(str(value), known),
        )
    return str(value)


@kernel
def answer_all(citizens, services, shared_record, efforts, rates, medium, framing, need, answers):
    """Fill in the chance that each person answers under each reward; nobody was paid before.

    Shapes: ``efforts`` and ``rates`` float64[prices]; ``answers`` float64[prices, N].
    """
    service = services[0]
    shared = shared_record[0]
    for price in range(rates.shape[0]):
        chi = crowding_out(
            medium, rates[price], 0.0, framing * shared.crowding_cash, framing * shared.crowding_credit,
            framing * shared.crowding_per_euro,
        )  # fmt: skip
        for i in range(citizens.shape[0]):
            reward = currency_value(medium, rates[price], 1.0, 0.0, shared.reward_sensitivity, shared.credit_saturation)
            utility = (
                service.intercept
                + log_value(citizens[i].log_devotion)
                + chi * own_motives(citizens, i, service, shared, need)
                + shared.currency_weight * (float(citizens[i].currency_motive) / 32.0) * reward
                + belonging(citizens[i].cooperation, 0.0, 0.0, shared)
                - shared.effort_weight * efforts[price]
            )
            answers[price, i] = logistic(utility)
