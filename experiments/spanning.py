"""The order in which draws of an ensemble are taken, so that any number of them stands for the whole.

Each next draw is the one that brings the drawn ones nearest to the ensemble in energy distance (Szekely & Rizzo 2013,
Energy statistics; Mak & Joseph 2018, Support points). The order is that of the numbers alone: nothing random is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

__all__ = ["spanning_order"]


def spanning_order(draws: Sequence[Mapping[str, Value]]) -> tuple[int, ...]:
    """Return the places of all draws, such that the first k represent the ensemble for every k."""
    points = _ranks(draws)
    apart = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    to_ensemble = apart.mean(axis=1)
    # Sums over the draws taken so far: of their distance to the ensemble, and of each draw's distance to them.
    taken: list[int] = []
    taken_to_ensemble, among = 0.0, 0.0
    to_taken = np.zeros(len(draws))
    for count in range(1, len(draws) + 1):
        energy = 2.0 * (taken_to_ensemble + to_ensemble) / count - (among + 2.0 * to_taken) / count**2
        # Rounding keeps ties ties, on any machine: the first of them is taken.
        energy = np.round(energy, 12)
        energy[taken] = np.inf
        best = int(np.argmin(energy))
        among += 2.0 * float(to_taken[best])
        taken_to_ensemble += float(to_ensemble[best])
        to_taken = to_taken + apart[best]
        taken.append(best)
    return tuple(taken)


def _ranks(draws: Sequence[Mapping[str, Value]]) -> NDArray[np.float64]:
    """Return the draws as points, each parameter by its rank, 0-1: units and logarithms then do not matter."""
    names = sorted({name for draw in draws for name in draw})
    columns = [_rank([draw.get(name) for draw in draws]) for name in names]
    return np.array(columns).T.reshape(len(draws), len(names))


def _rank(values: Sequence[Value | None]) -> NDArray[np.float64]:
    known = sorted({value for value in values if value is not None}, key=lambda value: (str(type(value)), value))
    steps = {value: place for place, value in enumerate(known)}
    places = np.array([steps.get(value, -1) if value is not None else -1 for value in values], np.float64)
    # Equal values share the mean of their ranks.
    below = (places[None, :] < places[:, None]).sum(axis=1)
    same = (places[None, :] == places[:, None]).sum(axis=1)
    ranks: NDArray[np.float64] = (below + 0.5 * (same - 1)) / max(1, len(values) - 1)
    return ranks
