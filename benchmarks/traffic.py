"""What each phase of the day touches: people looked at, cache lines and bytes moved, random numbers drawn.

Read from the engine's own data, before and after each phase, while it runs; the engine is not changed. A record that is
looked at counts with every cache line it lies on; lines written count twice, since they are read and written back;
neighbours on one line count once a phase. Draws are those that the phase's rules take for each person; where a rule may
end before its draw, the draw is counted. Phases that work on zones (demand, production, administration, record) are
left out: what they touch does not depend on citizens.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol
from unittest.mock import patch

import numpy as np
from machine_limits import LINE
from numpy.typing import NDArray

import entraide.model.simulation as loop
from entraide.model.awareness import ACTIVE, AWARE, DEPARTED, UNAWARE, UNDECIDED
from entraide.model.neighbours import DEGREE
from entraide.model.phases import Phase
from entraide.model.prompts import SILENT_AFTER
from entraide.model.random_numbers import Stream
from entraide.model.simulation import Simulation
from entraide.model.social import list_witnesses

__all__ = ["CITIZEN_PHASES", "ProcessorTime", "Touched", "Traffic", "Watcher", "lines_under", "watched"]

# Phases that look at people one by one, or sweep over them, in a service that does not pay in credits.
CITIZEN_PHASES = ("awareness", "prompts", "drop-out", "contributions", "feedback", "social")


@dataclass
class Touched:
    """What a phase has touched so far.

    Attributes
    ----------
    people : looked at, summed over days.
    swept : ceilings swept, summed over days.
    read, written : cache lines fetched, and those of them, or of the sweep's, that are written back.
    draws : random numbers beside the sweep's.
    """

    people: int = 0
    swept: int = 0
    read: int = 0
    written: int = 0
    draws: int = 0

    @property
    def bytes(self) -> int:
        """Bytes moved: two a ceiling swept, and whole lines."""
        return 2 * self.swept + LINE * (self.read + self.written)

    def look(self, array: NDArray[Any], rows: NDArray[Any], change: NDArray[Any] | None = None) -> None:
        """Count the lines of rows that are read, and of those among them that are changed."""
        self.read += lines_under(array, rows)
        if change is not None:
            self.written += lines_under(array, change)


def lines_under(array: NDArray[Any], rows: NDArray[Any]) -> int:
    """Return how many cache lines some rows of a one-dimensional array lie on; rows ascend and may repeat."""
    if len(rows) == 0:
        return 0
    first = array.ctypes.data + rows.astype(np.int64) * array.itemsize
    last = (first + array.itemsize - 1) // LINE
    first //= LINE
    shared = np.maximum(0, last[:-1] - first[1:] + 1)
    return int((last - first + 1).sum() - np.minimum(shared, (last - first + 1)[1:]).sum())


class Traffic:
    """Watches a simulation and adds up, by phase, what its days touch."""

    def __init__(self) -> None:
        self.touched = {name: Touched() for name in CITIZEN_PHASES}
        self.contributions = 0
        self.prompts = 0
        self.days = 0
        self._before: dict[str, Any] = {}

    def before(self, name: str, simulation: Simulation) -> None:
        """Keep what a phase will change and its count needs."""
        if name in ("prompts", "drop-out"):
            listed = simulation.today.candidates if name == "prompts" else simulation.today.prompted
            who = [np.concatenate(chunks) for chunks in listed]
            self._before = {"who": who, "ties": [simulation.involvement[j, each] for j, each in enumerate(who)]}
        if name == "feedback":
            self._before = {"awaiting": [list(waiting) for waiting in simulation.awaiting]}

    def after(self, name: str, simulation: Simulation) -> None:
        """Add what a phase has touched."""
        if name == "record":
            self.days += 1
        if name not in CITIZEN_PHASES:
            return
        touched = self.touched[name]
        for j in range(simulation.services):
            getattr(self, f"_{name.replace('-', '_')}")(simulation, j, touched)
        if name == "contributions":
            who = np.unique(np.concatenate([np.concatenate(each) for each in simulation.today.prompted]))
            touched.people += len(who)
            touched.look(simulation.citizens, who, who)
            touched.draws += 3 * len(who)

    def _awareness(self, simulation: Simulation, j: int, touched: Touched) -> None:
        who = np.concatenate(simulation.today.candidates[j])
        ties = simulation.involvement[j]
        unaware = who[(ties["stage"][who] == UNAWARE) | (ties["last"][who] == simulation.day)]
        touched.swept += simulation.inhabitants
        touched.people += len(who)
        # Ceilings lowered lie on lines that the sweep has just read: they are written back once.
        touched.look(ties, who)
        touched.look(simulation.citizens, unaware)
        touched.written += lines_under(simulation.threshold[j], unaware)
        touched.draws += len(unaware)

    def _prompts(self, simulation: Simulation, j: int, touched: Touched) -> None:
        who, ties, day = self._before["who"][j], self._before["ties"][j], simulation.day
        looked = (ties["stage"] != UNAWARE) & (ties["stage"] < DEPARTED) & (ties["last"] < day)
        new = looked & (ties["stage"] == AWARE)
        forgot = new & (simulation.involvement["stage"][j, who] == UNAWARE)
        prompted = np.concatenate(simulation.today.prompted[j])
        self.prompts += len(prompted)
        earlier = ties[np.searchsorted(who, prompted)]
        silent = (earlier["stage"] != AWARE) & (day - earlier["last"] >= SILENT_AFTER)
        touched.people += len(who)
        touched.look(simulation.involvement[j], who, who[new])
        touched.look(simulation.citizens, who[looked])
        touched.look(simulation.threshold[j], who[looked], who[looked])
        touched.draws += int(2 * new.sum() + (looked & ~new).sum() - forgot.sum() + silent.sum())

    def _drop_out(self, simulation: Simulation, j: int, touched: Touched) -> None:
        who, ties = self._before["who"][j], self._before["ties"][j]
        known = np.isin(ties["stage"], (UNDECIDED, ACTIVE))
        touched.people += len(who)
        touched.look(simulation.citizens, who, who)
        touched.look(simulation.involvement[j], who, who)
        undecided = ties["stage"] == UNDECIDED
        touched.draws += int((known & (ties["refreshed"] < simulation.day)).sum() + undecided.sum())

    def _contributions(self, simulation: Simulation, j: int, touched: Touched) -> None:
        who, actors = np.concatenate(simulation.today.prompted[j]), simulation.today.acts[j][0]
        self.contributions += len(actors)
        excluded = simulation.citizens["digital"][who] == 0
        touched.look(simulation.involvement[j], who, who)
        touched.look(simulation.threshold[j], actors, actors)
        touched.draws += len(who) + int(excluded.sum()) + len(actors)

    def _feedback(self, simulation: Simulation, j: int, touched: Touched) -> None:
        # What was waiting before the phase, and is no longer, was told.
        earlier, waiting = self._before["awaiting"][j], simulation.awaiting[j]
        for who, _ in earlier[: len(earlier) + 1 - len(waiting)]:
            touched.people += len(who)
            touched.look(simulation.citizens, who, who)
            touched.look(simulation.involvement[j], who, who)
            touched.draws += 5 * len(who)

    def _social(self, simulation: Simulation, j: int, touched: Touched) -> None:
        actors, _, zones = simulation.today.acts[j][:3]
        far = int(simulation.citizen_record[0]["far_neighbours"])
        witnesses = np.empty(len(actors) * DEGREE, np.int32)
        near, key = simulation.specification.territory.near, simulation.keys[Stream.NEIGHBOUR, 0]
        count = list_witnesses(actors, zones, far, simulation.zone_start, near, key, witnesses)
        who = np.sort(witnesses[:count])
        touched.people += count
        touched.look(simulation.citizens, who)
        touched.look(simulation.involvement[j], who, who)
        touched.look(simulation.threshold[j], who, who)
        touched.draws += far * len(actors)


class Watcher(Protocol):
    """Who is called before and after each phase, with its name and the simulation."""

    def before(self, name: str, simulation: Simulation) -> None: ...

    def after(self, name: str, simulation: Simulation) -> None: ...


class ProcessorTime:
    """Adds up the processor seconds of each phase: on one thread, what the clock would show if nothing else ran."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._before = 0.0

    def before(self, name: str, simulation: Simulation) -> None:
        """Note the time."""
        self._before = time.process_time()

    def after(self, name: str, simulation: Simulation) -> None:
        """Add what the phase took."""
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - self._before


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Have every phase of every simulation watched, inside the block; watchers of outer blocks stand closer to it."""

    def run(simulation: Simulation, phase: Phase) -> None:
        watcher.before(phase.name, simulation)
        phase.run(simulation)
        watcher.after(phase.name, simulation)

    phases = tuple(replace(phase, run=partial(run, phase=phase), begin_chunks=None) for phase in loop.PHASES)
    with patch.object(loop, "PHASES", phases):
        yield
