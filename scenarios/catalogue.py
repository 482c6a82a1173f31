"""The scenarios at hand: list them, read their cards, start one's own, check a file without running it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from entraide.model.errors import InputError
from entraide.model.parameters import Value

from .loader import load_scenario
from .measures import measures_of
from .reading import find, shipped_names
from .scenario import Scenario
from .schema import CARD_SECTIONS, LANGUAGES
from .starter import new_scenario

__all__ = ["SECTION_TITLES", "ScenarioSummary", "check", "find", "list_scenarios", "new_scenario", "show"]

SECTION_TITLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "what_it_is": "What it is",
        "how_it_works": "How it works",
        "things_to_notice": "Things to notice",
        "things_to_try": "Things to try",
        "limits": "Limits",
        "sources": "Sources",
    },
    "fr": {
        "what_it_is": "De quoi il s'agit",
        "how_it_works": "Comment cela marche",
        "things_to_notice": "À remarquer",
        "things_to_try": "À essayer",
        "limits": "Limites",
        "sources": "Sources",
    },
}
_OWN_MEASURES = {"en": "Measures of its own", "fr": "Mesures qui lui sont propres"}


@dataclass(frozen=True)
class ScenarioSummary:
    """One line of the list: name, title and question by language, and the rows of the report that it stands for."""

    name: str
    path: Path
    title: Mapping[str, str]
    question: Mapping[str, str]
    rows: tuple[str, ...]


def list_scenarios() -> tuple[ScenarioSummary, ...]:
    """Return the scenarios that come with the package, in alphabetical order."""
    loaded = [load_scenario(name) for name in shipped_names()]
    return tuple(
        ScenarioSummary(
            each.name, each.path, each.title, each.question, tuple(dict.fromkeys(row.row for row in each.rows))
        )
        for each in loaded
    )


def show(name_or_path: str | os.PathLike[str] | Scenario, language: str = "en") -> str:
    """Return a scenario's card as text: title, question, six sections, and measures of its own where it has some.

    Raises
    ------
    InputError : the scenario cannot be loaded, or the language is not one of the card's.
    """
    if language not in LANGUAGES:
        raise InputError("unknown language", value=language, allowed=", ".join(LANGUAGES))
    scenario = name_or_path if isinstance(name_or_path, Scenario) else load_scenario(name_or_path)
    titles, card = SECTION_TITLES[language], scenario.card[language]
    sections = [f"{titles[section]}\n{card[section]}" for section in CARD_SECTIONS]
    own = [measure for measure in measures_of(scenario).values() if measure.own]
    if own:
        told = "\n".join(f"{measure.name}: {measure.title[language]}. {measure.help[language]}" for measure in own)
        sections.append(f"{_OWN_MEASURES[language]}\n{told}")
    return "\n\n".join([scenario.title[language], scenario.question[language], *sections])


def check(name_or_path: str | os.PathLike[str], changes: Mapping[str, Value] | None = None) -> Scenario:
    """Check everything in a scenario that can be checked without running it, its territory included.

    Returns
    -------
    Scenario : the scenario, loaded.

    Raises
    ------
    InputError : the first fault.
    """
    scenario = load_scenario(name_or_path, changes)
    scenario.specification()
    return scenario
