"""A user's own contributions, from a table with one line for each contribution.

Columns ``user`` and ``date``, optionally ``tasks`` (a whole number, 1 where the column is missing) and ``zone``; other
names are guessed, English and French, or said. Nothing of what identifies a person leaves this module: people are
numbered in the order of their first row, and messages show the shape of a cell, not a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entraide.model.errors import InputError, Words

from .observations import History
from .own_columns import TextColumns, read_columns, shape_of
from .own_dates import DATE_ORDERS, DateGuess, parse_dates

__all__ = ["FAULTS", "BadRows", "OwnData", "parse_contributions", "read_contributions"]

# Why a row is bad, in the order in which a row is looked at: one row has one fault.
FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "cells": "the row has too many or too few cells",
        "user": "no user",
        "no_date": "no date",
        "date": "impossible date",
        "old": "date before 1900",
        "future": "date in the future",
        "no_tasks": "no number of tasks",
        "tasks": "tasks are not a whole number",
        "few_tasks": "tasks are not 1 or more",
    }
)
_FAULTS_FR: Mapping[str, str] = MappingProxyType(
    {
        "cells": "trop ou trop peu de cellules",
        "user": "personne manquante",
        "no_date": "date manquante",
        "date": "date impossible",
        "old": "date antérieure à 1900",
        "future": "date à venir",
        "no_tasks": "nombre de tâches manquant",
        "tasks": "nombre de tâches qui n'est pas entier",
        "few_tasks": "nombre de tâches inférieur à 1",
    }
)
_OLDEST = np.datetime64("1900-01-01", "D")
_MOST_TASKS = 10**9
_LINES_SHOWN = 5
_CHECK_THE_PATH: Words = {"en": "Check the path", "fr": "Vérifier le chemin"}


@dataclass(frozen=True)
class BadRows:
    """Rows that cannot be used, of one fault.

    Attributes
    ----------
    fault : a key of FAULTS.
    count : how many.
    lines : their first lines in the file, at most five.
    example : the shape of the first cell, "" where it is empty.
    """

    fault: str
    count: int
    lines: tuple[int, ...]
    example: str = ""

    def __str__(self) -> str:
        """Return the fault, how many rows, and where they are."""
        return self.told()

    def told(self, language: str = "en") -> str:
        """Return the same in a language, "en" or "fr"."""
        lines = ", ".join(map(str, self.lines)) + (", ..." if self.count > len(self.lines) else "")
        plural = "s" if self.count > 1 else ""
        if language == "fr":
            example = f"\u202f; exemple\u202f: {self.example!r}" if self.example else ""
            return f"{_FAULTS_FR[self.fault]}\u202f: {self.count} (ligne{plural} {lines}{example})"
        example = f", as {self.example!r}" if self.example else ""
        return f"{FAULTS[self.fault]}: {self.count} (line{plural} {lines}{example})"


@dataclass(frozen=True)
class OwnData:
    """A history with what is needed to say how it was read.

    Attributes
    ----------
    history : people, days, tasks and zones as numbers.
    file : the file's name without its folder.
    encoding, separator, columns, dates : how it was read.
    first, last : dates of the first and the last contribution.
    rows : rows of the file that are not empty.
    bad : what was left out, by fault; empty when every row was used.
    """

    history: History
    file: str
    encoding: str
    separator: str
    columns: Mapping[str, str]
    dates: DateGuess
    first: date
    last: date
    rows: int
    bad: tuple[BadRows, ...]

    @property
    def skipped(self) -> int:
        """Return how many rows were left out."""
        return sum(each.count for each in self.bad)


def read_contributions(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    skip_bad_rows: bool = False,
    until: date | None = None,
    today: date | None = None,
    choose_order: Callable[[InputError], str | None] | None = None,
) -> OwnData:
    """Read a file of contributions; see :func:`parse_contributions`.

    Raises
    ------
    InputError : the file is missing or cannot be read; anything that parse_contributions refuses.
    """
    try:
        data = path.expanduser().read_bytes()
    except FileNotFoundError:
        raise InputError(
            {"en": "there is no such file", "fr": "il n'y a pas de tel fichier"},
            value=str(path),
            remedy=_CHECK_THE_PATH,
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            {"en": f"the file cannot be read: {reason}", "fr": f"le fichier ne peut être lu\u202f: {reason}"},
            value=str(path),
        ) from None
    return parse_contributions(
        data,
        path.name,
        columns=columns,
        date_format=date_format,
        skip_bad_rows=skip_bad_rows,
        until=until,
        today=today,
        choose_order=choose_order,
    )


def parse_contributions(
    data: bytes,
    where: str,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    skip_bad_rows: bool = False,
    until: date | None = None,
    today: date | None = None,
    choose_order: Callable[[InputError], str | None] | None = None,
) -> OwnData:
    """Read a table of contributions; rows of one person on one day add up.

    Parameters
    ----------
    data : the file's bytes.
    where : its name, for messages.
    columns : role (user, date, tasks, zone) -> name of a column; None guesses.
    date_format : see :func:`own_dates.parse_dates`; None guesses.
    skip_bad_rows : go on without rows that cannot be used; they are counted in the result all the same.
    until : last day on which contributions were recorded; None takes the day of the last contribution.
    today : days after it are in the future; None takes the machine's date.
    choose_order : asked, where day and month cannot be told apart, for a date format; None refuses.

    Raises
    ------
    InputError : the table or its dates cannot be understood; rows that cannot be used, unless they are to be skipped.
    """
    table = read_columns(data, where, columns)
    name = table.names["date"]
    date_place = {"en": f"{where}, column {name}", "fr": f"{where}, colonne {name}"}
    try:
        days, dates = parse_dates(table.cells["date"], date_place, date_format)
    except InputError as fault:
        chosen = choose_order(fault) if choose_order is not None and "told apart" in fault.what else None
        if chosen is None:
            raise
        days, dates = parse_dates(table.cells["date"], date_place, chosen)
    now = np.datetime64(today or date.today(), "D")
    if until is not None and np.datetime64(until, "D") > now:
        what = "nothing was recorded yet on this day"
        raise InputError(what, where="--until", value=str(until), allowed=f"{now} or earlier")
    tasks, fault_of = _check(table, days, now)
    bad = _bad_rows(table, fault_of)
    count = sum(each.count for each in bad)
    if count and (not skip_bad_rows or count == len(table.lines)):
        raise InputError(
            {
                "en": f"{count} of {len(table.lines)} rows cannot be used: {'; '.join(map(str, bad))}",
                "fr": f"{count} lignes sur {len(table.lines)} sont inutilisables\u202f: "
                + "\u202f; ".join(each.told("fr") for each in bad),
            },
            where=where,
            remedy={
                "en": "Correct them, or go on without them: --skip-bad-rows",
                "fr": "Corrigez-les, ou passez-vous d'elles en ligne de commande\u202f: --skip-bad-rows",
            }
            if count < len(table.lines)
            else _remedy(bad, dates),
        )
    good = np.flatnonzero(fault_of == "")
    first, last = days[good].min(), days[good].max()
    end = last if until is None else np.datetime64(until, "D")
    if end < last:
        raise InputError(
            "contributions come after this date", where="--until", value=str(end), allowed=f"{last} or later"
        )
    history = History(
        person=_codes(table.cells["user"], good),
        day=(days[good] - first).astype(np.int64),
        tasks=tasks[good],
        horizon=int((end - first).astype(int)) + 1,
        start=first.item(),
        zone=_codes(table.cells["zone"], good) if "zone" in table.cells else None,
    )
    return OwnData(
        history=history,
        file=where,
        encoding=table.encoding,
        separator=table.separator,
        columns=table.names,
        dates=dates,
        first=first.item(),
        last=last.item(),
        rows=len(table.lines),
        bad=bad,
    )


def _codes(texts: list[str], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each text, in the order of their first row."""
    codes, _ = pd.factorize(np.array(texts, dtype=object)[rows])
    return codes.astype(np.int64)


