"""Phase 1: needs arise. Poisson by zone and day, around season, weekday, deprivation and surges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arithmetic import cosine_of_turn
from .compilation import kernel
from .random_numbers import poisson
from .territory import Territory

__all__ = ["calendar_factors", "daily_needs", "draw_needs", "is_working_day"]


def daily_needs(service: Any, territory: Territory) -> NDArray[np.float64]:
    """Return the mean needs a day by zone on an ordinary day; poorer zones have more where deprivation is known.

    Shapes: float64[Z]. Need is never proportional to reports. The territory's mean does not depend on the slope.
    """
    population = territory.population.astype(np.float64)
    weight = np.ones(territory.zones)
    if territory.deprivation is not None:
        mean = float((population * territory.deprivation).sum() / population.sum())
        weight = np.maximum(0.0, 1.0 + float(service["need_deprivation_slope"]) * (territory.deprivation - mean))
        weight /= float((weight * population).sum() / population.sum())
    return float(service["needs_rate"]) / 1000.0 / 365.0 * population * weight


def is_working_day(day: date) -> bool:
    """Return whether a date is Monday to Friday."""
    return day.weekday() < 5


def calendar_factors(service: Any, start: date, days: int) -> NDArray[np.float64]:
    """Return the factor of season and weekday by day; its mean over a year is 1.

    Shapes: float64[days].
    """
    weekend = float(service["weekend_factor"])
    ordinary = 7.0 / (5.0 + 2.0 * weekend)
    factors = np.empty(days)
    for t in range(days):
        today = start + timedelta(days=t)
        turn = (today.timetuple().tm_yday - float(service["season_peak_day"])) / 365.0
        season = 1.0 + float(service["season_amplitude"]) * cosine_of_turn(turn)
        factors[t] = season * ordinary * (1.0 if is_working_day(today) else weekend)
    return factors


@kernel
def draw_needs(means, factors, day, key, arisen):
    """Fill ``arisen`` int64[Z] with today's needs; ``means`` and ``factors`` float64[Z]."""
    for z in range(means.shape[0]):
        arisen[z] = poisson(means[z] * factors[z], key, z, day)
