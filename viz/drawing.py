"""What all figures share: colours, an illustration with its words, dates on axes, writing as PNG and SVG.

Figures are Matplotlib objects of their own: nothing here touches pyplot, so that pages and notebooks of several
people can draw at once.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter
from matplotlib.transforms import Affine2D, Bbox

from .locales import month_label, number, percent
from .text_lines import wrapped

__all__ = [
    "BLUE",
    "GREEN",
    "GRID",
    "INK",
    "LEAST_WIDTH",
    "MUTED",
    "ORANGE",
    "PAGE_WIDTH",
    "PAPER",
    "PINK",
    "SERIES",
    "SKY",
    "Illustration",
    "beside",
    "date_axis",
    "framed",
    "inline_svg",
    "laid_out",
    "new_figure",
    "number_axis",
    "panel",
    "percent_axis",
    "plain_text",
    "save",
    "scrollable",
    "settings",
]

INK, MUTED, GRID, PAPER = "#1d2630", "#55616e", "#d3d9df", "#fefefe"
# Okabe and Ito's colours, told apart by people with any form of colour blindness; darkened to stand on white.
BLUE, ORANGE, GREEN, PINK, SKY = "#0067a5", "#c65102", "#00795c", "#a8518a", "#4a9fd0"
SERIES = (BLUE, ORANGE, GREEN, PINK, SKY)
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
_TEXT_SIZE, _TITLE_SIZE, _NOTE_SIZE = 10.0, 11.5, 7.5
# Share of a figure's width that is left free beside its title and its note.
_MARGIN = 0.012
# Inches of a figure that takes the whole width of a page.
PAGE_WIDTH = 8.0
# Pixels of the same on a narrow screen: letters of 9 points are then 9 pixels high.
LEAST_WIDTH = 576
_SETTINGS: Any = {
    # Text stays text: it can be read aloud, searched and copied. Verdana has the measures of DejaVu Sans.
    "svg.fonttype": "none",
    "svg.hashsalt": "entraide",
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": _TEXT_SIZE,
    "hatch.linewidth": 0.7,
    "axes.unicode_minus": True,
    # A name may hold dollars, which are no formula.
    "text.parse_math": False,
    # A figure without an engine stays as it was laid out: see ``laid_out``.
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
}
# Figure -> its width, height and number of panels, and where these stand.
_PLACES: WeakKeyDictionary[Figure, tuple[tuple[float, ...], tuple[Bbox, ...]]] = WeakKeyDictionary()
# Matplotlib's settings belong to the process; two figures written at once must not see each other's.
_SETTING = threading.RLock()


@dataclass(frozen=True)
class Illustration:
    """A figure with its words.

    Attributes
    ----------
    name : of the files, in lower case with hyphens.
    figure : the figure, without a provenance line.
    title : what is shown, a few words.
    caption : how to read it.
    alternative : what somebody who does not see it must know.
    """

    name: str
    figure: Figure
    title: str
    caption: str
    alternative: str


@contextmanager
def settings(more: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Hold Matplotlib's settings of our figures, and more of them, for as long as something is written."""
    together: Any = {**_SETTINGS, **(more or {})}
    with _SETTING:
        # Not Matplotlib's own context: Solara keeps the settings where that one does not put them back.
        before: Any = {key: matplotlib.rcParams[key] for key in together}
        matplotlib.rcParams.update(together)
        try:
            yield
        finally:
            matplotlib.rcParams.update(before)


def new_figure(width: float, height: float, rows: int = 1, columns: int = 1, **grid: Any) -> tuple[Figure, list[Axes]]:
    """Return a figure of some inches and its panels, row by row, in our colours.

    Parameters
    ----------
    grid : more arguments of ``Figure.subplots``.
    """
    with settings():
        figure = Figure(figsize=(width, height), dpi=100, facecolor=PAPER)
        FigureCanvasAgg(figure)
        figure.set_layout_engine("constrained", w_pad=0.08, h_pad=0.08, hspace=0.06, wspace=0.06)
        axes = figure.subplots(rows, columns, squeeze=False, **grid)
        panels = [axes[row, column] for row in range(rows) for column in range(columns)]
        for each in panels:
            panel(each)
    return figure, panels


