"""The points of a design: places of the unit cube, one column a factor. Random designs are drawn by SALib.

Sobol: Saltelli et al. 2010, Variance based sensitivity analysis of model output. Morris: Morris 1991, Factorial
sampling plans, with Campolongo et al. 2007.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError

from .factors import Factor
from .needed import needed
from .study_schema import MOST_POINTS, Design, Factorial, LatinHypercube, Morris, OneAtATime, Sobol

__all__ = ["count_points", "points_of", "problem_of"]


def problem_of(factors: Sequence[Factor]) -> dict[str, Any]:
    """Return the factors as SALib's problem, over the unit cube: names are the factors' keys."""
    return {"num_vars": len(factors), "names": [each.key for each in factors], "bounds": [[0.0, 1.0]] * len(factors)}


def count_points(design: Design, factors: Sequence[Factor]) -> int:
    """Return how many points a design has; nothing is drawn."""
    number = len(factors)
    if isinstance(design, Factorial):
        return math.prod(len(each.places(design.levels)) for each in factors)
    if isinstance(design, OneAtATime):
        return 1 + sum(len(each.places(design.levels)) for each in factors)
    if isinstance(design, Sobol):
        return design.samples * (2 * number + 2 if design.second_order else number + 2)
    if isinstance(design, Morris):
        return design.trajectories * (number + 1)
    if design.points is not None:
        return design.points
    assert design.designs is not None
    assert design.assumptions is not None
    return design.designs * design.assumptions


def points_of(design: Design, factors: Sequence[Factor], seed: int) -> NDArray[np.float64]:
    """Return the points of a design, float64[points, factors] in [0, 1]; NaN: the factor is left as it is.

    The order is SALib's, which its analyses rely on. Equal arguments give equal points.

    Raises
    ------
    InputError : too many points.
    MachineError : SALib is not installed.
    """
    count = count_points(design, factors)
    if count > MOST_POINTS:
        raise InputError("has too many points", where="design", value=count, allowed=f"at most {MOST_POINTS}")
    if isinstance(design, Factorial):
        return np.array(list(product(*(each.places(design.levels) for each in factors))), np.float64)
    if isinstance(design, OneAtATime):
        rows = [np.full(len(factors), np.nan)]
        for column, factor in enumerate(factors):
            for place in factor.places(design.levels):
                rows.append(np.full(len(factors), np.nan))
                rows[-1][column] = place
        return np.array(rows)
    drawn = _drawn(design, factors, seed % 2**32)
    return np.clip(np.asarray(drawn, np.float64), 0.0, 1.0)


def _drawn(design: Design, factors: Sequence[Factor], seed: int) -> NDArray[np.float64]:
    problem = problem_of(factors)
    if isinstance(design, Sobol):
        sampler = needed("SALib.sample.sobol")
        return sampler.sample(problem, design.samples, calc_second_order=design.second_order, seed=seed)
    if isinstance(design, Morris):
        sampler = needed("SALib.sample.morris")
        return sampler.sample(problem, design.trajectories, num_levels=design.levels, seed=seed)
    assert isinstance(design, LatinHypercube)
    if design.points is not None:
        return needed("SALib.sample.latin").sample(problem, design.points, seed=seed)
    return _crossed(design, factors, seed)


def _crossed(design: LatinHypercube, factors: Sequence[Factor], seed: int) -> NDArray[np.float64]:
    """Return every point over levers with every point over assumptions, the points of one design together."""
    sampler = needed("SALib.sample.latin")
    numbers: Mapping[str, int | None] = {"lever": design.designs, "assumption": design.assumptions}
    parts = {}
    for place, (kind, number) in enumerate(numbers.items()):
        own = [each for each in factors if each.kind == kind]
        if not own:
            raise InputError(
                f"crosses levers with assumptions, and no {kind} is varied",
                where="design",
                remedy="Write points = NUMBER, or vary some of both",
            )
        parts[kind] = sampler.sample(problem_of(own), number, seed=(seed + place) % 2**32)
    designs, assumptions = parts["lever"], parts["assumption"]
    crossed = np.empty((len(designs) * len(assumptions), len(factors)))
    is_lever = np.array([each.kind == "lever" for each in factors])
    crossed[:, is_lever] = np.repeat(designs, len(assumptions), axis=0)
    crossed[:, ~is_lever] = np.tile(assumptions, (len(designs), 1))
    return crossed
