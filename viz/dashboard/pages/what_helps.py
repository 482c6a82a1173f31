"""The page that tries prevention measures one by one."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext, PageEntry
from ..parts import Words
from ..words import say

__all__ = ["PAGE", "WhatHelps"]

_WHAT = {
    "en": "Each prevention measure tried alone, with its effect on each risk and its cost.",
    "fr": "Chaque mesure de prévention essayée seule, avec son effet sur chaque risque et son coût.",
}


@solara.component
def WhatHelps(page: PageContext) -> None:
    """Say what this page will do."""
    Words(escape(say("coming", page.language, what=_WHAT[page.language])), "p", "block coming")


PAGE = PageEntry(
    path="what-helps",
    title={"en": "What would help most", "fr": "Ce qui aiderait le plus"},
    lead=_WHAT,
    component=WhatHelps,
)
