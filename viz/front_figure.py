"""Designs by cost and by each risk, those that no other dominates filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entraide.experiments.analysis.front import Front

from .drawing import BLUE, INK, MUTED, PAPER, Illustration, new_figure, number_axis, percent_axis
from .front_sentences import front_sentences
from .locales import check_language, localised, money, number, percent
from .wording import colon, risk_name, semicolon, years_noun

__all__ = ["FrontMark", "draw_front", "front_figure", "front_in_words"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Risks and cost of the designs",
        "cost": "Cost, thousand € a year",
        "axis": "Norm broken, share of {years}",
        "caption": "{names}. Filled: no other design has as few {years} with a broken norm on each risk and as low a "
        "cost, and less of one of them; hollow: one has.",
    },
    "fr": {
        "title": "Risques et coût des dispositifs",
        "cost": "Coût, milliers d'€ par an",
        "axis": "Norme rompue, part des {years}",
        "caption": "{names}. Marque pleine : aucun autre dispositif n'a aussi peu de ruptures de chaque norme pour un "
        "coût aussi bas, et moins de l'un d'eux ; creuse : il y en a un.",
    },
}
# Marks nearer than these shares of a panel, across and up, would have their labels on each other.
_BESIDE, _ABOVE = 0.07, 0.05


@dataclass(frozen=True)
class FrontMark:
    """One design: what stands beside its marks, its name in words, EUR a year, share broken by risk, on the front."""

    label: str
    name: str
    cost: float
    risks: Mapping[str, float]
    nondominated: bool


def front_figure(front: Front, language: str = "en") -> Illustration:
    """Draw designs that were run on the same chance, by number; the caption says which is which."""
    words = _WORDS[check_language(language)]
    marks = [
        FrontMark(
            number(place, language),
            each.name,
            each.cost,
            {risk: count / front.replicates for risk, count in each.broken.items()},
            each.nondominated,
        )
        for place, each in enumerate(front.designs, start=1)
    ]
    names = f"{semicolon(language)} ".join(f"{mark.label}{colon(language)} {mark.name}" for mark in marks)
    years = years_noun(front.days, language)[1]
    return draw_front(
        marks,
        language,
        axis=localised(words["axis"].format(years=years), language),
        caption=localised(words["caption"].format(names=names, years=years), language),
        told=" ".join(front_sentences(front, language)),
    )


def draw_front(marks: Sequence[FrontMark], language: str, *, axis: str, caption: str, told: str) -> Illustration:
    """Draw cost against each risk, a panel each.

    Parameters
    ----------
    marks : designs, all with the same risks.
    axis : what the shares are of.
    caption, told : how to read it, and its text alternative.
    """
    words = _WORDS[check_language(language)]
    risks = list(marks[0].risks)
    figure, panels = new_figure(8.0, 3.4, columns=len(risks), sharey=True)
    costs = [mark.cost / 1000.0 for mark in marks]
    span = max(max(costs) - min(costs), 1e-9)
    for axes, risk in zip(panels, risks, strict=True):
        placed: list[tuple[float, float, int]] = []
        for mark, x in sorted(zip(marks, costs, strict=True), key=lambda each: each[1]):
            y = mark.risks[risk]
            colour = BLUE if mark.nondominated else MUTED
            axes.plot(x, y, "o", color=colour if mark.nondominated else PAPER, markeredgecolor=colour, markersize=7)
            taken = {row for left, low, row in placed if abs(x - left) < _BESIDE * span and abs(y - low) < _ABOVE}
            row = min(set(range(len(taken) + 1)) - taken)
            placed.append((x, y, row))
            axes.annotate(
                mark.label,
                (x, y),
                xytext=(4, 4 + 9 * row),
                textcoords="offset points",
                fontsize=8,
                color=INK,
            )
        axes.set_title(risk_name(risk, language, capital=True), fontsize=10)
        axes.set_ylim(-0.04, 1.04)
        axes.margins(x=0.14)
        number_axis(axes, language, "x")
        percent_axis(axes, language)
    panels[0].set_ylabel(axis)
    panels[len(risks) // 2].set_xlabel(words["cost"])
    return Illustration(name="risks-and-cost", figure=figure, title=words["title"], caption=caption, alternative=told)


def front_in_words(marks: Sequence[FrontMark], language: str) -> str:
    """Return cost and risks of each design, one after the other."""
    told = [
        f"{mark.name}{colon(language)} {money(mark.cost, language)}, "
        + ", ".join(f"{risk_name(risk, language)} {percent(share, language)}" for risk, share in mark.risks.items())
        for mark in marks
    ]
    return f"{semicolon(language)} ".join(told)
