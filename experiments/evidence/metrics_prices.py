"""Metrics of answers under different rewards; prices are in the unit that the case states."""

from __future__ import annotations

import math

import numpy as np

from .concentration import ratio
from .metrics import metric
from .observations import PriceAnswers

__all__: list[str] = []


def _mean_at(answers: PriceAnswers, price: int) -> float:
    chosen = answers.answer[np.isclose(answers.price, price)]
    return float(chosen.mean()) if len(chosen) else math.nan


@metric(
    "answer_ratio_{price}_{price}",
    PriceAnswers,
    "ratio",
    "Mean answer at a price of {price} over that at a price of {price}.",
    "Gneezy & Rustichini 2000",
    "Réponse moyenne au prix de {price}, rapportée à celle au prix de {price}.",
)
def _answer_ratio(answers: PriceAnswers, price: int, base: int) -> float:
    return ratio(_mean_at(answers, price), _mean_at(answers, base))


@metric(
    "answer_difference_{price}_{price}",
    PriceAnswers,
    "difference of answers",
    "Mean answer at a price of {price} less that at a price of {price}.",
    "Voorberg et al. 2018",
    "Réponse moyenne au prix de {price}, moins celle au prix de {price}.",
)
def _answer_difference(answers: PriceAnswers, price: int, base: int) -> float:
    return _mean_at(answers, price) - _mean_at(answers, base)


@metric(
    "reaction_share_{percent}",
    PriceAnswers,
    "share of people",
    "Share of people whose answer under the second of two prices is at least {percent} % higher than under the first;"
    " the same people, in one order, under both.",
    "Hoernle et al. 2022 (a pace that rises before a badge)",
    "Part des personnes dont la réponse au second de deux prix dépasse d'au moins {percent} % celle au premier ; les"
    " mêmes personnes, dans le même ordre, aux deux prix.",
)
def _reaction_share(answers: PriceAnswers, percent: int) -> float:
    prices = np.unique(answers.price)
    if len(prices) != 2:
        return math.nan
    first, second = (answers.answer[answers.price == price] for price in prices)
    if len(first) != len(second):
        return math.nan
    # Who did nothing and goes on doing nothing has not reacted, though 0 is 25 % more than 0.
    return float(((second >= first * (1.0 + percent / 100.0)) & (second > first)).mean())
