"""What goes on as it was: arrivals to come, the same for all forecasts that need them, and the naive forecast."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .metrics_returns import COHORT_DAYS
from .months import MONTH, Months, first_days, monthly
from .observations import History

__all__ = ["RECENT_MONTHS", "future_arrivals", "naive_forecast"]

RECENT_MONTHS = 12
_YEAR = 365


def future_arrivals(known: History, months: int, size: int, generator: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return days of arrival after the cut, day 0 the first one, ascending; one array for each of ``size`` draws.

    Each day to come repeats the same day of the last known year, or of all that is known where that is less, but the
    launch, which comes once; each of its arrivals is counted as often as a Poisson number of mean 1 says, which gives
    draws the spread of chance.
    """
    counts = np.bincount(first_days(known), minlength=known.horizon)
    # Half of what is known may be launch, no more. The first day is no arrival like others: no history is without it.
    launch = max(1, min(COHORT_DAYS, known.horizon // 2))
    year = min(_YEAR, known.horizon - launch)
    ahead = np.arange(months * MONTH)
    expected = counts[known.horizon - year + ahead % year]
    return [np.repeat(ahead, generator.poisson(expected)).astype(np.int64) for _ in range(size)]


def naive_forecast(known: History, months: int, size: int, generator: np.random.Generator) -> Months:
    """Forecast each month as the mean of the last twelve, with their spread and that of the mean (normal, not under 0).

    The people of the whole time to come are forecast in the same way from known stretches as long as it is, which end
    in the last twelve months.
    """
    recent = min(RECENT_MONTHS, known.horizon // MONTH)
    past = monthly(known, known.horizon - recent * MONTH, recent)
    contributions = _continued(past.contributions[0, :recent], months, size, generator)
    active = _continued(past.active[0, :recent], months, size, generator)
    length = min(months, known.horizon // MONTH)
    ends = [known.horizon - MONTH * back for back in range(recent) if known.horizon - MONTH * (back + length) >= 0]
    stretches = np.array([monthly(known, end - length * MONTH, length).active[0, -1] for end in ends])
    # A stretch shorter than the time to come is drawn out in proportion: new people keep coming.
    whole = _continued(stretches * months / length, 1, size, generator)
    return Months(
        np.column_stack([contributions, contributions.sum(axis=1)]),
        np.column_stack([active, np.maximum(whole[:, 0], active.max(axis=1))]),
    )


def _continued(
    past: NDArray[np.float64], months: int, size: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    spread = float(past.std(ddof=1)) if len(past) > 1 else float(np.sqrt(past.mean()))
    level = past.mean() + spread / np.sqrt(len(past)) * generator.standard_normal((size, 1))
    return np.maximum(0.0, level + spread * generator.standard_normal((size, months)))
