"""How much there was to do, and when: months that differ, and days with few tasks or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError

__all__ = ["season_of", "supply_gaps"]


def season_of(scale: Mapping[str, Any], days: int, start: date | None) -> NDArray[np.float64]:
    """Return by day the factor on prompts: the month's, times the share of tasks that there was; float64[days].

    First contributions that are given as an input come all the same. Where gaps overlap, their shares multiply.

    Raises
    ------
    InputError : a gap that ends after the last day.
    """
    factor = np.ones(days)
    months = scale.get("month_factors")
    if months is not None:
        first = start or date(2025, 1, 1)
        factor = np.array([float(months[(first + timedelta(days=day)).month - 1]) for day in range(days)])
    for first_day, last_day, share in supply_gaps(scale, days):
        factor[first_day : last_day + 1] *= share
    return factor


def supply_gaps(scale: Mapping[str, Any], days: int) -> list[tuple[int, int, float]]:
    """Return the first and last day of each gap, and the share of tasks that there was in it: 0 where none is given.

    Raises
    ------
    InputError : a gap that ends after the last day.
    """
    gaps = [(int(gap[0]), int(gap[1]), float(gap[2]) if len(gap) > 2 else 0.0) for gap in scale.get("supply_gaps", ())]
    for _, last_day, _ in gaps:
        if last_day >= days:
            allowed = f"days from 0 to {days - 1}, the last one"
            raise InputError("ends after the case", where="supply_gaps", value=last_day, allowed=allowed)
    return gaps
