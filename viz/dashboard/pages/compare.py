"""The page that compares up to four designs."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext, PageEntry
from ..parts import Words
from ..words import say

__all__ = ["PAGE", "Compare"]

_WHAT = {
    "en": "Up to four designs side by side, on the same random numbers.",
    "fr": "Jusqu'à quatre dispositifs côte à côte, avec les mêmes tirages au sort.",
}


@solara.component
def Compare(page: PageContext) -> None:
    """Say what this page will do."""
    Words(escape(say("coming", page.language, what=_WHAT[page.language])), "p", "block coming")


PAGE = PageEntry(
    path="compare",
    title={"en": "Compare", "fr": "Comparer"},
    lead=_WHAT,
    component=Compare,
)
