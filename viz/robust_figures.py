"""A robust study drawn: shares of states held, costs against risks, what breaks a design, what is worth knowing."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.analysis.robust_study import RobustStudy
from entraide.experiments.analysis.robustness import DesignRobustness

from .breaking_figures import breaking_figure, worth_figure
from .comparison_figures import draw_differences
from .drawing import BLUE, INK, MUTED, ORANGE, PAPER, Illustration, new_figure, number_axis, percent_axis
from .front_figure import FrontMark, draw_front, front_in_words
from .locales import check_language, joined, localised, number, points
from .robust_figure_words import FIGURE_WORDS
from .robust_sentences import robust_sentences
from .study_words import design_name, design_values, levers_in_order
from .wording import colon, risk_name, semicolon

__all__ = ["robust_figures"]

# Designs beyond these are in the tables.
_MOST_DESIGNS = 16


def robust_figures(found: RobustStudy, language: str = "en") -> list[Illustration]:
    """Draw a study: norms held, cost against risks, regret, what breaks designs, what is worth knowing, differences."""
    words = {key: localised(text, language) for key, text in FIGURE_WORDS[check_language(language)].items()}
    figures = [_held(found, words, language)]
    if len(found.robustness.designs) > 1:
        figures += [_front(found, words, language), _regret(found, words, language)]
    for each in found.breaking:
        whole = each.found["all"].box is not None
        figures += [
            breaking_figure(found, each, norm, words, language)
            for norm, told in each.found.items()
            if told.box is not None and (norm == "all" or not whole)
        ]
    for name in ("any", "loss"):
        if name in found.information and any(each.value > 0.0 for each in found.information[name].worth):
            figures.append(worth_figure(found, name, words, language))
    figures += _differences(found, words, language)
    return figures


def _by_cost(found: RobustStudy) -> list[DesignRobustness]:
    return sorted(found.robustness.designs, key=lambda each: (each.cost, each.design.number))[:_MOST_DESIGNS]


def _label(found: RobustStudy, each: DesignRobustness, language: str) -> str:
    return f"{each.design.number}:  {design_values(each.design, found.designs.runs.factors, language)}"


def _held(found: RobustStudy, words: Mapping[str, str], language: str) -> Illustration:
    designs = _by_cost(found)
    figure, (axes,) = new_figure(8.0, 0.9 + 0.5 * len(designs))
    for row, each in enumerate(designs):
        whole = each.held["all"]
        if whole.interval is not None and whole.share is not None:
            axes.plot([whole.interval.low, whole.interval.high], [row, row], color=BLUE, linewidth=2.2)
            axes.plot(whole.share, row, "o", color=BLUE, markersize=8)
        for letter, risk in zip(words["letters"], ("continuity", "quality", "universality"), strict=True):
            held = each.held.get(risk)
            if held is not None and held.share is not None:
                shift = {"continuity": -0.30, "quality": -0.30, "universality": 0.30}[risk]
                axes.annotate(
                    letter,
                    (held.share, row + shift),
                    fontsize=8,
                    color=INK,
                    ha="center",
                    va="center",
                    annotation_clip=False,
                )
    axes.axvline(found.robustness.holds_in, color=MUTED, linewidth=1.1, linestyle=(0, (5, 3)))
    axes.set_yticks(range(len(designs)), [_label(found, each, language) for each in designs])
    axes.set_title(levers_in_order(found.designs.runs.factors, language), fontsize=8.5, loc="right", color=MUTED)
    axes.set_ylim(len(designs) - 0.4, -0.6)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xlabel(
        f"{words['held_axis'].format(states=number(found.robustness.states, language))}\n{words['held_key']}"
    )
    percent_axis(axes, language, "x")
    return Illustration(
        name="norms-held",
        figure=figure,
        title=words["held_title"],
        caption=words["held_caption"],
        alternative=" ".join(robust_sentences(found, language)[:4]),
    )


def _front(found: RobustStudy, words: Mapping[str, str], language: str) -> Illustration:
    marks = [
        FrontMark(
            number(each.design.number, language),
            design_name(each.design, language),
            each.cost,
            {risk: each.risks[risk] for risk in found.designs.judged},
            each.nondominated,
        )
        for each in found.robustness.designs
    ]
    told = front_in_words(sorted(marks, key=lambda mark: mark.cost)[:_MOST_DESIGNS], language)
    return draw_front(marks, language, axis=words["front_risk"], caption=words["front_caption"], told=told)


def _regret(found: RobustStudy, words: Mapping[str, str], language: str) -> Illustration:
    risks, designs = found.designs.judged, _by_cost(found)
    figure, panels = new_figure(8.0, 1.0 + 0.32 * len(designs), columns=len(risks), sharey=True)
    for axes, risk in zip(panels, risks, strict=True):
        for row, each in enumerate(designs):
            regret = each.risk_regret[risk]
            axes.plot([0.0, 100.0 * regret.most], [row, row], color=ORANGE, linewidth=2.2)
            axes.plot(100.0 * regret.mean, row, "o", color=PAPER, markeredgecolor=INK, markersize=6)
        axes.set_title(risk_name(risk, language, capital=True), fontsize=10)
        axes.set_yticks(range(len(designs)), [design_name(each.design, language) for each in designs])
        axes.set_ylim(len(designs) - 0.5, -0.5)
        axes.set_xlim(-3.0, 103.0)
        number_axis(axes, language, "x")
    panels[len(risks) // 2].set_xlabel(f"{words['regret_axis']}\n{words['regret_key']}")
    told = [
        f"{risk_name(risk, language)}{colon(language)} "
        + joined(
            [f"{design_name(e.design, language)} {points(e.risk_regret[risk].mean, language)}" for e in designs],
            language,
        )
        for risk in risks
    ]
    return Illustration(
        name="regret",
        figure=figure,
        title=words["regret_title"],
        caption=words["regret_caption"],
        alternative=f"{semicolon(language)} ".join(told),
    )


def _differences(found: RobustStudy, words: Mapping[str, str], language: str) -> list[Illustration]:
    compared = found.comparisons
    if compared is None:
        return []
    reference = design_name(compared.reference, language)
    figures = []
    for risk in found.designs.judged:
        shown = [comparison.of(risk) for comparison in compared.comparisons][:_MOST_DESIGNS]
        if not any(each.difference for each in shown):
            continue
        figure, (axes,) = new_figure(8.0, 0.9 + 0.34 * len(shown))
        labels = [design_name(design, language) for design in compared.designs[:_MOST_DESIGNS]]
        draw_differences(axes, shown, 100.0, language, labels)
        axes.set_xlabel(words["diff_axis"].format(reference=reference))
        figures.append(
            Illustration(
                name=f"differences-{risk}",
                figure=figure,
                title=words["diff_title"].format(reference=reference, risk=risk_name(risk, language)),
                caption=words["diff_caption"],
                alternative=robust_sentences(found, language)[-1],
            )
        )
    return figures
