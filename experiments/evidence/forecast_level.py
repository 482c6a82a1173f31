"""What the last known year says about a forecaster's level: a correction of the volume that it forecasts.

The forecaster is asked for the last known year from the day before it, with the arrivals of that year given. By how
much it was wrong is taken, in logarithms, as one observation of a lasting error: the error is normal around 0 with the
standard deviation BIAS, the observation around it with the spread of the forecast itself. The months to come are
multiplied by draws from what is then believed of it, so that the correction is smaller than the error seen, and
uncertain (an intercept correction, Clements & Hendry 1998). Only contributions are corrected: how many people are
active is forecast no better with it (docs/reference/forecast.md).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .months import MONTH, Months, first_days, monthly, until
from .observations import History

__all__ = ["BIAS", "Forecaster", "corrected"]

# (known, arrivals by row, months, generator) -> forecast
Forecaster = Callable[[History, list[NDArray[np.int64]], int, np.random.Generator], Months]

# Assumption: for one project in three a fitted model is wrong by more than half or by more than twice in the long run.
BIAS = 0.7
_YEAR = 12
_FEWEST_BEFORE = 6
_BACKCASTS = 60


def corrected(
    forecaster: Forecaster,
    known: History,
    forecast: Months,
    generator: np.random.Generator,
) -> Months:
    """Return a forecast whose level is corrected by the last known year; as it was where less than that is known."""
    start = known.horizon - _YEAR * MONTH
    if start < _FEWEST_BEFORE * MONTH:
        return forecast
    part = until(known, start)
    if part.people < 2:
        return forecast
    first = first_days(known)
    arrived = np.sort(first[first >= start]) - start
    back = forecaster(part, [arrived] * _BACKCASTS, _YEAR, generator)
    happened = monthly(known, start, _YEAR)
    factor = _factor(back.contributions[:, -1], happened.contributions[0, -1], len(forecast.contributions), generator)
    return Months(forecast.contributions * factor, forecast.active)


def _factor(
    said: NDArray[np.float64], happened: float, size: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return factors to multiply a forecast by; float64[size, 1]."""
    # One more of each, so that nothing forecast or seen has a logarithm.
    logs = np.log1p(said)
    error, spread = float(np.log1p(happened) - np.median(logs)), max(float(logs.std()), 0.05)
    kept = BIAS**2 / (BIAS**2 + spread**2)
    return np.exp(error * kept + np.sqrt(kept) * spread * generator.standard_normal((size, 1)))
