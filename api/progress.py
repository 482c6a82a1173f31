"""Progress bars with the time left, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entraide.experiments.conduct import Workload

__all__ = ["PACE_SECONDS", "LinesTold", "ProgressBar", "shown_progress"]

_WORDS = {
    "en": {
        "preparing": "Preparing",
        "replicates": "Simulating",
        "compiling": "Compiling for this machine, once (about 20 s)",
        "administration_alone": "Administration alone",
        "writing": "Writing",
        "left": "left",
        "drawing": "Drawing {people} people",
        "going_on": "Reading what was kept of {people} people",
        "day": "day {day} of {days}",
        "days": "{day} of {days} days in {replicates} replicates",
        "tenth": "entraide: {share} of simulations done ({done} of {total})",
        "line": "entraide: {stage}: {share}, about {minutes} min left",
        "last_line": "entraide: {stage}: {share}",
    },
    "fr": {
        "preparing": "Préparation",
        "replicates": "Simulation",
        "compiling": "Compilation pour cette machine, une fois (environ 20 s)",
        "administration_alone": "Administration seule",
        "writing": "Écriture",
        "left": "restant",
        "drawing": "Tirage de {people} habitants",
        "going_on": "Relecture de ce qui a été gardé de {people} habitants",
        "day": "jour {day} sur {days}",
        "days": "{day} jours sur {days} en {replicates} simulations",
        "tenth": "entraide : {share} des simulations ({done} sur {total})",
        "line": "entraide : {stage} : {share}, encore {minutes} min environ",
        "last_line": "entraide : {stage} : {share}",
    },
}


# From so many people on, who waits wants to know what for: people take seconds to draw, and a day takes some.
_MANY_PEOPLE = 1_000_000
# Of so many replicates at most, days are told; of more, how far all are.
_FEW_REPLICATES = 4
# Seconds between two lines of a log.
_LINE_EVERY = 60.0
# The pace is that of so many seconds: a day of a whole country takes some, and rich would forget it after thirty.
PACE_SECONDS = 600.0


class ProgressBar:
    """One line that says the stage, how far it is, and how long it will take."""

    def __init__(self, bar: Any, language: str, prefix: str = "") -> None:
        self._bar, self._language, self._words, self._prefix = bar, language, _WORDS[language], prefix
        self._task: Any = None
        self._stage = "preparing"
        self._workload: Workload | None = None
        self._heard = False
        self._begin(self._words["preparing"])

    def _begin(self, text: str) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(self._prefix + text, total=None, left="")
        self._heard = False

    def name(self, prefix: str) -> None:
        """Say which of several runs follows."""
        self._prefix = prefix

    def expect(self, workload: Workload) -> None:
        """Hear how much is simulated in the stage "replicates"."""
        self._workload = workload

    def stage(self, stage: str) -> None:
        """Hear which stage begins."""
        from entraide.experiments.compiled import kernels_are_compiled

        self._stage = stage
        if stage == "replicates" and not kernels_are_compiled():
            self._begin(self._words["compiling"])
        else:
            self._begin(self._awaited() or self._words[stage])

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Make room for other lines of the same terminal."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def progress(self, done: int, total: int) -> None:
        """Hear how far the stage is."""
        description = self._described(done, total)
        if self._heard:
            self._bar.update(self._task, completed=done, total=total, description=description)
        else:
            # What was done in an earlier sitting says nothing of the pace.
            self._bar.reset(self._task, completed=done, total=total, description=description, left=self._words["left"])
        self._heard = True

    def _awaited(self) -> str:
        """Return what takes long before the first day; "" where nothing does."""
        from entraide.viz.locales import number

        workload = self._workload
        if self._stage != "replicates" or workload is None or workload.people < _MANY_PEOPLE:
            return ""
        words = self._words["going_on" if workload.kept else "drawing"]
        return words.format(people=number(workload.people, self._language))

    def _described(self, done: int, total: int) -> str:
        """Return the stage, with the day that is simulated where there are few replicates."""
        from entraide.viz.locales import number

        stage, workload = self._prefix + self._words[self._stage], self._workload
        if self._stage != "replicates" or workload is None or workload.replicates > _FEW_REPLICATES:
            return stage
        day, days, replicates = (number(count, self._language) for count in (done, total, workload.replicates))
        words = self._words["day" if workload.replicates == 1 else "days"]
        return f"{stage}, {words.format(day=day, days=days, replicates=replicates)}"


class TenthsTold(ProgressBar):
    """A line for each tenth that is done, for who watches a file grow.

    Without the time left: cases follow each other and differ in how long they take, so no pace holds.
    """

    def __init__(self, bar: Any, language: str) -> None:
        self._tenths = 0
        super().__init__(bar, language)

    def stage(self, stage: str) -> None:
        """Hear which stage begins, and count its tenths from the first."""
        super().stage(stage)
        self._tenths = 0

    def progress(self, done: int, total: int) -> None:
        """Hear how far the stage is; a line where another tenth is done."""
        from entraide.viz.locales import localised, number, percent

        from .console import say

        super().progress(done, total)
        if 10 * done // total <= self._tenths:
            return
        self._tenths = 10 * done // total
        words = self._words["tenth"].format(
            share=percent(done / total, self._language),
            done=number(done, self._language),
            total=number(total, self._language),
        )
        say(localised(words, self._language))


class LinesTold(ProgressBar):
    """A line for each tenth of a stage, at most one a minute and none in the first: a log file shows life.

    Parameters
    ----------
    clock : tells the time in seconds.
    """

    def __init__(self, bar: Any, language: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._told, self._tenths = clock, clock(), 0
        self._began, self._before = self._told, 0
        super().__init__(bar, language)

    def stage(self, stage: str) -> None:
        """Hear which stage begins, and count its tenths from the first."""
        super().stage(stage)
        self._tenths = 0

    def progress(self, done: int, total: int) -> None:
        """Hear how far the stage is; a line where another tenth is done and the last line is a minute old."""
        from entraide.viz.locales import localised, percent

        from .console import say

        now = self._clock()
        if not self._heard or done < self._before:
            self._began, self._before, self._tenths = now, done, 10 * done // total
        super().progress(done, total)
        if 10 * done // total <= self._tenths or now - self._told < _LINE_EVERY or done == self._before:
            return
        self._tenths, self._told = 10 * done // total, now
        left = (now - self._began) / (done - self._before) * (total - done)
        words = self._words["line" if done < total else "last_line"].format(
            stage=self._described(done, total),
            share=percent(done / total, self._language),
            minutes=max(1, round(left / 60.0)),
        )
        say(localised(words, self._language))


@contextmanager
def shown_progress(language: str = "en", *, tenths: bool = False) -> Iterator[ProgressBar]:
    """Show a bar on standard error until the block ends; where that is not a terminal, lines now and then.

    Parameters
    ----------
    tenths : write a line for each tenth there, however soon it follows.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        # Narrower than usual: on 80 columns the day and the time left have room beside it.
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal, speed_estimate_period=PACE_SECONDS
    ) as bar:
        if console.is_terminal:
            yield ProgressBar(bar, language)
        else:
            yield TenthsTold(bar, language) if tenths else LinesTold(bar, language)
