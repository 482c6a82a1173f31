"""The page on how far the simulator can be believed: real data, negative controls, limits."""

from __future__ import annotations

import solara

from ..evidence_part import evidence_html
from ..page_context import PageContext, PageEntry
from ..parts import Words

__all__ = ["PAGE", "Evidence"]


@solara.component
def Evidence(page: PageContext) -> None:
    """Show the evidence, that on services of the kind in hand first; nothing is simulated."""
    classes = tuple(str(table["class"]) for table in page.world.tables["services"].values())
    text = solara.use_memo(lambda: evidence_html(classes, page.language), [classes, page.language])
    Words(text, "div", "evidence-page")


PAGE = PageEntry(
    path="evidence",
    title={"en": "Evidence", "fr": "Preuves"},
    lead={
        "en": "How far the simulator reproduces real data, and what it cannot say.",
        "fr": "Jusqu'où le simulateur reproduit des données réelles, et ce qu'il ne peut pas dire.",
    },
    component=Evidence,
)
