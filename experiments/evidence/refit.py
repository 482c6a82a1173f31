"""Makes the ensembles of the package, and checks that they can be made again.

    python -m entraide.experiments.evidence.refit [CLASS ...] [--trials N] [--seed N] [--out FOLDER]

An ensemble file holds the draws, what the fit was made from, and the command that makes the file again: committed ones
are made with the defaults, so that no seed is chosen by what came out. A check fits anew from the committed targets by
another seed and fewer trials; the new fit must come about as near to the targets, and its parameters must lie where the
committed draws lie.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .calibration import NEAR, Fit, fit_class, projects_of
from .case import Case, load_cases
from .ensembles import ENSEMBLES_FOLDER, Ensemble, ensemble_of
from .evaluate import CENTRAL
from .fit_loss import fit_targets
from .fit_spaces import FIT_SPACES, LONGER_SEARCHES
from .project_distribution import sought
from .steering import STEPS, steer_class, steered_targets

__all__ = ["CHECK_TRIALS", "TRIALS", "Check", "check_class", "check_fit", "document_of", "trials_of", "write_ensemble"]

TRIALS = 150
CHECK_TRIALS = 100
FEWEST_TRIALS = 10
SEEDS = 2
SEED = 1
# A refit may miss the least loss by so much more than what counts as equally near, for each observed project.
_SLACK = 1.0
# How far beyond the middle 80 % of the committed draws a refit's median may lie, as a share of the width in which the
# parameter was sought.
_BEYOND = 0.15


def document_of(
    fit: Fit,
    cases: Sequence[Case],
    trials: int,
    seeds: int,
    seed: int,
    steered: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return what the file of an ensemble holds; ``steered``: what all draws have in common, but in no scenario."""
    common = dict(steered or {})
    targets = {
        case.id: [target.name for target in fit_targets(case)]
        for project in projects_of(fit.service_class, cases)
        for case in project
    }
    return {
        "class": fit.service_class,
        "draws": [dict(draw) for draw in fit.draws],
        "common": common,
        "provenance": {
            "projects": names_of(fit),
            "targets": targets,
            "free": {name: [r.low, r.high] for name, r in FIT_SPACES[fit.service_class].items()},
            "between_projects": {
                name: [r.low, r.high]
                for name, r in sought(FIT_SPACES[fit.service_class]).items()
                if name not in FIT_SPACES[fit.service_class]
            },
            "search": "least squares from several places",
            "made_by": _command(fit.service_class, trials, seed),
            "starts": fit.starts,
            "trials": trials,
            "seeds": seeds,
            "seed": seed,
            "near": len(fit.near),
            "losses": dict(zip(names_of(fit), (round(value, 2) for value in fit.best.losses), strict=True)),
            "best": {name: float(f"{value:.4g}") for name, value in fit.best.values.items()},
        }
        | ({"steered": _steering_told(fit.service_class, cases, common)} if common else {}),
    }


def trials_of(service_class: str, trials: int = TRIALS) -> int:
    """Return the points of each search of a class, for so many of a class with few free parameters."""
    return trials * LONGER_SEARCHES.get(service_class, 1)


def _command(service_class: str, trials: int, seed: int) -> str:
    """Return the command that makes the ensemble again."""
    changed = [f"--trials {trials}"] * (trials != trials_of(service_class)) + [f"--seed {seed}"] * (seed != SEED)
    return " ".join(["python -m entraide.experiments.evidence.refit", service_class, *changed])


def _steering_told(service_class: str, cases: Sequence[Case], common: Mapping[str, float]) -> dict[str, Any]:
    """Return what all draws have in common, and by which figure each value was steered."""
    return {
        each.parameter: {"value": common[each.parameter], "by": f"{each.case} {target.name}", "steps": STEPS}
        for each, target in steered_targets(service_class, cases)
        if each.parameter in common
    }


