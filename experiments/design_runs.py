"""One run among several that are compared with one baseline: kept in its place, its progress counted in the whole."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from .output import Request, RunFolder
from .results import Result
from .runner import check_numbers
from .runs import Conduct, carry_out

__all__ = ["run_design"]


def run_design(request: Request, place: Path | None, conduct: Conduct, step: int, steps: int) -> Result:
    """Run the design number ``step`` of ``steps``, all of the same length, or read it back where it is finished.

    Parameters
    ----------
    place : folder in which replicates are kept as they finish; None keeps nothing.
    conduct : its progress is told over all designs together.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``runs.run``.
    """
    one = request.replicates * request.scenario.days

    def hear(before: int, done: int, _: int) -> None:
        if conduct.progress is not None:
            conduct.progress(before + done, steps * one)

    within = Conduct(
        conduct.threads,
        partial(hear, step * one),
        cancel=conduct.cancel,
        snapshot_minutes=conduct.snapshot_minutes,
        notice=conduct.notice,
    )
    check_numbers(replicates=request.replicates, seed=request.seed)
    conduct.check()
    folder = None if place is None else RunFolder.create(place, request)
    result = carry_out(request, folder, within)
    hear(step * one, one, one)
    return result
