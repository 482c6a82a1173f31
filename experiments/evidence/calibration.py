"""Fitting a class to its cases: a search over few parameters, and the draws that come near enough.

A class is a distribution over projects (project_distribution.py). Every trial draws projects from one such
distribution, simulates each case by them, and judges the figures as the cases say: their mean against a band, or an
observed project against the range of the projects drawn. Searches from several places end at a least each (search.py);
points are drawn around all that come near. The ensemble takes the trials that come about as near as any, each with a
project drawn from it: its draws together stand for how projects differ and for what the data leave open. It is no
posterior: its spread is the least that is not known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from entraide.experiments.runner import cores_at_hand
from entraide.model.parameters import Value

from .arrivals import read_arrivals
from .case import ARRIVALS, Case
from .fit_loss import fit_targets, targets_residuals
from .fit_spaces import FEWEST_STARTS, FIT_SPACES, STARTS, STEERED, Range
from .harness import Setting
from .harness_service import EVERY
from .project_distribution import of_a_project, scores, sought
from .registry import all_harnesses
from .search import along, around, descend, evenly_spread

__all__ = ["DRAWS", "NEAR", "Fit", "Trial", "fit_class", "project_figures", "projects_of", "sources_of"]

# Trials whose loss lies within so much of the least, for each observed project, are taken as equally near.
NEAR = 1.0
DRAWS = 24
# Of a search, the share of trials spread evenly over the space, and of those around where it ended.
_EVENLY = 0.2
_AROUND = 0.3
# Projects drawn at each trial where projects of the class differ: for a case judged by their range, by their mean, and
# for one that takes a whole simulation.
_FOR_RANGE = 16
_FOR_MEAN = 8
_FOR_WHOLE = 4
# People simulated for one figure, over seeds, where projects do not differ; the most seeds for it; and the most people
# that a fit looks at.
_PEOPLE = 1500
_MOST_SEEDS = 24
_MANY = 3000
# Figures of letters are of those with so many gifts, or so long since the last: the smallest group holds a fortieth of
# the people, and their band is wide enough for some five hundred of them.
_GROUPS = {"mailing": 16}
# Volumes rest on the busiest tenth or so of the people.
_OF_FEW = ("mean_tasks", "mean_active_days", "later_activity_ratio")
_FEW_OF = 8
# Where so few arrive, one person moves a figure, and by 24 simulations a fit follows chance.
_HANDFUL = 100
_SEEDS_OF_A_HANDFUL = 96
# Points around an end are drawn in batches; where few of one come near, the next is drawn closer.
_BATCHES = 3
_FEW = 0.2
_CLOSER = 0.2
# Where all together leave fewer near points than an ensemble has draws, batches follow that move along those found,
# until there are so many times as many, or no more than so many batches.
_ENOUGH = 3
_MORE_BATCHES = 10
_FEWEST_TO_MOVE = 3
# A search that ended within so much of the best, for each observed project, is looked around.
_WORTH = 4.0
# Cases that are windows on one project: what leaves it out leaves out both.
_ONE_PROJECT = ({"C1", "C3"}, {"C6", "C6c"})
# Nothing that is free here moves votes: what a task's difficulty does to them is fitted apart (decision 55).
_WITHOUT = ("votes",)


@dataclass(frozen=True)
class Trial:
    """One distribution tried: its parameters, and the loss for each observed project."""

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
    projects : by observed project, the ids of its cases.
    trials : in the order in which they were tried, search after search.
    starts : how many searches there were, from different places.
    draws : values of the free parameters of each draw.
    """

    service_class: str
    projects: tuple[tuple[str, ...], ...]
    trials: tuple[Trial, ...]
    starts: int
    draws: tuple[Mapping[str, float], ...] = field(default=())

    @property
    def best(self) -> Trial:
        """Return the trial nearest to all projects together."""
        return min(self.trials, key=lambda trial: trial.total)

    @property
    def near(self) -> tuple[Trial, ...]:
        """Return the trials that come about as near as the best."""
        most = self.best.total + NEAR * len(self.projects)
        return tuple(trial for trial in self.trials if trial.total <= most)


def projects_of(service_class: str, cases: Sequence[Case]) -> tuple[tuple[Case, ...], ...]:
    """Return the cases of a class that have fit targets, those with the same inputs together.

    Cases that steer a parameter of all draws are no projects of a search (``steering``).
    """
    found: dict[str, list[Case]] = {}
    steering = {steered.case for steered in STEERED.get(service_class, ())}
    for case in cases:
        searched = case.harness not in _WITHOUT and case.id not in steering
        if case.service_class == service_class and searched and fit_targets(case):
            found.setdefault(f"{case.harness} {case.folder} {sorted(map(str, case.scale.items()))}", []).append(case)
    return tuple(tuple(together) for together in found.values())


