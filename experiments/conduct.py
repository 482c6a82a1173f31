"""How a run is carried out: threads, who is told what, and how often it is kept. Nothing here changes its results."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .results import Result
from .runner import Progress, check_numbers
from .snapshot_minutes import DEFAULT_SNAPSHOT_MINUTES, check_snapshot_minutes

__all__ = ["STAGES", "Conduct", "Notice", "Workload"]

# What a run goes through, in order; told as each begins.
STAGES = ("replicates", "administration_alone", "writing")

# Told, in both languages, what went otherwise than asked while the run goes on.
Notice = Callable[[Mapping[str, str]], None]


@dataclass(frozen=True)
class Workload:
    """How much there is to simulate.

    Attributes
    ----------
    replicates, days : replicates in all, and days of each.
    people : inhabitants of the territory.
    kept : days of unfinished replicates that snapshots hold.
    """

    replicates: int
    days: int
    people: int
    kept: int = 0


@dataclass(frozen=True)
class Conduct:
    """How a run is carried out; nothing here changes its results.

    Attributes
    ----------
    threads : cores used in all; None: all that this process may use.
    progress : told the days simulated so far in this stage and those to simulate.
    stage : told which of STAGES begins.
    cancel : once set, the run stops within a simulated day.
    told : given the result as soon as it is known, before tables and figures are written.
    finish : given the result and its folder when all else is written; the run counts as complete after it.
    snapshot_minutes : between two snapshots of each replicate of a run with a folder; one more is written when the run
        is stopped. 0: none.
    notice : told what went otherwise than asked, in both languages, while the run goes on.
    workload : told how much there is to simulate, when that begins.
    """

    threads: int | None = None
    progress: Progress | None = None
    stage: Callable[[str], None] | None = None
    cancel: threading.Event | None = None
    told: Callable[[Result], None] | None = None
    finish: Callable[[Result, Path], None] | None = None
    snapshot_minutes: float = DEFAULT_SNAPSHOT_MINUTES
    notice: Notice | None = None
    workload: Callable[[Workload], None] | None = None

    def check(self) -> None:
        """Refuse what cannot be used.

        Raises
        ------
        InputError : threads or minutes.
        """
        check_numbers(threads=self.threads)
        check_snapshot_minutes(self.snapshot_minutes)

    def begin(self, stage: str) -> None:
        """Tell that a stage begins."""
        if self.stage is not None:
            self.stage(stage)
