"""Daily accounts by zone on disk while a replicate goes on: a file for each block of days.

A file is written whole when its last day is done, and written again, with the same rows, when a run goes on from a day
before it. So days are neither lost nor told twice, and memory holds one block, however long the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from entraide.model.records import ZONE_DAYS, ZoneDays
from entraide.model.specification import Specification

from .files import make_folder
from .tables import write_in_parts, zone_daily_rows

__all__ = ["ZoneBlocks"]

# Rows of the whole table that are held at once.
_ROWS = 1_000_000


class ZoneBlocks:
    """The blocks of all replicates of a run; ``folder`` is that of its replicates."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._about = folder, {"entraide.seed": str(seed)}

    def path(self, replicate: int, first: int) -> Path:
        """Return the file of the block that begins on a day."""
        return self._folder / f"{replicate:04d}-zone-daily" / f"{first:04d}.parquet"

    def writer(self, replicate: int, specification: Specification) -> ZoneDays:
        """Return what writes the blocks of a replicate.

        Raises
        ------
        MachineError : by what is returned, where a block cannot be written.
        """

        def write(first: int, accounts: NDArray[np.int32]) -> None:
            path = self.path(replicate, first)
            make_folder(path.parent)
            rows = zone_daily_rows(replicate, specification, first, accounts)
            write_in_parts(path, rows, self._about, as_they_come=True)

        return write

    def whole(self, replicate: int, specification: Specification, done: int) -> bool:
        """Tell whether all blocks that end within the days ``done`` are there."""
        each = len(specification.services) * specification.territory.zones
        for first in range(0, done, ZONE_DAYS):
            last = min(first + ZONE_DAYS, specification.days)
            if last > done:
                break
            try:
                with pq.ParquetFile(self.path(replicate, first)) as block:
                    if block.metadata.num_rows != each * (last - first):
                        return False
            except (OSError, pa.ArrowException):
                return False
        return True

    def rows(self, replicate: int, specification: Specification) -> Iterator[pa.Table]:
        """Yield the rows of a replicate, service by service and day by day."""
        for place in range(len(specification.services)):
            held: list[pa.Table] = []
            for first in range(0, specification.days, ZONE_DAYS):
                with pq.ParquetFile(self.path(replicate, first)) as block:
                    held.append(block.read_row_group(place))
                if sum(part.num_rows for part in held) >= _ROWS:
                    yield _joined(held)
                    held = []
            if held:
                yield _joined(held)


def _joined(parts: list[pa.Table]) -> pa.Table:
    # Each file has its own dictionary of zones.
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()
