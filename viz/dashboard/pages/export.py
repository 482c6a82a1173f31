"""The page from which results are taken away."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext, PageEntry
from ..parts import Words
from ..words import say

__all__ = ["PAGE", "Export"]

_WHAT = {
    "en": "Tables, figures, the report, the scenario file, and the same in Python or from a terminal.",
    "fr": "Tableaux, figures, rapport, fichier de scénario, et la même chose en Python ou depuis un terminal.",
}


@solara.component
def Export(page: PageContext) -> None:
    """Say what this page will do."""
    Words(escape(say("coming", page.language, what=_WHAT[page.language])), "p", "block coming")


PAGE = PageEntry(
    path="export",
    title={"en": "Export", "fr": "Exporter"},
    lead=_WHAT,
    component=Export,
)
