"""The runs of a study that a command analyses: of a sweep's folder, or of a study that is swept first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .commands_sweep import begin_workers, interruption_of
from .interruption import say_notice

if TYPE_CHECKING:
    from entraide.experiments.analysis.study_runs import StudyRuns
    from entraide.experiments.batch.executors import Pool
    from entraide.experiments.batch.store import Store
    from entraide.experiments.batch.study import Study
    from entraide.viz.drawing import Illustration

__all__ = ["Hands", "asked_study", "shown", "swept", "write_figures"]


class Hands:
    """Who runs a sweep: the options of that name."""

    def __init__(self, workers: int | None, dask: int | None, cluster: str | None) -> None:
        self._asked = (workers, dask, cluster)

    def begin(self, study: Study) -> Callable[[], Pool]:
        """Return what begins the workers."""
        return begin_workers(*self._asked, lambda: study)


def asked_study(name: str, replicates: int | None, days: int | None) -> Store | Study:
    """Return the sweep in a folder, or the study of a name or file.

    Raises
    ------
    InputError : neither; replicates or days that a folder already fixes.
    """
    from entraide.experiments.batch.store import REQUEST_FILE, Store
    from entraide.experiments.batch.study import load_study
    from entraide.model.errors import InputError

    if not (Path(name) / REQUEST_FILE).exists() and not Path(name).is_dir():
        return load_study(name, replicates=replicates, days=days)
    given = [option for option, value in (("--replicates", replicates), ("--days", days)) if value is not None]
    if given:
        raise InputError(
            "cannot be given with the folder of a sweep, which has its own",
            where=given[0],
            remedy="Name the study instead of the folder to sweep it anew",
        )
    return Store.open(name)


def swept(asked: Store | Study, out: Path | None, hands: Hands, language: str, command: str) -> Store:
    """Return the sweep, carried out first where a study was asked for.

    Raises
    ------
    InputError, MachineError : as the command ``sweep``.
    """
    from entraide.experiments.batch.store import Store
    from entraide.experiments.batch.sweep import begin_sweep, carry_out
    from entraide.experiments.output import next_folder

    if isinstance(asked, Store):
        return asked
    store = begin_sweep(asked, next_folder(asked.name) if out is None else out, command)
    with interruption_of(store, language), shown(language) as conduct:
        carry_out(store, hands.begin(asked), conduct)
    return store


def shown(language: str) -> Any:
    """Return a context with a progress bar, that gives what a sweep is told."""
    from contextlib import contextmanager

    from entraide.experiments.conduct import Conduct

    from .progress import shown_progress

    @contextmanager
    def context() -> Any:
        with shown_progress(language) as bar:
            yield Conduct(progress=bar.progress, stage=bar.stage, notice=partial(say_notice, language))

    return context()


def write_figures(figures: list[Illustration], folder: Path, runs: StudyRuns, language: str) -> list[str]:
    """Write figures as PNG and SVG, with their provenance, and return the names of the files.

    Raises
    ------
    MachineError : they cannot be written.
    """
    from entraide.experiments.files import make_folder, storage_fault
    from entraide.viz.figure_files import save
    from entraide.viz.study_words import provenance_of, study_origin

    make_folder(folder)
    names, note, source = [], study_origin(runs, language), provenance_of(runs)
    for each in figures:
        try:
            names += [path.name for path in save(each, folder, note, source=source)]
        except OSError as error:
            raise storage_fault(error, folder) from None
    return names
