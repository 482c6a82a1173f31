"""Events in words: the name, the size, the days and the date of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from entraide.experiments.trials import Trial
from entraide.model.event_kinds import event_kind
from entraide.model.specification import Event
from entraide.model.unit_words import UNITS

from .locales import check_language, counted, day_text, number, percent, significant
from .wording import colon, semicolon

__all__ = ["days_text", "event_label", "event_text", "size_text"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "lasts": "{label}, {days} from {date}",
        "once": "{label}, on {date}",
        "size": "{label} ({meaning}{colon} {value})",
        "together": "All together ({list})",
    },
    "fr": {
        "lasts": "{label}, {days} à partir du {date}",
        "once": "{label}, le {date}",
        "size": "{label} ({meaning}{colon} {value})",
        "together": "Tous ensemble ({list})",
    },
}


def size_text(event: Trial | Event, language: str) -> str:
    """Write the size of an event in its unit; "" where it has none."""
    kind = event_kind(event.kind)
    if kind.bounds is None:
        return ""
    if kind.unit == "share":
        return percent(event.size, language)
    figure = significant(event.size, language)
    return f"× {figure}" if kind.unit == "times" else f"{figure} {UNITS[kind.unit][check_language(language)]}"


def event_label(kind: str, language: str) -> str:
    """Return the name of a kind of event."""
    declared = event_kind(kind)
    return declared.label_en if check_language(language) == "en" else declared.label_fr


def days_text(value: float, language: str) -> str:
    """Write a number of days, with one decimal where it is not whole."""
    noun = ("day", "days") if language == "en" else ("jour", "jours")
    if value == round(value):
        return counted(value, *noun, language)
    return f"{number(value, language, 1)} {noun[0 if language == 'fr' and value < 2 else 1]}"


def event_text(event: Trial | Event, start: date, language: str) -> str:
    """Write an event with its size, how long it lasts and its date; ``start`` is day 0 of the calendar.

    Of several that strike the same run, each in turn.
    """
    if isinstance(event, Trial) and event.more:
        told = [event_text(each, start, language) for each in event.events]
        return _WORDS[language]["together"].format(list=semicolon(language).join(f" {each}" for each in told).strip())
    words = _WORDS[language]
    label = event_label(event.kind, language)
    size = size_text(event, language)
    if size:
        declared = event_kind(event.kind)
        meaning = declared.size_en if language == "en" else declared.size_fr
        label = words["size"].format(label=label, meaning=meaning, colon=colon(language), value=size)
    day = day_text(start + timedelta(days=event.day), language)
    if event.days == 1:
        return words["once"].format(label=label, date=day)
    return words["lasts"].format(label=label, days=days_text(event.days, language), date=day)
