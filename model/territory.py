"""A territory as the model sees it: zones with people, and the groups that people are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["GroupTable", "Territory"]


@dataclass(frozen=True)
class GroupTable:
    """Social groups (age band x diploma) with the figures from which citizens are drawn.

    Shapes: every array has one entry per group, G <= 255.

    Attributes
    ----------
    names : "15-24|higher education", ...
    share : float64[G], national share of each group, sums to 1.
    can_contribute : bool[G], False for children under 15.
    digital_exclusion : float64[G], probability of being digitally excluded, 0-1.
    devotion : float64[G], mean devotion of the group relative to all (mean 1 over those who can contribute).
    assumption : what the table assumes, printed beside every statement by group ("" when local data are used).
    """

    names: tuple[str, ...]
    share: NDArray[np.float64]
    can_contribute: NDArray[np.bool_]
    digital_exclusion: NDArray[np.float64]
    devotion: NDArray[np.float64]
    assumption: str = "assumption: national mix"


@dataclass(frozen=True)
class Territory:
    """Zones of a territory, in the order in which they are simulated.

    Shapes: Z zones; ``near`` is Z x M.

    Attributes
    ----------
    title : name for people, e.g. "Finistère (277 communes)".
    codes, names : official code and name of each zone.
    population : int64[Z], inhabitants, > 0.
    intercommunality, department : text per zone, "" when unknown.
    area_km2, longitude, latitude : float64[Z], NaN when unknown.
    deprivation : float64[Z] in 0-1, or None when the territory lacks the column.
    group_shares : float64[Z, G], rows sum to 1, or None: the national mix holds everywhere.
    near : int32[Z, M], neighbouring zones of each zone, nearest first, itself first; padded with itself.
    outline : name of a packaged GeoJSON with the zones' outlines, or "".
    """

    title: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: NDArray[np.int64]
    intercommunality: tuple[str, ...]
    department: tuple[str, ...]
    area_km2: NDArray[np.float64]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    deprivation: NDArray[np.float64] | None
    group_shares: NDArray[np.float64] | None
    near: NDArray[np.int32]
    groups: GroupTable
    outline: str = ""

    @property
    def zones(self) -> int:
        """Number of zones."""
        return len(self.codes)

    @property
    def inhabitants(self) -> int:
        """Population of the whole territory."""
        return int(self.population.sum())
