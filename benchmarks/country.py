"""Everybody, everywhere: the full model on all inhabited communes, accounts by zone and day written as days go."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from engine import ONE_THREAD, SEED, TWO_WORKERS, same_outcome, specification
from final_state import state_hash
from measurement import load_average, timed
from memory import Growth
from numpy.typing import NDArray

from entraide.experiments.zone_blocks import ZoneBlocks
from entraide.model.records import Outcome
from entraide.model.simulation import Simulation
from entraide.model.specification import Specification
from entraide.model.workers import Workers

__all__ = ["country"]


class _Accounts:
    """Daily accounts by zone, asked for as a run by users does: written in blocks; hashed on the way."""

    def __init__(self, what: Specification, folder: Path) -> None:
        self._folder, self._digest = folder, hashlib.sha256()
        self._write = ZoneBlocks(folder, SEED).writer(0, what)

    def __call__(self, first: int, accounts: NDArray[np.int32]) -> None:
        """Take a block of days; int32[measures, days, services, zones]."""
        self._digest.update(f"{first} {accounts.shape}\n".encode())
        self._digest.update(np.ascontiguousarray(accounts).reshape(-1).view(np.uint8).data)
        self._write(first, accounts)

    def hash(self) -> str:
        """Return the SHA-256 of all blocks so far."""
        return self._digest.hexdigest()

    def written(self) -> int:
        """Return the bytes on disk."""
        return sum(path.stat().st_size for path in self._folder.rglob("*.parquet"))


def _run(what: Specification, threads: int) -> dict[str, Any]:
    """Run one replicate and keep its figures and its outcome only: two populations would not fit in memory."""
    growth = Growth()
    with (
        TemporaryDirectory() as folder,
        Workers(threads) if threads > 1 else nullcontext() as workers,
    ):
        accounts = _Accounts(what, Path(folder))
        drawn = timed(partial(Simulation, what, seed=SEED, workers=workers, zone_daily=accounts))
        simulation: Simulation = drawn.result
        growth.look(0)
        days = timed(partial(simulation.run, progress=growth.look))
        collected = timed(simulation.outcome)
        written = accounts.written()
    growth.look(what.days)
    outcome: Outcome = collected.result
    wall = drawn.wall + days.wall + collected.wall
    phases = dict(simulation.phase_seconds)
    return {
        "seconds": wall,
        "cpu_over_wall": (drawn.cpu + days.cpu + collected.cpu) / wall,
        "population": drawn.wall,
        "accounts": days.wall - sum(phases.values()),
        "outcome": collected.wall,
        "phases": phases,
        "resident_at_most": growth.largest,
        "written": written,
        "hash": hashlib.sha256(f"{state_hash(simulation)} {accounts.hash()}".encode()).hexdigest(),
        "result": outcome,
    }


def country(place: int | str, days: int) -> dict[str, Any]:
    """Return time by part, memory and the hash of accounts and last state, on two threads and on one."""
    what = specification(place, days)
    runs = {arm: _run(what, threads) for arm, threads in ((TWO_WORKERS, 2), (ONE_THREAD, 1))}
    outcomes = [run.pop("result") for run in runs.values()]
    citizen_days = what.territory.inhabitants * days
    return {
        "inhabitants": what.territory.inhabitants,
        "zones": what.territory.zones,
        "days": days,
        "runs": runs,
        "citizen_days_per_second": {arm: citizen_days / run["seconds"] for arm, run in runs.items()},
        "same_hash": len({run["hash"] for run in runs.values()}) == 1,
        "same_bits": same_outcome(*outcomes),
        "load_average": load_average(),
    }
