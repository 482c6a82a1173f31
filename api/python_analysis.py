"""The analysis of a sweep from Python: ``sensitivity`` and ``robust``."""

from __future__ import annotations

import os
from collections.abc import Sequence

from entraide.experiments.analysis.robust_study import RobustStudy, robust_study
from entraide.experiments.analysis.robustness import HOLDS_IN
from entraide.experiments.analysis.sensitivity import Sensitivity, sensitivity_of
from entraide.experiments.analysis.study_runs import study_runs
from entraide.experiments.batch.store import Store

__all__ = ["robust", "sensitivity"]


def sensitivity(
    sweep: Store | str | os.PathLike[str], outputs: Sequence[str] = (), *, scenario: str | None = None
) -> tuple[Sensitivity, ...]:
    """Return what outputs of a Sobol or Morris sweep go with, factor by factor, with intervals.

    Parameters
    ----------
    sweep : what ``sweep`` returned, or its folder.
    outputs : columns of the runs, or measures of the first service; none: the margins of the three risks and the cost.
    scenario : of the study; None: the first.

    Raises
    ------
    InputError : no sweep, no such output, or a design that gives no indices.
    MachineError : SALib is not installed.

    Examples
    --------
    >>> import entraide as en
    >>> (continuity, *_) = en.sensitivity(en.sweep("sobol-default"))                        # doctest: +SKIP
    >>> [(each.factor.key, each.total.value) for each in continuity.ranked]                # doctest: +SKIP
    """
    runs = study_runs(sweep, scenario)
    return tuple(sensitivity_of(runs, name) for name in outputs or runs.headline_outputs())


def robust(
    sweep: Store | str | os.PathLike[str],
    *,
    holds_in: float = HOLDS_IN,
    reference: int | None = None,
    price: float | None = None,
    scenario: str | None = None,
) -> RobustStudy:
    """Return which designs of a sweep hold their norms, what breaks the others, and what is worth finding out.

    Parameters
    ----------
    sweep : what ``sweep`` returned, or its folder.
    holds_in : share of the sets of assumptions under which all norms must be held, 0-1.
    reference : number of the design that the others are compared with.
    price : EUR for a year with a broken norm.
    scenario : of the study; None: the first.

    Raises
    ------
    InputError : no sweep, designs that were not simulated under the same assumptions, or numbers that cannot be used.
    MachineError : the EMA workbench is not installed.

    Examples
    --------
    >>> import entraide as en
    >>> found = en.robust(en.sweep("robust-levers"))                                        # doctest: +SKIP
    >>> found.robustness.safest.design.changes                                              # doctest: +SKIP
    """
    return robust_study(study_runs(sweep, scenario), holds_in=holds_in, reference=reference, price=price)
