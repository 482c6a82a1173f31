"""The title of a run: that of the card, or services and place where another place is simulated than the card's."""

from __future__ import annotations

from entraide.experiments.results import Result
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.territories import place_name

from .locales import check_language, localised
from .wording import colon

__all__ = ["card_note", "own_place", "run_title", "services_title"]

_NOTE = {
    "en": "Card written for {card} (“{title}”); simulated here: {place}.",
    "fr": "Fiche écrite pour le territoire suivant : {card} (« {title} ») ; simulé ici : {place}.",
}
_OWN_PLACE = {
    "en": "Written for the scenario's own territory, {card}.",
    "fr": "Texte écrit pour le territoire propre au scénario : {card}.",
}


def run_title(result: Result, language: str) -> str:
    """Return the title: that of the card, or "Reports of street defects: Corsica" where it speaks of another place."""
    check_language(language)
    scenario = result.scenario
    if not scenario.card_written_for:
        return localised(scenario.title[language], language)
    place = _place(result.specification.territory.title, language)
    return f"{services_title(scenario, language)}{colon(language)} {place}"


def services_title(scenario: Scenario, language: str) -> str:
    """Return what the services are called, without any place."""
    return ", ".join(localised(each.title.get(language) or each.name, language) for each in scenario.services)


def card_note(result: Result, language: str) -> str:
    """Return for which place the card was written and which one is simulated; "" where they are the same."""
    check_language(language)
    scenario = result.scenario
    if not scenario.card_written_for:
        return ""
    # Names are put in last: what a user wrote is no template.
    return localised(_NOTE[language], language).format(
        card=_place(scenario.card_written_for, language),
        title=localised(scenario.title[language], language),
        place=_place(result.specification.territory.title, language),
    )


def own_place(result: Result, language: str) -> str:
    """Return of which place a text of the card speaks, where another one is simulated; else ""."""
    check_language(language)
    written_for = result.scenario.card_written_for
    if not written_for:
        return ""
    return localised(_OWN_PLACE[language], language).format(card=_place(written_for, language))


def _place(title: str, language: str) -> str:
    return localised(place_name(title, language), language)
