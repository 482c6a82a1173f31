"""Model cards: what each scenario says of itself, what it shows, and its norms, in English or in French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from site_markdown import prose, table

from entraide.experiments.rows import coverage
from entraide.scenarios.catalogue import SECTION_TITLES, list_scenarios
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.kind_titles import KIND_TITLES
from entraide.scenarios.lever_sense import concerns
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.rows import ROWS
from entraide.scenarios.scenario import Scenario
from entraide.viz.class_words import class_title
from entraide.viz.locales import french_typography, number
from entraide.viz.row_tables import row_lines, row_note
from entraide.viz.units import value_text
from entraide.viz.wording import colon

__all__ = ["cards", "cards_in_order", "contents"]

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
        "contents": "The cards",
        "assumed": "An assumption",
        "drawn_from": "Where its figures come from",
        "shows": "What the simulation shows",
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
        "alone": "L'administration seule",
        "contents": "Les fiches",
        "assumed": "Une hypothèse",
        "drawn_from": "D'où viennent ses chiffres",
        "shows": "Ce que montre la simulation",
        "claim": "Énoncé",
        "measured": "Mesuré sur",
        "measure": "Mesure",
        "effect": "Effet",
        "without": "Sans le mécanisme",
        "row": "Ligne",
    },
}
_ASSUMED = {"en": "assumption:", "fr": "hypothèse :"}
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
    parts, section = [contents(language), row_note(20, language)], None
    for row, name in cards_in_order():
        if row != section:
            section = row
            parts.append(f"## {_section_title(row, language)}")
        parts += _card(name, language)
    return "\n\n".join(parts)


def contents(language: str) -> str:
    """Return a list of links, one line for each section: on a telephone the cards are a long way down."""
    links: dict[str, list[str]] = {}
    for row, name in cards_in_order():
        title = load_scenario(name).title[language]
        links.setdefault(row, []).append(f"[{title}](#card-{language}-{name})")
    lines = [f"- {_section_title(row, language)}{colon(language)} {', '.join(each)}" for row, each in links.items()]
    return "\n".join([f"**{_WORDS[language]['contents']}**", "", *lines])


def _section_title(row: str, language: str) -> str:
    title = ROWS[row][language == "fr"] if row else _WORDS[language]["others"]
    return f"{row}{'. ' if row else ''}{title[0].upper()}{title[1:]}"


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
    yield f"**{words['where']}.** {told}."
    yield f"**{words['alone']}.** {' '.join(_alone(scenario, language))}"
    rows = [line for line in row_lines(_coverage(), language) if line[2] == name]
    if rows:
        yield f"**{words['shows']}**"
        heads = (words["row"], *(words[key] for key in ("claim", "measured", "measure", "effect", "without")))
        yield table(heads, ((line[0], line[4], line[3], line[5], line[6], line[7]) for line in rows))


def _alone(scenario: Scenario, language: str) -> Iterator[str]:
    """Yield where the figures of the administration alone come from, service by service."""
    for service in scenario.services:
        text = scenario.administration_sources[service.name][language]
        named = f"*{service.title[language]}.* " if len(scenario.services) > 1 else ""
        assumed = text.startswith(_ASSUMED[language])
        told = prose(text.removeprefix(_ASSUMED[language]).strip())
        start = _WORDS[language]["assumed" if assumed else "drawn_from"]
        yield f"{named}{start}{colon(language)} {told}{'' if told.endswith('.') else '.'}"


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
            # A norm of another kind of service is nothing that this one owes.
            if parameter.kind == "norm" and concerns(parameter, service.kind)
        ]
        declared = scenario.tables["services"][service.name]["class"]
        kind = KIND_TITLES[service.kind][language]
        shown = norms if service.public else ["-"]
        yield service.title[language], f"{kind} (`{service.kind}`)", class_title(declared, language), "<br>".join(shown)
