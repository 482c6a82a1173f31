"""Who contributes and why: concentration, motives, social groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from entraide.experiments.results import OutcomeTable
from entraide.model.risk.inequality import gini_from_lorenz

from .drawing import BLUE, GREEN, INK, MUTED, ORANGE, PINK, SKY, Illustration, new_figure, percent_axis
from .locales import check_language, joined, number, percent
from .time_figures import ribbon
from .wording import MOTIVES, assumption_text, mean_text

__all__ = ["contribution_shares", "contributors_by_group", "group_name", "motive_shares", "motives"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "shares_title": "Who makes the contributions",
        "shares_x": "Contributors, the least active first",
        "shares_y": "Share of all contributions",
        "equal": "if all gave the same",
        "tenth": "the most active tenth\nmakes {share}",
        "shares_caption": (
            "Curve: share of all contributions made by the least active contributors, from none of them to all. The "
            "further under the straight line, the more rests on a few. Gini index {gini}: 0 if all gave the same, "
            "near 1 if one person gave all. {Over}."
        ),
        "shares_alternative": "Curve of concentration: the most active tenth of contributors makes {share} of all "
        "contributions; Gini index {gini}.",
        "nobody": "Nobody contributed: there is nothing to draw.",
        "motives_title": "What moves those who contribute",
        "motives_caption": (
            "What each motive adds to the decision at the moment of contributing, as a share of all four; "
            "{over}. The weights of the motives are assumptions, not findings."
        ),
        "motives_alternative": "Bars, shares of the motives of those who contribute: {list}.",
        "groups_title": "Who contributes, by age and diploma",
        "groups_title_other": "Who contributes, by group",
        "groups_axis": "Share of people who contributed at least once",
        "age": "by age",
        "diploma": "by diploma",
        "all": "all",
        "groups_caption": (
            "Share of people old enough who contributed at least once, {over}; dotted: all of them.{assumption}"
        ),
        "groups_assumption": " Marked “{assumption}”: differences between groups follow national averages.",
        "groups_alternative": "Bars, share of people who contributed at least once: {list}; {all} of all{assumption}.",
    },
    "fr": {
        "shares_title": "Qui fait les contributions",
        "shares_x": "Contributeurs, des moins aux plus actifs",
        "shares_y": "Part de toutes les contributions",
        "equal": "si tous donnaient autant",
        "tenth": "le dixième le plus actif\nen fait {share}",
        "shares_caption": (
            "Courbe\u202f: part de toutes les contributions faite par les contributeurs les moins actifs, d'aucun à "
            "tous. Plus elle passe sous la droite, plus le service repose sur peu de gens. Indice de Gini "
            "{gini}\u202f: 0 si tous donnaient autant, près de 1 si une personne donnait tout. {Over}."
        ),
        "shares_alternative": "Courbe de concentration\u202f: le dixième le plus actif des contributeurs fait {share} "
        "des contributions\u202f; indice de Gini {gini}.",
        "nobody": "Personne n'a contribué\u202f: il n'y a rien à dessiner.",
        "motives_title": "Ce qui pousse à contribuer",
        "motives_caption": (
            "Ce que chaque motif ajoute à la décision au moment de contribuer, en part des quatre\u202f; {over}. "
            "Les poids des motifs sont des hypothèses, non des résultats."
        ),
        "motives_alternative": "Barres, parts des motifs de ceux qui contribuent\u202f: {list}.",
        "groups_title": "Qui contribue, par âge et diplôme",
        "groups_title_other": "Qui contribue, par groupe",
        "groups_axis": "Part des personnes qui ont contribué au moins une fois",
        "age": "selon l'âge",
        "diploma": "selon le diplôme",
        "all": "ensemble",
        "groups_caption": (
            "Part des personnes en âge de contribuer qui l'ont fait au moins une fois, {over}\u202f; "
            "pointillé\u202f: l'ensemble.{assumption}"
        ),
        "groups_assumption": (
            " Mention «\u202f{assumption}\u202f»\u202f: les écarts entre groupes suivent des moyennes nationales."
        ),
        "groups_alternative": (
            "Barres, part des personnes qui ont contribué au moins une fois\u202f: {list}\u202f; {all} de "
            "l'ensemble{assumption}."
        ),
    },
}
_GROUPS_FR = {
    "none or brevet": "aucun ou brevet",
    "CAP-BEP": "CAP-BEP",
    "baccalaureat": "baccalauréat",
    "higher education": "supérieur",
    "75+": "75 ans et plus",
}
_GROUPS_EN = {"CAP-BEP": "vocational (CAP-BEP)", "none or brevet": "none or brevet", "baccalaureat": "baccalauréat"}
_COLOURS = (BLUE, ORANGE, GREEN, PINK)
_HATCHES = ("", "///", "...", "xxx")


def contribution_shares(table: OutcomeTable, *, service: int = 0, language: str = "en") -> Illustration:
    """Draw the Lorenz curve of contributions with its Gini index."""
    words = _WORDS[check_language(language)]
    over = mean_text(len(table.outcomes), table.specification.days, language)
    curves = np.array([outcome.lorenz[service] for outcome in table.outcomes], np.float64)
    curves = curves[np.isfinite(curves).all(axis=1) & (curves[:, -1] > 0)] if curves.size else np.zeros((0, 101))
    if not len(curves):
        return _nothing("contribution-shares", words["shares_title"], words["nobody"])
    mean = curves.mean(axis=0)
    place = table.service_names[service]
    gini = table.measures(place)["gini_of_contributions"].estimate.value
    gini_text = number(gini_from_lorenz(mean) if gini is None else gini, language, 2)
    tenth = percent(float(1.0 - mean[90]), language)
    figure, (axes,) = new_figure(5.6, 4.6)
    share = np.linspace(0.0, 1.0, mean.size)
    band = ribbon(curves)
    axes.fill_between(share, band.low, band.high, color=BLUE, alpha=0.22, linewidth=0)
    axes.plot(share, mean, color=BLUE, linewidth=2.0)
    axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1.2, linestyle=(0, (2, 2)))
    axes.annotate(
        words["equal"],
        (0.5, 0.5),
        xytext=(-3, 5),
        textcoords="offset points",
        fontsize=8.5,
        color=INK,
        rotation=45,
        rotation_mode="anchor",
        transform_rotates_text=True,
        ha="center",
        va="bottom",
    )
    axes.plot([0.9, 0.9], [mean[90], 1.0], color=ORANGE, linewidth=2.0)
    axes.plot([0.9, 1.0], [mean[90], mean[90]], color=ORANGE, linewidth=0.8)
    axes.annotate(
        words["tenth"].format(share=tenth),
        (0.9, 0.5 * (1.0 + mean[90])),
        xytext=(0.05, 0.93),
        textcoords="axes fraction",
        fontsize=9,
        color=ORANGE,
        fontweight="bold",
        ha="left",
        va="top",
        arrowprops={"arrowstyle": "-", "color": ORANGE, "linewidth": 0.8},
    )
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xlabel(words["shares_x"])
    axes.set_ylabel(words["shares_y"])
    percent_axis(axes, language)
    percent_axis(axes, language, "x")
    return Illustration(
        name="contribution-shares",
        figure=figure,
        title=words["shares_title"],
        caption=words["shares_caption"].format(gini=gini_text, Over=over[:1].upper() + over[1:]),
        alternative=words["shares_alternative"].format(share=tenth, gini=gini_text),
    )


def motive_shares(table: OutcomeTable, service: int) -> NDArray[np.float64] | None:
    """Return the share of altruism, pleasure, reputation and currency, float64[4]; None when nobody contributed."""
    sums = np.array([outcome.motives[service] for outcome in table.outcomes], np.float64)
    totals = sums.sum(axis=1)
    valued = totals > 0
    return (sums[valued] / totals[valued, None]).mean(axis=0) if valued.any() else None


def motives(table: OutcomeTable, *, service: int = 0, language: str = "en") -> Illustration:
    """Draw the share of each motive."""
    words = _WORDS[check_language(language)]
    shares = motive_shares(table, service)
    if shares is None:
        return _nothing("motives", words["motives_title"], words["nobody"])
    figure, (axes,) = new_figure(8.0, 2.4)
    names = MOTIVES[language]
    bars = axes.barh(range(4), shares, height=0.62, color=_COLOURS)
    for bar, hatch in zip(bars, _HATCHES, strict=True):
        bar.set_hatch(hatch)
        bar.set_edgecolor("#ffffff")
    _values(axes, shares, language)
    axes.set_yticks(range(4), names)
    axes.invert_yaxis()
    axes.set_xlim(0.0, max(0.1, 1.15 * float(shares.max())))
    percent_axis(axes, language, "x")
    listed = joined([f"{name} {percent(share, language)}" for name, share in zip(names, shares, strict=True)], language)
    return Illustration(
        name="motives",
        figure=figure,
        title=words["motives_title"],
        caption=words["motives_caption"].format(
            over=mean_text(len(table.outcomes), table.specification.days, language)
        ),
        alternative=words["motives_alternative"].format(list=listed),
    )


def _values(axes: Axes, shares: Sequence[float] | NDArray[np.float64], language: str, digits: int = 0) -> None:
    """Write each bar's value at its end."""
    for row, share in enumerate(shares):
        axes.annotate(
            percent(float(share), language, digits, most_digits=1),
            (float(share), row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=INK,
        )


def _by_part(names: Sequence[str], part: int) -> Mapping[str, list[int]]:
    """Gather groups "age|diploma" by one of the two; groups without that part are left out."""
    gathered: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        parts = name.split("|")
        if part < len(parts):
            gathered.setdefault(parts[part], []).append(place)
    return gathered


def contributors_by_group(table: OutcomeTable, *, service: int = 0, language: str = "en") -> Illustration:
    """Draw the share of people who contributed, by age band and diploma where groups are made of both."""
    words = _WORDS[check_language(language)]
    groups = table.specification.territory.groups
    people = np.mean([outcome.groups["people"][service] for outcome in table.outcomes], axis=0)
    contributors = np.mean([outcome.groups["contributors"][service] for outcome in table.outcomes], axis=0)
    able = np.asarray(groups.can_contribute, bool) & (people > 0)
    crossed = all("|" in name for name, yes in zip(groups.names, able, strict=True) if yes)
    if not able.any():
        return _nothing("contributors-by-group", words["groups_title"], words["nobody"])
    panels = [_by_part(groups.names, part) for part in ((0, 1) if crossed else (0,))]
    assumption = assumption_text(groups.assumption, language)
    figure, axes = new_figure(8.0, 3.4, columns=len(panels))
    overall = float(contributors[able].sum() / people[able].sum())
    # Where few contribute, whole per cent would make all groups alike.
    digits = 1 if overall < 0.1 else 0
    listed = []
    top = 0.0
    for each, gathered in zip(axes, panels, strict=True):
        rows = {name: [g for g in members if able[g]] for name, members in gathered.items()}
        rows = {name: members for name, members in rows.items() if members}
        shares = [float(contributors[members].sum() / people[members].sum()) for members in rows.values()]
        labels = [group_name(name, language) for name in rows]
        each.barh(range(len(rows)), shares, height=0.62, color=SKY)
        _values(each, shares, language, digits)
        each.axvline(overall, color=MUTED, linestyle=(0, (1, 2)), linewidth=1.4)
        each.set_yticks(range(len(rows)), labels)
        each.invert_yaxis()
        percent_axis(each, language, "x")
        top = max(top, *shares, overall)
        listed += [f"{label} {percent(share, language, digits)}" for label, share in zip(labels, shares, strict=True)]
    for each, title in zip(axes, ("age", "diploma"), strict=False):
        each.set_xlim(0.0, 1.22 * top if top > 0 else 1.0)
        if crossed:
            each.set_title(words[title], loc="left", fontsize=9.5, color=INK)
    if assumption:
        for each in axes:
            each.set_xlabel(assumption, fontsize=8, style="italic")
    note = words["groups_assumption"].format(assumption=assumption) if assumption else ""
    return Illustration(
        name="contributors-by-group",
        figure=figure,
        title=words["groups_title" if crossed else "groups_title_other"],
        caption=words["groups_caption"].format(
            over=mean_text(len(table.outcomes), table.specification.days, language), assumption=note
        ),
        alternative=words["groups_alternative"].format(
            list=", ".join(listed),
            all=percent(overall, language, digits),
            assumption=f" ({assumption})" if assumption else "",
        ),
    )


def group_name(name: str, language: str) -> str:
    """Return the name of an age band or a diploma for a reader."""
    named = (_GROUPS_FR if language == "fr" else _GROUPS_EN).get(name, name)
    if not named[:1].isdigit() or named != name:
        return named
    ages = named.replace("-", "–")
    return f"{ages} ans" if language == "fr" else f"aged {ages}"


def _nothing(name: str, title: str, text: str) -> Illustration:
    """Return a figure that says that there is nothing to draw."""
    figure, (axes,) = new_figure(8.0, 1.2)
    axes.set_axis_off()
    axes.annotate(text, (0.0, 0.5), xycoords="axes fraction", fontsize=10, color=INK, va="center")
    return Illustration(name, figure, title, text, text)
