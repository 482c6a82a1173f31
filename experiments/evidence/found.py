"""What was found when the model was last held against the evidence, as it is kept: nothing is simulated to read it.

Written with the pages on evidence by their commands (``table``, ``controls``), and read by who shows it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from .case import load_cases
from .controls import CONTROLS, Control, ControlResult, Figure
from .evaluate import CaseResult, TargetResult

__all__ = [
    "CASES_FILE",
    "CONTROLS_FILE",
    "FOUND_FOLDER",
    "FoundControl",
    "FoundFigure",
    "KeptTarget",
    "cases_text",
    "controls_text",
    "found_cases",
    "found_controls",
    "found_seeds",
]

FOUND_FOLDER = Path(__file__).resolve().parent / "found"
CASES_FILE, CONTROLS_FILE = "cases.json", "controls.json"


@dataclass(frozen=True)
class KeptTarget(TargetResult):
    """A target and what was simulated, of which only what a page shows is kept.

    Attributes
    ----------
    kept : mean, standard deviation, low and high end of the middle 80 % of the draws, and whether it is met; empty
        where there is no value.
    """

    kept: tuple[Any, ...] = ()

    @property
    def known(self) -> np.ndarray:
        """Return as many values as make a mean with a spread, all of them the mean; none where there is none."""
        size = 0 if not self.kept else 1 if self.kept[1] is None else 2
        return np.full(size, self.kept[0] if self.kept else math.nan, np.float64)

    @property
    def mean(self) -> float:
        """Return the mean over draws; nan where there is none."""
        return float(self.kept[0]) if self.kept else math.nan

    @property
    def sd(self) -> float:
        """Return the standard deviation over draws; nan under two values."""
        return float(self.kept[1]) if self.kept and self.kept[1] is not None else math.nan

    @property
    def central(self) -> tuple[float, float]:
        """Return the range that holds the middle 80 % of the draws; nan where there is none."""
        return (float(self.kept[2]), float(self.kept[3])) if self.kept else (math.nan, math.nan)

    @property
    def passed(self) -> bool:
        """Return whether the target was met."""
        return bool(self.kept) and bool(self.kept[4])


@dataclass(frozen=True)
class FoundFigure:
    """One figure of a control, with the mechanism and without.

    Attributes
    ----------
    figure : case and metric.
    observed, low, high : the figure and its band.
    full, without : mean over the seeds, with the mechanism and without it.
    must_fail : whether it must be missed without; else it must still be met.
    """

    figure: Figure
    observed: float
    low: float
    high: float
    full: float
    without: float
    must_fail: bool

    @property
    def missed(self) -> bool:
        """Whether the figure is outside its band without the mechanism."""
        return not self.low <= self.without <= self.high


@dataclass(frozen=True)
class FoundControl:
    """What became of a negative control: its figures, and whether it fails as it should."""

    control: Control
    figures: tuple[FoundFigure, ...]
    fails_as_it_should: bool


def cases_text(results: Sequence[CaseResult], seeds: int) -> str:
    """Return what was found in the cases, as it is kept: a line for each figure, with the digits of the page."""
    parts = []
    for result in results:
        if result.not_run:
            continue
        figures = {found.target.name: _kept(found) for found in result.targets if len(found.known)}
        rows = ",\n".join(f"  {json.dumps(metric)}: {json.dumps(each)}" for metric, each in figures.items())
        start = f'{json.dumps(result.case.id)}: {{"fitted": {json.dumps(result.fitted)}, "figures": {{'
        parts.append(f"{start}\n{rows}\n}}}}")
    body = ",\n".join(parts)
    return f'{{"seeds": {seeds}, "cases": {{\n{body}\n}}}}\n'


def controls_text(results: Sequence[ControlResult]) -> str:
    """Return what became of the controls, as it is kept; means as the page writes them."""
    document = {
        result.control.name: {
            "fails_as_it_should": result.fails_as_it_should,
            "figures": {
                " ".join(each.figure): [round(each.full.mean, 3), round(each.without.mean, 3)]
                for each in (*result.failing, *result.passing)
            },
        }
        for result in results
    }
    return json.dumps(document, indent=1) + "\n"


def found_seeds() -> int:
    """Return over how many seeds the cases were simulated."""
    return int(_document(CASES_FILE)["seeds"])


@lru_cache(maxsize=1)
def found_cases() -> tuple[CaseResult, ...]:
    """Return what was found in the cases of the package, in their order.

    A figure that was not simulated since its case was changed has no value, and counts as missed.

    Raises
    ------
    InputError : a case that cannot be read.
    """
    kept = _document(CASES_FILE)["cases"]
    results = []
    for case in load_cases():
        there: Mapping[str, Any] = kept.get(case.id, {"fitted": False, "figures": {}})
        figures = there["figures"]
        targets = tuple(KeptTarget(target, kept=tuple(figures.get(target.name, ()))) for target in case.targets)
        results.append(CaseResult(case, targets, case.not_modelled, bool(there["fitted"])))
    return tuple(results)


@lru_cache(maxsize=1)
def found_controls() -> tuple[FoundControl, ...]:
    """Return what became of the negative controls, in their order; those that were not run are left out."""
    kept = _document(CONTROLS_FILE)
    targets = {(case.id, target.name): target for case in load_cases() for target in case.targets}
    found = []
    for control in CONTROLS:
        there = kept.get(control.name)
        if there is None:
            continue
        figures = []
        for figure in (*control.must_fail, *control.must_still_pass):
            full, without = there["figures"][" ".join(figure)]
            target = targets[figure]
            must_fail = figure in control.must_fail
            figures.append(FoundFigure(figure, target.value, target.low, target.high, full, without, must_fail))
        found.append(FoundControl(control, tuple(figures), bool(there["fails_as_it_should"])))
    return tuple(found)


@lru_cache(maxsize=2)
def _document(name: str) -> Mapping[str, Any]:
    return MappingProxyType(json.loads((FOUND_FOLDER / name).read_text(encoding="utf-8")))


def _kept(found: TargetResult) -> list[float | bool | None]:
    low, high = found.central
    numbers = [None if math.isnan(each) else float(f"{each:.3g}") for each in (found.mean, found.sd, low, high)]
    return [*numbers, found.passed]
