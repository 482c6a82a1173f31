"""How many tasks people do on an active day: drawn from their own days, for every forecaster alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .observations import History

__all__ = ["TasksOfDays"]


class TasksOfDays:
    """Tasks of an active day, drawn from a person's own days or, with the weight of one day, from anybody's."""

    def __init__(self, known: History) -> None:
        pair, place = np.unique(known.person * known.horizon + known.day, return_inverse=True)
        self._tasks = np.bincount(place, weights=known.tasks.astype(np.float64)).astype(np.float64)
        self._count = np.bincount(pair // known.horizon, minlength=known.people)
        self._start = np.cumsum(self._count) - self._count

    def draw(self, person: NDArray[np.int64], generator: np.random.Generator) -> NDArray[np.float64]:
        """Return tasks of one active day of each person; float64[n]."""
        count = self._count[person]
        own = self._start[person] + generator.integers(count)
        anybody = generator.integers(len(self._tasks), size=len(person))
        return self._tasks[np.where(generator.random(len(person)) * (count + 1) < 1.0, anybody, own)]
