"""Stress: each kind of event in turn strikes the scenario, on the same random numbers as without it.

On each risk the events are one family, so that "worse" is claimed by Holm's method. What follows an event is told
beside what follows the same day without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from entraide.model.errors import InputError, nearest_name
from entraide.model.event_kinds import EVENT_KINDS, event_kind
from entraide.model.risk import DAYS_PER_YEAR
from entraide.scenarios.measure_proposals import no_sense
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.with_event import with_event

from .aftermath import AFTERMATH, Aftermath, aftermath_series, summarise_aftermath
from .comparison import Comparison, compare, compare_many
from .designs import BASELINE, run_designs
from .draws import draws_for
from .output import Request
from .pairing import ReplicateSet
from .parameters_from import DEFAULT_PARAMETERS
from .result_comparison import COMPARED, bounded, draws_of, replicate_set
from .results import FEWEST_FOR_PROBABILITY, Result
from .runs import Conduct
from .stress_refusals import Words, reason_against

__all__ = ["SETTLED", "Refused", "ServiceStress", "Stress", "StressPlan", "Struck", "Trial", "default_day",
           "stress", "stress_plan"]  # fmt: skip

# assumption: after so many days the launch is over; in a short run events come in its middle.
SETTLED = 150
# Days after the shock by which works are under way.
UNDER_WAY = 5


@dataclass(frozen=True)
class Trial:
    """One event to try: its kind, its first day, how long it lasts, and its size in the unit of its kind."""

    kind: str
    day: int
    days: int
    size: float

    @property
    def place(self) -> str:
        """Folder of its run in that of the plan."""
        return f"events/{self.kind}"


@dataclass(frozen=True)
class Refused:
    """A kind of event that makes no sense in the scenario, and why."""

    kind: str
    reason: Words


@dataclass(frozen=True)
class StressPlan:
    """What is tried: the scenario as it is, then each event alone."""

    request: Request
    trials: tuple[Trial, ...]
    refused: tuple[Refused, ...]

    @property
    def designs(self) -> tuple[Trial, ...]:
        """The events, under the name that they share with other designs."""
        return self.trials

    def request_of(self, trial: Trial) -> Request:
        """Return the request of the scenario with one event more."""
        scenario = with_event(self.request.scenario, trial.kind, trial.day, trial.days, trial.size)
        return replace(self.request, scenario=scenario)


@dataclass(frozen=True)
class Struck:
    """What one event changed in one service.

    Attributes
    ----------
    comparison : the risks, the cost and the means of the year, against the run without the event.
    after, usual : what followed the day of the event, with it and without it.
    following : the measures of AFTERMATH compared; bands stand alone, at 95 %.
    """

    trial: Trial
    comparison: Comparison
    after: Aftermath
    usual: Aftermath
    following: Comparison

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
    year : the year compared, that of the events; 0 for the first 365 days. ``days``: simulated days of it.
    norm : share that must be served in time.
    """

    service: str
    title: Words
    year: int
    days: int
    norm: float
    struck: tuple[Struck, ...]

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


