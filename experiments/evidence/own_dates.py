"""Dates as people and programs write them: the order of day, month and year, guessed from all rows at once.

A single date such as 03/04/2024 has two meanings; a column of them nearly always has one, because some day is over 12.
Where none is, nothing is guessed: the user says it. A time after the date is left out; the day is the one that is
written, whatever the time zone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entraide.model.errors import InputError, Text, Words

from .own_columns import shape_of

__all__ = ["DATE_ORDERS", "DateGuess", "parse_dates"]

# Order -> how it is shown, and as the option --date-format takes it.
DATE_ORDERS: Mapping[str, str] = MappingProxyType(
    {"year first": "YYYY-MM-DD", "day first": "DD/MM/YYYY", "month first": "MM/DD/YYYY"}
)

_DATE = (
    r"^(?P<first>\d{4}|\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<third>\d{4}|\d{1,2})"
    r"|^(?P<joined>\d{8})"
)
_TIME = r"(?:[T ]\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$"
_WORDS = MappingProxyType(
    {"YYYY": "%Y", "AAAA": "%Y", "YY": "%y", "AA": "%y", "MM": "%m", "DD": "%d", "JJ": "%d", "D": "%d", "J": "%d"}
)
# One order is taken when at most this share of the dates that speak against an order speaks against it.
_CONTRADICTION = 0.1
_NO_DATE = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class DateGuess:
    """How dates were understood.

    Attributes
    ----------
    order : a key of DATE_ORDERS, or "as given" with --date-format.
    format : how it is shown: "DD/MM/YYYY", or the format that was given.
    deciding : rows that the other order cannot read; 0 with "year first" and "as given", which need no decision.
    against : rows that this order cannot read and the other could.
    """

    order: str
    format: str
    deciding: int = 0
    against: int = 0


def parse_dates(
    texts: Sequence[str], where: Text, date_format: str | None = None
) -> tuple[NDArray[np.datetime64], DateGuess]:
    """Return the day of each text, NaT where it is no date, and how they were read.

    Parameters
    ----------
    texts : n texts, stripped.
    where : the file's name and column, for messages.
    date_format : "DD/MM/YYYY", "JJ/MM/AAAA" or a format of Python's strptime such as "%d %b %Y"; None guesses.

    Returns
    -------
    datetime64[D][n], and the guess.

    Raises
    ------
    InputError : no text looks like a date; day and month cannot be told apart; the rows contradict each other; a format
        without day, month and year.
    """
    # Logs repeat days: each spelling is read once.
    codes, spellings = pd.factorize(np.array(texts, dtype=object))
    column = pd.Series(spellings, dtype="str")
    if date_format is not None:
        return _with_format(column, where, date_format)[codes], DateGuess("as given", date_format)
    rows = np.bincount(codes, minlength=len(column))
    days, guess = _guessed(column, rows, where)
    return days[codes], guess


def _guessed(column: pd.Series, rows: NDArray[np.int64], where: Text) -> tuple[NDArray[np.datetime64], DateGuess]:
    """Return the day of each spelling, and how they were read; ``rows`` says how often each is there."""
    parts = column.str.extract(_DATE + _TIME)
    joined = parts["joined"]
    first, second, third = (
        pd.to_numeric(parts[name], errors="coerce").to_numpy() for name in ("first", "second", "third")
    )
    long_first = (parts["first"].str.len() == 4).to_numpy(dtype=bool, na_value=False)
    year_first = _days(first, second, third, long_first)
    with_sign = ~np.isnat(year_first)
    compact = pd.to_datetime(joined, format="%Y%m%d", errors="coerce").to_numpy().astype("datetime64[D]")
    year_first = np.where(with_sign, year_first, compact)
    short = ~long_first & ~np.isnan(first) & (parts["third"].str.len() != 1).to_numpy(dtype=bool, na_value=False)
    if not short.any():
        if np.isnat(year_first).all():
            raise _no_dates(column, where)
        return year_first, DateGuess("year first", DATE_ORDERS["year first"])
    year = np.where(third < 69, third + 2000, np.where(third < 100, third + 1900, third))
    day_first, month_first = _days(year, second, first, short), _days(year, first, second, short)
    order, deciding, against = _decide(day_first, month_first, rows, where)
    days = day_first if order == "day first" else month_first
    if (~np.isnat(year_first)).sum() > 0:
        # Both forms in one column: each text still has one meaning.
        days = np.where(np.isnat(days), year_first, days)
    return days, DateGuess(order, DATE_ORDERS[order], deciding, against)


def _days(
    year: NDArray[np.float64], month: NDArray[np.float64], day: NDArray[np.float64], where: NDArray[np.bool_]
) -> NDArray[np.datetime64]:
    """Return the days that exist in the calendar, NaT elsewhere."""
    possible = where & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    found = np.full(len(year), _NO_DATE)
    months = (year[possible] - 1970).astype("int64") * 12 + month[possible].astype("int64") - 1
    start = months.astype("datetime64[M]")
    days = start.astype("datetime64[D]") + (day[possible].astype("int64") - 1).astype("timedelta64[D]")
    found[possible] = np.where(days.astype("datetime64[M]") == start, days, _NO_DATE)
    return found


def _decide(
    day_first: NDArray[np.datetime64], month_first: NDArray[np.datetime64], rows: NDArray[np.int64], where: Text
) -> tuple[str, int, int]:
    """Return the order, the rows that decide for it and those that speak against it."""
    for_day = int(rows[~np.isnat(day_first) & np.isnat(month_first)].sum())
    for_month = int(rows[np.isnat(day_first) & ~np.isnat(month_first)].sum())
    larger, smaller = max(for_day, for_month), min(for_day, for_month)
    remedy: Words = {
        "en": "Say it: --date-format DD/MM/YYYY or --date-format MM/DD/YYYY",
        "fr": "Écrivez-les AAAA-MM-JJ dans le fichier, ou en ligne de commande\u202f: --date-format JJ/MM/AAAA",
    }
    if larger == 0 and bool((day_first != month_first)[~np.isnat(day_first)].any()):
        place = int(np.flatnonzero((day_first != month_first) & ~np.isnat(day_first))[0])
        raise InputError(
            {
                "en": "day and month cannot be told apart: no date has a day over 12 "
                f"({day_first[place]} or {month_first[place]})",
                "fr": "jour et mois ne se distinguent pas\u202f: aucune date n'a de jour au-delà de 12 "
                f"({day_first[place]} ou {month_first[place]})",
            },
            where=where,
            allowed={
                "en": "a date with the year first (YYYY-MM-DD), or an order that you say",
                "fr": "une date qui commence par l'année (AAAA-MM-JJ), ou un ordre que vous indiquez",
            },
            remedy=remedy,
        )
    if smaller > _CONTRADICTION * larger:
        raise InputError(
            {
                "en": f"dates are written in two orders: {for_day} rows only make sense with the day first, "
                f"{for_month} only with the month first",
                "fr": f"les dates sont écrites dans deux ordres\u202f: {for_day} lignes n'ont de sens qu'avec le jour "
                f"d'abord, {for_month} qu'avec le mois d'abord",
            },
            where=where,
            remedy={
                "en": f"Write them alike. {remedy['en']}; the others are then reported as bad rows",
                "fr": f"Écrivez-les de la même façon. {remedy['fr']}",
            },
        )
    return ("day first", for_day, for_month) if for_day >= for_month else ("month first", for_month, for_day)


def _with_format(column: pd.Series, where: Text, written: str) -> NDArray[np.datetime64]:
    pattern = written
    if "%" not in written:
        pattern = re.sub(
            r"A{2,4}|Y{2,4}|M{2}|D{1,2}|J{1,2}", lambda found: _WORDS.get(found[0], found[0]), written.upper()
        )
    plain = re.sub(r"%-", "%", pattern)
    complete = all(re.search(f"%[{each}]", plain) for each in ("YyGcx", "mbBjcxV", "djcxuaA"))
    if not complete:
        raise InputError(
            "the format must hold day, month and year",
            where="--date-format",
            value=written,
            allowed='DD/MM/YYYY, MM/DD/YYYY, YYYY-MM-DD, or Python\'s codes such as "%d %b %Y"',
        )
    if "%z" in plain:
        # The day that is written counts, not the day in Greenwich.
        plain = plain.replace("%z", "").rstrip()
        column = column.str.replace(r"\s*(?:Z|UTC|[+-]\d{2}:?\d{2})$", "", regex=True)
    if not re.search(r"%[HIMSfpZcX]", plain):
        column = column.str.replace(r"[T ]\s*\d{1,2}[:h]\d{2}.*$", "", regex=True)
    try:
        found = pd.to_datetime(column, format=plain, errors="coerce")
    except ValueError:
        raise InputError("is not a format of dates", where="--date-format", value=written) from None
    days = found.to_numpy().astype("datetime64[D]")
    if np.isnat(days).all():
        raise InputError(
            "no date has this format", where="--date-format", value=written, allowed=f"one that fits {_example(column)}"
        )
    return days


def _example(column: pd.Series) -> str:
    filled = column[column != ""]
    return repr(shape_of(str(filled.iloc[0]))) if len(filled) else "the rows"


def _no_dates(column: pd.Series, where: Text) -> InputError:
    filled = column[column != ""]
    remedy: Words = {
        "en": 'Say the format: --date-format "%d %b %Y" for 12 Mar 2024; or the column: --date-column NAME',
        "fr": "Écrivez les dates AAAA-MM-JJ dans la colonne nommée date, ou en ligne de commande\u202f: --date-format, "
        "--date-column NOM",
    }
    if len(filled) and filled.str.fullmatch(r"[1-6]\d{4}([.,]\d+)?").all():
        remedy = {
            "en": "These look like a spreadsheet's day numbers: show the column as dates there, then save again",
            "fr": "Ce sont sans doute des numéros de jours d'un tableur\u202f: affichez-y la colonne en dates et "
            "enregistrez à nouveau",
        }
    elif len(filled) and filled.str.fullmatch(r"\d{9,13}([.,]\d+)?").all():
        remedy = {
            "en": "These look like seconds since 1970: write them as dates, YYYY-MM-DD",
            "fr": "Ce sont sans doute des secondes depuis 1970\u202f: écrivez des dates, AAAA-MM-JJ",
        }
    return InputError(
        {
            "en": "no row holds a date that is understood",
            "fr": "aucune ligne ne contient de date comprise",
        },
        where=where,
        value=shape_of(str(filled.iloc[0])) if len(filled) else "",
        allowed={
            "en": "2024-03-31, 31/03/2024, 03/31/2024, with or without a time",
            "fr": "2024-03-31, 31/03/2024, 03/31/2024, avec ou sans heure",
        },
        remedy=remedy,
    )
