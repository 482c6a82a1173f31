"""Neighbouring zones: the nearest ones on the globe, or those of the same administration where no point is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEIGHBOURS", "nearest_zones"]

NEIGHBOURS = 9  # a zone itself and eight others

EARTH_RADIUS_MM = 6_371_008_800
LEAF = 48  # zones in one block of the search; 32 to 128 are equally quick
INDEX_BITS = 17


def nearest_zones(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    intercommunality: Sequence[str],
    department: Sequence[str],
) -> NDArray[np.int32]:
    """Return the neighbours of each zone, itself first, padded with itself.

    With a point: the zones with a point nearest by great circle, equal distances (to the millimetre) in the order of
    the zones. Without: zones of the same intercommunality, then of the same department, those that follow it first
    and going round at the end, so that no zone is everybody's neighbour.

    Shapes: Z for each argument; int32[Z, NEIGHBOURS]. Units: degrees (WGS84), NaN where unknown.
    """
    zones = len(longitude)
    near = np.repeat(np.arange(zones, dtype=np.int32)[:, np.newaxis], NEIGHBOURS, axis=1)
    known = np.flatnonzero(np.isfinite(longitude) & np.isfinite(latitude))
    if known.size:
        found = _nearest_points(_positions(longitude[known], latitude[known]))
        near[known, : found.shape[1]] = known[found]
    others = np.setdiff1d(np.arange(zones), known)
    if others.size:
        circles = [_Circles(intercommunality), _Circles(department)]
        for zone in others:
            found_here = _from_circles(int(zone), circles)
            near[zone, 1 : 1 + len(found_here)] = found_here
    return near


class _Circles:
    """Zones that share a label, in their order, to be walked round from any of them; "" is no label."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self._members: dict[str, list[int]] = {}
        self._position = np.zeros(len(labels), dtype=np.int64)
        for zone, label in enumerate(labels):
            members = self._members.setdefault(label, [])
            self._position[zone] = len(members)
            members.append(zone)

    def after(self, zone: int) -> Iterator[int]:
        """Walk round the zones that share the label of ``zone``, starting after it."""
        label = self._labels[zone]
        members = self._members[label] if label else [zone]
        start = int(self._position[zone]) if label else 0
        for step in range(1, len(members)):
            yield members[(start + step) % len(members)]


def _from_circles(zone: int, circles: Sequence[_Circles]) -> list[int]:
    found: list[int] = []
    for circle in circles:
        for other in circle.after(zone):
            if len(found) == NEIGHBOURS - 1:
                return found
            if other not in found:
                found.append(other)
    return found


def _positions(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on a sphere of the Earth's size. Unit mm. Straight lines order them as great circles do."""
    east, north = np.radians(longitude), np.radians(latitude)
    globe = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
    return np.asarray(globe * EARTH_RADIUS_MM)


def _nearest_points(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the indices of the nearest points of each point, itself first. Shapes: P x 3, P x min(P, NEIGHBOURS)."""
    wanted = min(len(points), NEIGHBOURS)
    leaves = _leaves(points)
    low = np.array([points[leaf].min(axis=0) for leaf in leaves])
    high = np.array([points[leaf].max(axis=0) for leaf in leaves])
    nearest = np.empty((len(points), wanted), dtype=np.int64)
    for number, leaf in enumerate(leaves):
        reach = _keys(points, leaf, leaf, wanted)[:, -1].max() >> INDEX_BITS
        gap = np.maximum(0.0, np.maximum(low - high[number], low[number] - high))
        close = np.flatnonzero(np.sqrt((gap**2).sum(axis=1)) <= reach + 1.0)
        candidates = np.concatenate([leaves[other] for other in close])
        nearest[leaf] = _keys(points, leaf, candidates, wanted) & ((1 << INDEX_BITS) - 1)
    return nearest


def _keys(
    points: NDArray[np.float64], leaf: NDArray[np.int64], candidates: NDArray[np.int64], wanted: int
) -> NDArray[np.int64]:
    """Return the smallest keys (distance in mm, then index) from each point of a leaf, ascending; itself first."""
    square = np.zeros((len(leaf), len(candidates)))
    for axis in range(3):
        square += (points[leaf, axis][:, np.newaxis] - points[candidates, axis]) ** 2
    distance = np.rint(np.sqrt(square)).astype(np.int64)
    distance[leaf[:, np.newaxis] == candidates] = -1
    keys = (distance << INDEX_BITS) + candidates
    return np.sort(np.partition(keys, wanted - 1, axis=1)[:, :wanted], axis=1)


def _leaves(points: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Halve the points across their widest side until few are left together; no leaf has under NEIGHBOURS points."""
    pending = [np.arange(len(points))]
    leaves = []
    while pending:
        members = pending.pop()
        if len(members) <= LEAF:
            leaves.append(members)
            continue
        widest = int(np.ptp(points[members], axis=0).argmax())
        ordered = members[np.argsort(points[members, widest], kind="stable")]
        middle = len(ordered) // 2
        pending += [ordered[:middle], ordered[middle:]]
    return leaves
