"""The pages in the order of the tasks. A page is one file: its entry says its path, its names and its component."""

from __future__ import annotations

from collections.abc import Mapping

from ..bench import Computation, Request
from ..computing import VERDICT, preview, preview_request
from ..design import Design
from ..page_context import PageEntry, Work
from . import choose, compare, evidence, export, live, stress, verdict, what_helps
from . import design as design_page

__all__ = ["PAGES", "computations", "page_at", "request_for"]

PAGES: tuple[PageEntry, ...] = (
    choose.PAGE,
    design_page.PAGE,
    verdict.PAGE,
    compare.PAGE,
    stress.PAGE,
    what_helps.PAGE,
    live.PAGE,
    evidence.PAGE,
    export.PAGE,
)


def page_at(path: str) -> PageEntry:
    """Return the page at a path; the first one for the root and for what there is not."""
    return next((each for each in PAGES if each.path == path), PAGES[0])


def computations() -> Mapping[str, Computation]:
    """Return what carries out each kind of request that a page makes."""
    return {"preview": preview, **{work.kind: work.compute for work in _works()}}


def request_for(kind: str, design: Design) -> Request:
    """Return what is asked of a design for a kind of answer.

    Raises
    ------
    KeyError : no page has such a kind.
    """
    return {"preview": preview_request, **{work.kind: work.request for work in _works()}}[kind](design)


def _works() -> tuple[Work, ...]:
    return (VERDICT, *(each.work for each in PAGES if each.work is not None))