def default_day(days: int) -> int:
    """Return the day on which events strike when none is asked for: when service has settled."""
    return min(SETTLED, days // 2)


def first_day(scenario: Scenario) -> int:
    """Return the day on which events strike when none is asked for; works are struck while they are under way."""
    for service in scenario.services:
        if service.kind == "burst":
            return min(scenario.days - 1, int(service.parameters["project_day"]) + UNDER_WAY)
    return default_day(scenario.days)


def stress_plan(
    scenario: Scenario,
    *,
    events: Sequence[str] | None = None,
    sizes: Mapping[str, float] | None = None,
    day: int | None = None,
    replicates: int = 20,
    seed: int = 0,
    own_file: bool = False,
    parameters: str = DEFAULT_PARAMETERS,
) -> StressPlan:
    """Return what there is to try in a scenario.

    Parameters
    ----------
    events : kinds to try; None: all that make sense.
    sizes : by kind, instead of the size that the table of events gives.
    day : first day of each event; None: ``first_day``.
    parameters : "ensemble" or "preset", as ``runs.run``; replicate r takes the same draw with and without an event.

    Raises
    ------
    InputError : an unknown kind, one asked for that makes no sense, a size or day out of bounds, or a territory that
        cannot be loaded.
    """
    names = [kind.name for kind in EVENT_KINDS]
    for name in (*(events or ()), *(sizes or {})):
        if name not in names:
            raise InputError(
                {"en": "unknown kind of event", "fr": "type d'événement inconnu"},
                where="--events" if name in (events or ()) else "--size",
                value=name,
                allowed=", ".join(names),
                nearest=nearest_name(name, names),
            )
    for name in sizes or {}:
        if event_kind(name).bounds is None:
            raise InputError(
                {"en": "has no size", "fr": "n'a pas de taille"},
                where="--size",
                value=name,
                remedy=event_kind(name).refuses["size"],
            )
    first = first_day(scenario) if day is None else day
    trials, refused = [], []
    for name in names:
        if events is not None and name not in events:
            continue
        kind = event_kind(name)
        reason = reason_against(scenario, name)
        if reason is None:
            trials.append(Trial(name, first, kind.days, (sizes or {}).get(name, kind.size)))
            with_event(scenario, name, first, kind.days, trials[-1].size)
        elif events is not None:
            raise InputError(no_sense(reason), where={"en": f"event {name}", "fr": f"événement {name}"})
        else:
            refused.append(Refused(name, reason))
    draws = draws_for(scenario, replicates, parameters)
    request = Request(scenario, replicates, seed, counterfactual=False, own_file=own_file, draws=draws)
    request.specifications()
    return StressPlan(request, tuple(trials), tuple(refused))


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
    year = plan.trials[0].day // DAYS_PER_YEAR if plan.trials else 0
    runs = run_designs(plan, folder, conduct, begin)
    _, baseline = next(runs)
    usual = {name: replicate_set(baseline, BASELINE, name, year) for name in scenario.service_names}
    struck: dict[str, list[tuple[Trial, ReplicateSet, ReplicateSet, ReplicateSet]]] = {n: [] for n in usual}
    for trial, result in runs:
        assert trial is not None
        for name in usual:
            # Outcomes by zone are heavy: only what is compared is kept of each event.
            design = replicate_set(result, trial.kind, name, year)
            struck[name].append((trial, design, _following(baseline, name, trial), _following(result, name, trial)))
    services = []
    for service in (each for each in scenario.services if each.public):
        compared = compare_many(usual[service.name], [each[1] for each in struck[service.name]], COMPARED)
        services.append(
            ServiceStress(
                service=service.name,
                title=service.title,
                year=year,
                days=min(DAYS_PER_YEAR, scenario.days - DAYS_PER_YEAR * year),
                norm=float(service.parameters["norm_share_in_time"]),
                struck=tuple(
                    _struck(trial, comparison, before, after)
                    for comparison, (trial, _, before, after) in zip(compared, struck[service.name], strict=True)
                ),
            )
        )
    return Stress(plan, baseline, tuple(services))


def _following(result: Result, service: str, trial: Trial) -> ReplicateSet:
    """Return what followed the day of an event in one run."""
    place = result.place_of(service)
    series = aftermath_series(result.outcomes, result.specification, place, trial.day, trial.days)
    keys = tuple((result.seed, outcome.replicate) for outcome in result.outcomes)
    return ReplicateSet(trial.kind, keys, series, **draws_of(result))


def _struck(trial: Trial, comparison: Comparison, before: ReplicateSet, after: ReplicateSet) -> Struck:
    following = compare(before, after, AFTERMATH, cost=None)
    return Struck(
        trial=trial,
        comparison=replace(comparison, differences=tuple(map(bounded, comparison.differences))),
        after=summarise_aftermath(after.values, after.draws),
        usual=summarise_aftermath(before.values, before.draws),
        following=replace(following, differences=tuple(map(bounded, following.differences))),
    )
