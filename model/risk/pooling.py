"""Areas large enough to be judged: zones with few needs are pooled with their neighbours in the administrative map.

In a zone where five needs fell due, one need more or less moves the service level by a fifth; most apparent
inequality between such zones is chance. They are therefore judged together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["LEAST_DUE", "Areas", "pool_zones"]

LEAST_DUE = 30


@dataclass(frozen=True)
class Areas:
    """Zones gathered in areas.

    Attributes
    ----------
    label : int64[Z], area of each zone, 0 to count - 1.
    count : number of areas, A.
    pooled : bool[Z], the zone is judged together with others.
    """

    label: NDArray[np.int64]
    count: int
    pooled: NDArray[np.bool_]

    def total(self, values: ArrayLike) -> NDArray[np.int64]:
        """Sum whole numbers of the zones by area: int64[A]."""
        totals = np.zeros(self.count, np.int64)
        np.add.at(totals, self.label, np.asarray(values, np.int64))
        return totals


def _codes(names: Sequence[str], zones: int) -> NDArray[np.int64]:
    """Number the names; -1 where the name is unknown."""
    if len(names) != zones:
        raise ValueError(f"{len(names)} names for {zones} zones")
    text = np.asarray(names, dtype=np.str_) if zones else np.zeros(0, dtype=np.str_)
    numbers = np.unique(text, return_inverse=True)[1].astype(np.int64)
    return np.where(text == "", -1, numbers)


def _join_smallest_area(
    zone: int,
    label: NDArray[np.int64],
    due_of_area: NDArray[np.int64],
    people_of_area: NDArray[np.int64],
    maps: Sequence[NDArray[np.int64]],
) -> int:
    """Return the area with the fewest needs in the zone's intercommunality, else department, else anywhere."""
    placed = label >= 0
    for codes in (*maps, np.zeros_like(label)):
        near = np.unique(label[placed & (codes == codes[zone])]) if codes[zone] >= 0 else label[:0]
        if near.size:
            return int(min(near, key=lambda area: (due_of_area[area], people_of_area[area])))
    raise AssertionError("some area exists")


def pool_zones(
    due: ArrayLike,
    population: ArrayLike,
    intercommunality: Sequence[str],
    department: Sequence[str],
    minimum: int = LEAST_DUE,
) -> Areas:
    """Pool zones with fewer than ``minimum`` needs due.

    A zone with enough needs stands alone. The small zones of one intercommunality form an area; where they still
    have too few needs together, those of the department do, then those of the whole territory. What is left even
    then joins the area with the fewest needs in its intercommunality, else its department, else anywhere. Small
    zones are not pooled with a large one as long as they can stand together: a well served town would hide the
    villages around it.

    Parameters
    ----------
    due : int64[Z], needs that fell due in the window that is judged. It does not depend on how they were served, so
        that two designs on the same random numbers have the same areas.
    population : int64[Z], decides between equals.
    intercommunality, department : Z names, "" when unknown.

    Raises
    ------
    ValueError : lengths that differ, negative counts, or a minimum under 1.
    """
    asked, people = np.asarray(due, np.int64), np.asarray(population, np.int64)
    if asked.ndim != 1 or asked.shape != people.shape:
        raise ValueError(f"due and population need one value per zone, not {asked.shape} and {people.shape}")
    if (asked < 0).any() or (people < 0).any():
        raise ValueError("a count is negative")
    if minimum < 1:
        raise ValueError(f"minimum is at least 1, not {minimum!r}")
    zones = asked.size
    maps = (_codes(intercommunality, zones), _codes(department, zones))
    label = np.full(zones, -1, np.int64)
    stands = asked >= minimum
    count = int(stands.sum())
    label[stands] = np.arange(count)
    for codes in (*maps, np.zeros(zones, np.int64)):
        left = np.flatnonzero((label < 0) & (codes >= 0))
        if not left.size:
            continue
        names, place = np.unique(codes[left], return_inverse=True)
        sums = np.zeros(names.size, np.int64)
        np.add.at(sums, place, asked[left])
        enough = sums >= minimum
        numbers = np.where(enough, count + np.cumsum(enough) - 1, -1)
        label[left] = numbers[place]
        count += int(enough.sum())
    left = np.flatnonzero(label < 0)
    if left.size and count == 0:
        label[left], count = 0, 1
    elif left.size:
        placed = label >= 0
        due_of_area, people_of_area = np.zeros(count, np.int64), np.zeros(count, np.int64)
        np.add.at(due_of_area, label[placed], asked[placed])
        np.add.at(people_of_area, label[placed], people[placed])
        # Zones of one place join the same area: thousands of empty ones need it looked up once.
        joined: dict[tuple[int, int], int] = {}
        for zone in map(int, left):
            place_of = (int(maps[0][zone]), int(maps[1][zone]))
            if place_of not in joined:
                joined[place_of] = _join_smallest_area(zone, label, due_of_area, people_of_area, maps)
        label[left] = [joined[int(maps[0][z]), int(maps[1][z])] for z in left]
    members = np.bincount(label, minlength=count)
    return Areas(label, count, members[label] > 1)
