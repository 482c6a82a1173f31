"""Tables as spreadsheets save them: bytes to rows of text, with an error that names the file and the row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entraide.model.errors import InputError, nearest_name

__all__ = ["LARGEST_FILE", "SIGNATURES", "Row", "TextTable", "decode_text", "read_table"]

LARGEST_FILE = 50_000_000  # bytes
SAVE_AS = 'save the table as "CSV UTF-8"'
SIGNATURES = {
    b"PK\x03\x04": "a workbook or an archive, not a text table",
    b"\xd0\xcf\x11\xe0": "an old workbook, not a text table",
    b"\x1f\x8b": "compressed",
    b"\xff\xfe": "in UTF-16, not in UTF-8",
    b"\xfe\xff": "in UTF-16, not in UTF-8",
}


@dataclass(frozen=True)
class Row:
    """One row: its number in the file as a spreadsheet shows it (the header is 1), and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class TextTable:
    """Rows of a file. ``decimal_comma`` is True for files with semicolons, as French spreadsheets write them."""

    where: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_comma: bool


def decode_text(data: bytes, where: str, remedy: str = SAVE_AS) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    InputError : larger than LARGEST_FILE, empty, another kind of file, or not UTF-8.
    """
    if len(data) > LARGEST_FILE:
        size = f"{len(data) / 1e6:.0f} MB"
        raise InputError("the file is too large", where=where, value=size, allowed=f"{LARGEST_FILE // 1_000_000} MB")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"the file is {kind}", where=where, remedy=remedy)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bytes_there = data[error.start : error.start + 4].hex(" ").upper()
        what = f"the file is not UTF-8: bytes {bytes_there} at line {line}"
        raise InputError(what, where=where, remedy=f"save as UTF-8 ({remedy})") from None
    if not text.strip():
        raise InputError("the file is empty", where=where, remedy=remedy)
    return text


def read_table(
    data: bytes,
    where: str,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    other_spellings: Mapping[str, str],
    most_rows: int,
) -> TextTable:
    """Read a table of known columns; columns of other names are left aside unless they look like a misspelling.

    Parameters
    ----------
    other_spellings : names that people give to known columns -> the known column; refused, with the name to use.

    Raises
    ------
    InputError : see :func:`decode_text`; also a missing, repeated or misspelled column, columns that are separated by
        something else than a comma or a semicolon, a row with too many or too few cells, no row, too many rows.
    """
    text = decode_text(data, where)
    delimiter = _delimiter(text, where, required)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(cells, where, required, optional, other_spellings)
                continue
            rows.append(Row(number, _cells(header, cells, delimiter, f"{where}, row {number}")))
            if len(rows) > most_rows:
                raise InputError("too many rows", where=where, allowed=f"{most_rows:,} at most", remedy="merge zones")
    except csv.Error as error:
        remedy = 'look for a quotation mark that is not closed; inside a quoted name, double it ("")'
        raise InputError(f"cannot be read ({error})", where=f"{where}, row {number + 1}", remedy=remedy) from None
    if not rows:
        raise InputError("the file has a header and no row below it", where=where, remedy="write one row per zone")
    return TextTable(where, tuple(header), tuple(rows), delimiter == ";")


def _first_line(text: str) -> str:
    return next(line for line in text.splitlines() if line.strip())


def _delimiter(text: str, where: str, required: Sequence[str]) -> str:
    line = _first_line(text)
    counts = {delimiter: line.count(delimiter) for delimiter in ";,\t|"}
    best = max(counts, key=lambda delimiter: counts[delimiter])
    if counts[best] == 0:
        raise InputError(
            "the first line is not a header of several columns",
            where=f"{where}, row 1",
            value=line[:60],
            allowed=f"at least {', '.join(required)}, separated by commas or semicolons",
            remedy=SAVE_AS,
        )
    if best not in ";,":
        raise InputError(
            f"columns are separated by {'a tabulation' if best == chr(9) else 'a vertical bar'}",
            where=f"{where}, row 1",
            allowed="a comma or a semicolon",
            remedy=SAVE_AS,
        )
    return best


def _header(
    cells: Sequence[str],
    where: str,
    required: Sequence[str],
    optional: Sequence[str],
    other_spellings: Mapping[str, str],
) -> list[str]:
    """Return the columns, known ones in their right spelling."""
    where = f"{where}, row 1"
    known = {name.casefold(): name for name in (*required, *optional)}
    header = [known.get(cell.strip().casefold(), cell.strip()) for cell in cells]
    for column in header:
        if column and header.count(column) > 1:
            raise InputError("two columns have the same name", where=where, value=column, remedy="remove one of them")
    absent = [name for name in known.values() if name not in header]
    for column in header:
        _refuse_misspelled(column, known, absent, other_spellings, where)
    for name in required:
        if name not in header:
            raise InputError(
                f"the column {name!r} is missing",
                where=where,
                value=", ".join(header)[:200],
                allowed=f"{', '.join(required)} are required; {', '.join(optional)} are optional",
                remedy="add it, or rename the column that holds it",
            )
    return header


def _refuse_misspelled(
    column: str, known: Mapping[str, str], absent: Sequence[str], other_spellings: Mapping[str, str], where: str
) -> None:
    """Refuse a column that would be left aside although it was probably meant."""
    if column in known.values():
        return
    nearest = nearest_name(column.casefold(), [name.casefold() for name in absent])
    prefix = column.casefold().partition(":")[0]
    is_family = ":" in column and any(name.startswith(f"{prefix}:") for name in known)
    is_misspelled = nearest is not None and _nearly_equal(column.casefold(), nearest)
    meant = other_spellings.get(column.casefold())
    if meant in absent:
        nearest = meant
    if is_family or is_misspelled or meant in absent:
        raise InputError(
            "this column is not known",
            where=where,
            value=column,
            allowed=", ".join(known.values()),
            nearest=known[nearest.casefold()] if nearest else None,
            remedy="rename it, or remove it if something else was meant",
        )


def _nearly_equal(one: str, other: str) -> bool:
    """Tell whether two names differ by one letter left out, added or replaced, or two swapped."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    if len(one) == len(other):
        different = [index for index in range(len(one)) if one[index] != other[index]]
        return len(different) <= 1 or (len(different) == 2 and sorted(one) == sorted(other))
    short, long = sorted((one, other), key=len)
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def _cells(header: Sequence[str], cells: Sequence[str], delimiter: str, where: str) -> dict[str, str]:
    if len(cells) > len(header) and not any(cell.strip() for cell in cells[len(header) :]):
        cells = cells[: len(header)]
    if len(cells) != len(header):
        remedy = "put a name that holds the separator between quotation marks"
        if delimiter == ",":
            remedy += "; write decimals with a point, or separate the columns with semicolons"
        raise InputError(f"the row has {len(cells)} cells, the header {len(header)}", where=where, remedy=remedy)
    return {column: cell.strip() for column, cell in zip(header, cells, strict=True) if column}
