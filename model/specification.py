"""What the simulator is asked to compute: everything resolved, nothing left to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .parameters import Value
from .production_names import BESIDE
from .territory import Territory

__all__ = ["Event", "ServiceSpecification", "Specification"]


@dataclass(frozen=True)
class Event:
    """Something that happens on a date.

    Attributes
    ----------
    kind : name of one of ``event_kinds.EVENT_KINDS``, which says what happens.
    day : first day, 0 is the start of the simulation.
    days : how long it lasts, in days.
    size : how strong it is, in the unit of its kind.
    services : names of the services hit; empty: all.
    zones : codes of the zones hit; empty: all.
    groups : names of the social groups hit; empty: all.
    """

    kind: str
    day: int
    days: int = 1
    size: float = 1.0
    services: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


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

    @property
    def public(self) -> bool:
        """Tell whether the administration answers for it; else it is an initiative beside the first service."""
        return self.kind not in BESIDE


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
