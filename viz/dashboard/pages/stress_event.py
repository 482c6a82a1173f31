"""The fields of one event: when, how long, how strong, and whom it strikes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from html import escape
from types import MappingProxyType

import solara
from reacton import ipyvuetify as vuetify

from entraide.model.event_kinds import EventKind, event_kind
from entraide.model.unit_words import UNITS
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.schema import MOST_DAYS

from ...event_sentences import event_label
from ...locales import counted, day_text, localised
from ...people_figures import group_name
from ...units import written_number
from ..design import PlannedEvent
from ..fields import TextField, Ticks
from ..levers import typed_number
from ..page_context import PageContext
from ..parts import Button, Fold, SearchField, Words
from ..struck import parts_of_groups
from .stress_targets import places_matching, service_title, targets_text, zone_name
from .stress_words import word

__all__ = ["EventFields", "past_end_text"]

_WEEK = timedelta(days=7)
# So many places are shown as boxes to tick; more are looked for.
_MOST_TICKS = 12
_NO_FAULTS: MappingProxyType[str, tuple[str, str]] = MappingProxyType({})


@solara.component
def EventFields(page: PageContext, place: int) -> None:
    """Show one event of the design; what the reader does changes the design."""
    language, event = page.language, page.design.events[place]
    kind, name = event_kind(event.kind), f"event-{place + 1}"
    # What was typed and cannot be used, and why, by field.
    faults, set_faults = solara.use_state(_NO_FAULTS)
    opened, set_opened = solara.use_state(bool(event.services or event.zones or event.groups))

    def take(field: str, changed: PlannedEvent | None, text: str = "", why: str = "") -> None:
        rest = {key: each for key, each in faults.items() if key != field}
        with page.at_once:
            set_faults(MappingProxyType(rest if changed is not None else {**rest, field: (text, why)}))
            if changed is not None:
                change(changed)

    def change(changed: PlannedEvent) -> None:
        events = page.design.events
        page.edit(replace(page.design, events=(*events[:place], changed, *events[place + 1 :])))

    def remove() -> None:
        events = page.design.events
        page.edit(replace(page.design, events=(*events[:place], *events[place + 1 :])))

    def spoken(what: str) -> str:
        label = event_label(event.kind, language)
        return word("of_event", language, what=word(what, language), place=str(place + 1), label=label)

    with vuetify.Html(tag="fieldset", class_="event", attributes={"data-event": event.kind}):
        title = f"{place + 1}. {localised(event_label(event.kind, language), language)}"
        vuetify.Html(tag="legend", children=[title])
        Words(escape(localised(kind.does_en if language == "en" else kind.does_fr, language)), "p", "help")
        with vuetify.Html(tag="div", class_="event-fields"):
            _date_field(page, event, name, faults.get("date", ("", "")), take)
            if "days" in kind.accepts:
                _days_field(page, event, name, faults.get("days", ("", "")), take)
            if kind.bounds is not None:
                _size_field(page, event, kind, name, faults.get("size", ("", "")), take)
        with vuetify.Html(tag="div", class_="design-buttons"):
            for what, step in (("earlier", -_WEEK), ("later", _WEEK)):
                then = event.start + step
                if _first(page) <= then <= _last(page):
                    Button(
                        word(what, language),
                        partial(take, "date", replace(event, start=then)),
                        spoken=spoken(what),
                        disabled=page.running,
                    )
            Button(word("remove", language), remove, spoken=spoken("remove"), disabled=page.running)
        if {"services", "zones", "groups"} & set(kind.accepts):
            note = targets_text(event, page.world, language) or word("everywhere", language)
            Fold(word("strikes", language), note, opened, lambda: set_opened(not opened))
            if opened:
                Targets(page, event, kind, name, change)


def _first(page: PageContext) -> date:
    return page.world.start


def _last(page: PageContext) -> date:
    return page.world.start + timedelta(days=page.world.days - 1)


def _date_field(
    page: PageContext, event: PlannedEvent, name: str, refused: tuple[str, str], take: Callable[..., None]
) -> None:
    first, last = _first(page), _last(page)

    def typed(text: str) -> None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or not first <= day <= last:
            low, high = day_text(first, page.language), day_text(last, page.language)
            take("date", None, text, word("not_a_date", page.language, low=low, high=high))
        else:
            take("date", replace(event, start=day))

    TextField(
        f"{name}-date",
        word("date", page.language),
        refused[0] if refused[1] else event.start.isoformat(),
        typed,
        kind="date",
        help=day_text(event.start, page.language),
        fault=refused[1],
        bounds=(first.isoformat(), last.isoformat()),
        disabled=page.running,
    )


def _days_field(
    page: PageContext, event: PlannedEvent, name: str, refused: tuple[str, str], take: Callable[..., None]
) -> None:
    def typed(text: str) -> None:
        value = typed_number(text, page.language)
        if value is None or value != round(value) or not 1 <= value <= MOST_DAYS:
            take("days", None, text, _not_a_number(text, 1, MOST_DAYS, page.language))
        else:
            take("days", replace(event, days=round(value)))

    TextField(
        f"{name}-days",
        word("days", page.language),
        refused[0] if refused[1] else str(event.days),
        typed,
        unit=word("unit_days", page.language),
        help=past_end_text(event, page.world, page.language),
        fault=refused[1],
        disabled=page.running,
    )


def past_end_text(event: PlannedEvent, world: Scenario, language: str) -> str:
    """Say how many days of an event come after the last day that is simulated, "" where none does."""
    last = world.start + timedelta(days=world.days - 1)
    beyond = (event.start - last).days + event.days - 1
    if beyond <= 0:
        return ""
    day = {"en": ("day", "days"), "fr": ("jour", "jours")}[language]
    return word("past_end", language, last=day_text(last, language), days=counted(beyond, *day, language))


def _size_field(
    page: PageContext,
    event: PlannedEvent,
    kind: EventKind,
    name: str,
    refused: tuple[str, str],
    take: Callable[..., None],
) -> None:
    language = page.language
    assert kind.bounds is not None
    scale = 100.0 if kind.unit == "share" else 1.0
    low, high = (scale * bound for bound in kind.bounds)

    def typed(text: str) -> None:
        value = typed_number(text, language)
        if value is None or not low <= value <= high:
            take("size", None, text, _not_a_number(text, low, high, language))
        else:
            take("size", replace(event, size=round(value / scale, 12)))

    meaning = localised(kind.size_en if language == "en" else kind.size_fr, language)
    TextField(
        f"{name}-size",
        meaning[:1].upper() + meaning[1:],
        refused[0] if refused[1] else written_number(round(event.size * scale, 9), language),
        typed,
        unit="%" if kind.unit == "share" else "×" if kind.unit == "times" else UNITS[kind.unit][language],
        fault=refused[1],
        disabled=page.running,
    )


def _not_a_number(text: str, low: float, high: float, language: str) -> str:
    ends = {"low": written_number(low, language), "high": written_number(high, language)}
    return word("not_a_number", language, text=text[:40], **ends)


def _toggled(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name) if name in names else (*names, name)


@solara.component
def Targets(
    page: PageContext, event: PlannedEvent, kind: EventKind, name: str, change: Callable[[PlannedEvent], None]
) -> None:
    """Choose the services, places and people that an event strikes."""
    language, world = page.language, page.world
    if "services" in kind.accepts and len(world.services) > 1:
        Ticks(
            f"{name}-services",
            word("services", language),
            [(each.name, service_title(each.name, world, language)) for each in world.services],
            event.services,
            lambda each: change(replace(event, services=_toggled(event.services, each))),
            disabled=page.running,
        )
    if "zones" in kind.accepts:
        if world.territory().zones <= _MOST_TICKS:
            territory = world.territory()
            Ticks(
                f"{name}-zones",
                word("zones", language),
                # A place of another territory that the event still names can be taken out.
                [
                    *zip(territory.codes, territory.names, strict=True),
                    *((code, code) for code in event.zones if code not in territory.codes),
                ],
                event.zones,
                lambda each: change(replace(event, zones=_toggled(event.zones, each))),
                disabled=page.running,
            )
        else:
            Places(page, event, name, change)
    if "groups" in kind.accepts:
        for what, parts in zip(("ages", "diplomas"), parts_of_groups(world), strict=False):
            Ticks(
                f"{name}-{what}",
                word(what, language),
                [(part, group_name(part, language)) for part in parts],
                event.groups,
                lambda each: change(replace(event, groups=_toggled(event.groups, each))),
                disabled=page.running,
            )


@solara.component
def Places(page: PageContext, event: PlannedEvent, name: str, change: Callable[[PlannedEvent], None]) -> None:
    """Choose places among many: those chosen can be taken out, others are looked for."""
    language, world = page.language, page.world
    text, set_text = solara.use_state("")

    def toggle(code: str) -> None:
        with page.at_once:
            set_text("")
            change(replace(event, zones=_toggled(event.zones, code)))

    with vuetify.Html(tag="div", attributes={"role": "group", "aria-label": word("zones", language)}):
        Words(f"<strong>{escape(word('zones', language))}</strong>", "p")
        with vuetify.Html(tag="div", class_="design-buttons"):
            for code in event.zones:
                shown = zone_name(code, world)
                Button(
                    word("zone_off", language, name=shown),
                    partial(toggle, code),
                    spoken=word("zone_off_one", language, name=shown),
                    disabled=page.running,
                )
        SearchField(f"{name}-place", word("zones_find", language), text, word("zones_help", language), set_text)
        if text.strip():
            found = places_matching(text, world, event.zones)
            with vuetify.Html(tag="div", class_="found"):
                for code, shown in found:
                    Button(f"{shown} ({code})", partial(toggle, code), disabled=page.running)
            if not found:
                Words(escape(word("zones_none", language)), "p", "help")
