"""What a design changes, drawn: the band of each *difference*, never two ribbons that overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from entraide.experiments.comparison import Difference
from entraide.experiments.result_comparison import ResultComparison

from .comparison_sentences import comparison_verdict, measure_name, verdict_word
from .drawing import BLUE, GRID, INK, MUTED, ORANGE, Illustration, new_figure
from .locales import check_language, money, number
from .wording import ENDING, span_text

__all__ = ["differences"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What “{candidate}” changes compared with “{baseline}”",
        "points": "difference in points",
        "cost": "difference in cost, per year; cheaper to the left",
        "caption": "Bars: the band of the difference over {years} of each design, on the same chance. Grey: too small "
        "to matter. A band that crosses zero and leaves the grey cannot tell, {ending}.",
        "none": "no value",
    },
    "fr": {
        "title": "Ce que «\u202f{candidate}\u202f» change par rapport à «\u202f{baseline}\u202f»",
        "points": "écart en points",
        "cost": "écart de coût, par an\u202f; moins cher à gauche",
        "caption": "Barres\u202f: la fourchette de l'écart sur {years} de chaque projet, avec le même hasard. En "
        "gris\u202f: trop petit pour compter. Une fourchette qui traverse zéro et sort du gris ne tranche pas, "
        "{ending}.",
        "none": "sans valeur",
    },
}
# The mark says the verdict where colours are not seen.
_MARKS = {"better": "^", "worse": "v", "no_difference_that_matters": "s", "cannot_tell": "o"}
_COLOURS = {"better": BLUE, "worse": ORANGE, "no_difference_that_matters": MUTED, "cannot_tell": INK}


def differences(compared: ResultComparison, language: str = "en") -> Illustration:
    """Draw each difference with its band: shares and probabilities in one panel, the cost in another."""
    words = _WORDS[check_language(language)]
    comparison = compared.comparison
    shares = [each for each in comparison.differences if each.measure.kind == "event" or each.measure.unit == "share"]
    costs = [each for each in comparison.differences if each.measure.unit == "EUR"]
    height = 1.6 + 0.42 * (len(shares) + len(costs))
    ratios = [max(1, len(shares)), max(1, len(costs))]
    figure, panels = new_figure(8.0, height, rows=2, gridspec_kw={"height_ratios": ratios})
    _draw(panels[0], shares, language, 100.0)
    _draw(panels[1], costs, language, 1.0)
    panels[0].xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language, _digits(panels[0]))))
    panels[1].xaxis.set_major_formatter(FuncFormatter(lambda value, _: money(value, language)))
    panels[0].set_xlabel(words["points"])
    panels[1].set_xlabel(words["cost"])
    pairs = max((each.pairs for each in comparison.differences), default=0)
    days = min(365, compared.candidate.specification.days - 365 * compared.year)
    return Illustration(
        name="differences",
        figure=figure,
        title=words["title"].format(baseline=comparison.baseline, candidate=comparison.candidate),
        caption=words["caption"].format(years=span_text(pairs, days, language), ending=ENDING[language]),
        alternative=comparison_verdict(compared, language).replace("\n", " "),
    )


def _digits(axes: Axes) -> int:
    low, high = axes.get_xlim()
    return 0 if high - low > 5.0 else 1


def _draw(axes: Axes, found: Sequence[Difference], language: str, scale: float) -> None:
    axes.axvline(0.0, color=MUTED, linewidth=1.0)
    axes.grid(True, axis="x", color=GRID, linewidth=0.7)
    for row, each in enumerate(found):
        smallest = each.smallest_difference * scale
        axes.barh(row, 2.0 * smallest, left=-smallest, height=0.8, color=GRID, alpha=0.6, zorder=0)
        if each.difference is None:
            axes.annotate(_WORDS[language]["none"], (0.0, row), fontsize=8, color=INK, va="center")
            continue
        colour = _COLOURS[each.verdict]
        if each.band is not None:
            axes.plot([each.band.low * scale, each.band.high * scale], [row, row], color=colour, linewidth=2.4)
        axes.plot(each.difference * scale, row, marker=_MARKS[each.verdict], color=colour, markersize=7)
    labels = [f"{_name(each, language)}\n{verdict_word(each.verdict, language)}" for each in found]
    axes.set_yticks(range(len(found)), labels, fontsize=8)
    axes.set_ylim(max(1, len(found)) - 0.5, -0.5)


def _name(each: Difference, language: str) -> str:
    name = measure_name(each.measure.name, language)
    if each.measure.kind != "event":
        return name
    return f"{name} broken" if language == "en" else f"{name}\u202f: rupture"
