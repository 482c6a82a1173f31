"""What a run keeps of its replicates while they go on: a snapshot of each now and then, and its zones day by day."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path

from entraide.model.errors import InputError, MachineError, UserFacingError
from entraide.model.records import Outcome, ZoneDays
from entraide.model.simulation import Simulation
from entraide.model.snapshots import load_snapshot, save_snapshot, snapshot_day
from entraide.model.specification import Specification

from .conduct import Notice
from .files import make_folder, storage_fault
from .output import RunFolder
from .runner import Cancelled

__all__ = ["RunKeeping"]

_WORDS = {
    "stopping": {
        "en": "stopping. What was simulated is being kept, which takes some seconds for a whole country; interrupt "
        "again to leave it.",
        "fr": "arrêt en cours. Ce qui a été simulé est mis de côté, ce qui prend quelques secondes pour tout un pays ; "
        "interrompez à nouveau pour y renoncer.",
    },
    "later": {
        "en": "a snapshot of replicate {number} could not be written: {reason}. The run goes on; should it be "
        "interrupted, the days since the last snapshot will be simulated again.",
        "fr": "un instantané de la simulation {number} n'a pas pu être écrit : {reason}. La simulation continue ; si "
        "elle est interrompue, les jours depuis le dernier instantané seront simulés à nouveau.",
    },
    "lost": {
        "en": "replicate {number} could not be kept at day {day}: {reason}. It will go on from day {kept}.",
        "fr": "la simulation {number} n'a pas pu être gardée au jour {day} : {reason}. Elle reprendra au jour {kept}.",
    },
    "unusable": {
        "en": "the snapshot of replicate {number} cannot be used: {reason}. It is simulated again from its first day.",
        "fr": "l'instantané de la simulation {number} ne peut pas servir : {reason}. Elle est simulée à nouveau depuis "
        "son premier jour.",
    },
    "full": {"en": "the disk is full", "fr": "le disque est plein"},
    "blocks": {"en": "daily accounts by zone before it are missing", "fr": "il manque des comptes par zone et jour"},
}


class RunKeeping:
    """Keeps the unfinished replicates of a run in its folder.

    Parameters
    ----------
    minutes : between two snapshots of a replicate; 0 writes none, and leaves nothing of a replicate when interrupted.

    Attributes
    ----------
    until : the day until which each unfinished replicate is kept, by its number.
    """

    def __init__(self, folder: RunFolder, minutes: float, notice: Notice | None = None) -> None:
        self._folder, self._every, self._notice = folder, 60.0 * minutes, notice
        self._give_up = threading.Event()
        self._written: dict[int, float] = {}
        self._told = False
        self.until: dict[int, int] = {}
        for path in folder.snapshot_path(0).parent.glob("[0-9]*.npz"):
            with suppress(InputError, ValueError):
                self.until[int(path.stem)] = snapshot_day(path)
        self._blocks = None
        if folder.request.zone_daily:
            # The library of tables takes long to load.
            from .zone_blocks import ZoneBlocks

            self._blocks = ZoneBlocks(folder.path / "replicates", folder.request.seed)

    def zone_daily(self, number: int, specification: Specification) -> bool | ZoneDays:
        """Return what takes the daily accounts by zone of a replicate; False where they are not asked for."""
        return False if self._blocks is None else self._blocks.writer(number, specification)

    def whole(self, number: int, specification: Specification, done: int) -> bool:
        """Tell whether all that a replicate wrote beside its outcome in ``done`` days is there."""
        return self._blocks is None or self._blocks.whole(number, specification, done)

    def restored(
        self, number: int, specification: Specification, zone_daily: bool | ZoneDays, workers: Executor | None
    ) -> Simulation | None:
        """Return a replicate as its snapshot holds it; None where it begins on its first day."""
        path = self._folder.snapshot_path(number)
        self._written[number] = time.monotonic()
        if not path.exists():
            return None
        try:
            blocks = None if isinstance(zone_daily, bool) else zone_daily
            simulation = load_snapshot(specification, path, workers=workers, zone_daily=blocks)
            if self.whole(number, specification, simulation.day):
                self._written[number] = time.monotonic()
                return simulation
            reason: Mapping[str, str] = _WORDS["blocks"]
        except InputError as fault:
            reason = _reason(fault, path)
        self._tell("unusable", number, reason)
        self._forget(number)
        return None

    def begun(self, number: int) -> None:
        """Hear that a replicate's first day, or the next one, begins: what came before counts for no snapshot."""
        self._written[number] = time.monotonic()

    def between_days(self, simulation: Simulation, stopping: bool) -> None:
        """Write a snapshot where the last one is long ago, or where the run stops and the day is not kept yet."""
        number = simulation.replicate
        if not self._every or not (stopping or time.monotonic() - self._written[number] >= self._every):
            return
        if self._give_up.is_set() or self.until.get(number) == simulation.day:
            return
        path = self._folder.snapshot_path(number)
        try:
            make_folder(path.parent)
            save_snapshot(simulation, path, look=self._look)
            self.until[number] = simulation.day
        except UserFacingError as fault:
            reason = _reason(fault, path)
            if stopping:
                self._tell("lost", number, reason, day=simulation.day, kept=self.until.get(number, 0))
            elif not self._told:
                self._told = True
                self._tell("later", number, reason)
        self._written[number] = time.monotonic()

    def stopping(self) -> None:
        """Say that unfinished replicates are being kept."""
        if self._every and self._notice is not None:
            self._notice(_WORDS["stopping"])

    def give_up(self) -> None:
        """Write no more snapshots; one that is being written is left, and the older one stays."""
        self._give_up.set()

    def store(self, outcome: Outcome) -> Outcome:
        """Store a finished replicate, in the place of its snapshot."""
        stored = self._folder.store(outcome)
        self._forget(outcome.replicate)
        return stored

    def clear(self, numbers: Mapping[int, Outcome]) -> None:
        """Remove the snapshots of finished replicates, and their folder where none is left."""
        for number in numbers:
            self._forget(number)
        with suppress(OSError):
            self._folder.snapshot_path(0).parent.rmdir()

    def _look(self) -> None:
        if self._give_up.is_set():
            raise Cancelled

    def _forget(self, number: int) -> None:
        with suppress(OSError):
            self._folder.snapshot_path(number).unlink(missing_ok=True)
        self.until.pop(number, None)

    def _tell(self, what: str, number: int, reason: Mapping[str, str], **more: int) -> None:
        if self._notice is not None:
            texts = _WORDS[what]
            told = {name: text.format(number=number, reason=reason[name], **more) for name, text in texts.items()}
            self._notice(told)


def _reason(fault: UserFacingError, path: Path) -> Mapping[str, str]:
    """Return why a snapshot cannot be written or read, in both languages where that is known."""
    cause = fault.__cause__
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return _WORDS["full"]
    if isinstance(cause, OSError) and isinstance(fault, MachineError):
        fault = storage_fault(cause, path)
    return dict.fromkeys(("en", "fr"), fault.what)
