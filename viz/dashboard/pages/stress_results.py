"""What events did to a design, as HTML: the headline, a table, then each event in a sentence and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from entraide.experiments.stress import ServiceStress, Struck
from entraide.experiments.trials import Trial
from entraide.scenarios.scenario import Scenario

from ...event_sentences import event_text
from ...locales import counted, localised
from ...pair_words import designs_ending, pair_notes
from ...report_page import Cell, table
from ...stress_figure import struck_through_time
from ...stress_overview import overview_sentence
from ...stress_sentences import struck_sentence
from ...stress_tables import stress_caption, stress_header, stress_table_rows
from ...wording import span_text
from ..drawn import picture_html, picture_of
from ..reading import reading_html
from ..verdict import Picture
from .stress_targets import targets_text
from .stress_words import word
from .stress_work import EventsTried

__all__ = ["events_html", "figures_of", "heading_html", "trial_text"]


def trial_text(trial: Trial, scenario: Scenario, language: str) -> str:
    """Write an event with its size, days, date, and whom it strikes where that is not everybody."""
    if trial.more:
        return word("together", language)
    told = event_text(trial, scenario.start, language)
    targets = targets_text(trial, scenario, language)
    return f"{told} ({targets})" if targets else told


def heading_html(tried: EventsTried, language: str) -> str:
    """Say what was tried on what, and how much that can tell."""
    found = tried.found
    alone = [each for each in found.plan.trials if not each.more]
    line = word(
        "tried_on",
        language,
        count=counted(len(alone), word("event", language), word("events", language), language),
        what=word("the_design" if tried.design.levers else "today", language),
        years=span_text(found.plan.request.replicates, found.services[0].days, language),
    )
    notes = [line, *pair_notes((found.baseline,), language)]
    keys = ("better", "cannot_tell", "no_difference_that_matters")
    return "".join(f"<p>{escape(note)}</p>" for note in notes) + reading_html(language, keys)


def events_html(tried: EventsTried, language: str, pictures: Sequence[Picture] | None) -> str:
    """Return all that is said of the events, service by service.

    Parameters
    ----------
    pictures : one for each service and event; None while they are being drawn, none where that failed.
    """
    found = tried.found
    end = designs_ending((found.baseline,), language)
    parts, place = [], 0
    for service in found.services:
        if len(found.services) > 1:
            title = localised(service.title.get(language) or service.service, language)
            parts.append(f"<h2>{escape(word('service', language, title=title))}</h2>")
        parts.append(_overview(service, tried, end, language))
        for struck in service.struck:
            told = struck_sentence(struck, service, tried.scenario.start, language, end)
            title = trial_text(struck.trial, tried.scenario, language)
            parts.append(
                f'<section class="block"><h3>{escape(title)}</h3><p>{escape(told)}</p>'
                f"{picture_html(pictures, place, language)}</section>"
            )
            place += 1
    return "".join(parts)


def _overview(service: ServiceStress, tried: EventsTried, end: str, language: str) -> str:
    # All together is no further event: the headline is about each alone.
    alone = replace(service, struck=tuple(each for each in service.struck if not each.trial.more))
    if any(struck.after.replicates for struck in alone.struck):
        headline = overview_sentence(alone, language, end)
    else:
        headline = word("untested", language)
    # The rows are in the order of what is lost, as those of the table of the command.
    ordered = sorted(service.struck, key=lambda each: -each.loss)
    rows = [
        (_named(struck, tried.scenario, language), *cells[1:])
        for struck, cells in zip(ordered, stress_table_rows(service, language), strict=True)
    ]
    return (
        f'<section class="block"><h2>{escape(word("breaks", language))}</h2><p>{escape(headline)}</p>'
        f"{table(stress_caption(language), stress_header(language), rows)}</section>"
    )


def _named(struck: Struck, scenario: Scenario, language: str) -> Cell:
    """Return the head of a row: the event, and what it costs as a number that programs can read."""
    text = escape(trial_text(struck.trial, scenario, language))
    kind = "together" if struck.trial.more else struck.trial.kind
    back = struck.back.days
    return Cell(
        f'<span data-event="{kind}" data-loss="{struck.loss!r}" data-fell="{struck.after.fell}" '
        f'data-recovery="{"" if back is None else back}">{text}</span>'
    )


def figures_of(tried: EventsTried, language: str) -> tuple[Picture, ...]:
    """Return for each service and event the figure of what follows it."""
    start = tried.scenario.start
    return tuple(
        picture_of(struck_through_time(service, struck, start, language), f"struck-{service.service}-{place}", language)
        for service in tried.found.services
        for place, struck in enumerate(service.struck)
    )
