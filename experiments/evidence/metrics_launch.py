"""Metrics of a history: the rush at the start, days of many, and the season."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .concentration import ratio
from .metrics import metric
from .observations import History

__all__ = ["LAUNCH_DAYS", "SPIKE", "SPIKE_WINDOW"]

LAUNCH_DAYS = 180
SPIKE = 3
SPIKE_WINDOW = 29  # days, an odd number, so that a day is in the middle of its window
_SOURCE = "Definition of the launch figures of Snapshot Serengeti"

Daily = Callable[[History], NDArray[np.float64]]


def _newcomers(history: History) -> NDArray[np.float64]:
    return np.bincount(history.by_person.first, minlength=history.horizon).astype(np.float64)


def _volume(history: History) -> NDArray[np.float64]:
    return np.asarray(np.bincount(history.day, history.tasks, history.horizon), np.float64)


def _week_share(daily: NDArray[np.float64]) -> float:
    if len(daily) < LAUNCH_DAYS:
        return math.nan
    return ratio(float(daily[:7].sum()), float(daily[:LAUNCH_DAYS].sum()))


def _half_day(daily: NDArray[np.float64]) -> float:
    total = daily[:LAUNCH_DAYS].sum()
    if len(daily) < LAUNCH_DAYS or total == 0:
        return math.nan
    return float(np.argmax(2 * daily[:LAUNCH_DAYS].cumsum() >= total) + 1)


def _second_month(daily: NDArray[np.float64]) -> float:
    if len(daily) < 8 * 7:
        return math.nan
    weeks = daily[: 8 * 7].reshape(8, 7).sum(axis=1)
    return ratio(float(weeks[4:].mean()), float(weeks[0]))


def _register(prefix: str, daily: Daily, english: str, french: str, unit: str) -> None:
    """Register the three figures of a launch for one daily count."""

    def week_share(history: History) -> float:
        return _week_share(daily(history))

    def half_day(history: History) -> float:
        return _half_day(daily(history))

    def second_month(history: History) -> float:
        return _second_month(daily(history))

    metric(
        f"{prefix}_week_share",
        History,
        unit,
        f"Share of the {english} of the first 180 days that fall in the first 7.",
        _SOURCE,
        f"Part des {french} des 180 premiers jours qui tombe dans les 7 premiers.",
    )(week_share)
    metric(
        f"{prefix}_half_day",
        History,
        "days",
        f"Day, counted from 1, by which half of the {english} of the first 180 days have come.",
        _SOURCE,
        f"Jour, compté à partir de 1, où la moitié des {french} des 180 premiers jours est atteinte.",
    )(half_day)
    metric(
        f"{prefix}_fifth_to_eighth_week",
        History,
        "ratio",
        f"Mean week of weeks 5 to 8 over week 1, in {english}.",
        _SOURCE,
        f"Semaine moyenne des semaines 5 à 8 rapportée à la première, en {french}.",
    )(second_month)


_register("launch", _newcomers, "newcomers", "nouveaux venus", "share of newcomers")
_register("launch_volume", _volume, "tasks", "tâches", "share of tasks")


@metric(
    "spike_days",
    History,
    "share of days",
    "Share of the days whose tasks are more than 3 times the median of the 29 days around (a median under 1 counts as"
    " 1; at the ends the days are mirrored).",
    "definition",
    "Part des jours dont les tâches dépassent 3 fois la médiane des 29 jours alentour (une médiane sous 1 compte pour"
    " 1 ; aux bouts, les jours sont pris en miroir).",
)
def _spike_days(history: History) -> float:
    if history.horizon < SPIKE_WINDOW or len(history.day) == 0:
        return math.nan
    volume = _volume(history)
    padded = np.pad(volume, SPIKE_WINDOW // 2, mode="reflect")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, SPIKE_WINDOW), axis=1)
    return float((volume > SPIKE * np.maximum(around, 1)).mean())


@metric(
    "month_share_{month}_{month}",
    History,
    "share of tasks",
    "Share of all tasks done from the first month to the second, both included (11 to 2 runs over the new year); no"
    " value where the calendar is unknown.",
    "definition",
    "Part de toutes les tâches faite du premier mois au second, compris l'un et l'autre (de 11 à 2 passe le nouvel"
    " an) ; aucune valeur si le calendrier est inconnu.",
)
def _month_share(history: History, first: int, last: int) -> float:
    if history.start is None:
        return math.nan
    dates = np.datetime64(history.start) + history.day.astype("timedelta64[D]")
    month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    inside = (month >= first) & (month <= last) if first <= last else (month >= first) | (month <= last)
    return ratio(float(history.tasks[inside].sum()), float(history.tasks.sum()))
