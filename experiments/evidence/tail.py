"""The tail of counts as a power law of whole numbers: exponent and threshold.

Method of Clauset, Shalizi & Newman 2009, "Power-law distributions in empirical data", SIAM Review 51: maximum
likelihood above a threshold, and the threshold at which the distance of Kolmogorov and Smirnov between data and law is
least.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["SMALLEST_TAIL", "TailFit", "hurwitz_zeta", "tail_fit"]

# Under this many members an exponent says little, and the least distance is that of a lucky handful.
SMALLEST_TAIL = 25
_LOWEST, _HIGHEST = 1.01, 20.0
_GOLDEN = (math.sqrt(5) - 1) / 2
# Terms summed one by one before the rest is taken from the integral.
_TERMS = 12


class TailFit(NamedTuple):
    """exponent: a of x^-a; threshold: first count of the tail; members: how many lie in it; distance: 0-1."""

    exponent: float
    threshold: float
    members: int
    distance: float


NO_FIT = TailFit(math.nan, math.nan, 0, math.nan)


def tail_fit(counts: ArrayLike, smallest_tail: int = SMALLEST_TAIL) -> TailFit:
    """Fit exponent and threshold; nan where the tail is too small, or holds one value only.

    Parameters
    ----------
    counts : shape (n,), whole numbers, 1 or more.
    smallest_tail : thresholds that leave fewer members are not tried.
    """
    values, numbers = np.unique(np.asarray(counts, np.int64), return_counts=True)
    members = numbers[::-1].cumsum()[::-1]
    tried = np.flatnonzero(members[:-1] >= smallest_tail)  # the largest value alone has no exponent
    if len(tried) == 0:
        return NO_FIT
    log_sums = (numbers * np.log(values))[::-1].cumsum()[::-1]
    exponents = _likeliest(values[tried].astype(np.float64), log_sums[tried] / members[tried])
    fits = []
    for place, exponent in zip(tried, exponents, strict=True):
        # From one observed value to the next the data stay level while the law falls: both ends are looked at.
        at_least = members[place:] / members[place]
        beyond = np.append(at_least[1:], 0)
        scale = hurwitz_zeta(exponent, values[place : place + 1])
        here = np.abs(at_least - hurwitz_zeta(exponent, values[place:]) / scale)
        after = np.abs(beyond - hurwitz_zeta(exponent, values[place:] + 1.0) / scale)
        distance = float(max(here.max(), after.max()))
        fits.append(TailFit(float(exponent), float(values[place]), int(members[place]), distance))
    return min(fits, key=lambda fit: fit.distance)


def _likeliest(threshold: NDArray[np.float64], mean_log: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the exponent of greatest likelihood for each threshold, by golden section: the likelihood is concave."""

    def loss(exponent: NDArray[np.float64]) -> NDArray[np.float64]:
        # In units of the threshold, so that no power of a large count underflows.
        return np.log(hurwitz_zeta(exponent, threshold)) + exponent * mean_log

    low, high = np.full(len(threshold), _LOWEST), np.full(len(threshold), _HIGHEST)
    for _ in range(60):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        nearer_left = loss(left) < loss(right)
        high, low = np.where(nearer_left, right, high), np.where(nearer_left, low, left)
    return (low + high) / 2


def hurwitz_zeta(exponent: ArrayLike, start: ArrayLike) -> NDArray[np.float64]:
    """Return the sum of (start + i)^-exponent over i = 0, 1, 2 ..., for exponent > 1 and start >= 1.

    Formula of Euler and Maclaurin; the relative error is below 1e-9 for the exponents that are tried.
    """
    s, q = np.asarray(exponent, np.float64), np.asarray(start, np.float64)
    total = np.zeros(np.broadcast(s, q).shape)
    for term in range(_TERMS):
        total = total + (q + term) ** -s
    rest = q + _TERMS
    total = total + rest ** (1 - s) / (s - 1) + rest**-s / 2 + s * rest ** (-s - 1) / 12
    return total - s * (s + 1) * (s + 2) * rest ** (-s - 3) / 720
