"""Fitting a class to its cases: a search over few parameters, and the draws that come near enough.

Every trial simulates each project of the class that has fit targets; cases with the same inputs are one project. A
search by CMA-ES (Hansen 2016, as packaged in Optuna) goes for all projects together, and one more for each alone. The
ensemble takes from each project, in proportion to the observed projects that it stands for, the trials that come about
as near to it as any: a draw stands for one project of the class, and the draws together for how projects differ and for
what the data leave open. What is near counts the other projects too, with a quarter of their weight: few figures alone
would leave all open. It is no posterior: its spread is the least that is not known.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.parameters import Value
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS

from .arrivals import read_arrivals
from .case import ARRIVALS, Case, Target
from .fit_spaces import FIT_SPACES, FITTED_TOGETHER, STANDS_FOR, Range
from .harness import Setting
from .harness_service import EVERY
from .registry import all_harnesses

__all__ = ["DRAWS", "NEAR", "Fit", "Trial", "fit_class", "fit_targets", "project_loss", "projects_of", "target_loss"]

# Trials whose loss for a project lies within so much of the least are taken as equally near to it; for several at once,
# within so much for each.
NEAR = 2.0
DRAWS = 24
# Beyond so much of its band a target costs more: what is fitted should not sit on an edge.
_EDGE = 0.9
_EDGE_COST = 10.0
# People simulated for one figure, over seeds, where the project is smaller; the most seeds for it; and the most people
# that a fit looks at.
_PEOPLE = 1500
_MOST_SEEDS = 8
_MANY = 6000
# Simulations of each project in a class that is fitted together, for each that the others get.
_SEEDS_TOGETHER = 2
# How much the other projects of a class weigh where one is fitted, and the loss beyond which they pull no more.
_BORROWED = 0.25
_REACH = 4.0
# Nothing that is free here moves votes: what a task's difficulty does to them is fitted apart (decision 55).
_WITHOUT = ("votes",)
# How much a figure that must hold weighs beside one that need not.
_MUST_HOLD = 3.0
# What a target without a value costs, in bands.
_NO_VALUE = 9.0
# A target judged by its range is sought within a third of it.
_RANGE_SHARE = 1.0 / 3.0


@dataclass(frozen=True)
class Trial:
    """One point tried: the values of the free parameters, and the loss for each project."""

    values: Mapping[str, float]
    losses: tuple[float, ...]

    @property
    def total(self) -> float:
        """Return the loss for all projects."""
        return math.fsum(self.losses)


@dataclass(frozen=True)
class Fit:
    """What a search found.

    Attributes
    ----------
    service_class : the class.
    projects : by project, the ids of its cases.
    trials : in the order in which they were tried.
    draws : values of the free parameters of each draw.
    near : by draw, the number of the project that it is near to.
    """

    service_class: str
    projects: tuple[tuple[str, ...], ...]
    trials: tuple[Trial, ...]
    draws: tuple[Mapping[str, float], ...] = field(default=())
    near: tuple[int, ...] = field(default=())

    @property
    def best(self) -> Trial:
        """Return the trial nearest to all projects together."""
        return min(self.trials, key=lambda trial: trial.total)


def fit_targets(case: Case) -> tuple[Target, ...]:
    """Return the targets that parameters are fitted to."""
    return tuple(target for target in case.targets if target.role == "fit" and target.metric is not None)


def target_loss(target: Target, value: float) -> float:
    """Return how far a figure lies from a target: squared, in half bands, more beyond nine tenths of one."""
    if not math.isfinite(value):
        distance = _NO_VALUE
    else:
        half = target.high - target.value if value > target.value else target.value - target.low
        if target.judged == "range":
            half *= _RANGE_SHARE
        half = half or 0.5 * (target.high - target.low) or 1e-9
        distance = min(_NO_VALUE, abs(value - target.value) / half)
    return (_MUST_HOLD if target.required else 1.0) * (distance**2 + _EDGE_COST * max(0.0, distance - _EDGE) ** 2)


def projects_of(service_class: str, cases: Sequence[Case]) -> tuple[tuple[Case, ...], ...]:
    """Return the cases of a class that have fit targets, those with the same inputs together."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        if case.service_class == service_class and case.harness not in _WITHOUT and fit_targets(case):
            found.setdefault(f"{case.harness} {case.folder} {sorted(map(str, case.scale.items()))}", []).append(case)
    return tuple(tuple(together) for together in found.values())


