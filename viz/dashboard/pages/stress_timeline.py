"""The timeline of the events of a design, as HTML: months below, a numbered bar for each event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from entraide.model.event_kinds import event_kind
from entraide.scenarios.scenario import Scenario

from ...event_sentences import event_label
from ...locales import day_text, month_label
from ..design import PlannedEvent
from .stress_words import word

__all__ = ["timeline_html"]

# Narrower bars could not bear their number.
_NARROWEST = 2.2
# Months that fit below each other without touching.
_MOST_MONTHS = 13


def timeline_html(events: Sequence[PlannedEvent], scenario: Scenario, language: str) -> str:
    """Return the events over the days that are simulated, one bar under the other; text says the same."""
    first, days = scenario.start, scenario.days
    last = first + timedelta(days=days - 1)
    bars, told = [], []
    for place, event in enumerate(events, start=1):
        label = event_label(event.kind, language)
        told.append(f"{place}. {label}, {day_text(event.start, language)}")
        left = 100.0 * (event.start - first).days / days
        if not 0.0 <= left < 100.0:
            continue
        lasts = event.days if "days" in event_kind(event.kind).accepts else 1
        width = min(max(100.0 * lasts / days, _NARROWEST), 100.0 - min(left, 100.0 - _NARROWEST))
        left = min(left, 100.0 - width)
        bars.append(
            f'<div class="bar-row"><span class="bar" style="margin-left:{left:.2f}%;width:{width:.2f}%">{place}</span>'
            "</div>"
        )
    marks = "".join(
        f'<span class="month" style="left:{100.0 * (month - first).days / days:.2f}%">'
        f"{escape(month_label(month, language))}</span>"
        for month in _months(first, last)
    )
    alternative = word(
        "timeline_alternative",
        language,
        first=day_text(first, language),
        last=day_text(last, language),
        list=", ".join(told),
    )
    return (
        f'<div class="timeline" role="img" aria-label="{escape(alternative, quote=True)}">{"".join(bars)}'
        f'<div class="months">{marks}</div></div>'
    )


def _months(first: date, last: date) -> list[date]:
    """Return the first days of months, so many of them that their names fit."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    within = [each for each in months if first <= each <= last]
    step = -(-len(within) // _MOST_MONTHS) or 1
    return within[::step]
