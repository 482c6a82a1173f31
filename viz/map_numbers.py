"""Numbers that point at places of a map, beside what they point at, and the list that says which places they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .drawing import INK
from .locales import number
from .map_places import Places

__all__ = ["MARKER", "number_places", "points_a_unit"]

# Diameter of a numbered marker, in points.
MARKER = 13.0
_DARK = "#10243a"
# Inches of a figure beside the map: the list, the legend, the borders.
_BESIDE, _AROUND = 2.7, 0.4
_DIRECTIONS = 24
# Points between a place and its number, nearest first.
_GAPS = (2.5, 7.0, 13.0, 20.0, 30.0)


def number_places(
    axes: Axes,
    chosen: Sequence[int],
    places: Places,
    title: str,
    words: Sequence[str],
    language: str,
    radii: NDArray[np.float64] | None = None,
) -> None:
    """Number some places on the map and say beside it which they are, so that no name covers a place.

    Call it when the limits of the axes are set.

    Parameters
    ----------
    words : what to write of each of ``chosen``.
    radii : float64[P], points, of the circles that are drawn; None where places are outlines.
    """
    placed = np.asarray(np.isfinite(places.points).all(axis=1))
    shown = [(place, said) for place, said in zip(chosen, words, strict=True) if placed[place]]
    rows = [place for place, _ in shown]
    spots = _beside(axes, places.points, rows, placed, radii)
    listed = []
    for rank, ((place, said), spot) in enumerate(zip(shown, spots, strict=True), start=1):
        # On shades that do not follow the page's light and dark, nor may what is drawn over them.
        end = _edge(axes, places.points[place], spot, 0.0 if radii is None else radii[place])
        for colour, width in (("#ffffff", 2.6), (_DARK, 0.9)):
            axes.plot(*np.transpose([end, spot]), color=colour, linewidth=width, zorder=6, clip_on=False)
        axes.plot(
            *spot, marker="o", markersize=MARKER, color="#ffffff", markeredgecolor=_DARK, markeredgewidth=1.0,
            zorder=7, clip_on=False, gid=f"number-{rank}",
        )  # fmt: skip
        axes.annotate(
            number(rank, language), tuple(spot), fontsize=8.5, fontweight="bold", color=_DARK, ha="center",
            va="center_baseline", zorder=8, annotation_clip=False,
        )  # fmt: skip
        listed.append(f"{rank}. {said}")
    if listed:
        axes.annotate(
            "\n".join([title, *listed]), (1.02, 1.0), xycoords="axes fraction", fontsize=8.5, color=INK, va="top",
            ha="left", linespacing=1.6, annotation_clip=False,
        )  # fmt: skip


def points_a_unit(axes: Axes) -> float:
    """Return about how many points a unit of a map's axes takes, before the map is laid out."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    across, down = figure.get_figwidth() - _BESIDE, figure.get_figheight() - _AROUND
    return 72.0 * min(across / max(right - left, 1e-9), down / max(high - low, 1e-9))


def _edge(axes: Axes, place: NDArray[np.float64], spot: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Return where the line from a number to its circle ends: at the circle, not in it."""
    way = spot - place
    length = float(np.hypot(*way))
    return place if length == 0.0 else place + way * min(1.0, radius / points_a_unit(axes) / length)


def _beside(
    axes: Axes,
    points: NDArray[np.float64],
    rows: Sequence[int],
    placed: NDArray[np.bool_],
    radii: NDArray[np.float64] | None,
) -> NDArray[np.float64]:
    """Return where to set each number: near its place, on no circle and no other number where there is room.

    Shapes: points float64[P, 2]; returns float64[len(rows), 2].
    """
    scale = points_a_unit(axes)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    # Outlines leave no room between them: a number stands clear of the middles of what is numbered.
    obstacles = np.flatnonzero(placed) if radii is not None else np.array(rows, dtype=np.int64)
    sizes = np.full(len(points), 4.0) if radii is None else radii
    where, size = points[obstacles] * scale, sizes[obstacles]
    half = 0.5 * MARKER
    angles = np.linspace(0.0, 2.0 * np.pi, _DIRECTIONS, endpoint=False) + 0.25 * np.pi
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    numbered = points[list(rows)] * scale
    set_already: list[NDArray[np.float64]] = []
    for row, place in enumerate(rows):
        reach = np.repeat([sizes[place] + half + gap for gap in _GAPS], _DIRECTIONS)
        spots = points[place] * scale + np.tile(ring, (len(_GAPS), 1)) * reach[:, np.newaxis]
        apart = np.linalg.norm(spots[:, np.newaxis] - where[np.newaxis], axis=2)
        covered = np.clip(size + half + 1.5 - apart, 0.0, None)
        # What is numbered matters most, and is never covered if that can be.
        worth = np.where(np.isin(obstacles, rows), 6.0, 1.0)
        cost = (covered * worth).sum(axis=1) + 0.05 * (reach - reach.min())
        for other in set_already:
            cost += 8.0 * np.clip(MARKER + 2.0 - np.linalg.norm(spots - other, axis=1), 0.0, None)
        for other in np.delete(numbered, row, axis=0):
            # Nearer to another numbered place than to its own, a number would be read as the other's.
            cost += 2.0 * (np.linalg.norm(spots - other, axis=1) < reach)
        for edge, sign in ((np.array([left, low]), 1.0), (np.array([right, high]), -1.0)):
            cost += 3.0 * np.clip(half - sign * (spots - edge * scale), 0.0, None).sum(axis=1)
        set_already.append(spots[int(np.argmin(cost))])
    return np.array(set_already).reshape(-1, 2) / scale
