"""A class as a distribution over projects: where its middle lies, and how far projects differ around it.

Few parameters differ between projects (``Range.differs``); each is normal around the class's middle, on the logarithm
or, where its range is sought as it is, on the logit of its place in that range. The others are one value for all.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import norm, qmc

from .fit_spaces import Range

__all__ = ["differing", "of_a_project", "scores", "sought"]

_BETWEEN = " between projects"
_SCRAMBLED = 0x5EED
# A score beyond this is one project in eighty: draws are few, and one far away would stand for too many.
_FURTHEST_SCORE = 2.5
_NEAR_THE_END = 1e-3


def differing(space: Mapping[str, Range]) -> tuple[str, ...]:
    """Return the names of the parameters in which projects differ."""
    return tuple(name for name, sought in space.items() if sought.differs is not None)


def sought(space: Mapping[str, Range]) -> dict[str, Range]:
    """Return all that is sought: the middle of each parameter and, for those that differ, their spread."""
    spreads = {name + _BETWEEN: Range(*each.differs) for name, each in space.items() if each.differs is not None}
    return {**space, **spreads}


def scores(space: Mapping[str, Range], number: int) -> NDArray[np.float64]:
    """Return normal scores of projects, spread evenly (Sobol's sequence): float64[number, differing parameters].

    The first 4, 8, 16, ... are spread evenly by themselves. No class differs: no columns.
    """
    names = differing(space)
    if not names:
        return np.zeros((number, 0))
    points = qmc.Sobol(len(names), scramble=True, seed=np.random.default_rng(_SCRAMBLED)).random(_power_of_two(number))
    return np.clip(norm.ppf(points[:number]), -_FURTHEST_SCORE, _FURTHEST_SCORE)


def of_a_project(
    space: Mapping[str, Range], values: Mapping[str, float], score: NDArray[np.float64]
) -> dict[str, float]:
    """Return the parameters of the project with a score: ``values`` are those that were sought."""
    drawn = {name: values[name] for name in space}
    for name, distance in zip(differing(space), score, strict=True):
        limits = space[name]
        moved = values[name + _BETWEEN] * distance
        if limits.log:
            drawn[name] = float(np.clip(values[name] * np.exp(moved), limits.low, limits.high))
        else:
            width = limits.high - limits.low
            place = np.clip((values[name] - limits.low) / width, _NEAR_THE_END, 1.0 - _NEAR_THE_END)
            drawn[name] = float(limits.low + width * expit(logit(place) + moved))
    return drawn


def _power_of_two(number: int) -> int:
    return 1 << max(0, number - 1).bit_length()
