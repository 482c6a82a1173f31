"""What of a study's spread is chance: between replicates of one setting, and shared by all settings.

Equal replicates of different settings have the same random numbers. What a replicate moves alike in all settings does
not disturb an index; what it moves differently does. Two-way analysis of variance of settings x replicates, one value
in each cell: Searle, Casella & McCulloch 1992, Variance Components, ch. 4.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.distributions import student_quantile

from ..variance_components import Components

__all__ = ["MOST_STATES", "ChanceShare", "Needed", "chance_share", "needed_for"]

MOST_STATES = 100_000


@dataclass(frozen=True)
class ChanceShare:
    """Chance beside what was varied.

    Attributes
    ----------
    of_means : share of the variance of the settings' means that is chance, 0-1: the floor under total-order indices.
    of_runs : share of the variance of single runs that is chance, 0-1.
    replicates : of each setting.
    """

    of_means: float
    of_runs: float
    replicates: int


def chance_share(values: NDArray[np.float64]) -> ChanceShare | None:
    """Return what of the spread is chance; None with one replicate, or where nothing varies.

    Parameters
    ----------
    values : float64[settings, replicates]; settings with a NaN are left out.
    """
    whole = values[~np.isnan(values).any(axis=1)]
    settings, replicates = whole.shape
    if settings < 2 or replicates < 2:
        return None
    mean, rows, columns = whole.mean(), whole.mean(axis=1), whole.mean(axis=0)
    between = replicates * float(((rows - mean) ** 2).sum()) / (settings - 1)
    shared = settings * float(((columns - mean) ** 2).sum()) / (replicates - 1)
    rest = float(((whole - rows[:, None] - columns[None, :] + mean) ** 2).sum()) / ((settings - 1) * (replicates - 1))
    if between <= 0.0:
        return None
    own = max(0.0, between - rest) / replicates
    common = max(0.0, shared - rest) / settings
    return ChanceShare(min(1.0, rest / between), (rest + common) / (own + common + rest), replicates)


@dataclass(frozen=True)
class Needed:
    """What a mean known to plus or minus ``half_width`` would take.

    Attributes
    ----------
    half_width : in the unit of the values.
    states : sets of assumptions, with ``replicates`` of each; None over MOST_STATES.
    replicates : of each set of assumptions, as they are now.
    replicates_alone : replicates of each of the sets that there are, were only these added; None where no number would
        do: what the sets leave open does not shrink with replicates.
    """

    half_width: float
    states: int | None
    replicates: int
    replicates_alone: int | None


def needed_for(found: Components, half_width: float, level: float = 0.95) -> Needed:
    """Return how many sets of assumptions, or replicates of those there are, give an interval of a width.

    The interval is the t interval over sets of assumptions, whose means vary by between^2 + within^2 / replicates.

    Raises
    ------
    ValueError : a width that is not positive.
    """
    if half_width <= 0.0:
        raise ValueError(f"a width is positive, not {half_width!r}")
    each = max(1, round(found.replicates / found.groups))

    def half(states: int, replicates: int) -> float:
        variance = found.between**2 + found.within**2 / replicates
        return student_quantile(0.5 + 0.5 * level, states - 1) * math.sqrt(variance / states)

    states = _smallest(lambda number: half(number, each) <= half_width, 3)
    alone = _smallest(lambda number: half(found.groups, number) <= half_width, 1) if found.groups >= 2 else None
    return Needed(half_width, states, each, alone)


def _smallest(enough: Callable[[int], bool], first: int) -> int | None:
    """Return the smallest number from ``first`` on that is enough; None over MOST_STATES."""
    if enough(first):
        return first
    low, high = first, 2 * first
    while not enough(high):
        low, high = high, 2 * high
        if low > MOST_STATES:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
