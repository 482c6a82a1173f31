"""What the page on the choice of a service says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import say_from

__all__ = ["CHOOSE_WORDS", "word"]

CHOOSE_WORDS: Mapping[str, Mapping[str, str]] = {
    "service": {"en": "Which service", "fr": "Quel service"},
    "where": {"en": "Where", "fr": "Où"},
    "where_now": {"en": "Territory in hand: {territory}.", "fr": "Territoire retenu\u202f: {territory}."},
    "where_own": {
        "en": "It is the one that the scenario was written for.",
        "fr": "C'est celui pour lequel le scénario a été écrit.",
    },
    "where_other": {
        "en": "The card was written for {own}: what it says of places holds there.",
        "fr": "La fiche a été écrite pour {own}\u202f: ce qu'elle dit des lieux vaut là-bas.",
    },
    "find": {"en": "Another territory", "fr": "Un autre territoire"},
    "find_help": {
        "en": "A department, a region, a commune for its intercommunality, or INSEE codes of communes separated by "
        "commas. Accents do not matter.",
        "fr": "Un département, une région, une commune pour son intercommunalité, ou des codes INSEE de communes "
        "séparés par des virgules. Les accents ne comptent pas.",
    },
    "found": {"en": "Places found", "fr": "Lieux trouvés"},
    "found_none": {"en": "No place of that name or code.", "fr": "Aucun lieu de ce nom ou de ce code."},
    "take": {"en": "{name} ({communes}, {people})", "fr": "{name} ({communes}, {people})"},
    "take_codes": {"en": "These communes: {codes}", "fr": "Ces communes\u202f: {codes}"},
    "take_own": {"en": "Back to the scenario's territory", "fr": "Revenir au territoire du scénario"},
    "known": {"en": "What is known of people", "fr": "Ce que l'on sait des citoyens"},
    "own_file": {"en": "Your own files", "fr": "Vos propres fichiers"},
    "go_on": {"en": "Go on to the design", "fr": "Passer au dispositif"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(CHOOSE_WORDS, key, language, **values)
