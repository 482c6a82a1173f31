"""The service place by place: outlines where there are any, circles where only points are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection, PathCollection
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from entraide.model.records import Outcome
from entraide.model.specification import Specification
from entraide.model.territory import Territory
from entraide.scenarios.outlines import DEPARTMENTS, outline_features

from .drawing import BLUE, GRID, INK, MUTED, ORANGE, PAPER, Illustration, new_figure, percent_axis
from .locales import check_language, counted, joined, localised, number, percent
from .wording import span_text

__all__ = ["CLASSES", "level_by_zone", "service_map"]

# Upper limits of the classes, and their shades: dark to light, so that a photocopy tells them apart too.
CLASSES = (0.2, 0.4, 0.6, 0.8, 1.0)
SHADES = ("#123a5c", "#2a6f97", "#61a5c2", "#a9d6e5", "#e4f3f8")
UNDER_FLOOR = "////"
_DARK = "#10243a"
WORST = 5
# Beyond this, circles are written as one picture inside the drawing: tens of thousands of shapes choke a browser.
MANY_CIRCLES = 2000

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Needs met in time, place by place",
        "class": "{low} to {high}",
        "none": "nothing due",
        "under": "under the floor of {floor}",
        "caption": (
            "Share of needs met in time in each place, over {years} together. Hatched: under the floor. Numbered: "
            "the worst served. Small places still differ in part by chance: the verdict judges them together with "
            "their neighbours."
        ),
        "circles": "The area of a circle goes with the number of inhabitants.",
        "alternative": "Map of {zones}: {count} under the floor of {floor}. The worst served: {worst}. {verdict}",
        "nothing": "Map of {zones}: nothing fell due anywhere. {verdict}",
        "no_map": "Bars of the worst served of {zones}: {worst}. {verdict}",
        "no_map_caption": (
            "This territory has neither outlines nor points: its worst-served places, over {years} together."
        ),
        "none_under": "none is",
        "worst": "Worst served",
    },
    "fr": {
        "title": "Besoins satisfaits à temps, lieu par lieu",
        "class": "{low} à {high}",
        "none": "aucune échéance",
        "under": "sous le plancher de {floor}",
        "caption": (
            "Part des besoins satisfaits à temps dans chaque lieu, sur {years} ensemble. Hachures\u202f: sous le "
            "plancher. Numérotés\u202f: les moins bien servis. Les petits lieux diffèrent encore en partie par "
            "hasard\u202f: le verdict les juge avec leurs voisins."
        ),
        "circles": "L'aire d'un cercle suit le nombre d'habitants.",
        "alternative": (
            "Carte de {zones}\u202f: {count} sous le plancher de {floor}. Les moins bien servis\u202f: {worst}. "
            "{verdict}"
        ),
        "nothing": "Carte de {zones}\u202f: rien n'est arrivé à échéance, nulle part. {verdict}",
        "no_map": "Barres des moins bien servis de {zones}\u202f: {worst}. {verdict}",
        "no_map_caption": (
            "Ce territoire n'a ni contours ni points\u202f: ses lieux les moins bien servis, sur {years} ensemble."
        ),
        "none_under": "aucun n'est",
        "worst": "Les moins bien servis",
    },
}
_ZONES: Mapping[str, tuple[str, str]] = {"en": ("place", "places"), "fr": ("lieu", "lieux")}
_ARE: Mapping[str, tuple[str, str]] = {"en": ("is", "are"), "fr": ("est", "sont")}


def level_by_zone(outcomes: Sequence[Outcome], service: int, year: int) -> NDArray[np.float64]:
    """Return by zone the share of needs met in time over all replicates; NaN where nothing was due."""
    due = np.sum([outcome.zone_year["due"][year, service] for outcome in outcomes], axis=0)
    in_time = np.sum([outcome.zone_year["in_time"][year, service] for outcome in outcomes], axis=0)
    level = np.full(due.shape, np.nan)
    np.divide(in_time, due, out=level, where=due > 0)
    return level


def service_map(
    outcomes: Sequence[Outcome],
    specification: Specification,
    *,
    service: int = 0,
    year: int = 0,
    language: str = "en",
    verdict: str = "",
) -> Illustration:
    """Draw how well each zone is served.

    Parameters
    ----------
    verdict : the sentence on universality, for the text alternative.
    """
    words = _WORDS[check_language(language)]
    territory = specification.territory
    floor = float(specification.services[service].parameters["norm_zone_floor"])
    level = level_by_zone(outcomes, service, year)
    worst = _worst(level, territory)
    days = min(365, specification.days - 365 * year)
    values = {
        "years": span_text(len(outcomes), days, language),
        "zones": counted(territory.zones, *_ZONES[language], language),
        "floor": percent(floor, language),
        "worst": joined([f"{_name(territory, z, language)} ({percent(level[z], language)})" for z in worst], language),
        "verdict": verdict,
    }
    under = int((level < floor).sum())
    values["count"] = counted(under, *_ARE[language], language) if under else words["none_under"]
    points = np.isfinite(territory.longitude) & np.isfinite(territory.latitude)
    features = outline_features(territory) if territory.outline else None
    zones_drawn = features is not None and territory.outline != DEPARTMENTS
    if not zones_drawn and not points.any():
        return _bars(level, worst, floor, territory, language, values)
    figure, (axes,) = new_figure(8.0, 5.6)
    figure.set_layout_engine("constrained", w_pad=0.16, h_pad=0.08)
    caption = words["caption"].format(**values)
    if zones_drawn:
        assert features is not None
        _draw_outlines(axes, features, level, floor, territory)
    else:
        if features is not None:
            _draw_background(axes, features)
        _draw_circles(axes, level, floor, territory, points)
        caption += " " + words["circles"]
    places = _centres(features if zones_drawn else None, territory)
    _frame(axes, places)
    _label(axes, worst, places, level, territory, language)
    _legend(axes, level, floor, language)
    form = "alternative" if np.isfinite(level).any() else "nothing"
    return Illustration(
        name="map",
        figure=figure,
        title=words["title"],
        caption=caption,
        alternative=words[form].format(**values).strip(),
    )


def _worst(level: NDArray[np.float64], territory: Territory) -> list[int]:
    """Return the zones with the lowest level; of equals, the most populated first."""
    known = np.flatnonzero(np.isfinite(level))
    order = known[np.lexsort((-territory.population[known], level[known]))]
    return [int(zone) for zone in order[:WORST]]


def _name(territory: Territory, zone: int, language: str) -> str:
    return localised(territory.names[zone] or territory.codes[zone], language)


def _class_of(level: float) -> int:
    """Return the class of a level: a limit itself belongs to the class above it, as a norm met exactly is met."""
    return int(np.searchsorted(CLASSES[:-1], level, side="right"))


def _face(level: float) -> str:
    return PAPER if np.isnan(level) else SHADES[_class_of(level)]


def _hatch_colour(level: float) -> str:
    return "#ffffff" if _class_of(level) <= 1 else "#123a5c"


def _stretch(territory: Territory) -> float:
    """Return how much shorter a degree of longitude is than one of latitude there."""
    latitudes = territory.latitude[np.isfinite(territory.latitude)]
    return float(1.0 / np.cos(np.radians(latitudes.mean()))) if latitudes.size else 1.0


def _rings(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    shapes = geometry["coordinates"]
    return [shapes] if geometry["type"] == "Polygon" else shapes


def _outline_of(geometry: dict[str, Any]) -> Outline:
    """Return a polygon with its holes as one path."""
    parts = [Outline(np.array(ring)[:, :2], closed=True) for shape in _rings(geometry) for ring in shape]
    return Outline.make_compound_path(*parts)


def _draw_outlines(
    axes: Axes, features: dict[str, Any], level: NDArray[np.float64], floor: float, territory: Territory
) -> None:
    place = {code: zone for zone, code in enumerate(territory.codes)}
    plain, shades = [], []
    for feature in features["features"]:
        zone = place.get(feature["properties"]["code"])
        if zone is None:
            continue
        patch = PathPatch(_outline_of(feature["geometry"]))
        plain.append(patch)
        shades.append(_face(level[zone]))
        if level[zone] < floor:
            axes.add_patch(
                PathPatch(
                    patch.get_path(),
                    facecolor="none",
                    edgecolor=_hatch_colour(level[zone]),
                    hatch=UNDER_FLOOR,
                    linewidth=0,
                    zorder=3,
                )
            )
    axes.add_collection(PatchCollection(plain, facecolors=shades, edgecolors=MUTED, linewidths=0.35, zorder=2))
    axes.set_aspect(_stretch(territory))


def _draw_background(axes: Axes, features: dict[str, Any]) -> None:
    patches = [PathPatch(_outline_of(feature["geometry"])) for feature in features["features"]]
    axes.add_collection(PatchCollection(patches, facecolors="none", edgecolors=GRID, linewidths=0.8, zorder=1))


def _draw_circles(
    axes: Axes, level: NDArray[np.float64], floor: float, territory: Territory, points: NDArray[np.bool_]
) -> None:
    # The largest first, so that small places stay visible on top of them.
    zones = np.flatnonzero(points)
    zones = zones[np.argsort(-territory.population[zones], kind="stable")]
    people = territory.population[zones]
    sizes = np.clip(900.0 * people / max(1, people.max()), 12.0, None)
    for under in (False, True):
        chosen = (level[zones] < floor) == under
        if not chosen.any():
            continue
        drawn: PathCollection = axes.scatter(
            territory.longitude[zones][chosen],
            territory.latitude[zones][chosen],
            s=sizes[chosen],
            c=[_face(level[z]) for z in zones[chosen]],
            edgecolors=INK,
            linewidths=0.5,
            zorder=2 + under,
            rasterized=zones.size > MANY_CIRCLES,
        )
        if under:
            drawn.set_hatch(UNDER_FLOOR)
    axes.set_aspect(_stretch(territory))


def _centres(features: dict[str, Any] | None, territory: Territory) -> NDArray[np.float64]:
    """Return a point for each zone, float64[Z, 2]: its own, or the middle of its outline."""
    places = np.column_stack([territory.longitude, territory.latitude])
    if features is not None:
        position = {code: zone for zone, code in enumerate(territory.codes)}
        for feature in features["features"]:
            zone = position.get(feature["properties"]["code"])
            if zone is not None and not np.isfinite(places[zone]).all():
                places[zone] = np.array(_rings(feature["geometry"])[0][0])[:, :2].mean(axis=0)
    return places


def _frame(axes: Axes, places: NDArray[np.float64]) -> None:
    axes.autoscale_view()
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.margins(0.04)


def _label(
    axes: Axes,
    worst: Sequence[int],
    places: NDArray[np.float64],
    level: NDArray[np.float64],
    territory: Territory,
    language: str,
) -> None:
    """Number the worst-served zones on the map and name them beside it, so that no name covers a place."""
    listed = []
    shown = [zone for zone in worst if np.isfinite(places[zone]).all()]
    spots = _apart(places[shown], places[np.isfinite(places).all(axis=1)], _stretch(territory))
    for rank, (zone, spot) in enumerate(zip(shown, spots, strict=True), start=1):
        # On shades that do not follow the page's light and dark, nor may what is drawn over them.
        for colour, width in (("#ffffff", 2.6), (_DARK, 0.9)):
            axes.plot(*np.transpose([places[zone], spot]), color=colour, linewidth=width, zorder=6)
        axes.plot(
            *spot, marker="o", markersize=13, color="#ffffff", markeredgecolor=_DARK, markeredgewidth=1.0, zorder=7
        )
        axes.annotate(
            number(rank, language),
            tuple(spot),
            fontsize=8.5,
            fontweight="bold",
            color=_DARK,
            ha="center",
            va="center_baseline",
            zorder=8,
        )
        listed.append(f"{rank}. {_name(territory, zone, language)}, {percent(level[zone], language)}")
    if listed:
        text = "\n".join([_WORDS[language]["worst"], *listed])
        axes.annotate(
            text,
            (1.02, 1.0),
            xycoords="axes fraction",
            fontsize=8.5,
            color=INK,
            va="top",
            ha="left",
            linespacing=1.6,
            annotation_clip=False,
        )


def _apart(spots: NDArray[np.float64], everywhere: NDArray[np.float64], stretch: float) -> NDArray[np.float64]:
    """Set markers beside their places, and apart where they would cover each other; float64[n, 2]."""
    scale = np.array([1.0, stretch])
    extent = np.ptp(everywhere * scale, axis=0).max() if len(everywhere) else 0.0
    least = 0.05 * extent if extent > 0 else 0.05
    placed = spots * scale + 0.6 * least
    for _ in range(60):
        for first in range(len(placed)):
            for second in range(first):
                gap = placed[first] - placed[second]
                distance = float(np.hypot(*gap))
                if distance < least:
                    direction = gap / distance if distance > 0 else np.array([1.0, 0.0])
                    placed[first] += 0.5 * (least - distance) * direction
                    placed[second] -= 0.5 * (least - distance) * direction
    return placed / scale


def _legend(axes: Axes, level: NDArray[np.float64], floor: float, language: str) -> None:
    words = _WORDS[language]
    limits = (0.0, *CLASSES)
    handles = [
        Patch(
            facecolor=SHADES[k],
            edgecolor=MUTED,
            linewidth=0.5,
            label=words["class"].format(low=percent(limits[k], language), high=percent(limits[k + 1], language)),
        )
        for k in reversed(range(len(CLASSES)))
    ]
    handles.append(
        Patch(
            facecolor=PAPER,
            edgecolor=MUTED,
            hatch=UNDER_FLOOR,
            linewidth=0.5,
            label=words["under"].format(floor=percent(floor, language)),
        )
    )
    if np.isnan(level).any():
        handles.append(Patch(facecolor=PAPER, edgecolor=MUTED, linewidth=0.5, label=words["none"]))
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(1.0, 0.0),
        fontsize=8.5,
        frameon=False,
        labelcolor=INK,
        handleheight=1.1,
    )


def _bars(
    level: NDArray[np.float64],
    worst: Sequence[int],
    floor: float,
    territory: Territory,
    language: str,
    values: dict[str, str],
) -> Illustration:
    """Draw the worst-served zones as bars where no map can be drawn."""
    words = _WORDS[language]
    figure, (axes,) = new_figure(8.0, 0.9 + 0.4 * max(1, len(worst)))
    axes.barh(range(len(worst)), [level[zone] for zone in worst], color=BLUE, height=0.6)
    axes.set_yticks(range(len(worst)), [_name(territory, zone, language) for zone in worst])
    axes.invert_yaxis()
    axes.axvline(floor, color=ORANGE, linestyle=(0, (5, 3)))
    axes.set_xlim(0.0, 1.0)
    percent_axis(axes, language, "x")
    form = "no_map" if worst else "nothing"
    return Illustration(
        name="map",
        figure=figure,
        title=words["title"],
        caption=words["no_map_caption"].format(**values),
        alternative=words[form].format(**values).strip(),
    )
