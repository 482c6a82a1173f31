"""The page on calibration: what each class was fitted to, what it found, and what it says of a project left out.

Refresh the committed page:

    python -m entraide.experiments.evidence.calibration_page docs/reference/calibration.md
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .calibration import fit_class, projects_of, sources_of
from .case import Case, load_cases
from .ensembles import Ensemble, ensemble_of
from .evaluate import TargetResult, evaluate
from .fit_loss import fit_targets
from .fit_spaces import FEWEST_STARTS, FIT_SPACES
from .reference import table_lines, write_page

__all__ = ["LeftOut", "calibration_page", "leave_one_out"]

SEEDS = 12
# Fewer searches and trials than an ensemble has: there are a dozen of these fits.
TRIALS = 60
# A decile of the draws so near to an end of what was sought, as a share of it, tells of that end rather than of data.
_AT_A_LIMIT = 0.02
_COMMAND = "python -m entraide.experiments.evidence.calibration_page docs/reference/calibration.md"


@dataclass(frozen=True)
class LeftOut:
    """A project judged by an ensemble fitted to the other projects of its class alone."""

    service_class: str
    project: str
    case: str
    found: TargetResult


def leave_one_out(cases: Sequence[Case], seeds: int = SEEDS, trials: int = TRIALS) -> tuple[LeftOut, ...]:
    """Fit classes of several projects anew without each, and return its fitted figures by that fit."""
    rows: list[LeftOut] = []
    for name in FIT_SPACES:
        projects = projects_of(name, cases)
        ensemble = ensemble_of(name)
        sources = sources_of(projects)
        if len(sources) < 2 or not ensemble.fitted:
            continue
        for project in sources:
            others = [case for case in cases if case not in project]
            fit = fit_class(name, others, trials=trials, starts=FEWEST_STARTS)
            rows += _judged(project, "+".join(case.id for case in project), fit.draws, seeds)
    return tuple(rows)


def _judged(project: Sequence[Case], label: str, draws: Sequence[object], seeds: int) -> list[LeftOut]:
    name = project[0].service_class
    with tempfile.TemporaryDirectory() as folder:
        document = {"class": name, "draws": list(draws), "provenance": {}}
        (Path(folder) / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        results = evaluate(project, seeds=seeds, ensembles=Path(folder))
    return [
        LeftOut(name, label, result.case.id, found)
        for result in results
        for found in result.targets
        if found.target in fit_targets(result.case)
    ]


def calibration_page(cases: Sequence[Case], left_out: Sequence[LeftOut]) -> str:
    """Return the page in Markdown."""
    return "\n".join([*_head(), *_classes(cases), *_left_out(left_out)]) + "\n"


def _head() -> Iterator[str]:
    yield "# Calibration: classes, projects, draws"
    yield ""
    yield f"Written by `{_COMMAND}`. Do not change it by hand. Method and limits: decision 53."
    yield ""
    yield "`python -m entraide.experiments.evidence.refit CLASS` makes an ensemble; `entraide calibrate --check` fits"
    yield "anew with another seed and says whether the fit lands where the committed draws lie. *Said by the data* goes"
    yield "by the spread of the draws, the least that is not known: a search may stay near one of several answers."
    yield ""


def _classes(cases: Sequence[Case]) -> Iterator[str]:
    for name, space in FIT_SPACES.items():
        ensemble = ensemble_of(name)
        if not ensemble.fitted:
            continue
        projects = projects_of(name, cases)
        targets = sum(len(fit_targets(case)) for project in projects for case in project)
        yield f"## {name}"
        yield ""
        yield f"{len(space)} free parameters, {targets} fitted figures of {_count(sources_of(projects))}."
        yield ""
        told = ensemble.provenance
        yield from table_lines(
            ("Project", "Loss of the best fit, squared half bands"),
            ((project, f"{loss:g}") for project, loss in told["losses"].items()),
        )
        yield ""
        differ = [name for name, free in space.items() if free.differs is not None]
        if differ:
            yield "Projects differ in " + " and ".join(f"`{name}`" for name in differ) + "; spreads of the best fit:"
            spreads = (f"{told['best'][name]:.2g} ({name})" for name in told["between_projects"])
            yield ", ".join(spreads) + ", on the logarithm or the logit."
            yield ""
        yield from table_lines(
            ("Free parameter", "Sought in", "Middle of the draws", "80 % of the draws", "Said by the data"),
            (
                _parameter(ensemble, parameter, sought.low, sought.high, sought.log)
                for parameter, sought in space.items()
            ),
        )
        yield ""
        steered = ensemble.provenance.get("steered", {})
        if steered:
            yield "Fitted after the draws, one value for all of them, by stochastic approximation:"
            yield ""
            yield from table_lines(
                ("Parameter", "Value", "Steered by"),
                ((f"`{parameter}`", f"{told['value']:g}", told["by"]) for parameter, told in steered.items()),
            )
            yield ""


def _count(projects: Sequence[object]) -> str:
    return "one project: in-sample" if len(projects) == 1 else f"{len(projects)} projects"


def _parameter(ensemble: Ensemble, name: str, low: float, high: float, log: bool) -> tuple[str, ...]:
    values = np.array([float(draw[name]) for draw in ensemble.draws])
    inner = np.quantile(values, (0.1, 0.9))
    width = np.log(inner[1] / inner[0]) / np.log(high / low) if log else (inner[1] - inner[0]) / (high - low)
    said = "closely" if width < 0.15 else "roughly" if width < 0.4 else "hardly: scan it"
    places = np.log(inner / low) / np.log(high / low) if log else (inner - low) / (high - low)
    if min(places[0], 1.0 - places[1]) < _AT_A_LIMIT:
        said += ", at a limit of what was sought"
    return (
        f"`{name}`",
        f"{low:g} to {high:g}",
        f"{np.median(values):.3g}",
        f"{inner[0]:.3g} to {inner[1]:.3g}",
        said,
    )


def _left_out(rows: Sequence[LeftOut]) -> Iterator[str]:
    yield "## One project left out"
    yield ""
    yield "Classes with several projects, fitted anew without each of them: its figures by what the others say."
    yield f"These fits take {FEWEST_STARTS} searches of {TRIALS} trials each, fewer than an ensemble has."
    yield ""
    inside = sum(row.found.passed for row in rows)
    yield f"{inside} of {len(rows)} figures inside their bands."
    yield ""
    yield from table_lines(
        ("Class", "Left out", "Figure", "Observed", "By the others, mean", "Accepted", "Verdict"),
        (
            (
                row.service_class,
                row.project,
                f"{row.case} `{row.found.target.name}`",
                f"{row.found.target.value:g}",
                f"{row.found.mean:.3g}",
                f"{row.found.target.low:g} to {row.found.target.high:g}",
                "met" if row.found.passed else "missed",
            )
            for row in rows
        ),
    )


if __name__ == "__main__":
    _cases = load_cases()
    write_page(calibration_page(_cases, leave_one_out(_cases)), sys.argv[1:])
