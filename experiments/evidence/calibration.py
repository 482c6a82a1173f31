"""Fitting a class to its cases: a search over few parameters, and the draws that come near enough.

Every trial simulates each case of the class that has fit targets. A search by CMA-ES (Hansen 2016, as packaged in
Optuna) goes for all cases together, and one more for each case alone. The ensemble takes from each case, in equal
numbers, the trials that come about as near to it as any: a draw stands for one project of the class, and the draws
together for how projects differ and for what the data leave open. It is no posterior: its spread is the least that is
not known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

from .case import Case, Target
from .fit_spaces import FIT_SPACES, Range
from .harness import Setting
from .registry import all_harnesses

__all__ = ["DRAWS", "NEAR", "Fit", "Trial", "case_loss", "fit_class", "fit_targets", "target_loss"]

# Trials whose loss for a case lies within so much of the least are taken as equally near to it.
NEAR = 2.0
DRAWS = 24
# Beyond so much of its band a target costs more: what is fitted should not sit on an edge.
_EDGE = 0.9
_EDGE_COST = 10.0
# What a target without a value costs, in bands.
_NO_VALUE = 9.0
# A target judged by its range is sought within a third of it.
_RANGE_SHARE = 1.0 / 3.0


@dataclass(frozen=True)
class Trial:
    """One point tried: the values of the free parameters, and the loss for each case."""

    values: Mapping[str, float]
    losses: tuple[float, ...]

    @property
    def total(self) -> float:
        """Return the loss for all cases."""
        return math.fsum(self.losses)


@dataclass(frozen=True)
class Fit:
    """What a search found.

    Attributes
    ----------
    service_class : the class.
    cases : ids of the cases that it was fitted to.
    trials : in the order in which they were tried.
    draws : values of the free parameters of each draw.
    draw_case : by draw, the case that it is near to.
    """

    service_class: str
    cases: tuple[str, ...]
    trials: tuple[Trial, ...]
    draws: tuple[Mapping[str, float], ...] = field(default=())
    draw_case: tuple[str, ...] = field(default=())

    @property
    def best(self) -> Trial:
        """Return the trial nearest to all cases together."""
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
    return distance**2 + _EDGE_COST * max(0.0, distance - _EDGE) ** 2


def case_loss(case: Case, values: Mapping[str, Value], seeds: Sequence[int]) -> float:
    """Return the loss of one project for the fit targets of a case: means over seeds, then the sum over targets."""
    harness = all_harnesses()[case.harness]
    targets = fit_targets(case)
    observed = np.empty((len(seeds), len(targets)))
    for row, seed in enumerate(seeds):
        observation = harness.simulate(Setting(case.service_class, case.scale, values, seed, case.folder))
        observed[row] = [target.metric(observation) for target in targets if target.metric is not None]
    return math.fsum(target_loss(target, mean) for target, mean in zip(targets, observed.mean(axis=0), strict=True))


def fit_class(
    service_class: str,
    cases: Sequence[Case],
    *,
    trials: int = 120,
    seeds: int = 2,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Fit:
    """Fit a class to the cases that have fit targets for it.

    Parameters
    ----------
    cases : all cases; those of other classes are left out.
    trials : points tried in each search; there is one more search than cases, or one where there is one case.
    seeds : simulations of each case at each point.
    seed : of the search and of the simulations.
    progress : told the trials done and those there are.

    Raises
    ------
    ValueError : nothing to fit, or nothing that is free in this class.
    """
    own = [case for case in cases if case.service_class == service_class and fit_targets(case)]
    space = FIT_SPACES.get(service_class)
    if not own or space is None:
        raise ValueError(f"{service_class}: no case with fit targets, or no free parameter")
    goals: list[int | None] = [None, *range(len(own))] if len(own) > 1 else [None]
    numbers = range(1000 * seed, 1000 * seed + seeds)
    tried: list[Trial] = []
    for number, goal in enumerate(goals):

        def weigh(values: Mapping[str, float], goal: int | None = goal) -> float:
            trial = Trial(dict(values), tuple(case_loss(case, values, numbers) for case in own))
            tried.append(trial)
            if progress is not None:
                progress(len(tried), trials * len(goals))
            return trial.total if goal is None else trial.losses[goal] + 0.1 * trial.total

        start = min(tried, key=lambda trial: trial.total).values if tried else None
        _search(weigh, space, trials, seed + number, start)
    fit = Fit(service_class, tuple(case.id for case in own), tuple(tried))
    draws, near = _ensemble(fit, np.random.default_rng(seed))
    return Fit(service_class, fit.cases, fit.trials, draws, near)


def _search(
    weigh: Callable[[Mapping[str, float]], float],
    space: Mapping[str, Range],
    trials: int,
    seed: int,
    start: Mapping[str, float] | None,
) -> None:
    """Look for the least of a function by CMA-ES."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.CmaEsSampler(
        seed=seed, n_startup_trials=max(10, trials // 6), warn_independent_sampling=False
    )
    study = optuna.create_study(sampler=sampler)
    if start:
        study.enqueue_trial(dict(start))

    def objective(trial: optuna.Trial) -> float:
        return weigh({name: trial.suggest_float(name, r.low, r.high, log=r.log) for name, r in space.items()})

    study.optimize(objective, n_trials=trials)


def _ensemble(fit: Fit, generator: np.random.Generator) -> tuple[tuple[Mapping[str, float], ...], tuple[str, ...]]:
    """Return draws of the trials near to each case, and the case that each is near to."""
    losses = np.array([trial.losses for trial in fit.trials])
    share = DRAWS // len(fit.cases)
    chosen: list[list[int]] = []
    for column in range(len(fit.cases)):
        near = np.flatnonzero(losses[:, column] <= losses[:, column].min() + NEAR)
        chosen.append(_some(near, losses[near, column], share, generator))
    # Cases take turns, so that any run of seeds, however short, meets all of them.
    order = [(row, column) for row in range(share) for column in range(len(fit.cases))]
    draws = tuple(
        {name: _rounded(value) for name, value in fit.trials[chosen[column][row]].values.items()}
        for row, column in order
    )
    return draws, tuple(fit.cases[column] for _, column in order)


def _some(
    near: NDArray[np.intp], losses: NDArray[np.float64], number: int, generator: np.random.Generator
) -> list[int]:
    """Return some of the near trials, the nearer the likelier; each once while there are enough."""
    weight = np.exp(-0.5 * (losses - losses.min()))
    return [int(trial) for trial in generator.choice(near, number, replace=len(near) < number, p=weight / weight.sum())]


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
