"""A bench for production kinds: one service, a few zones, days of needs and contributions made up by the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from small_worlds import START, citizens, placed, service, territory
from twins.chance import Chance
from twins.kinds import TWINS
from twins.quality import difficulties
from twins.stocks import Account, Given, Setting, is_public

from entraide.model.columns import allocate
from entraide.model.packing import own_parameters, pack_citizens, pack_services
from entraide.model.parameters import Value
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.contract import Contributions, DayAccount, ServiceDay, column_sizes
from entraide.model.quality import difficulty_nodes
from entraide.model.random_numbers import stream_keys

__all__ = ["TWINS", "Bench", "Day", "days", "quiet_day"]

POPULATION = 100_000


@dataclass(frozen=True)
class Day:
    """What happens on one day: by zone, what arises and what is given; what staff may do.

    ``alone``: the administration works alone that day, with ``detection``; else it is the last resort.
    ``relief``: needs by zone that an initiative beside the service would relieve; for an initiative, what is open.
    """

    arisen: tuple[int, ...]
    tasks: tuple[int, ...]
    shift: tuple[float, ...]
    wrong: tuple[int, ...]
    capacity: int = 0
    youngest: int = 0
    working: bool = True
    checking: float = 0.0
    alone: bool = False
    detection: float = 0.0
    relief: tuple[int, ...] = ()


def quiet_day(zones: int, arisen: int = 0, tasks: int = 0, **more: Any) -> Day:
    """Return a day alike in every zone, with average answers."""
    return Day((arisen,) * zones, (tasks,) * zones, (0.0,) * zones, (0,) * zones, **more)


# Made once: a strategy that is made anew for each draw costs more than the draw.
_ANY = st.booleans()
_ARISEN, _CAPACITY, _YOUNGEST = st.integers(0, 25), st.just(0) | st.integers(0, 60), st.integers(0, 8)
_CHECKING, _DETECTION = st.sampled_from((0.0, 0.3, 1.0)), st.sampled_from((0.0, 0.1, 1.0))
_ONE_IN_FOUR = st.integers(0, 3)


@cache
def _tasks(most: int) -> st.SearchStrategy[int]:
    return st.just(0) | st.integers(0, most)


@cache
def _from(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


@cache
def _relief(zones: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.just(()) | st.tuples(*[st.integers(0, 12)] * zones)


@st.composite
def days(draw: st.DrawFn, zones: int, most_tasks: int = 40) -> Day:
    """Return any day; shifts are multiples of 1/64, so that their sums are exact in any order."""
    tasks = [draw(_tasks(most_tasks)) for _ in range(zones)]
    return Day(
        arisen=tuple(draw(_ARISEN) for _ in range(zones)),
        tasks=tuple(tasks),
        shift=tuple(draw(_from(-64 * given, 64 * given)) / 64 for given in tasks),
        wrong=tuple(draw(_from(0, given)) for given in tasks),
        capacity=draw(_CAPACITY),
        youngest=draw(_YOUNGEST),
        working=draw(_ANY),
        checking=draw(_CHECKING),
        alone=draw(_ONE_IN_FOUR) == 0,
        detection=draw(_DETECTION),
        relief=draw(_relief(zones)),
    )


@dataclass
class Bench:
    """A kind at work, and its twin beside it.

    Attributes
    ----------
    state : the engine's columns. ``accounts``: the engine's account of each day.
    """

    kind_name: str
    zones: int
    changes: dict[str, Value]
    seed: int = 1
    with_twin: bool = True
    accounts: list[DayAccount] = field(default_factory=list)

    def __post_init__(self) -> None:
        told = service("bench", self.kind_name, **self.changes)
        people = citizens()
        self.kind = PRODUCTION_KINDS[self.kind_name]
        self.shared = pack_citizens(people)
        self.record = pack_services([told], self.shared)[0]
        self.keys = stream_keys(self.seed, 0, 1)[:, 0]
        self.floor_first: NDArray[np.bool_] | None = None
        self.nodes = difficulty_nodes(float(self.record["accuracy_alpha"]), float(self.record["accuracy_beta"]))
        self.own = own_parameters(told)
        self.place = placed(territory((POPULATION // self.zones,) * self.zones))
        self.tables = self.kind.prepare(self.record, self.own, self.place, START, 60)
        self.prompt_factor = np.ones(self.zones)
        sizes = column_sizes(self.kind, self.record, self.own, self.place)
        self.state: dict[str, NDArray[Any]] = allocate(self.kind.columns, sizes)
        self.members = np.zeros(self.zones, np.int64)
        self.day = self.working_days = self.tasks_so_far = 0
        parameters = SimpleNamespace(**told.parameters)
        nodes = difficulties(parameters.accuracy_alpha, parameters.accuracy_beta)
        self.setting = Setting(
            0, self.zones, POPULATION, parameters, SimpleNamespace(**people), Chance(self.seed, 0), nodes,
            self.place, start=START, members=[0] * self.zones,
        )  # fmt: skip
        self.twin = TWINS[self.kind_name](self.setting) if self.with_twin else None

    def today(self, day: Day) -> ServiceDay:
        """Return what the kind is given, with an empty account."""
        return ServiceDay(
            day=self.day,
            working_day=day.working,
            working_days_before=self.working_days,
            date=START + timedelta(days=self.day),
            parameters=self.record,
            shared=self.shared[0],
            own=self.own,
            tables=self.tables,
            territory=self.place,
            state=self.state,
            account=DayAccount(self.zones),
            mean_needs=np.ones(self.zones),
            demand=np.ones(self.zones),
            prompt_factor=self.prompt_factor,
            members=self.members,
            floor_first=self.floor_first,
            population=POPULATION,
            checking=day.checking,
            tasks_per_person=float(self.tasks_so_far) / 10,
            nodes=self.nodes,
            keys=self.keys,
        )

    def live(self, day: Day) -> DayAccount:
        """Let the kind, and its twin, live one day in the order of the phases; return the kind's account."""
        tasks = np.array(day.tasks, np.int64)
        given = Contributions(
            (tasks > 0).astype(np.int64), tasks, tasks * 60, np.array(day.shift), np.array(day.wrong, np.int64),
            np.minimum(tasks, 1), np.repeat(np.arange(self.zones), tasks).astype(np.int32),
            np.ones(int(tasks.sum()), np.int32),
        )  # fmt: skip
        self.tasks_so_far += int(tasks.sum())
        self.members += given.newcomers
        today = self.today(day)
        if self.day == 0:
            self.kind.begin(today)
        self.kind.arrive(today, np.array(day.arisen, np.int64))
        if not day.alone:
            self._work_beside(today, given, np.array(day.relief or (0,) * self.zones, np.int64))
            self.kind.produce(today, given)
            self.kind.backstop(today, day.capacity, day.youngest)
        else:
            self.kind.staff_only(today, day.capacity, day.detection, day.youngest, 0.1)
        self.kind.settle(today)
        self.accounts.append(today.account)
        if self.twin is not None:
            self._live_twin(day)
        self.day += 1
        self.working_days += day.working
        return today.account

    def _work_beside(self, today: ServiceDay, given: Contributions, relief: NDArray[np.int64]) -> None:
        """Let an initiative relieve what this kind leaves open; let this kind, if it is one, find so much open."""
        if self.kind.public:
            self.kind.withdraw(today, relief)
        else:
            found = self.kind.hand_over(today, given)
            self.kind.note_use(today, found.tasks + np.minimum(found.relief, relief))

    def _twin_works_beside(self, given: Given, relief: list[int]) -> None:
        if is_public(self.twin):
            getattr(self.twin, "withdraw", lambda wanted: wanted)(relief)
        else:
            assert self.twin is not None
            for z, (tasks, _, _, tries) in enumerate(self.twin.hand_over(given)):
                self.twin.of_use[self.day][z] = tasks + min(tries, relief[z])

    def _live_twin(self, day: Day) -> None:
        setting = self.setting
        setting.day, setting.working_day, setting.working_days_before = self.day, day.working, self.working_days
        setting.checking, setting.tasks_per_person = day.checking, self.tasks_so_far / 10
        setting.account = Account(self.zones)
        setting.members = [count + min(1, n) for count, n in zip(setting.members, day.tasks, strict=True)]
        assert self.twin is not None
        self.twin.arrive(list(day.arisen))
        if not day.alone:
            given = Given(
                list(day.tasks), [60 * n for n in day.tasks], [int(n > 0) for n in day.tasks], list(day.shift),
                list(day.wrong), [min(1, n) for n in day.tasks],
                [(z, 1) for z, n in enumerate(day.tasks) for _ in range(n)],
            )  # fmt: skip
            self._twin_works_beside(given, list(day.relief or (0,) * self.zones))
            self.twin.produce(given)
            self.twin.backstop(day.capacity, day.youngest)
        else:
            self.twin.staff_only(day.capacity, day.detection, day.youngest, 0.1)
        self.twin.settle()

    def used_in_time(self) -> NDArray[np.float64]:
        """Return what is told, at the end of the last day lived, to those who gave when the ring began."""
        past = self.day - 1 - int(self.record["acknowledgement_delay"])
        self.day -= 1
        shares = self.kind.used_in_time(self.today(quiet_day(self.zones)), past)
        self.day += 1
        return shares

    def open_needs(self) -> int:
        """Return the needs that wait."""
        return int(self.kind.waiting(self.state).sum())

    def total(self, name: str) -> int:
        """Return a count of the account over all days and zones."""
        return sum(int(getattr(account, name).sum()) for account in self.accounts)
