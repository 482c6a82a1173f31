"""Makes the ensembles of the package, and checks that they can be made again.

    python -m entraide.experiments.evidence.refit [CLASS ...]

An ensemble file holds the draws, the project that each is near to, and what the fit was made from. A check fits anew
from the committed targets with another seed and fewer trials; the new fit must come about as near to the targets, and
its parameters must lie where the committed draws lie.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .calibration import NEAR, Fit, fit_class, fit_targets, projects_of
from .case import Case, load_cases
from .ensembles import ENSEMBLES_FOLDER, ensemble_of
from .fit_spaces import FIT_SPACES, FITTED_TOGETHER

__all__ = ["CHECK_TRIALS", "TRIALS", "Check", "check_class", "document_of", "refit", "write_ensemble"]

TRIALS = 100
CHECK_TRIALS = 60
SEEDS = 2
# A refit may miss the least loss by so much more than what counts as equally near, for each project.
_SLACK = 2.0
# How far beyond the committed draws, as a share of the width in which the parameter was sought, a refit may lie.
_BEYOND = 0.15


def refit(
    service_class: str,
    cases: Sequence[Case],
    *,
    trials: int = TRIALS,
    seeds: int = SEEDS,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Fit:
    """Fit one class; see ``fit_class``."""
    return fit_class(service_class, cases, trials=trials, seeds=seeds, seed=seed, progress=progress)


def document_of(fit: Fit, cases: Sequence[Case], trials: int, seeds: int, seed: int) -> dict[str, Any]:
    """Return what the file of an ensemble holds."""
    targets = {
        case.id: [target.name for target in fit_targets(case)]
        for project in projects_of(fit.service_class, cases)
        for case in project
    }
    return {
        "class": fit.service_class,
        "draws": [dict(draw) for draw in fit.draws],
        "provenance": {
            "near": [_near(fit, number) for number in fit.near],
            "projects": names_of(fit),
            "targets": targets,
            "free": {name: [r.low, r.high] for name, r in FIT_SPACES[fit.service_class].items()},
            "search": _search_of(fit.service_class),
            "trials": trials,
            "seeds": seeds,
            "seed": seed,
            "least": dict(zip(names_of(fit), (round(value, 2) for value in least(fit)), strict=True)),
            "best": {name: float(f"{value:.4g}") for name, value in fit.best.values.items()},
        },
    }


def _search_of(service_class: str) -> str:
    """Return how a class is searched, in words."""
    if service_class in FITTED_TOGETHER:
        return "CMA-ES, block after block, then for all projects together"
    return "CMA-ES, for all projects together and for each"


def _near(fit: Fit, project: int) -> str:
    """Return what a draw is near to."""
    return "+".join(names_of(fit)) if fit.service_class in FITTED_TOGETHER else names_of(fit)[project]


def names_of(fit: Fit) -> list[str]:
    """Return the name of each project: the ids of its cases."""
    return ["+".join(cases) for cases in fit.projects]


def least(fit: Fit) -> list[float]:
    """Return the least loss found for each project."""
    return [min(trial.losses[project] for trial in fit.trials) for project in range(len(fit.projects))]


def write_ensemble(document: Mapping[str, Any], folder: Path = ENSEMBLES_FOLDER) -> Path:
    """Write the file of an ensemble, one draw a line."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{document['class']}.json"
    draws = [json.dumps(draw) for draw in document["draws"]]
    told = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in document["provenance"].items()]
    text = "\n".join(
        [
            "{",
            f'  "class": {json.dumps(document["class"])},',
            '  "draws": [',
            ",\n".join(f"    {draw}" for draw in draws),
            "  ],",
            '  "provenance": {',
            ",\n".join(f"    {line}" for line in told),
            "  }",
            "}\n",
        ]
    )
    path.write_text(text, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Check:
    """What a refit found beside what is committed.

    Attributes
    ----------
    service_class : the class.
    losses : by project, the least loss committed and the least of the refit.
    parameters : by parameter, the refit's median and the range that it may lie in.
    """

    service_class: str
    losses: Mapping[str, tuple[float, float]]
    parameters: Mapping[str, tuple[float, float, float]]

    @property
    def limits(self) -> dict[str, tuple[float, float]]:
        """Return by project the most that the refit's least loss may be, and what it is."""
        return {name: (committed + NEAR + _SLACK, found) for name, (committed, found) in self.losses.items()}

    @property
    def passed(self) -> bool:
        """Return whether the refit lands where the committed ensemble stands."""
        near = all(found <= most for most, found in self.limits.values())
        return near and all(low <= median <= high for median, low, high in self.parameters.values())


def check_class(
    service_class: str,
    cases: Sequence[Case],
    *,
    trials: int = CHECK_TRIALS,
    seed: int = 2,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Check:
    """Fit a class anew and set it beside its committed ensemble.

    Raises
    ------
    ValueError : the class has no committed ensemble.
    """
    committed = ensemble_of(service_class, folder)
    if not committed.fitted:
        raise ValueError(f"{service_class}: no committed ensemble")
    fit = fit_class(service_class, cases, trials=trials, seeds=SEEDS, seed=seed, progress=progress)
    before = committed.provenance["least"]
    parameters = {}
    for name, sought in FIT_SPACES[service_class].items():
        scale = np.log if sought.log else np.asarray
        back = np.exp if sought.log else np.asarray
        drawn = scale(np.array([float(draw[name]) for draw in committed.draws]))
        margin = _BEYOND * float(scale(np.array(sought.high)) - scale(np.array(sought.low)))
        median = float(np.median([draw[name] for draw in fit.draws]))
        parameters[name] = (median, float(back(drawn.min() - margin)), float(back(drawn.max() + margin)))
    losses = {name: (float(before[name]), found) for name, found in zip(names_of(fit), least(fit), strict=True)}
    return Check(service_class, losses, parameters)


def main(arguments: Sequence[str]) -> None:
    """Fit the classes named, or all that have cases to fit, and write their ensembles."""
    cases = load_cases()
    wanted = [
        name
        for name in (arguments or FIT_SPACES)
        if any(case.service_class == name and fit_targets(case) for case in cases)
    ]

    def one(name: str) -> None:
        fit = refit(name, cases)
        path = write_ensemble(document_of(fit, cases, TRIALS, SEEDS, 1))
        found = ", ".join(f"{name} {value:.2f}" for name, value in zip(names_of(fit), least(fit), strict=True))
        print(f"{path.name}: least loss {found}; together {fit.best.total:.2f}", flush=True)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(one, wanted))


if __name__ == "__main__":
    main(sys.argv[1:])
