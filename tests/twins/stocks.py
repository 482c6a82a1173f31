"""What both production kinds share in the twin: the day's account, whole-number sharing, oldest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from entraide.model.territory import Territory

from .chance import Chance

__all__ = [
    "Account",
    "Given",
    "Setting",
    "in_proportion",
    "is_public",
    "last_resort_order",
    "oldest_first",
    "ring",
    "sampled_shares",
]


@dataclass
class Account:
    """The day's account of one service: a list by zone for each count of the engine's account."""

    zones: int
    counts: dict[str, list[int]] = field(default_factory=dict)

    def of(self, name: str) -> list[int]:
        """Return the counts by zone."""
        return self.counts.setdefault(name, [0] * self.zones)

    def add(self, name: str, zone: int, amount: int) -> None:
        """Add to one zone's count."""
        self.of(name)[zone] += amount

    def total(self, name: str) -> int:
        """Return the territory's count."""
        return sum(self.of(name))


@dataclass
class Given:
    """The day's contributions to one service by zone, and one by one: zone and tasks of each, in citizens' order."""

    tasks: list[int]
    seconds: list[int]
    people: list[int]
    shift: list[float]
    wrong: list[int]
    newcomers: list[int]
    each: list[tuple[int, int]]


@dataclass
class Setting:
    """What a kind needs to know of its service and of the day."""

    j: int
    zones: int
    population: int
    service: SimpleNamespace
    people: SimpleNamespace
    chance: Chance
    nodes: tuple[float, ...]
    place: Territory | None = None
    day: int = 0
    working_day: bool = True
    working_days_before: int = 0
    checking: float = 0.0
    tasks_per_person: float = 0.0
    aware: int = 0
    floor_first: list[int] = field(default_factory=list)
    account: Account = field(default_factory=lambda: Account(0))
    start: date = date(2025, 1, 1)
    members: list[int] = field(default_factory=list)

    def allowance(self, per_100000: float, days_before: int) -> int:
        """Return the whole units that a capacity yields today; what is left of a unit is kept for later days."""
        a_day = per_100000 * self.population / 100_000.0
        return int(a_day * (days_before + 1)) - int(a_day * days_before)


def is_public(kind: object) -> bool:
    """Tell whether the administration answers for a kind: all do but initiatives beside it, which say so."""
    return bool(getattr(kind, "public", True))


def in_proportion(amount: int, held: Sequence[int]) -> list[int]:
    """Share an amount in proportion to what each holds, in whole numbers that add up to the amount."""
    total, seen, before, shares = sum(held), 0, 0, []
    for one in held:
        seen += one
        shares.append(amount * seen // total - before)
        before += shares[-1]
    return shares


def sampled_shares(pool: int, held: Sequence[int], start: float) -> list[int]:
    """Share units one by one by systematic sampling: each goes to the first zone that reaches its point.

    The k-th of n units has its point at k/n of the total, drawn back by ``start`` of one such step.
    """
    total, reached, bounds = sum(held), int(start * sum(held)), []
    for one in held:
        reached += pool * one
        bounds.append(reached)
    shares = [0] * len(held)
    for unit in range(1, pool + 1):
        shares[next(z for z, bound in enumerate(bounds) if bound >= unit * total)] += 1
    return shares


def oldest_first(
    held: Mapping[int, Sequence[int]], day: int, youngest: int, capacity: int
) -> list[tuple[int, list[int]]]:
    """Take needs of the oldest days first over the whole territory; return each day of arising with what zones lose."""
    taken = []
    for born in sorted(held):
        total = sum(held[born])
        if capacity <= 0 or day - born < youngest:
            break
        if total:
            shares = list(held[born]) if total <= capacity else in_proportion(capacity, held[born])
            taken.append((born, shares))
            capacity -= sum(shares)
    return taken


def last_resort_order(
    held: Mapping[int, Sequence[int]], day: int, youngest: int, capacity: int, first: Sequence[int]
) -> list[tuple[int, list[int]]]:
    """Take needs as ``oldest_first``, those of the zones in ``first`` before all others."""
    chosen = {born: [n if z in first else 0 for z, n in enumerate(zones)] for born, zones in held.items()}
    taken = oldest_first(chosen, day, youngest, capacity) if first else []
    left = {born: list(zones) for born, zones in held.items()}
    for born, shares in taken:
        left[born] = [n - share for n, share in zip(left[born], shares, strict=True)]
    return taken + oldest_first(left, day, youngest, capacity - sum(sum(shares) for _, shares in taken))


def ring(by_day: Mapping[int, Sequence[int]], day: int, rows: int, zones: int) -> NDArray[np.int64]:
    """Return what belongs to the last days as the engine's columns keep it: row ``day % rows``."""
    table = np.zeros((rows, zones), np.int64)
    for past in range(max(0, day - rows + 1), day + 1):
        if past in by_day:
            table[past % rows] = by_day[past]
    return table
