"""The service place by place: outlines where there are any, circles where only points are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection, PathCollection
from matplotlib.patches import Patch, PathPatch
from numpy.typing import NDArray

from entraide.model.records import Outcome
from entraide.model.specification import Specification

from .drawing import BLUE, GRID, INK, MUTED, ORANGE, PAPER, Illustration, new_figure, percent_axis
from .locales import check_language, counted, joined, localised, number, percent
from .map_places import MOST_PLACES, Places, places_of
from .wording import span_text

__all__ = ["CLASSES", "SHADES", "service_map"]

# Upper limits of the classes, and their shades: dark to light, so that a photocopy tells them apart too.
CLASSES = (0.2, 0.4, 0.6, 0.8, 1.0)
SHADES = ("#123a5c", "#2a6f97", "#61a5c2", "#a9d6e5", "#e4f3f8")
UNDER_FLOOR = "////"
_DARK = "#10243a"
WORST = 5

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Needs met in time, place by place",
        "title_departments": "Needs met in time, department by department",
        "class": "{low} to {high}",
        "none": "nothing due",
        "under": "under the floor of {floor}",
        "caption": (
            "Share of needs met in time in each place, over {years} together. Hatched: under the floor. Numbered: "
            "the worst served. Small places still differ in part by chance: the verdict judges them together with "
            "their neighbours."
        ),
        "caption_departments": (
            "Share of needs met in time in each department, over {years} together: places are too many to be shown "
            "one by one. Hatched: under the floor as a whole. Numbered: the worst served. The verdict on "
            "universality judges smaller places."
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
        "title_departments": "Besoins satisfaits à temps, département par département",
        "class": "{low} à {high}",
        "none": "aucune échéance",
        "under": "sous le plancher de {floor}",
        "caption": (
            "Part des besoins satisfaits à temps dans chaque lieu, sur {years} ensemble. Hachures\u202f: sous le "
            "plancher. Numérotés\u202f: les moins bien servis. Les petits lieux diffèrent encore en partie par "
            "hasard\u202f: le verdict les juge avec leurs voisins."
        ),
        "caption_departments": (
            "Part des besoins satisfaits à temps dans chaque département, sur {years} ensemble\u202f: les lieux sont "
            "trop nombreux pour être montrés un par un. Hachures\u202f: sous le plancher dans l'ensemble. "
            "Numérotés\u202f: les moins bien servis. Le verdict sur l'égalité juge des lieux plus petits."
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
_DEPARTMENTS: Mapping[str, tuple[str, str]] = {
    "en": ("department", "departments"),
    "fr": ("département", "départements"),
}
_ARE: Mapping[str, tuple[str, str]] = {"en": ("is", "are"), "fr": ("est", "sont")}


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
    floor = float(specification.services[service].parameters["norm_zone_floor"])
    places = places_of(outcomes, specification, service, year)
    worst = _worst(places)
    days = min(365, specification.days - 365 * year)
    listed = [f"{_name(places, k, language)} ({percent(places.level[k], language)})" for k in worst]
    under = int((places.level < floor).sum())
    nouns = _DEPARTMENTS if places.departments else _ZONES
    values = {
        "years": span_text(len(outcomes), days, language),
        "zones": counted(len(places.codes), *nouns[language], language),
        "floor": percent(floor, language),
        "worst": joined(listed, language),
        "count": counted(under, *_ARE[language], language) if under else words["none_under"],
        "verdict": verdict,
    }
    if not places.drawable:
        return _bars(places, worst, floor, language, values)
    figure, (axes,) = new_figure(8.0, 5.6)
    figure.set_layout_engine("constrained", w_pad=0.16, h_pad=0.08)
    caption = words["caption_departments" if places.departments else "caption"].format(**values)
    for outline in places.background:
        axes.add_patch(PathPatch(outline, facecolor="none", edgecolor=GRID, linewidth=0.8, zorder=1))
    if places.outlines:
        _draw_outlines(axes, places, floor)
    else:
        _draw_circles(axes, places, floor)
        caption += " " + words["circles"]
    _frame(axes, places)
    _label(axes, worst, places, language)
    _legend(axes, places, floor, language)
    form = "alternative" if np.isfinite(places.level).any() else "nothing"
    return Illustration(
        name="map",
        figure=figure,
        title=words["title_departments" if places.departments else "title"],
        caption=caption,
        alternative=words[form].format(**values).strip(),
    )


def _worst(places: Places) -> list[int]:
    """Return the places with the lowest level; of equals, the most populated first."""
    known = np.flatnonzero(np.isfinite(places.level))
    order = known[np.lexsort((-places.people[known], places.level[known]))]
    return [int(place) for place in order[:WORST]]


def _name(places: Places, place: int, language: str) -> str:
    return localised(places.names[place], language)


def _class_of(level: float) -> int:
    """Return the class of a level: a limit itself belongs to the class above it, as a norm met exactly is met."""
    return int(np.searchsorted(CLASSES[:-1], level, side="right"))


def _face(level: float) -> str:
    return PAPER if np.isnan(level) else SHADES[_class_of(level)]


def _hatch_colour(level: float) -> str:
    return "#ffffff" if _class_of(level) <= 1 else "#123a5c"


def _draw_outlines(axes: Axes, places: Places, floor: float) -> None:
    plain, shades = [], []
    for code, level in zip(places.codes, places.level, strict=True):
        if code not in places.outlines:
            continue
        plain.append(PathPatch(places.outlines[code]))
        shades.append(_face(level))
        if level < floor:
            axes.add_patch(
                PathPatch(
                    places.outlines[code],
                    facecolor="none",
                    edgecolor=_hatch_colour(level),
                    hatch=UNDER_FLOOR,
                    linewidth=0,
                    zorder=3,
                )
            )
    axes.add_collection(PatchCollection(plain, facecolors=shades, edgecolors=MUTED, linewidths=0.35, zorder=2))


def _draw_circles(axes: Axes, places: Places, floor: float) -> None:
    # The largest first, so that small places stay visible on top of them.
    known = np.flatnonzero(np.isfinite(places.points).all(axis=1))
    known = known[np.argsort(-places.people[known], kind="stable")]
    people = places.people[known]
    many = known.size > MOST_PLACES
    sizes = np.clip(900.0 * people / max(1, people.max()), 3.0 if many else 12.0, None)
    for under in (False, True):
        chosen = (places.level[known] < floor) == under
        if not chosen.any():
            continue
        drawn: PathCollection = axes.scatter(
            places.points[known][chosen, 0],
            places.points[known][chosen, 1],
            s=sizes[chosen],
            c=[_face(places.level[place]) for place in known[chosen]],
            edgecolors=INK,
            linewidths=0.5,
            zorder=2 + under,
            rasterized=many,
        )
        # Circles of a few pixels have no room for hatching: with many, the shade alone tells.
        if under and not many:
            drawn.set_hatch(UNDER_FLOOR)


def _frame(axes: Axes, places: Places) -> None:
    axes.set_aspect("equal")
    axes.autoscale_view()
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.margins(0.04)
    for code, x, y in places.insets:
        axes.annotate(
            code,
            (x, y),
            xytext=(-26, 0),
            textcoords="offset points",
            fontsize=7.5,
            color=MUTED,
            ha="right",
            va="center",
        )


def _label(axes: Axes, worst: Sequence[int], places: Places, language: str) -> None:
    """Number the worst-served places on the map and name them beside it, so that no name covers a place."""
    listed = []
    shown = [place for place in worst if np.isfinite(places.points[place]).all()]
    spots = _apart(places.points[shown], places.points[np.isfinite(places.points).all(axis=1)])
    for rank, (place, spot) in enumerate(zip(shown, spots, strict=True), start=1):
        # On shades that do not follow the page's light and dark, nor may what is drawn over them.
        for colour, width in (("#ffffff", 2.6), (_DARK, 0.9)):
            axes.plot(*np.transpose([places.points[place], spot]), color=colour, linewidth=width, zorder=6)
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
        listed.append(f"{rank}. {_name(places, place, language)}, {percent(places.level[place], language)}")
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


def _apart(spots: NDArray[np.float64], everywhere: NDArray[np.float64]) -> NDArray[np.float64]:
    """Set markers beside their places, and apart where they would cover each other; float64[n, 2]."""
    extent = float(np.ptp(everywhere, axis=0).max()) if len(everywhere) else 0.0
    least = 0.05 * extent if extent > 0 else 0.05
    placed = spots + 0.6 * least
    for _ in range(60):
        for first in range(len(placed)):
            for second in range(first):
                gap = placed[first] - placed[second]
                distance = float(np.hypot(*gap))
                if distance < least:
                    direction = gap / distance if distance > 0 else np.array([1.0, 0.0])
                    placed[first] += 0.5 * (least - distance) * direction
                    placed[second] -= 0.5 * (least - distance) * direction
    return placed


def _legend(axes: Axes, places: Places, floor: float, language: str) -> None:
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
    if np.isnan(places.level).any():
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


def _bars(places: Places, worst: Sequence[int], floor: float, language: str, values: Mapping[str, str]) -> Illustration:
    """Draw the worst-served places as bars where no map can be drawn."""
    words = _WORDS[language]
    figure, (axes,) = new_figure(8.0, 0.9 + 0.4 * max(1, len(worst)))
    axes.barh(range(len(worst)), [places.level[place] for place in worst], color=BLUE, height=0.6)
    axes.set_yticks(range(len(worst)), [_name(places, place, language) for place in worst])
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
