"""The settings of a study: each scenario at each point of the design, held as numbers and made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

from .factors import Factor

__all__ = ["Setting", "Settings"]


@dataclass(frozen=True)
class Setting:
    """One scenario at one point of the design.

    Attributes
    ----------
    number : its place in the study, from 0 on.
    scenario : name of the scenario.
    changes : values by key, as ``--set``; factors that are left as the scenario has them are not among them.
    """

    number: int
    scenario: str
    changes: Mapping[str, Value]


class Settings(Sequence[Setting]):
    """All settings, those of the first scenario first, each scenario in the order of the design's points.

    Parameters
    ----------
    scenarios : names.
    factors : columns of ``points``.
    points : float64[points, factors], places in [0, 1]; NaN: the factor is left as it is.
    """

    def __init__(self, scenarios: Sequence[str], factors: Sequence[Factor], points: NDArray[np.float64]) -> None:
        self.scenarios, self.factors, self.points = tuple(scenarios), tuple(factors), points

    def __len__(self) -> int:
        return len(self.scenarios) * len(self.points)

    @overload
    def __getitem__(self, number: int) -> Setting: ...
    @overload
    def __getitem__(self, number: slice) -> list[Setting]: ...
    def __getitem__(self, number: int | slice) -> Setting | list[Setting]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number = int(number) % len(self)
        scenario, point = divmod(number, len(self.points))
        return Setting(number, self.scenarios[scenario], self.changes_at(point))

    def __iter__(self) -> Iterator[Setting]:
        return (self[number] for number in range(len(self)))

    def changes_at(self, point: int) -> Mapping[str, Value]:
        """Return what a point of the design changes, by key."""
        return {
            factor.key: factor.value(float(place))
            for factor, place in zip(self.factors, self.points[point], strict=True)
            if not np.isnan(place)
        }

    def first_alike(self) -> NDArray[np.int64]:
        """Return for each setting the first one with the same scenario and changes, int64[settings].

        Designs repeat points where factors have few levels: what is the same is simulated once.
        """
        # As numbers: a million settings held as tuples of text would take a gigabyte.
        kinds = np.empty(self.points.shape, np.int32)
        for column, factor in enumerate(self.factors):
            places, inverse = np.unique(self.points[:, column], return_inverse=True)
            known: dict[str, int] = {}
            # Text tells True from 1, which are equal as keys.
            numbers = [
                -1 if np.isnan(place) else known.setdefault(repr(factor.value(float(place))), len(known))
                for place in places
            ]
            kinds[:, column] = np.array(numbers, np.int32)[inverse.ravel()]
        _, index, inverse = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
        first = index[inverse.ravel()].astype(np.int64)
        return np.concatenate([number * len(self.points) + first for number in range(len(self.scenarios))])
