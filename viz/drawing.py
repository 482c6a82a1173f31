"""What all figures share: colours, settings, panels, an illustration with its words, numbers and dates on axes.

Figures are Matplotlib objects of their own: nothing here touches pyplot, so that pages and notebooks of several
people can draw at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from .locales import month_label, number, percent

__all__ = [
    "BLUE",
    "GREEN",
    "GRID",
    "INK",
    "MUTED",
    "ORANGE",
    "PAPER",
    "PINK",
    "SERIES",
    "SKY",
    "Illustration",
    "beside",
    "date_axis",
    "new_figure",
    "number_axis",
    "panel",
    "percent_axis",
    "settings",
]

INK, MUTED, GRID, PAPER = "#1d2630", "#55616e", "#d3d9df", "#fefefe"
# Okabe and Ito's colours, told apart by people with any form of colour blindness; darkened to stand on white.
BLUE, ORANGE, GREEN, PINK, SKY = "#0067a5", "#c65102", "#00795c", "#a8518a", "#4a9fd0"
SERIES = (BLUE, ORANGE, GREEN, PINK, SKY)
_SETTINGS: Any = {
    # Text stays text: it can be read aloud, searched and copied. Verdana has the measures of DejaVu Sans.
    "svg.fonttype": "none",
    "svg.hashsalt": "entraide",
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10.0,
    "hatch.linewidth": 0.7,
    "axes.unicode_minus": True,
    # A name may hold dollars, which are no formula.
    "text.parse_math": False,
    # A figure without an engine stays as it was laid out: see ``figure_files.laid_out``.
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
}
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
