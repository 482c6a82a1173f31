"""The page on how far the simulator can be believed."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext, PageEntry
from ..parts import Words
from ..words import say

__all__ = ["PAGE", "Evidence"]

_WHAT = {
    "en": "How far the simulator reproduces real data, and what it cannot say.",
    "fr": "Jusqu'où le simulateur reproduit des données réelles, et ce qu'il ne peut pas dire.",
}


@solara.component
def Evidence(page: PageContext) -> None:
    """Say what this page will do."""
    Words(escape(say("coming", page.language, what=_WHAT[page.language])), "p", "block coming")


PAGE = PageEntry(
    path="evidence",
    title={"en": "Evidence", "fr": "Preuves"},
    lead=_WHAT,
    component=Evidence,
)
