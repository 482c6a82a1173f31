"""Years of 365 days: the unit over which a risk has one headline event."""

from __future__ import annotations

__all__ = ["DAYS_PER_YEAR", "year_slices"]

DAYS_PER_YEAR = 365


def year_slices(days: int) -> tuple[slice, ...]:
    """Return the days of each year started; the last one may be shorter than 365 days.

    Raises
    ------
    ValueError : negative ``days``.
    """
    if days < 0:
        raise ValueError(f"a simulation cannot last {days!r} days")
    return tuple(slice(first, min(first + DAYS_PER_YEAR, days)) for first in range(0, days, DAYS_PER_YEAR))
