"""What of a spread lies between draws of parameters, and what within them: one-way random-effects analysis of variance.

With groups i = 1..k of n_i values, N in all, mean squares between (MSB) and within (MSW) groups, and
n0 = (N - sum n_i^2 / N) / (k - 1), the components are MSW and (MSB - MSW) / n0, and the share between groups is the
intraclass correlation. Sources: Searle, Casella & McCulloch 1992, Variance Components, ch. 3 (estimators, and the exact
interval for equal groups); Donner 1979 (the same interval with n0 for groups of nearly equal size); for events, Ridout,
Demetrio & Firth 1999 (the same estimator); Kish 1965 (the design effect).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from entraide.model.intervals import Interval, wilson_limits

__all__ = [
    "Components",
    "clustered_mean_interval",
    "clustered_p_value",
    "components_of",
    "effective_number",
    "event_components",
    "event_interval",
]

LEVEL = 0.95
# Shares that are tried for the interval of events, and simulated experiments for each.
_TRIED = np.linspace(0.0, 1.0, 21)
_EXPERIMENTS = 1000
# A spread smaller than this, relative to the values, is rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Components:
    """How a spread divides.

    Attributes
    ----------
    groups, replicates : draws and replicates with a value.
    within : standard deviation that chance alone gives, in the unit of the values.
    between : standard deviation that not knowing the parameters adds: 0 where the estimate is not positive.
    raw_share : estimate of the share of the variance between groups; under 0 where groups differ less than chance
        makes them; None where nothing varies.
    interval : of the share, cut to 0-1; None where nothing varies or too little is known.
    """

    groups: int
    replicates: int
    within: float
    between: float
    raw_share: float | None
    interval: Interval | None

    @property
    def share(self) -> float | None:
        """The estimate, cut to 0-1."""
        return None if self.raw_share is None else min(1.0, max(0.0, self.raw_share))

    @property
    def below_zero(self) -> bool:
        """Whether the estimate was below zero and was cut."""
        return self.raw_share is not None and self.raw_share < 0.0

    @property
    def total(self) -> float:
        """Standard deviation over everything."""
        return math.hypot(self.within, self.between)


@dataclass(frozen=True)
class _Table:
    """Sums of squares of one experiment."""

    counts: NDArray[np.float64]
    between: float
    within: float

    @property
    def size(self) -> float:
        """n0: the size of groups that counts."""
        total = float(self.counts.sum())
        return (total - float((self.counts**2).sum()) / total) / (len(self.counts) - 1)


def _table(values: NDArray[np.float64], groups: NDArray[np.int64]) -> _Table | None:
    """Return mean squares between and within groups; None with one group, or one value in each."""
    known = ~np.isnan(values)
    kept, labels = values[known], groups[known]
    _, places = np.unique(labels, return_inverse=True)
    counts = np.bincount(places).astype(np.float64)
    if len(counts) < 2 or len(kept) == len(counts):
        return None
    means = np.bincount(places, kept) / counts
    between = float((counts * (means - kept.mean()) ** 2).sum()) / (len(counts) - 1)
    within = float(((kept - means[places]) ** 2).sum()) / (len(kept) - len(counts))
    floor = (_ROUNDING * (1.0 + float(np.abs(kept).max()))) ** 2
    return _Table(counts, between if between > floor else 0.0, within if within > floor else 0.0)


def components_of(values: NDArray[np.float64], groups: NDArray[np.int64], level: float = LEVEL) -> Components | None:
    """Return how the spread of a quantity divides; None where it cannot be told.

    Parameters
    ----------
    values : float64[N], NaN where a replicate has none.
    groups : int64[N], the draw of each.
    """
    table = _table(values, groups)
    if table is None:
        return None
    total, k, size = int(table.counts.sum()), len(table.counts), table.size
    if table.between == table.within == 0.0:
        return Components(k, total, 0.0, 0.0, None, None)
    between = (table.between - table.within) / size
    share = between / (between + table.within)
    interval = Interval(1.0, 1.0, level, "analysis of variance")
    if table.within > 0.0:
        ratio, tail = table.between / table.within, 0.5 * (1.0 - level)
        limits = []
        for probability in (1.0 - tail, tail):
            scaled = ratio / float(fdtri(k - 1, total - k, probability))
            limits.append(min(1.0, max(0.0, (scaled - 1.0) / (scaled + size - 1.0))))
        interval = Interval(limits[0], limits[1], level, "analysis of variance")
    return Components(k, total, math.sqrt(table.within), math.sqrt(max(0.0, between)), share, interval)


def event_components(events: NDArray[np.float64], groups: NDArray[np.int64], level: float = LEVEL) -> Components | None:
    """Return how the spread of an event (1 or 0) divides; None where it cannot be told.

    The interval holds the shares under which the observed estimate is no surprise, with a beta-binomial law of counts
    (a test inverted by simulation): the law of F does not hold for events.
    """
    found = components_of(events, groups, level)
    if found is None or found.raw_share is None:
        return found
    known = ~np.isnan(events)
    counts = np.unique(groups[known], return_counts=True)[1]
    limits = _plausible(tuple(int(n) for n in counts), int(events[known].sum()), round(found.raw_share, 9), level)
    interval = Interval(*limits, level, "beta-binomial test inversion")
    return Components(found.groups, found.replicates, found.within, found.between, found.raw_share, interval)


@lru_cache(maxsize=512)
def _plausible(counts: tuple[int, ...], happened: int, share: float, level: float) -> tuple[float, float]:
    """Return the smallest and largest share that the estimate does not refute."""
    sizes = np.array(counts)
    probability, tail = happened / sizes.sum(), 0.5 * (1.0 - level)
    kept = []
    for place, tried in enumerate(_TRIED):
        generator = np.random.default_rng([happened, place])
        shape = (_EXPERIMENTS, len(sizes))
        if tried == 0.0:
            chances = np.full(shape, probability)
        elif tried == 1.0:
            chances = (generator.random(shape) < probability).astype(np.float64)
        else:
            scale = 1.0 / tried - 1.0
            chances = generator.beta(probability * scale, (1.0 - probability) * scale, shape)
        found = _shares(generator.binomial(sizes, chances), sizes)
        found = found[~np.isnan(found)]
        enough = len(found) > 0
        if enough and min(np.mean(found >= share - 1e-6), np.mean(found <= share + 1e-6)) >= tail:
            kept.append(float(tried))
    # An estimate far below zero surprises every share; none is then nearer than no share at all.
    return (min(kept), max(kept)) if kept else (0.0, float(_TRIED[1]))


def _shares(happened: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the estimate of each simulated experiment; NaN where all or nothing happened."""
    total, k = sizes.sum(), len(sizes)
    mean = happened.sum(axis=1, keepdims=True) / total
    own = happened / sizes
    between = (sizes * (own - mean) ** 2).sum(axis=1) / (k - 1)
    within = (sizes * own * (1.0 - own)).sum(axis=1) / (total - k)
    size = (total - (sizes**2).sum() / total) / (k - 1)
    whole = between + (size - 1.0) * within
    shares: NDArray[np.float64] = np.full(len(happened), np.nan)
    np.divide(between - within, whole, out=shares, where=whole > 0.0)
    return shares


