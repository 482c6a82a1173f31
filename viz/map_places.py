"""What a map is made of: places with their level, where they lie on the paper, and their outlines.

Many thousands of communes cannot be told apart on one page: they are then gathered by department. Departments overseas
are moved beside the mainland and enlarged or reduced, as on any map of France.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from entraide.model.records import Outcome
from entraide.model.specification import Specification
from entraide.model.territory import Territory
from entraide.scenarios.communes import department_names
from entraide.scenarios.outlines import DEPARTMENTS, outline_features

from .map_choice import drawn_by_department

__all__ = ["Places", "level_by_zone", "places_of"]

_OVERSEAS = ("97", "98")
# Departments too small to be seen on a map of the whole country, and how many times larger they are drawn beside it.
_DENSE, _DENSE_TEXT, _TIMES = ("75", "92", "93", "94"), "75, 92–94", 5.0
# Widest extent, in those of the dense departments, of a map on which these can be seen.
_SEEN = 8.0


@dataclass(frozen=True)
class Places:
    """Places of a map.

    Shapes: P places.

    Attributes
    ----------
    codes, names : of the places.
    level : float64[P], share of needs met in time, NaN where nothing was due.
    people : int64[P].
    points : float64[P, 2], where a place lies on the paper, in degrees of latitude; NaN when unknown.
    outlines : by code, on the paper; empty where only points are known.
    background : outlines that help to find one's way.
    insets : what to write beside each part that was moved, and where on the paper.
    departments : the places are departments, not zones.
    enlarged : outlines of places that are drawn a second time, beside the map, so that they can be seen.
    without_outline : names of the departments that are not on a map of departments.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    level: NDArray[np.float64]
    people: NDArray[np.int64]
    points: NDArray[np.float64]
    outlines: Mapping[str, Outline]
    background: tuple[Outline, ...]
    insets: tuple[tuple[str, float, float], ...]
    departments: bool
    enlarged: Mapping[str, Outline] = field(default_factory=dict)
    without_outline: tuple[str, ...] = ()

    @property
    def drawable(self) -> bool:
        """Whether any place can be put on a map."""
        return bool(self.outlines) or bool(np.isfinite(self.points).all(axis=1).any())


def level_by_zone(outcomes: Sequence[Outcome], service: int, year: int) -> NDArray[np.float64]:
    """Return by zone the share of needs met in time over all replicates; NaN where nothing was due."""
    return _share(*_counts(outcomes, service, year))


