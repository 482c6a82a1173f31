"""Stocks of needs by day of arising, in a ring: row ``day % rows`` holds the needs that arose on that day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..compilation import kernel

__all__ = ["share_out", "start_cohort", "take_for_last_resort", "take_oldest", "total_by_zone", "withdraw_oldest"]


@kernel
def start_cohort(stock, day, arisen, lapsed):
    """Put ``arisen`` int64[Z] in today's row of ``stock`` int32[A, Z]; add what the row still held to ``lapsed``."""
    row = stock[day % stock.shape[0]]
    for z in range(row.shape[0]):
        lapsed[z] += row[z]
        row[z] = arisen[z]


@kernel
def take_oldest(stock, day, youngest, capacity, taken):
    """Take up to ``capacity`` needs, oldest first over the whole territory, none younger than ``youngest`` days.

    Within the age at which capacity ends, zones share in proportion to what they hold, in whole numbers.
    Shapes: ``stock`` int32[A, Z] is lowered; ``taken`` int64[Z] is added to. Returns how many were taken.
    """
    rows = stock.shape[0]
    left = capacity
    for age in range(rows - 1, youngest - 1, -1):
        if left <= 0:
            break
        if age > day:
            continue
        row = stock[(day - age) % rows]
        total = 0
        for z in range(row.shape[0]):
            total += row[z]
        if total == 0:
            continue
        if total <= left:
            for z in range(row.shape[0]):
                taken[z] += row[z]
                row[z] = 0
            left -= total
            continue
        seen = 0
        given = 0
        for z in range(row.shape[0]):
            seen += row[z]
            share = left * seen // total - given
            given += share
            taken[z] += share
            row[z] -= share
        left = 0
    return capacity - left


def take_for_last_resort(
    stock: NDArray[np.int32],
    day: int,
    youngest: int,
    capacity: int,
    taken: NDArray[np.int64],
    first: NDArray[np.bool_] | None,
) -> int:
    """Take the oldest needs, those of the zones in ``first`` before all others; see ``take_oldest``."""
    done = 0
    if first is not None and first.any():
        chosen = np.flatnonzero(first)
        part = np.ascontiguousarray(stock[:, chosen])
        from_them = np.zeros(len(chosen), np.int64)
        done = int(take_oldest(part, day, youngest, capacity, from_them))
        stock[:, chosen] = part
        taken[chosen] += from_them
    return done + int(take_oldest(stock, day, youngest, capacity - done, taken))


@kernel
def withdraw_oldest(stock, relieved, day, wanted, withdrawn):
    """Let go of up to ``wanted`` int64[Z] needs of each zone, oldest first, and remember of which day they were.

    Shapes: ``stock`` int32[A, Z] is lowered; ``relieved`` int32[A, Z] and ``withdrawn`` int64[Z] are added to.
    """
    rows = stock.shape[0]
    for z in range(wanted.shape[0]):
        left = wanted[z]
        age = min(rows - 1, day)
        while left > 0 and age >= 0:
            row = (day - age) % rows
            step = min(left, np.int64(stock[row, z]))
            stock[row, z] -= step
            relieved[row, z] += step
            withdrawn[z] += step
            left -= step
            age -= 1


@kernel
def total_by_zone(stock, total):
    """Add up ``stock`` int32[A, Z] over ages into ``total`` int64[Z]."""
    for z in range(total.shape[0]):
        total[z] = 0
    for row in range(stock.shape[0]):
        for z in range(total.shape[0]):
            total[z] += np.int64(stock[row, z])


@kernel
def share_out(pool, held, start, shares):
    """Share ``pool`` units among zones in proportion to ``held`` int64[Z], by systematic sampling.

    ``start`` is uniform in (0, 1): every zone expects exactly its share, so that the last one is not favoured when
    units are few. A zone gets no more than it holds as long as the pool is no larger than the total, which is over 0.
    ``shares`` int64[Z] is added to.
    """
    total = 0
    for z in range(held.shape[0]):
        total += held[z]
    reached = np.int64(start * total)
    given = 0
    for z in range(held.shape[0]):
        reached += pool * held[z]
        share = reached // total - given
        given += share
        shares[z] += share
