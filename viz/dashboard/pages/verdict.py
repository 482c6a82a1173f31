"""The third page: the verdict on a design, beside what it is compared with and the administration alone."""

from __future__ import annotations

from html import escape

import solara
import solara.lab

from ..figures import draw
from ..page_context import PageContext, PageEntry, Shown
from ..parts import Words
from ..verdict import Picture, before_html, verdict_html
from ..words import say

__all__ = ["PAGE", "VerdictPage"]

# What was drawn: the key of the answer, the language, the figures.
_NOTHING_DRAWN: tuple[str, str, tuple[Picture, ...]] = ("", "", ())


@solara.component
def VerdictPage(page: PageContext) -> None:
    """Show what came out, with its figures as soon as they are drawn."""
    language = page.language
    shown = page.shown("verdict")
    drawn, set_drawn = solara.use_state(_NOTHING_DRAWN)
    key = "" if shown is None else shown.key

    def draw_all() -> None:
        if shown is not None:
            set_drawn((shown.key, language, draw(shown.answer, language)))

    task = solara.lab.use_task(draw_all, dependencies=[key, language], raise_error=False)
    if shown is None:
        Words(before_html(page.world, language), "div", "verdict")
        return
    if shown.stale and not page.running:
        Words(escape(say("stale", language)), "p", "block stale")
    pictures = drawn[2] if drawn[:2] == (key, language) else () if task.error else None
    VerdictText(shown, language, pictures)


@solara.component
def VerdictText(shown: Shown, language: str, pictures: tuple[Picture, ...] | None) -> None:
    """Show the verdict, written once for as long as it stays the same."""
    drawn = -1 if pictures is None else len(pictures)
    text = solara.use_memo(lambda: verdict_html(shown.answer, language, pictures), [shown.key, language, drawn])
    Words(text, "div", "verdict old" if shown.stale else "verdict")


PAGE = PageEntry(
    path="verdict",
    title={"en": "Verdict", "fr": "Verdict"},
    lead={
        "en": "Will the service go on, be right, and serve everybody, at what cost?",
        "fr": "Le service tiendra-t-il dans la durée, sera-t-il juste, servira-t-il tout le monde, et à quel "
        "coût\u202f?",
    },
    component=VerdictPage,
)