def names_of(fit: Fit) -> list[str]:
    """Return the name of each project: the ids of its cases."""
    return ["+".join(cases) for cases in fit.projects]


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
            f'  "common": {json.dumps(document.get("common", {}))},',
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
    loss : the loss for all projects that the refit found.
    most : the most that it may be.
    parameters : by parameter, the refit's median and the range that it may lie in.
    """

    service_class: str
    loss: float
    most: float
    parameters: Mapping[str, tuple[float, float, float]]

    @property
    def passed(self) -> bool:
        """Return whether the refit lands where the committed ensemble stands."""
        return self.loss <= self.most and all(low <= median <= high for median, low, high in self.parameters.values())


def check_class(
    service_class: str,
    cases: Sequence[Case],
    *,
    trials: int | None = None,
    seed: int = 2,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Check:
    """Fit a class anew and set it beside its committed ensemble.

    Parameters
    ----------
    trials : points of each search; None: two thirds of those that the committed fit took by default.
    seed : of the search and the simulations, another than that of committed fits.
    folder : of the ensembles; None: those of the package.
    progress : told the trials done and those there are.

    Raises
    ------
    ValueError : the class has no committed ensemble.
    """
    _committed(service_class, folder)
    points = trials_of(service_class, CHECK_TRIALS) if trials is None else trials
    fit = fit_class(service_class, cases, trials=points, seeds=SEEDS, seed=seed, progress=progress)
    return check_fit(fit, folder)


def _committed(service_class: str, folder: Path | None) -> Ensemble:
    committed = ensemble_of(service_class, folder)
    if not committed.fitted:
        raise ValueError(f"{service_class}: no committed ensemble")
    return committed


def check_fit(fit: Fit, folder: Path | None = None) -> Check:
    """Set a fit beside the committed ensemble of its class; ``folder`` and errors as in ``check_class``."""
    committed = _committed(fit.service_class, folder)
    parameters = {}
    for name, free in FIT_SPACES[fit.service_class].items():
        scale = np.log if free.log else np.asarray
        back = np.exp if free.log else np.asarray
        drawn = scale(np.array([float(draw[name]) for draw in committed.draws]))
        margin = _BEYOND * float(scale(np.array(free.high)) - scale(np.array(free.low)))
        median = float(np.median([draw[name] for draw in fit.draws]))
        inner = np.quantile(drawn, CENTRAL)
        low, high = (float(back(place)) for place in (inner[0] - margin, inner[1] + margin))
        parameters[name] = (median, max(low, free.low), min(high, free.high))
    before = math.fsum(float(loss) for loss in committed.provenance["losses"].values())
    most = before + (NEAR + _SLACK) * len(fit.projects)
    return Check(fit.service_class, fit.best.total, most, parameters)


def main(arguments: Sequence[str]) -> None:
    """Fit the classes named, or all that have cases to fit, and write their ensembles."""
    cases = load_cases()
    parser = argparse.ArgumentParser(description=main.__doc__)
    fitted = [name for name in FIT_SPACES if projects_of(name, cases)]
    parser.add_argument("classes", nargs="*", metavar="CLASS", help=", ".join(fitted))
    parser.add_argument("--trials", type=int, help="points of each search; what the class asks for where not said")
    parser.add_argument("--seed", type=int, default=SEED, help="of the search and the simulations")
    parser.add_argument("--out", type=Path, default=ENSEMBLES_FOLDER, help="folder of the ensembles")
    asked = parser.parse_args(arguments)
    unknown = set(asked.classes) - set(fitted)
    if unknown:
        parser.error(f"no cases to fit: {', '.join(sorted(unknown))}; there are: {', '.join(fitted)}")
    if asked.trials is not None and asked.trials < FEWEST_TRIALS:
        parser.error(f"--trials: {asked.trials} are too few for a search; {FEWEST_TRIALS} or more")
    for name in asked.classes or fitted:
        trials = trials_of(name) if asked.trials is None else asked.trials
        fit = fit_class(name, cases, trials=trials, seeds=SEEDS, seed=asked.seed)
        steered = steer_class(name, fit.draws, cases)
        path = write_ensemble(document_of(fit, cases, trials, SEEDS, asked.seed, steered), asked.out)
        found = ", ".join(f"{label} {value:.2f}" for label, value in zip(names_of(fit), fit.best.losses, strict=True))
        print(f"{path.name}: loss {fit.best.total:.2f} ({found}); {len(fit.near)} trials near", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
