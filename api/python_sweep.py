"""Studies of many runs from Python: ``sweep`` and ``load_sweep``."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from entraide.experiments.batch.store import Store
from entraide.experiments.batch.study import Study, load_study
from entraide.experiments.batch.sweep import begin_sweep, carry_out
from entraide.experiments.conduct import Conduct
from entraide.experiments.output import next_folder
from entraide.model.errors import InputError

from .commands_sweep import begin_workers

if TYPE_CHECKING:
    from entraide.experiments.batch.executors import Pool

__all__ = ["load_sweep", "sweep"]


def sweep(
    study: str | os.PathLike[str] | Study,
    out: str | os.PathLike[str] | None = None,
    *,
    replicates: int | None = None,
    days: int | None = None,
    workers: int | None = None,
    dask: int | None = None,
    cluster: str | None = None,
    progress: bool | Callable[[int, int], None] = False,
) -> Store:
    """Carry out a study, or go on with it where its folder was begun before, and return its store.

    Parameters
    ----------
    study : name of a study of the package, path to a TOML file, or a loaded study.
    out : folder; None: entraide-out/NAME-1, -2, ...
    replicates, days : instead of the study's; not with a loaded study.
    workers : processes of this machine; None: one a core, as many as memory holds. Results do not depend on it.
    dask, cluster : instead, a Dask cluster of this machine with so many processes, or the one at an address.
    progress : True shows a bar on standard error; a function is told the runs made and those to make.

    Raises
    ------
    InputError : anything in the study or the arguments that cannot be used.
    MachineError : a package is missing, or the folder cannot be written.

    Examples
    --------
    >>> import entraide as en
    >>> runs = en.sweep("first-levers", days=60).runs()                          # doctest: +SKIP
    >>> runs.groupby("acknowledgement_rate")["reports.share_in_time"].mean()     # doctest: +SKIP
    """
    from contextlib import nullcontext

    from .progress import shown_progress

    given = [name for name, value in (("replicates", replicates), ("days", days)) if value is not None]
    if isinstance(study, Study) and given:
        raise InputError(
            "cannot be given with a loaded study, which has its own",
            where=given[0],
            remedy=f"Write en.load_study(NAME, {given[0]}=...)",
        )
    loaded = study if isinstance(study, Study) else load_study(study, replicates=replicates, days=days)
    begin: Callable[[], Pool] = begin_workers(workers, dask, cluster, lambda: loaded)
    store = begin_sweep(loaded, next_folder(loaded.name) if out is None else Path(out))
    with shown_progress() if progress is True else nullcontext() as bar:
        if bar is not None:
            conduct = Conduct(progress=bar.progress, stage=bar.stage)
        else:
            conduct = Conduct(progress=progress if callable(progress) else None)
        carry_out(store, begin, conduct)
    return store


def load_sweep(folder: str | os.PathLike[str]) -> Store:
    """Return the store of a sweep, finished or not; nothing is simulated.

    Raises
    ------
    InputError : no sweep was begun there, or another version wrote it.
    """
    return Store.open(folder)