def project_loss(project: Sequence[Case], values: Mapping[str, Value], seeds: Sequence[int]) -> float:
    """Return the loss of one project for its fit targets: means over seeds, then the sum over targets."""
    first = project[0]
    harness = all_harnesses()[first.harness]
    targets = [target for case in project for target in fit_targets(case)]
    observed = np.empty((len(seeds), len(targets)))
    for row, seed in enumerate(seeds):
        observation = harness.simulate(Setting(first.service_class, first.scale, values, seed, first.folder))
        observed[row] = [target.metric(observation) for target in targets if target.metric is not None]
    return math.fsum(target_loss(target, mean) for target, mean in zip(targets, observed.mean(axis=0), strict=True))


def seeds_for(project: Sequence[Case], least: int) -> int:
    """Return how many simulations tell a project from its chance: more where few people take part."""
    people = _people(project[0])
    if people is None:
        return least
    return int(np.clip(_PEOPLE // max(1, people), least, _MOST_SEEDS))


def _people(case: Case) -> int | None:
    """Return how many people arrive or play in a case; None where it does not say."""
    if ARRIVALS not in case.scale:
        return int(case.scale["players"]) if "players" in case.scale else None
    return len(read_arrivals(case.folder / str(case.scale[ARRIVALS]), int(case.scale["days"])))


def _looked_at(project: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases of a project with as many of its people as a fit looks at."""
    people = _people(project[0])
    if people is None or people < _MANY or ARRIVALS not in project[0].scale:
        return tuple(project)
    return tuple(replace(case, scale={**case.scale, EVERY: -(-people // _MANY)}) for case in project)


def fit_class(
    service_class: str,
    cases: Sequence[Case],
    *,
    trials: int = 120,
    seeds: int = 2,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Fit:
    """Fit a class to the projects that have fit targets for it.

    Parameters
    ----------
    cases : all cases; those of other classes are left out.
    trials : points tried in each search; there is one more search than projects, or one where there is one project. A
        class that is fitted together has one for each block, and a last one with that many for each project.
    seeds : simulations of each project at each point, at least; more where few people take part.
    seed : of the search and of the simulations.
    progress : told the trials done and those there are.

    Raises
    ------
    ValueError : nothing to fit, or nothing that is free in this class.
    """
    projects = projects_of(service_class, cases)
    space = FIT_SPACES.get(service_class)
    if not projects or space is None:
        raise ValueError(f"{service_class}: no case with fit targets, or no free parameter")
    simulated = [_looked_at(project) for project in projects]
    together = service_class in FITTED_TOGETHER
    # With two simulations, what was fitted to letters was partly their chance.
    least = _SEEDS_TOGETHER * seeds if together else seeds
    numbers = [range(1000 * seed, 1000 * seed + seeds_for(project, least)) for project in projects]
    # One project: a second search from elsewhere, since one alone may end beside the least.
    alone = len(projects) == 1 and not together
    goals: list[int | None] = [None] if together else [None, None] if alone else [None, *range(len(projects))]
    first: Mapping[str, float] | None = None
    if together:
        first = _by_blocks(service_class, simulated, numbers, trials, seed)
        trials *= len(projects)
    tried: list[Trial] = []
    for number, goal in enumerate(goals):

        def weigh(values: Mapping[str, float], goal: int | None = goal) -> float:
            trial = Trial(dict(values), tuple(map(project_loss, simulated, repeat(values), numbers)))
            tried.append(trial)
            if progress is not None:
                progress(len(tried), trials * len(goals))
            return trial.total if goal is None else _pooled(trial.losses)[goal]

        start = min(tried, key=lambda trial: trial.total).values if tried and not alone else None
        _search(weigh, space, trials, seed + number, start, first)
    fit = Fit(service_class, tuple(tuple(case.id for case in project) for project in projects), tuple(tried))
    draws, near = _ensemble(fit, np.random.default_rng(seed), together=together)
    return replace(fit, draws=draws, near=near)


def _pooled(losses: Sequence[float]) -> tuple[float, ...]:
    """Return the loss for each project with a part of the others': a project of few figures borrows from its class.

    Where another project is out of reach, its loss no longer pulls: projects of a class may differ.
    """
    borrowed = [min(_REACH, loss) for loss in losses]
    total = math.fsum(borrowed)
    return tuple(loss + _BORROWED * (total - own) for loss, own in zip(losses, borrowed, strict=True))


def _search(
    weigh: Callable[[Mapping[str, float]], float],
    space: Mapping[str, Range],
    trials: int,
    seed: int,
    start: Mapping[str, float] | None,
    first: Mapping[str, float] | None = None,
) -> Mapping[str, float]:
    """Look for the least of a function by CMA-ES, and return where it was found.

    ``start`` is a point tried first; ``first`` is where the search is centred, without looking all over first.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    with warnings.catch_warnings():
        # Optuna announces that x0 will go with its version 6, which pyproject.toml keeps out.
        warnings.simplefilter("ignore", FutureWarning)
        sampler = optuna.samplers.CmaEsSampler(
            seed=seed,
            n_startup_trials=1 if first else max(10, trials // 6),
            x0=dict(first) if first else None,
            warn_independent_sampling=False,
        )
    study = optuna.create_study(sampler=sampler)
    if start:
        study.enqueue_trial(dict(start))

    def objective(trial: optuna.Trial) -> float:
        return weigh({name: trial.suggest_float(name, r.low, r.high, log=r.log) for name, r in space.items()})

    study.optimize(objective, n_trials=trials)
    return dict(study.best_params)


def _by_blocks(
    service_class: str, projects: Sequence[Sequence[Case]], numbers: Sequence[Sequence[int]], trials: int, seed: int
) -> Mapping[str, float]:
    """Return where to begin: each block of parameters sought for its own cases, the others as they are by then."""
    space = FIT_SPACES[service_class]
    defaults = {p.name: p.default for p in (*CITIZEN_PARAMETERS, *SERVICE_PARAMETERS)}
    declared: dict[str, Value] = {**defaults, **SERVICE_CLASSES[service_class]}
    found = {name: float(np.clip(float(declared[name]), r.low, r.high)) for name, r in space.items()}
    for cases, names in FITTED_TOGETHER[service_class]:
        own = [place for place, project in enumerate(projects) if project[0].id in cases]

        def weigh(values: Mapping[str, float], own: Sequence[int] = own, held: Mapping[str, float] = found) -> float:
            return math.fsum(project_loss(projects[place], {**held, **values}, numbers[place]) for place in own)

        begin = {name: found[name] for name in names}
        found = {**found, **_search(weigh, {name: space[name] for name in names}, trials, seed, begin)}
    return found


def _ensemble(
    fit: Fit, generator: np.random.Generator, *, together: bool
) -> tuple[tuple[Mapping[str, float], ...], tuple[int, ...]]:
    """Return draws of the trials near to each project, or to all at once, and the project that each is near to."""
    within = NEAR
    if together:
        losses = np.array([[trial.total] for trial in fit.trials])
        within *= len(fit.projects)
    else:
        losses = np.array([_pooled(trial.losses) for trial in fit.trials])
    projects = range(losses.shape[1])
    weights = [1.0] if together else [_stands_for(cases) for cases in fit.projects]
    shares = [max(2, round(DRAWS * weight / math.fsum(weights))) for weight in weights]
    chosen: list[list[int]] = []
    for project in projects:
        near = np.flatnonzero(losses[:, project] <= losses[:, project].min() + within)
        chosen.append(_some(near, losses[near, project], shares[project], generator))
    # Projects take turns in proportion to their draws, so that any run of seeds, however short, meets all of them.
    order = sorted(
        ((row, project) for project in projects for row in range(shares[project])),
        key=lambda place: ((place[0] + 0.5) / shares[place[1]], place[1]),
    )
    draws = tuple(
        {name: _rounded(value) for name, value in fit.trials[chosen[project][row]].values.items()}
        for row, project in order
    )
    return draws, tuple(project for _, project in order)


def _stands_for(cases: Sequence[str]) -> float:
    """Return how many observed projects the cases of one fitted project stand for."""
    return max(STANDS_FOR.get(case, 1.0) for case in cases)


def _some(
    near: NDArray[np.intp], losses: NDArray[np.float64], number: int, generator: np.random.Generator
) -> list[int]:
    """Return some of the near trials, the nearer the likelier; each once while there are enough."""
    weight = np.exp(-0.5 * (losses - losses.min()))
    return [int(trial) for trial in generator.choice(near, number, replace=len(near) < number, p=weight / weight.sum())]


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
