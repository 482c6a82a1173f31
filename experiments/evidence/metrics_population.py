"""Metrics of a population: who is kept out by digital services, and who volunteers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .concentration import ratio
from .metrics import metric
from .observations import Population

__all__: list[str] = []

_INSEE = "INSEE Première 1780 and 1953"
_VOLUNTEERS = "France Bénévolat/IFOP 2019; Recherches & Solidarités 2019"
_OLD, _YOUNG = 60, 40
_CAP, _HIGHER = 1, 3


def _mean(values: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")


@metric(
    "excluded_share",
    Population,
    "share of people",
    "Share of people of 15 and over who cannot use a service that is only digital.",
    _INSEE,
    "Part des personnes de 15 ans ou plus qui ne peuvent se servir d'un service seulement numérique.",
)
def _excluded(population: Population) -> float:
    return _mean(population.excluded)


@metric(
    "excluded_share_age_{from}_{to}",
    Population,
    "share of people",
    "The same among people whose age band begins at {from} years or later and ends at {to} years or earlier.",
    _INSEE,
    "De même chez les personnes dont la tranche d'âge commence à {from} ans ou après et finit à {to} ans ou avant.",
)
def _excluded_at(population: Population, low: int, high: int) -> float:
    return _mean(population.excluded[(population.age_from >= low) & (population.age_to <= high)])


@metric(
    "excluded_share_higher",
    Population,
    "share of people",
    "The same among people with a diploma of higher education.",
    _INSEE,
    "De même chez les diplômés du supérieur.",
)
def _excluded_higher(population: Population) -> float:
    return _mean(population.excluded[population.diploma == _HIGHER])


@metric(
    "devotion_ratio_old_young",
    Population,
    "ratio",
    "Mean devotion of people of 60 and over, over that of people under 40.",
    _VOLUNTEERS,
    "Dévouement moyen des 60 ans et plus, rapporté à celui des moins de 40 ans.",
)
def _devotion_by_age(population: Population) -> float:
    old, young = population.age_from >= _OLD, population.age_to < _YOUNG
    return ratio(_mean(population.devotion[old]), _mean(population.devotion[young]))


@metric(
    "devotion_ratio_low_higher",
    Population,
    "ratio",
    "Mean devotion of people with at most a CAP or BEP, over that of people with a diploma of higher education.",
    _VOLUNTEERS,
    "Dévouement moyen des titulaires d'un CAP ou BEP au plus, rapporté à celui des diplômés du supérieur.",
)
def _devotion_by_diploma(population: Population) -> float:
    low, higher = population.diploma <= _CAP, population.diploma == _HIGHER
    return ratio(_mean(population.devotion[low]), _mean(population.devotion[higher]))
