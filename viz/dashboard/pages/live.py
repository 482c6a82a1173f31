"""The page on which a simulation is watched."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext, PageEntry
from ..parts import Words
from ..words import say

__all__ = ["PAGE", "Live"]

_WHAT = {
    "en": "The service day by day, as the simulator computes it.",
    "fr": "Le service jour après jour, tel que le simulateur le calcule.",
}


@solara.component
def Live(page: PageContext) -> None:
    """Say what this page will do."""
    Words(escape(say("coming", page.language, what=_WHAT[page.language])), "p", "block coming")


PAGE = PageEntry(
    path="live",
    title={"en": "Watch it run", "fr": "Voir se dérouler"},
    lead=_WHAT,
    component=Live,
)
