"""A user's own zones, from a CSV file.

Columns, in any order, by these names; other columns are left aside:

- ``code``, ``name``, ``population`` (inhabitants, 1 or more): required;
- ``area_km2`` (over 0 or empty), ``lon`` and ``lat`` (degrees, WGS84, both or neither), ``intercommunality``,
  ``department`` (text, may be empty), ``deprivation`` (0, least, to 1, most; every zone): optional;
- ``share:0-14``, ``share:15-24``, ``share:25-39``, ``share:40-59``, ``share:60-74``, ``share:75+``: shares of
  inhabitants by age, all six or none;
- ``share:none or brevet``, ``share:CAP-BEP``, ``share:baccalaureat``, ``share:higher education``: shares of inhabitants
  of 15 and over by diploma, all four or none. Shares are between 0 and 1 and sum to 1 within 1 %.

Text in UTF-8; columns separated by commas with a decimal point, or by semicolons with a decimal comma or point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError

from .groups import AGE_BANDS, DIPLOMAS
from .text_table import Row, TextTable, read_table

__all__ = ["MOST_ZONES", "OPTIONAL_COLUMNS", "REQUIRED_COLUMNS", "ZoneTable", "parse_zones"]

MOST_ZONES = 65_535
MOST_INHABITANTS = 2**31 - 1
SHARE_TOLERANCE = 0.01

AGE_COLUMNS = tuple(f"share:{age}" for age in AGE_BANDS)
DIPLOMA_COLUMNS = tuple(f"share:{diploma}" for diploma in DIPLOMAS)
REQUIRED_COLUMNS = ("code", "name", "population")
OPTIONAL_COLUMNS = (
    *("area_km2", "lon", "lat", "intercommunality", "department", "deprivation"),
    *AGE_COLUMNS,
    *DIPLOMA_COLUMNS,
)
OTHER_SPELLINGS = {
    "insee": "code",
    "code_insee": "code",
    "nom": "name",
    "inhabitants": "population",
    "habitants": "population",
    "area": "area_km2",
    "surface": "area_km2",
    "x": "lon",
    "lng": "lon",
    "long": "lon",
    "longitude": "lon",
    "y": "lat",
    "latitude": "lat",
    "epci": "intercommunality",
}

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


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
        other_spellings=OTHER_SPELLINGS,
        most_rows=MOST_ZONES,
    )
    _refuse_incomplete(table)
    codes = _codes(table)
    order = sorted(range(len(codes)), key=codes.__getitem__)
    rows = [table.rows[index] for index in order]
    population = [_population(table, row) for row in rows]
    if sum(population) > MOST_INHABITANTS:
        raise InputError(
            "too many inhabitants in all", where=where, value=sum(population), allowed=f"{MOST_INHABITANTS:,} at most"
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
                f"the column {absent[0]!r} is missing",
                where=f"{table.where}, row 1",
                allowed=f"all of {', '.join(family)}, or none",
                remedy="add what is missing, or remove the others",
            )


def _at(table: TextTable, row: Row, column: str) -> str:
    return f"{table.where}, row {row.number}, column {column}"


def _text(table: TextTable, row: Row, column: str, *, required: bool = False) -> str:
    text = row.cells.get(column, "")
    if required and not text:
        raise InputError("is empty", where=_at(table, row, column), remedy=f"give every zone a {column}")
    return text


def _codes(table: TextTable) -> list[str]:
    codes: list[str] = []
    row_of: dict[str, int] = {}
    for row in table.rows:
        code = _text(table, row, "code", required=True)
        if code in row_of:
            raise InputError(
                f"this code is also that of row {row_of[code]}",
                where=_at(table, row, "code"),
                value=code,
                remedy="give each zone its own code, or remove one of the rows",
            )
        row_of[code] = row.number
        codes.append(code)
    return codes


def _number(table: TextTable, row: Row, column: str, allowed: str) -> float:
    """Return a number, or NaN for an empty cell."""
    text = row.cells.get(column, "")
    if not text:
        return math.nan
    written = text.replace(",", ".") if table.decimal_comma and text.count(",") == 1 and "." not in text else text
    if not NUMBER.fullmatch(written):
        remedy = "write digits only, without spaces, units or thousands separators"
        if not table.decimal_comma and re.fullmatch(r"-?\d+,\d+", text):
            remedy += "; in a file separated by commas, the decimal sign is a point"
        raise InputError("is not a number", where=_at(table, row, column), value=text, allowed=allowed, remedy=remedy)
    return float(written)


def _population(table: TextTable, row: Row) -> int:
    allowed = "a whole number of inhabitants, 1 or more"
    inhabitants = _number(table, row, "population", allowed)
    where, text = _at(table, row, "population"), row.cells["population"]
    if math.isnan(inhabitants):
        raise InputError("is empty", where=where, allowed=allowed, remedy="leave out zones without inhabitants")
    if inhabitants < 0:
        raise InputError("is negative", where=where, value=text, allowed=allowed)
    if inhabitants == 0:
        remedy = "leave out zones without inhabitants"
        raise InputError("nobody lives in this zone", where=where, value=text, allowed=allowed, remedy=remedy)
    if inhabitants > MOST_INHABITANTS:
        raise InputError("too many inhabitants", where=where, value=text, allowed=f"{MOST_INHABITANTS:,} at most")
    if not inhabitants.is_integer():
        remedy = "round it; if these are thousands, write inhabitants"
        raise InputError("is not a whole number", where=where, value=text, allowed=allowed, remedy=remedy)
    return int(inhabitants)


def _area(table: TextTable, row: Row) -> float:
    area = _number(table, row, "area_km2", "km2, over 0, or empty")
    if area <= 0 or math.isinf(area):
        raise InputError(
            "is not an area",
            where=_at(table, row, "area_km2"),
            value=row.cells["area_km2"],
            allowed="km2, over 0, or empty",
        )
    return area


def _point(table: TextTable, row: Row) -> tuple[float, float]:
    """Return longitude and latitude, both NaN when the zone has no point."""
    found = []
    for column, furthest in (("lon", 180.0), ("lat", 90.0)):
        allowed = f"degrees from -{furthest:g} to {furthest:g} (WGS84), or empty"
        degrees = _number(table, row, column, allowed)
        if abs(degrees) > furthest:
            raise InputError(
                "is out of range",
                where=_at(table, row, column),
                value=row.cells[column],
                allowed=allowed,
                remedy="coordinates in metres (Lambert 93) must be converted to degrees" if degrees > 1000 else "",
            )
        found.append(degrees)
    if math.isnan(found[0]) != math.isnan(found[1]):
        column = "lon" if math.isnan(found[0]) else "lat"
        remedy = "give both lon and lat, or leave both empty"
        raise InputError("only one of lon and lat is given", where=_at(table, row, column), remedy=remedy)
    return found[0], found[1]


def _deprivation(table: TextTable, rows: Sequence[Row]) -> NDArray[np.float64] | None:
    if not _has(table, "deprivation"):
        return None
    return np.array([_share(table, row, "deprivation") for row in rows])


def _share(table: TextTable, row: Row, column: str) -> float:
    share = _number(table, row, column, "a number from 0 to 1")
    where, text = _at(table, row, column), row.cells[column]
    if math.isnan(share):
        raise InputError("is empty", where=where, allowed="0 to 1", remedy="fill every row, or remove the column")
    if not 0.0 <= share <= 1.0:
        remedy = "divide percentages by 100" if 1.0 < share <= 100.0 else ""
        raise InputError("is out of range", where=where, value=text, allowed="0 to 1", remedy=remedy)
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
            f"the shares {columns[0]} to {columns[-1]} do not sum to 1",
            where=f"{table.where}, row {row.number}",
            value=round(float(sums[wrong[0]]), 4),
            allowed="1, within 1 %",
        )
    return shares
