"""The page that compares up to four designs on the same random numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

import solara
from reacton import ipyvuetify as vuetify

from ..design import LETTERS, LONGEST_NAME, MOST_VARIANTS
from ..drawn import use_pictures
from ..fields import TextField
from ..page_context import PageContext, PageEntry, Shown
from ..parts import Button, Words
from ..taking_away import TakeTable
from ..verdict import Picture
from ..words import say
from .compare_results import design_label, designs_html, figures_of, heading_html, lever_texts, table_csv
from .compare_words import word
from .compare_work import COMPARE

__all__ = ["PAGE", "Compare"]


@solara.component
def Compare(page: PageContext) -> None:
    """Show the designs, and what a comparison of them says."""
    language, shown = page.language, page.shown("compare")
    key = "" if shown is None else shown.key
    pictures = use_pictures(key, language, lambda: () if shown is None else figures_of(shown.answer, language))
    with vuetify.Html(tag="section", class_="block designs", attributes={"aria-labelledby": "designs"}):
        Words(f'<h2 id="designs">{escape(word("designs", language))}</h2>')
        Words(escape(word("designs_help", language)), "p", "help")
        with vuetify.Html(tag="ul", class_="design-list"):
            Today(page)
            for place in range(len(page.design.variants)):
                Variant(page, place).key(f"variant-{place}")
        NewDesign(page)
    if shown is None:
        told = say("under_way", language) if page.awaits("compare") else word("nothing_yet", language)
        Words(escape(told), "p", "block")
        return
    if shown.stale and not page.running:
        Words(escape(word("stale", language)), "p", "block stale")
    Found(page, shown, pictures)


@solara.component
def Found(page: PageContext, shown: Shown, pictures: tuple[Picture, ...] | None) -> None:
    """Show what came out, written once for as long as it stays the same."""
    language, design = page.language, page.design
    drawn = -1 if pictures is None else len(pictures)
    heading, text = solara.use_memo(
        lambda: (
            heading_html(shown.answer, design, language),
            designs_html(shown.answer, design, language, pictures),
        ),
        [shown.key, language, drawn, design.names, design.variants],
    )
    Words(heading, "section", "block")
    Words(text, "div", "verdict old" if shown.stale else "verdict")
    key = f"{shown.key}-{design.names}"
    TakeTable("comparison", partial(table_csv, shown.answer, design, language), key, language)


@solara.component
def Today(page: PageContext) -> None:
    """Show the service as it is today, with which designs are compared unless the reader chooses another baseline."""
    language = page.language
    with vuetify.Html(tag="li", class_="design-item"):
        mark = f" ({word('is_baseline', language)})" if page.design.baseline is None else ""
        Words(f"<h3>{escape(word('today', language) + mark)}</h3>")
        if page.design.baseline is not None:
            Button(
                word("make_baseline", language),
                lambda: page.edit(replace(page.design, baseline=None)),
                spoken=word("make_today", language),
                disabled=page.running,
            )


@solara.component
def Variant(page: PageContext, place: int) -> None:
    """Show one design: its name, its levers, and what can be done with it."""
    language, design = page.language, page.design
    letter = LETTERS[place]
    with vuetify.Html(tag="li", class_="design-item", attributes={"data-variant": letter}):
        marks = [word("worked_on", language)] if place == design.current else []
        marks += [word("is_baseline", language)] if place == design.baseline else []
        mark = f" ({', '.join(marks)})" if marks else ""
        texts = lever_texts(design.variants[place], page.world, language) or (word("no_levers", language),)
        lines = "".join(f"<li>{escape(text)}</li>" for text in texts)
        Words(f'<h3>{escape(design_label(design, place, language) + mark)}</h3><ul class="moves">{lines}</ul>')
        TextField(
            f"name-{letter}",
            word("name_field", language, letter=letter),
            design.name_of(place),
            lambda text: page.edit(page.design.named(place, text)),
            most=LONGEST_NAME,
            help=word("name_help", language, most=str(LONGEST_NAME)),
            disabled=page.running,
        )
        with vuetify.Html(tag="div", class_="design-buttons"):
            buttons = [
                ("work_on", place != design.current, design.work_on(place)),
                ("make_baseline", place != design.baseline, replace(design, baseline=place)),
                ("remove", len(design.variants) > 1, design.without(place)),
            ]
            for key, offered, then in buttons:
                if offered:
                    Button(
                        word(key, language),
                        partial(page.edit, then),
                        spoken=word(f"{key}_one", language, letter=letter),
                        disabled=page.running,
                        # Or the one beside would take the place of the one pressed, and its next press.
                    ).key(f"{key}-{letter}")


@solara.component
def NewDesign(page: PageContext) -> None:
    """Add a copy of the design that is worked on, under a name."""
    language, design = page.language, page.design
    name, set_name = solara.use_state("")
    if len(design.variants) >= MOST_VARIANTS:
        Words(escape(word("full", language)), "p", "help")
        return

    def add() -> None:
        copy = design.copied()
        with page.at_once:
            set_name("")
            page.edit(copy.named(copy.current, name))

    with vuetify.Html(tag="div", class_="new-design"):
        TextField(
            "new-design",
            word("add_name", language),
            name,
            set_name,
            help=f"{word('add_help', language, letter=design.letter)} "
            + word("name_help", language, most=str(LONGEST_NAME)),
            most=LONGEST_NAME,
            disabled=page.running,
        )
        Button(word("add", language, letter=design.letter), add, disabled=page.running)


PAGE = PageEntry(
    path="compare",
    title={"en": "Compare", "fr": "Comparer"},
    lead={
        "en": "Up to four designs side by side, on the same random numbers.",
        "fr": "Jusqu'à quatre dispositifs côte à côte, avec les mêmes tirages au sort.",
    },
    component=Compare,
    work=COMPARE,
)
