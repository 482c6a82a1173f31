"""The pages of the dashboard, as their registry lists them."""

from __future__ import annotations

from site_markdown import prose, table

from entraide.viz.dashboard.pages.registry import PAGES

__all__ = ["dashboard_pages"]

_HEADS = {"en": ("No.", "Page", "What it is for"), "fr": ("N°", "Page", "À quoi elle sert")}


def dashboard_pages(language: str) -> str:
    """Return the pages in the order of the tasks, each with its sentence."""
    rows = ((n, f"**{page.title[language]}**", prose(page.lead[language])) for n, page in enumerate(PAGES, start=1))
    return table(_HEADS[language], rows)
