"""Two designs: the band of each difference, and the difference through the year. Never two overlapping ribbons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import FuncFormatter, MaxNLocator

from entraide.experiments.comparison import Comparison, Difference
from entraide.experiments.result_comparison import ResultComparison
from entraide.model.risk.continuity import windowed_share

from .comparison_sentences import row_name, spoken_verdict
from .drawing import BLUE, GREEN, GRID, INK, MUTED, ORANGE, Illustration, date_axis, new_figure, number_axis
from .locales import check_language, counted, money, number, points
from .time_figures import WINDOW, daily, ribbon

__all__ = ["difference_through_time", "differences", "draw_differences"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Difference between the two designs",
        "points_axis": "Difference in points: new design minus baseline",
        "money_axis": "Difference in € a year",
        "caption": (
            "Point: difference seen over {pairs}. Bar: where the true difference lies, 95 times in 100. Grey: "
            "differences too small to matter. A bar that crosses the line at 0 and leaves the grey cannot tell. "
            "Measures marked ▲ are better when higher, the others when lower; what agents do in last "
            "resort is yours to judge."
        ),
        "alternative": "Points with bands of the differences: {list}.",
        "no_band": "no value",
        "time_title": "Difference day by day: needs met in time",
        "time_axis": "Points: new design minus baseline",
        "time_caption": (
            "Share of needs met in time over {window} days, new design minus baseline in the same simulated year. "
            "Line: median of {pairs}; ribbon: {ribbon}. Above 0 the new design serves better."
        ),
        "ribbon": "eight in ten of them",
        "ribbon_few": "from the lowest to the highest",
        "time_alternative": "Curve of the difference in needs met in time: median between {low} and {high} points.",
        "time_empty": "Nothing fell due: there is no curve.",
    },
    "fr": {
        "title": "Écart entre les deux dispositifs",
        "points_axis": "Écart en points\u202f: nouveau dispositif moins référence",
        "money_axis": "Écart en euros par an",
        "caption": (
            "Point\u202f: écart observé sur {pairs}. Barre\u202f: où se trouve le véritable écart, 95 fois sur 100. "
            "Gris\u202f: écarts trop petits pour compter. Une barre qui coupe la ligne 0 et sort du gris ne permet "
            "pas de trancher. Les mesures marquées ▲ sont meilleures quand elles sont plus hautes, les autres quand "
            "elles sont plus basses\u202f; de la part rendue par les agents en dernier recours, à vous de juger."
        ),
        "alternative": "Points avec bandes des écarts\u202f: {list}.",
        "no_band": "aucune valeur",
        "time_title": "Écart jour après jour\u202f: besoins satisfaits à temps",
        "time_axis": "Points\u202f: nouveau dispositif moins référence",
        "time_caption": (
            "Part des besoins satisfaits à temps sur {window} jours, nouveau dispositif moins référence dans la même "
            "année simulée. Trait\u202f: médiane de {pairs}\u202f; ruban\u202f: {ribbon}. Au-dessus de 0, le nouveau "
            "dispositif sert mieux."
        ),
        "ribbon": "huit sur dix",
        "ribbon_few": "de la plus basse à la plus haute",
        "time_alternative": (
            "Courbe de l'écart des besoins satisfaits à temps\u202f: médiane entre {low} et {high} points."
        ),
        "time_empty": "Rien n'est arrivé à échéance\u202f: il n'y a pas de courbe.",
    },
}
_PAIRS: Mapping[str, tuple[str, str]] = {
    "en": ("pair of simulated years on the same chance", "pairs of simulated years on the same chance"),
    "fr": ("paire d'années simulées avec les mêmes hasards", "paires d'années simulées avec les mêmes hasards"),
}
_VERDICT_COLOURS = {
    "better": GREEN,
    "worse": ORANGE,
    "no_difference_that_matters": MUTED,
    "cannot_tell": BLUE,
}
# Filled where the verdict is told, hollow where it cannot be.
_MARKERS = {"better": "^", "worse": "v", "no_difference_that_matters": "s", "cannot_tell": "o"}


def differences(comparison: Comparison, *, language: str = "en") -> Illustration:
    """Draw the band of every difference: shares in points, the cost in euros."""
    words = _WORDS[check_language(language)]
    in_points = [found for found in comparison.differences if found.measure.unit in ("1", "share")]
    in_money = [found for found in comparison.differences if found.measure.unit == "EUR"]
    groups = [(found, scale) for found, scale in ((in_points, 100.0), (in_money, 1.0)) if found]
    sizes = [0.7 + 0.38 * len(found) for found, _ in groups]
    figure, panels = new_figure(8.0, sum(sizes) + 0.4, rows=len(groups), height_ratios=sizes)
    for axes, (found, scale) in zip(panels, groups, strict=True):
        draw_differences(axes, found, scale, language)
        axes.set_xlabel(words["points_axis" if scale == 100.0 else "money_axis"])
    pairs = max((found.pairs for found in comparison.differences), default=0)
    listed = [_in_words(found, language) for found in comparison.differences]
    mark = "; " if language == "en" else "\u202f; "
    return Illustration(
        name="differences",
        figure=figure,
        title=words["title"],
        caption=words["caption"].format(pairs=counted(pairs, *_PAIRS[language], language)),
        alternative=words["alternative"].format(list=mark.join(listed)),
    )


def draw_differences(
    axes: Axes, found: Sequence[Difference], scale: float, language: str, labels: Sequence[str] = ()
) -> None:
    """Draw bands one under the other; ``labels`` stand beside them instead of the measures' names."""
    for row, difference in enumerate(found):
        smallest = difference.smallest_difference * scale
        axes.fill_betweenx([row - 0.42, row + 0.42], -smallest, smallest, color=GRID, linewidth=0, zorder=1)
        told = difference.verdict in ("better", "worse")
        # What is for the reader to judge has no colour of good or bad.
        plain = told and not difference.measure.judged
        colour = INK if plain else _VERDICT_COLOURS[difference.verdict]
        if difference.band is not None:
            axes.plot(
                [difference.band.low * scale, difference.band.high * scale],
                [row, row],
                color=colour,
                linewidth=2.4,
                solid_capstyle="butt",
                zorder=3,
            )
        if difference.difference is not None:
            hollow = difference.verdict == "cannot_tell"
            axes.plot(
                difference.difference * scale,
                row,
                marker="D" if plain else _MARKERS[difference.verdict],
                markersize=8,
                zorder=4,
                color="#ffffff" if hollow else colour,
                markeredgecolor=colour,
                markeredgewidth=1.6,
            )
        axes.annotate(
            spoken_verdict(difference, language),
            (1.0, row),
            xycoords=("axes fraction", "data"),
            xytext=(8, 0),
            textcoords="offset points",
            fontsize=8.5,
            color=INK,
            va="center",
            annotation_clip=False,
        )
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=2)
    axes.set_yticks(range(len(found)), labels or [_label(difference, language) for difference in found])
    axes.set_ylim(len(found) - 0.5, -0.5)
    edge = max((abs(limit) for limit in axes.get_xlim()), default=1.0)
    axes.set_xlim(-1.05 * edge, 1.05 * edge)
    number_axis(axes, language, "x")
    # Amounts of money are long: more of them would touch.
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed_tick(value, language)))


