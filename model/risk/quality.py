"""Quality: error after aggregation against the norm, where it is worst, and how much work is complete in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..distributions import binomial_cumulative
from .calendar import year_slices
from .chance import largest_count_within
from .tails import tail_mean

__all__ = [
    "AreaMonths",
    "QualityYear",
    "area_months",
    "hardest_tenth_error",
    "quality_years",
]


@dataclass(frozen=True)
class QualityYear:
    """Quality in one year of one replicate. None: no value.

    Attributes
    ----------
    event : the headline event: the year's error is above the norm. None when nothing was closed.
    days : days simulated in that year.
    closed, errors : units subject to the norm, and those of them that are wrong.
    error : errors / closed.
    complete_in_time : needs served in time / needs due; None when nothing was due, or when they were not given.
    """

    event: bool | None
    days: int
    closed: int
    errors: int
    error: float | None
    complete_in_time: float | None


@dataclass(frozen=True)
class AreaMonths:
    """Error by area and month, beside what chance alone would give if all had the mean error.

    Attributes
    ----------
    area_months, without_value : those with enough closed units, and those without.
    over_norm : share of the former whose error is above the norm.
    high_error : 95 % quantile of their error.
    over_norm_by_chance : expected share over the norm if every area-month had the mean error.
    """

    area_months: int
    without_value: int
    over_norm: float | None
    high_error: float | None
    over_norm_by_chance: float | None


def quality_years(
    closed: ArrayLike,
    errors: ArrayLike,
    norm: float,
    due: ArrayLike | None = None,
    in_time: ArrayLike | None = None,
) -> tuple[QualityYear, ...]:
    """Return quality in each year of 365 days that was started, for one service of one replicate.

    Parameters
    ----------
    closed, errors : int64[T], units closed each day, and those of them that are wrong.
    norm : e*, the error that is still accepted, 0-1.
    due, in_time : int64[T], for the share complete in time.

    Raises
    ------
    ValueError : shapes that differ, a norm outside 0-1, or more errors than closed units in a year.
    """
    units, wrong = np.asarray(closed), np.asarray(errors)
    if units.ndim != 1 or units.shape != wrong.shape:
        raise ValueError(f"closed and errors need one series of days each, not {units.shape} and {wrong.shape}")
    if not 0.0 <= norm <= 1.0:
        raise ValueError(f"the norm is a share, 0-1, not {norm!r}")
    asked = np.zeros_like(units) if due is None or in_time is None else np.asarray(due)
    served = np.zeros_like(units) if due is None or in_time is None else np.asarray(in_time)
    if asked.shape != units.shape or served.shape != units.shape:
        raise ValueError("due and in_time need as many days as closed and errors")
    years = []
    for span in year_slices(units.size):
        total, bad = int(units[span].sum()), int(wrong[span].sum())
        if not 0 <= bad <= total:
            raise ValueError(f"{bad} errors among {total} closed units")
        error = bad / total if total else None
        needs, kept = int(asked[span].sum()), int(served[span].sum())
        years.append(
            QualityYear(
                event=None if error is None else error > norm,
                days=span.stop - span.start,
                closed=total,
                errors=bad,
                error=error,
                complete_in_time=kept / needs if needs else None,
            )
        )
    return tuple(years)


def area_months(closed: ArrayLike, errors: ArrayLike, norm: float, minimum: int = 1) -> AreaMonths:
    """Return how often the norm is broken in an area and month, and by how much.

    Parameters
    ----------
    closed, errors : int64[A, M] (any shape), units closed by area and month, and those of them that are wrong.
    norm : e*, 0-1.
    minimum : area-months with fewer closed units have no value.

    Raises
    ------
    ValueError : shapes that differ, errors out of range, or a minimum under 1.
    """
    units, wrong = np.asarray(closed, np.int64).ravel(), np.asarray(errors, np.int64).ravel()
    if units.shape != wrong.shape or (wrong < 0).any() or (wrong > units).any():
        raise ValueError("errors need the shape of closed, and lie between 0 and closed")
    if minimum < 1:
        raise ValueError(f"minimum is at least 1, not {minimum!r}")
    enough = units >= minimum
    units, wrong = units[enough], wrong[enough]
    without = int((~enough).sum())
    if not units.size:
        return AreaMonths(0, without, None, None, None)
    error = wrong / units
    mean = int(wrong.sum()) / int(units.sum())
    sizes, counts = np.unique(units, return_counts=True)
    expected = sum(
        int(count) * (1.0 - binomial_cumulative(largest_count_within(norm, int(size), strict=False), int(size), mean))
        for size, count in zip(sizes, counts, strict=True)
    )
    return AreaMonths(
        area_months=int(units.size),
        without_value=without,
        over_norm=int((error > norm).sum()) / units.size,
        high_error=float(np.quantile(error, 0.95)),
        over_norm_by_chance=float(expected) / units.size,
    )


def hardest_tenth_error(
    difficulty: ArrayLike, wrong: ArrayLike, weights: Sequence[float] | None = None, share: float = 0.1
) -> float | None:
    """Return the error on the hardest ``share`` of tasks; None without tasks.

    Parameters
    ----------
    difficulty : per task, larger is harder (for instance 1 - correctness of an average citizen); ties enter the
        tail in equal parts.
    wrong : per task, 0 or 1, or the probability of being wrong.
    weights : tasks that an entry stands for.
    """
    return tail_mean(-np.asarray(difficulty, np.float64), wrong, weights, share)