def sources_of(projects: Sequence[Sequence[Case]]) -> list[tuple[Case, ...]]:
    """Return the projects, those whose cases are windows on one as one."""
    joined: list[tuple[Case, ...]] = []
    for project in projects:
        names = {case.id for case in project}
        window = next((each for each in _ONE_PROJECT if names & each), set())
        beside = next((other for other in joined if window & {case.id for case in other}), None)
        if beside is None:
            joined.append(tuple(project))
        else:
            joined[joined.index(beside)] = (*beside, *project)
    return joined


def project_figures(
    project: Sequence[Case], draws: Sequence[Mapping[str, Value]], seeds: Sequence[int]
) -> NDArray[np.float64]:
    """Return the fitted figures of one observed project, simulated by one draw a seed: float64[seeds, targets]."""
    first = project[0]
    harness = all_harnesses()[first.harness]
    targets = [target for case in project for target in fit_targets(case)]
    figures = np.empty((len(seeds), len(targets)))
    for row, (values, seed) in enumerate(zip(draws, seeds, strict=True)):
        observation = harness.simulate(Setting(first.service_class, first.scale, values, seed, first.folder))
        figures[row] = [target.metric(observation) for target in targets if target.metric is not None]
    return figures


def fit_class(
    service_class: str,
    cases: Sequence[Case],
    *,
    trials: int = 120,
    seeds: int = 2,
    seed: int = 1,
    starts: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fit:
    """Fit a class to the projects that have fit targets for it.

    Parameters
    ----------
    cases : all cases; those of other classes are left out.
    trials : about how many points are tried in each of the searches from different places.
    seeds : simulations of each project at each point, at least; more where few people take part or projects differ.
    seed : of the search and of the simulations.
    starts : searches from different places; None: as many as the class's answers ask for (``STARTS``).
    progress : told the trials done and those there are.

    Raises
    ------
    ValueError : nothing to fit, or nothing that is free in this class.
    """
    projects = projects_of(service_class, cases)
    space = FIT_SPACES.get(service_class)
    if not projects or space is None:
        raise ValueError(f"{service_class}: no case with fit targets, or no free parameter")
    places = STARTS.get(service_class, FEWEST_STARTS) if starts is None else starts
    weigh = _Weighing(space, projects, seeds, seed)
    tried: list[list[Trial]] = [[] for _ in range(places)]
    ends: list[tuple[dict[str, float], NDArray[np.float64], float]] = [({}, np.empty(0), math.inf)] * places

    def residuals(start: int, values: Mapping[str, float]) -> NDArray[np.float64]:
        by_project = weigh(values)
        tried[start].append(_trial(values, by_project))
        if progress is not None:
            progress(min(sum(map(len, tried)), trials * places), trials * places)
        return np.concatenate(by_project)

    def go_down(start: int) -> None:
        for values in evenly_spread(weigh.sought, max(1, round(_EVENLY * trials)), 100 * seed + start):
            residuals(start, values)
        first = min(tried[start], key=lambda trial: trial.total).values
        steps = max(2, round((1.0 - _EVENLY - _AROUND) * trials / (1 + len(weigh.sought))))
        middle, slopes = descend(lambda values: residuals(start, values), weigh.sought, first, steps)
        ends[start] = middle, slopes, min(trial.total for trial in tried[start])

    def look_around(start: int) -> None:
        middle, slopes, least = ends[start]
        # Where a search ended far above the best, nothing around it can be near.
        if least <= min(end[2] for end in ends) + _WORTH * len(projects):
            generator = np.random.default_rng([seed, start])
            excess = NEAR * len(projects)
            for _ in range(_BATCHES):
                number, before = round(_AROUND * trials / _BATCHES), len(tried[start])
                for values in around(weigh.sought, middle, slopes, excess, number, generator):
                    residuals(start, values)
                near = [trial.total <= least + NEAR * len(projects) for trial in tried[start][before:]]
                # Where the loss bends, slopes promise too much room.
                excess *= _CLOSER if sum(near) < _FEW * number else 1.0

    names = tuple(tuple(case.id for case in project) for project in projects)

    def found() -> Fit:
        return Fit(service_class, names, tuple(trial for each in tried for trial in each), places)

    def fill_up() -> None:
        generator = np.random.default_rng([seed, places])
        for _ in range(_MORE_BATCHES):
            near = [trial.values for trial in found().near]
            if not _FEWEST_TO_MOVE <= len(near) < _ENOUGH * DRAWS:
                break
            batch = along(weigh.sought, near, DRAWS, generator)
            with ThreadPoolExecutor(cores_at_hand()) as threads:
                losses = list(threads.map(weigh, batch))
            for values, by_project in zip(batch, losses, strict=True):
                tried[-1].append(_trial(values, by_project))

    with ThreadPoolExecutor(min(places, cores_at_hand())) as threads:
        list(threads.map(go_down, range(places)))
        list(threads.map(look_around, range(places)))
    if len(found().near) < DRAWS:
        fill_up()
    fit = found()
    return replace(fit, draws=_ensemble(fit, space, np.random.default_rng(seed)))


def _trial(values: Mapping[str, float], residuals: Sequence[NDArray[np.float64]]) -> Trial:
    return Trial(dict(values), tuple(float(each @ each) for each in residuals))


class _Weighing:
    """Weighs distributions over the projects of a class by simulating its cases."""

    def __init__(self, space: Mapping[str, Range], projects: Sequence[Sequence[Case]], least: int, seed: int) -> None:
        self.sought = sought(space)
        self._space = space
        self._projects = [_looked_at(project) for project in projects]
        differs = len(self.sought) > len(space)
        numbers = [_drawn(project, least) if differs else _seeds_for(project, least) for project in projects]
        self._seeds = [range(1000 * seed, 1000 * seed + number) for number in numbers]
        self._scores = scores(space, max(numbers))

    def __call__(self, values: Mapping[str, float]) -> tuple[NDArray[np.float64], ...]:
        """Return the residuals of each project."""
        drawn = [of_a_project(self._space, values, score) for score in self._scores]
        return tuple(self._residuals(place, drawn) for place in range(len(self._projects)))

    def _residuals(self, place: int, drawn: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        project, seeds = self._projects[place], self._seeds[place]
        targets = tuple(target for case in project for target in fit_targets(case))
        return targets_residuals(targets, project_figures(project, drawn[: len(seeds)], seeds))


def _drawn(project: Sequence[Case], least: int) -> int:
    """Return how many projects are drawn for a case of a class in which they differ."""
    if any(target.judged == "range" for case in project for target in fit_targets(case)):
        return max(least, _FOR_RANGE)
    return max(least, _FOR_MEAN if ARRIVALS in project[0].scale else _FOR_WHOLE)


def _seeds_for(project: Sequence[Case], least: int) -> int:
    """Return how many simulations tell a project from its chance: more where few people take part."""
    people = _people(project[0])
    if people is None:
        return least
    if ARRIVALS in project[0].scale and people < _HANDFUL:
        return max(least, _SEEDS_OF_A_HANDFUL)
    if any(target.name in _OF_FEW for case in project for target in fit_targets(case)):
        people //= _FEW_OF
    return int(np.clip(_PEOPLE // max(1, people), least, _MOST_SEEDS))


def _people(case: Case) -> int | None:
    """Return how many people a figure of a case rests on: who arrive, play or are asked; None where it does not say."""
    if ARRIVALS not in case.scale:
        named = next((case.scale[name] for name in ("players", "people") if name in case.scale), None)
        return None if named is None else int(named) // _GROUPS.get(case.harness, 1)
    return len(read_arrivals(case.folder / str(case.scale[ARRIVALS]), int(case.scale["days"])))


def _looked_at(project: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases of a project with as many of its people as a fit looks at."""
    people = _people(project[0])
    if people is None or people < _MANY or ARRIVALS not in project[0].scale:
        return tuple(project)
    return tuple(replace(case, scale={**case.scale, EVERY: -(-people // _MANY)}) for case in project)


def _ensemble(fit: Fit, space: Mapping[str, Range], generator: np.random.Generator) -> tuple[Mapping[str, float], ...]:
    """Return projects drawn from the distributions that are near, each from another one while there are enough."""
    near = fit.near
    excess = np.array([trial.total - fit.best.total for trial in near])
    # As a likelihood would weigh them, for each project.
    weight = np.exp(-0.5 * excess / len(fit.projects))
    chosen = generator.choice(len(near), DRAWS, replace=len(near) < DRAWS, p=weight / weight.sum())
    return tuple(
        {name: _rounded(value) for name, value in of_a_project(space, near[trial].values, score).items()}
        for trial, score in zip(chosen, scores(space, DRAWS), strict=True)
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