def _signed_tick(value: float, language: str) -> str:
    text = number(round(value, 6), language, 0 if float(round(value, 6)).is_integer() else 1)
    return f"+{text}" if value > 0 else text


def _label(difference: Difference, language: str) -> str:
    name = row_name(difference.measure.name, language)
    text = name[:1].upper() + name[1:]
    words = text.split(" ")
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > 30:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines) + ("" if difference.measure.lower_is_better else " ▲")


def _in_words(difference: Difference, language: str) -> str:
    name = row_name(difference.measure.name, language)
    if difference.difference is None:
        return f"{name}, {_WORDS[language]['no_band']}"
    value = difference.difference
    if difference.measure.unit != "EUR" and abs(value) < 0.001:
        value = 0.0
    size = money(abs(value), language) if difference.measure.unit == "EUR" else points(value, language)
    sign = "" if value == 0 else ("+" if value > 0 else "\u2212")
    return f"{name} {sign}{size}, {spoken_verdict(difference, language)}"


def difference_through_time(compared: ResultComparison, *, language: str = "en") -> Illustration:
    """Draw the difference of needs met in time, day by day, over pairs of replicates."""
    words = _WORDS[check_language(language)]
    both = {outcome.replicate: outcome for outcome in compared.baseline.outcomes}
    new = [outcome for outcome in compared.candidate.outcomes if outcome.replicate in both]
    old = [both[outcome.replicate] for outcome in new]
    shares = [
        windowed_share(daily(outcomes, "due", place).T, daily(outcomes, "in_time", place).T, WINDOW).T
        for outcomes, place in (
            (new, compared.candidate.place_of(compared.service)),
            (old, compared.baseline.place_of(compared.service)),
        )
    ]
    band = ribbon(100.0 * (shares[0] - shares[1]))
    specification = compared.candidate.specification
    figure, (axes,) = new_figure(8.0, 3.3)
    dates = float(date2num(specification.start)) + np.arange(specification.days, dtype=np.float64)
    axes.fill_between(dates, band.low, band.high, color=BLUE, alpha=0.22, linewidth=0)
    axes.plot(dates, band.middle, color=BLUE, linewidth=1.8)
    axes.axhline(0.0, color=INK, linewidth=1.0)
    axes.set_ylabel(words["time_axis"])
    # Where nothing differs the axis would otherwise magnify the nothing.
    low, high = axes.get_ylim()
    axes.set_ylim(min(-1.0, low), max(1.0, high))
    number_axis(axes, language)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed_tick(value, language)))
    date_axis(axes, specification.start, specification.days, language)
    known = band.middle[~np.isnan(band.middle)]
    pairs = counted(len(new), *_PAIRS[language], language)
    return Illustration(
        name="difference-through-time",
        figure=figure,
        title=words["time_title"],
        caption=words["time_caption"].format(
            window=WINDOW, pairs=pairs, ribbon=words["ribbon" if len(new) >= 5 else "ribbon_few"]
        ),
        alternative=words["time_alternative"].format(
            low=number(float(known.min()), language, 1), high=number(float(known.max()), language, 1)
        )
        if known.size
        else words["time_empty"],
    )
