"""The command that lists named measures: what each changes in a scenario, and those refused there with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .chosen import chosen_scenario
from .console import print_json, print_table, print_text, told_in_one_line
from .options import Changes, Json, Language, LanguageName, Territory, language_option

if TYPE_CHECKING:
    from entraide.scenarios.measure_proposals import Proposal
    from entraide.scenarios.scenario import Scenario

__all__ = ["measures", "proposal_document"]

_WORDS = {
    "en": {
        "sensible": "Measures that make sense in {scenario}: entraide run {scenario} --measure NAME",
        "refused": "Refused in {scenario}",
        "header": ("name", "what it is", "against", "what it changes"),
        "refused_header": ("name", "what it is", "why"),
        "legal": "legal regime",
        "try": "Try each of them alone: entraide run {scenario} --what-helps",
    },
    "fr": {
        "sensible": "Mesures qui ont un sens dans {scenario} : entraide run {scenario} --measure NOM{spoken}",
        "refused": "Refusées dans {scenario}",
        "header": ("nom", "ce que c'est", "contre", "ce qu'elle change"),
        "refused_header": ("nom", "ce que c'est", "pourquoi"),
        "legal": "régime juridique",
        "try": "Essayer chacune seule : entraide run {scenario} --what-helps{spoken}",
    },
}


@told_in_one_line
def measures(
    name: Annotated[
        str, typer.Argument(help="Name of a scenario (`entraide scenarios list`) or path to a TOML file.")
    ] = "urban-reports",
    changes: Changes = None,
    territory: Territory = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """List the named measures of prevention: what each changes, and those that make no sense with the reason."""
    from entraide.scenarios.loader import parse_changes
    from entraide.scenarios.measure_proposals import proposals

    scenario, _ = chosen_scenario(name, parse_changes(changes or ()), territory=territory)
    found = proposals(scenario)
    if as_json:
        print_json([proposal_document(each) for each in found])
        return
    _show(scenario, name, found, language.value)


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """Return a measure in a scenario as a JSON document."""
    measure = proposal.measure
    return {
        "name": measure.name,
        "category": measure.category,
        "prevents": list(measure.prevents),
        "own": measure.own,
        "title": dict(measure.title),
        "help": dict(measure.help),
        "caveat": dict(measure.caveat) or None,
        "makes_sense": proposal.reason is None,
        "reason": None if proposal.reason is None else dict(proposal.reason),
        "changes": dict(proposal.changes),
        "moved": {key: list(values) for key, values in proposal.moved.items()},
    }


def _show(scenario: Scenario, name: str, found: tuple[Proposal, ...], language: str) -> None:
    from entraide.viz.locales import localised
    from entraide.viz.wording import colon, risk_name

    words = _WORDS[language]

    def said(key: str) -> str:
        text = words[key]
        assert isinstance(text, str)
        return localised(text, language).format(scenario=name, spoken=language_option(language))

    def against(proposal: Proposal) -> str:
        risks = [risk_name(risk, language) for risk in proposal.measure.prevents]
        return ", ".join(risks) or said("legal")

    sensible = [
        (
            each.measure.name,
            localised(each.measure.title[language], language),
            against(each),
            ", ".join(f"{key}: {_shown(old)} → {_shown(new)}" for key, (old, new) in each.moved.items()),
        )
        for each in found
        if each.reason is None
    ]
    refused = [
        (each.measure.name, localised(each.measure.title[language], language), each.reason[language])
        for each in found
        if each.reason is not None
    ]
    if sensible:
        print_table(said("sensible"), words["header"], sensible)
    for each in found:
        if each.reason is None and each.measure.caveat:
            print_text(localised(f"{each.measure.name}{colon(language)} {each.measure.caveat[language]}", language))
    if refused:
        print_table(said("refused"), words["refused_header"], refused)
    print_text(said("try"))


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
