"""Metrics of a history: who comes back, for how long, and at which gaps.

Survival at h days looks only at people who arrived at least h + 30 days before the last day observed, so that whoever
is silent at the end has had the time to come back.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .concentration import ratio
from .metrics import metric
from .observations import History

__all__ = ["COHORT_DAYS", "GRACE_DAYS"]

GRACE_DAYS = 30
COHORT_DAYS = 21
_YEAR = 365
_SURVIVAL = "Definition S_h; with nobody censored it is the estimate of Kaplan & Meier 1958"


def _survival(history: History, days: int, cohort: NDArray[np.bool_] | None = None) -> float:
    people = history.by_person
    watched = people.first <= history.horizon - 1 - days - GRACE_DAYS
    if cohort is not None:
        watched &= cohort
    stayed = people.last - people.first >= days
    return ratio(float((stayed & watched).sum()), float(watched.sum()))


@metric(
    "survival_{days}",
    History,
    "share of people",
    "Share of people whose last contribution is {days} days or more after their first, among those who arrived at"
    " least {days} + 30 days before the end.",
    _SURVIVAL,
    "Part des personnes dont la dernière contribution suit la première de {days} jours ou plus, parmi celles qui sont"
    " arrivées au moins {days} + 30 jours avant la fin.",
)
def _survival_days(history: History, days: int) -> float:
    return _survival(history, days)


@metric(
    "survival_ratio_{days}_{days}",
    History,
    "ratio",
    "Survival at the first number of days over survival at the second.",
    _SURVIVAL,
    "Survie au premier nombre de jours rapportée à la survie au second.",
)
def _survival_ratio(history: History, days: int, base: int) -> float:
    return ratio(_survival(history, days), _survival(history, base))


@metric(
    "cohort_survival_{days}",
    History,
    "share of people",
    "Survival at {days} days of the people who arrived in the first 21 days of the history.",
    _SURVIVAL,
    "Survie à {days} jours des personnes arrivées dans les 21 premiers jours de l'historique.",
)
def _cohort_survival(history: History, days: int) -> float:
    return _survival(history, days, history.by_person.first < COHORT_DAYS)


@metric(
    "later_survival_{days}",
    History,
    "share of people",
    "Survival at {days} days of the people who arrived after the first 21 days of the history.",
    _SURVIVAL,
    "Survie à {days} jours des personnes arrivées après les 21 premiers jours de l'historique.",
)
def _later_survival(history: History, days: int) -> float:
    return _survival(history, days, history.by_person.first >= COHORT_DAYS)


@metric(
    "cohort_survival_ratio_{days}",
    History,
    "ratio",
    "Survival at {days} days of the people of the first 21 days over that of those who came later.",
    _SURVIVAL,
    "Survie à {days} jours des personnes des 21 premiers jours rapportée à celle des personnes venues ensuite.",
)
def _cohort_survival_ratio(history: History, days: int) -> float:
    return ratio(_cohort_survival(history, days), _later_survival(history, days))


def _gaps(history: History) -> NDArray[np.int64]:
    """Return the days between one active day and the next of the same person, all people together."""
    people = history.by_person
    gaps = np.diff(people.day)
    between_people = people.start[1:] - 1
    return np.delete(gaps, between_people)


@metric(
    "burstiness",
    History,
    "index from -1 to 1, gaps between active days",
    "(s - m) / (s + m) of the gaps between active days of one person, all people together, s their standard deviation"
    " and m their mean: -1 like a clock, 0 at random, near 1 in bursts (no value under two gaps).",
    "Goh & Barabasi 2008",
    "(s - m) / (s + m) des écarts entre jours actifs d'une même personne, toutes ensemble, s étant leur écart type et m"
    " leur moyenne : -1 comme une horloge, 0 au hasard, près de 1 par rafales (aucune valeur sous deux écarts).",
)
def _burstiness(history: History) -> float:
    gaps = _gaps(history)
    if len(gaps) < 2:
        return math.nan
    spread, mean = float(gaps.std()), float(gaps.mean())
    return (spread - mean) / (spread + mean)


@metric(
    "median_gap",
    History,
    "days",
    "Median of the gaps between active days of one person, all people together.",
    "definition",
    "Médiane des écarts entre jours actifs d'une même personne, toutes ensemble.",
)
def _median_gap(history: History) -> float:
    gaps = _gaps(history)
    return float(np.median(gaps)) if len(gaps) else math.nan


@metric(
    "return_after_{times}",
    History,
    "share of people",
    "Share of the people who came on {times} days who came on one more, among those whose day number {times} lies at"
    " least 30 days before the end.",
    "Parrish et al. 2019",
    "Part des personnes venues {times} jours qui sont venues un jour de plus, parmi celles dont le jour numéro {times}"
    " précède la fin d'au moins 30 jours.",
)
def _return_after(history: History, times: int) -> float:
    people = history.by_person
    reached = people.active_days >= times
    day = people.day[people.start[reached] + times - 1]
    watched = day <= history.horizon - 1 - GRACE_DAYS
    again = people.active_days[reached] > times
    return ratio(float((again & watched).sum()), float(watched.sum()))


@metric(
    "return_rate_{days}",
    History,
    "share of people",
    "Share of the people active in one period of {days} days who are active in the next, all pairs of whole periods"
    " together, counted from the first day.",
    "Bonter et al. 2023",
    "Part des personnes actives dans une période de {days} jours qui le sont dans la suivante, toutes les paires de"
    " périodes entières ensemble, comptées depuis le premier jour.",
)
def _return_rate(history: History, days: int) -> float:
    people = history.by_person
    periods = history.horizon // days
    person = np.repeat(np.arange(len(people.start)), people.active_days)
    active = np.unique(person * (periods + 1) + np.minimum(people.day // days, periods))
    period = active % (periods + 1)
    followed = (np.diff(active, append=-1) == 1) & (period < periods - 1)
    return ratio(float(followed.sum()), float((period < periods - 1).sum()))


@metric(
    "later_activity_ratio",
    History,
    "ratio",
    "Active days beyond the second year after a person's first day over those within the second year, each per year"
    " that the people could have been there (no value where that is less than a year in all).",
    "definition: events over time at risk",
    "Jours actifs au-delà de la deuxième année suivant le premier jour d'une personne, rapportés à ceux de la deuxième"
    " année, chacun par année où les personnes auraient pu être là (aucune valeur s'il y a moins d'un an en tout).",
)
def _later_activity_ratio(history: History) -> float:
    people = history.by_person
    since = people.day - np.repeat(people.first, people.active_days)
    watched = history.horizon - people.first
    second = _active_per_year(since, watched, _YEAR, 2 * _YEAR)
    return ratio(_active_per_year(since, watched, 2 * _YEAR, history.horizon), second)


def _active_per_year(since: NDArray[np.int64], watched: NDArray[np.int64], start: int, end: int) -> float:
    """Return active days from ``start`` to ``end`` days after the first one, per year that people were watched then."""
    years = float(np.clip(watched - start, 0, end - start).sum()) / _YEAR
    return float(((since >= start) & (since < end)).sum()) / years if years >= 1.0 else math.nan


@metric(
    "second_after_success_ratio",
    History,
    "ratio",
    "Chance of coming back on another day if a contribution of the first day was used in time, over that chance if"
    " none was.",
    "Sjoberg, Mellon & Peixoto 2017",
    "Chance de revenir un autre jour si une contribution du premier jour a servi à temps, rapportée à cette chance si"
    " aucune n'a servi.",
)
def _second_after_success_ratio(history: History) -> float:
    if history.success is None:
        return math.nan
    people = history.by_person
    place = np.searchsorted(people.code, history.person)
    won = (history.day == people.first[place]) & history.success
    pleased = np.bincount(place[won], minlength=len(people.code)) > 0
    again = people.active_days > 1
    after_success = ratio(float((again & pleased).sum()), float(pleased.sum()))
    return ratio(after_success, ratio(float((again & ~pleased).sum()), float((~pleased).sum())))
