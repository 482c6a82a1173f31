"""A user's own zones, from a CSV file.

Columns, in any order, by these names; other columns are left aside:

- ``code``, ``name``, ``population`` (inhabitants, 1 or more): required;
- ``area_km2`` (over 0 or empty), ``lon`` and ``lat`` (degrees, WGS84, both or neither), ``intercommunality``,
  ``department`` (text, may be empty), ``deprivation`` (0, least, to 1, most; every zone): optional;
- ``share:0-14``, ``share:15-24``, ``share:25-39``, ``share:40-59``, ``share:60-74``, ``share:75+``: shares of
  inhabitants by age, all six or none;
- ``share:none or brevet``, ``share:CAP-BEP``, ``share:baccalaureat``, ``share:higher education``: shares of inhabitants
  of 15 and over by diploma, all four or none. Shares are between 0 and 1 and sum to 1 within 1 %.

Text in UTF-8; columns separated by commas with a decimal point, or by semicolons with a decimal comma or point and, if
need be, spaces between thousands.

Columns are also known by French names: ``nom``, ``libellé``, ``code_insee``, ``habitants``, ``surface_km2``,
``longitude``, ``latitude``, ``epci``, ``intercommunalité``, ``département``, ``défavorisation``, ``part:0-14`` and so
on, ``part:sans diplôme ou brevet``, ``part:CAP-BEP``, ``part:baccalauréat``, ``part:études supérieures``. Accents,
capitals, spaces and signs do not matter; all of them are in :mod:`entraide.scenarios.zone_columns`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, Words

from .text_table import Row, TextTable, at_row, read_table
from .zone_columns import ACCEPTED, AGE_COLUMNS, DIPLOMA_COLUMNS, OPTIONAL_COLUMNS, REFUSED, REQUIRED_COLUMNS

__all__ = ["MOST_ZONES", "OPTIONAL_COLUMNS", "REQUIRED_COLUMNS", "ZoneTable", "parse_zones"]

MOST_ZONES = 65_535
MOST_INHABITANTS = 2**31 - 1
SHARE_TOLERANCE = 0.01

THOUSANDS = re.compile("[ \u00a0\u202f]")
THOUSANDS_GROUPED = re.compile("[+-]?\\d{1,3}([ \u00a0\u202f]\\d{3})+([.,]\\d*)?", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

_EMPTY: Words = {"en": "is empty", "fr": "cellule vide"}
_OUT_OF_RANGE: Words = {"en": "is out of range", "fr": "hors des limites"}
_MOST: Words = {
    "en": f"{MOST_INHABITANTS:,} at most",
    "fr": f"{MOST_INHABITANTS:,} au plus".replace(",", "\u202f"),
}
_WHOLE: Words = {
    "en": "a whole number of inhabitants, 1 or more",
    "fr": "un nombre entier d'habitants, 1 ou plus",
}
_LEAVE_OUT: Words = {
    "en": "leave out zones without inhabitants",
    "fr": "Laissez de côté les zones sans habitants",
}
_DIGITS: Words = {
    "en": "write digits only, without spaces, units or thousands separators",
    "fr": "N'écrivez que des chiffres, sans unité",
}


@dataclass(frozen=True)
class ZoneTable:
    """Zones as a file gives them, in the order of their codes.

    Shapes: Z zones; ``age_shares`` Z x 6 and ``diploma_shares`` Z x 4, or None, as ``deprivation``, without the
    columns. Units: inhabitants, km2, degrees; NaN and "" where unknown.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: NDArray[np.int64]
    intercommunality: tuple[str, ...]
    department: tuple[str, ...]
    area_km2: NDArray[np.float64]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    deprivation: NDArray[np.float64] | None
    age_shares: NDArray[np.float64] | None
    diploma_shares: NDArray[np.float64] | None


def parse_zones(data: bytes, where: str) -> ZoneTable:
    """Read and check the zones of a CSV file (columns: see the module).

    Parameters
    ----------
    data : the file's bytes.
    where : the file's name, for messages.

    Raises
    ------
    InputError : any fault, with the file, the row, the column and the value.
    """
    table = read_table(
        data,
        where,
        required=REQUIRED_COLUMNS,
        optional=OPTIONAL_COLUMNS,
        accepted=ACCEPTED,
        refused=REFUSED,
        most_rows=MOST_ZONES,
    )
    _refuse_incomplete(table)
    codes = _codes(table)
    order = sorted(range(len(codes)), key=codes.__getitem__)
    rows = [table.rows[index] for index in order]
    population = [_population(table, row) for row in rows]
    if sum(population) > MOST_INHABITANTS:
        raise InputError(
            {"en": "too many inhabitants in all", "fr": "trop d'habitants en tout"},
            where=where,
            value=sum(population),
            allowed=_MOST,
        )
    points = np.array([_point(table, row) for row in rows])
    return ZoneTable(
        codes=tuple(codes[index] for index in order),
        names=tuple(_text(table, row, "name", required=True) for row in rows),
        population=np.array(population, dtype=np.int64),
        intercommunality=tuple(_text(table, row, "intercommunality") for row in rows),
        department=tuple(_text(table, row, "department") for row in rows),
        area_km2=np.array([_area(table, row) for row in rows]),
        longitude=points[:, 0].copy(),
        latitude=points[:, 1].copy(),
        deprivation=_deprivation(table, rows),
        age_shares=_shares(table, rows, AGE_COLUMNS),
        diploma_shares=_shares(table, rows, DIPLOMA_COLUMNS),
    )


