"""When people arrived: dates or counts of first contributions, read from a file that a case names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entraide.model.errors import InputError

__all__ = ["read_arrivals"]

_MOST_PEOPLE = 10_000_000


def read_arrivals(path: Path, days: int, start: date | None = None) -> NDArray[np.int64]:
    """Return the day of each person's first contribution, ascending; int64[people].

    The file is a CSV with a column ``day`` (0 is the first day) or ``date``, and, where a row stands for several
    people, ``count``; ``days`` says over how many days from that one they are spread evenly (default 1). Dates count
    from ``start``, by default from the first row's.

    Raises
    ------
    InputError : no such file, a column or a value that cannot be used, a day out of range, nobody or too many people.
    """
    where = path.name
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as fault:
        raise InputError("cannot be read", where=where, value=str(fault)) from None
    if "day" in table:
        day = pd.to_numeric(table["day"], errors="coerce")
    elif "date" in table:
        dates = pd.to_datetime(table["date"], errors="coerce", format="%Y-%m-%d")
        day = (dates - (dates.min() if start is None else pd.Timestamp(start))).dt.days
    else:
        raise InputError("no column says when people arrived", where=where, allowed="day or date")
    count = _numbers(table, "count")
    spread = _numbers(table, "days")
    bad = day.isna() | (count < 0) | (count != count.round()) | (spread < 1) | (day < 0) | (day + spread > days)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise InputError(
            "a row cannot be used",
            where=f"{where}, line {row + 2}",
            value=table.iloc[row].to_dict(),
            allowed=f"days 0 to {days - 1}, whole counts, spread of 1 day or more",
        )
    if not 0 < count.sum() <= _MOST_PEOPLE:
        raise InputError(
            "nobody arrives" if count.sum() == 0 else "too many people arrive",
            where=where,
            value=int(count.sum()),
            allowed=f"1 to {_MOST_PEOPLE:,} people",
        )
    arrived = [
        int(first) + (np.arange(int(number)) * int(width)) // max(1, int(number))
        for first, number, width in zip(day, count, spread, strict=True)
    ]
    return np.sort(np.concatenate(arrived)).astype(np.int64)


def _numbers(table: pd.DataFrame, column: str) -> pd.Series[float]:
    """Return a column as numbers, 1 where the file has none; what is no number becomes -1."""
    if column not in table:
        return pd.Series(1.0, index=table.index)
    return pd.to_numeric(table[column], errors="coerce").fillna(-1.0)
