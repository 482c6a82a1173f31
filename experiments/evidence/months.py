"""A history cut in two: what was known on a day, and what came in the months after it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError

from .observations import History

__all__ = ["MONTH", "Cut", "Months", "cut_history", "first_days", "monthly", "until"]

MONTH = 30  # days
FEWEST_MONTHS = 3
FEWEST_PEOPLE = 20


@dataclass(frozen=True)
class Months:
    """What happened, or may happen, month after month; the last column is the whole.

    Shapes: float64[draws, months + 1]; one row for what happened.

    Attributes
    ----------
    contributions : tasks of each month, then of all.
    active : people who contributed in each month, then people who did in any.
    """

    contributions: NDArray[np.float64]
    active: NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """A history until a day, and what came after.

    Attributes
    ----------
    known : what was known at the end of the last known day; people are those who had come by then, in that order.
    months : number of whole months after it.
    after : what happened in them.
    """

    known: History
    months: int
    after: Months


def cut_history(history: History, share: float = 2.0 / 3.0) -> Cut:
    """Cut a history after a share of its days.

    Raises
    ------
    InputError : too few months or people on one of the sides for a forecast to be made or judged.
    """
    if not 0.0 < share < 1.0:
        raise InputError("is not a share of the time", where="--known-share", value=share, allowed="between 0 and 1")
    day = int(history.horizon * share)
    months = (history.horizon - day) // MONTH
    people = len(np.unique(history.person[history.day < day]))
    for what, found, fewest in (
        ("months before the cut", day // MONTH, FEWEST_MONTHS),
        ("months after the cut", months, FEWEST_MONTHS),
        ("people before the cut", people, FEWEST_PEOPLE),
    ):
        if found < fewest:
            raise InputError(
                f"the history is too small to check a forecast: {what}",
                value=found,
                allowed=f"{fewest} or more",
                remedy="Calibrate without --forecast, or bring a longer history",
            )
    return Cut(until(history, day), months, monthly(history, day, months))


def until(history: History, day: int) -> History:
    """Return what was known at the start of a day; whoever came later does not leave a trace, not even a number."""
    rows = history.day < day
    arrival = np.full(history.people, history.horizon)
    np.minimum.at(arrival, history.person, history.day)
    order = np.argsort(arrival, kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return replace(
        history,
        person=number[history.person[rows]],
        day=history.day[rows],
        tasks=history.tasks[rows],
        horizon=day,
        zone=None,
        success=None,
    )


def monthly(history: History, start: int, months: int) -> Months:
    """Return tasks and active people of each month from a day on; one row."""
    month = (history.day - start) // MONTH
    rows = (history.day >= start) & (month < months)
    month, person, tasks = month[rows], history.person[rows], history.tasks[rows]
    contributions = np.bincount(month, weights=tasks, minlength=months).astype(np.float64)
    pairs = np.unique(person * months + month)
    active = np.bincount(pairs % months, minlength=months).astype(np.float64)
    return Months(
        np.append(contributions, contributions.sum())[np.newaxis],
        np.append(active, float(len(np.unique(person))))[np.newaxis],
    )


def first_days(history: History) -> NDArray[np.int64]:
    """Return the day of each person's first contribution; int64[people]."""
    first = np.full(history.people, history.horizon, dtype=np.int64)
    np.minimum.at(first, history.person, history.day)
    return first