def _counts(outcomes: Sequence[Outcome], service: int, year: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    due = np.sum([outcome.zone_year["due"][year, service] for outcome in outcomes], axis=0)
    return due, np.sum([outcome.zone_year["in_time"][year, service] for outcome in outcomes], axis=0)


def _share(due: NDArray[np.int64], in_time: NDArray[np.int64]) -> NDArray[np.float64]:
    level = np.full(due.shape, np.nan)
    np.divide(in_time, due, out=level, where=due > 0)
    return level


def places_of(outcomes: Sequence[Outcome], specification: Specification, service: int, year: int) -> Places:
    """Return what there is to draw of one service in one year."""
    territory = specification.territory
    due, in_time = _counts(outcomes, service, year)
    features = _features(territory)
    paper = _Paper(territory)
    of_departments = territory.outline == DEPARTMENTS
    if drawn_by_department(territory):
        return _by_department(territory, due, in_time, features, paper)
    outlines, background = {}, []
    for feature in features:
        code = feature["properties"]["code"]
        outline = paper.outline(feature["geometry"], code if of_departments else paper.department.get(code, ""))
        if of_departments:
            background.append(outline)
        else:
            outlines[code] = outline
    points = paper.points()
    for zone, code in enumerate(territory.codes):
        if code in outlines and not np.isfinite(points[zone]).all():
            points[zone] = _middle(outlines[code])
    return Places(
        codes=territory.codes,
        names=tuple(name or code for name, code in zip(territory.names, territory.codes, strict=True)),
        level=_share(due, in_time),
        people=territory.population,
        points=points,
        outlines=outlines,
        background=tuple(background),
        insets=paper.insets(),
        departments=False,
    )


def _features(territory: Territory) -> list[dict[str, Any]]:
    found = outline_features(territory) if territory.outline else None
    return [] if found is None else list(found["features"])


def _by_department(
    territory: Territory,
    due: NDArray[np.int64],
    in_time: NDArray[np.int64],
    features: list[dict[str, Any]],
    paper: _Paper,
) -> Places:
    """Gather zones by department; those whose department has no outline have no place on the map."""
    named = {feature["properties"]["code"]: str(feature["properties"].get("name", "")) for feature in features}
    codes = tuple(named)
    place = {code: k for k, code in enumerate(codes)}
    which = np.array([place.get(code, -1) for code in territory.department])

    def total(counts: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(which[which >= 0], counts[which >= 0], len(codes)).astype(np.int64)

    outlines = {
        feature["properties"]["code"]: paper.outline(feature["geometry"], feature["properties"]["code"])
        for feature in features
    }
    enlarged, beside = _enlarged(outlines)
    middles = [_middle(enlarged[code] if code in enlarged else outlines[code]) for code in codes]
    absent = sorted(set(territory.department) - set(codes) - {""})
    names = department_names()
    return Places(
        codes=codes,
        names=tuple(named[code] or code for code in codes),
        level=_share(total(due), total(in_time)),
        people=total(territory.population),
        points=np.array(middles).reshape(-1, 2),
        outlines=outlines,
        background=(),
        insets=(*paper.insets(), *beside),
        departments=True,
        enlarged=enlarged,
        without_outline=tuple(names.get(code, code) for code in absent),
    )


def _enlarged(outlines: Mapping[str, Outline]) -> tuple[dict[str, Outline], tuple[tuple[str, float, float], ...]]:
    """Return the dense departments once more, larger and in the upper left corner, and what to write beside them."""
    if not set(_DENSE) <= set(outlines):
        return {}, ()
    home = np.concatenate([path.vertices for code, path in outlines.items() if not code.startswith(_OVERSEAS)])
    dense = np.concatenate([outlines[code].vertices for code in _DENSE])
    extent = float(np.ptp(dense, axis=0).max())
    if float(np.ptp(home, axis=0).max()) < _SEEN * extent:
        return {}, ()
    centre, half = 0.5 * (dense.min(axis=0) + dense.max(axis=0)), 0.5 * _TIMES * extent
    # North of Brittany lies the sea.
    target = np.array([home[:, 0].min() + 1.3 * half, home[:, 1].max() - half])
    moved = {
        code: Outline((outlines[code].vertices - centre) * _TIMES + target, outlines[code].codes) for code in _DENSE
    }
    return moved, ((_DENSE_TEXT, float(target[0]), float(target[1])),)


def _middle(outline: Outline) -> NDArray[np.float64]:
    """Return the middle of the largest part of an outline."""
    parts = outline.to_polygons(closed_only=False)
    largest = max(parts, key=lambda part: float(np.ptp(part, axis=0).prod()))
    return np.asarray(largest, np.float64).mean(axis=0)


class _Paper:
    """Puts longitudes and latitudes on the paper: a degree is as long both ways, and overseas lies beside."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.department = dict(zip(territory.codes, territory.department, strict=True))
        away = np.array([code.startswith(_OVERSEAS) for code in territory.department], bool)
        known = np.isfinite(territory.longitude) & np.isfinite(territory.latitude)
        home = known & ~away
        # Nothing is moved where all lies overseas: such a map shows one place as it is.
        self.moved: dict[str, tuple[NDArray[np.float64], NDArray[np.float64], float]] = {}
        latitudes = territory.latitude[home if home.any() else known]
        self.factor = float(np.cos(np.radians(latitudes.mean()))) if latitudes.size else 0.7
        if not home.any() or not (away & known).any():
            return
        raw = np.column_stack([territory.longitude, territory.latitude])
        low, high = (extreme(raw[home] * [self.factor, 1.0], axis=0) for extreme in (np.min, np.max))
        size = 0.12 * max(float((high - low).max()), 1.0)
        departments = sorted({territory.department[zone] for zone in np.flatnonzero(away & known)})
        for row, code in enumerate(departments):
            inside = np.array([name == code for name in territory.department]) & known
            centre = 0.5 * (raw[inside].min(axis=0) + raw[inside].max(axis=0))
            extent = max(float(np.ptp(raw[inside], axis=0).max()), 0.2)
            target = np.array([low[0] - 1.3 * size, high[1] - size * (0.6 + 1.45 * row)])
            self.moved[code] = (centre, target, 0.85 * size / extent)

    def place(self, coordinates: NDArray[np.float64], department: str) -> NDArray[np.float64]:
        """Return float64[n, 2] on the paper of longitudes and latitudes."""
        if department not in self.moved:
            return coordinates * [self.factor, 1.0]
        centre, target, scale = self.moved[department]
        narrow = float(np.cos(np.radians(centre[1])))
        return (coordinates - centre) * [narrow, 1.0] * scale + target

    def points(self) -> NDArray[np.float64]:
        """Return the points of all zones."""
        raw = np.column_stack([self.territory.longitude, self.territory.latitude])
        placed = self.place(raw, "")
        for code in self.moved:
            inside = np.array([name == code for name in self.territory.department])
            placed[inside] = self.place(raw[inside], code)
        return placed

    def outline(self, geometry: Mapping[str, Any], department: str) -> Outline:
        """Return a polygon, or several, with their holes, as one path."""
        shapes = geometry["coordinates"]
        polygons = [shapes] if geometry["type"] == "Polygon" else shapes
        parts = [
            Outline(self.place(np.array(ring, np.float64)[:, :2], department), closed=True)
            for polygon in polygons
            for ring in polygon
        ]
        return Outline.make_compound_path(*parts)

    def insets(self) -> tuple[tuple[str, float, float], ...]:
        """Return the code of each part that was moved, and where to write it."""
        return tuple((code, float(target[0]), float(target[1])) for code, (_, target, _) in self.moved.items())
