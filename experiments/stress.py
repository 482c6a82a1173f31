"""Stress: each kind of event in turn strikes the scenario, on the same random numbers as without it.

On each risk the events are one family, so that "worse" is claimed by Holm's method. What follows an event is told
beside what follows the same day without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entraide.model.risk import DAYS_PER_YEAR, windowed_share

from .aftermath import AFTERMATH, Aftermath, aftermath_series, summarise_aftermath
from .comparison import Comparison, compare, compare_many
from .designs import BASELINE, run_designs
from .pairing import ReplicateSet
from .recovery import Return, return_to_pair
from .result_comparison import COMPARED, bounded, draws_of, replicate_set
from .results import FEWEST_FOR_PROBABILITY, Result
from .runs import Conduct
from .stress_plans import StressPlan
from .stress_refusals import Words
from .trials import Trial

__all__ = ["ServiceStress", "Stress", "Struck", "stress"]


@dataclass(frozen=True)
class Struck:
    """What one event changed in one service.

    Attributes
    ----------
    comparison : the risks, the cost and the means of the year, against the run without the event.
    after, usual : what followed the day of the event, with it and without it.
    following : the measures of AFTERMATH compared; bands stand alone, at 95 %.
    year : the year compared, that of the event's first day; 0 for the first 365 days.
    in_time : float64[R, T], share met in time over the last seven days, with the event; NaN where nothing was due.
    back : when the service is back at what it would be without the event.
    """

    trial: Trial
    comparison: Comparison
    after: Aftermath
    usual: Aftermath
    following: Comparison
    back: Return
    year: int = 0
    in_time: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)), compare=False, repr=False)

    @property
    def loss(self) -> float:
        """Days of service at the norm that it costs, more than without it; 0 when nothing is known."""
        return self.following.of("resilience_loss").difference or 0.0

    @property
    def counts_only(self) -> bool:
        """Whether there are too few replicates to tell a probability."""
        return max((found.pairs for found in self.comparison.differences), default=0) < FEWEST_FOR_PROBABILITY


@dataclass(frozen=True)
class ServiceStress:
    """What the events changed in one service, in the order of the plan.

    Attributes
    ----------
    year : the year compared, that of the first event; 0 for the first 365 days. ``days``: simulated days of it.
    usual : float64[R, T], share met in time over the last seven days, without any of the events.
    norm : share that must be served in time.
    """

    service: str
    title: Words
    year: int
    days: int
    norm: float
    struck: tuple[Struck, ...]
    usual: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)), compare=False, repr=False)

    @property
    def hardest(self) -> Struck | None:
        """The event that costs most, of those shown to cost something: their band leaves out none; None without one."""
        shown = [each for each in self.struck if each.loss > 0.0 and each.following.of("resilience_loss").excludes_zero]
        return max(shown, key=lambda each: each.loss, default=None)

    @property
    def largest(self) -> Struck | None:
        """The event with the largest estimate of what it costs, shown or not; None when no event was tried."""
        return max(self.struck, key=lambda each: each.loss, default=None)


@dataclass(frozen=True)
class Stress:
    """Every event tried alone.

    Attributes
    ----------
    baseline : the run of the scenario as it is, without the administration alone.
    services : one per service, in the order of the scenario.
    """

    plan: StressPlan
    baseline: Result
    services: tuple[ServiceStress, ...]

    def of(self, service: str | None = None) -> ServiceStress:
        """Return what the events changed in a service; in the first one for None.

        Raises
        ------
        InputError : no such service.
        """
        return self.services[self.baseline.place_of(service)]


def stress(
    plan: StressPlan,
    folder: Path | None = None,
    conduct: Conduct | None = None,
    begin: Callable[[int, int, Trial | None], None] | None = None,
) -> Stress:
    """Run the scenario as it is, then with each event alone, and compare.

    ``folder``, ``conduct`` and ``begin`` are those of ``run_designs``, and so is what is raised.
    """
    scenario = plan.request.scenario
    runs = run_designs(plan, folder, conduct, begin)
    _, baseline = next(runs)
    struck: dict[str, list[_Run]] = {name: [] for name in scenario.service_names}
    for trial, result in runs:
        assert trial is not None
        for name, found in struck.items():
            # Outcomes by zone are heavy: only what is compared is kept of each event.
            found.append(_run_of(trial, baseline, result, name))
    services = []
    for service in (each for each in scenario.services if each.public):
        found = struck[service.name]
        first = found[0].year if found else 0
        services.append(
            ServiceStress(
                service=service.name,
                title=service.title,
                year=first,
                days=min(DAYS_PER_YEAR, scenario.days - DAYS_PER_YEAR * first),
                norm=float(service.parameters["norm_share_in_time"]),
                struck=_compared(baseline, service.name, found),
                usual=_in_time(baseline, service.name),
            )
        )
    return Stress(plan, baseline, tuple(services))


@dataclass(frozen=True)
class _Run:
    """What is kept of the run with one event, for one service: the year's values, what followed, without and with."""

    trial: Trial
    year: int
    design: ReplicateSet
    before: ReplicateSet
    after: ReplicateSet
    in_time: NDArray[np.float64]
    back: Return


