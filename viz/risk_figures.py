"""The three risks and the cost, beside the administration alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from entraide.experiments.counterfactual import AdministrationAlone
from entraide.experiments.measures import yearly_cost
from entraide.experiments.results import OutcomeTable, Result, RiskResult
from entraide.model.records import Outcome
from entraide.model.risk.calendar import DAYS_PER_YEAR
from entraide.model.specification import Specification

from .alone_sentences import alone_name
from .drawing import (
    BLUE,
    GREEN,
    GRID,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    PINK,
    SKY,
    Illustration,
    new_figure,
    number_axis,
    percent_axis,
)
from .locales import check_language, joined, money, number, percent
from .wording import PARTICIPATORY, colon, cost_kinds, mean_text, risk_name, semicolon, span_text, years_noun

__all__ = ["costs_beside", "costs_by_kind", "designs_of", "risks_beside"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "risks_title": "Three risks, beside the administration alone",
        "risks_title_designs": "Three risks, design by design",
        "year": "year {number}",
        "risks_axis": "Share of {noun} in which the norm is broken",
        "risks_caption": (
            "Point: share of {years} in which the risk's event happened. Bar: where the true probability lies, 95 "
            "times in 100 (Wilson's interval). Shape and colour tell the designs apart."
        ),
        "risks_caption_draws": (
            "Point: share of {years} in which the risk's event happened. Bar: where the true probability lies, 95 "
            "times in 100, whether for chance or for parameters that are not known. Shape and colour tell the "
            "designs apart."
        ),
        "few_caption": "Point: count among {years}, too few for a probability or an interval.",
        "one_caption": "In the one {year}; a single one tells no probability. Shape and colour tell the designs apart.",
        "one_axis": "In the one {year} the norm is",
        "kept": "kept",
        "broken": "broken",
        "risks_alternative": "Points with intervals. {list}.",
        "costs_title": "Cost per year, by kind",
        "costs_axis": "Million € a year",
        "costs_axis_small": "€ a year",
        "costs_caption": "{over}. Costs per unit are assumptions of the scenario.",
        "costs_alternative": "Stacked bars of the cost per year: {list}.",
        "no_value": "no value",
    },
    "fr": {
        "risks_title": "Trois risques, à côté de l'administration seule",
        "risks_title_designs": "Trois risques, dispositif par dispositif",
        "year": "année {number}",
        "risks_axis": "Part des {noun} où la norme n'est pas tenue",
        "risks_caption": (
            "Point\u202f: part de {years} où l'événement du risque s'est produit. Barre\u202f: où se trouve la vraie "
            "probabilité, 95 fois sur 100 (intervalle de Wilson). Forme et couleur distinguent les dispositifs."
        ),
        "risks_caption_draws": (
            "Point\u202f: part de {years} où l'événement du risque s'est produit. Barre\u202f: où se trouve la vraie "
            "probabilité, 95 fois sur 100, que ce soit par hasard ou faute de connaître les paramètres. Forme et "
            "couleur distinguent les dispositifs."
        ),
        "few_caption": "Point\u202f: nombre parmi {years}, trop peu pour une probabilité ou un intervalle.",
        "one_caption": (
            "Dans la seule {year}\u202f; une seule ne dit aucune probabilité. Forme et couleur distinguent les "
            "dispositifs."
        ),
        "one_axis": "Dans la seule {year}, la norme est",
        "kept": "tenue",
        "broken": "non tenue",
        "risks_alternative": "Points avec intervalles. {list}.",
        "costs_title": "Coût par an, par nature",
        "costs_axis": "Millions d'euros par an",
        "costs_axis_small": "Euros par an",
        "costs_caption": "{over}. Les coûts unitaires sont des hypothèses du scénario.",
        "costs_alternative": "Barres empilées du coût par an\u202f: {list}.",
        "no_value": "aucune valeur",
    },
}
# Marker, colour, filled: who provides the service is told by shape as well.
_STYLES = (("o", BLUE), ("s", ORANGE), ("^", GREEN), ("D", PINK))
_KINDS = (
    ("cost_platform", BLUE, ""),
    ("cost_outreach", GREEN, "..."),
    ("cost_checking", ORANGE, "///"),
    ("cost_feedback", PINK, "xxx"),
    ("cost_reminders", SKY, "oo"),
    ("cost_review", ORANGE, "\\\\"),
    ("cost_training", GREEN, "||"),
    ("cost_design", BLUE, "///"),
    ("cost_legal", PINK, ".."),
    ("cost_rewards", "#7a6a00", "++"),
    ("cost_backstop", MUTED, "\\\\\\"),
    ("cost_repair", SKY, "--"),
    ("cost_grants", "#5b3a8c", "oo"),
)


def designs_of(result: Result, language: str) -> Mapping[str, OutcomeTable]:
    """Return the service and the administration alone, by the names that a reader sees."""
    designs: dict[str, OutcomeTable] = {_capital(PARTICIPATORY[check_language(language)]): result}
    if result.counterfactual is not None:
        for alone in (result.counterfactual.same_budget, result.counterfactual.same_norm):
            designs[alone_name(alone, language)] = alone
    return designs


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def risks_beside(
    designs: Mapping[str, OutcomeTable],
    *,
    service: str | None = None,
    year: int = 0,
    language: str = "en",
    verdict: str = "",
) -> Illustration:
    """Draw the probability of each risk with its interval, one mark for each design.

    Parameters
    ----------
    designs : tables by the names of the legend, four at most.
    verdict : the sentences on the three risks, for the text alternative.
    """
    words = _WORDS[check_language(language)]
    tables = list(designs.values())
    risks = {name: table.risks(service, year) for name, table in designs.items()}
    of_first = next(iter(risks.values()))
    days = next(iter(of_first.values())).headline.days
    beside = any(isinstance(table, AdministrationAlone) for table in tables)
    told = any(risk.tells_probability for found in risks.values() for risk in found.values())
    figure, (axes, below) = new_figure(8.0, 3.6, rows=2, height_ratios=[3.2, 0.25])
    names = list(of_first)
    offsets = np.linspace(-0.26, 0.26, len(tables)) if len(tables) > 1 else np.zeros(1)
    for (name, found), (marker, colour), offset in zip(risks.items(), _STYLES, offsets, strict=False):
        for row, risk in enumerate(names):
            _draw_risk(axes, found[risk], row + offset, marker, colour, language)
        axes.plot([], [], marker=marker, color=colour, linestyle="none", markersize=7, label=_cut(name))
    axes.set_yticks(range(len(names)), [risk_name(risk, language, capital=True) for risk in names])
    for row in range(1, len(names)):
        axes.axhline(row - 0.5, color=GRID, linewidth=0.7)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.12)
    one = all(len(table.outcomes) == 1 for table in tables)
    year_noun, years_nouns = years_noun(days, language)
    axes.set_xticks(np.linspace(0.0, 1.0, 6))
    axes.set_xlabel(words["risks_axis"].format(noun=years_nouns))
    percent_axis(axes, language, "x")
    if one:
        # A single year is no share: there are two places to stand.
        axes.set_xticks([0.0, 1.0], [words["kept"], words["broken"]])
        axes.set_xlabel(words["one_axis"].format(year=year_noun))
    _legend(axes, below, min(3, len(tables)))
    years = span_text(len(tables[0].outcomes), days, language)
    listed = f"{semicolon(language)} ".join(_in_words(risks, names, language))
    caption = "risks_caption_draws" if any(table.specifications for table in tables) else "risks_caption"
    return Illustration(
        name="three-risks",
        figure=figure,
        title=words["risks_title" if beside else "risks_title_designs"] + _of_year(tables[0], year, language),
        caption=words[caption if told else "one_caption" if one else "few_caption"].format(years=years, year=year_noun),
        alternative=(words["risks_alternative"].format(list=listed) + f" {verdict}").strip(),
    )


def _of_year(table: OutcomeTable, year: int, language: str) -> str:
    """Return which year is drawn, where several were simulated."""
    if table.specification.days <= DAYS_PER_YEAR:
        return ""
    return f" ({_WORDS[language]['year'].format(number=year + 1)})"


def _cut(name: str) -> str:
    """Return a name that fits into a legend."""
    return textwrap.shorten(name, width=60, placeholder="…")


def _legend(axes: Axes, below: Axes, columns: int) -> None:
    """Put the legend of ``axes`` in a panel of its own, where it can cover nothing."""
    below.set_axis_off()
    handles, labels = axes.get_legend_handles_labels()
    below.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(-0.12, 1.0),
        fontsize=8.5,
        frameon=False,
        labelcolor=INK,
        ncols=columns,
        borderaxespad=0.0,
    )


def _draw_risk(axes: Axes, risk: RiskResult, place: float, marker: str, colour: str, language: str) -> None:
    if risk.headline.probability is None:
        axes.annotate(
            _WORDS[language]["no_value"],
            (0.0, place),
            fontsize=8,
            color=colour,
            va="center",
            xytext=(4, 0),
            textcoords="offset points",
        )
        return
    if risk.interval is not None:
        axes.plot(
            [risk.interval.low, risk.interval.high], [place, place], color=colour, linewidth=2.2, solid_capstyle="butt"
        )
    share = risk.headline.probability
    # Hollow where it is a bare count: not a probability to be read off the axis.
    face = colour if risk.tells_probability else PAPER
    axes.plot(share, place, marker=marker, color=face, markeredgecolor=colour, markeredgewidth=1.5, markersize=7)
    if risk.headline.replicates + risk.headline.without_value == 1:
        return
    counted = f"{number(risk.count, language)}/{number(risk.replicates, language)}"
    edge = max(share, risk.interval.high if risk.interval is not None else share)
    axes.annotate(counted, (edge, place), xytext=(8, 0), textcoords="offset points", fontsize=8, color=INK, va="center")


def _in_words(risks: Mapping[str, Mapping[str, RiskResult]], names: Sequence[str], language: str) -> list[str]:
    mark = f"{colon(language)} "
    lines = []
    for design, found in risks.items():
        parts = []
        for name in names:
            risk = found[name]
            if risk.headline.probability is None:
                text = _WORDS[language]["no_value"]
            else:
                of = "of" if language == "en" else "sur"
                if risk.headline.replicates + risk.headline.without_value == 1:
                    parts.append(f"{risk_name(name, language)} {_WORDS[language]['broken' if risk.count else 'kept']}")
                    continue
                text = f"{number(risk.count, language)} {of} {number(risk.replicates, language)}"
                text += "" if risk.probability is None else f" ({percent(risk.probability, language)})"
            parts.append(f"{risk_name(name, language)} {text}")
        lines.append(f"{design}{mark}{joined(parts, language)}")
    return lines


def costs_by_kind(outcomes: Sequence[Outcome], specification: Specification) -> Mapping[str, float]:
    """Return the mean cost per year by kind of record, in EUR, all services together."""
    scale = 365.0 / specification.days
    return {kind: float(np.mean([outcome.daily[kind].sum() for outcome in outcomes])) * scale for kind, _, _ in _KINDS}


def costs_beside(designs: Mapping[str, OutcomeTable], *, language: str = "en", verdict: str = "") -> Illustration:
    """Draw the cost per year by kind, one bar for each design.

    Parameters
    ----------
    verdict : the sentence on the cost, for the text alternative.
    """
    words = _WORDS[check_language(language)]
    bars = 0.6 + 0.5 * len(designs)
    figure, (axes, below) = new_figure(8.0, bars + 0.75, rows=2, height_ratios=[bars, 0.5])
    kinds = {name: costs_by_kind(table.outcomes, table.specification) for name, table in designs.items()}
    totals = {
        name: float(np.mean([yearly_cost(outcome, table.specification) for outcome in table.outcomes]))
        for name, table in designs.items()
    }
    large = max(totals.values()) >= 2e6
    unit = 1e6 if large else 1.0
    shown: dict[str, None] = {}
    for row, (name, by_kind) in enumerate(kinds.items()):
        labels = cost_kinds(language)
        if isinstance(designs[name], AdministrationAlone):
            labels = {**labels, **cost_kinds(language, alone=True)}
        left = 0.0
        for kind, colour, hatch in _KINDS:
            amount = by_kind[kind] / unit
            if amount <= 0:
                continue
            # The administration alone has its staff in the record of visits: another thing, another look.
            look = (colour, hatch) if labels[kind] == cost_kinds(language)[kind] else ("#8a939c", "")
            label = labels[kind] if labels[kind] not in shown else None
            shown[labels[kind]] = None
            axes.barh(
                row,
                amount,
                left=left,
                height=0.56,
                color=look[0],
                hatch=look[1],
                edgecolor="#ffffff",
                linewidth=0.5,
                label=label,
            )
            left += amount
        axes.annotate(
            money(totals[name], language),
            (left, row),
            xytext=(5, 0),
            textcoords="offset points",
            fontsize=9,
            color=INK,
            va="center",
        )
    axes.set_yticks(range(len(kinds)), [_broken_name(name) for name in kinds])
    axes.invert_yaxis()
    axes.set_xlim(0.0, 1.36 * max(totals.values()) / unit or 1.0)
    axes.set_xlabel(words["costs_axis" if large else "costs_axis_small"])
    number_axis(axes, language, "x")
    _legend(axes, below, 3)
    first = next(iter(designs.values()))
    listed = [f"{name}, {money(total, language)}" for name, total in totals.items()]
    mark = f"{semicolon(language)} "
    return Illustration(
        name="cost-by-kind",
        figure=figure,
        title=words["costs_title"],
        caption=words["costs_caption"].format(
            over=_capital(mean_text(len(first.outcomes), first.specification.days, language, by_year=True))
        ),
        alternative=(words["costs_alternative"].format(list=mark.join(listed)) + f" {verdict}").strip(),
    )


def _broken_name(name: str) -> str:
    """Return a long name on two lines; what is longer still is cut, as it would leave no room for bars."""
    return "\n".join(textwrap.wrap(name, width=24, max_lines=2, placeholder="…"))
