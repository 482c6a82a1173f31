"""What breaks a design and what is worth knowing, drawn."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes

from entraide.experiments.analysis.designs import KEPT_IN
from entraide.experiments.analysis.discovery import Bound
from entraide.experiments.analysis.robust_study import Breaking, RobustStudy

from .drawing import BLUE, GREEN, GRID, INK, ORANGE, PAPER, Illustration, new_figure, number_axis
from .locales import joined, money, points
from .robust_sentences import bound_text
from .study_words import design_name, factor_name, range_text
from .wording import colon, risk_name, semicolon

__all__ = ["breaking_figure", "worth_figure"]

_MOST_FACTORS = 8


def breaking_figure(
    found: RobustStudy, each: Breaking, norm: str, words: Mapping[str, str], language: str
) -> Illustration:
    """Draw where a design breaks one norm or any ("all"): assumptions over their ranges, states, and the box."""
    box = each.found[norm].box
    assert box is not None
    place = next(i for i, design in enumerate(found.designs.designs) if design is each.design.design)
    table = found.designs.any_broken if norm == "all" else found.designs.broken[norm]
    broken = table[place] > 1.0 - KEPT_IN + 1e-9
    bounds = {bound.factor.key: bound for bound in box.bounds}
    ordered = [bound.factor for bound in box.bounds]
    ordered += [factor for factor in found.designs.assumptions if factor.key not in bounds]
    ordered = ordered[:_MOST_FACTORS]
    figure, (axes,) = new_figure(8.0, 0.9 + 0.55 * len(ordered))
    columns = {factor.key: column for column, factor in enumerate(found.designs.assumptions)}
    for row, factor in enumerate(ordered):
        axes.plot([0.0, 1.0], [row, row], color=GRID, linewidth=1.2, zorder=1)
        if factor.key in bounds:
            _shade(axes, row, bounds[factor.key])
        at = found.designs.state_points[:, columns[factor.key]]
        axes.plot(at[broken], np.full(broken.sum(), row - 0.17), "x", color=ORANGE, markersize=4.5, zorder=3)
        axes.plot(
            at[~broken],
            np.full((~broken).sum(), row + 0.17),
            "o",
            color="none",
            markeredgecolor=BLUE,
            markersize=4,
            zorder=3,
        )
    axes.set_yticks(
        range(len(ordered)),
        [fill(f"{factor_name(each, language)} ({range_text(each, language)})", 40) for each in ordered],
    )
    axes.set_ylim(len(ordered) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([])
    axes.set_xlabel(words["break_key"])
    title = words["break_title"].format(design=design_name(each.design.design, language))
    if norm != "all":
        title += f"{colon(language)} {risk_name(norm, language)}"
    bounds_told = joined([bound_text(bound, language) for bound in box.bounds], language)
    return Illustration(
        name=f"breaks-design-{each.design.design.number}" + ("" if norm == "all" else f"-{norm}"),
        figure=figure,
        title=title,
        caption=words["break_caption"],
        alternative=f"{title}. {bounds_told}.",
    )


def _shade(axes: Axes, row: int, bound: Bound) -> None:
    factor = bound.factor
    if factor.levels:
        width = 1.0 / len(factor.levels)
        for place, level in enumerate(factor.levels):
            if level in bound.levels:
                axes.fill_between([place * width, (place + 1) * width], row - 0.42, row + 0.42, color=GRID)
        return
    assert factor.low is not None
    assert factor.high is not None
    span = factor.high - factor.low
    low = 0.0 if bound.low is None else (bound.low - factor.low) / span
    high = 1.0 if bound.high is None else (bound.high - factor.low) / span
    axes.fill_between([low, high], row - 0.42, row + 0.42, color=GRID, linewidth=0, zorder=0)
    for end, cut in ((low, bound.low), (high, bound.high)):
        if cut is not None:
            axes.plot([end, end], [row - 0.42, row + 0.42], color=INK, linewidth=1.4, zorder=2)


def worth_figure(found: RobustStudy, name: str, words: Mapping[str, str], language: str) -> Illustration:
    """Draw what each assumption is worth knowing, for one loss."""
    known = found.information[name]
    worth = known.worth[:_MOST_FACTORS]
    scale = 100.0 if known.unit == "event" else 1.0
    figure, (axes,) = new_figure(8.0, 0.9 + 0.4 * len(worth))
    for row, each in enumerate(worth):
        axes.barh(
            row,
            scale * each.value,
            height=0.55,
            color=GREEN if each.surely else PAPER,
            edgecolor=GREEN,
            hatch=None if each.surely else "///",
        )
        axes.plot([scale * each.low, scale * each.high], [row, row], color=INK, linewidth=1.4)
        axes.plot(scale * each.by_chance, row, "x", color=ORANGE, markersize=7, markeredgewidth=1.8)
    axes.set_yticks(range(len(worth)), [fill(factor_name(each.factor, language), 34) for each in worth])
    axes.set_ylim(len(worth) - 0.5, -0.5)
    axes.set_xlim(left=0.0)
    axis = words["worth_axis" if known.unit == "event" else "worth_money"]
    axes.set_xlabel(f"{axis}\n{words['worth_key']}")
    number_axis(axes, language, "x")
    sentences = [
        f"{factor_name(each.factor, language)}{colon(language)} "
        + (points(each.value, language, 1) if known.unit == "event" else money(each.value, language))
        for each in worth
    ]
    return Illustration(
        name="worth-knowing" if name == "any" else "worth-knowing-in-euros",
        figure=figure,
        title=words["worth_title"],
        caption=words["worth_caption"],
        alternative=f"{semicolon(language)} ".join(sentences),
    )
