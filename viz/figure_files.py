"""How a figure becomes a file or a part of a page: places of panels, title and note, PNG, SVG, colours of the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

from .drawing import BLUE, GREEN, GRID, INK, MUTED, ORANGE, PAPER, PINK, SKY, Illustration, settings
from .text_lines import wrapped

__all__ = ["LEAST_WIDTH", "framed", "inline_svg", "laid_out", "plain_text", "save", "scrollable"]

# In a page these colours become variables of its style sheet, so that a figure follows light and dark.
_VARIABLES: Mapping[str, str] = {
    INK: "ink",
    MUTED: "muted",
    GRID: "grid",
    PAPER: "paper",
    BLUE: "blue",
    ORANGE: "orange",
    GREEN: "green",
    PINK: "pink",
    SKY: "sky",
}
_TITLE_SIZE, _NOTE_SIZE = 11.5, 7.5
# Share of a figure's width that is left free beside its title and its note.
_MARGIN = 0.012
# Inches of a figure that takes the whole width of a page.
_PAGE_WIDTH = 8.0
# Pixels of the same on a narrow screen: letters of 9 points are then 9 pixels high.
LEAST_WIDTH = 576
# Figure -> its width, height and number of panels, and where these stand.
_PLACES: WeakKeyDictionary[Figure, tuple[tuple[float, ...], tuple[Bbox, ...]]] = WeakKeyDictionary()


def save(illustration: Illustration, folder: Path, note: str, suffix: str = "", source: str = "") -> tuple[Path, Path]:
    """Write a figure as PNG and SVG, with its title and a note of where it comes from, and return the two paths.

    Parameters
    ----------
    note : set below the figure, in as many lines as it takes.
    source : what the file itself says of where it comes from; by default the note.

    Raises
    ------
    OSError : the folder cannot be written to.
    """
    figure = illustration.figure
    paths = (folder / f"{illustration.name}{suffix}.png", folder / f"{illustration.name}{suffix}.svg")
    described = {"Description": illustration.alternative, "Source": source or note}
    with settings(), framed(figure, illustration.title, note):
        figure.savefig(paths[0], dpi=200, metadata=described)
        # Without a date, the same run gives the same file.
        figure.savefig(paths[1], dpi=200, metadata={"Date": None, "Title": illustration.title, **described})
    return paths


def plain_text(figure: Figure) -> None:
    """Let every text of a figure be written as it stands: a name may hold dollars, which are no formula."""
    for text in figure.findobj(Text):
        text.set_parse_math(False)


@contextmanager
def laid_out(figure: Figure) -> Iterator[tuple[Bbox, ...]]:
    """Hold all panels of a figure in their places, shares of its width and height, for as long as it is written.

    They are found once, and again where its size or number of panels has changed; what is written on a figure does not
    change after it was made. Where an engine is set, Matplotlib draws a figure whole to find them, and then again for
    the file.
    """
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine), "made by new_figure"
    plain_text(figure)
    shape = (*figure.get_size_inches(), len(figure.axes))
    if _PLACES.get(figure, ((), ()))[0] != shape:
        engine.execute(figure)
        if any(axes.get_aspect() != "auto" for axes in figure.axes):
            # What stands beside a panel that keeps its shape is found only once the panel has its place.
            engine.execute(figure)
        _PLACES[figure] = shape, tuple(axes.get_position(original=True) for axes in figure.axes)
    _, places = _PLACES[figure]
    counted = [(axes, axes.get_in_layout()) for axes in figure.axes]
    figure.set_layout_engine(None)
    try:
        _put(figure, places)
        yield places
    finally:
        figure.set_layout_engine(engine)
        for axes, in_layout in counted:
            axes.set_in_layout(in_layout)


def _put(figure: Figure, places: Iterable[Bbox]) -> None:
    for axes, place in zip(figure.axes, places, strict=True):
        axes.set_position(place)


@contextmanager
def framed(figure: Figure, title: str, note: str) -> Iterator[None]:
    """Give a figure a title above and a note below, in as many lines as they take, for as long as it is written."""
    height = figure.get_figheight()
    room = 72.0 * figure.get_figwidth() * (1.0 - 2.0 * _MARGIN)
    titles = list(wrapped(title, _TITLE_SIZE, "bold", room))
    notes = [line for part in note.split("\n") for line in wrapped(part, _NOTE_SIZE, "normal", room)]
    top = 0.42 + (len(titles) - 1) * 1.2 * _TITLE_SIZE / 72.0
    bottom = 0.30 + (len(notes) - 1) * 1.2 * _NOTE_SIZE / 72.0
    whole = height + top + bottom
    texts: list[Text] = []
    with laid_out(figure) as places:
        try:
            figure.set_figheight(whole)
            moved = Affine2D().scale(1.0, height / whole).translate(0.0, bottom / whole)
            _put(figure, (place.transformed(moved) for place in places))
            looks: tuple[tuple[list[str], float, dict[str, Any]], ...] = (
                (titles, 1.0 - 0.1 / whole, {"va": "top", "fontsize": _TITLE_SIZE, "fontweight": "bold", "color": INK}),
                (notes, 0.08 / whole, {"va": "bottom", "fontsize": _NOTE_SIZE, "color": MUTED, "linespacing": 1.2}),
            )
            for lines, y, look in looks:
                texts.append(figure.text(_MARGIN, y, "\n".join(lines), ha="left", parse_math=False, **look))
            yield
        finally:
            for text in texts:
                text.remove()
            figure.set_figheight(height)


def scrollable(drawing: str, title: str) -> str:
    """Return a drawing in a frame that scrolls where the page is narrower than the drawing can be, by keyboard too."""
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(title, quote=True)}">{drawing}</div>'


def inline_svg(illustration: Illustration, identifier: str) -> str:
    """Return the figure as an SVG element for a page: no outside address, no repeated name, colours as variables.

    Parameters
    ----------
    identifier : unique in the page; every name inside the drawing begins with it.
    """
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with settings(), laid_out(illustration.figure):
        illustration.figure.savefig(buffer, format="svg", dpi=200, transparent=True, metadata=nothing)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'\s+xmlns(?::\w+)?="[^"]*"', "", text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{identifier}-\1"', text)
    text = re.sub(r'xlink:href="#([^"]+)"', rf'href="#{identifier}-\1"', text).replace("xlink:href=", "href=")
    # Hundredths of a point are beyond any screen.
    text = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path.group()), text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{identifier}-\1)", text)
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var(--{variable}, {colour})")
    label = escape(illustration.alternative, quote=True)
    opening = re.match(r"<svg[^>]*>", text)
    assert opening is not None
    view = re.search(r'viewBox="[^"]*"', opening.group())
    assert view is not None
    # A narrow figure stays narrow, so that text has one size in all figures of a page; none gets so narrow that its
    # text cannot be read: see ``scrollable``.
    share = min(1.0, illustration.figure.get_figwidth() / _PAGE_WIDTH)
    style = f"max-width:{100.0 * share:.0f}%;min-width:{share * LEAST_WIDTH:.0f}px"
    start = f'<svg class="figure" role="img" aria-label="{label}" style="{style}" {view.group()}>'
    return re.sub(r"\n\s*", "\n", start + text[opening.end() :]).strip()