def _run_of(trial: Trial, baseline: Result, result: Result, service: str) -> _Run:
    year = trial.day // DAYS_PER_YEAR
    in_time = _in_time(result, service)
    delay = result.specification.services[result.place_of(service)].parameters["norm_delay"]
    # As in ``after_event``: what an event prevents falls due later, and stays in the window of seven days.
    reach = trial.last_day - trial.day + 1 + int(delay) + 7 + 14
    return _Run(
        trial,
        year,
        replicate_set(result, trial.kind, service, year),
        _following(baseline, service, trial),
        _following(result, service, trial),
        in_time,
        return_to_pair(in_time, _in_time(baseline, service), trial.day, reach, result.draw_numbers()),
    )


def _compared(baseline: Result, service: str, runs: Sequence[_Run]) -> tuple[Struck, ...]:
    """Compare the runs with events with the one without; those of one year are one family."""
    found: dict[int, Struck] = {}
    for year in dict.fromkeys(run.year for run in runs):
        usual = replicate_set(baseline, BASELINE, service, year)
        members = [place for place, run in enumerate(runs) if run.year == year]
        compared = compare_many(usual, [runs[place].design for place in members], COMPARED)
        found |= {place: _struck(runs[place], each) for place, each in zip(members, compared, strict=True)}
    return tuple(found[place] for place in range(len(runs)))


def _in_time(result: Result, service: str) -> NDArray[np.float64]:
    """Return the share met in time over the last seven days; float64[R, T]."""
    place = result.place_of(service)
    series = [
        [outcome.daily[name][:, place].astype(np.int64) for name in ("due", "in_time")] for outcome in result.outcomes
    ]
    return np.array([windowed_share(due, in_time) for due, in_time in series], np.float64)


def _following(result: Result, service: str, trial: Trial) -> ReplicateSet:
    """Return what followed the day of an event in one run."""
    place = result.place_of(service)
    days = trial.last_day - trial.day + 1
    series = aftermath_series(result.outcomes, result.specification, place, trial.day, days)
    keys = tuple((result.seed, outcome.replicate) for outcome in result.outcomes)
    return ReplicateSet(trial.kind, keys, series, **draws_of(result))


def _struck(run: _Run, comparison: Comparison) -> Struck:
    before, after = run.before, run.after
    following = compare(before, after, AFTERMATH, cost=None)
    return Struck(
        trial=run.trial,
        comparison=replace(comparison, differences=tuple(map(bounded, comparison.differences))),
        after=summarise_aftermath(after.values, after.draws),
        usual=summarise_aftermath(before.values, before.draws),
        following=replace(following, differences=tuple(map(bounded, following.differences))),
        back=run.back,
        year=run.year,
        in_time=run.in_time,
    )
