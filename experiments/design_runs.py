"""One run among several that are compared with one baseline: kept in its place, its progress counted in the whole."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from . import runs
from .output import Request, RunFolder
from .results import Result
from .runs import Conduct

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

    within = Conduct(conduct.threads, partial(hear, step * one), cancel=conduct.cancel)
    if place is not None:
        RunFolder.create(place, request)
        result = runs.resume(place, within)
    else:
        result = runs.run(
            request.scenario,
            replicates=request.replicates,
            seed=request.seed,
            counterfactual=False,
            own_file=request.own_file,
            conduct=within,
        )
    hear(step * one, one, one)
    return result
