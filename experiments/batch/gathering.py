"""From parts, written as runs finish, to one table in the order of settings; memory holds a block of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from .settings_table import settings_table

if TYPE_CHECKING:
    from .store import Store

__all__ = ["Index", "index_of", "whole_tables"]

# Rows of a block: some 100 columns of 8 bytes make 80 MB of it.
BLOCK = 100_000


@dataclass(frozen=True)
class Index:
    """Where each run stands in the parts.

    Attributes
    ----------
    codes : int64[rows], setting x replicates + replicate, ascending.
    part, row : int32[rows], the place of the part in ``paths``, and the row in it.
    failed : bool[rows].
    """

    paths: tuple[Path, ...]
    codes: NDArray[np.int64]
    part: NDArray[np.int32]
    row: NDArray[np.int32]
    failed: NDArray[np.bool_]


def index_of(paths: Sequence[Path], replicates: int) -> Index:
    """Return where each run stands; only the keys are read."""
    codes, parts, rows, failed = [], [], [], []
    for place, path in enumerate(paths):
        keys = pq.read_table(path, columns=["setting", "replicate", "status"])
        setting = keys.column("setting").to_numpy().astype(np.int64)
        codes.append(setting * replicates + keys.column("replicate").to_numpy())
        parts.append(np.full(len(setting), place, np.int32))
        rows.append(np.arange(len(setting), dtype=np.int32))
        failed.append(pc.equal(keys.column("status"), "failed").to_numpy())
    if not codes:
        empty = np.empty(0, np.int32)
        return Index((), np.empty(0, np.int64), empty, empty, np.empty(0, np.bool_))
    joined = np.concatenate(codes)
    order = np.argsort(joined, kind="stable")
    return Index(
        tuple(paths),
        joined[order],
        np.concatenate(parts)[order],
        np.concatenate(rows)[order],
        np.concatenate(failed)[order].astype(np.bool_),
    )


def whole_tables(store: Store, block: int = BLOCK) -> Iterator[pa.Table]:
    """Yield the whole table block by block: every setting that is there, those alike with the runs that they share."""
    study, replicates = store.study, store.study.replicates
    index = index_of(store.parts, replicates)
    draws = [0 if each is None else len(each.draws) for each in study.draws()]
    schema = store.schema(whole=True)
    total = len(store.first_alike) * replicates
    for begin in range(0, total, block):
        code = np.arange(begin, min(begin + block, total), dtype=np.int64)
        setting, replicate = code // replicates, code % replicates
        source = store.first_alike[setting] * replicates + replicate
        place = np.searchsorted(index.codes, source)
        # A code beyond the last one is none of the parts': -1 is no code.
        found = np.flatnonzero(np.append(index.codes, -1)[place] == source)
        if not len(found):
            continue
        records = _taken(index, place[found])
        setting, replicate = setting[found], replicate[found]
        distinct, back = np.unique(setting, return_inverse=True)
        about = settings_table(study, distinct).take(pa.array(back))
        count = np.array(draws, np.int64)[setting // len(study.points)]
        columns = {name: about.column(name) for name in about.column_names}
        columns["draw"] = pa.array(np.where(count > 0, replicate % np.maximum(count, 1), 0), pa.int32())
        columns["replicate"] = pa.array(replicate, pa.int32())
        yield pa.table([columns.get(name, _column(records, name)) for name in schema.names], schema=schema)


def _column(records: pa.Table, name: str) -> pa.ChunkedArray | None:
    return records.column(name) if name in records.column_names else None


def _taken(index: Index, places: NDArray[np.int64]) -> pa.Table:
    """Return rows of the parts in the order of ``places``; each part is read once."""
    tables, order = [], []
    for part in np.unique(index.part[places]):
        mine = np.flatnonzero(index.part[places] == part)
        tables.append(pq.read_table(index.paths[part]).take(pa.array(index.row[places[mine]])))
        order.append(mine)
    back = np.argsort(np.concatenate(order), kind="stable")
    return pa.concat_tables(tables).take(pa.array(back)).combine_chunks()
