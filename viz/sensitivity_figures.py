"""Indices drawn: first and total order as two marks with their intervals, or Morris's mu* against sigma."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from entraide.experiments.analysis.sensitivity import Effect, Sensitivity, SobolIndex

from .drawing import BLUE, INK, MUTED, ORANGE, PAPER, Illustration, new_figure, number_axis
from .locales import check_language, localised
from .sensitivity_sentences import sensitivity_sentences
from .study_words import factor_name, output_name

__all__ = ["sensitivity_figure"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "sobol_title": "What moves the {output}",
        "sobol_axis": "Share of the variance",
        "morris_title": "What moves the {output}, and on what that depends",
        "first": "alone (first order)",
        "total": "together with others (total order)",
        "chance": "chance",
        "lever": "Levers",
        "assumption": "Assumptions",
        "caption": "Square: share of the variance that goes with the factor alone. Circle: with the factor and all it "
        "does together with others. Bars: 95 % intervals, by bootstrap over samples. Dotted line: what chance makes; "
        "a circle to the left of it says nothing.",
        "morris_x": "Size of the effect over the whole range (μ*{unit})",
        "morris_y": "How much it depends on the rest (σ{unit})",
        "morris_caption": "Each mark is a factor, with 95 % intervals: triangles are levers, circles assumptions. "
        "Further right: the factor moves more. Above the line: what it does depends on the other values, or changes "
        "along its range.",
        "points": ", points",
        "euros": ", €",
        "euros_thousand": ", thousand €",
    },
    "fr": {
        "sobol_title": "Ce qui fait varier : {output}",
        "sobol_axis": "Part de la variance",
        "morris_title": "Ce qui fait varier, et ce dont cela dépend : {output}",
        "first": "seul (premier ordre)",
        "total": "avec les autres (ordre total)",
        "chance": "hasard",
        "lever": "Leviers",
        "assumption": "Hypothèses",
        "caption": "Carré : part de la variance liée au facteur seul. Cercle : au facteur et à tout ce qu'il fait avec "
        "les autres. Barres : intervalles à 95 %, par rééchantillonnage. Pointillé : ce que fait le hasard ; un cercle "
        "à sa gauche ne dit rien.",
        "morris_x": "Taille de l'effet sur tout l'intervalle (μ*{unit})",
        "morris_y": "Dépendance au reste (σ{unit})",
        "morris_caption": "Chaque marque est un facteur, avec des intervalles à 95 % : les triangles sont les leviers, "
        "les cercles les hypothèses. Plus à droite : le facteur compte davantage. Au-dessus de la droite : son effet "
        "dépend des autres valeurs, ou change le long de son intervalle.",
        "points": ", points",
        "euros": ", €",
        "euros_thousand": ", milliers d'€",
    },
}


def sensitivity_figure(found: Sensitivity, language: str = "en") -> Illustration | None:
    """Draw the indices of one output, levers apart from assumptions; None where nothing varies."""
    if not found.ranked:
        return None
    words = {key: localised(text, language) for key, text in _WORDS[check_language(language)].items()}
    if found.sobol:
        return _sobol(found, words, language)
    return _morris(found, words, language)


def _told(found: Sensitivity, words: Mapping[str, str], kind: str, language: str) -> dict[str, str]:
    name = output_name(found.output, language)
    return {
        "name": f"{kind}-{found.output.replace('.', '-').replace('_', '-')}",
        "title": words[f"{kind}_title"].format(output=name),
        "alternative": " ".join(sensitivity_sentences(found, language)),
    }


def _sobol(found: Sensitivity, words: Mapping[str, str], language: str) -> Illustration:
    groups = [(kind, found.of_kind(kind)) for kind in ("lever", "assumption") if found.of_kind(kind)]
    sizes = [0.5 + 0.42 * len(entries) for _, entries in groups]
    figure, panels = new_figure(8.0, sum(sizes) + 0.9, rows=len(groups), height_ratios=sizes, sharex=True)
    for axes, (kind, entries) in zip(panels, groups, strict=True):
        for row, each in enumerate(entries):
            assert isinstance(each, SobolIndex)
            for index, shift, marker, colour in ((each.first, -0.16, "s", ORANGE), (each.total, 0.16, "o", BLUE)):
                axes.plot(
                    [max(-0.05, index.interval.low), index.interval.high], [row + shift] * 2, color=colour, linewidth=2
                )
                axes.plot(
                    index.value,
                    row + shift,
                    marker,
                    color=PAPER if marker == "s" else colour,
                    markeredgecolor=colour,
                    markeredgewidth=1.5,
                    markersize=7,
                    label=words["first" if marker == "s" else "total"] if row == 0 else None,
                )
        axes.set_yticks(range(len(entries)), [_wrapped(factor_name(each.factor, language)) for each in entries])
        axes.set_ylim(len(entries) - 0.5, -0.5)
        axes.set_title(words[kind], fontsize=10, loc="left")
        axes.axvline(0.0, color=INK, linewidth=0.9)
        if found.chance is not None:
            axes.axvline(found.chance.of_means, color=MUTED, linewidth=1.1, linestyle=":")
        number_axis(axes, language, "x")
    if found.chance is not None:
        panels[-1].annotate(
            words["chance"],
            (found.chance.of_means, len(groups[-1][1]) - 0.52),
            xytext=(3, 2),
            textcoords="offset points",
            fontsize=8,
            color=MUTED,
            va="bottom",
        )
    panels[-1].set_xlabel(words["sobol_axis"])
    highest = max(each.total.interval.high for each in found.sobol)
    panels[-1].set_xlim(-0.06, max(1.02, highest + 0.03))
    # Beside the title of the first panel: marks may lie anywhere in it.
    panels[0].legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=9, labelcolor=INK, borderpad=0.0
    )
    return Illustration(figure=figure, caption=words["caption"], **_told(found, words, "sobol", language))


def _morris(found: Sensitivity, words: Mapping[str, str], language: str) -> Illustration:
    figure, (axes,) = new_figure(8.0, 4.6)
    effects = [each for each in found.ranked if isinstance(each, Effect)]
    scale, unit = 1.0, ""
    if found.unit == "share":
        scale, unit = 100.0, words["points"]
    elif found.unit == "EUR":
        large = effects[0].size.value >= 20_000
        scale, unit = (1e-3, words["euros_thousand"]) if large else (1.0, words["euros"])
    for each in effects:
        lever = each.factor.kind == "lever"
        colour, marker = (ORANGE, "^") if lever else (BLUE, "o")
        x, y = scale * each.size.value, scale * each.spread.value
        axes.plot([scale * each.size.interval.low, scale * each.size.interval.high], [y, y], color=colour, alpha=0.45)
        axes.plot(
            [x, x], [scale * each.spread.interval.low, scale * each.spread.interval.high], color=colour, alpha=0.45
        )
        axes.plot(x, y, marker, color=colour, markersize=7)
    axes.set_xlim(left=0.0)
    axes.set_ylim(bottom=0.0)
    reach = min(axes.get_xlim()[1], axes.get_ylim()[1])
    axes.plot([0.0, reach], [0.0, reach], color=MUTED, linewidth=0.9, linestyle=(0, (5, 3)))
    _name_marks(
        axes, [(scale * e.size.value, scale * e.spread.value, factor_name(e.factor, language)) for e in effects]
    )
    axes.set_xlabel(words["morris_x"].format(unit=unit))
    axes.set_ylabel(words["morris_y"].format(unit=unit))
    for which in ("x", "y"):
        (axes.xaxis if which == "x" else axes.yaxis).set_major_locator(MaxNLocator(nbins=6))
        number_axis(axes, language, which)
    return Illustration(figure=figure, caption=words["morris_caption"], **_told(found, words, "morris", language))


def _name_marks(axes: Axes, marks: list[tuple[float, float, str]]) -> None:
    """Write names beside marks; those of a crowd near the corner are moved up, one above the other."""
    top = axes.get_ylim()[1]
    right = axes.get_xlim()[1]
    taken: list[tuple[float, float]] = []
    for x, y, name in sorted(marks, key=lambda each: (each[1], each[0])):
        height = y
        while any(abs(height - other) < 0.045 * top and abs(x - at) < 0.38 * right for at, other in taken):
            height += 0.045 * top
        taken.append((x, height))
        left = x > 0.62 * right
        axes.annotate(
            name,
            (x, y),
            xytext=(x - 0.015 * right if left else x + 0.015 * right, height),
            fontsize=8,
            color=INK,
            ha="right" if left else "left",
            va="center",
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.5} if height > y + 0.03 * top else None,
        )


def _wrapped(text: str, width: int = 34) -> str:
    from textwrap import fill

    return fill(text, width)
