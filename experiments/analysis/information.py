"""Value of information: what it would be worth, at most, to know one assumption before choosing a design.

The expected value of perfect partial information (EVPPI) is what the choice loses today, less what it would lose if
each value of the assumption had its own choice. Within each design, the loss is regressed on the assumption, from the
runs that there are (Strong, Oakley & Brennan 2014, Medical Decision Making 34:311-326), by polynomials of
degree 3 for a range
and by level for levels. The best of noisy estimates is too good: what the same estimator gives where the assumption is
shuffled among states is taken off, and nothing is worth more than knowing the state itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entraide.model.intervals import holm

from ..batch.factors import Factor

__all__ = ["Information", "Worth", "value_of_information"]

_DEGREE = 3
# Enough for ten assumptions to be told from chance, each at 5 % after Holm.
_SHUFFLES = 400
_RESAMPLES = 400
LEVEL = 0.95


@dataclass(frozen=True)
class Worth:
    """What one assumption is worth knowing.

    Attributes
    ----------
    value : EVPPI, in the unit of the loss, 0 or more, what chance gives taken off.
    low, high : bootstrap interval over states.
    by_chance : what was taken off: the mean of the same where the assumption is shuffled.
    p_value : share of shuffles with as large a value, adjusted for all assumptions by Holm's method.
    changes_choice : whether another design is best for some of its values.
    """

    factor: Factor
    value: float
    low: float
    high: float
    by_chance: float
    p_value: float
    changes_choice: bool

    @property
    def surely(self) -> bool:
        """Whether the value is more than chance gives."""
        return self.value > 0.0 and self.p_value < 1.0 - LEVEL


@dataclass(frozen=True)
class Information:
    """What each assumption is worth knowing, for one loss.

    Attributes
    ----------
    loss, unit : what the choice wants to keep small.
    best : place of the design with the smallest mean loss.
    expected : its mean loss.
    everything : what it would be worth to know the state of the world itself (EVPI).
    worth : by assumption, the largest value first.
    states : that are whole.
    """

    loss: str
    unit: str
    best: int
    expected: float
    everything: float
    worth: tuple[Worth, ...]
    states: int

    @property
    def most(self) -> Worth | None:
        """The assumption most worth knowing; None where none is worth more than chance gives."""
        return next((each for each in self.worth if each.surely), None)


def value_of_information(
    loss: NDArray[np.float64],
    factors: Sequence[Factor],
    points: NDArray[np.float64],
    name: str,
    unit: str,
    seed: int = 0,
) -> Information | None:
    """Return what each assumption is worth knowing; None with fewer than 20 whole states.

    Parameters
    ----------
    loss : float64[designs, states], less is better.
    factors : columns of ``points``.
    points : float64[states, factors], places in the unit cube.
    name, unit : of the loss.
    """
    whole = ~np.isnan(loss).any(axis=0)
    table, places = loss[:, whole], points[whole]
    states = table.shape[1]
    if states < 20:
        return None
    means = table.mean(axis=1)
    best = int(np.argmin(means))
    everything = float(means[best] - table.min(axis=0).mean())
    generator = np.random.Generator(np.random.Philox(key=seed))
    shuffles = [generator.permutation(states) for _ in range(_SHUFFLES)]
    resamples = generator.integers(0, states, (_RESAMPLES, states))
    worth = []
    for column, factor in enumerate(factors):
        basis = _basis(factor, places[:, column])
        value, changes = _partial(table, basis)
        null = np.array([_partial(table, basis[order])[0] for order in shuffles]) if value > 0.0 else np.zeros(1)
        drawn = np.array([_partial(table[:, rows], basis[rows])[0] for rows in resamples])
        low, high = np.percentile(drawn, [50.0 * (1.0 - LEVEL), 50.0 * (1.0 + LEVEL)])
        # A permutation test counts what was seen among what could have been.
        p_value = (1.0 + float((null >= value).sum())) / (1.0 + len(null)) if value > 0.0 else 1.0
        chance = float(null.mean())
        value, low, high = (float(np.clip(each - chance, 0.0, everything)) for each in (value, low, high))
        worth.append(Worth(factor, value, min(low, value), max(high, value), chance, p_value, changes))
    adjusted = holm([each.p_value for each in worth], LEVEL)
    worth = [replace(each, p_value=step.adjusted_p_value) for each, step in zip(worth, adjusted, strict=True)]
    return Information(
        loss=name,
        unit=unit,
        best=best,
        expected=float(means[best]),
        everything=everything,
        worth=tuple(sorted(worth, key=lambda each: (-each.value, each.factor.key))),
        states=states,
    )


def _basis(factor: Factor, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the columns that losses are regressed on, orthonormal: float64[states, columns]."""
    if factor.levels:
        number = np.minimum(len(factor.levels) - 1, (places * len(factor.levels)).astype(np.int64))
        columns = (number[:, None] == np.unique(number)[None, :]).astype(np.float64)
    else:
        columns = np.polynomial.legendre.legvander(2.0 * places - 1.0, _DEGREE)
    return columns


def _partial(table: NDArray[np.float64], basis: NDArray[np.float64]) -> tuple[float, bool]:
    """Return the EVPPI, and whether the choice changes.

    Only differences between designs matter, and what they share is noise: the best design's loss is taken from all.
    """
    means = table.mean(axis=1)
    best = int(np.argmin(means))
    against = (table - table[best]).T
    coefficients, *_ = np.linalg.lstsq(basis, against, rcond=None)
    fitted = basis @ coefficients
    # The intercept keeps the mean of each fit at that of the runs: the value is never negative but for rounding.
    gained = -fitted.min(axis=1).mean()
    value = float(max(0.0, gained))
    floor = 1e-9 * max(1.0, float(np.abs(table).max()))
    return (value, True) if value > floor else (0.0, False)
