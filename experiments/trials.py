"""One event of a stress test, or several that strike the same run: what they are, and how they strike a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from entraide.scenarios.scenario import Scenario
from entraide.scenarios.with_event import with_event

__all__ = ["Trial"]

_STRUCK = ("services", "zones", "groups")


@dataclass(frozen=True)
class Trial:
    """One event to try: its kind, its first day, how long it lasts, and its size in the unit of its kind.

    Attributes
    ----------
    services, zones, groups : names and codes of those that it strikes; empty: all.
    more : events that strike in the same run; empty: it is tried alone.
    """

    kind: str
    day: int
    days: int
    size: float
    services: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    more: tuple[Trial, ...] = ()

    @classmethod
    def together(cls, trials: tuple[Trial, ...]) -> Trial:
        """Return several events as one trial: all of them strike the same run."""
        first, *rest = sorted(trials, key=lambda each: each.day)
        return cls(**{**vars(first), "more": tuple(rest)})

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Return a trial from the fields that a file holds.

        Raises
        ------
        KeyError, TypeError : it was altered.
        """
        lists = {key: tuple(written[key]) for key in _STRUCK if key in written}
        return cls(**{**written, **lists, "more": tuple(map(cls.read, written.get("more", ())))})

    @property
    def events(self) -> tuple[Trial, ...]:
        """The events that strike, each alone."""
        return (Trial(**{**vars(self), "more": ()}), *self.more)

    @property
    def last_day(self) -> int:
        """Last day of the event that ends last."""
        return max(each.day + each.days for each in self.events) - 1

    @property
    def place(self) -> str:
        """Folder of its run in that of the plan."""
        return "events/all-together" if self.more else f"events/{self.kind}"

    def strike(self, scenario: Scenario) -> Scenario:
        """Return a scenario with the events on top of its own.

        Raises
        ------
        InputError : as ``with_event``.
        """
        for each in self.events:
            struck = {key: getattr(each, key) for key in _STRUCK}
            scenario = with_event(scenario, each.kind, each.day, each.days, each.size, **struck)
        return scenario
