"""Figures of one replicate that statements about rows are made of: yearly measures, daily ones, and shapes in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, nearest_name
from entraide.model.records import DAILY_MEASURES, Outcome
from entraide.model.specification import Specification

from .measures import MEASURES, replicate_measures

__all__ = ["SHAPES", "measure_names", "measure_unit", "row_measure"]

MONTH = 30
_DAILY = {measure.name: measure for measure in DAILY_MEASURES}
_YEARLY = {measure.name: measure for measure in MEASURES}
# Shapes that are no share of anything; all others are.
_PURE_NUMBERS = ("acceptance", "trust_at_the_end")


def _busiest_month_share(daily: Mapping[str, NDArray[np.float64]]) -> float:
    """Return the share of all contributions that fell into the busiest 30 days in a row."""
    given = daily["contributions"]
    if given.sum() == 0.0:
        return float("nan")
    sums = np.convolve(given, np.ones(min(MONTH, len(given))), "valid")
    return float(sums.max() / given.sum())


def _last_over_busiest_month(daily: Mapping[str, NDArray[np.float64]]) -> float:
    """Return the contributions of the last 30 days over those of the busiest 30 days in a row."""
    given = daily["contributions"]
    if given.sum() == 0.0:
        return float("nan")
    sums = np.convolve(given, np.ones(min(MONTH, len(given))), "valid")
    return float(sums[-1] / sums.max())


def _acceptance(daily: Mapping[str, NDArray[np.float64]]) -> float:
    """Return the contributions per prompt."""
    prompted = daily["prompted"].sum()
    return float(daily["contributions"].sum() / prompted) if prompted > 0 else float("nan")


def _last_month_share_in_time(daily: Mapping[str, NDArray[np.float64]]) -> float:
    """Return the share in time of what fell due in the last 30 days."""
    due = daily["due"][-MONTH:].sum()
    return float(daily["in_time"][-MONTH:].sum() / due) if due > 0 else float("nan")


def _trust_at_the_end(daily: Mapping[str, NDArray[np.float64]]) -> float:
    """Return the administration's trust on the last day."""
    return float(daily["administration_trust"][-1])


# Name -> (figure, meaning).
SHAPES: Mapping[str, tuple[Callable[[Mapping[str, NDArray[np.float64]]], float], str]] = {
    "busiest_month_share": (_busiest_month_share, "share of contributions in the busiest 30 days"),
    "last_over_busiest_month": (_last_over_busiest_month, "contributions of the last 30 days over the busiest 30"),
    "acceptance": (_acceptance, "contributions per prompt"),
    "last_month_share_in_time": (_last_month_share_in_time, "share in time over the last 30 days"),
    "trust_at_the_end": (_trust_at_the_end, "the administration's trust on the last day"),
}


def _came_again(counts: NDArray[np.int64]) -> float:
    """Return the share of those who contributed who did so more than once."""
    return float((counts > 1).mean()) if len(counts) else float("nan")


# Name -> (figure of the contributions of each contributor, meaning).
PEOPLE: Mapping[str, tuple[Callable[[NDArray[np.int64]], float], str]] = {
    "came_again": (_came_again, "share of contributors who contributed more than once"),
}


def measure_names(outcome: Outcome, specification: Specification) -> tuple[str, ...]:
    """Return every name that a statement may use."""
    return (*SHAPES, *PEOPLE, *replicate_measures(outcome, specification, 0, 0), *_DAILY)


def measure_unit(name: str) -> str:
    """Return the unit of a measure that a statement may use: "share", "EUR", "1", "needs", ...

    Raises
    ------
    InputError : no such measure.
    """
    if name in SHAPES or name in PEOPLE:
        return "1" if name in _PURE_NUMBERS else "share"
    found = _YEARLY.get(name) or _DAILY.get(name)
    if found is None:
        known = (*SHAPES, *PEOPLE, *_YEARLY, *_DAILY)
        raise InputError("unknown measure", where="rows", value=name, nearest=nearest_name(name, known))
    return found.unit


def row_measure(name: str, outcome: Outcome, specification: Specification, service: int) -> float:
    """Return one figure of one replicate's whole run; NaN where it has no value.

    Shapes are looked for first, then yearly measures (of the first year), then daily measures: flows added up, stocks
    averaged.

    Raises
    ------
    InputError : no such measure.
    """
    daily = {each: series[:, service] for each, series in outcome.daily.items()}
    if name in SHAPES:
        return SHAPES[name][0](daily)
    if name in PEOPLE:
        return PEOPLE[name][0](outcome.contribution_counts[service])
    yearly = replicate_measures(outcome, specification, service, 0)
    if name in yearly:
        value = yearly[name]
        return float("nan") if value is None else float(value)
    if name in _DAILY:
        return float(daily[name].mean() if _DAILY[name].stock else daily[name].sum())
    known = measure_names(outcome, specification)
    raise InputError("unknown measure", where="rows", value=name, nearest=nearest_name(name, known))
