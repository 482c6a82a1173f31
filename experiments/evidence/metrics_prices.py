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
    "Mean answer at the first price over that at the second: answer_ratio_10_0 is with 10 over without reward.",
    "Gneezy & Rustichini 2000",
    "Réponse moyenne au premier prix rapportée à celle au second : answer_ratio_10_0 est avec 10 sur sans récompense.",
)
def _answer_ratio(answers: PriceAnswers, price: int, base: int) -> float:
    return ratio(_mean_at(answers, price), _mean_at(answers, base))


@metric(
    "answer_difference_{price}_{price}",
    PriceAnswers,
    "difference of answers",
    "Mean answer at the first price less that at the second.",
    "Voorberg et al. 2018",
    "Réponse moyenne au premier prix moins celle au second.",
)
def _answer_difference(answers: PriceAnswers, price: int, base: int) -> float:
    return _mean_at(answers, price) - _mean_at(answers, base)