def _has(table: TextTable, column: str) -> bool:
    return column in table.columns


def _refuse_incomplete(table: TextTable) -> None:
    """Refuse a file that has some of the columns that only make sense together."""
    for family in (("lon", "lat"), AGE_COLUMNS, DIPLOMA_COLUMNS):
        absent = [column for column in family if not _has(table, column)]
        if absent and len(absent) < len(family):
            raise InputError(
                {"en": f"the column {absent[0]!r} is missing", "fr": f"il manque la colonne {absent[0]!r}"},
                where=at_row(table.where, 1),
                allowed={
                    "en": f"all of {', '.join(family)}, or none",
                    "fr": f"toutes celles-ci ou aucune\u202f: {', '.join(family)}",
                },
                remedy={
                    "en": "add what is missing, or remove the others",
                    "fr": "Ajoutez ce qui manque, ou retirez les autres",
                },
            )


def _at(table: TextTable, row: Row, column: str) -> Words:
    """Return where a cell is, the column by the name that the file gives it."""
    return at_row(table.where, row.number, table.given.get(column, column))


def _text(table: TextTable, row: Row, column: str, *, required: bool = False) -> str:
    text = row.cells.get(column, "")
    if required and not text:
        remedy = {"en": f"give every zone a {column}", "fr": "Aucune zone ne doit en manquer"}
        raise InputError(_EMPTY, where=_at(table, row, column), remedy=remedy)
    return text


def _codes(table: TextTable) -> list[str]:
    codes: list[str] = []
    row_of: dict[str, int] = {}
    for row in table.rows:
        code = _text(table, row, "code", required=True)
        if code in row_of:
            raise InputError(
                {
                    "en": f"this code is also that of row {row_of[code]}",
                    "fr": f"ce code est aussi celui de la ligne {row_of[code]}",
                },
                where=_at(table, row, "code"),
                value=code,
                remedy={
                    "en": "give each zone its own code, or remove one of the rows",
                    "fr": "Donnez un code à chaque zone, ou retirez l'une des lignes",
                },
            )
        row_of[code] = row.number
        codes.append(code)
    return codes


def _number(table: TextTable, row: Row, column: str, allowed: Words) -> float:
    """Return a number, or NaN for an empty cell."""
    text = row.cells.get(column, "")
    if not text:
        return math.nan
    written = text
    if table.decimal_comma:
        # As French spreadsheets write numbers: 4 200 and 2,5.
        written = THOUSANDS.sub("", written) if THOUSANDS_GROUPED.fullmatch(written) else written
        written = written.replace(",", ".") if written.count(",") == 1 and "." not in written else written
    if not NUMBER.fullmatch(written):
        remedy = dict(_DIGITS)
        if not table.decimal_comma and re.fullmatch(r"-?\d+,\d+", text):
            remedy["en"] += "; in a file separated by commas, the decimal sign is a point"
            remedy["fr"] += "\u202f; dans un fichier séparé par des virgules, le signe décimal est un point"
        what = {"en": "is not a number", "fr": "ce n'est pas un nombre"}
        raise InputError(what, where=_at(table, row, column), value=text, allowed=allowed, remedy=remedy)
    return float(written)


