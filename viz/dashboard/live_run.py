"""A simulation that is watched: Mesa's model of one replicate, stepped day by day, and how many there are at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, MachineError
from entraide.model.records import ZONE_MEASURES
from entraide.model.specification import Specification

if TYPE_CHECKING:
    from entraide.model.mesa_model import CivicModel

__all__ = ["MOST_PEOPLE", "SERIES", "LiveRun", "Reading", "Watchers"]

# Beyond it, whole zones are taken; a service with one work for all its territory cannot be cut and is refused.
MOST_PEOPLE = 2_000_000
# Series that are shown, as the engine's daily measures are called.
SERIES = ("contributions", "waiting", "aware")
_ZONE_NAMES = tuple(measure.name for measure in ZONE_MEASURES)


@dataclass(frozen=True)
class Reading:
    """What a simulation has come to.

    Attributes
    ----------
    service : place of the service that it is of, in the specification.
    day : days simulated.
    days : days there are.
    date : the last day simulated; the day before the start, before the first step.
    series : measure of SERIES -> float64[day].
    due, in_time, given : int64[zones], of all years so far: needs whose delay ended, of those delivered by then, and
        contributions by residents.
    """

    service: int
    day: int
    days: int
    date: date
    series: Mapping[str, NDArray[np.float64]]
    due: NDArray[np.int64]
    in_time: NDArray[np.int64]
    given: NDArray[np.int64]

    @property
    def contributions(self) -> int:
        """Return all contributions so far."""
        return int(self.series["contributions"].sum())


class LiveRun:
    """One replicate that somebody watches. Safe between the thread that steps and the one that reads.

    Parameters
    ----------
    specification : what to simulate.
    seed, replicate : what fixes every random number.

    Raises
    ------
    MachineError : the territory does not fit in memory.
    """

    def __init__(self, specification: Specification, seed: int, replicate: int = 0) -> None:
        # Mesa and pandas take a second to load: only where somebody watches.
        from entraide.model.mesa_model import CivicModel

        self.specification = specification
        self._model: CivicModel | None = CivicModel(specification, rng=seed, replicate=replicate)
        self._lock = threading.Lock()
        # Whoever steps goes on for as long as the turn is its own: a pause, or another speed, ends it.
        self._turn = 0

    @property
    def running(self) -> bool:
        """Whether there are days left, and somebody watches."""
        model = self._model
        return model is not None and bool(model.running)

    def take_turn(self) -> int:
        """Return the number of a new turn; who steps under an earlier one stops."""
        with self._lock:
            self._turn += 1
            return self._turn

    def has_turn(self, turn: int) -> bool:
        """Tell whether a turn still holds."""
        return self._turn == turn and self.running

    def step(self) -> None:
        """Simulate a day; nothing happens after the last one, or once it is let go."""
        with self._lock:
            if self._model is not None and self._model.running:
                self._model.step()

    def read(self, service: int = 0) -> Reading | None:
        """Return what it has come to, as copies; None once it is let go.

        Parameters
        ----------
        service : place of the service in the specification.
        """
        with self._lock:
            model = self._model
            if model is None:
                return None
            records, day = model.simulation.records, model.simulation.day
            years = {name: records.zone_year[row].sum(axis=0)[service] for row, name in enumerate(_ZONE_NAMES)}
            return Reading(
                service=service,
                day=day,
                days=self.specification.days,
                date=model.date,
                series={name: np.array(records.series(name, service)[:day], np.float64) for name in SERIES},
                due=years["due"],
                in_time=years["in_time"],
                given=years["contributions"],
            )

    def let_go(self) -> None:
        """Free the model; whoever steps it stops."""
        with self._lock:
            self._model = None
            self._turn += 1


class Watchers:
    """Who watches what: one simulation for each person, and no more at once than the machine bears.

    Parameters
    ----------
    most : simulations watched at once, by all people.
    """

    def __init__(self, most: int = 8) -> None:
        self.most = most
        self._runs: dict[str, LiveRun] = {}
        # Whose inhabitants are being drawn, with what tells one beginning from the next.
        self._begun: dict[str, object] = {}
        self._read: dict[str, Callable[[], bool]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._runs) + len(self._begun)

    def open(
        self,
        person: str,
        specification: Specification,
        seed: int,
        replicate: int = 0,
        is_read: Callable[[], bool] = lambda: True,
    ) -> LiveRun:
        """Begin a simulation for a person; the one that they watched before is let go.

        Parameters
        ----------
        is_read : whether the person still has the page before them; who has not makes room for others.

        Raises
        ------
        InputError : more people live there than can be watched.
        MachineError : too many are watched already, or the territory does not fit in memory.
        """
        self.leave(person)
        if specification.territory.inhabitants > MOST_PEOPLE:
            raise InputError(
                {
                    "en": "too many people live there to be watched day by day",
                    "fr": "trop d'habitants pour un suivi jour après jour",
                },
                value=specification.territory.inhabitants,
                allowed=f"{MOST_PEOPLE:,}",
                remedy={
                    "en": "Choose a smaller territory on the first page",
                    "fr": "Choisissez un territoire plus petit à la première page",
                },
            )
        if len(self) >= self.most:
            for other in [name for name, reads in list(self._read.items()) if not reads()]:
                self.leave(other)
        waiting = object()
        with self._lock:
            if len(self) >= self.most:
                raise MachineError(
                    {
                        "en": "too many people are watching a simulation",
                        "fr": "trop de personnes suivent déjà une simulation",
                    },
                    remedy={"en": "Try again in a few minutes", "fr": "Réessayez dans quelques minutes"},
                )
            self._begun[person] = waiting
            self._read[person] = is_read
        # Drawing the inhabitants takes seconds, in which nobody else may have to wait for this one.
        try:
            run = LiveRun(specification, seed, replicate)
        except BaseException:
            self.leave(person)
            raise
        with self._lock:
            stays = self._begun.get(person) is waiting
            if stays:
                del self._begun[person]
                self._runs[person] = run
        if not stays:
            # Left in the meantime, or begun another one: nobody would ever free this one.
            run.let_go()
        return run

    def leave(self, person: str, only: LiveRun | None = None) -> None:
        """Free what a person watched.

        Parameters
        ----------
        only : this simulation and no other one that the person began since; None for whatever it is.
        """
        with self._lock:
            if only is not None and self._runs.get(person) is not only:
                return
            run = self._runs.pop(person, None)
            self._begun.pop(person, None)
            self._read.pop(person, None)
        if run is not None:
            run.let_go()
