"""The forecast by the model: what those simulated people do later who had done the same until today.

Many people are simulated who arrive when those of the history did. Those whose record on the day of the cut is nearest
to a person's (active days, days since the last one, active days of the last three months, days since the first one) are
that person's twins; what one of them does afterwards is what the model expects of the person. Newcomers are simulated
on the days of arrival that all forecasters are given. Tasks of an active day are drawn from the person's own days, as
for the other forecasters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

from .months import MONTH, Months, first_days
from .observations import History
from .own_fit import Simulate
from .own_tasks import TasksOfDays

__all__ = ["DRAWS", "model_forecast", "records_at"]

# Draws of parameters, people simulated with each of them (at least so many for each person), twins of each person.
DRAWS = 20
TWINS = 3
_SIMULATED = 20_000
_FEWEST_COPIES = 4
_RECENT = 90


def model_forecast(
    known: History,
    arrivals: Sequence[NDArray[np.int64]],
    months: int,
    generator: np.random.Generator,
    *,
    draws: Sequence[Mapping[str, Value]],
    weights: NDArray[np.float64],
    simulate: Simulate,
    parameter_draws: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Months:
    """Forecast the months after the cut; one row for each array of arrivals.

    Parameters
    ----------
    known : what was known at the cut; people numbered in the order of arrival.
    draws, weights : the fitted ensemble.
    simulate : see own_fit.Simulate.
    arrivals : by row, days of the first contribution of new people, day 0 the first one after the cut.
    parameter_draws : how many draws of parameters.
    """
    chosen = _systematic(weights, min(parameter_draws, len(arrivals)), generator)
    shares = np.array_split(np.arange(len(arrivals)), len(chosen))
    record = records_at(known, known.horizon)
    tasks = TasksOfDays(known)
    contributions = np.zeros((len(arrivals), months + 1))
    active = np.zeros((len(arrivals), months + 1))
    for number, (draw, rows) in enumerate(zip(chosen, shares, strict=True)):
        seed = int(generator.integers(2**31))
        days, twins = _twins(known, record, draws[draw], simulate, months, seed)
        for row in rows:
            each = twins[np.arange(known.people), generator.integers(twins.shape[1], size=known.people)]
            new = _newcomers(known, arrivals[row], draws[draw], simulate, months, seed + 1 + int(row))
            # A newcomer's tasks are drawn from the days of somebody known.
            stay = np.concatenate([days[each], new])
            like = np.concatenate([np.arange(known.people), generator.integers(known.people, size=len(new))])
            active[row, :months] = (stay > 0).sum(axis=0)
            active[row, months] = (stay > 0).any(axis=1).sum()
            person, month = np.nonzero(stay)
            times = stay[person, month]
            done = tasks.draw(np.repeat(like[person], times), generator)
            contributions[row, :months] = np.bincount(np.repeat(month, times), weights=done, minlength=months)
        if progress is not None:
            progress(number + 1, len(chosen))
    contributions[:, months] = contributions[:, :months].sum(axis=1)
    return Months(contributions, active)


def records_at(history: History, day: int) -> NDArray[np.float64]:
    """Return what a person's record looks like on a day, in logarithms; float64[people, 4].

    Active days, days since the last one, active days of the last three months, days since the first one.
    """
    rows = history.day < day
    people = history.people
    pairs = np.unique(history.person[rows] * day + history.day[rows])
    who, when = pairs // day, pairs % day
    active = np.bincount(who, minlength=people)
    recent = np.bincount(who[when >= day - _RECENT], minlength=people)
    last = np.full(people, -1)
    np.maximum.at(last, who, when)
    return np.log1p(np.column_stack([active, day - last, recent, day - first_days(history)]))


def _twins(
    known: History,
    record: NDArray[np.float64],
    draw: Mapping[str, Value],
    simulate: Simulate,
    months: int,
    seed: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return later active days of simulated people [simulated, months], and each person's twins among them."""
    from scipy.spatial import KDTree

    copies = max(_FEWEST_COPIES, -(-_SIMULATED // known.people))
    repeated = np.repeat(np.sort(first_days(known)), copies)
    lived = simulate(draw, repeated, known.horizon + months * MONTH, seed)
    _, twins = KDTree(records_at(lived, known.horizon)).query(record, k=TWINS)
    return _by_month(lived, known.horizon, months), twins


def _newcomers(
    known: History, arrivals: NDArray[np.int64], draw: Mapping[str, Value], simulate: Simulate, months: int, seed: int
) -> NDArray[np.int32]:
    """Return active days of people to come, by month.

    The devoted come first, so that newcomers are simulated after those who came before them, not as the first ones.
    """
    everybody = np.concatenate([np.sort(first_days(known)), known.horizon + arrivals])
    lived = simulate(draw, everybody, known.horizon + months * MONTH, seed)
    return _by_month(lived, known.horizon, months)[known.people :]


def _by_month(history: History, start: int, months: int) -> NDArray[np.int32]:
    """Return active days by person and month from a day on."""
    rows = (history.day >= start) & (history.day < start + months * MONTH)
    pairs = np.unique(history.person[rows] * (months * MONTH) + history.day[rows] - start)
    counts = np.bincount(pairs // MONTH, minlength=history.people * months)
    return counts.reshape(history.people, months).astype(np.int32)


def _systematic(weights: NDArray[np.float64], size: int, generator: np.random.Generator) -> NDArray[np.intp]:
    """Return draws in proportion to their weights, with the least chance in it (Kitagawa 1996)."""
    points = (np.arange(size) + generator.random()) / size
    return np.minimum(np.searchsorted(np.cumsum(weights / weights.sum()), points), len(weights) - 1)