def _check(
    table: TextColumns, days: NDArray[np.datetime64], today: np.datetime64
) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Return the tasks of each row, and the fault of each, "" for none."""
    size = len(table.lines)
    shape = np.zeros(size, dtype=bool)
    shape[sorted(table.misshapen)] = True
    missing = np.isnat(days)
    found = {
        "cells": shape,
        "user": _empty(table.cells["user"]),
        "no_date": _empty(table.cells["date"]),
        "date": missing,
        "old": ~missing & (days < _OLDEST),
        "future": ~missing & (days > today),
    }
    tasks = np.ones(size, dtype=np.int64)
    if "tasks" in table.cells:
        texts = pd.Series(table.cells["tasks"], dtype="str")
        # A spreadsheet writes whole numbers as 3.0 or 3,0 as soon as one cell of the column is empty.
        whole = texts.str.fullmatch(r"[+-]?\d{1,12}([.,]0*)?").to_numpy(dtype=bool, na_value=False)
        values = pd.to_numeric(texts.str.replace(",", ".").where(whole), errors="coerce").fillna(0).to_numpy()
        found |= {
            "no_tasks": (texts == "").to_numpy(dtype=bool),
            "tasks": ~whole | (values > _MOST_TASKS),
            "few_tasks": whole & (values < 1),
        }
        tasks = np.clip(values, 0, _MOST_TASKS).astype(np.int64)
    fault_of = np.full(size, "", dtype=object)
    for fault, rows in found.items():
        fault_of[rows & (fault_of == "")] = fault
    return tasks, fault_of


def _empty(texts: list[str]) -> NDArray[np.bool_]:
    return np.fromiter((not text for text in texts), dtype=bool, count=len(texts))


_COLUMN_OF_FAULT = {"date": "date", "old": "date", "future": "date", "tasks": "tasks", "few_tasks": "tasks"}


def _bad_rows(table: TextColumns, fault_of: NDArray[np.object_]) -> tuple[BadRows, ...]:
    bad = []
    for fault in FAULTS:
        rows = np.flatnonzero(fault_of == fault)
        if len(rows):
            role = _COLUMN_OF_FAULT.get(fault)
            example = "" if role is None else shape_of(table.cells[role][rows[0]])
            lines = tuple(table.lines[row] for row in rows[:_LINES_SHOWN])
            bad.append(BadRows(fault, len(rows), lines, example))
    return tuple(bad)


def _remedy(bad: tuple[BadRows, ...], dates: DateGuess) -> Words:
    """Return the next step where no row is left."""
    if bad[0].fault in ("future", "old"):
        others = [shown for shown in DATE_ORDERS.values() if shown != dates.format]
        return {
            "en": f"Dates were read as {dates.format}; if they are {' or '.join(others)}, say so with --date-format",
            "fr": f"Dates lues comme {dates.format}\u202f; si elles sont {' ou '.join(others)}, écrivez-les "
            "AAAA-MM-JJ dans le fichier, ou en ligne de commande\u202f: --date-format",
        }
    return {
        "en": "Check that the columns are the right ones: --user-column, --date-column, --tasks-column",
        "fr": "Vérifiez que les colonnes sont les bonnes (en ligne de commande\u202f: --user-column, --date-column, "
        "--tasks-column)",
    }
