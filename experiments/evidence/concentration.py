"""How unequally an amount is spread over people or places."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["gini_index", "ratio", "top_share"]


def ratio(above: float, below: float) -> float:
    """Return above / below; nan where below is 0 or either has no value."""
    return above / below if below and not math.isnan(below) else math.nan


def gini_index(amounts: ArrayLike) -> float:
    """Return the Gini index, 0 (all alike) to below 1; nan for fewer than two amounts or a sum of 0.

    Parameters
    ----------
    amounts : shape (n,), 0 or more, any unit.

    References
    ----------
    Half the mean absolute difference between two members over the mean, the pair of a member with itself included.
    """
    rising = np.sort(np.asarray(amounts, np.float64))
    count, total = len(rising), rising.sum()
    if count < 2 or total <= 0:
        return math.nan
    ranks = np.arange(1, count + 1)
    return float(2 * (ranks * rising).sum() / (count * total) - (count + 1) / count)


def top_share(amounts: ArrayLike, share: float) -> float:
    """Return the share of the total that the largest ``share`` of the members hold.

    The number of members is rounded to the nearest whole one; nan where that is nobody.
    """
    falling = np.sort(np.asarray(amounts, np.float64))[::-1]
    members = math.floor(share * len(falling) + 0.5 + 1e-9)
    return ratio(float(falling[:members].sum()), float(falling.sum())) if members else math.nan
