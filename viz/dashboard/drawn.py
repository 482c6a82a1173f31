"""Figures of a page, drawn beside it: the page is there at once, its figures as soon as they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, TypeVar

import solara
import solara.lab

from ..drawing import Illustration
from ..figure_files import inline_svg, scrollable
from ..locales import localised
from .drawing_room import FIGURES, person_here
from .verdict import Picture
from .words import say

__all__ = ["picture_html", "picture_of", "use_pictures"]

_NOTHING_DRAWN: tuple[str, str, tuple[Any, ...]] = ("", "", ())
_Drawn = TypeVar("_Drawn")


def picture_of(illustration: Illustration, identifier: str, language: str) -> Picture:
    """Return a figure ready for a page.

    Parameters
    ----------
    identifier : unique in the page.
    """
    title, caption = (localised(text, language) for text in (illustration.title, illustration.caption))
    return Picture(scrollable(inline_svg(illustration, identifier), title), title, caption)


def use_pictures(key: str, language: str, draw: Callable[[], Sequence[_Drawn]]) -> tuple[_Drawn, ...] | None:
    """Return the figures of an answer: None while they are being drawn, none where that failed.

    Parameters
    ----------
    key : fingerprint of what is drawn; "" for nothing.
    draw : called on a thread that belongs to no page, when it is this page's turn.
    """
    drawn, set_drawn = solara.use_state(_NOTHING_DRAWN)
    wanted = solara.use_ref(("", ""))
    wanted.current = (key, language)
    person, is_open = solara.use_memo(person_here, [])

    def leave() -> None:
        wanted.current = ("", "")

    solara.use_effect(lambda: leave, [])

    def is_wanted() -> bool:
        return is_open() and wanted.current == (key, language)

    def draw_all() -> None:
        if not key:
            return
        with FIGURES.turn(person, is_wanted) as came:
            found = tuple(draw()) if came else ()
        # An earlier drawing is not stopped by a later one, and may end after it.
        if came and is_wanted():
            set_drawn((key, language, found))

    task = solara.lab.use_task(draw_all, dependencies=[key, language], raise_error=False)
    if drawn[:2] == (key, language):
        return drawn[2]
    return () if task.error else None


def picture_html(pictures: Sequence[Picture] | None, place: int, language: str) -> str:
    """Return one of the figures as HTML; while there is none, why."""
    if not pictures:
        why = say("drawing" if pictures is None else "no_figures", language)
        return f'<p class="help">{escape(why)}</p>'
    each = pictures[place]
    return (
        f'<figure class="picture"><h3>{escape(each.title)}</h3>{each.drawing}'
        f"<figcaption>{escape(each.caption)}</figcaption></figure>"
    )
