"""What is observed, or simulated in its place: the forms of data that metrics read.

One form for each kind of fact. A file of real data and a simulation both end as one of these, and nothing downstream
can tell which it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Areas",
    "Game",
    "History",
    "Observation",
    "People",
    "Population",
    "PriceAnswers",
    "Requests",
    "Votes",
]


@dataclass(frozen=True)
class People:
    """One history person by person; rows of one person on one day are one active day.

    Attributes
    ----------
    code : int64[people], the person's number in the history, rising.
    tasks : int64[people], tasks in all.
    active_days : int64[people], days with a contribution.
    first, last : int64[people], first and last active day.
    day : int64[active days of all], sorted by person, then by day.
    start : int64[people], place of each person's first active day in ``day``.
    """

    code: NDArray[np.int64]
    tasks: NDArray[np.int64]
    active_days: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    day: NDArray[np.int64]
    start: NDArray[np.int64]


@dataclass(frozen=True)
class History:
    """Contributions to one project: who, when, how many tasks.

    Attributes
    ----------
    person : int64[n], 0 to people - 1; everybody appears at least once.
    day : int64[n], days since the first day of the history, 0 to horizon - 1; rows in any order.
    tasks : int64[n], tasks of the row, 1 or more; several rows of one person on one day add up.
    horizon : days observed.
    start : date of day 0; None where no metric asks for the calendar.
    zone : int64[n], number of the area of each row; None where unknown.
    success : bool[n], whether the contribution was used in time; None where unknown.
    decile : int64[areas], deprivation decile of each area, 1 the most deprived, 0 where unknown; None without areas.
    by_month : whether a reporter counts once a month and area, not once a year.
    """

    person: NDArray[np.int64]
    day: NDArray[np.int64]
    tasks: NDArray[np.int64]
    horizon: int
    start: date | None = None
    zone: NDArray[np.int64] | None = None
    success: NDArray[np.bool_] | None = None
    decile: NDArray[np.int64] | None = None
    by_month: bool = False

    @property
    def people(self) -> int:
        """Return how many people contributed."""
        return 0 if len(self.person) == 0 else int(self.person.max()) + 1

    @cached_property
    def by_person(self) -> People:
        """Return what metrics need of each person; computed once, since a case asks for many metrics of one history."""
        width = max(self.horizon, 1)
        pairs = np.unique(self.person.astype(np.int64) * width + self.day)
        person, day = pairs // width, pairs % width
        start = np.flatnonzero(np.diff(person, prepend=-1))
        code = person[start]
        totals = np.zeros(self.people, np.int64)
        np.add.at(totals, self.person, self.tasks)
        last = np.append(start[1:], len(day))[: len(start)] - 1
        return People(code, totals[code], last - start + 1, day[start], day[last], day, start)


@dataclass(frozen=True)
class Votes:
    """Labels that workers gave to items whose true label is known.

    Attributes
    ----------
    worker, item : int64[n].
    label : int64[n], the class given.
    gold : int64[n], the true class of the item.
    classes : number of classes.
    rare : bool[n], whether the true class is a rare one; None where nothing is rare.
    """

    worker: NDArray[np.int64]
    item: NDArray[np.int64]
    label: NDArray[np.int64]
    gold: NDArray[np.int64]
    classes: int = 2
    rare: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class Game:
    """A repeated public goods game, with what each player states for each level of the others' contribution.

    Attributes
    ----------
    person, period : int64[n]; periods from 0.
    contribution : float64[n], share of the endowment given, 0-1.
    stated : float64[n, levels], share given for each level of what others give; None where nobody was asked.
    """

    person: NDArray[np.int64]
    period: NDArray[np.int64]
    contribution: NDArray[np.float64]
    stated: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Requests:
    """Requests made to people with a history of giving: who answered.

    Attributes
    ----------
    answered : bool[n], whether this request was answered.
    months_since : float64[n], months since the last gift, before this request; inf: never gave; None where unknown.
    past_gifts : int64[n], gifts before this request; None where unknown.
    past_share : float64[n], share of earlier requests answered, 0-1; nan where there was none; None where unknown.
    answered_last : bool[n], whether the request before this one was answered; None where unknown.
    """

    answered: NDArray[np.bool_]
    months_since: NDArray[np.float64] | None
    past_gifts: NDArray[np.int64] | None
    past_share: NDArray[np.float64] | None
    answered_last: NDArray[np.bool_] | None


@dataclass(frozen=True)
class PriceAnswers:
    """What people gave, accepted or said under different rewards.

    Attributes
    ----------
    price : float64[n], the reward offered, in the unit that the case states.
    answer : float64[n], 0-1 for a yes or no, or an amount of work.
    """

    price: NDArray[np.float64]
    answer: NDArray[np.float64]


@dataclass(frozen=True)
class Areas:
    """Reports by small area, with the deprivation of each area.

    Attributes
    ----------
    decile : int64[n], 1 (most deprived) to 10, one row per area and period.
    reports : int64[n], reports of the row.
    reporters : int64[n], different people who reported.
    period : int64[n], number of the period (year or month) from 0; None where there is one.
    area : int64[n], number of the area; None: each row is another area.
    """

    decile: NDArray[np.int64]
    reports: NDArray[np.int64]
    reporters: NDArray[np.int64]
    period: NDArray[np.int64] | None = None
    area: NDArray[np.int64] | None = None


@dataclass(frozen=True)
class Population:
    """People of 15 and over, as a survey of the whole population would find them.

    Attributes
    ----------
    age_from, age_to : int64[n], bounds in years of the age band of each.
    diploma : int64[n], 0 (none or brevet) to 3 (higher education).
    excluded : bool[n], whether they cannot use a service that is only digital.
    devotion : float64[n], mean 1 over all inhabitants: how readily they volunteer.
    """

    age_from: NDArray[np.int64]
    age_to: NDArray[np.int64]
    diploma: NDArray[np.int64]
    excluded: NDArray[np.bool_]
    devotion: NDArray[np.float64]


Observation = History | Votes | Game | Requests | PriceAnswers | Areas | Population
