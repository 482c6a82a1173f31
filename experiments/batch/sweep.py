"""A sweep: every run of a study that its store does not hold yet, handed to workers, kept as it comes.

What a kill can cost: the runs that workers are at, and finished ones not yet written (``recording``). Everything that
has a file counts as done and is not run again.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from entraide.model.errors import MachineError

from ..conduct import Conduct
from ..files import remove_unfinished
from ..provenance import utc_now
from ..runner import Cancelled, cores_at_hand, fitting
from .dispatch import Chunk, Dispatch
from .executors import Pool, pool_of
from .finishing import finish, reopen
from .gathering import Index, index_of
from .lock import locked
from .one_run import Record, Work, run_chunk
from .outputs import kept_measures, years_of
from .recording import Recorder
from .store import Store
from .study import Study

__all__ = ["SweepEnd", "begin_sweep", "carry_out", "workers_that_fit"]

# Chunks handed out for each worker: one is at work, the other waits for it.
_AHEAD = 2
# Runs that in a row kill their worker, alone: then it is not the runs that are at fault.
_MOST_DEATHS = 5
# Seconds between two looks at the clock while nothing is finished.
_LOOK = 0.5


@dataclass(frozen=True)
class SweepEnd:
    """How a sweep ended.

    Attributes
    ----------
    runs : settings x replicates.
    failed : of them, those that failed.
    made : runs made in this sitting; settings that are alike are run once.
    seconds : of this sitting.
    """

    store: Store
    runs: int
    failed: int
    made: int
    seconds: float


def begin_sweep(study: Study, folder: Path, command: str = "") -> Store:
    """Make the folder of a sweep, or find it where the same one was begun before.

    Raises
    ------
    InputError : the folder holds something else, or another process works there.
    MachineError : it cannot be written.
    """
    return Store.create(folder, study, command)


def workers_that_fit(study: Study, asked: int | None = None) -> int:
    """Return how many processes this machine has cores and memory for, at most as many as asked."""
    wanted = cores_at_hand() if asked is None else asked
    return min(fitting(each.specification(), wanted) for each in study.scenarios)


def carry_out(store: Store, begin: Callable[[], Pool] | None = None, conduct: Conduct | None = None) -> SweepEnd:
    """Make the runs that are missing and those that failed, and write the whole table.

    Parameters
    ----------
    begin : begins the workers; None: processes of this machine, one a core.
    conduct : told how far it is; its threads are not used.

    Raises
    ------
    InputError : another process works there, or another version of the simulator began the sweep.
    MachineError : the disk is full, or workers die whatever they run.
    KeyboardInterrupt, Cancelled : asked to stop; what was finished is kept.
    """
    conduct = conduct or Conduct()
    origin = time.monotonic()
    with locked(store.path):
        store.check_same_code()
        remove_unfinished(store.path)
        before = float(store.status.get("seconds", 0.0))
        started = store.status.get("started", utc_now())
        index = reopen(store)
        if index is None:
            end = finish(store, None, started, before)
            return SweepEnd(store, end.runs, end.failed, 0, time.monotonic() - origin)
        distinct = int((store.first_alike == np.arange(len(store.first_alike))).sum())
        store.set_status("running", started=started, runs_to_make=distinct * store.study.replicates)
        made = 0

        def note(status: str) -> None:
            seconds = round(before + time.monotonic() - origin, 3)
            with suppress(Exception):
                store.set_status(status, seconds=seconds, runs_done=len(index.codes) + made)

        try:
            sitting = _Sitting(store, index, conduct)
            try:
                sitting.run(begin or (lambda: pool_of(None, None, None, workers_that_fit(store.study))))
            finally:
                made = sitting.made
            conduct.begin("writing")
            seconds = before + time.monotonic() - origin
            end = finish(store, index_of(store.parts, store.study.replicates), started, seconds)
        except (KeyboardInterrupt, Cancelled):
            note("interrupted")
            raise
        except BaseException:
            # The fault itself is what the user must hear of: a full disk refuses the status as well.
            note("failed")
            raise
        return SweepEnd(store, end.runs, end.failed, made, time.monotonic() - origin)


class _Sitting:
    """One sitting at a sweep: from what the store holds to all of it."""

    def __init__(self, store: Store, index: Index, conduct: Conduct) -> None:
        study = store.study
        self.store, self.conduct, self.made = store, conduct, 0
        replicates = study.replicates
        alike = store.first_alike != np.arange(len(store.first_alike))
        done = np.repeat(alike, replicates)
        self._before = len(index.codes)
        done[index.codes] = True
        self._dispatch = Dispatch(study.settings(), replicates, done)
        self._recorder = Recorder(store, _next_part(store.parts))
        self._works = _works(study)
        self._at_work: dict[Future[Any], Chunk] = {}
        self._deaths = 0

    def run(self, begin: Callable[[], Pool]) -> None:
        """Make every run that is missing."""
        if self._dispatch.total == 0:
            return
        pool = begin()
        at_once = True
        try:
            self.conduct.begin("replicates")
            self._tell()
            for chunk in self._dispatch.firsts():
                # Kernels are compiled by one worker, not by all at once.
                self._submit(pool, chunk)
                while self._at_work:
                    self._hear(pool)
            self._go_on(pool)
            at_once = False
        finally:
            # What is finished is kept, whatever ends the sitting; a full disk refuses it once more.
            try:
                self._recorder.write()
            finally:
                pool.close(at_once=at_once)

    def _go_on(self, pool: Pool) -> None:
        while True:
            while len(self._at_work) < _AHEAD * pool.workers and not self._one_alone():
                chunk = self._dispatch.next(pool.workers, len(self._at_work))
                if chunk is None:
                    break
                self._submit(pool, chunk)
            if not self._at_work:
                return
            self._hear(pool)

    def _one_alone(self) -> bool:
        return any(chunk.alone for chunk in self._at_work.values())

    def _submit(self, pool: Pool, chunk: Chunk) -> None:
        work = self._works[self._dispatch.scenario_of(chunk.codes[0])]
        self._at_work[pool.submit(run_chunk, work, self._dispatch.orders(chunk))] = chunk

    def _hear(self, pool: Pool) -> None:
        """Wait for chunks, and keep what they bring; hand out again what a dead worker was at."""
        finished, _ = wait(self._at_work, timeout=_LOOK, return_when=FIRST_COMPLETED)
        if self.conduct.cancel is not None and self.conduct.cancel.is_set():
            raise Cancelled
        lost: list[Chunk] = []
        for future in finished:
            chunk = self._at_work.pop(future)
            fault = _fault_of(future)
            if fault is None:
                records, seconds = future.result()
                self._keep(chunk, records, seconds)
            elif pool.died(fault):
                lost.append(chunk)
            else:
                raise fault
        if lost and pool.restart():
            # The pool is gone with all chunks: those that were finished before it broke are still good.
            for future, chunk in list(self._at_work.items()):
                if future.done() and _fault_of(future) is None:
                    self._keep(chunk, *future.result())
                else:
                    lost.append(chunk)
            self._at_work.clear()
        for chunk in lost:
            self._give_up(self._dispatch.died(chunk))
        self._recorder.write_if_due()

    def _keep(self, chunk: Chunk, records: Sequence[Record], seconds: float) -> None:
        self._deaths = 0
        self.made += len(records)
        self._dispatch.heard(len(records), seconds)
        self._recorder.add(records)
        self._tell()

    def _give_up(self, codes: Sequence[int]) -> None:
        """Keep as failed the runs that killed their worker again and again."""
        if not codes:
            return
        self._deaths += len(codes)
        if self._deaths >= _MOST_DEATHS:
            raise MachineError(
                f"workers die whatever they run: {self._deaths} runs in a row",
                remedy="There may be too little memory: try --workers 1; then `entraide resume` goes on",
            )
        replicates = self.store.study.replicates
        message = "the process that ran it died, three times: out of memory, or killed"
        self.made += len(codes)
        self._recorder.add([Record.failed(code // replicates, code % replicates, "worker", message) for code in codes])
        self._tell()

    def _tell(self) -> None:
        if self.conduct.progress is not None:
            self.conduct.progress(self._before + self.made, self._before + self._dispatch.total)


def _fault_of(future: Future[Any]) -> BaseException | None:
    """Return what a finished chunk failed with; a cluster that is lost cancels what it was given."""
    try:
        return future.exception()
    except CancelledError as fault:
        return fault


def _next_part(parts: Sequence[Path]) -> int:
    return 1 + max((int(path.stem.split("-")[1]) for path in parts), default=0)


def _works(study: Study) -> list[bytes]:
    """Return what workers are told of each scenario, pickled once."""
    measures, several = kept_measures(study), years_of(study) > 1
    return [
        pickle.dumps(
            Work(
                scenario,
                () if draws is None else draws.draws,
                study.seed,
                measures,
                several,
                study.outputs.panel,
                study.outputs.panel_every,
            )
        )
        for scenario, draws in zip(study.scenarios, study.draws(), strict=True)
    ]