def _population(table: TextTable, row: Row) -> int:
    inhabitants = _number(table, row, "population", _WHOLE)
    where, text = _at(table, row, "population"), row.cells["population"]
    if math.isnan(inhabitants):
        raise InputError(_EMPTY, where=where, allowed=_WHOLE, remedy=_LEAVE_OUT)
    if inhabitants < 0:
        what = {"en": "is negative", "fr": "valeur négative"}
        raise InputError(what, where=where, value=text, allowed=_WHOLE)
    if inhabitants == 0:
        what = {"en": "nobody lives in this zone", "fr": "personne ne vit dans cette zone"}
        raise InputError(what, where=where, value=text, allowed=_WHOLE, remedy=_LEAVE_OUT)
    if inhabitants > MOST_INHABITANTS:
        what = {"en": "too many inhabitants", "fr": "trop d'habitants"}
        raise InputError(what, where=where, value=text, allowed=_MOST)
    if not inhabitants.is_integer():
        what = {"en": "is not a whole number", "fr": "ce n'est pas un nombre entier"}
        remedy = {
            "en": "round it; if these are thousands, write inhabitants",
            "fr": "Arrondissez\u202f; si ce sont des milliers, écrivez des habitants",
        }
        raise InputError(what, where=where, value=text, allowed=_WHOLE, remedy=remedy)
    return int(inhabitants)


def _area(table: TextTable, row: Row) -> float:
    allowed = {"en": "km2, over 0, or empty", "fr": "km2, plus de 0, ou vide"}
    area = _number(table, row, "area_km2", allowed)
    if area <= 0 or math.isinf(area):
        what = {"en": "is not an area", "fr": "ce n'est pas une superficie"}
        where = _at(table, row, "area_km2")
        raise InputError(what, where=where, value=row.cells["area_km2"], allowed=allowed)
    return area


def _point(table: TextTable, row: Row) -> tuple[float, float]:
    """Return longitude and latitude, both NaN when the zone has no point."""
    found = []
    for column, furthest in (("lon", 180.0), ("lat", 90.0)):
        allowed = {
            "en": f"degrees from -{furthest:g} to {furthest:g} (WGS84), or empty",
            "fr": f"degrés de -{furthest:g} à {furthest:g} (WGS84), ou vide",
        }
        degrees = _number(table, row, column, allowed)
        if abs(degrees) > furthest:
            metres = {
                "en": "coordinates in metres (Lambert 93) must be converted to degrees",
                "fr": "Convertissez en degrés les coordonnées en mètres (Lambert 93)",
            }
            raise InputError(
                _OUT_OF_RANGE,
                where=_at(table, row, column),
                value=row.cells[column],
                allowed=allowed,
                remedy=metres if degrees > 1000 else "",
            )
        found.append(degrees)
    if math.isnan(found[0]) != math.isnan(found[1]):
        column = "lon" if math.isnan(found[0]) else "lat"
        what = {
            "en": "only one of lon and lat is given",
            "fr": "une seule des deux coordonnées est donnée",
        }
        remedy = {
            "en": "give both lon and lat, or leave both empty",
            "fr": "Donnez longitude et latitude, ou laissez les deux vides",
        }
        raise InputError(what, where=_at(table, row, column), remedy=remedy)
    return found[0], found[1]


def _deprivation(table: TextTable, rows: Sequence[Row]) -> NDArray[np.float64] | None:
    if not _has(table, "deprivation"):
        return None
    return np.array([_share(table, row, "deprivation") for row in rows])


def _share(table: TextTable, row: Row, column: str) -> float:
    share = _number(table, row, column, {"en": "a number from 0 to 1", "fr": "un nombre de 0 à 1"})
    allowed = {"en": "0 to 1", "fr": "de 0 à 1"}
    where, text = _at(table, row, column), row.cells[column]
    if math.isnan(share):
        remedy = {
            "en": "fill every row, or remove the column",
            "fr": "Remplissez toutes les lignes, ou retirez la colonne",
        }
        raise InputError(_EMPTY, where=where, allowed=allowed, remedy=remedy)
    if not 0.0 <= share <= 1.0:
        percentages = {"en": "divide percentages by 100", "fr": "Divisez les pourcentages par 100"}
        percent = 1.0 < share <= 100.0
        raise InputError(_OUT_OF_RANGE, where=where, value=text, allowed=allowed, remedy=percentages if percent else "")
    return share


def _shares(table: TextTable, rows: Sequence[Row], columns: Sequence[str]) -> NDArray[np.float64] | None:
    if not _has(table, columns[0]):
        return None
    shares = np.array([[_share(table, row, column) for column in columns] for row in rows])
    sums = shares.sum(axis=1)
    wrong = np.flatnonzero(np.abs(sums - 1.0) > SHARE_TOLERANCE)
    if wrong.size:
        row = rows[int(wrong[0])]
        raise InputError(
            {
                "en": f"the shares {columns[0]} to {columns[-1]} do not sum to 1",
                "fr": f"la somme des parts, de {columns[0]} à {columns[-1]}, n'est pas 1",
            },
            where=at_row(table.where, row.number),
            value=round(float(sums[wrong[0]]), 4),
            allowed={"en": "1, within 1 %", "fr": "1, à 1\u202f% près"},
        )
    return shares
