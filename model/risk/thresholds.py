"""Where a norm starts to hold or to break: break-even participation, smallest harmful share of adversaries."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["Threshold", "break_even_from_table", "break_even_participation", "smallest_breaking_share"]


@dataclass(frozen=True)
class Threshold:
    """A value at which a norm changes from broken to held, or the reverse.

    Attributes
    ----------
    value : the threshold; None when it lies outside what was tried.
    low, high : the two tried values between which it lies; the ends of the range when it lies outside.
    status : "found", "held throughout" or "broken throughout".
    monotone : False when the norm is held, broken and held again along the table: then the threshold is the careful
        one of several. None where only a few values were tried.
    """

    value: float | None
    low: float
    high: float
    status: str
    monotone: bool | None


def break_even_participation(
    margin: Callable[[float], float], low: float, high: float, tolerance: float = 1e-3
) -> Threshold:
    """Return the smallest participation at which the norm holds, by bisection.

    Parameters
    ----------
    margin : distance to the norm at a given participation, >= 0 where it holds; taken to change sign once.
    low, high : range to search.
    tolerance : width at which the search stops; the value returned is one at which the norm was seen to hold.

    Raises
    ------
    ValueError : an empty range, a tolerance that is not positive, or a margin that is not a number.
    """
    if not low < high or tolerance <= 0.0:
        raise ValueError(f"need low < high and a positive tolerance, not {low!r}, {high!r}, {tolerance!r}")

    def holds(participation: float) -> bool:
        distance = margin(participation)
        if math.isnan(distance):
            raise ValueError(f"the margin has no value at a participation of {participation!r}")
        return distance >= 0.0

    if holds(low):
        return Threshold(low, low, high, "held throughout", None)
    if not holds(high):
        return Threshold(None, low, high, "broken throughout", None)
    while high - low > tolerance:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if holds(middle):
            high = middle
        else:
            low = middle
    return Threshold(high, low, high, "found", None)


def _table(values: ArrayLike, margins: ArrayLike) -> tuple[list[float], list[float]]:
    """Return the rows that have a margin, in ascending order of value."""
    tried, margin = np.asarray(values, np.float64), np.asarray(margins, np.float64)
    if tried.ndim != 1 or tried.shape != margin.shape or np.isnan(tried).any():
        raise ValueError(f"a table needs two columns of one length, not {tried.shape} and {margin.shape}")
    known = ~np.isnan(margin)
    tried, margin = tried[known], margin[known]
    if not tried.size:
        raise ValueError("no row of the table has a value")
    if np.unique(tried).size != tried.size:
        raise ValueError("a value stands twice in the table")
    order = np.argsort(tried)
    return [float(v) for v in tried[order]], [float(m) for m in margin[order]]


def _between(tried: list[float], margin: list[float], place: int) -> float:
    """Return where the line between two neighbouring rows crosses zero."""
    step = margin[place] - margin[place - 1]
    part = -margin[place - 1] / step if math.isfinite(step) and step != 0.0 else 1.0
    return tried[place - 1] + part * (tried[place] - tried[place - 1])


def break_even_from_table(participation: ArrayLike, margins: ArrayLike) -> Threshold:
    """Return the smallest participation from which on the norm holds, read off a table; NaN rows are left out.

    Between the last row that breaks the norm and the next, the margin is taken as straight.

    Raises
    ------
    ValueError : columns that differ in length, a repeated value, or no row with a value.
    """
    tried, margin = _table(participation, margins)
    holds = [distance >= 0.0 for distance in margin]
    broken = [place for place, held in enumerate(holds) if not held]
    if not broken:
        return Threshold(tried[0], tried[0], tried[-1], "held throughout", True)
    place = broken[-1] + 1
    monotone = broken == list(range(len(broken)))
    if place == len(tried):
        return Threshold(None, tried[0], tried[-1], "broken throughout", len(broken) == len(tried))
    return Threshold(_between(tried, margin, place), tried[place - 1], tried[place], "found", monotone)


def smallest_breaking_share(shares: ArrayLike, errors: ArrayLike, norm: float) -> Threshold:
    """Return the smallest share of adversaries at which the error passes the norm, read off a table.

    The first crossing counts, even where a larger share is tolerated again. NaN rows are left out.

    Raises
    ------
    ValueError : columns that differ in length, a repeated value, or no row with a value.
    """
    tried, margin = _table(shares, norm - np.asarray(errors, np.float64))
    holds = [distance >= 0.0 for distance in margin]
    held = [place for place, kept in enumerate(holds) if kept]
    if not held:
        return Threshold(tried[0], tried[0], tried[-1], "broken throughout", True)
    if len(held) == len(tried):
        return Threshold(None, tried[0], tried[-1], "held throughout", True)
    monotone = held == list(range(len(held)))
    if not holds[0]:
        return Threshold(tried[0], tried[0], tried[-1], "found", monotone)
    place = holds.index(False)
    return Threshold(_between(tried, margin, place), tried[place - 1], tried[place], "found", monotone)
