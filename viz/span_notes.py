"""What the simulations of a run are of: versions of one year, not years in a row; and what a short run cannot show."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.model.risk.calendar import DAYS_PER_YEAR

from .locales import check_language, counted, number

__all__ = ["short_note", "span_notes", "versions_note"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "year": "The {all} simulations are {all} possible versions of one and the same year, not years in a row.",
        "other": "The {all} simulations are {all} possible versions of the same {length}, one does not follow another.",
        "short": "{length} only: a service begins with nothing late, so that a short run shows it better than it is "
        "and says nothing of a year.",
    },
    "fr": {
        "year": "Les {all} simulations sont {all} versions possibles d'une seule et même année, et non des années qui "
        "se suivent.",
        "other": "Les {all} simulations sont {all} versions possibles des mêmes {length}\u202f: elles ne se suivent "
        "pas.",
        "short": "{length} seulement\u202f: au départ, rien n'est en retard. Une simulation courte montre donc le "
        "service meilleur qu'il n'est et ne dit rien d'une année.",
    },
}


def versions_note(replicates: int, days: int, language: str) -> str:
    """Say that simulations stand beside each other in time; "" for a single one."""
    words = _WORDS[check_language(language)]
    if replicates == 1:
        return ""
    told = words["year" if days == DAYS_PER_YEAR else "other"]
    return told.format(all=number(replicates, language), length=_length(days, language))


def short_note(days: int, language: str) -> str:
    """Warn that a run is too short for a verdict on a year; "" from a year on."""
    words = _WORDS[check_language(language)]
    return "" if days >= DAYS_PER_YEAR else words["short"].format(length=_length(days, language))


def span_notes(replicates: int, days: int, language: str) -> tuple[str, ...]:
    """Return both notes, without those that have nothing to say."""
    return tuple(filter(None, (versions_note(replicates, days, language), short_note(days, language))))


def _length(days: int, language: str) -> str:
    return counted(days, *(("day", "days") if language == "en" else ("jour", "jours")), language)
