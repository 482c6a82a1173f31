"""Differences between designs as one table: what a row says of a difference, and how the table is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .comparison import Difference
from .files import write_whole
from .output import Request

__all__ = ["Columns", "difference_row", "write_difference_table"]

# Type, unit and meaning by name.
Columns = Mapping[str, tuple[pa.DataType, str, str]]


def difference_row(columns: Columns, found: Difference, **own: object) -> dict[str, Any]:
    """Return a row of a table: a difference, and what else the table tells of it, in the order of its columns.

    Raises
    ------
    KeyError : a column of the table was not given.
    """
    told = {
        "compared": found.measure.name,
        "unit": "event" if found.measure.kind == "event" else found.measure.unit,
        "baseline": found.baseline,
        "candidate": found.candidate,
        "difference": found.difference,
        "low": None if found.band is None else found.band.low,
        "high": None if found.band is None else found.band.high,
        "verdict": found.verdict,
        "p_value": found.p_value,
        "adjusted_p_value": found.adjusted_p_value,
        "family": found.family,
        "pairs": found.pairs,
        "enough_pairs": found.enough_pairs,
        **own,
    }
    return {name: told[name] for name in columns}


def write_difference_table(path: Path, columns: Columns, rows: Sequence[Mapping[str, Any]], request: Request) -> Path:
    """Write a table as Parquet, each column with its unit and meaning.

    Raises
    ------
    MachineError : it cannot be written.
    """
    fields = [
        pa.field(name, kind, metadata={"unit": unit, "description": meaning})
        for name, (kind, unit, meaning) in columns.items()
    ]
    about = {"entraide.seed": str(request.seed), "entraide.scenario": request.scenario.name}
    table = pa.Table.from_pylist(list(rows), schema=pa.schema(fields, metadata=about))
    return write_whole(path, lambda target: pq.write_table(table, target, compression="zstd"))
