"""Reading the design out of an address: what can be used is used, what cannot is told by its key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import unquote

from entraide.experiments.runner import LARGEST_SEED
from entraide.model.errors import InputError
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.parameters import Parameter, Value
from entraide.scenarios.changes import route_changes
from entraide.scenarios.communes import select_communes
from entraide.scenarios.declarations import ALL
from entraide.scenarios.schema import MOST_DAYS

from .design import (
    LETTERS,
    MOST_EVENTS,
    ON_OWN_ZONES,
    PARAMETERS_OFFERED,
    Changes,
    Design,
    PlannedEvent,
    clean_name,
    kind_of,
    ordered,
)

__all__ = ["EVENT_MARKS", "KEYS", "VERSION", "Trouble", "read_query", "territory_text"]

VERSION = "1"
# What each key of an address holds, for messages: the words are in words.py under "address_" and this.
KEYS: Mapping[str, str] = {
    "v": "version",
    "lang": "language",
    "s": "scenario",
    "t": "territory",
    "n": "norms",
    "a": "assumptions",
    "la": "levers",
    "lb": "levers",
    "lc": "levers",
    "ld": "levers",
    "na": "names",
    "nb": "names",
    "nc": "names",
    "nd": "names",
    "of": "variants",
    "on": "variants",
    "vs": "variants",
    "e": "events",
    "days": "days",
    "r": "replicates",
    "seed": "seed",
    "parameters": "parameters",
}
# What an event strikes, by the letter with which an address says so: services, zones, ages and diplomas.
EVENT_MARKS = "szg"
# Places of one event: more than anybody adds one by one.
_MOST_STRUCK = 300
_SELECTORS = ("department", "region", "intercommunality")
_MOST_COMMUNES = 500
# More would keep everybody else waiting: such a run belongs to the command.
_MOST_REPLICATES = 1000
# Longer than any item that this program writes.
_LONGEST_ITEM = 120
# A name that a file brought along may have been given.
_FILE_STEM = re.compile(r"[a-z0-9][a-z0-9-]{0,50}")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Trouble:
    """Something in an address that cannot be used.

    Attributes
    ----------
    key : of KEYS, or "address" for the whole of it.
    why : "unknown", "value", "twice", "too_long", "newer", or "zones_gone" and "file_gone" for what was brought along.
    name : of the parameter or the scenario concerned, where it is one that there is.
    """

    key: str
    why: str
    name: str = ""


class _Unusable(Exception):
    """A part of an address cannot be used."""

    def __init__(self, why: str, name: str = "") -> None:
        super().__init__(why)
        self.why, self.name = why, name


def read_query(pairs: Mapping[str, str], services: Mapping[str, Sequence[str]]) -> tuple[Design, tuple[Trouble, ...]]:
    """Return a design and what could not be used, from the names and values of an address.

    An address without a version is of before there was one: it held a language and where parameters come from.
    """
    troubles: list[Trouble] = []

    def read(key: str, reading: Callable[[str], Found], otherwise: Found) -> Found:
        if key not in pairs:
            return otherwise
        try:
            return reading(pairs[key])
        except _Unusable as fault:
            troubles.append(Trouble(key, fault.why, fault.name))
        except (ValueError, InputError, OverflowError):
            troubles.append(Trouble(key, "value"))
        return otherwise

    start = Design()
    version = read("v", _version, "0")
    parameters = read("parameters", _word(PARAMETERS_OFFERED), start.parameters)
    if version == "0":
        return Design(parameters=parameters), tuple(troubles)
    scenario = read("s", _scenario(tuple(services)), start.scenario)
    names = tuple(services.get(scenario, ()))
    if any(trouble.key == "s" for trouble in troubles):
        # Levers of a scenario that is not there would be laid upon another one.
        return Design(parameters=parameters), tuple(troubles)

    def changes(key: str, kinds: Sequence[str]) -> Changes:
        found: dict[str, Value] = {}
        for item in pairs.get(key, "").split(","):
            try:
                if item:
                    name, value = _change(item, names, kinds)
                    found.setdefault(name, value)
            except _Unusable as fault:
                troubles.append(Trouble(key, fault.why, fault.name))
        return ordered(found)

    count = read("of", _number(1, len(LETTERS)), 1)
    # A legal regime, which is put into a design as a whole, also decides who may take part: an assumption elsewhere.
    variants = tuple(changes(f"l{letter.lower()}", ("lever", "assumption")) for letter in LETTERS)
    # Levers of a design beyond the count are kept rather than lost.
    count = max([count, *(place + 1 for place, each in enumerate(variants) if each)])
    place = _place(count)
    given = tuple(clean_name(pairs.get(f"n{letter.lower()}", "")) for letter in LETTERS[:count])
    return (
        Design(
            scenario=scenario,
            territory=read("t", territory_text, ""),
            norms=changes("n", ("norm",)),
            assumptions=changes("a", ("assumption", "constant")),
            variants=variants[:count],
            current=read("on", place, 0),
            baseline=read("vs", place, None),
            events=read("e", _events, ()),
            days=read("days", _number(1, MOST_DAYS), None),
            replicates=read("r", _number(1, _MOST_REPLICATES), start.replicates),
            seed=read("seed", _number(0, LARGEST_SEED), start.seed),
            parameters=parameters,
            names=given if any(given) else (),
        ),
        tuple(troubles),
    )


def territory_text(text: str) -> str:
    """Return a territory as an address holds it, once it is known that there is such a one; never a path.

    Raises
    ------
    ValueError, InputError : no such territory.
    """
    kind, colon, code = text.partition(":")
    if text in ("", "all"):
        return text
    if colon and kind in _SELECTORS and len(code) <= 12:
        select_communes(text)
        return text
    codes = text.split(",")
    if len(codes) > _MOST_COMMUNES or not all(len(each) == 5 and each.isalnum() for each in codes):
        raise ValueError("neither a place nor codes of communes")
    select_communes(codes)
    return text


def _version(text: str) -> str:
    if text not in ("0", VERSION):
        raise _Unusable("newer" if text.isdecimal() and len(text) < 6 else "unknown")
    return text


def _word(words: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise _Unusable("unknown")
        return text

    return read


def _scenario(offered: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in offered:
            return text
        base = text.removesuffix(ON_OWN_ZONES)
        # Of what an address says, nothing is repeated but names of scenarios that there are.
        if base != text:
            raise _Unusable("zones_gone", base if base in offered else "")
        raise _Unusable("file_gone" if _FILE_STEM.fullmatch(text) else "unknown")

    return read


def _number(low: int, high: int) -> Callable[[str], Any]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 20 and low <= int(text) <= high):
            raise _Unusable("value")
        return int(text)

    return read


def _place(count: int) -> Callable[[str], Any]:
    def read(text: str) -> int:
        place = LETTERS.lower().find(text) if len(text) == 1 else -1
        if not 0 <= place < count:
            raise _Unusable("value")
        return place

    return read


def _change(item: str, services: Sequence[str], kinds: Sequence[str]) -> tuple[str, Value]:
    """Return a key and its value, checked against the declaration."""
    key, _, text = item.partition(":")
    name = key.rpartition(".")[2]
    parameter = ALL.get(name)
    if len(item) > _LONGEST_ITEM or parameter is None:
        raise _Unusable("unknown")
    if kind_of(key) not in kinds:
        raise _Unusable("unknown", name)
    try:
        (change,) = route_changes({key: _typed(parameter, text)}, services)
    except (ValueError, InputError):
        raise _Unusable("value", name) from None
    return key, change.value


def _typed(parameter: Parameter, text: str) -> Value:
    if isinstance(parameter.default, bool):
        return {"true": True, "false": False}[text] if text in ("true", "false") else text
    if isinstance(parameter.default, str):
        return text
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def _events(text: str) -> tuple[PlannedEvent, ...]:
    events = tuple(_event(item) for item in text.split(",") if item)
    if len(events) > MOST_EVENTS:
        raise ValueError("too many events")
    return events


def _event(item: str) -> PlannedEvent:
    kind, _, rest = item.partition("@")
    day, days, size, *struck = rest.split(":")
    declared = next((each for each in EVENT_KINDS if each.name == kind), None)
    if declared is None:
        raise _Unusable("unknown")
    hit = {each[:1]: tuple(unquote(name) for name in each[1:].split("+")) for each in struck}
    if not set(hit) <= set(EVENT_MARKS) or any(len(names) > _MOST_STRUCK for names in hit.values()):
        raise _Unusable("value")
    services, zones, groups = (hit.get(mark, ()) for mark in EVENT_MARKS)
    found = PlannedEvent(kind, date.fromisoformat(day), int(days), float(size), services, zones, groups)
    low, high = declared.bounds or (0.0, 1.0)
    if not (1 <= found.days <= MOST_DAYS and low <= found.size <= high):
        raise _Unusable("value")
    return found
