"""Iterative proportional fitting: the table nearest to a seed that has given sums along its axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Margin", "rake"]

Margin = tuple[tuple[int, ...], ArrayLike]


def rake(
    seed: ArrayLike, margins: Sequence[Margin], *, tolerance: float = 1e-10, most_rounds: int = 10_000
) -> NDArray[np.float64]:
    """Scale ``seed`` along its axes in turn until its sums are the margins.

    The result keeps what the margins leave open as it is in the seed (its odds ratios), so it is the table that
    adds least to what is known. A margin of 0 empties its cells; a cell that is 0 in the seed stays 0.

    Parameters
    ----------
    seed : table of any number of axes, no negative cell.
    margins : pairs (axes kept, sums over all other axes); the axes in increasing order.
    tolerance : greatest difference between a sum and its margin, as a share of the table's total.

    Returns
    -------
    float64 array of the seed's shape.

    Raises
    ------
    ValueError : a negative or non-finite entry, a margin of the wrong shape, margins with different totals, people
        asked for where the seed has none, or no table with these margins (and these zeros) exists.

    Source
    ------
    Deming and Stephan (1940), Annals of Mathematical Statistics 11(4).
    """
    table = np.array(seed, dtype=np.float64)
    targets = [(tuple(axes), np.asarray(target, dtype=np.float64)) for axes, target in margins]
    _check(table, targets, tolerance)
    total = targets[0][1].sum() if targets else 0.0
    gap = 0.0
    for _ in range(most_rounds):
        for axes, target in targets:
            sums = _sums(table, axes)
            factor = np.divide(target, sums, out=np.zeros_like(target), where=sums > 0)
            table *= _spread(factor, axes, table.ndim)
        gap = max((np.abs(_sums(table, axes) - target).max(initial=0.0) for axes, target in targets), default=0.0)
        if gap <= tolerance * total:
            return table
    raise ValueError(f"no table has these margins: after {most_rounds} rounds one sum is still {gap:g} off")


def _sums(table: NDArray[np.float64], axes: tuple[int, ...]) -> NDArray[np.float64]:
    others = tuple(axis for axis in range(table.ndim) if axis not in axes)
    return np.asarray(table.sum(axis=others))


def _spread(factor: NDArray[np.float64], axes: tuple[int, ...], dimensions: int) -> NDArray[np.float64]:
    """Give a margin the dimensions of the table, so that it multiplies along the axes it lacks."""
    return np.expand_dims(factor, tuple(axis for axis in range(dimensions) if axis not in axes))


def _check(
    table: NDArray[np.float64], targets: Sequence[tuple[tuple[int, ...], NDArray[np.float64]]], tolerance: float
) -> None:
    for name, values in [("seed", table), *((f"margin {axes}", target) for axes, target in targets)]:
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError(f"the {name} has a negative entry, or one that is no number")
    for axes, target in targets:
        if list(axes) != sorted(set(axes)) or target.shape != tuple(table.shape[axis] for axis in axes):
            raise ValueError(f"margin {axes} of shape {target.shape} does not fit a table of shape {table.shape}")
        if ((target > 0) & (_sums(table, axes) == 0)).any():
            raise ValueError(f"margin {axes} asks for people where the seed has none")
    totals = [float(target.sum()) for _, target in targets]
    if totals and max(totals) - min(totals) > tolerance * max(totals):
        raise ValueError(f"the margins have different totals: {totals}")
