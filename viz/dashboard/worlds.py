"""From a design to the scenarios that are simulated: what holds for all, and each design's levers on top of it."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from entraide.experiments.elsewhere import elsewhere
from entraide.experiments.provenance import change_texts
from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.scenarios.changing import with_changes
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import FILES_FOLDER
from entraide.scenarios.scenario import Scenario, TerritoryRequest

from .design import Changes, Design
from .struck import with_planned

__all__ = [
    "PREVIEW_PEOPLE",
    "checked",
    "command_of",
    "content_digest",
    "is_own",
    "sampled",
    "spoken_in",
    "value_there",
    "with_levers",
    "world_of",
]

# assumption: a preview of four simulated years of so many people is there in two seconds on two cores.
PREVIEW_PEOPLE = 100_000


def world_of(design: Design, declared: Scenario) -> Scenario:
    """Return the service as it is today in the world of a design: territory, days, norms, assumptions and events.

    Parameters
    ----------
    declared : the scenario that the design names, as its file says.

    Raises
    ------
    InputError : values that contradict each other, no such place, or an event outside the calendar.
    """
    return _world(
        design.territory, tuple(design.world.items()), design.days, design.events, declared.path, _Box(declared)
    )


def with_levers(world: Scenario, levers: Changes) -> Scenario:
    """Return a world with levers moved.

    Raises
    ------
    InputError : values that cannot be used together.
    """
    return with_changes(world, dict(levers)) if levers else world


class _Box:
    """Carries a scenario past the cache of worlds: its own fields hold mappings, which have no hash."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Box) and self.scenario is other.scenario


@lru_cache(maxsize=32)
def _world(
    territory: str,
    changes: tuple[tuple[str, Value], ...],
    days: int | None,
    events: tuple[Any, ...],
    path: Any,
    box: _Box,
) -> Scenario:
    world = box.scenario
    if changes or days is not None:
        world = load_scenario(path, dict(changes), days=world.days if days is None else days)
    if territory:
        world = elsewhere(world, territory)
    for event in events:
        world = with_planned(world, event)
    return world


def value_there(scenario: Scenario, key: str) -> Value:
    """Return what a key stands at in a scenario.

    Raises
    ------
    KeyError : the scenario has no such key.
    """
    prefix, _, name = key.rpartition(".")
    if not prefix and name in scenario.citizens:
        return scenario.citizens[name]
    service, _, alone = prefix.rpartition(".") if prefix.endswith("administration_only") else (prefix, "", "")
    found = next((each for each in scenario.services if service in ("", each.name)), None)
    if found is None:
        raise KeyError(key)
    return (found.administration_only if alone else found.parameters)[name]


def sampled(world: Scenario, people: int = PREVIEW_PEOPLE) -> tuple[Scenario, int]:
    """Return a world of fewer zones, and how many there are: whole zones, never fewer people in one.

    Which zones are taken depends on their codes alone, so that every design is looked at in the same ones. Works of
    staff are stated per inhabitant; a project with one size for the whole territory is not cut.
    """
    territory = world.territory()
    if (
        territory.inhabitants <= people
        or any(service.kind in _WHOLE for service in world.services)
        or world.request.file
    ):
        return world, territory.zones
    order = sorted(range(territory.zones), key=lambda zone: hashlib.sha256(territory.codes[zone].encode()).digest())
    total = np.cumsum([int(territory.population[zone]) for zone in order])
    count = max(1, int(np.searchsorted(total, people, side="right")))
    struck = {zone for event in world.events for zone in event.zones}
    codes = {territory.codes[zone] for zone in order[:count]} | struck
    request = TerritoryRequest(communes=tuple(sorted(codes)))
    return replace(world, request=request, card_written_for=territory.title), len(codes)


# Kinds whose work is one for the whole territory.
_WHOLE = ("burst", "stock", "patient-community")


def is_own(design: Design, world: Scenario) -> bool:
    """Tell whether a world is not a scenario of the package as it stands there."""
    return world.path.parent != FILES_FOLDER or bool(design.territory) or bool(design.events)


@lru_cache(maxsize=64)
def _digest(box: _Box) -> str:
    scenario = box.scenario
    stamps = []
    for name in (scenario.request.file, scenario.request.outline):
        path = scenario.request.base_folder / name
        stamps.append(f"{path}:{path.stat().st_mtime_ns}" if name and path.is_file() else "")
    text = json.dumps([str(scenario.path), _plain(scenario.tables), *stamps], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def content_digest(declared: Scenario) -> str:
    """Return a fingerprint of all that a scenario's file says, its words too: whoever reads the answer reads them."""
    return _digest(_Box(declared))


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if isinstance(value, (bool, int, float, str, type(None))) else str(value)


def command_of(design: Design, declared: Scenario, language: str) -> str:
    """Return the command that computes and says the same as a design from a terminal; "" where its events forbid it.

    Raises
    ------
    InputError : the design contradicts itself.
    """
    if design.events:
        return ""
    world = with_levers(world_of(design, declared), design.levers)
    name = declared.name if declared.path.parent == FILES_FOLDER else declared.path.name
    words = ["entraide", "run", shlex.quote(name), "--replicates", str(design.replicates), "--seed", str(design.seed)]
    words += ["--days", str(world.days)]
    if design.territory:
        words += ["--territory", shlex.quote(design.territory)]
    for change in change_texts(world.changes):
        words += ["--set", shlex.quote(change)]
    return " ".join([*words, "--parameters", design.parameters, *spoken_in(language)])


def spoken_in(language: str) -> tuple[str, ...]:
    """Return the option of a command that speaks a language, none where it does without."""
    return () if language == "en" else ("--lang", language)


def checked(design: Design, declared: Scenario) -> tuple[Scenario, InputError | None]:
    """Return the world of a design, or its scenario as declared and what is wrong with the design."""
    try:
        world = world_of(design, declared)
        world.territory()
        with_levers(world, design.levers)
    except InputError as fault:
        return declared, fault
    return world, None
