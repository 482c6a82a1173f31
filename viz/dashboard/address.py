"""The address of a page: its language and the whole design, in a short text that can be read, sent and kept.

``?v=1&lang=fr&s=urban-reports&t=department:35&n=norm_delay:7&la=app_friction:1&r=20``. What is so by default is left
out. Nothing in an address is ever taken for a path. What cannot be used is told by its key, and left out; what it
said is not repeated, since it may be anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode

from entraide.model.parameters import Value

from ..locales import LANGUAGES
from .address_reading import EVENT_MARKS, KEYS, VERSION, Trouble, read_query
from .design import LETTERS, Changes, Design, PlannedEvent

__all__ = ["VERSION", "Trouble", "address", "language_of", "parse", "query"]

# Browsers and mail programs pass on some two thousand characters and more.
MOST_CHARACTERS = 8000


def language_of(search: str | None, preferred: Sequence[str] = ()) -> str:
    """Return the language of a page: that of its address (``?lang=fr``), else the reader's, else English.

    Parameters
    ----------
    search : what follows the question mark in the address.
    preferred : the reader's languages in order of preference, as browsers send them ("fr-FR").
    """
    asked = [value for key, value in _pairs(search) if key == "lang"][:1]
    for code in (*asked, *preferred):
        short = code.strip().lower()[:2]
        if short in LANGUAGES:
            return short
    return "en"


def parse(search: str | None, services: Mapping[str, Sequence[str]]) -> tuple[Design, tuple[Trouble, ...]]:
    """Return the design that an address holds, and what in it could not be used.

    Parameters
    ----------
    search : what follows the question mark in the address.
    services : names of the services by name of scenario, for those on offer.
    """
    if len(search or "") > MOST_CHARACTERS:
        return Design(), (Trouble("address", "too_long"),)
    pairs: dict[str, str] = {}
    troubles: list[Trouble] = []
    for key, value in _pairs(search):
        if key in pairs:
            troubles.append(Trouble(key if key in KEYS else "address", "twice"))
        pairs.setdefault(key, value)
    design, more = read_query(pairs, services)
    return design, tuple(dict.fromkeys((*troubles, *more)))


def address(path: str, language: str, design: Design) -> str:
    """Return the address of a page within the site, from the first slash on."""
    return f"/{path}?{query(language, design)}"


def query(language: str, design: Design) -> str:
    """Return what follows the question mark in the address of a page."""
    start = Design()
    said: dict[str, str] = {"v": VERSION, "lang": language, "s": design.scenario}
    if design.territory:
        said["t"] = design.territory
    changes = {"n": design.norms, "a": design.assumptions}
    changes |= {f"l{letter.lower()}": each for letter, each in zip(LETTERS, design.variants, strict=False)}
    said |= {key: _changes_text(each) for key, each in changes.items() if each}
    if len(design.variants) > 1:
        said["of"] = str(len(design.variants))
        said["on"] = design.letter.lower()
    said |= {f"n{letter.lower()}": name for letter, name in zip(LETTERS, design.names, strict=False) if name}
    if design.baseline is not None:
        said["vs"] = LETTERS[design.baseline].lower()
    if design.events:
        said["e"] = ",".join(_event_text(event) for event in design.events)
    if design.days is not None:
        said["days"] = str(design.days)
    for key, name in (("r", "replicates"), ("seed", "seed"), ("parameters", "parameters")):
        if getattr(design, name) != getattr(start, name):
            said[key] = str(getattr(design, name))
    if design.scenario == start.scenario and design == replace(start, parameters=design.parameters):
        del said["s"], said["v"]
    return urlencode(said, safe=":,@")


def _pairs(search: str | None) -> list[tuple[str, str]]:
    """Return names and values in an address; none where it is no such thing."""
    try:
        return parse_qsl(search or "", keep_blank_values=True, max_num_fields=64)
    except ValueError:
        return []


def _changes_text(changes: Changes) -> str:
    return ",".join(f"{key}:{_value_text(value)}" for key, value in changes)


def _value_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else f"{value!r}"


def _event_text(event: PlannedEvent) -> str:
    text = f"{event.kind}@{event.start.isoformat()}:{event.days}:{event.size!r}"
    for mark, names in zip(EVENT_MARKS, (event.services, event.zones, event.groups), strict=True):
        if names:
            text += f":{mark}" + "+".join(quote(name, safe="") for name in names)
    return text
