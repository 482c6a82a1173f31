"""Mean over the worst part of a whole: the worst-served tenth of people, the hardest tasks, the worst days."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["tail_mean"]


def tail_mean(key: ArrayLike, values: ArrayLike, weights: ArrayLike | None = None, share: float = 0.1) -> float | None:
    """Return the mean of ``values`` over the ``share`` of total weight that has the smallest ``key``.

    Entries that tie at the edge of the tail enter it in equal parts, so that their order changes nothing. None when
    there is no weight at all.

    Parameters
    ----------
    key, values : float64[N], no NaN.
    weights : float64[N] >= 0; all equal when left out.
    share : size of the tail, 0 < share <= 1.

    Raises
    ------
    ValueError : different shapes, NaN, negative weights, or ``share`` out of bounds.
    """
    order_by, series = np.asarray(key, np.float64), np.asarray(values, np.float64)
    weight = np.ones_like(series) if weights is None else np.asarray(weights, np.float64)
    if not order_by.shape == series.shape == weight.shape or series.ndim != 1:
        raise ValueError(f"shapes differ: {order_by.shape}, {series.shape}, {weight.shape}")
    if np.isnan(order_by).any() or np.isnan(series).any() or not (weight >= 0).all():
        raise ValueError("leave out entries without a value first; weights cannot be negative")
    if not 0.0 < share <= 1.0:
        raise ValueError(f"share must lie in (0, 1], not {share!r}")
    present = weight > 0
    if not present.any():
        return None
    order_by, series, weight = order_by[present], series[present], weight[present]
    levels, group = np.unique(order_by, return_inverse=True)
    group_weight = np.bincount(group, weight, levels.size)
    group_mean = np.bincount(group, weight * series, levels.size) / group_weight
    # Rounding in a mean of equal numbers must not push it past the numbers themselves.
    smallest, largest = np.full(levels.size, np.inf), np.full(levels.size, -np.inf)
    np.minimum.at(smallest, group, series)
    np.maximum.at(largest, group, series)
    group_mean = np.clip(group_mean, smallest, largest)
    before = np.concatenate(([0.0], np.cumsum(group_weight)[:-1]))
    taken = np.clip(share * group_weight.sum() - before, 0.0, group_weight)
    return math.fsum(taken * group_mean) / math.fsum(taken)
