"""Model cards: what each scenario says of itself, what it proves, and its norms, in English or in French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from site_markdown import prose, table

from entraide.experiments.rows import coverage
from entraide.scenarios.catalogue import SECTION_TITLES, list_scenarios
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.rows import ROWS
from entraide.scenarios.scenario import Scenario
from entraide.viz.class_words import class_title
from entraide.viz.locales import french_typography, number
from entraide.viz.row_tables import row_lines, row_note
from entraide.viz.units import value_text
from entraide.viz.wording import colon

__all__ = ["cards", "cards_in_order"]

_WORDS = {
    "en": {
        "others": "Across archetypes",
        "facts": "In brief",
        "service": "Service",
        "kind": "Production kind",
        "class": "Class of service",
        "norms": "Norms",
        "where": "Where, how long",
        "place": "{place}: {people} inhabitants, {days} days",
        "alone": "The administration alone",
        "proves": "What it proves",
        "claim": "Statement",
        "measured": "Measured on",
        "measure": "Measure",
        "effect": "Effect",
        "without": "Without the mechanism",
        "row": "Row",
    },
    "fr": {
        "others": "À travers les archétypes",
        "facts": "En bref",
        "service": "Service",
        "kind": "Type de production",
        "class": "Classe de service",
        "norms": "Normes",
        "where": "Où, combien de temps",
        "place": "{place} : {people} habitants, {days} jours",
        "alone": "L'administration seule (en anglais)",
        "proves": "Ce qu'il prouve",
        "claim": "Énoncé",
        "measured": "Mesuré sur",
        "measure": "Mesure",
        "effect": "Effet",
        "without": "Sans le mécanisme",
        "row": "Ligne",
    },
}
_ARCHETYPES = tuple(row for row in ROWS if row.startswith("R"))


@cache
def _coverage() -> list[dict[str, Any]]:
    return coverage()


def cards_in_order() -> list[tuple[str, str]]:
    """Return (row, scenario): the archetypes of the report in its order, then "" for those that cut across them."""
    stated = {(entry["row"], name) for entry in _coverage() for name in entry["scenarios"]}
    names = [summary.name for summary in list_scenarios()]
    found = [(row, name) for row in _ARCHETYPES for name in names if (row, name) in stated]
    return found + [("", name) for name in names if name not in {name for _, name in found}]


def cards(language: str) -> str:
    """Return all cards, in Markdown; headings begin at the second level."""
    parts, section = [row_note(20, language)], None
    for row, name in cards_in_order():
        if row != section:
            section = row
            title = ROWS[row][language == "fr"] if row else _WORDS[language]["others"]
            parts.append(f"## {row}{'. ' if row else ''}{title[0].upper()}{title[1:]}")
        parts += _card(name, language)
    return "\n\n".join(parts)


def _card(name: str, language: str) -> Iterator[str]:
    scenario, words = load_scenario(name), _WORDS[language]
    yield f"(card-{language}-{name})="
    yield f"### {scenario.title[language]}"
    yield f"`{name}` · *{prose(scenario.question[language])}*"
    for key, text in scenario.card[language].items():
        yield f"**{SECTION_TITLES[language][key]}.** {_listed(key, text, language)}"
    yield f"**{words['facts']}**"
    yield table((words["service"], words["kind"], words["class"], words["norms"]), _services(scenario, language))
    place = scenario.territory()
    told = words["place"].format(place=_title(scenario), people=number(place.inhabitants, language), days=scenario.days)
    told = french_typography(told) if language == "fr" else told
    alone = " ".join(f"{prose(text)}" for text in scenario.administration_sources.values() if text)
    yield f"**{words['where']}.** {told}. **{words['alone']}.** {alone}"
    rows = [line for line in row_lines(_coverage(), language) if line[2] == name]
    if rows:
        yield f"**{words['proves']}**"
        heads = (words["row"], *(words[key] for key in ("claim", "measured", "measure", "effect", "without")))
        yield table(heads, ((line[0], line[4], line[3], line[5], line[6], line[7]) for line in rows))


def _title(scenario: Scenario) -> str:
    communes = scenario.request.communes
    return f"`{communes if isinstance(communes, str) else ','.join(communes or ())}`"


def _listed(key: str, text: str, language: str) -> str:
    """Return a section; what may be tried is a list, one line for each sentence that moves something."""
    if key != "things_to_try":
        return prose(text)
    sentences = re.split(r"(?<=[.!?;]) (?=[A-ZÀ-Ý])", text.replace("\n", " "))
    return "\n\n" + "\n".join(f"- {prose(each.strip())}" for each in sentences if each.strip())


def _services(scenario: Scenario, language: str) -> Iterator[tuple[str, ...]]:
    for service in scenario.services:
        norms = [
            f"{parameter.label_fr if language == 'fr' else parameter.label_en}{colon(language)} "
            f"{value_text(parameter, service.parameters[key], language)}"
            for key, parameter in SERVICE.items()
            if parameter.kind == "norm" and key in service.parameters
        ]
        declared = scenario.tables["services"][service.name]["class"]
        shown = norms if service.public else ["-"]
        yield service.title[language], f"`{service.kind}`", class_title(declared, language), "; ".join(shown)
