"""Intervals over replicates: Wilson, t, Fieller, percentile bootstrap; Holm's adjustment of a family.

Days and zones of one replicate depend on each other; only replicates are independent. Every interval here is
therefore over replicates. Where no interval exists (no replicate, or a mean of one) the function returns None:
the caller has to say so, and cannot print a number that is not there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .distributions import normal_quantile, student_quantile, student_upper_tail

__all__ = [
    "HolmStep",
    "Interval",
    "MeanEstimate",
    "bootstrap_interval",
    "check_level",
    "fieller_interval",
    "holm",
    "mean_over_replicates",
    "student_p_value",
    "wilson_interval",
    "wilson_limits",
]

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Interval:
    """An interval with its level (0.95 for 95 %) and the method that gave it."""

    low: float
    high: float
    level: float
    method: str

    @property
    def width(self) -> float:
        """Length of the interval; 0 when all replicates gave the same value."""
        return self.high - self.low

    def holds(self, value: float) -> bool:
        """Tell whether ``value`` lies in the interval, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class MeanEstimate:
    """A mean over replicates.

    Attributes
    ----------
    value : the mean, None when no replicate has a value.
    interval : t interval; None with fewer than two values: one replicate says nothing about chance.
    standard_deviation : over replicates; None with fewer than two values.
    replicates : replicates with a value.
    without_value : replicates in which the measure has no value; they are left out of the mean, and counted here.
    """

    value: float | None
    interval: Interval | None
    standard_deviation: float | None
    replicates: int
    without_value: int


@dataclass(frozen=True)
class HolmStep:
    """What Holm's method decides for one member of a family.

    Attributes
    ----------
    p_value, adjusted_p_value : before and after adjustment.
    rejected : the adjusted p-value is at most 1 - the family's level.
    level : level at which this member's own interval excludes zero exactly when ``rejected``.
    """

    p_value: float
    adjusted_p_value: float
    rejected: bool
    level: float


def check_level(level: float) -> None:
    """Refuse a level that does not lie strictly between 0 and 1."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"a level must lie strictly between 0 and 1, not {level!r}")


def wilson_limits(events: float, trials: float, z: float) -> tuple[float, float]:
    """Return Wilson's limits for a normal quantile ``z``; counts may be fractions of a rescaled table."""
    share = events / trials
    denominator = 1.0 + z * z / trials
    centre = (share + z * z / (2.0 * trials)) / denominator
    half = z / denominator * math.sqrt(share * (1.0 - share) / trials + z * z / (4.0 * trials * trials))
    low = 0.0 if events == 0 else max(0.0, centre - half)
    high = 1.0 if events == trials else min(1.0, centre + half)
    return low, high


