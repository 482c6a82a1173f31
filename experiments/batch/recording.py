"""Finished runs on their way to the disk: several to a file, soon after they are finished."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from .one_run import Record
from .panel import panel_table
from .store import Store, write_parquet

__all__ = ["MOST_RECORDS", "MOST_SECONDS", "Recorder"]

# What a kill can cost at most, beside the runs that workers are at: so many finished records, or those of so many
# seconds. A young sweep writes more often, so that even one that is killed again and again gets on.
MOST_RECORDS = 2000
MOST_SECONDS = 10.0
LEAST_SECONDS = 0.5
_SHARE = 0.05
# Rows of a panel that are held before they are written.
_PANEL_ROWS = 500_000


class Recorder:
    """Takes records and writes them to a store, which its caller has locked."""

    def __init__(self, store: Store, first: int) -> None:
        self.store, self._number = store, first
        self._schema = store.schema(whole=False)
        self._records: list[Record] = []
        self._panel_rows = 0
        self._began = self._written = time.monotonic()

    def add(self, records: Sequence[Record]) -> None:
        """Take records, and write them when it is time to.

        Raises
        ------
        MachineError : they cannot be written.
        """
        self._records += records
        self._panel_rows += sum(len(each.panel) for each in records if each.panel is not None)
        self.write_if_due()

    def write_if_due(self) -> None:
        """Write what is held, if it is old or much."""
        now = time.monotonic()
        wait = min(MOST_SECONDS, max(LEAST_SECONDS, _SHARE * (now - self._began)))
        full = len(self._records) >= MOST_RECORDS or self._panel_rows >= _PANEL_ROWS
        if self._records and (full or now - self._written >= wait):
            self.write()

    def write(self) -> None:
        """Write what is held as one part.

        Raises
        ------
        MachineError : it cannot be written; the records are still held.
        """
        if not self._records:
            return
        panels = [each.panel for each in self._records if each.panel is not None]
        if panels:
            # Before the records: a run that counts as done has its panel.
            path = self.store.panel_path(self._number)
            path.parent.mkdir(exist_ok=True)
            write_parquet(path, [panel_table(panels, self.store.about())])
        write_parquet(self.store.part_path(self._number), [records_table(self._records, self._schema)])
        self._number += 1
        self._records, self._panel_rows, self._written = [], 0, time.monotonic()


def records_table(records: Sequence[Record], schema: pa.Schema) -> pa.Table:
    """Return records as a table of a part's schema; a value that a run has not is null."""
    own = ("setting", "replicate", "scenario_hash", "status", "stage", "message")
    columns: list[Any] = [
        pa.array([getattr(each, field.name) for each in records], field.type)
        if field.name in own
        else pa.array([each.values.get(field.name) for each in records], field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
