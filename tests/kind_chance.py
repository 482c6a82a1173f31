"""What must hold of the draws of any production kind: streams of its own, and a draw for each zone and each day.

A twin cannot show this: whoever writes both takes the same key in both.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import numpy as np
from house import REPOSITORY
from numpy.typing import NDArray
from production_days import Bench, Day

from entraide.model.parameters import Value
from entraide.model.production.contract import DayAccount
from entraide.model.random_numbers import Stream

__all__ = ["draws_differ_by_zone_and_day", "streams_are_not_the_engines"]

# Each with the reason why it may be so.
SHARED_WITH_THE_ENGINE: Mapping[tuple[str, str], str] = {
    ("alert", "ARRIVAL"): "the engine draws from it for histories of contributors, which have no production",
}
COUNTS = tuple(entry.name for entry in fields(DayAccount))
_LONG = {"need_lifetime": 40, "norm_delay": 4, "acknowledgement_delay": 3}


def streams_in(path: Path) -> set[str]:
    """Return the streams that a module names."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.attr for node in found if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Stream"}


def streams_are_not_the_engines(kind: str) -> str:
    """No stream of the kind's module is one that the engine draws from: both would get the same chance."""
    mine = streams_in(REPOSITORY / "model" / "production" / f"{kind.replace('-', '_')}.py")
    engine = {name for path in (REPOSITORY / "model").glob("*.py") for name in streams_in(path)}
    both = sorted(name for name in mine & engine if (kind, name) not in SHARED_WITH_THE_ENGINE)
    free = sorted({stream.name for stream in Stream} - engine)
    assert not both, f"Stream.{both[0]} is one that the engine draws from; of the others take one of {', '.join(free)}"
    return f"{len(mine)} streams, none of them the engine's" if mine else "no draws of its own"


def _life(kind: str, changes: Mapping[str, Value], seed: int, quiet: int) -> dict[str, NDArray[np.int64]]:
    """Return what each of 40 busy days counts, after some quiet ones: int64[40, 2 zones] of each figure."""
    bench = Bench(kind, 2, {**_LONG, **changes}, seed, with_twin=False)
    # What an initiative beside a service finds open there.
    open_there = 0 if bench.kind.public else 100
    for t in range(quiet + 40):
        many = 0 if t < quiet else 400
        bench.live(
            Day(
                (many,) * 2, (many,) * 2, (0.0,) * 2, (many // 4,) * 2, many // 8, 1,
                checking=0.3, relief=(open_there,) * 2,
            )
        )  # fmt: skip
    return {name: np.array([getattr(day, name) for day in bench.accounts[quiet:]]) for name in COUNTS}


def draws_differ_by_zone_and_day(kind: str, changes: Mapping[str, Value] | None = None) -> str:
    """Where chance decides a figure, zones that live the same days differ, and so does a life begun a week later."""
    told = changes or {}

    def by_chance(quiet: int) -> dict[str, NDArray[np.int64]]:
        """Return what one seed makes of each figure beside another: what chance did, without what time does."""
        one, other = _life(kind, told, 1, quiet), _life(kind, told, 2, quiet)
        return {name: one[name] - other[name] for name in COUNTS}

    # A week, so that the days of the week are the same.
    first, late = by_chance(0), by_chance(7)
    # A figure that differs on a few days only may well differ on the same.
    drawn = [name for name in COUNTS if np.count_nonzero(first[name]) >= 20]
    for name in drawn:
        assert (first[name][:, 0] != first[name][:, 1]).any(), (
            f"account.{name}: two zones that live the same days have the same chance; is the zone in every key?"
        )
        assert (first[name] != late[name]).any(), (
            f"account.{name}: a life begun a week later has the same chance; is the day in every key?"
        )
    return f"chance by zone and day in {', '.join(drawn)}" if drawn else "chance decides nothing in a busy life"
