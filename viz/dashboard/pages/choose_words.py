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
        "commas, semicolons or spaces. Accents, capitals and the order of words do not matter.",
        "fr": "Un département, une région, une commune pour son intercommunalité, ou des codes INSEE de communes "
        "séparés par des virgules, des points-virgules ou des espaces. Ni les accents, ni les majuscules, ni l'ordre "
        "des mots ne comptent.",
    },
    "found": {"en": "Places found", "fr": "Lieux trouvés"},
    "found_none": {
        "en": "No place of that name or code. An intercommunality is found by any of its communes.",
        "fr": "Aucun lieu de ce nom ou de ce code. Une intercommunalité se trouve par l'une de ses communes.",
    },
    "take": {"en": "{name} ({communes}, {people})", "fr": "{name} ({communes}, {people})"},
    "take_through": {
        "en": "{name}, which {through} is part of ({communes}, {people})",
        "fr": "{name}, dont fait partie {through} ({communes}, {people})",
    },
    "take_codes": {
        "en": "These {count} communes: {names} ({people})",
        "fr": "Ces {count} communes\u202f: {names} ({people})",
    },
    "take_code": {"en": "This commune: {names} ({people})", "fr": "Cette commune\u202f: {names} ({people})"},
    "others": {"en": "{count} more", "fr": "{count} de plus"},
    "code_unknown": {
        "en": "{codes} is not the INSEE code of an inhabited commune. A postal code is no INSEE code.",
        "fr": "{codes} n'est pas le code INSEE d'une commune habitée. Un code postal n'est pas un code INSEE.",
    },
    "codes_unknown": {
        "en": "These are not INSEE codes of inhabited communes: {codes}. Postal codes are no INSEE codes.",
        "fr": "Ce ne sont pas des codes INSEE de communes habitées\u202f: {codes}. Un code postal n'en est pas un.",
    },
    "codes_many": {
        "en": "These are too many communes for an address. Bring them along as a CSV file, below.",
        "fr": "Ces communes sont trop nombreuses pour une adresse. Apportez-les en fichier CSV, plus bas.",
    },
    "take_own": {"en": "Back to the scenario's territory", "fr": "Revenir au territoire du scénario"},
    "known": {"en": "What is known of people", "fr": "Ce que l'on sait des citoyens"},
    "own_file": {"en": "Your own files", "fr": "Vos propres fichiers"},
    "go_on": {"en": "Go on to the design", "fr": "Passer au dispositif"},
}


def word(key: str, language: str, /, **values: str) -> str:
    """Return a text of the page, with the values put in."""
    return say_from(CHOOSE_WORDS, key, language, **values)