def event_interval(
    events: NDArray[np.float64], groups: NDArray[np.int64], margins: NDArray[np.float64], level: float = LEVEL
) -> Interval | None:
    """Return the interval of a probability over draws and chance together; None without a replicate.

    Replicates of one draw are alike, so that n of them tell as much as n / (1 + (m - 1) share) that are not, m being
    their mean number in a draw (Kish's design effect); Wilson's interval is taken with that number. Where the event
    always or never happens the share is that of the margin; where that does not vary either, draws count once.
    """
    known = ~np.isnan(events)
    total = int(known.sum())
    if total == 0:
        return None
    counts = np.unique(groups[known], return_counts=True)[1]
    share = 1.0
    for found in (components_of(events, groups), components_of(margins, groups)):
        if found is not None and found.share is not None:
            share = found.share
            break
    effective = effective_number(counts.astype(np.float64), share)
    happened = int(events[known].sum())
    low, high = wilson_limits(effective * happened / total, effective, _normal(level))
    return Interval(0.0 if happened == 0 else low, 1.0 if happened == total else high, level, "Wilson, design effect")


def _normal(level: float) -> float:
    from entraide.model.distributions import normal_quantile

    return normal_quantile(0.5 + 0.5 * level)


def clustered_mean_interval(
    values: NDArray[np.float64], groups: NDArray[np.int64], level: float = LEVEL
) -> Interval | None:
    """Return the t interval of a mean over draws and chance together; None with fewer than three draws.

    The error is that of the draws' sums around the mean, with as many degrees of freedom as draws less one: with equal
    groups, that of the mean of their means.
    """
    from entraide.model.distributions import student_quantile

    found = _clustered_mean(values, groups)
    if found is None:
        return None
    mean, error, k = found
    half = student_quantile(0.5 + 0.5 * level, k - 1) * error
    return Interval(mean - half, mean + half, level, "t over draws")


def clustered_p_value(values: NDArray[np.float64], groups: NDArray[np.int64]) -> float:
    """Return the two-sided p-value of "the mean is zero" that agrees with that interval; 1.0 where there is none."""
    from entraide.model.distributions import student_upper_tail

    found = _clustered_mean(values, groups)
    if found is None:
        return 1.0
    mean, error, k = found
    if error == 0.0:
        return 1.0 if mean == 0.0 else 0.0
    return min(1.0, 2.0 * student_upper_tail(abs(mean) / error, k - 1))


def _clustered_mean(values: NDArray[np.float64], groups: NDArray[np.int64]) -> tuple[float, float, int] | None:
    """Return the mean, its error and the number of draws; None with fewer than three of them."""
    known = ~np.isnan(values)
    kept, labels = values[known], groups[known]
    _, places = np.unique(labels, return_inverse=True)
    k = int(places.max()) + 1 if len(places) else 0
    if k < 3:
        return None
    mean = float(kept.mean())
    sums = np.bincount(places, kept - mean)
    return mean, math.sqrt(float((sums**2).sum()) * k / (k - 1)) / len(kept), k


def effective_number(counts: NDArray[np.float64], share: float) -> float:
    """Return how many replicates that are not alike tell as much as these (Kish's design effect).

    Parameters
    ----------
    counts : replicates of each draw.
    share : of the spread that lies between draws, 0-1.
    """
    total = float(counts.sum())
    return total / (1.0 + (float((counts**2).sum()) / total - 1.0) * share)
