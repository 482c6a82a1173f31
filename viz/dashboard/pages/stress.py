"""The page that puts a service under stress."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext, PageEntry
from ..parts import Words
from ..words import say

__all__ = ["PAGE", "Stress"]

_WHAT = {
    "en": "Events on a timeline: what breaks, and how long it takes to recover.",
    "fr": "Des événements sur un calendrier\u202f: ce qui rompt, et le temps qu'il faut pour s'en remettre.",
}


@solara.component
def Stress(page: PageContext) -> None:
    """Say what this page will do."""
    Words(escape(say("coming", page.language, what=_WHAT[page.language])), "p", "block coming")


PAGE = PageEntry(
    path="stress",
    title={"en": "Stress", "fr": "Éprouver"},
    lead=_WHAT,
    component=Stress,
)
