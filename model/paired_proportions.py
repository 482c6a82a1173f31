"""Paired proportions: an event in two designs that ran on the same random numbers, pair by pair."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .distributions import normal_cumulative, normal_quantile
from .intervals import Interval, check_level, wilson_limits

__all__ = ["PairedTable", "newcombe_paired_interval", "newcombe_paired_p_value", "paired_table"]


@dataclass(frozen=True)
class PairedTable:
    """Pairs of replicates on the same random numbers, by what happened in the first and in the second design.

    Counts may be fractions when a table is rescaled to another number of pairs.
    """

    both: float
    first_only: float
    second_only: float
    neither: float

    @property
    def pairs(self) -> float:
        """Number of pairs."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def first(self) -> float:
        """Share of pairs with the event in the first design."""
        return (self.both + self.first_only) / self.pairs

    @property
    def second(self) -> float:
        """Share of pairs with the event in the second design."""
        return (self.both + self.second_only) / self.pairs

    @property
    def difference(self) -> float:
        """First share minus second share."""
        return (self.first_only - self.second_only) / self.pairs

    def scaled(self, pairs: float) -> PairedTable:
        """Return the same shares for another number of pairs."""
        factor = pairs / self.pairs
        return PairedTable(
            self.both * factor, self.first_only * factor, self.second_only * factor, self.neither * factor
        )


def paired_table(first: ArrayLike, second: ArrayLike) -> PairedTable:
    """Count pairs by what happened in each design.

    Parameters
    ----------
    first, second : 0 or 1 per replicate; pair i ran on the same random numbers.

    Raises
    ------
    ValueError : different lengths, or values other than 0 and 1.
    """
    one, two = np.asarray(first, np.float64), np.asarray(second, np.float64)
    if one.ndim != 1 or one.shape != two.shape:
        raise ValueError(f"pairs need two series of the same length, not {one.shape} and {two.shape}")
    if not (np.isin(one, (0.0, 1.0)).all() and np.isin(two, (0.0, 1.0)).all()):
        raise ValueError("events are 0 or 1; leave out pairs without a value first")
    both = int((one * two).sum())
    return PairedTable(both, int(one.sum()) - both, int(two.sum()) - both, int(((1 - one) * (1 - two)).sum()))


def _paired_correlation(table: PairedTable) -> float:
    """Return Newcombe's phi: shrunk towards 0 by n/2 in its numerator when positive, 0 where a margin is empty."""
    a, b, c, d = table.both, table.first_only, table.second_only, table.neither
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins <= 0:
        return 0.0
    numerator = a * d - b * c
    if numerator > 0:
        numerator = max(0.0, numerator - table.pairs / 2.0)
    return numerator / math.sqrt(margins)


def _newcombe_distances(table: PairedTable, z: float) -> tuple[float, float]:
    """Return how far the interval reaches below and above the difference."""
    n = table.pairs
    low_1, high_1 = wilson_limits(table.both + table.first_only, n, z)
    low_2, high_2 = wilson_limits(table.both + table.second_only, n, z)
    phi = _paired_correlation(table)
    down_1, up_1 = table.first - low_1, high_1 - table.first
    down_2, up_2 = table.second - low_2, high_2 - table.second
    below = math.sqrt(max(0.0, down_1**2 - 2.0 * phi * down_1 * up_2 + up_2**2))
    above = math.sqrt(max(0.0, up_1**2 - 2.0 * phi * up_1 * down_2 + down_2**2))
    return below, above


def newcombe_paired_interval(table: PairedTable, level: float = 0.95) -> Interval | None:
    """Return the interval for the difference (first minus second) of paired proportions; None without a pair.

    Raises
    ------
    ValueError : a level outside 0-1, or a negative count.

    Source: Newcombe (1998), Statistics in Medicine 17, 2635-2650, method 10.
    """
    check_level(level)
    if min(table.both, table.first_only, table.second_only, table.neither) < 0:
        raise ValueError(f"a table of pairs has no negative counts: {table!r}")
    if table.pairs == 0:
        return None
    below, above = _newcombe_distances(table, normal_quantile(0.5 + 0.5 * level))
    return Interval(max(-1.0, table.difference - below), min(1.0, table.difference + above), level, "newcombe-paired")


def newcombe_paired_p_value(table: PairedTable) -> float:
    """Return the p-value that agrees with the interval: 1 - level of the widest interval that excludes zero.

    1.0 without a pair or without a difference.
    """
    if table.pairs == 0 or table.difference == 0:
        return 1.0
    side = 0 if table.difference > 0 else 1
    gap = abs(table.difference)
    low, high = 0.0, 1.0
    while _newcombe_distances(table, high)[side] < gap and high < 64.0:
        low, high = high, 2.0 * high
    for _ in range(80):
        middle = 0.5 * (low + high)
        if _newcombe_distances(table, middle)[side] < gap:
            low = middle
        else:
            high = middle
    return 2.0 * normal_cumulative(-low)
