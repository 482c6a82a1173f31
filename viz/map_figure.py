"""The service place by place: outlines where there are any, circles where only points are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from numpy.typing import NDArray

from entraide.model.records import Outcome
from entraide.model.specification import Specification

from .drawing import BLUE, GRID, INK, ORANGE, Illustration, new_figure, percent_axis
from .locales import check_language, counted, joined, localised, percent
from .map_drawing import HATCHING, SHADES, Scale, beside_text, draw_shapes, frame, legend, legend_patch
from .map_numbers import number_places
from .map_places import Places, places_of
from .wording import left_out_text, together_text

__all__ = ["CLASSES", "SHADES", "service_map"]

# Upper limits of the classes.
CLASSES = (0.2, 0.4, 0.6, 0.8, 1.0)
FIFTHS = Scale((0.0, *CLASSES), SHADES)
# Widths of classes where they follow what there is to tell apart.
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
WORST = 5
# Beyond this, circles are of a few pixels, and are drawn as pixels.
MOST_CIRCLES = 2000

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Needs met in time, place by place",
        "title_departments": "Needs met in time, department by department",
        "class": "{low} to {high}",
        "none": "nothing due",
        "under": "under the floor of {floor}",
        "caption": (
            "Share of needs met in time in each place, {over}. Hatched: under the floor. Numbered: "
            "the worst served. Small places still differ in part by chance: the verdict judges them together with "
            "their neighbours."
        ),
        "caption_departments": (
            "Share of needs met in time in each department, {over}: places are too many to be shown one by one. "
            "Shades span what was found, the darkest the worst. Hatched: under the floor as a whole. Numbered: the "
            "worst served. The verdict on universality judges smaller places."
        ),
        "circles": "The area of a circle goes with the number of inhabitants; the smallest are larger, to be seen.",
        "alternative": "Map of {zones}: {count} under the floor of {floor}. The worst served: {worst}. {verdict}",
        "nothing": "Map of {zones}: nothing fell due anywhere. {verdict}",
        "no_map": "Bars of the worst served of {zones}: {worst}. {verdict}",
        "no_map_caption": ("This territory has neither outlines nor points: its worst-served places, {over}."),
        "none_under": "none is",
        "all_met": "none, all needs are met in time everywhere",
        "worst": "Worst served",
        "worst_on_the_map": "Worst served on the map",
    },
    "fr": {
        "title": "Besoins satisfaits à temps, lieu par lieu",
        "title_departments": "Besoins satisfaits à temps, département par département",
        "class": "{low} à {high}",
        "none": "aucune échéance",
        "under": "sous le plancher de {floor}",
        "caption": (
            "Part des besoins satisfaits à temps dans chaque lieu, {over}. Hachures\u202f: sous le "
            "plancher. Numérotés\u202f: les moins bien servis. Les petits lieux diffèrent encore en partie par "
            "hasard\u202f: le verdict les juge avec leurs voisins."
        ),
        "caption_departments": (
            "Part des besoins satisfaits à temps dans chaque département, {over}\u202f: les lieux sont trop nombreux "
            "pour être montrés un par un. Les teintes couvrent l'étendue observée, la plus sombre étant la pire. "
            "Hachures\u202f: sous le plancher dans l'ensemble. Numérotés\u202f: les moins bien servis. Le verdict sur "
            "l'égalité juge des lieux plus petits."
        ),
        "circles": (
            "L'aire d'un cercle suit le nombre d'habitants\u202f; les plus petits sont agrandis pour rester visibles."
        ),
        "alternative": (
            "Carte de {zones}\u202f: {count} sous le plancher de {floor}. Les moins bien servis\u202f: {worst}. "
            "{verdict}"
        ),
        "nothing": "Carte de {zones}\u202f: rien n'est arrivé à échéance, nulle part. {verdict}",
        "no_map": "Barres des moins bien servis de {zones}\u202f: {worst}. {verdict}",
        "no_map_caption": ("Ce territoire n'a ni contours ni points\u202f: ses lieux les moins bien servis, {over}."),
        "none_under": "aucun n'est",
        "all_met": "aucun, tous les besoins sont satisfaits à temps partout",
        "worst": "Les moins bien servis",
        "worst_on_the_map": "Les moins bien servis sur la carte",
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
        "over": together_text(len(outcomes), days, language),
        "zones": counted(len(places.codes), *nouns[language], language),
        "floor": percent(floor, language),
        "worst": joined(listed, language) if listed else words["all_met"],
        "count": counted(under, *_ARE[language], language) if under else words["none_under"],
        "verdict": verdict,
    }
    if not places.drawable:
        return _bars(places, worst, floor, language, values)
    figure, (axes,) = new_figure(8.0, 4.9 if places.departments else 5.6)
    figure.set_layout_engine("constrained", w_pad=0.16, h_pad=0.08)
    caption = words["caption_departments" if places.departments else "caption"].format(**values)
    for outline in places.background:
        axes.add_patch(PathPatch(outline, facecolor="none", edgecolor=GRID, linewidth=0.8, zorder=1))
    scale = _scale_of(places)
    radii = None
    if places.outlines:
        _draw_outlines(axes, places, floor, scale)
    else:
        radii = _draw_circles(axes, places, floor, scale)
        caption += " " + words["circles"]
    if places.departments:
        caption += beside_text(places, language)
    if places.without_outline:
        caption += " " + left_out_text(places.without_outline, language)
    frame(axes, places)
    named = [f"{_name(places, k, language)}, {percent(places.level[k], language)}" for k in worst]
    title = words["worst_on_the_map" if places.departments else "worst"]
    number_places(axes, worst, places, title, named, language, radii)
    _legend(axes, places, floor, scale, language)
    form = "alternative" if np.isfinite(places.level).any() else "nothing"
    return Illustration(
        name="map",
        figure=figure,
        title=words["title_departments" if places.departments else "title"],
        caption=caption,
        alternative=words[form].format(**values).strip(),
    )


def _worst(places: Places) -> list[int]:
    """Return the places with the lowest level; of equals, the most populated first. Served in full is never worst."""
    known = np.flatnonzero(places.level < 1.0)
    order = known[np.lexsort((-places.people[known], places.level[known]))]
    return [int(place) for place in order[:WORST]]


def _name(places: Places, place: int, language: str) -> str:
    return localised(places.names[place], language)


def _scale_of(places: Places) -> Scale:
    """Return the classes of a map: fifths; for departments, which are alike, the round steps that tell them apart."""
    known = places.level[np.isfinite(places.level)]
    if not places.departments or not known.size:
        return FIFTHS
    for step in STEPS:
        low, high = step * np.floor(known.min() / step + 1e-9), step * np.ceil(known.max() / step - 1e-9)
        classes = max(1, round((high - low) / step))
        if classes <= len(SHADES):
            low = min(float(low), 1.0 - step)
            limits = tuple(min(1.0, round(low + step * k, 6)) for k in range(classes + 1))
            chosen = np.linspace(0, len(SHADES) - 1, classes).round().astype(int) if classes > 1 else [len(SHADES) - 1]
            return Scale(limits, tuple(SHADES[k] for k in chosen))
    raise AssertionError("fifths hold every share")


def _draw_outlines(axes: Axes, places: Places, floor: float, scale: Scale) -> None:
    levels = dict(zip(places.codes, places.level, strict=True))
    shades = {code: scale.face(level) for code, level in levels.items()}
    hatched = {code: scale.hatching(level) for code, level in levels.items() if level < floor}
    draw_shapes(axes, [*places.outlines.items(), *places.enlarged.items()], shades, hatched)


def _draw_circles(axes: Axes, places: Places, floor: float, scale: Scale) -> NDArray[np.float64]:
    """Draw a circle for each place whose point is known, and return their radii in points; float64[P]."""
    # The largest first, so that small places stay visible on top of them.
    known = np.flatnonzero(np.isfinite(places.points).all(axis=1))
    known = known[np.argsort(-places.people[known], kind="stable")]
    people = places.people[known]
    many = known.size > MOST_CIRCLES
    # Where places are few there is room for circles in which hatching is seen.
    largest, least = np.clip(36000.0 / known.size, 900.0, 2600.0), np.clip(3600.0 / known.size, 12.0, 180.0)
    sizes = np.clip(largest * people / max(1, people.max()), 3.0 if many else least, None)
    levels = places.level[known]
    drawn = axes.scatter(
        places.points[known, 0],
        places.points[known, 1],
        s=sizes,
        c=[scale.face(level) for level in levels],
        edgecolors=INK,
        linewidths=[1.3 if level < floor and not many else 0.5 for level in levels],
        zorder=2,
        rasterized=many,
    )
    drawn.set_gid("places")
    # Circles of a few pixels have no room for hatching: with many, the shade alone tells.
    for row in np.flatnonzero(levels < floor) if not many else ():
        hatched = axes.scatter(
            places.points[known[row], 0],
            places.points[known[row], 1],
            s=sizes[row],
            facecolors="none",
            edgecolors=scale.hatching(levels[row]),
            linewidths=0.0,
            zorder=3,
        )
        hatched.set_hatch(HATCHING)
    radii = np.zeros(len(places.codes))
    radii[known] = 0.5 * np.sqrt(sizes)
    return radii


def _legend(axes: Axes, places: Places, floor: float, scale: Scale, language: str) -> None:
    words = _WORDS[language]
    ends = scale.ends(language)
    handles = [
        legend_patch(words["class"].format(low=ends[k], high=ends[k + 1]), scale.shades[k])
        for k in reversed(range(len(scale.shades)))
    ]
    # On a map whose classes lie above the floor nothing is hatched.
    if scale is FIFTHS or scale.limits[0] < floor:
        handles.append(legend_patch(words["under"].format(floor=percent(floor, language)), hatch=HATCHING))
    if np.isnan(places.level).any():
        handles.append(legend_patch(words["none"]))
    legend(axes, handles)


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
