"""The second page: norms and budget first, then the levers by chapter, and the assumptions in a panel of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import solara
from reacton import ipyvuetify as vuetify

from entraide.model.parameters import CHAPTERS
from entraide.scenarios.scenario import Scenario

from ...locales import number
from ..lever_fields import MovedField
from ..levers import Lever, Option, fields_of, levers_of
from ..page_context import PageContext, PageEntry
from ..parts import Button, Fold, SearchField, Words
from .design_preview import PreviewPart
from .design_words import word

__all__ = ["PAGE", "Assumptions", "DesignPage", "by_chapter"]

Field = Lever | Option
_MOST_SHOWN = 12


@solara.component
def DesignPage(page: PageContext) -> None:
    """Show everything that can be moved."""
    language = page.language
    key_levers = levers_of(page.declared)
    chapters = by_chapter(page.declared, {lever.key for lever in key_levers})
    PreviewPart(page)
    with vuetify.Html(tag="div", class_="columns"):
        with vuetify.Html(tag="div", class_="column"):
            with vuetify.Html(tag="section", class_="block norms-block", attributes={"aria-labelledby": "norms"}):
                Words(f'<h2 id="norms">{escape(word("norms", language))}</h2>')
                Words(escape(word("norms_help", language)), "p", "help")
                for field in fields_of(page.declared, "norm"):
                    MovedField(page, field, slider=False)
                budget = chapters.get("last resort", ())
                if budget:
                    Words(f"<h3>{escape(word('budget', language))}</h3>")
                    Words(escape(word("budget_help", language)), "p", "help")
                    for field in budget:
                        MovedField(page, field, slider=False)
            Assumptions(page)
        with vuetify.Html(tag="section", class_="block levers-block", attributes={"aria-labelledby": "levers"}):
            Words(f'<h2 id="levers">{escape(word("levers", language))}</h2>')
            Words(f"<h3>{escape(word('key_levers', language))}</h3>")
            Words(escape(word("key_levers_help", language)), "p", "help")
            for lever in key_levers:
                MovedField(page, lever)
            Words(escape(word("chapters_help", language)), "p", "help chapters-help")
            for chapter, fields in chapters.items():
                if chapter != "last resort":
                    Chapter(page, chapter, fields).key(f"chapter-{chapter}")
            if page.design.levers:
                Button(
                    word("back_to_today", language),
                    lambda: page.edit(page.design.with_levers(())),
                    kind="link",
                    disabled=page.running,
                )


@solara.component
def Chapter(page: PageContext, chapter: str, fields: Sequence[Field]) -> None:
    """Show one chapter of levers, closed at first: a page of sixty sliders could not be read."""
    open_now, set_open = solara.use_state(False)
    moved = sum(field.key in page.design.moved for field in fields)
    with vuetify.Html(tag="div", class_="chapter"):
        Fold(
            f"{word(f'chapter_{chapter}', page.language)} ({number(len(fields), page.language)})",
            _moved_note(moved, page.language),
            open_now,
            lambda: set_open(not open_now),
        )
        # What was typed and cannot be used stands there until it is corrected: nothing is simulated before.
        for field in fields if open_now else [each for each in fields if each.key in page.typed]:
            MovedField(page, field)


@solara.component
def Assumptions(page: PageContext) -> None:
    """Show the assumptions that were moved, and those that a search finds."""
    language = page.language
    text, set_text = solara.use_state("")
    fields = fields_of(page.declared, "assumption")
    moved = {key for key, _ in page.design.assumptions}
    wanted = text.strip().casefold()
    shown = [
        field
        for field in fields
        if field.key in page.typed or (wanted in _name(field, language) if wanted else field.key in moved)
    ]
    with vuetify.Html(tag="section", class_="block assumptions", attributes={"aria-labelledby": "assumptions"}):
        Words(f'<h2 id="assumptions">{escape(word("assumptions", language))}</h2>')
        Words(escape(word("assumptions_help", language)), "p", "help")
        if moved:
            Words(escape(word("assumptions_moved", language)), "p", "stale recomputed")
        SearchField(
            "assumption-search",
            word("assumptions_find", language),
            text,
            word("assumptions_find_help", language),
            set_text,
        )
        few = [field for place, field in enumerate(shown) if place < _MOST_SHOWN or field.key in page.typed]
        for field in few:
            MovedField(page, field, slider=False)
        count = number(len(few), language)
        told = word("assumptions_count", language, shown=count, all=number(len(fields), language))
        Words(escape(told if shown or wanted else word("assumptions_none", language)), "p", "help")


def by_chapter(declared: Scenario, without: set[str]) -> Mapping[str, tuple[Field, ...]]:
    """Return the levers of a scenario by chapter of the founding report, those named left out."""
    fields = [field for field in fields_of(declared, "lever") if field.key not in without]
    found = {
        chapter: tuple(each for each in fields if each.parameter.lever and each.parameter.lever.chapter == chapter)
        for chapter in CHAPTERS
    }
    return {chapter: each for chapter, each in found.items() if each}


def _name(field: Field, language: str) -> str:
    parameter = field.parameter
    label = parameter.label_en if language == "en" else parameter.label_fr
    return f"{label} {field.key}".casefold()


def _moved_note(moved: int, language: str) -> str:
    if not moved:
        return ""
    return word("moved_one", language) if moved == 1 else word("moved_here", language, count=number(moved, language))


PAGE = PageEntry(
    path="design",
    title={"en": "Design", "fr": "Concevoir"},
    lead={
        "en": "The administration sets the norms and the budget, then chooses how citizens take part.",
        "fr": "L'administration fixe les normes et le budget, puis choisit comment les citoyens participent.",
    },
    component=DesignPage,
)
