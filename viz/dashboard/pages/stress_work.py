"""What the page on events asks for: the events of the design, or else each kind in turn, on the same random numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from entraide.experiments.stress import Stress, stress
from entraide.experiments.stress_plans import planned_stress, stress_plan
from entraide.experiments.trials import Trial
from entraide.model.event_kinds import event_kind
from entraide.scenarios.scenario import Scenario

from ..bench import Bench, Request
from ..design import Design, PlannedEvent
from ..page_context import Work
from ..struck import groups_named
from ..worlds import is_own, with_levers, world_of
from .stress_words import STRESS_WORDS

__all__ = ["STRIKE", "EventsTried", "strike", "trial_of", "without_events"]


@dataclass(frozen=True)
class EventsTried:
    """What came out.

    Attributes
    ----------
    design : what was asked; without events each kind was tried in turn.
    scenario : the design that was struck, without the events.
    found : what each event did, and, of several that were planned, all together.
    """

    design: Design
    scenario: Scenario
    found: Stress


def without_events(design: Design, declared: Scenario) -> Scenario:
    """Return the design that is worked on as it would be if none of its events happened.

    Raises
    ------
    InputError : the design contradicts itself.
    """
    return with_levers(world_of(replace(design, events=()), declared), design.levers)


def trial_of(event: PlannedEvent, scenario: Scenario) -> Trial:
    """Return an event of a design as experiments take it."""
    return Trial(
        event.kind,
        (event.start - scenario.start).days,
        event.days if "days" in event_kind(event.kind).accepts else 1,
        event.size,
        event.services,
        event.zones,
        groups_named(scenario, event.groups) if event.groups else (),
    )


def strike(bench: Bench) -> EventsTried:
    """Let the events of the design strike it, each alone and then all together; without any, each kind in turn.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``experiments.runs.run``; an event that makes no sense here.
    """
    design = bench.design
    scenario = without_events(design, bench.declared)
    asked: dict[str, Any] = {
        "replicates": design.replicates,
        "seed": design.seed,
        "own_file": is_own(design, scenario),
        "parameters": design.parameters,
    }
    if design.events:
        plan = planned_stress(scenario, [trial_of(event, scenario) for event in design.events], **asked)
    else:
        plan = stress_plan(scenario, **asked)
    bench.plan({"events": 1.0})
    return EventsTried(design, scenario, stress(plan, conduct=bench.conduct("events")))


def _request(design: Design) -> Request:
    return Request("stress", replace(design, variants=(design.levers,), current=0, baseline=None, names=()))


STRIKE = Work(
    kind="stress",
    compute=strike,
    request=_request,
    label=STRESS_WORDS["strike"],
    stages={"events": STRESS_WORDS["stage"]},
)
