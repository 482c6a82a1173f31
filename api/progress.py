"""Progress bars with the time left, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["ProgressBar", "shown_progress"]

_WORDS = {
    "en": {
        "preparing": "Preparing",
        "replicates": "Simulating",
        "compiling": "Compiling for this machine, once (about 20 s)",
        "administration_alone": "Administration alone",
        "writing": "Writing",
        "left": "left",
        "tenth": "entraide: {share} of simulations done ({done} of {total})",
    },
    "fr": {
        "preparing": "Préparation",
        "replicates": "Simulation",
        "compiling": "Compilation pour cette machine, une fois (environ 20 s)",
        "administration_alone": "Administration seule",
        "writing": "Écriture",
        "left": "restant",
        "tenth": "entraide : {share} des simulations ({done} sur {total})",
    },
}


class ProgressBar:
    """One line that says the stage, how far it is, and how long it will take."""

    def __init__(self, bar: Any, language: str, prefix: str = "") -> None:
        self._bar, self._words, self._prefix = bar, _WORDS[language], prefix
        self._task: Any = None
        self._stage = "preparing"
        self._begin("preparing")

    def _begin(self, stage: str) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(self._prefix + self._words[stage], total=None, left="")

    def name(self, prefix: str) -> None:
        """Say which of several runs follows."""
        self._prefix = prefix

    def stage(self, stage: str) -> None:
        """Hear which stage begins."""
        from entraide.experiments.compiled import kernels_are_compiled

        self._begin("compiling" if stage == "replicates" and not kernels_are_compiled() else stage)
        self._stage = stage

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
        self._bar.update(self._task, description=self._prefix + self._words[self._stage])
        self._bar.update(self._task, completed=done, total=total, left=self._words["left"])


class TenthsTold(ProgressBar):
    """A line for each tenth that is done, for who watches a file grow.

    Without the time left: cases follow each other and differ in how long they take, so no pace holds.
    """

    def __init__(self, bar: Any, language: str) -> None:
        self._language, self._tenths = language, 0
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


@contextmanager
def shown_progress(language: str = "en", *, tenths: bool = False) -> Iterator[ProgressBar]:
    """Show a bar on standard error until the block ends; nothing is shown where that is not a terminal.

    Parameters
    ----------
    tenths : write a line for each tenth there instead.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield TenthsTold(bar, language) if tenths and not console.is_terminal else ProgressBar(bar, language)
