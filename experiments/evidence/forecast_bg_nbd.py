"""The forecast by BG/NBD, the standard model of repeat buying (Fader, Hardie & Lee 2005).

Each person is active at a rate of their own, gamma over people, and after each active day but the first leaves with a
chance of their own, beta over people. The four parameters are fitted by the library ``lifetimes``; what it does not
give, whole months drawn from the fitted model given what each person has done, is drawn here.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .months import MONTH, Months, first_days
from .observations import History
from .own_tasks import TasksOfDays

__all__ = ["BgNbd", "bg_nbd_forecast", "fit_bg_nbd", "summary_of"]

_PENALTIES = (0.0, 0.001, 0.01, 0.1)


@dataclass(frozen=True)
class BgNbd:
    """Parameters: rates are gamma(r, alpha), alpha in days; chances of leaving are beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float

    def chance_alive(
        self, repeats: NDArray[np.float64], recency: NDArray[np.float64], age: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the chance that each person has not left; 1 for who was active on one day only."""
        odds = self.a / (self.b + np.maximum(repeats, 1.0) - 1.0)
        odds = odds * ((self.alpha + age) / (self.alpha + recency)) ** (self.r + repeats)
        return np.where(repeats > 0, 1.0 / (1.0 + odds), 1.0)


def summary_of(known: History) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return for each person the active days after the first, the days from first to last, and to the end."""
    pairs = np.unique(known.person * known.horizon + known.day)
    person, day = pairs // known.horizon, pairs % known.horizon
    first = first_days(known)
    last = np.zeros(known.people, dtype=np.int64)
    np.maximum.at(last, person, day)
    repeats = np.bincount(person, minlength=known.people).astype(np.float64) - 1.0
    return repeats, (last - first).astype(np.float64), (known.horizon - first).astype(np.float64)


def fit_bg_nbd(repeats: NDArray[np.float64], recency: NDArray[np.float64], age: NDArray[np.float64]) -> BgNbd:
    """Return the parameters of the greatest likelihood; where the search does not end, the least penalty that lets it.

    Raises
    ------
    ValueError : no penalty lets it end.
    """
    with warnings.catch_warnings():
        # The library sets an option of pandas that has no effect any more, and pandas says so.
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter
        from lifetimes.utils import ConvergenceError

        for penalty in _PENALTIES:
            fitter = BetaGeoFitter(penalizer_coef=penalty)
            try:
                fitter.fit(repeats, recency, age)
            except ConvergenceError:
                continue
            found = fitter.params_
            return BgNbd(*(float(found[name]) for name in ("r", "alpha", "a", "b")))
    raise ValueError("the parameters of BG/NBD could not be found")


def bg_nbd_forecast(
    known: History,
    arrivals: list[NDArray[np.int64]],
    months: int,
    generator: np.random.Generator,
    parameters: BgNbd | None = None,
) -> Months:
    """Forecast the months after the cut; one draw for each array of arrivals.

    Parameters
    ----------
    arrivals : by draw, days of the first contribution of new people, day 0 the first one after the cut.
    parameters : None fits them.
    """
    repeats, recency, age = summary_of(known)
    fitted = fit_bg_nbd(repeats, recency, age) if parameters is None else parameters
    alive = fitted.chance_alive(repeats, recency, age)
    urn = TasksOfDays(known)
    rows = []
    for new in arrivals:
        here = np.flatnonzero(generator.random(known.people) < alive)
        rate = generator.gamma(fitted.r + repeats[here], 1.0 / (fitted.alpha + age[here]))
        leave = generator.beta(fitted.a, fitted.b + repeats[here])
        new_rate = generator.gamma(fitted.r, 1.0 / fitted.alpha, len(new))
        new_leave = generator.beta(fitted.a, fitted.b, len(new))
        person, day = _active_days(
            np.concatenate([rate, new_rate]),
            np.concatenate([leave, new_leave]),
            np.concatenate([np.zeros(len(here)), new.astype(np.float64)]),
            float(months * MONTH),
            generator,
        )
        person = np.concatenate([person, len(here) + np.arange(len(new))])
        day = np.concatenate([day, new])
        # A newcomer's tasks are drawn from the days of somebody known.
        like = np.concatenate([here, generator.integers(known.people, size=len(new))])
        tasks = urn.draw(like[person], generator)
        rows.append(_row(person, day, tasks, months))
    return Months(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))


def _active_days(
    rate: NDArray[np.float64],
    leave: NDArray[np.float64],
    start: NDArray[np.float64],
    end: float,
    generator: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return person and day of each active day after ``start`` and before ``end``."""
    people, days = [], []
    person, clock = np.arange(len(rate)), start
    while len(person):
        clock = clock + generator.exponential(1.0, len(person)) / np.maximum(rate[person], 1e-300)
        inside = clock < end
        person, clock = person[inside], clock[inside]
        people.append(person)
        days.append(clock.astype(np.int64))
        stays = generator.random(len(person)) >= leave[person]
        person, clock = person[stays], clock[stays]
    if not people:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate(people), np.concatenate(days)


def _row(
    person: NDArray[np.int64], day: NDArray[np.int64], tasks: NDArray[np.float64], months: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    month = day // MONTH
    contributions = np.bincount(month, weights=tasks, minlength=months)
    active = np.bincount(np.unique(person * months + month) % months, minlength=months)
    return np.append(contributions, contributions.sum()), np.append(active, len(np.unique(person))).astype(np.float64)
