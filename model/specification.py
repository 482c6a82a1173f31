"""What the simulator is asked to compute: everything resolved, nothing left to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .parameters import Value
from .territory import Territory

__all__ = ["EVENT_KINDS", "Event", "ServiceSpecification", "Specification"]

EVENT_KINDS = ("outage", "demand_surge", "trust_shock")


@dataclass(frozen=True)
class Event:
    """Something that happens on a date.

    Attributes
    ----------
    kind : "outage" (nobody can contribute through the platform), "demand_surge" (needs arise ``size`` times
        as fast) or "trust_shock" (everybody's trust is multiplied by 1 - ``size``, on the first day only).
    day : first day, 0 is the start of the simulation.
    days : how long it lasts, in days.
    size : factor of a surge, or share of trust that is lost.
    services : names of the services hit; empty: all.
    zones : codes of the zones hit; empty: all.
    """

    kind: str
    day: int
    days: int = 1
    size: float = 1.0
    services: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServiceSpecification:
    """One service: its production kind and a value for every parameter of scope "service".

    ``reference`` holds the values before any lever was moved; the intercept of the decision is calibrated on
    them, so that moving a lever can change what people do. ``administration_only`` holds a value for every
    parameter of that scope: how the administration alone would do it.
    """

    name: str
    kind: str
    parameters: Mapping[str, Value]
    reference: Mapping[str, Value]
    administration_only: Mapping[str, Value]
    title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Specification:
    """A fully resolved simulation: territory, citizens, services, events and calendar."""

    name: str
    territory: Territory
    citizens: Mapping[str, Value]
    services: tuple[ServiceSpecification, ...]
    events: tuple[Event, ...]
    start: date
    days: int
