"""What a stress test tries: each kind of event that makes sense in a scenario, or events that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from entraide.model.errors import InputError, nearest_name
from entraide.model.event_kinds import EVENT_KINDS, event_kind
from entraide.scenarios.measure_proposals import no_sense
from entraide.scenarios.scenario import Scenario

from .draws import draws_for
from .output import Request
from .parameters_from import DEFAULT_PARAMETERS
from .stress_refusals import Words, reason_against
from .trials import Trial

__all__ = ["SETTLED", "Refused", "StressPlan", "default_day", "first_day", "planned_stress", "stress_plan"]

# assumption: after so many days the launch is over; in a short run events come in its middle.
SETTLED = 150
# Days after the shock by which works are under way.
UNDER_WAY = 5


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
        return replace(self.request, scenario=trial.strike(self.request.scenario))


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
            trials[-1].strike(scenario)
        elif events is not None:
            raise InputError(no_sense(reason), where={"en": f"event {name}", "fr": f"événement {name}"})
        else:
            refused.append(Refused(name, reason))
    return StressPlan(_request(scenario, replicates, seed, own_file, parameters), tuple(trials), tuple(refused))


def planned_stress(
    scenario: Scenario,
    trials: Sequence[Trial],
    *,
    replicates: int = 20,
    seed: int = 0,
    own_file: bool = False,
    parameters: str = DEFAULT_PARAMETERS,
) -> StressPlan:
    """Return a plan of events that somebody chose: each alone, then, of several, all together.

    Raises
    ------
    InputError : no event, one that makes no sense in the scenario or is out of bounds, or a territory that cannot be
        loaded.
    """
    if not trials:
        raise InputError({"en": "there is no event to try", "fr": "il n'y a aucun événement à essayer"})
    for each in trials:
        reason = reason_against(scenario, each.kind)
        if reason is not None:
            raise InputError(no_sense(reason), where={"en": f"event {each.kind}", "fr": f"événement {each.kind}"})
        each.strike(scenario)
    tried = (*trials, Trial.together(tuple(trials))) if len(trials) > 1 else tuple(trials)
    return StressPlan(_request(scenario, replicates, seed, own_file, parameters), tried, ())


def _request(scenario: Scenario, replicates: int, seed: int, own_file: bool, parameters: str) -> Request:
    draws = draws_for(scenario, replicates, parameters)
    request = Request(scenario, replicates, seed, counterfactual=False, own_file=own_file, draws=draws)
    request.specifications()
    return request
