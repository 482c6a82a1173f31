"""Trying designs from Python: with or without a folder, with or without a progress bar."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from entraide.experiments.designs import DesignFolder
from entraide.experiments.runs import Conduct

from .interruption import say_notice

__all__ = ["conducted", "tried_designs"]

Found = TypeVar("Found")
Progress = bool | Callable[[int, int], None]


@contextmanager
def conducted(threads: int | None, progress: Progress, **more: Any) -> Iterator[Conduct]:
    """Give what a run is to be conducted with; True shows a bar on standard error until the block ends."""
    notice = partial(say_notice, "en")
    if progress is True:
        from .progress import shown_progress

        with shown_progress() as bar:
            yield Conduct(threads, bar.progress, bar.stage, notice=notice, workload=bar.expect, **more)
    else:
        yield Conduct(threads, progress or None, notice=notice, **more)


def tried_designs(
    kind: type[DesignFolder[Any, Any, Found]],
    plan: Any,
    write: Callable[[Found, Path], None],
    *,
    out: str | os.PathLike[str] | None,
    threads: int | None,
    progress: Progress,
) -> tuple[Found, Path | None]:
    """Try the designs of a plan; return what was found, and the folder that it was written to.

    Parameters
    ----------
    kind : the folder that such a plan has.
    write : writes what was found into it.
    out : None keeps nothing.
    """
    folder = None if out is None else kind.create(Path(out), plan).path
    with conducted(threads, progress) as conduct:
        found: Found = kind.attempt(plan, folder, conduct)
    if folder is not None:
        write(found, folder)
    return found, folder
