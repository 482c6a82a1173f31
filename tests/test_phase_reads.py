"""The schedule says truly what each phase reads: a column that it does not declare can hold anything.

A copy of the world is poisoned in one column just before a phase; what else the phase leaves behind must be the same.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from small_worlds import WORLDS
from test_phases import KIND_COLUMNS, columns_of

from entraide.model.columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS, THRESHOLD_COLUMN, ZONE_COLUMNS
from entraide.model.phases import PHASES, Phase
from entraide.model.production.contract import DayAccount
from entraide.model.simulation import Simulation

# Worlds that need between them every column that a phase declares to read, and the days on which they are looked at.
DAYS: Mapping[str, tuple[int, ...]] = {
    "reports": (3, 14, 20, 41),
    "photographs": (3, 14, 20),
    "upkeep": (14, 20),
    "rivals": (14, 41),
    "misfortunes": (7, 10, 13, 14),
    "alarms": (20,),
    "provident": (3, 14, 20, 41),
    "wary": (8, 14, 20),
    "roofs": (14, 20),
}
OF_PEOPLE = {column.name: column for column in (*CITIZEN_COLUMNS, *INVOLVEMENT_COLUMNS, THRESHOLD_COLUMN)}
OF_ZONES = {column.name: column for column in ZONE_COLUMNS}
COLUMNS = (*OF_PEOPLE, *OF_ZONES, KIND_COLUMNS)
# What never changes in a run: a copy may share it.
_FIXED = (
    "specification",
    "timeline",
    "kinds",
    "kind_tables",
    "decay",
    "forgetting",
    "fading",
    "own",
    "keys",
    "_scratch",
)


def _copied(simulation: Simulation) -> Simulation:
    """Return the same world at the same hour, which shares no state."""
    other = copy.deepcopy(simulation, {id(getattr(simulation, name)): getattr(simulation, name) for name in _FIXED})
    # Copied arrays that were views of others are so no more: what holds such views is made anew.
    other.today.services.clear()
    other.accounts = [DayAccount(simulation.zones) for _ in simulation.accounts]
    for mine, theirs in zip(other.accounts, simulation.accounts, strict=True):
        mine._table[:] = theirs._table
    return other


def _poison(simulation: Simulation, name: str, chance: np.random.Generator) -> None:
    """Put other values into a column, such as it may hold; those of production kinds move to the next zone."""
    if name == KIND_COLUMNS:
        for state in simulation.kind_state:
            for column in state.values():
                column[:] = np.roll(column, 1, axis=-1)
        return
    if name in OF_ZONES:
        low, high, values = OF_ZONES[name].low, OF_ZONES[name].high, simulation.zone_state[name]
        if OF_ZONES[name].unit == "0/1":
            values[:] = 1 - values
        elif values.dtype.kind == "i":
            values += chance.integers(1, 40, values.shape)
        else:
            top = min(high, 4.0)
            # Not every zone alike: who is served first depends on which zones differ.
            farthest = np.where(values > (low + top) / 2.0, low, top)
            values[:] = chance.uniform(low, top, values.shape) if values.ndim > 1 else farthest
        return
    if name == THRESHOLD_COLUMN.name:
        values = simulation.threshold
    else:
        values = (simulation.citizens if OF_PEOPLE[name].shape == "citizen" else simulation.involvement)[name]
    if OF_PEOPLE[name].unit in ("1/65535", "1/255", "1/32"):
        values[...] = chance.integers(0, np.iinfo(values.dtype).max + 1, values.shape)
    elif values.dtype.kind == "f":
        values[...] = chance.exponential(20.0, values.shape)
    elif values.dtype == np.int32:
        values[...] = chance.integers(0, 500, values.shape)
    else:
        values[...] = chance.permuted(values, axis=-1)


def _flat(value: Any, name: str, found: dict[str, object]) -> None:
    """Add the bits of a value, or of all that it holds, under names that tell where they stand."""
    if isinstance(value, np.ndarray):
        found[name] = value.tobytes()
    elif isinstance(value, dict):
        for key, one in value.items():
            _flat(one, f"{name} {key}", found)
    elif isinstance(value, list | tuple):
        found[f"length of {name}"] = len(value)
        for place, one in enumerate(value):
            _flat(one, f"{name} {place}", found)
    else:
        found[name] = repr(value)


def _traces(simulation: Simulation) -> dict[str, object]:
    """Return all that a phase can leave behind: columns, records, accounts, what the day hands on and what waits."""
    found: dict[str, object] = {name: column.tobytes() for name, column in columns_of(simulation).items()}
    for name in ("daily", "zone_year", "zone_month", "motives"):
        _flat(getattr(simulation.records, name), f"record {name}", found)
    for name in ("candidates", "prompted", "acts", "contacts", "handed"):
        _flat(getattr(simulation.today, name), f"today {name}", found)
    for name in ("awaiting", "tasks_so_far", "contributors_so_far"):
        _flat(getattr(simulation, name), name, found)
    _flat([account._table for account in simulation.accounts], "accounts", found)
    return found


def _read(name: str) -> dict[str, set[str]]:
    """Live a world; return by phase the columns that bear on anything else, on the days on which it is looked at."""
    read: dict[str, set[str]] = defaultdict(set)
    chance = np.random.default_rng(1)

    def watch(phase: Phase) -> Phase:
        def run(watched: Simulation) -> None:
            if watched.day not in DAYS[name]:
                return phase.run(watched)
            poisoned = {column: _copied(watched) for column in COLUMNS}
            sound = _copied(watched)
            phase.run(watched)
            phase.run(sound)
            left = _traces(watched)
            assert _traces(sound) == left, "a copy does not live as the world that it was copied from"
            for column, other in poisoned.items():
                _poison(other, column, chance)
                phase.run(other)
                found = _traces(other)
                # Columns of production kinds are one, by the name that theirs begin with.
                if any(found.get(k) != v for k, v in left.items() if k != column and not k.startswith(f"{column} ")):
                    read[phase.name].add(column)
            return None

        return replace(phase, run=run, begin_chunks=None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("entraide.model.simulation.PHASES", tuple(watch(phase) for phase in PHASES))
        Simulation(WORLDS[name](), seed=2).run(until=max(DAYS[name]) + 1)
    return read


@pytest.mark.slow
def test_each_phase_reads_what_it_declares_and_nothing_else() -> None:
    """Nine worlds: no column bears on a phase that does not declare it, and every declared one bears on something."""
    read: dict[str, set[str]] = defaultdict(set)
    for name in DAYS:
        for phase, columns in _read(name).items():
            read[phase] |= columns
    for phase in PHASES:
        print(f"{phase.name}: {', '.join(sorted(read[phase.name])) or 'nothing'}")
    undeclared = {phase.name: read[phase.name] - set(phase.reads) for phase in PHASES}
    assert {name: columns for name, columns in undeclared.items() if columns} == {}
    idle = {phase.name: set(phase.reads) - read[phase.name] for phase in PHASES}
    assert {name: columns for name, columns in idle.items() if columns} == {}
