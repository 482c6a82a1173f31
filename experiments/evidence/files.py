"""Files of third-party data, read into observations.

The files are not part of the project: they lie in the folder that ENTRAIDE_EVIDENCE_DATA names, by default
``shared/data/evidence`` beside the checkout.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entraide.model.errors import InputError

from .observations import Areas, Game, History, Observation, Requests, Votes

__all__ = ["EVIDENCE_FILES", "VARIABLE", "evidence_folder", "read_evidence"]

VARIABLE = "ENTRAIDE_EVIDENCE_DATA"
_WEEKS_PER_MONTH = 365.25 / 12 / 7


def evidence_folder() -> Path:
    """Return the folder of the files of third-party data.

    Raises
    ------
    InputError : it is not there.
    """
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else Path(__file__).resolve().parents[2].parent / "shared" / "data" / "evidence"
    if not folder.is_dir():
        raise InputError(
            "no folder of evidence data",
            where=VARIABLE,
            value=named,
            remedy=f"set {VARIABLE} to the folder that holds the files; they are not part of the project",
        )
    return folder


def read_evidence(name: str, folder: Path | None = None) -> Observation:
    """Return the observation that a file of third-party data holds.

    Parameters
    ----------
    name : of the file, one of EVIDENCE_FILES.
    folder : where it lies; by default ``evidence_folder()``.

    Raises
    ------
    InputError : unknown name, no such folder or file, a column that is missing.
    """
    if name not in EVIDENCE_FILES:
        raise InputError("unknown file of evidence data", value=name, allowed=", ".join(sorted(EVIDENCE_FILES)))
    reader, columns = EVIDENCE_FILES[name]
    path = (evidence_folder() if folder is None else folder) / name
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError, EOFError) as fault:
        raise InputError("the file cannot be read", where=name, value=str(fault)) from None
    missing = [column for column in columns if column not in table]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", where=name, allowed=", ".join(columns))
    return reader(table)


def _days(dates: pd.Series[str], start: pd.Timestamp) -> NDArray[np.int64]:
    return np.asarray((pd.to_datetime(dates, format="%Y-%m-%d") - start).dt.days, np.int64)


def _start(dates: pd.Series[str]) -> pd.Timestamp:
    return pd.Timestamp(pd.to_datetime(dates, format="%Y-%m-%d").min())


def _codes(names: pd.Series[str]) -> NDArray[np.int64]:
    """Return numbers from 0 in the place of names."""
    return np.asarray(pd.factorize(names)[0], np.int64)


def _contributions(table: pd.DataFrame) -> History:
    """One row for each contribution."""
    start = _start(table["date"])
    day = _days(table["date"], start)
    tasks = np.ones(len(table), np.int64)
    return History(_codes(table["user"]), day, tasks, int(day.max()) + 1, start.date())


def _first_and_last(table: pd.DataFrame) -> History:
    """One row for each person. What lies between first and last day is unknown: only arrivals and survival count."""
    start = _start(table["first"])
    first, last = _days(table["first"], start), _days(table["last"], start)
    person = np.arange(len(table))
    again = last > first
    who, day = np.concatenate([person, person[again]]), np.concatenate([first, last[again]])
    return History(who, day, np.ones(len(who), np.int64), int(day.max()) + 1, start.date())


def _newcomers(table: pd.DataFrame) -> History:
    """Counts of new people by day; nothing is known of what they do after it."""
    start = _start(table["date"])
    day = np.repeat(_days(table["date"], start), table["new_users"].to_numpy())
    horizon = int(_days(table["date"], start).max()) + 1
    return History(np.arange(len(day)), day, np.ones(len(day), np.int64), horizon, start.date())


def _votes(table: pd.DataFrame) -> Votes:
    label, gold = table["label"].to_numpy(np.int64), table["gold"].to_numpy(np.int64)
    classes = int(max(label.max(), gold.max())) + 1
    return Votes(_codes(table["worker"]), _codes(table["item"]), label, gold, classes)


def _cooperation(table: pd.DataFrame) -> Game:
    """The unconditional contribution (first mover) and those stated for a low, middle and high one of the other."""
    stated = table[["ccL", "ccM", "ccH"]].to_numpy(np.float64) / 100
    period = table["period"].to_numpy(np.int64)
    given = table["uc"].to_numpy(np.float64) / 100
    return Game(_codes(table["subject"]), period - period.min(), given, stated)


def _blood(table: pd.DataFrame) -> Requests:
    answered = table["donated_mar2007"].to_numpy() == 1
    months, gifts = table["recency_m"].to_numpy(np.float64), table["frequency"].to_numpy(np.int64)
    return Requests(answered, months, gifts, None, None)


def _mailings(table: pd.DataFrame) -> Requests:
    months = table["weekslast"].to_numpy(np.float64) / _WEEKS_PER_MONTH
    share, last = table["propresp"].to_numpy(np.float64), table["resplast"].to_numpy() == 1
    return Requests(table["respond"].to_numpy() == 1, months, None, share, last)


def _small_areas(table: pd.DataFrame) -> Areas:
    """England only: deprivation is ranked within each nation."""
    england = table[table["nation"] == "E"]
    return Areas(
        england["decile"].to_numpy(np.int64),
        england["reports"].to_numpy(np.int64),
        england["user_years"].to_numpy(np.int64),
    )


def _districts(table: pd.DataFrame) -> Areas:
    """Periods are calendar years, 0 the first; a reporter counts once a month. Deprivation is unknown: decile 0."""
    year = table["month"].str[:4].astype(np.int64)
    return Areas(
        np.zeros(len(table), np.int64),
        table["reports"].to_numpy(np.int64),
        table["unique_users"].to_numpy(np.int64),
        np.asarray(year - year.min(), np.int64),
        _codes(table["lad"]),
    )


_Reader = Callable[[pd.DataFrame], Observation]
_CONTRIBUTIONS: tuple[_Reader, tuple[str, ...]] = (_contributions, ("user", "date"))
_CROWD: tuple[_Reader, tuple[str, ...]] = (_votes, ("worker", "item", "label", "gold"))

EVIDENCE_FILES: Mapping[str, tuple[_Reader, tuple[str, ...]]] = MappingProxyType(
    {
        "git_openaddresses.csv": _CONTRIBUTIONS,
        "git_nightscout.csv": _CONTRIBUTIONS,
        "git_free_programming_books.csv": _CONTRIBUTIONS,
        "git_opencovid19fr.csv": _CONTRIBUTIONS,
        "git_osm_community_index.csv": _CONTRIBUTIONS,
        "gbif_bombus_sweden.csv.gz": _CONTRIBUTIONS,
        "serengeti_users_first_last.csv.gz": (_first_and_last, ("first", "last")),
        "serengeti_new_users_daily.csv": (_newcomers, ("date", "new_users")),
        "crowd_bluebirds.csv.gz": _CROWD,
        "crowd_sentiment_sp.csv.gz": _CROWD,
        "condcoop_andreozzi2020.csv.gz": (_cooperation, ("period", "uc", "ccL", "ccM", "ccH", "subject")),
        "blood_transfusion_taiwan.csv": (_blood, ("recency_m", "frequency", "donated_mar2007")),
        "charity_mailings_nl.csv.gz": (_mailings, ("respond", "resplast", "weekslast", "propresp")),
        "fms_lsoa_2015_2019_imd.csv.gz": (_small_areas, ("nation", "decile", "reports", "user_years")),
        "fms_lad_month_2007_2015.csv.gz": (_districts, ("lad", "month", "reports", "unique_users")),
    }
)
"""Each file's reader, and the columns that it needs."""