def panel(axes: Axes) -> None:
    """Give one panel our colours, whatever style the process has set."""
    axes.set_facecolor("none")
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(MUTED)
        spine.set_linewidth(0.8)
    axes.tick_params(colors=MUTED, labelcolor=INK, labelsize=9, width=0.8)
    axes.xaxis.label.set(color=INK, fontsize=9.5)
    axes.yaxis.label.set(color=INK, fontsize=9.5)
    axes.title.set(color=INK)
    axes.set_axisbelow(True)
    axes.grid(False)


def beside(axes: Axes, value: float, text: str, colour: str, *, bold: bool = False) -> None:
    """Write what a level line is at its end, right of the panel, where no curve and no mark lies."""
    axes.annotate(
        text, (1.0, value), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
        ha="left", va="center", color=colour, fontsize=8.5, fontweight="bold" if bold else "normal",
        annotation_clip=False,
    )  # fmt: skip


def percent_axis(axes: Axes, language: str, which: str = "y") -> None:
    """Write the ticks of an axis of shares in per cent, with light lines across."""
    axis = axes.yaxis if which == "y" else axes.xaxis

    def text(value: float, _: int | None) -> str:
        # As many digits as tell two ticks apart, the same on all of them but nothing and everything.
        ticks = np.asarray(axis.get_majorticklocs())
        step = 100.0 * float(np.min(np.diff(ticks))) if ticks.size > 1 else 1.0
        digits = next((digits for digits in range(3) if abs(step - round(step, digits)) < 1e-9), 3)
        return percent(round(value, 8), language, digits if 0.0 < value < 1.0 else 0, most_digits=3)

    axis.set_major_formatter(FuncFormatter(text))
    axes.grid(True, axis="y" if which == "y" else "x", color=GRID, linewidth=0.7)


def number_axis(axes: Axes, language: str, which: str = "y") -> None:
    """Write the ticks of an axis of numbers as the language does, with light lines across."""
    axis = axes.yaxis if which == "y" else axes.xaxis

    def text(value: float, _: int | None) -> str:
        digits = 0 if float(value).is_integer() else 1
        return number(round(value, 6), language, digits)

    axis.set_major_formatter(FuncFormatter(text))
    axes.grid(True, axis="y" if which == "y" else "x", color=GRID, linewidth=0.7)


def date_axis(axes: Axes, start: date, days: int, language: str) -> None:
    """Label the first days of months; the x values are those of ``matplotlib.dates.date2num``."""
    end = start + timedelta(days=max(1, days - 1))
    months = [date(start.year + m // 12, m % 12 + 1, 1) for m in range(start.month - 1, start.month + 42)]
    inside = [first for first in months if start <= first <= end]
    step = 1 if len(inside) <= 13 else 3
    shown = [first for first in inside if (first.month - 1) % step == 0]
    if len(shown) < 2:
        # A run of a few weeks: days of the month matter.
        spacing = max(1, days // 6)
        shown = [start + timedelta(days=t) for t in range(0, days, spacing)]

    def text(value: float, _: int | None) -> str:
        day = num2date(value).date()
        if step == 1 and len(inside) < 2:
            return f"{day.day} {month_label(day, language)}"
        return month_label(day, language, with_year=day == shown[0] or day.month == 1)

    axes.xaxis.set_major_locator(FixedLocator([float(date2num(day)) for day in shown]))
    axes.xaxis.set_major_formatter(FuncFormatter(text))
    axes.set_xlim(float(date2num(start)), float(date2num(end)))


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
    share = min(1.0, illustration.figure.get_figwidth() / PAGE_WIDTH)
    style = f"max-width:{100.0 * share:.0f}%;min-width:{share * LEAST_WIDTH:.0f}px"
    start = f'<svg class="figure" role="img" aria-label="{label}" style="{style}" {view.group()}>'
    return re.sub(r"\n\s*", "\n", start + text[opening.end() :]).strip()
