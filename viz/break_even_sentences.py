"""The least participation and the most adversaries that a design bears, in words."""

from __future__ import annotations

from entraide.experiments.thresholds import AdversaryHarm, BreakEven
from entraide.model.errors import Words

from .kind_words import kind_words, of_mean
from .locales import check_language, number, percent, significant
from .wording import ENDING, colon

__all__ = ["adversary_refusal", "adversary_sentence", "break_even_sentence"]


def _rate(value: float, language: str) -> str:
    shown = number(round(value), language) if value >= 10 else significant(value, language, 2)
    if language == "en":
        return f"{shown} contributions per 1,000 inhabitants and year"
    return f"{shown} contributions pour 1\u202f000 habitants et par an"


def break_even_sentence(found: BreakEven, kind: str, language: str = "en") -> str:
    """Say the smallest participation at which the mean service of a year reaches its norm, beside today's."""
    check_language(language)
    norm, today = percent(found.norm, language), _rate(found.today, language)
    mean = kind_words(kind, language).mean
    status, value = found.threshold.status, found.threshold.value
    if language == "en":
        start = f"Break-even participation: on average over the first year, {norm} of {mean}"
        if status == "found" and value is not None:
            times = significant(value / found.today, "en", 2) if found.today > 0 else "?"
            return f"{start} from {_rate(value, 'en')} on, {times} times today's {today}, {ENDING['en']}."
        if status == "held throughout":
            least = _rate(min(found.participation), "en")
            return f"{start} already with {least}, the fewest tried; today there are {today}, {ENDING['en']}."
        most = _rate(max(found.participation), "en")
        return f"{start} at no participation tried, up to {most}: more contributions alone do not help, {ENDING['en']}."
    start = f"Participation d'équilibre{colon('fr')} en moyenne sur la première année, {norm} {of_mean(kind)}{mean}"
    if status == "found" and value is not None:
        times = significant(value / found.today, "fr", 2) if found.today > 0 else "?"
        beside = f"soit {times} fois celle d'aujourd'hui ({today})"
        return f"{start} à partir de {_rate(value, 'fr')}, {beside}, {ENDING['fr']}."
    if status == "held throughout":
        least = _rate(min(found.participation), "fr")
        return f"{start} déjà avec {least}, le minimum essayé\u202f; aujourd'hui {today}, {ENDING['fr']}."
    most = _rate(max(found.participation), "fr")
    never = f"à aucun niveau essayé, jusqu'à {most}\u202f: davantage de contributions ne suffit pas"
    return f"{start} {never}, {ENDING['fr']}."


def adversary_sentence(found: AdversaryHarm, language: str = "en") -> str:
    """Say which share of adversaries breaks the norm on errors, with the error at each share tried."""
    check_language(language)
    table = "; ".join(
        f"{percent(share, language)}{colon(language) if language == 'fr' else ':'} {percent(error, language, 1)}"
        for share, error in zip(found.shares, found.errors, strict=True)
    )
    norm, value = percent(found.norm, language), found.threshold.value
    if language == "fr":
        table = table.replace(";", "\u202f;")
        if found.threshold.status == "found" and value is not None:
            start = f"La norme d'erreur de {norm} est dépassée à partir de {percent(value, 'fr', 1)} de malveillants"
        elif found.threshold.status == "held throughout":
            start = f"La norme d'erreur de {norm} tient jusqu'à {percent(max(found.shares), 'fr')} de malveillants"
        else:
            start = f"La norme d'erreur de {norm} est dépassée même sans malveillants"
        return f"{start} (part de malveillants et erreur moyenne d'un an\u202f: {table}), {ENDING['fr']}."
    if found.threshold.status == "found" and value is not None:
        start = f"The error norm of {norm} breaks from {percent(value, 'en', 1)} of adversaries on"
    elif found.threshold.status == "held throughout":
        start = f"The error norm of {norm} holds up to {percent(max(found.shares), 'en')} of adversaries"
    else:
        start = f"The error norm of {norm} is broken even without adversaries"
    return f"{start} (share of adversaries and mean error of a year: {table}), {ENDING['en']}."


def adversary_refusal(reason: Words, language: str = "en") -> str:
    """Say that no share of adversaries was tried, and why."""
    check_language(language)
    start = {"en": "Adversaries: not tried, because", "fr": "Malveillants\u202f: non essayé, car"}[language]
    return f"{start} {reason[language]}."
