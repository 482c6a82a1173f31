"""Weights of draws: nearer ones weigh more, those tried close together less; and quantiles of weighted draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

from .fit_spaces import Range

__all__ = ["crowding", "weighted_quantile", "weights_of"]

# Weights are flattened until so many draws carry them: fewer would hide what the data leave open.
_FEWEST_EFFECTIVE = 8.0
# Points of the space nearer than about so much, each side of it 1 long, count as tried twice.
_NEIGHBOURHOOD = 0.1


def crowding(tried: Sequence[Mapping[str, Value]], space: Mapping[str, Range]) -> NDArray[np.float64]:
    """Return how many points were tried near each one: a normal kernel over the space, each side of it 1 long."""
    if not space:
        return np.ones(len(tried))
    columns = []
    for name, each in space.items():
        values = np.array([float(draw[name]) for draw in tried])
        low, high = (np.log(each.low), np.log(each.high)) if each.log else (each.low, each.high)
        columns.append((np.clip(np.log(values) if each.log else values, low, high) - low) / (high - low))
    points = np.column_stack(columns)
    squared = ((points[:, np.newaxis] - points) ** 2).sum(axis=2)
    return np.asarray(np.exp(-0.5 * squared / _NEIGHBOURHOOD**2).sum(axis=1))


def weights_of(losses: NDArray[np.float64], crowded: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return weights exp(-loss/2) over crowding, flattened until enough draws carry them, and the exponent."""
    enough = min(_FEWEST_EFFECTIVE, 0.5 * len(losses))

    def weigh(sharpness: float) -> NDArray[np.float64]:
        weights = np.exp(-0.5 * sharpness * (losses - losses.min())) / crowded
        return np.asarray(weights / weights.sum())

    def enough_at(sharpness: float) -> bool:
        return bool(1.0 / np.sum(weigh(sharpness) ** 2) >= enough)

    if enough_at(1.0):
        return weigh(1.0), 1.0
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if enough_at(middle) else (low, middle)
    return weigh(low), low


def weighted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Return a quantile of each column, rows weighted; nan where a column has no value."""
    found = np.full(values.shape[1], np.nan)
    for column in range(values.shape[1]):
        known = ~np.isnan(values[:, column])
        if known.any():
            order = np.argsort(values[known, column])
            reached = np.cumsum(weights[known][order]) / weights[known].sum()
            found[column] = values[known, column][order][min(int(np.searchsorted(reached, level)), known.sum() - 1)]
    return found
