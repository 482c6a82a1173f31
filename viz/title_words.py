"""The title of a run: that of the card, or, where another territory is simulated than the card's, the place itself."""

from __future__ import annotations

from entraide.experiments.results import Result
from entraide.scenarios.territories import place_name

from .locales import check_language, localised
from .wording import colon

__all__ = ["card_note", "run_title"]

_NOTE = {
    "en": "Card written for {card} (“{title}”); simulated here: {place}.",
    "fr": "Fiche écrite pour le territoire suivant : {card} (« {title} ») ; simulé ici : {place}.",
}


def run_title(result: Result, language: str) -> str:
    """Return the title: the card's, or "urban-reports: Ille-et-Vilaine" where the card speaks of another place."""
    check_language(language)
    scenario = result.scenario
    if not scenario.card_written_for:
        return localised(scenario.title[language], language)
    return f"{scenario.name}{colon(language)} {_place(result.specification.territory.title, language)}"


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


def _place(title: str, language: str) -> str:
    return localised(place_name(title, language), language)
