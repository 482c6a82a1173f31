"""Stress as a table: one row for each event, from the hardest blow to the lightest."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.experiments.stress import ServiceStress, Struck

from .event_sentences import event_label, size_text
from .locales import MINUS, check_language, number, percent
from .stress_sentences import broken_risks, return_span, risk_counts
from .wording import colon, risk_name

__all__ = ["stress_caption", "stress_header", "stress_table_rows"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "caption": "What follows each event, and which risks of the year come true more often",
        "event": "event",
        "broken": "norm broken after it",
        "lowest": "lowest in time",
        "days": "days until it is back where it would be without the event",
        "lost": "norm still broken at the end",
        "loss": "days of service lost",
        "breaks": "risks of the year",
        "of": "{new} of {all} ({old} without)",
        "beside": "{told}; {usual} without",
        "open": "{told}; too soon to tell in {count}",
        "risk": "{risk} {new} of {all} ({old} without)",
        "range": "{low} to {high}",
        "never": "not before the end",
        "nothing": "no difference shown",
        "worse": "{risk} broken more often",
        "more": "{risk} broken more often",
        "and": "; ",
        "better": "{risk} broken less often",
        "no_value": "no value",
    },
    "fr": {
        "caption": "Ce qui suit chaque événement, et quels risques de l'année se réalisent plus souvent",
        "event": "événement",
        "broken": "norme rompue ensuite",
        "lowest": "à temps, au plus bas",
        "days": "jours pour revenir là où il en serait sans l'événement",
        "lost": "norme encore rompue à la fin",
        "loss": "jours de service perdus",
        "breaks": "risques de l'année",
        "of": "{new} sur {all} ({old} sans)",
        "beside": "{told}\u202f; {usual} sans",
        "open": "{told}\u202f; trop tôt pour le dire dans {count}",
        "risk": "{risk} {new} sur {all} ({old} sans)",
        "range": "{low} à {high}",
        "never": "pas avant la fin",
        "nothing": "rien d'établi",
        "worse": "{risk} rompue plus souvent",
        "more": "{risk} rompue plus souvent",
        "and": "\u202f; ",
        "better": "{risk} rompue moins souvent",
        "no_value": "aucune valeur",
    },
}


def stress_caption(language: str) -> str:
    """Return what stands above the table."""
    return _WORDS[check_language(language)]["caption"]


def stress_header(language: str) -> tuple[str, ...]:
    """Return the heads of the columns."""
    words = _WORDS[check_language(language)]
    return tuple(words[key] for key in ("event", "broken", "lowest", "days", "lost", "loss", "breaks"))


def stress_table_rows(service: ServiceStress, language: str) -> list[tuple[str, ...]]:
    """Return one row per event, the largest loss of service first."""
    check_language(language)
    ordered = sorted(service.struck, key=lambda each: -each.loss)
    return [_row(struck, language) for struck in ordered]


def _row(struck: Struck, language: str) -> tuple[str, ...]:
    words, after, usual = _WORDS[language], struck.after, struck.usual
    size = size_text(struck.trial, language)
    label = event_label(struck.trial.kind, language)
    if not after.replicates:
        none = words["no_value"]
        return (f"{label} {size}".strip(), none, none, none, none, none, _breaks(struck, language))
    counts = {"new": number(after.fell, language), "all": number(after.replicates, language)}
    return (
        f"{label} {size}".strip(),
        words["of"].format(**counts, old=number(usual.fell, language)),
        percent(after.lowest.value, language),
        _days(struck, language),
        _lost(struck, language),
        _loss(struck, language),
        _breaks(struck, language),
    )


def _days(struck: Struck, language: str) -> str:
    words, back = _WORDS[language], struck.back
    middle = words["never"] if back.days is None else number(back.days, language)
    span = return_span(back, language)
    return f"{middle} ({span})" if span else middle


def _lost(struck: Struck, language: str) -> str:
    words, after = _WORDS[language], struck.after
    counts = {"new": number(after.not_recovered, language), "all": number(after.replicates, language)}
    band = after.not_recovered_interval
    if after.replicates < FEWEST_FOR_PROBABILITY or band is None:
        told = words["of"].format(**counts, old=number(struck.usual.not_recovered, language))
    else:
        low, high = percent(band.low, language), percent(band.high, language)
        span = words["range"].format(low=low, high=high)
        told = f"{percent(after.not_recovered / after.replicates, language)} ({span})"
        if struck.usual.replicates:
            usual = percent(struck.usual.not_recovered / struck.usual.replicates, language)
            told = words["beside"].format(told=told, usual=usual)
    if not after.still_open:
        return told
    return words["open"].format(told=told, count=number(after.still_open, language))


def _loss(struck: Struck, language: str) -> str:
    words, found = _WORDS[language], struck.following.of("resilience_loss")
    if found.difference is None:
        return words["no_value"]

    def signed(value: float) -> str:
        figure = number(abs(value), language, 1)
        if not any(digit in "123456789" for digit in figure):
            return "0"
        return f"{'+' if value > 0 else MINUS}{figure}"

    middle = signed(found.difference)
    if found.band is None or signed(found.band.low) == signed(found.band.high):
        return middle
    return f"{middle} ({words['range'].format(low=signed(found.band.low), high=signed(found.band.high))})"


def _breaks(struck: Struck, language: str) -> str:
    words, found = _WORDS[language], broken_risks(struck)
    told = [
        words["risk"].format(risk=f"{words[key].format(risk=risk_name(risk, language))}{colon(language)}", **counts)
        for key in ("worse", "more", "better")
        for risk, counts in ((risk, risk_counts(struck, risk, language)) for risk in found[key])
    ]
    return words["and"].join(told) or words["nothing"]
