"""How much there was to do, and when: months that differ, and days with few tasks or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["season_of", "supply_gaps"]


def season_of(scale: Mapping[str, Any], days: int, start: date | None) -> NDArray[np.float64]:
    """Return by day the factor on prompts: the month's, times the share of tasks that there was; float64[days]."""
    factor = np.ones(days)
    months = scale.get("month_factors")
    if months is not None:
        first = start or date(2025, 1, 1)
        factor = np.array([float(months[(first + timedelta(days=day)).month - 1]) for day in range(days)])
    for first_day, last_day, share in supply_gaps(scale):
        factor[first_day : last_day + 1] *= share
    return factor


def supply_gaps(scale: Mapping[str, Any]) -> list[tuple[int, int, float]]:
    """Return the first and last day of each gap, and the share of tasks that there was in it: 0 where none is given."""
    return [(int(gap[0]), int(gap[1]), float(gap[2]) if len(gap) > 2 else 0.0) for gap in scale.get("supply_gaps", ())]
