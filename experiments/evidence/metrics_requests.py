"""Metrics of requests for a gift: who answers, by what they did before."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .concentration import gini_index
from .metrics import metric
from .observations import Requests

__all__: list[str] = []

_HISTORY = "Bult & Wansbeek 1995 (recency, frequency)"
# Shares such as .4 are not exact in binary: on which side of an edge they fall may not depend on how they were stored.
_EDGE = 1e-6


def _answered(requests: Requests, chosen: NDArray[np.bool_]) -> float:
    return float(requests.answered[chosen].mean()) if chosen.any() else math.nan


@metric(
    "response_recency_{from}_{to}",
    Requests,
    "share of requests",
    "Share of requests answered among people whose last gift lies {from} to {to} whole months back.",
    _HISTORY,
    "Part des demandes suivies d'un don chez les personnes dont le dernier don remonte à {from} à {to} mois révolus.",
)
def _response_recency(requests: Requests, low: int, high: int) -> float:
    if requests.months_since is None:
        return math.nan
    months = np.floor(requests.months_since)
    return _answered(requests, (months >= low) & (months <= high))


@metric(
    "response_past_{from}_{to}",
    Requests,
    "share of requests",
    "Share of requests answered among people who gave {from} to {to} times before.",
    _HISTORY,
    "Part des demandes suivies d'un don chez les personnes qui ont déjà donné de {from} à {to} fois.",
)
def _response_past(requests: Requests, low: int, high: int) -> float:
    if requests.past_gifts is None:
        return math.nan
    return _answered(requests, (requests.past_gifts >= low) & (requests.past_gifts <= high))


@metric(
    "response_share_{from}_{to}",
    Requests,
    "share of requests",
    "Share of requests answered among people who answered more than {from} % and at most {to} % of the requests before"
    " (from 0: none included).",
    "Franses & Paap 2001",
    "Part des demandes suivies d'un don chez les personnes qui ont répondu à plus de {from} % et au plus {to} % des"
    " demandes précédentes (à partir de 0 : aucune comprise).",
)
def _response_share(requests: Requests, low: int, high: int) -> float:
    if requests.past_share is None:
        return math.nan
    above = requests.past_share > low / 100 + _EDGE if low else requests.past_share >= 0
    return _answered(requests, above & (requests.past_share <= high / 100 + _EDGE))


@metric(
    "response_if_last",
    Requests,
    "share of requests",
    "Share of requests answered among people who answered the one before.",
    "Franses & Paap 2001",
    "Part des demandes suivies d'un don chez les personnes qui ont répondu à la précédente.",
)
def _response_if_last(requests: Requests) -> float:
    return math.nan if requests.answered_last is None else _answered(requests, requests.answered_last)


@metric(
    "response_if_not_last",
    Requests,
    "share of requests",
    "Share of requests answered among people who did not answer the one before.",
    "Franses & Paap 2001",
    "Part des demandes suivies d'un don chez les personnes qui n'ont pas répondu à la précédente.",
)
def _response_if_not_last(requests: Requests) -> float:
    return math.nan if requests.answered_last is None else _answered(requests, ~requests.answered_last)


@metric(
    "answered_share",
    Requests,
    "share of requests",
    "Share of all requests answered.",
    "definition",
    "Part de toutes les demandes suivies d'effet.",
)
def _answered_share(requests: Requests) -> float:
    return float(requests.answered.mean()) if len(requests.answered) else math.nan


@metric(
    "gini_gifts",
    Requests,
    "Gini index of gifts",
    "Gini index, over the people who are asked, of the gifts each made before; for one request to each person.",
    "Gini 1912",
    "Indice de Gini, sur les personnes sollicitées, des dons que chacune a déjà faits ; pour une demande à chaque"
    " personne.",
)
def _gini_gifts(requests: Requests) -> float:
    return math.nan if requests.past_gifts is None else gini_index(requests.past_gifts)
