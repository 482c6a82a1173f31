"""A simulated history, counted by area and year as published figures of reports are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .metrics import BoundMetric
from .observations import Areas, History, Observation

__all__ = ["areas_of", "figure", "reads"]

_DAYS_PER_YEAR = 365


def areas_of(history: History) -> Areas:
    """Return reports and reporters of every area in every year, those without a report included.

    Years are those of the calendar where the history has a date, else of 365 days, and what is left after the last
    whole one is added to it. A reporter counts once in each area and year, or, where the history says so, month.

    Raises
    ------
    ValueError : the history tells no area.
    """
    if history.zone is None or history.decile is None:
        raise ValueError("the simulation placed nobody: give areas to the case")
    areas = len(history.decile)
    years_of_days, months_of_days = _calendar(history)
    years = int(years_of_days[-1]) + 1
    year = years_of_days[history.day]
    cell = year * areas + history.zone
    reports = np.bincount(cell, history.tasks, areas * years).astype(np.int64)
    turn = months_of_days[history.day] if history.by_month else year
    seen = np.unique(np.stack([cell, turn, history.person]), axis=1)[0]
    return Areas(
        decile=np.tile(history.decile, years),
        reports=reports,
        reporters=np.bincount(seen, minlength=areas * years).astype(np.int64),
        period=np.repeat(np.arange(years, dtype=np.int64), areas),
        area=np.tile(np.arange(areas, dtype=np.int64), years),
    )


def _calendar(history: History) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the year and the month of each day observed, both from 0."""
    days = np.arange(max(1, history.horizon))
    if history.start is None:
        years = max(1, history.horizon // _DAYS_PER_YEAR)
        return np.minimum(days // _DAYS_PER_YEAR, years - 1), days * 12 // _DAYS_PER_YEAR
    dates = np.datetime64(history.start) + days
    year, month = (dates.astype(f"datetime64[{unit}]").astype(np.int64) for unit in "YM")
    return year - year[0], month - month[0]


# Forms that metrics may read, made from what a harness returns.
_MADE_FROM: Mapping[tuple[type, type], Callable[[History], Areas]] = {(History, Areas): areas_of}


def reads(metric: BoundMetric, form: type) -> bool:
    """Return whether a metric can read what a harness returns, as it is or counted by area."""
    return issubclass(form, metric.metric.form) or (form, metric.metric.form) in _MADE_FROM


def figure(metric: BoundMetric | None, observation: Observation) -> float:
    """Return a metric of what was simulated, counted by area where it asks for areas; nan without a metric."""
    if metric is None:
        return math.nan
    if isinstance(observation, History) and metric.metric.form is Areas:
        return metric(areas_of(observation))
    return metric(observation)
