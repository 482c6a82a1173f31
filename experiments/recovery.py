"""How long an event keeps a service away from what it would be without it: pairs of simulations on the same chance.

After an event the two simulations of a pair draw apart, so that one pair alone is above and below the other by chance.
The median over pairs stays near zero where the event has no effect left; that is what is followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import comb

import numpy as np
from numpy.typing import NDArray

from .results import FEWEST_FOR_PROBABILITY

__all__ = ["AWAY", "STEADY", "Return", "days_to_return", "return_to_pair"]

# assumption: a service within five points of what it would be without the event is back.
AWAY = 0.05
# assumption: a month without a relapse.
STEADY = 30
# Fewest days left at the end over which a return can still be told: two weeks, as for a norm that is held again.
_FEWEST = 14
_RESAMPLES = 400
# Of days without any effect so many are taken for days with one.
_CHANCE = 0.001


@dataclass(frozen=True)
class Return:
    """When a service is back at what it would be without the event.

    Attributes
    ----------
    days : from the first day of the event; 0 where it is never away, None where it is not back before the end.
    low, high : 95 % of resampled pairs lie between these; ``high`` is None where it is not back before the end, and so
        may ``low`` be. Both are ``days`` where ``resampled`` is False: too few pairs to resample.
    """

    days: int | None
    low: int | None
    high: int | None
    resampled: bool

    @property
    def away(self) -> bool:
        """Whether the service is away from its pair at all."""
        return self.days != 0


def days_to_return(apart: NDArray[np.float64], day: int, reach: int) -> int | None:
    """Return the days until the median pair stays within AWAY for STEADY days; 0 when never away, None when not back.

    On a day the service is away when the median is more than AWAY below zero, and when that is not chance: pairs that
    are more than AWAY apart lie below zero oftener than a sign test lets happen in one of 1000 days.

    The return is sought after the largest shortfall, so that a short dip before the event bites is none. A run that
    ends within STEADY days tells a return when the service was not away in the last two weeks.

    Parameters
    ----------
    apart : float64[R, T], share met in time with the event minus without it, of each pair; NaN where nothing was due.
    day : first day of the event.
    reach : days from it within which the service must be away for that to be the event's doing.
    """
    later = apart[:, day:]
    below, above = (later < -AWAY).sum(axis=0), (later > AWAY).sum(axis=0)
    middle = _median(later)
    away = (middle < -AWAY) & ((above == 0) | (below >= _fewest_below(len(apart))[below + above]))
    if not away[:reach].any():
        return 0
    deepest = int(np.flatnonzero(away & (middle == middle[away].min()))[-1])
    relapses = np.append(np.flatnonzero(away[deepest:]) + deepest, middle.size)
    for last, following in pairwise(relapses.tolist()):
        quiet = following - last - 1
        if quiet >= STEADY or (following == middle.size and quiet >= _FEWEST):
            return int(last) + 1
    return None


@cache
def _fewest_below(pairs: int) -> NDArray[np.int64]:
    """Return by how many of 0..pairs that are apart the sign test is passed; more than there are where it cannot be."""
    found = []
    for count in range(pairs + 1):
        chance, fewest = 0.0, count + 1
        while fewest and chance + comb(count, fewest - 1) / 2**count <= _CHANCE:
            fewest -= 1
            chance += comb(count, fewest) / 2**count
        found.append(fewest)
    return np.array(found, np.int64)


def return_to_pair(
    struck: NDArray[np.float64],
    usual: NDArray[np.float64],
    day: int,
    reach: int,
    draws: NDArray[np.int64] | None = None,
) -> Return:
    """Return when the median pair is back at what it would be without the event, with its band.

    The band is that of the percentile bootstrap over pairs, or over draws of parameters where pairs share them (Efron
    and Tibshirani 1993, chapter 13).

    Parameters
    ----------
    struck, usual : float64[R, T], share met in time over the last seven days, with the event and without it.
    day, reach : as in ``days_to_return``.
    draws : int64[R], draw of parameters of each pair; None without draws.
    """
    apart = struck - usual
    days = days_to_return(apart, day, reach)
    if len(apart) < FEWEST_FOR_PROBABILITY:
        return Return(days, days, days, resampled=False)
    numbers = np.arange(len(apart)) if draws is None else draws
    blocks = [np.flatnonzero(numbers == number) for number in np.unique(numbers)]
    generator = np.random.default_rng(0)
    found = []
    for _ in range(_RESAMPLES):
        chosen = generator.integers(len(blocks), size=len(blocks))
        again = days_to_return(apart[np.concatenate([blocks[each] for each in chosen])], day, reach)
        found.append(np.inf if again is None else float(again))
    low, high = (float(np.quantile(found, end, method="nearest")) for end in (0.025, 0.975))
    return Return(
        days,
        None if np.isinf(low) else int(low),
        None if np.isinf(high) else int(high),
        resampled=True,
    )


def _median(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median over pairs, 0 on days on which no pair has a value."""
    # NaN sorts last: the middle of the known ones is found by their number, without a warning for days without any.
    ordered, counts = np.sort(apart, axis=0), (~np.isnan(apart)).sum(axis=0)
    days = np.arange(apart.shape[1])
    low, high = ordered[np.maximum(counts - 1, 0) // 2, days], ordered[np.minimum(counts // 2, len(apart) - 1), days]
    middle: NDArray[np.float64] = np.where(counts > 0, 0.5 * (low + high), 0.0)
    return middle