def wilson_interval(events: int, replicates: int, level: float = 0.95) -> Interval | None:
    """Return Wilson's interval for a probability, from ``events`` of ``replicates``; None without a replicate.

    Raises
    ------
    ValueError : counts that are negative or out of order, or a level outside 0-1.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    check_level(level)
    if replicates < 0 or not 0 <= events <= replicates:
        raise ValueError(f"need 0 <= events <= replicates, not {events!r} of {replicates!r}")
    if replicates == 0:
        return None
    low, high = wilson_limits(events, replicates, normal_quantile(0.5 + 0.5 * level))
    return Interval(low, high, level, "wilson")


def _clean(values: ArrayLike) -> tuple[NDArray[np.float64], int]:
    """Return the finite values and the number of replicates without one."""
    series = np.asarray(values, np.float64)
    if series.ndim != 1:
        raise ValueError(f"one value per replicate is needed, not an array of shape {series.shape}")
    if np.isinf(series).any():
        raise ValueError("a measure is infinite in some replicate: a ratio was not guarded")
    known = series[~np.isnan(series)]
    return known, int(series.size - known.size)


def mean_over_replicates(values: ArrayLike, level: float = 0.95) -> MeanEstimate:
    """Return the mean over replicates with its t interval; for a paired comparison, give the differences.

    Parameters
    ----------
    values : one value per replicate; NaN where the measure has no value in that replicate.

    Raises
    ------
    ValueError : not one-dimensional, infinite values, or a level outside 0-1.
    """
    check_level(level)
    known, without = _clean(values)
    n = int(known.size)
    if n == 0:
        return MeanEstimate(None, None, None, 0, without)
    if bool((known == known[0]).all()):
        mean, deviation = float(known[0]), 0.0
    else:
        # fsum: the mean does not depend on the order of the replicates, not even in its last bit.
        mean = math.fsum(known) / n
        deviation = math.sqrt(math.fsum((known - mean) ** 2) / (n - 1))
    if n == 1:
        return MeanEstimate(mean, None, None, 1, without)
    half = student_quantile(0.5 + 0.5 * level, n - 1) * deviation / math.sqrt(n)
    return MeanEstimate(mean, Interval(mean - half, mean + half, level, "t"), deviation, n, without)


def student_p_value(estimate: MeanEstimate) -> float:
    """Return the two-sided p-value of "the mean is zero", that of the interval in ``estimate``.

    1.0 with fewer than two replicates; with no spread at all, 1.0 at a mean of zero and 0.0 elsewhere.
    """
    if estimate.value is None or estimate.standard_deviation is None:
        return 1.0
    if estimate.standard_deviation == 0.0:
        return 1.0 if estimate.value == 0.0 else 0.0
    statistic = abs(estimate.value) / (estimate.standard_deviation / math.sqrt(estimate.replicates))
    return min(1.0, 2.0 * student_upper_tail(statistic, estimate.replicates - 1))


def fieller_interval(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Interval | None:
    """Return Fieller's interval for the ratio of two means over the same replicates.

    None with fewer than two replicates, or when the denominator's own t interval holds zero: the ratio then has no
    bounded interval, and should not be told.

    Parameters
    ----------
    numerator, denominator : one value per replicate, in the same order; no NaN.

    Raises
    ------
    ValueError : different lengths, values that are not finite, or a level outside 0-1.

    Source: Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185.
    """
    check_level(level)
    top, bottom = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    if top.ndim != 1 or top.shape != bottom.shape or not (np.isfinite(top).all() and np.isfinite(bottom).all()):
        raise ValueError("a ratio needs two finite series of the same length")
    n = int(top.size)
    if n < 2:
        return None
    above, below = math.fsum(top) / n, math.fsum(bottom) / n
    square = student_quantile(0.5 + 0.5 * level, n - 1) ** 2 / (n * (n - 1))
    spread_above = square * math.fsum((top - above) ** 2)
    spread_below = square * math.fsum((bottom - below) ** 2)
    shared = square * math.fsum((top - above) * (bottom - below))
    scale = below * below - spread_below
    if scale <= 0.0:
        return None
    middle = above * below - shared
    half = math.sqrt(max(0.0, middle * middle - (above * above - spread_above) * scale))
    return Interval((middle - half) / scale, (middle + half) / scale, level, "fieller")


def holm(p_values: Sequence[float], level: float = 0.95) -> tuple[HolmStep, ...]:
    """Adjust a family of p-values by Holm's step-down method, in the order given.

    The k-th smallest of m is judged at (1 - level)/(m - k + 1), and so is its interval. From the first that is not
    rejected on, none is, and all of those take the widest level of the family, 1 - (1 - level)/m: what they are
    later said *not* to differ by must hold for the whole family too.

    Raises
    ------
    ValueError : a p-value outside 0-1, or a level outside 0-1.

    Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    check_level(level)
    if any(not 0.0 <= p <= 1.0 for p in p_values):
        raise ValueError(f"p-values lie in 0-1: {list(p_values)!r}")
    members = len(p_values)
    error = 1.0 - level
    steps: list[HolmStep | None] = [None] * members
    ranked = sorted(p_values)
    adjusted, going_on = 0.0, True
    for place, index in enumerate(sorted(range(members), key=lambda i: p_values[i])):
        adjusted = max(adjusted, min(1.0, (members - place) * p_values[index]))
        # Equal p-values share the strictest of their places: the order of the designs changes nothing.
        left = members - ranked.index(p_values[index])
        going_on = going_on and p_values[index] <= error / left
        parts = left if going_on else members
        steps[index] = HolmStep(p_values[index], adjusted, going_on, level if parts == 1 else 1.0 - error / parts)
    return tuple(step for step in steps if step is not None)


def bootstrap_interval(
    replicates: Iterable[Entry],
    statistic: Callable[[list[Entry]], float],
    *,
    seed: int,
    level: float = 0.95,
    resamples: int = 2000,
) -> Interval | None:
    """Return a percentile bootstrap interval, resampling whole replicates.

    Parameters
    ----------
    replicates : one entry per replicate; an entry may be a number, a row of an array, or any object.
    statistic : takes a list of entries, returns a number, or NaN where it has no value.
    seed : key of the counter-based generator: the same seed gives the same interval.

    Returns
    -------
    None with fewer than two replicates, or when more than 1 resample in 20 has no value.

    Raises
    ------
    ValueError : a level outside 0-1 or no resample.
    """
    check_level(level)
    if resamples < 1:
        raise ValueError("a bootstrap needs at least one resample")
    entries = list(replicates)
    if len(entries) < 2:
        return None
    generator = np.random.Generator(np.random.Philox(key=seed))
    draws = generator.integers(0, len(entries), size=(resamples, len(entries)))
    results = np.array([statistic([entries[i] for i in row]) for row in draws], np.float64)
    known = results[np.isfinite(results)]
    if known.size < 0.95 * resamples:
        return None
    low, high = np.quantile(known, [0.5 - 0.5 * level, 0.5 + 0.5 * level])
    return Interval(float(low), float(high), level, "bootstrap")
