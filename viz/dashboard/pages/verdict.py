"""The third page: the verdict on a design, beside what it is compared with and the administration alone."""

from __future__ import annotations

from html import escape

import solara

from ..drawn import use_pictures
from ..figures import draw
from ..page_context import PageContext, PageEntry, Shown
from ..parts import Words
from ..verdict import Picture, before_html, verdict_html
from ..words import say

__all__ = ["PAGE", "VerdictPage"]


@solara.component
def VerdictPage(page: PageContext) -> None:
    """Show what came out, with its figures as soon as they are drawn."""
    language = page.language
    shown = page.shown("verdict")
    key = "" if shown is None else shown.key
    pictures = use_pictures(key, language, lambda: () if shown is None else draw(shown.answer, language))
    if shown is None:
        Words(before_html(page.world, language, under_way=page.awaits("verdict")), "div", "verdict")
        return
    if shown.stale and not page.running:
        Words(escape(say("stale", language)), "p", "block stale")
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
