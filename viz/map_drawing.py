"""What the maps share: shapes with their shade and hatching, the frame, the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline

from entraide.scenarios.communes import department_names

from .drawing import INK, MUTED, PAPER
from .locales import NARROW_SPACE, joined, localised, percent
from .map_places import Places

__all__ = [
    "HATCHING",
    "SHADES",
    "Scale",
    "beside_text",
    "draw_shapes",
    "frame",
    "legend",
    "legend_patch",
]

# Dark is bad: dark to light, each a tenth lighter at least, so that a photocopy tells them apart too.
SHADES = ("#123a5c", "#2a6f97", "#61a5c2", "#a9d6e5", "#e4f3f8")
HATCHING = "////"
# Borders stand on shades that do not follow the light and dark of a page, nor may they.
_BORDER = "#5b6570"
# Places that span less of the outline around them are shown closer, with some room around, in their extent and degrees.
_LARGE_PART, _AROUND, _LEAST_AROUND = 0.7, 0.22, 0.02


@dataclass(frozen=True)
class Scale:
    """Classes of a share, and the shade of each.

    Attributes
    ----------
    limits : where classes end, ascending, with the lowest and the highest; one more than ``shades``.
    shades : of the classes, in their order.
    """

    limits: tuple[float, ...]
    shades: tuple[str, ...]

    def place(self, share: float) -> int:
        """Return the class of a share: a limit itself belongs to the class above it, as a norm met exactly is met."""
        return int(np.searchsorted(self.limits[1:-1], share, side="right"))

    def ends(self, language: str) -> list[str]:
        """Return the limits in per cent, with a decimal where one of them needs it."""
        whole = all(round(100.0 * limit, 6).is_integer() for limit in self.limits)
        return [percent(limit, language, 0 if whole or limit in (0.0, 1.0) else 1) for limit in self.limits]

    def face(self, share: float) -> str:
        """Return the colour of a share, that of the paper for NaN."""
        return PAPER if np.isnan(share) else self.shades[self.place(share)]

    def hatching(self, share: float) -> str:
        """Return a colour that is seen on that of the share."""
        return "#ffffff" if SHADES.index(self.shades[self.place(share)]) <= 1 else SHADES[0]


def draw_shapes(
    axes: Axes, shapes: Sequence[tuple[str, Outline]], shades: Mapping[str, str], hatched: Mapping[str, str]
) -> None:
    """Fill outlines.

    Parameters
    ----------
    shapes : code and outline; a code may come twice.
    shades : colour by code; a shape whose code has none is left out.
    hatched : colour of the hatching by code, of those that have one.
    """
    drawn = [(code, outline) for code, outline in shapes if code in shades]
    for code, outline in drawn:
        if code in hatched:
            axes.add_patch(
                PathPatch(outline, facecolor="none", edgecolor=hatched[code], hatch=HATCHING, linewidth=0, zorder=3)
            )
    patches = [PathPatch(outline) for _, outline in drawn]
    faces = [shades[code] for code, _ in drawn]
    axes.add_collection(PatchCollection(patches, facecolors=faces, edgecolors=_BORDER, linewidths=0.35, zorder=2))


def legend_patch(label: str, colour: str = PAPER, hatch: str = "") -> Patch:
    """Return one line of a map's legend."""
    return Patch(facecolor=colour, edgecolor=MUTED, linewidth=0.5, hatch=hatch, label=label)


def legend(axes: Axes, handles: Sequence[Patch]) -> None:
    """Put the legend beside the map."""
    axes.legend(
        handles=list(handles),
        loc="lower left",
        bbox_to_anchor=(1.0, 0.0),
        fontsize=8.5,
        frameon=False,
        labelcolor=INK,
        handleheight=1.1,
    )


def beside_text(places: Places, language: str) -> str:
    """Name the parts of a map of departments that are drawn beside it, "" where there are none."""
    names, around = department_names(), "Paris and around" if language == "en" else "Paris et alentour"
    parts = joined(
        [f"{localised(names.get(code, around), language)} ({code})" for code, _, _ in places.insets], language
    )
    if not places.insets:
        return ""
    if language == "en":
        return f" Beside the mainland, at scales of their own: {parts}."
    return f" À côté de l'hexagone, chacun à son échelle{NARROW_SPACE}: {parts}."


def frame(axes: Axes, places: Places) -> None:
    """Leave out the axes, and name the parts that were moved."""
    axes.set_aspect("equal")
    axes.margins(0.04)
    axes.autoscale_view()
    if places.background and not places.departments:
        _come_closer(axes, places)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    for text, x, y in places.insets:
        axes.annotate(
            text,
            (x, y),
            xytext=(-26, 0),
            textcoords="offset points",
            fontsize=7.5,
            color=MUTED,
            ha="right",
            va="center",
        )


def _come_closer(axes: Axes, places: Places) -> None:
    """Show the places and a little around them where they would be lost in the outline of their department."""
    points = places.points[np.isfinite(places.points).all(axis=1)]
    low, high = points.min(axis=0), points.max(axis=0)
    extent, whole = float((high - low).max()), max(np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim()))
    if extent > _LARGE_PART * whole:
        return
    around = max(_AROUND * extent, _LEAST_AROUND)
    axes.set_xlim(low[0] - around, high[0] + around)
    axes.set_ylim(low[1] - around, high[1] + around)
