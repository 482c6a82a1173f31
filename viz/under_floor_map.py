"""Who lives under the floor, department by department: where the people are whom universality counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from entraide.experiments.results import OutcomeTable
from entraide.experiments.under_floor import department_counts

from .drawing import Illustration, new_figure
from .kind_words import kind_words
from .locales import check_language, counted, joined, localised, mean_share, number, percent
from .map_drawing import HATCHING, SHADES, Scale, beside_text, draw_shapes, frame, legend, legend_patch
from .map_numbers import number_places
from .map_places import Places, places_of
from .wording import left_out_text, together_text

__all__ = ["NOBODY", "floor_scale", "under_floor_map"]

# The colour of departments where nobody lives under the floor: lighter than any class, and no class of its own.
NOBODY = "#f7f7f4"
LARGEST = 5
# Inches: France is wider than high with what lies beside it.
HEIGHT = 4.9

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Who lives under the floor, department by department",
        "caption": (
            "Share of each department's inhabitants who live where {under_floor}, {over}. Altogether it is {share}, or "
            "{people} inhabitants.{chance} Hatched: more than {norm}, what the norm allows in the whole territory; it "
            "asks nothing of a department by itself. Numbered: where most of these people live. Small communes are "
            "judged together with their neighbours."
        ),
        "chance": " With the same mean service everywhere, chance alone would put {share} there.",
        "nobody": "nobody",
        "up_to": "up to {high}",
        "class": "{low} to {high}",
        "over": "over {low}",
        "hatched": "over the norm of {norm}",
        "none": "nothing due",
        "most": "Where most of them live",
        "listed": "{name}: {people} ({share})",
        "alternative": (
            "Map of {departments}: in {count} somebody lives under the floor, altogether {share} of the population. "
            "Where most of them live: {most}. {verdict}"
        ),
        "alternative_none": "Map of {departments}: nobody lives under the floor anywhere. {verdict}",
        "alternative_elsewhere": (
            "Map of {departments}: nobody lives under the floor in any of them; {share} of the population does, in "
            "departments that the map does not show. {verdict}"
        ),
    },
    "fr": {
        "title": "Qui vit sous le plancher, département par département",
        "caption": (
            "Part des habitants de chaque département qui vivent là où {under_floor}, {over}. En tout\u202f: {share}, "
            "soit {people} habitants.{chance} Hachures\u202f: plus de {norm}, ce que la norme admet sur l'ensemble du "
            "territoire\u202f; elle ne demande rien à un département pris seul. Numérotés\u202f: là où ces habitants "
            "sont les plus nombreux. Les petites communes sont jugées avec leurs voisines."
        ),
        "chance": " Si le service moyen était le même partout, le seul hasard y mettrait {share}.",
        "nobody": "personne",
        "up_to": "jusqu'à {high}",
        "class": "{low} à {high}",
        "over": "plus de {low}",
        "hatched": "au-delà de la norme de {norm}",
        "none": "aucune échéance",
        "most": "Où ils sont les plus nombreux",
        "listed": "{name}\u202f: {people} ({share})",
        "alternative": (
            "Carte de {departments}\u202f: dans {count}, des habitants vivent sous le plancher, en tout {share} de la "
            "population. Où ils sont les plus nombreux\u202f: {most}. {verdict}"
        ),
        "alternative_none": "Carte de {departments}\u202f: personne ne vit sous le plancher, nulle part. {verdict}",
        "alternative_elsewhere": (
            "Carte de {departments}\u202f: personne n'y vit sous le plancher. {share} de la population y vit ailleurs, "
            "dans des départements que la carte ne montre pas. {verdict}"
        ),
    },
}
_DEPARTMENTS = {"en": ("department", "departments"), "fr": ("département", "départements")}


def floor_scale(norm: float) -> Scale:
    """Return the classes of the share under the floor: about what the norm accepts, a fifth of it and four times it."""
    middle = norm if 0.0 < norm < 1.0 else 0.05
    limits = [0.0, middle / 5.0, middle, *(limit for limit in (4.0 * middle,) if limit < 1.0), 1.0]
    shades = tuple(reversed(SHADES))[1:] if len(limits) == 5 else (SHADES[3], SHADES[2], SHADES[0])
    return Scale(tuple(limits), shades)


def under_floor_map(
    table: OutcomeTable, *, service: str | None = None, year: int = 0, language: str = "en", verdict: str = ""
) -> Illustration | None:
    """Draw which share of each department's people lives under the floor; None where no map is by department.

    Parameters
    ----------
    verdict : the sentence on universality, for the text alternative.
    """
    words = _WORDS[check_language(language)]
    place = table.place_of(service)
    places = places_of(table.outcomes, table.specification, place, year)
    if not places.departments:
        return None
    counts = department_counts(table.outcomes, [table.specification_of(each) for each in table.outcomes], place, year)
    row = {code: k for k, code in enumerate(counts.codes)}
    rows = np.array([row[code] for code in places.codes])
    share, people = counts.share_under[rows], counts.under[rows]
    parameters = table.specification.services[place].parameters
    norm = float(parameters["norm_population_share"])
    scale = floor_scale(norm)
    figure, (axes,) = new_figure(8.8, HEIGHT)
    figure.set_layout_engine("constrained", w_pad=0.16, h_pad=0.08)
    shades = {
        code: NOBODY if value == 0.0 else scale.face(value) for code, value in zip(places.codes, share, strict=True)
    }
    hatched = {code: scale.hatching(value) for code, value in zip(places.codes, share, strict=True) if value > norm}
    draw_shapes(axes, [*places.outlines.items(), *places.enlarged.items()], shades, hatched)
    frame(axes, places)
    most = _most(share, people)
    named = [_listed(places, k, people, share, language) for k in most]
    number_places(axes, most, places, words["most"], named, language)
    _legend(axes, scale, norm, share, language)
    of_chance = ""
    if counts.by_chance is not None:
        of_chance = words["chance"].format(share=mean_share(_overall(counts.by_chance, counts.judged), language))
    values = {
        "departments": counted(len(places.codes), *_DEPARTMENTS[language], language),
        "count": number(int((people > 0).sum()), language),
        "share": mean_share(_overall(counts.under, counts.judged), language),
        "people": number(float(counts.under.sum()), language),
        "most": joined(named, language),
        "verdict": verdict,
    }
    kind = table.specification.services[place].kind
    caption = words["caption"].format(
        under_floor=kind_words(kind, language).under_floor.format(
            floor=percent(float(parameters["norm_zone_floor"]), language)
        ),
        over=together_text(len(table.outcomes), min(365, table.specification.days - 365 * year), language),
        chance=of_chance,
        norm=percent(norm, language),
        **values,
    )
    caption += beside_text(places, language)
    if places.without_outline:
        caption += " " + left_out_text(places.without_outline, language)
    return Illustration(
        name="map-under-floor",
        figure=figure,
        title=words["title"],
        caption=caption,
        alternative=words[_alternative(bool(most), float(counts.under.sum()))].format(**values).strip(),
    )


def _alternative(on_the_map: bool, people: float) -> str:
    """Return which text says what the map shows: people under the floor may all live where there is no outline."""
    return "alternative" if on_the_map else "alternative_elsewhere" if people > 0 else "alternative_none"


def _overall(part: NDArray[np.float64], whole: NDArray[np.float64]) -> float:
    total = float(whole.sum())
    return float(part.sum()) / total if total else float("nan")


def _most(share: NDArray[np.float64], people: NDArray[np.float64]) -> list[int]:
    """Return the departments where most people live under the floor; of equals, that with the larger share first."""
    order = np.lexsort((-np.nan_to_num(share), -people))
    return [int(place) for place in order[:LARGEST] if people[place] > 0]


def _listed(places: Places, place: int, people: NDArray[np.float64], share: NDArray[np.float64], language: str) -> str:
    return _WORDS[language]["listed"].format(
        name=localised(places.names[place], language),
        people=number(people[place], language),
        share=mean_share(share[place], language),
    )


def _legend(axes: Axes, scale: Scale, norm: float, share: NDArray[np.float64], language: str) -> None:
    words, ends = _WORDS[language], scale.ends(language)
    last = len(scale.shades) - 1
    labels = [
        words["up_to"].format(high=ends[1]),
        *(words["class"].format(low=ends[k], high=ends[k + 1]) for k in range(1, last)),
        words["over"].format(low=ends[last]),
    ]
    handles = [legend_patch(labels[k], scale.shades[k]) for k in reversed(range(last + 1))]
    handles.append(legend_patch(words["nobody"], NOBODY))
    handles.append(legend_patch(words["hatched"].format(norm=percent(norm, language)), hatch=HATCHING))
    if np.isnan(share).any():
        handles.append(legend_patch(words["none"]))
    legend(axes, handles)
