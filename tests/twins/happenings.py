"""Events of a scenario as the twin sees them: what strikes which service and zone on which day."""

from __future__ import annotations

from entraide.model.specification import Event, Specification

__all__ = ["Happenings"]


class Happenings:
    """The events of one specification."""

    def __init__(self, specification: Specification) -> None:
        self.events = specification.events
        self.codes = specification.territory.codes

    def _strikes(self, event: Event, kind: str, service: str, zone: int, day: int) -> bool:
        on = event.kind == kind and event.day <= day < event.day + event.days
        return on and (not event.services or service in event.services) and self._is_hit(event, zone)

    def _is_hit(self, event: Event, zone: int) -> bool:
        return not event.zones or self.codes[zone] in event.zones

    def surge(self, service: str, zone: int, day: int) -> float:
        """Return how many times as fast needs arise."""
        factor = 1.0
        for event in self.events:
            if self._strikes(event, "demand_surge", service, zone, day):
                factor = factor * event.size
        return factor

    def is_open(self, service: str, zone: int, day: int) -> float:
        """Return 0 during an outage, else 1."""
        return 0.0 if any(self._strikes(event, "outage", service, zone, day) for event in self.events) else 1.0

    def trust_left(self, zone: int, day: int) -> list[int]:
        """Return, for each shock of the day that hits the zone, the share of trust left in units of 1/65536."""
        shocks = [event for event in self.events if event.kind == "trust_shock" and event.day == day]
        return [round((1.0 - event.size) * 65536) for event in shocks if self._is_hit(event, zone)]
