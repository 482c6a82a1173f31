"""The first page: which service, where, and what is taken to be known of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape

import solara
from reacton import ipyvuetify as vuetify

from entraide.scenarios.catalogue import SECTION_TITLES
from entraide.scenarios.reading import FILES_FOLDER
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.territories import place_name, territory_title

from ...locales import counted, day_text, localised
from ...plain_codes import codes_in_words
from ..page_context import PageContext, PageEntry
from ..parts import Button, Choice, ParametersField, SearchField, Words
from ..words import say
from .choose_places import places_found
from .choose_upload import UploadSlot
from .choose_words import word

__all__ = ["PAGE", "Choose", "card_html", "option_text", "written_for_text"]

_SECTIONS_SHOWN = ("how_it_works", "things_to_notice", "limits")
_SECTIONS_MORE = ("things_to_try", "sources")


@solara.component
def Choose(page: PageContext) -> None:
    """Show the choice of a scenario with its card, and that of a territory."""
    language = page.language
    scenarios = page.choices.scenarios
    with vuetify.Html(tag="div", class_="columns"):
        with vuetify.Html(tag="section", class_="block", attributes={"aria-labelledby": "which"}):
            Words(f'<h2 id="which">{escape(word("service", language))}</h2>')
            Choice(
                "scenario",
                say("scenario", language),
                page.design.scenario,
                [(name, option_text(each, language)) for name, each in scenarios.items()],
                lambda name: page.edit(page.design.elsewhere(name)),
                disabled=page.running,
            )
            Words(card_html(page.declared, language, page.world))
            if page.choices.faults:
                lines = "".join(f"<li>{escape(fault)}</li>" for fault in page.choices.faults)
                Words(f'<p class="fault">{escape(say("faults", language))}</p><ul>{lines}</ul>')
        with vuetify.Html(tag="div", class_="column"):
            Where(page)
            with vuetify.Html(tag="section", class_="block"):
                ParametersField(
                    page.design.parameters,
                    page.declared,
                    language,
                    page.running,
                    lambda asked: page.edit(replace(page.design, parameters=asked)),
                )
            Button(word("go_on", language), lambda: page.go("design"), kind="go")


def option_text(scenario: Scenario, language: str) -> str:
    """Return how a scenario is called in the list; one that does not come with the package, with its file."""
    title = localised(scenario.title[language], language)
    return title if scenario.path.parent == FILES_FOLDER else f"{title} ({scenario.path.name})"


@solara.component
def Where(page: PageContext) -> None:
    """Show the territory in hand, and a search for another one."""
    language = page.language
    text, set_text = solara.use_state("")
    with vuetify.Html(tag="section", class_="block where", attributes={"aria-labelledby": "where"}):
        Words(f'<h2 id="where">{escape(word("where", language))}</h2>')
        now = localised(territory_title(page.world.territory(), language), language)
        Words(f"<p><strong>{escape(word('where_now', language, territory=now))}</strong></p>")
        Words(escape(written_for_text(page.world, language)), "p", "help")
        if page.design.territory:
            Button(word("take_own", language), partial(_take, page, set_text, ""), kind="link", disabled=page.running)
        SearchField("territory", word("find", language), text, word("find_help", language), set_text)
        if text.strip():
            found = places_found(text, language)
            with vuetify.Html(
                tag="div", class_="found", attributes={"role": "group", "aria-label": word("found", language)}
            ):
                for selector, label in found.places:
                    Button(label, partial(_take, page, set_text, selector), disabled=page.running)
            if found.fault:
                Words(escape(found.fault), "p", "fault")
            elif not found.places:
                Words(escape(word("found_none", language)), "p", "help")
        Words(f"<h3>{escape(word('own_file', language))}</h3>")
        # Its place among its siblings changes while places are looked for: what was said of a file stays.
        UploadSlot(page).key("upload")


def written_for_text(world: Scenario, language: str) -> str:
    """Say whether the scenario's card speaks of the territory in hand, and of which one if not."""
    if not world.card_written_for:
        return word("where_own", language)
    return word("where_other", language, own=localised(place_name(world.card_written_for, language), language))


def _take(page: PageContext, set_text: Callable[[str], None], selector: str) -> None:
    with page.at_once:
        set_text("")
        page.edit(page.design.moved_to(selector))


def card_html(declared: Scenario, language: str, world: Scenario | None = None) -> str:
    """Return the card of a scenario: question, what it is, place, how it works, what to notice, limits, and more."""
    world = declared if world is None else world
    territory = world.territory()
    people = {"en": ("inhabitant", "inhabitants"), "fr": ("habitant", "habitants")}[language]
    day = {"en": ("day", "days"), "fr": ("jour", "jours")}[language]
    place = say(
        "place",
        language,
        territory=localised(territory_title(territory, language), language),
        people=counted(territory.inhabitants, *people, language),
        days=counted(world.days, *day, language),
        start=day_text(world.start, language),
    )
    card = declared.card[language]

    def sections(names: tuple[str, ...]) -> str:
        titles = SECTION_TITLES[language]
        return "".join(
            f"<h3>{escape(titles[name])}</h3><p>{escape(codes_in_words(card[name], language))}</p>" for name in names
        )

    return (
        f'<p class="question">{escape(localised(declared.question[language], language))}</p>'
        f"<p>{escape(codes_in_words(card['what_it_is'], language))}</p>"
        f'<p class="help">{escape(place)}</p>'
        f'<div class="card-sections">{sections(_SECTIONS_SHOWN)}</div>'
        f"<details><summary>{escape(say('more', language))}</summary>{sections(_SECTIONS_MORE)}</details>"
    )


PAGE = PageEntry(
    path="choose",
    title={"en": "Choose", "fr": "Choisir"},
    lead={
        "en": "A service to try, and the territory in which to try it.",
        "fr": "Le service à essayer, et le territoire où l'essayer.",
    },
    component=Choose,
)
