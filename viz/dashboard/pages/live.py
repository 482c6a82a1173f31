"""The page on which a simulation is watched: Mesa's model of one replicate, day by day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import escape

import solara
import solara.lab
from reacton import ipyvuetify as vuetify
from solara.server.kernel_context import get_current_context

from entraide.experiments.one_replicate import replicate_specification
from entraide.experiments.parameters_from import DEFAULT_PARAMETERS
from entraide.model.errors import UserFacingError
from entraide.model.specification import Event
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.territories import territory_title

from ...event_sentences import event_text
from ...locales import counted, day_text, localised, number, percent
from ...report_parts import service_title
from ...wording import semicolon
from ..choices import has_draws
from ..design import Design
from ..live_drawing import LIST_ZONES, line_drawing, lowest_zones, zone_drawing, zone_shares
from ..live_run import SERIES, LiveRun, Reading, Watchers
from ..page_context import PageContext, PageEntry
from ..parts import Button, Choice, Words
from ..presence import reader_of
from ..worlds import sampled, with_levers
from .live_words import word

__all__ = ["PAGE", "Live", "is_of_other_settings", "reading_html", "reading_of", "watched"]

# Days simulated in a second; 0: as fast as it can.
_SPEEDS = (1, 7, 30, 0)
# The page is drawn again so often, in seconds: a drawing takes some milliseconds, the way to the browser more.
_EVERY = 0.4
_NOTHING: LiveRun | None = None
_NO_DESIGN: Design | None = None
_NO_READING: Reading | None = None
_NO_REFUSAL: UserFacingError | None = None


@cache
def watchers() -> Watchers:
    """Return who watches what on this server."""
    return Watchers()


def watched(design: Design, world: Scenario) -> tuple[Scenario, int, int]:
    """Return the scenario that is watched, its zones, and how many zones the world has."""
    part, zones = sampled(world)
    return with_levers(part, design.levers), zones, world.territory().zones


def is_of_other_settings(begun: Design, design: Design, declared: Scenario) -> bool:
    """Tell whether what is watched is not the first simulation of a design any more.

    Where parameters are drawn, the draw of the first simulation depends on how many there are.

    Parameters
    ----------
    begun : the design when the simulation began.
    declared : its scenario, as the file says.
    """
    drawn = design.parameters == DEFAULT_PARAMETERS and has_draws(declared)
    return (begun if drawn else replace(begun, replicates=design.replicates)) != design


@solara.component
def Live(page: PageContext) -> None:
    """Show one simulation, and the buttons that steer it."""
    language, design = page.language, page.design.alone()
    person = solara.use_memo(lambda: get_current_context().id, [])
    is_read = solara.use_memo(lambda: reader_of(get_current_context()), [])
    run, set_run = solara.use_state(_NOTHING)
    begun, set_begun = solara.use_state(_NO_DESIGN)
    # What is asked: "" nothing, "play", "step"; with a number, so that asking twice is two things.
    asked, set_asked = solara.use_state(("", 0))
    speed, set_speed = solara.use_state(7)
    service, set_service = solara.use_state(0)
    reading, set_reading = solara.use_state(_NO_READING)
    refused, set_refused = solara.use_state(_NO_REFUSAL)
    here = solara.use_ref(True)

    def leave() -> None:
        here.current = False
        watchers().leave(person)

    solara.use_effect(lambda: leave, [])
    stale = begun is not None and is_of_other_settings(begun, design, page.declared)
    # A design that contradicts itself is told above; its service as it is today stands here instead.
    shown = design if page.fault is None else design.with_levers(())
    scenario, zones, of = solara.use_memo(lambda: watched(shown, page.world), [shown, page.fault is None])

    def carry_out() -> None:
        kind, _ = asked
        if not kind:
            return
        try:
            current = run
            if current is None or kind.startswith("again"):
                specification = replicate_specification(scenario, design.replicates, 0, design.parameters)
                current = watchers().open(person, specification, design.seed, is_read=is_read)
                if not here.current:
                    # The page was left before there was anything to free.
                    watchers().leave(person, current)
                    return
                set_run(current)
                set_begun(design)
                set_refused(None)
        except UserFacingError as fault:
            set_refused(fault)
            set_asked(("", 0))
            return
        turn = current.take_turn()
        if kind.endswith("step"):
            current.step()
        elif kind.endswith("play"):
            _play(current, turn, speed, lambda: set_reading(current.read(service)), is_read)
        if current.has_turn(turn) or not current.running:
            set_reading(current.read(service))
            set_asked(("", 0))

    task = solara.lab.use_task(
        carry_out, dependencies=[asked, speed if asked[0].endswith("play") else 0], raise_error=False
    )
    playing = asked[0].endswith("play")
    over = run is not None and not run.running

    def ask(kind: str) -> None:
        if run is not None:
            run.take_turn()
        set_asked((kind, asked[1] + 1) if kind else ("", 0))

    def show_service(text: str) -> None:
        set_service(int(text))
        if run is not None:
            set_reading(run.read(int(text)))

    Words(f"<p>{escape(word('what', language))}</p><p>{escape(word('alone', language))}</p>", "div", "block")
    with vuetify.Html(tag="section", class_="block live-steer", attributes={"aria-label": word("buttons", language)}):
        Words(escape(_place_text(scenario, zones, of, language)), "p", "help")
        with vuetify.Html(tag="div", class_="live-fields"):
            Choice(
                "live-speed",
                word("speed", language),
                str(speed),
                [(str(each), word(f"speed_{each}", language)) for each in _SPEEDS],
                lambda text: set_speed(int(text)),
            )
            if len(scenario.services) > 1:
                specification = scenario.specification()
                titles = [localised(service_title(each, language), language) for each in specification.services]
                options = [(str(place), title) for place, title in enumerate(titles)]
                Choice("live-service", word("service", language), str(service), options, show_service)
        with vuetify.Html(tag="div", class_="live-buttons"):
            if playing:
                Button(word("pause", language), lambda: ask(""), kind="go")
            else:
                # When all days are over nothing is left to start: to watch it again is no longer what matters.
                begin = word("watch_again" if over else "start" if reading is None else "go_on", language)
                first = "again-play" if over else "play"
                Button(begin, lambda: ask(first), kind="quiet" if over else "go", disabled=page.fault is not None)
            Button(
                word("one_day", language),
                lambda: ask("step"),
                disabled=playing or over or page.fault is not None,
            )
            Button(word("again", language), lambda: ask("again-step"), disabled=run is None or page.fault is not None)
        if task.error:
            Words(escape(word("refused", language)), "p", "fault")
        if refused is not None:
            Words(escape(word("refused", language) + refused.told(language)), "p", "fault")
        if stale:
            Words(escape(word("changed", language)), "p", "stale help")
        idle = word("preparing" if asked[0] else "idle", language)
        if reading is None:
            Words(escape(idle), "p", "help")
    if reading is not None and run is not None:
        Words(reading_html(reading_of(reading, run, service), run, language), "div", "live")


def _play(run: LiveRun, turn: int, speed: int, show: Callable[[], None], is_read: Callable[[], bool]) -> None:
    """Step for as long as the turn holds and somebody looks, and show from time to time."""
    shown = begun = time.monotonic()
    done = 0
    while run.has_turn(turn) and is_read():
        run.step()
        done += 1
        now = time.monotonic()
        if now - shown >= _EVERY:
            show()
            shown = time.monotonic()
        ahead = 0.0 if speed == 0 else begun + done / speed - time.monotonic()
        end = time.monotonic() + ahead
        while run.has_turn(turn) and time.monotonic() < end:
            time.sleep(min(0.1, max(0.0, end - time.monotonic())))


def _place_text(scenario: Scenario, zones: int, of: int, language: str) -> str:
    """Say where the simulation takes place, and whether that is a part only."""
    territory = scenario.territory()
    people = {"en": ("inhabitant", "inhabitants"), "fr": ("habitant", "habitants")}[language]
    told = counted(territory.inhabitants, *people, language)
    if zones == of:
        place = localised(territory_title(territory, language), language)
        return word("whole", language, place=place, people=told)
    return word(
        "sampled",
        language,
        zones=counted(zones, *{"en": ("place", "places"), "fr": ("lieu", "lieux")}[language], language),
        of=number(of, language),
        people=told,
    )


def reading_of(reading: Reading, run: LiveRun, service: int) -> Reading:
    """Return a reading of the service chosen now: the thread that steps may not have heard of the choice."""
    if reading.service == service:
        return reading
    return run.read(service) or reading


def reading_html(reading: Reading, run: LiveRun, language: str) -> str:
    """Return what a simulation has come to: the day in a sentence, lines through the days, and the zones."""
    service = reading.service
    given = {"en": ("contribution", "contributions"), "fr": ("contribution", "contributions")}[language]
    said = word(
        "day",
        language,
        day=number(reading.day, language),
        days=number(reading.days, language),
        date=day_text(reading.date, language),
        contributions=counted(reading.contributions, *given, language),
    )
    over = f" {word('finished', language)}" if reading.day == reading.days else ""
    told = [event_text(event, run.specification.start, language) for event in _events(run, service)]
    separator = f"{semicolon(language)} "
    marked = f" {escape(word('events', language, events=separator.join(told)))}" if told else ""
    lines = "".join(_line_html(name, reading, run, service, language) for name in SERIES)
    return (
        f'<p class="block live-day" id="live-contributions" data-value="{reading.contributions}" '
        f'data-day="{reading.day}"><strong>{escape(said + over)}</strong>{marked}</p>'
        f'<div class="live-lines">{lines}</div>{_zones_html(reading, run, language)}'
    )


def _events(run: LiveRun, service: int) -> list[Event]:
    """Return the events that strike a service."""
    name = run.specification.services[service].name
    return [event for event in run.specification.events if not event.services or name in event.services]


def _line_html(name: str, reading: Reading, run: LiveRun, service: int, language: str) -> str:
    values, title = reading.series[name], word(name, language)
    last = number(float(values[-1]) if len(values) else 0.0, language)
    top = number(float(values.max()) if len(values) else 0.0, language)
    label = word("line", language, title=title, last=last, top=top)
    marks = [(event.day, event.days) for event in _events(run, service)]
    drawing = line_drawing(values, reading.days, run.specification.start, label, language, marks)
    return (
        f'<section class="block"><h2>{escape(title)}</h2><p class="live-last" data-measure="{name}">{last}</p>'
        f"{drawing}</section>"
    )


def _zones_html(reading: Reading, run: LiveRun, language: str) -> str:
    territory = run.specification.territory
    shares = zone_shares(reading.due, reading.in_time)
    due = int(reading.due.sum())
    whole = percent(int(reading.in_time.sum()) / due, language) if due else word("nothing_due", language)
    label = word(
        "zones_map",
        language,
        count=counted(territory.zones, *{"en": ("place", "places"), "fr": ("lieu", "lieux")}[language], language),
        share=whole,
    )
    rows = []
    named = lowest_zones(shares, territory.population)
    for place in named:
        share = float(shares[place])
        told = percent(share, language) if share == share else word("nothing_due", language)
        bar = "" if share != share else f'<span class="live-bar" style="width:{100 * share:.0f}%"></span>'
        cells = "".join(
            f'<td class="number">{number(int(value), language)}</td>'
            for value in (reading.due[place], reading.given[place], territory.population[place])
        )
        rows.append(
            f'<tr><th scope="row">{escape(territory.names[place])}</th>'
            f'<td class="live-share">{bar}<span>{escape(told)}</span></td>{cells}</tr>'
        )
    columns = ("column_zone", "column_share", "column_due", "column_given", "column_people")
    head = "".join(f'<th scope="col">{escape(word(each, language))}</th>' for each in columns)
    lowest = (
        ""
        if territory.zones <= LIST_ZONES or not named
        else word("zones_lowest", language, count=number(len(named), language))
    )
    return (
        f'<section class="block"><h2>{escape(word("zones", language))}</h2>'
        f'<p class="help">{escape(word("zones_help", language))} {escape(lowest)}</p><div class="live-zones">'
        f"{zone_drawing(territory, shares, label, language)}"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(word("zones", language))}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></div></section>"
    )


PAGE = PageEntry(
    path="live",
    title={"en": "Watch it run", "fr": "Suivre une simulation"},
    lead={
        "en": "The service day by day, as the simulator computes it.",
        "fr": "Le service jour après jour, tel que le simulateur le calcule.",
    },
    component=Live,
)
