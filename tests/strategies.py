"""Hypothesis strategies: small valid worlds whose parameters lie anywhere within their declared bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from small_worlds import groups, placed, service, territory, world

from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.parameters import Parameter, Value
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.specification import Event, ServiceSpecification, Specification
from entraide.model.territory import Territory

__all__ = ["SAME_EACH_TIME", "people_changes", "service_changes", "services", "specifications", "territories"]

# The same examples at each run. Worlds shrink too slowly to be worth it: the first failing example is told as it is.
SAME_EACH_TIME = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

# Bounds that hold for a few hundred people, where the declared ones are made for a country or for a career.
NARROWER: Mapping[str, tuple[float, float]] = {
    "needs_rate": (0.0, 20_000.0),
    "repair_capacity": (0.0, 3_000.0),
    "backstop_capacity": (0.0, 3_000.0),
    "credit_offers": (0.0, 20_000.0),
    "answers_per_task": (1, 7),
    "acknowledgement_delay": (1, 12),
    "norm_delay": (1, 12),
    "need_lifetime": (13, 40),
    "backstop_wait": (0, 12),
    "backstop_lag": (0, 12),
    "accuracy_alpha": (0.5, 60.0),
    "accuracy_beta": (0.5, 60.0),
}
# Moved in every world, so that contributions are not too rare to be seen.
ALWAYS = {"initial_awareness": (0.2, 1.0), "prompt_rate": (0.05, 2.0), "intercept_acceptance": (0.3, 0.95)}


def _value(parameter: Parameter) -> st.SearchStrategy[Value]:
    if isinstance(parameter.default, bool):
        return st.booleans()
    if parameter.choices is not None:
        return st.sampled_from(parameter.choices)
    low, high = NARROWER.get(parameter.name, parameter.bounds or (0.0, 1.0))
    if isinstance(parameter.default, int):
        return st.integers(int(low), int(high))
    ends = st.sampled_from((float(low), float(high)))
    return st.one_of(st.floats(low, high, allow_subnormal=False), ends)


@st.composite
def _changes(draw: st.DrawFn, declared: Sequence[Parameter], at_most: int) -> dict[str, Value]:
    """Return values within bounds for a few of the parameters."""
    some = draw(st.lists(st.sampled_from(declared), max_size=at_most, unique_by=lambda parameter: parameter.name))
    return {parameter.name: draw(_value(parameter)) for parameter in some}


@st.composite
def people_changes(draw: st.DrawFn) -> dict[str, Value]:
    """Return changes to the citizens' parameters that are allowed together."""
    changes = draw(_changes(CITIZEN_PARAMETERS, 12))
    free = float(changes.get("share_free_riders", 0.3))
    changes["share_conditional"] = min(float(changes.get("share_conditional", 0.55)), 1.0 - free)
    ratio = float(changes.get("disappointment_ratio", 1.5))
    for name, default in (("efficacy_step", 0.3), ("trust_step", 0.15)):
        changes[name] = min(float(changes.get(name, default)), 0.99 / ratio)
    return changes


@st.composite
def service_changes(draw: st.DrawFn) -> dict[str, Value]:
    """Return changes to a service's parameters that are allowed together."""
    changes = {"needs_rate": 3000.0, "acknowledgement_delay": 5, "norm_delay": 6, "need_lifetime": 15}
    changes |= {name: draw(st.floats(*bounds)) for name, bounds in ALWAYS.items()}
    return changes | draw(_changes(SERVICE_PARAMETERS, 15))


@st.composite
def services(draw: st.DrawFn, name: str) -> ServiceSpecification:
    """Return a service of any kind and class, with levers moved after the reference was taken."""
    levers = [parameter for parameter in SERVICE_PARAMETERS if parameter.kind == "lever"]
    return service(
        name,
        draw(st.sampled_from(sorted(PRODUCTION_KINDS))),
        preset=draw(st.sampled_from(sorted(SERVICE_CLASSES))),
        levers=draw(_changes(levers, 4)),
        **draw(service_changes()),
    )


@st.composite
def territories(draw: st.DrawFn, most_people: int = 120) -> Territory:
    """Return one to five zones of one person or more."""
    population = draw(st.lists(st.integers(1, most_people), min_size=1, max_size=5))
    zones = len(population)
    deprivation = draw(st.none() | st.lists(st.floats(0.0, 1.0), min_size=zones, max_size=zones))
    weights = st.lists(st.integers(1, 9), min_size=len(groups().names), max_size=len(groups().names))
    rows = draw(st.none() | st.lists(weights, min_size=zones, max_size=zones))
    shares = None if rows is None else np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    return placed(territory(population, deprivation, None if shares is None else shares.tolist()))


@st.composite
def _events(draw: st.DrawFn, place: Territory, names: Sequence[str], days: int) -> Event:
    kind = draw(st.sampled_from(EVENT_KINDS))
    low, high = kind.bounds or (1.0, 1.0)

    def some(key: str, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(values), unique=True))) if key in kind.accepts else ()

    return Event(
        kind.name,
        draw(st.integers(0, days - 1)),
        draw(st.integers(1, days)) if "days" in kind.accepts else 1,
        draw(st.floats(low, min(high, 5.0))),
        some("services", names),
        some("zones", place.codes),
        some("groups", place.groups.names),
    )


@st.composite
def specifications(draw: st.DrawFn, days: int = 25, most_people: int = 120) -> Specification:
    """Return a small valid world of one or two services."""
    place = draw(territories(most_people))
    names = ("first", "second")[: draw(st.integers(1, 2))]
    return world(
        *(draw(services(name)) for name in names),
        place=place,
        people=draw(people_changes()),
        events=draw(st.lists(_events(place, names, days), max_size=3)),
        days=days,
    )
