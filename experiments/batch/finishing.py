"""The beginning and the end of a sitting: a store is put in order, and its parts become one table."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..files import storage_fault, write_json
from ..provenance import package_version, revision
from .gathering import Index, index_of, whole_tables
from .panel import panel_schema
from .store import Store, write_parquet

__all__ = ["Finished", "finish", "reopen"]

# Rows of the panel that memory holds at once.
_PANEL_ROWS = 1_000_000


@dataclass(frozen=True)
class Finished:
    """Rows of the whole table, and how many of them failed."""

    runs: int
    failed: int


def reopen(store: Store) -> Index | None:
    """Return what is done of a sweep, and drop what failed so that it is tried again; None where all is done.

    The caller holds the lock.

    Raises
    ------
    MachineError : the folder cannot be written.
    """
    if store.complete:
        if not _failed_rows(store):
            return None
        _back_to_parts(store)
    for part in store.parts:
        # A disk may lose what it said it had: the runs of such a part are made again.
        if not _readable(part):
            _remove(part)
    index = index_of(store.parts, store.study.replicates)
    for place in np.unique(index.part[index.failed]):
        records = pq.read_table(index.paths[place])
        kept = records.filter(pc.not_equal(records.column("status"), "failed"))
        write_parquet(index.paths[place], [kept])
    there = {path.name for path in store.parts}
    # Written before its records, and the records never came: these runs are made again.
    for orphan in (path for path in (store.path / "panel").glob("part-*.parquet") if path.name not in there):
        _remove(orphan)
    return index_of(store.parts, store.study.replicates)


def _readable(path: Path) -> bool:
    try:
        pq.read_table(path)
    except (OSError, pa.ArrowInvalid):
        return False
    return True


def _failed_rows(store: Store) -> int:
    return int(pc.sum(pc.equal(store.finished_runs(["status"]).column("status"), "failed")).as_py())


def _back_to_parts(store: Store) -> None:
    """Turn a whole table into one part without the failed runs; killed in between, it is done once more."""
    for part in store.parts:
        _remove(part)
    names = store.schema(whole=False).names
    source = pq.ParquetFile(store.runs_path)

    def kept() -> Iterator[pa.Table]:
        for number in range(source.num_row_groups):
            table = source.read_row_group(number)
            first = store.first_alike[table.column("setting").to_numpy()] == table.column("setting").to_numpy()
            good = pc.and_(pa.array(first), pc.not_equal(table.column("status"), "failed").combine_chunks())
            yield table.filter(good).select(names).cast(store.schema(whole=False))

    write_parquet(store.part_path(1), kept())
    panel = store.path / "panel.parquet"
    if panel.exists():
        _rename(panel, store.panel_path(1))
    _remove(store.runs_path)


def finish(store: Store, index: Index | None, started: str, seconds: float) -> Finished:
    """Write the whole table and the provenance, and remove the parts.

    Parameters
    ----------
    index : of the parts; None where the table is there already.
    started, seconds : when the sweep began, and the seconds of all sittings.

    Raises
    ------
    MachineError : it cannot be written.
    """
    if index is not None:
        if store.study.outputs.panel:
            write_parquet(store.path / "panel.parquet", _panel_tables(store, index))
        write_parquet(store.runs_path, whole_tables(store))
    for path in (*store.parts, *(store.path / "panel").glob("part-*.parquet")):
        _remove(path)
    runs, failed = pq.read_metadata(store.runs_path).num_rows, _failed_rows(store)
    if index is not None or store.status.get("status") != "complete":
        write_json(store.path / "provenance.json", _provenance(store, runs, failed, started, seconds))
        store.set_status("complete", runs=runs, runs_done=runs, failed=failed, seconds=round(seconds, 3))
    return Finished(runs, failed)


def _panel_tables(store: Store, index: Index) -> Iterator[pa.Table]:
    """Yield the panel in the order of runs, some runs at a time."""
    schema = panel_schema(store.about())
    yield schema.empty_table()
    paths = tuple(path.parent.parent / "panel" / path.name for path in index.paths)
    rows = [pq.read_metadata(path).num_rows if path.exists() else 0 for path in paths]
    runs = max(1, len(index.codes) * _PANEL_ROWS // max(1, sum(rows)))
    for begin in range(0, len(index.codes), runs):
        codes, part = index.codes[begin : begin + runs], index.part[begin : begin + runs]
        found = []
        for place in np.unique(part):
            if rows[place] == 0:
                continue
            table = pq.read_table(paths[place])
            own = table.column("setting").to_numpy().astype(np.int64) * store.study.replicates
            own += table.column("replicate").to_numpy()
            found.append(table.filter(pa.array(np.isin(own, codes[part == place]))))
        if found:
            # Stable within a run: rows of a run stand in one part, in their order.
            table = pa.concat_tables(found)
            order = np.lexsort((table.column("replicate").to_numpy(), table.column("setting").to_numpy()))
            yield table.take(pa.array(order)).cast(schema)


def _provenance(store: Store, runs: int, failed: int, started: str, seconds: float) -> dict[str, Any]:
    """Return where the runs come from, as a JSON document."""
    names = ("numpy", "numba", "pandas", "pyarrow", "SALib", "loky", "distributed")
    return {
        "package": "entraide",
        "version": package_version(),
        "revision": revision(),
        "code_hash": store.request["code_hash"],
        "study": store.request["study"],
        "study_hash": store.request["study_hash"],
        "settings": len(store.first_alike),
        "runs": runs,
        "failed": failed,
        "seed": store.study.seed,
        "command": store.request["command"],
        "started": started,
        "duration_seconds": round(seconds, 3),
        "status": "complete",
        "versions": {"python": platform.python_version(), **{name: package_version(name) for name in names}},
        "machine": f"{platform.system()} {platform.machine()}",
        "draws": [None if each is None else each.document() for each in store.study.draws()],
    }


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_fault(error, path) from None


def _rename(path: Path, target: Path) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    except OSError as error:
        raise storage_fault(error, path) from None
