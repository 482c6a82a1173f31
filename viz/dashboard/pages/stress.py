"""The page on which events strike a design: what breaks, and how long it takes to recover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from html import escape

import solara
from reacton import ipyvuetify as vuetify

from entraide.experiments.stress_plans import first_day
from entraide.experiments.stress_refusals import reason_against
from entraide.experiments.stress_table import stress_csv
from entraide.model.event_kinds import EVENT_KINDS, event_kind

from ...event_sentences import event_label
from ...locales import day_text, localised, number
from ...wording import colon
from ..design import MOST_EVENTS, PlannedEvent
from ..drawn import use_pictures
from ..page_context import PageContext, PageEntry, Shown
from ..parts import Button, Choice, Words
from ..taking_away import TakeTable
from ..verdict import Picture
from .stress_event import EventFields
from .stress_results import events_html, figures_of, heading_html
from .stress_timeline import timeline_html
from .stress_words import word
from .stress_work import STRIKE

__all__ = ["PAGE", "StressPage", "new_event"]


@solara.component
def StressPage(page: PageContext) -> None:
    """Show the events on their timeline, and what they do."""
    language, shown = page.language, page.shown("stress")
    key = "" if shown is None else shown.key
    pictures = use_pictures(key, language, lambda: () if shown is None else figures_of(shown.answer, language))
    events = page.design.events
    with vuetify.Html(tag="section", class_="block events", attributes={"aria-labelledby": "timeline"}):
        Words(f'<h2 id="timeline">{escape(word("timeline", language))}</h2>')
        Words(escape(word("timeline_help", language)), "p", "help")
        if events:
            Words(timeline_html(events, page.world, language))
        else:
            start = page.world.start + timedelta(days=first_day(page.world))
            Words(escape(word("none", language, date=day_text(start, language))), "p")
        for place, event in enumerate(events):
            # What was typed and refused is forgotten when events change places.
            EventFields(page, place).key(f"event-{place}-{event.kind}-{len(events)}")
        NewEvent(page).key("new-event")
    if shown is None:
        Words(escape(word("will_show", language)), "p", "block")
        return
    if shown.stale and not page.running:
        Words(escape(word("stale", language)), "p", "block stale")
    Found(shown, language, pictures)
    TakeTable("stress", partial(stress_csv, shown.answer.found, language), shown.key, language)


@solara.component
def Found(shown: Shown, language: str, pictures: tuple[Picture, ...] | None) -> None:
    """Show what came out, written once for as long as it stays the same."""
    drawn = -1 if pictures is None else len(pictures)
    heading, text = solara.use_memo(
        lambda: (heading_html(shown.answer, language), events_html(shown.answer, language, pictures)),
        [shown.key, language, drawn],
    )
    Words(heading, "section", "block")
    Words(text, "div", "verdict old" if shown.stale else "verdict")


@solara.component
def NewEvent(page: PageContext) -> None:
    """Add an event of a kind that makes sense in the scenario, on the day on which the stress test strikes."""
    language = page.language
    reasons = {kind.name: reason_against(page.world, kind.name) for kind in EVENT_KINDS}
    offered = [name for name, reason in reasons.items() if reason is None]
    chosen, set_chosen = solara.use_state("")
    kind = chosen if chosen in offered else offered[0] if offered else ""
    if len(page.design.events) >= MOST_EVENTS:
        Words(escape(word("full", language, most=number(MOST_EVENTS, language))), "p", "help")
    elif kind:
        declared = event_kind(kind)
        with vuetify.Html(tag="div", class_="new-event"):
            Choice(
                "event-kind",
                word("kind", language),
                kind,
                [(name, event_label(name, language)) for name in offered],
                set_chosen,
                help=localised(declared.does_en if language == "en" else declared.does_fr, language),
                disabled=page.running,
            )
            Button(word("add", language), _adding(page, kind), disabled=page.running)
    refused = {name: reason for name, reason in reasons.items() if reason is not None}
    if refused:
        lines = "".join(
            f"<li><strong>{escape(event_label(name, language))}</strong>{colon(language)} "
            f"{escape(localised(why[language], language))}</li>"
            for name, why in refused.items()
        )
        title = escape(word("refused", language))
        Words(f"<details><summary>{title}</summary><ul>{lines}</ul></details>")


def _adding(page: PageContext, kind: str) -> Callable[[], None]:
    return partial(_add, page, kind)


def _add(page: PageContext, kind: str) -> None:
    event = new_event(page, kind)
    page.edit(replace(page.design, events=(*page.design.events, event)))


def new_event(page: PageContext, kind: str) -> PlannedEvent:
    """Return an event with the size and length of the stress test, on the day on which that strikes."""
    declared = event_kind(kind)
    start = page.world.start + timedelta(days=first_day(page.world))
    return PlannedEvent(kind, start, declared.days, declared.size)


PAGE = PageEntry(
    path="stress",
    title={"en": "Stress", "fr": "Éprouver"},
    lead={
        "en": "Put events on a timeline: what breaks, and how long until service is where it would be without them?",
        "fr": "Placez des événements sur un calendrier\u202f: qu'est-ce qui cède, et au bout de combien de "
        "temps le service revient-il là où il en serait sans eux\u202f?",
    },
    component=StressPage,
    work=STRIKE,
)
