"""Tables as CSV text, those of a run and others: one row for each observation, the unit of each column in its name."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from .difference_table import Columns
from .results import Result
from .tables import table_names, table_of

__all__ = ["csv_bytes", "csv_tables", "rows_as_csv"]

# Separator and decimal mark as spreadsheets of each language read them without asking.
_MARKS: Mapping[str, tuple[str, str]] = {"en": (",", "."), "fr": (";", ",")}

# Spreadsheets carry out a cell that begins so, and a name may come from anybody's file. A number is none the less one.
_CARRIED_OUT = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


def csv_tables(result: Result) -> tuple[str, ...]:
    """Return the names of the tables that ``csv_bytes`` writes."""
    return table_names(result)


def csv_bytes(result: Result, name: str, language: str = "en") -> bytes:
    """Return a table as CSV in UTF-8.

    Columns are called "name [unit]", or "name" where they have none. In English cells are separated by commas and
    numbers have a decimal point; in French by semicolons and with a decimal comma. A text that a spreadsheet would take
    for a formula ("=1+2", "@SUM") has an apostrophe before it, as OWASP recommends: none is carried out.

    Parameters
    ----------
    name : one of ``csv_tables``.
    language : "en" or "fr".

    Raises
    ------
    KeyError : another name, or another language.
    """
    columns, meanings = table_of(result, name)
    return _as_csv(pa.table(dict(columns)), {column: meanings[column][0] for column in columns}, language)


def rows_as_csv(columns: Columns, rows: Sequence[Mapping[str, Any]], language: str = "en") -> bytes:
    """Return rows of differences as CSV in UTF-8, written as ``csv_bytes`` writes.

    Raises
    ------
    KeyError : another language.
    """
    schema = pa.schema([pa.field(name, kind) for name, (kind, _, _) in columns.items()])
    units = {name: unit for name, (_, unit, _) in columns.items()}
    return _as_csv(pa.Table.from_pylist(list(rows), schema=schema), units, language)


def _as_csv(table: pa.Table, units: Mapping[str, str], language: str) -> bytes:
    separator, mark = _MARKS[language]
    names, arrays = [], []
    for place, column in enumerate(table.column_names):
        unit = units[column]
        names.append(_harmless(f"{column} [{unit}]" if unit and not unit.startswith("see unit") else column))
        arrays.append(_written(table.column(place), mark))
    sink = io.BytesIO()
    # Spreadsheets take a file for UTF-8 only where it says so.
    sink.write(b"\xef\xbb\xbf")
    options = pa_csv.WriteOptions(delimiter=separator, quoting_style="needed")
    pa_csv.write_csv(pa.table(arrays, names=names), sink, options)
    return sink.getvalue()


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet carries out."""
    return f"'{text}" if _CARRIED_OUT.match(text) and not _NUMBER.fullmatch(text) else text


def _written(column: pa.ChunkedArray, mark: str) -> pa.Array | pa.ChunkedArray:
    """Return a column as it is written: words for places in a list of words, lists as one text, decimal marks."""
    if pa.types.is_list(column.type):
        joined = [None if values is None else _harmless(" ".join(map(str, values))) for values in column.to_pylist()]
        return pa.array(joined, pa.string())
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        # Few texts stand in many rows: each is looked at once.
        known = {text: _harmless(text) for text in column.unique().to_pylist() if text is not None}
        if all(text == harmless for text, harmless in known.items()):
            return column
        return pa.array([None if text is None else known[text] for text in column.to_pylist()], pa.string())
    if mark == "." or not pa.types.is_floating(column.type):
        return column
    texts = [None if value is None else repr(value).replace(".", mark) for value in column.to_pylist()]
    return pa.array(texts, pa.string())
