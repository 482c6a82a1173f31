"""The design that a page works on: one typed, fixed value that says everything about what is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from entraide.experiments.parameters_from import DEFAULT_PARAMETERS, PARAMETERS
from entraide.model.parameters import Value
from entraide.scenarios.declarations import ALL

from ..how_many import OFFERED

__all__ = [
    "FIRST_SCENARIO",
    "LETTERS",
    "LONGEST_NAME",
    "MOST_EVENTS",
    "MOST_VARIANTS",
    "ON_OWN_ZONES",
    "PARAMETERS_OFFERED",
    "REPLICATES",
    "Changes",
    "Design",
    "PlannedEvent",
    "clean_name",
    "kind_of",
    "ordered",
]

FIRST_SCENARIO = "urban-reports"
# Designs that are compared side by side have a letter each.
LETTERS = "ABCD"
LONGEST_NAME = 40
# What follows the name of a scenario that was put on zones brought along.
ON_OWN_ZONES = "-own-zones"
MOST_VARIANTS = len(LETTERS)
MOST_EVENTS = 12
REPLICATES = OFFERED
# Where values come from that nothing states; the first one is taken unless somebody chooses.
PARAMETERS_OFFERED = (DEFAULT_PARAMETERS, *(word for word in PARAMETERS if word != DEFAULT_PARAMETERS))

# Values by key, as ``--set`` takes them, in the order of the keys: equal changes are equal tuples.
Changes = tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class PlannedEvent:
    """Something that happens on a date.

    Attributes
    ----------
    kind, start, days, size : its kind, first day, days that it lasts, and size in the unit of its kind.
    services, zones : names and codes of those that it strikes; empty: all.
    groups : ages and diplomas of those whom it strikes, as groups are named; empty: everybody.
    """

    kind: str
    start: date
    days: int = 1
    size: float = 1.0
    services: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def ordered(changes: Mapping[str, Value] | Iterable[tuple[str, Value]]) -> Changes:
    """Return changes in the order of their keys."""
    return tuple(sorted(dict(changes).items()))


def clean_name(text: str) -> str:
    """Return a name as it is kept: in one line, without marks that nobody sees, and not too long."""
    return " ".join("".join(each for each in text if each.isprintable()).split())[:LONGEST_NAME].strip()


def kind_of(key: str) -> str:
    """Return what a key moves: "norm", "lever", "assumption" or "constant".

    Raises
    ------
    KeyError : no parameter has this name.
    """
    return ALL[key.rpartition(".")[2]].kind


@dataclass(frozen=True)
class Design:
    """What is simulated, of which service, where, and what it is compared with.

    Attributes
    ----------
    scenario : name under which the scenario is offered.
    territory : another territory than the scenario's, as ``--territory`` takes it ("department:35", commune codes
        separated by commas); "" for the scenario's own.
    norms, assumptions : what holds for every design alike, the service as it is today included.
    variants : levers moved, for one to four designs.
    current : which of them is worked on.
    baseline : which of them the others are compared with; None: the service as it is today.
    events : what happens, to every design alike.
    days : how many are simulated, None: as many as the scenario says.
    replicates, seed : of every design, so that they are paired.
    parameters : one of PARAMETERS_OFFERED.
    names : that the reader gave to the variants, in their order; "" or none: the letter.
    """

    scenario: str = FIRST_SCENARIO
    territory: str = ""
    norms: Changes = ()
    assumptions: Changes = ()
    variants: tuple[Changes, ...] = ((),)
    current: int = 0
    baseline: int | None = None
    events: tuple[PlannedEvent, ...] = ()
    days: int | None = None
    replicates: int = REPLICATES[0]
    seed: int = 0
    parameters: str = PARAMETERS_OFFERED[0]
    names: tuple[str, ...] = ()

    @property
    def levers(self) -> Changes:
        """Levers moved in the design that is worked on."""
        return self.variants[self.current]

    @property
    def baseline_levers(self) -> Changes:
        """Levers moved in what the designs are compared with; none for the service as it is today."""
        return () if self.baseline is None else self.variants[self.baseline]

    @property
    def letter(self) -> str:
        """Letter of the design that is worked on."""
        return LETTERS[self.current]

    def name_of(self, place: int) -> str:
        """Return the name that the reader gave to a variant, "" where none was given."""
        return self.names[place] if place < len(self.names) else ""

    def named(self, place: int, name: str) -> Design:
        """Return the design with another name for one of its variants, cut where it is too long."""
        names = [self.name_of(each) for each in range(len(self.variants))]
        names[place] = clean_name(name)
        return replace(self, names=tuple(names) if any(names) else ())

    @property
    def moved(self) -> Mapping[str, Value]:
        """Everything that was moved in the design that is worked on, by key: norms, levers and assumptions."""
        return dict((*self.norms, *self.assumptions, *self.levers))

    @property
    def world(self) -> Mapping[str, Value]:
        """What was moved for every design alike, by key: norms and assumptions."""
        return dict((*self.norms, *self.assumptions))

    def move(self, key: str, value: Value | None) -> Design:
        """Return the design with one parameter moved; None moves it back to what the scenario says.

        A lever moves in the design that is worked on; a norm or an assumption in all of them.

        Raises
        ------
        KeyError : no parameter has this name.
        """
        kind = kind_of(key)
        before = {"norm": self.norms, "lever": self.levers}.get(kind, self.assumptions)
        after = {name: each for name, each in before if name != key}
        if value is not None:
            after[key] = value
        changes = ordered(after)
        if kind == "norm":
            return replace(self, norms=changes)
        if kind == "lever":
            return self.with_levers(changes)
        return replace(self, assumptions=changes)

    def with_levers(self, levers: Changes) -> Design:
        """Return the design with other levers in the one that is worked on."""
        variants = (*self.variants[: self.current], levers, *self.variants[self.current + 1 :])
        return replace(self, variants=variants)

    def elsewhere(self, scenario: str, territory: str = "") -> Design:
        """Return a fresh design of a scenario in a territory: levers of one service mean nothing in another.

        How many simulations are made, from which seed and with which parameters stays.
        """
        return Design(scenario, territory, replicates=self.replicates, seed=self.seed, parameters=self.parameters)

    def moved_to(self, territory: str) -> Design:
        """Return the same design in another territory."""
        return replace(self, territory=territory)

    def work_on(self, place: int) -> Design:
        """Return the design with another of its variants worked on."""
        return replace(self, current=place)

    def copied(self) -> Design:
        """Return the design with a copy of the variant worked on beside it, now worked on; the same when full."""
        if len(self.variants) >= MOST_VARIANTS:
            return self
        return replace(self, variants=(*self.variants, self.levers), current=len(self.variants))

    def without(self, place: int) -> Design:
        """Return the design without one of its variants; the last one is emptied instead."""
        if len(self.variants) == 1:
            return replace(self, variants=((),), baseline=None, names=())
        variants = (*self.variants[:place], *self.variants[place + 1 :])
        current = min(self.current - (self.current > place), len(variants) - 1)
        kept = None if self.baseline in (None, place) else self.baseline - (self.baseline > place)  # type: ignore[operator]
        names = (*self.names[:place], *self.names[place + 1 :])
        return replace(self, variants=variants, current=current, baseline=kept, names=names if any(names) else ())

    def alone(self) -> Design:
        """Return the design with nothing but the variant worked on and what it is compared with.

        Two designs that are alike alone give the same verdict.
        """
        if self.baseline is None or not self.baseline_levers:
            return replace(self, variants=(self.levers,), current=0, baseline=None, names=())
        return replace(self, variants=(self.baseline_levers, self.levers), current=1, baseline=0, names=())
