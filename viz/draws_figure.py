"""Ignorance beside chance: the margin to each norm, draw by draw, with the replicates of each draw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from entraide.experiments.ignorance import risk_spreads
from entraide.experiments.results import Result

from .drawing import BLUE, GRID, INK, MUTED, ORANGE, PAPER, Illustration, beside, new_figure
from .ignorance_sentences import draws_sentence, spread_sentence
from .kind_words import has_norm
from .locales import check_language, number
from .wording import colon, risk_name

__all__ = ["margins_by_draw"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What is not known, and what is chance",
        "axis": "Margin to the norm (points)",
        "draws": "Draws of parameters, by mean margin",
        "norm": "norm",
        "caption": (
            "One column for each draw of parameters, a mark for each simulation with it: a hollow circle where "
            "the norm is kept, a cross where it is broken; the bar is the draw's mean. Columns far apart: "
            "parameters that are not known decide. Marks far apart in one column: chance decides. The margin is "
            "how far the norm could be tightened, or would have to be loosened, for it to be just kept."
        ),
        "alternative": "Margins to the norm by draw of parameters.",
    },
    "fr": {
        "title": "Ce que l'on ignore, et ce qui est hasard",
        "axis": "Marge par rapport à la norme (points)",
        "draws": "Tirages de paramètres, par marge moyenne",
        "norm": "norme",
        "caption": (
            "Une colonne par tirage de paramètres, une marque par simulation\u202f: un cercle creux si la norme "
            "est tenue, une croix si elle ne l'est pas\u202f; le trait est la moyenne du tirage. Colonnes "
            "éloignées\u202f: ce sont les paramètres inconnus qui décident. Marques éloignées dans une "
            "colonne\u202f: c'est le hasard. La marge dit de combien la norme pourrait être durcie, ou devrait "
            "être assouplie, pour être tenue de justesse."
        ),
        "alternative": "Marges par rapport à la norme, par tirage de paramètres.",
    },
}


def margins_by_draw(
    result: Result, *, service: str | None = None, year: int = 0, language: str = "en"
) -> Illustration | None:
    """Draw the margins of one service in one year; None where draws cannot be compared or nothing has a margin."""
    words = _WORDS[check_language(language)]
    draws = result.draw_numbers()
    if draws is None or np.unique(draws).size < 2:
        return None
    risks, spreads = result.risks(service, year), risk_spreads(result, service, year)
    margins = result.margins(service, year)
    shown = [name for name, risk in risks.items() if has_norm(risk) and not np.isnan(margins[name]).all()]
    if not shown:
        return None
    figure, panels = new_figure(8.0, 2.9, columns=len(shown))
    told = []
    for axes, name in zip(panels, shown, strict=True):
        _panel(axes, 100.0 * margins[name], draws, language)
        axes.set_title(risk_name(name, language, capital=True), fontsize=10)
        said = f"{spread_sentence(spreads[name], language)} {draws_sentence(spreads[name], language)}".strip()
        told.append(f"{risk_name(name, language, capital=True)}{colon(language)} {said}")
    panels[0].set_ylabel(words["axis"])
    panels[len(shown) // 2].set_xlabel(words["draws"])
    return Illustration(
        name="ignorance-and-chance",
        figure=figure,
        title=words["title"],
        caption=words["caption"],
        alternative=" ".join([words["alternative"], *told]),
    )


def _panel(axes: Axes, margins: NDArray[np.float64], draws: NDArray[np.int64], language: str) -> None:
    known = ~np.isnan(margins)
    means = {int(draw): float(margins[known & (draws == draw)].mean()) for draw in np.unique(draws[known])}
    for place, draw in enumerate(sorted(means, key=lambda each: (means[each], each))):
        own = margins[known & (draws == draw)]
        axes.plot([place - 0.32, place + 0.32], [means[draw]] * 2, color=INK, linewidth=1.4, solid_capstyle="butt")
        # Side by side, so that equal margins are both seen.
        across = place + (np.linspace(-0.16, 0.16, own.size) if own.size > 1 else np.zeros(1))
        kept = own >= 0.0
        axes.plot(across[kept], own[kept], "o", color=PAPER, markeredgecolor=BLUE, markeredgewidth=1.3, markersize=5.5)
        axes.plot(across[~kept], own[~kept], "x", color=ORANGE, markeredgewidth=1.7, markersize=5.5)
    axes.axhline(0.0, color=MUTED, linewidth=1.1, linestyle=(0, (5, 3)))
    low, high = axes.get_ylim()
    reach = max(high - low, 1.0)
    axes.set_ylim(min(low, -0.12 * reach), max(high, 0.12 * reach))
    beside(axes, 0.0, _WORDS[language]["norm"], MUTED)
    axes.set_xlim(-0.7, len(means) - 0.3)
    axes.set_xticks([])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(round(value, 6), language, 0 if float(value).is_integer() else 1))
    )
    axes.grid(True, axis="y", color=GRID, linewidth=0.7)
