"""The verdict of the dashboard as HTML: three risks, cost, the administration alone, side by side, figures, limits.

Plain text functions: no state, nothing of the web server. Every text is escaped where it is put in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from entraide.experiments.counterfactual import AdministrationAlone
from entraide.experiments.measures import NORMS_OF_RISK
from entraide.experiments.result_comparison import ResultComparison, compare_results
from entraide.experiments.results import OutcomeTable, RiskResult
from entraide.model.risk import RISKS
from entraide.scenarios.declarations import ALL, SERVICE
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.territories import territory_title

from ..alone_sentences import alone_name
from ..comparison_sentences import comparison_sentences
from ..kind_words import has_norm
from ..locales import localised, money, number, percent
from ..plain_codes import codes_in_words
from ..report_design import parameter_value
from ..report_parts import tables_part
from ..sentences import Verdict, verdict
from ..span_notes import span_notes
from ..title_words import card_note, run_title
from ..units import value_text
from ..wording import between, risk_label, risk_name, span_text, years_noun
from .basis import basis_html, ignorance_html, tells_ignorance
from .computing import Answer
from .gauges import gauge, gauge_legend
from .pages.stress_targets import planned_text
from .repeating import SCENARIO_NAME, command_text, needs_file
from .words import say
from .worlds import value_there

__all__ = ["Picture", "before_html", "moves", "verdict_html"]


@dataclass(frozen=True)
class Picture:
    """A figure ready for the page.

    Attributes
    ----------
    drawing : the figure, as an HTML element with its text alternative.
    title, caption : words around it.
    """

    drawing: str
    title: str
    caption: str


def moves(answer: Answer, language: str) -> tuple[str, ...]:
    """Say what was moved, one thing after the other: norms, levers, assumptions, events."""
    told = []
    for key, value in answer.design.moved.items():
        parameter = ALL[key.rpartition(".")[2]]
        label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
        old = parameter_value(parameter, value_there(answer.declared, key), language)
        told.append(say("instead", language, label=label, new=parameter_value(parameter, value, language), old=old))
    for event in answer.design.events:
        told.append(planned_text(event, answer.result.scenario, language))
    return tuple(told)


def baseline_name(answer: Answer, language: str) -> str:
    """Return what a sentence calls the baseline."""
    return say("name_today" if answer.design.baseline is None else "name_baseline", language)


def before_html(scenario: Scenario, language: str, *, under_way: bool = False) -> str:
    """Return what stands in the place of a verdict before there is one: what it will say, and the norms in force."""
    first = "under_way" if under_way else "nothing_yet"
    texts = "".join(f"<p>{_text(say(key, language))}</p>" for key in (first, "will_show"))
    english = language == "en"
    service = scenario.services[0]
    rows = []
    for risk, names in NORMS_OF_RISK.items():
        for place, name in enumerate(names):
            norm = SERVICE[name]
            label = localised(norm.label_en if english else norm.label_fr, language)
            value = value_text(norm, service.parameters[name], language)
            head = risk_name(risk, language, capital=True) if place == 0 else ""
            first = f'<th scope="rowgroup" rowspan="{len(names)}">{_text(head)}</th>' if head else ""
            rows.append(f'<tr>{first}<th scope="row">{_text(label)}</th><td>{_text(value)}</td></tr>')
    norms = "".join(rows)
    return (
        f'<div class="block">{texts}</div><section class="block"><h3>{_text(say("norms", language))}</h3>'
        f'<table class="norms"><tbody>{norms}</tbody></table></section>'
    )


def verdict_html(answer: Answer, language: str, pictures: Sequence[Picture] | None) -> str:
    """Return the verdict.

    Parameters
    ----------
    pictures : the figures; None while they are being drawn, empty where that failed.
    """
    words = verdict(answer.result, language)
    compared = _compared(answer, language) if answer.compares else None
    differences = {} if compared is None else comparison_sentences(compared, language)
    parts = [
        _heading(answer, language),
        basis_html(answer.result, language),
        '<div class="cards">',
        *(_risk_card(risk, answer, words, differences, language) for risk in RISKS),
        "</div>",
        '<div class="cards">',
        _cost_card(words, answer, differences, language),
        _alone_card(words, answer, language),
        "</div>",
        _table(answer, language),
        ignorance_html(answer.result, language),
        _pictures(pictures, language),
        _measures(answer, language),
        _limits(answer, language),
        _origin(answer, language),
    ]
    return "".join(parts)


def _compared(answer: Answer, language: str) -> ResultComparison:
    names = (baseline_name(answer, language), say("name_design", language))
    return compare_results(answer.baseline, answer.result, names=names)


def _heading(answer: Answer, language: str) -> str:
    moved = moves(answer, language)
    name, title = say("your_design" if moved else "as_it_is", language), run_title(answer.result, language)
    people = number(answer.result.specification.territory.inhabitants, language)
    place = say(
        "simulated_place",
        language,
        place=localised(territory_title(answer.result.specification.territory, language), language),
        people=people,
    )
    result = answer.result
    notes = span_notes(result.replicates, result.specification.days, language)
    lines = [place, *filter(None, [card_note(result, language)]), *notes]
    where = "".join(f'<p class="help">{_text(line)}</p>' for line in lines)
    items = "".join(f"<li>{_text(move)}</li>" for move in moved)
    listed = f'<ul class="moves">{items}</ul>' if moved else ""
    return f'<div class="what"><p><strong>{_text(name)}</strong> – {_text(title)}</p>{where}{listed}</div>'


def _score(risk: RiskResult, days: int, language: str) -> str:
    """Return the figure that is read first, with what it is."""
    if not risk.replicates:
        return f"<strong>{_text(say('no_value' if has_norm(risk) else 'no_norm', language))}</strong>"
    if risk.probability is not None:
        chance = say(f"chance_{risk.risk}", language, interval=between(risk.interval, language))
        figure = percent(risk.probability, language)
        return f'<strong data-value="{risk.probability!r}">{_text(figure)}</strong><span>{_text(chance)}</span>'
    count = say("of", language, count=number(risk.count, language), all=number(risk.replicates, language))
    years = say(f"years_{risk.risk}", language, years=years_noun(days, language)[1])
    return f'<strong data-value="{risk.count}">{_text(count)}</strong><span>{_text(years)}</span>'


def _risk_card(risk: str, answer: Answer, words: Verdict, differences: Mapping[str, str], language: str) -> str:
    found = answer.result.risks()[risk]
    today = answer.baseline.risks()[risk] if answer.compares else None
    legend = gauge_legend(found, today, chosen=answer.design.baseline is not None)
    parts = [
        f'<section class="card" data-risk="{risk}"><h3>{_text(risk_name(risk, language, capital=True))}</h3>',
        f'<p class="score">{_score(found, answer.result.specification.days, language)}</p>',
        gauge(found, language, today),
        f'<p class="legend" aria-hidden="true">{_text(say(legend, language))}</p>' if legend else "",
        f"<p>{_text(words.risks[risk])}</p>",
        *(f'<p class="detail">{_text(detail)}</p>' for detail in words.details[risk]),
        _difference(differences.get(risk), answer, language),
        "</section>",
    ]
    return "".join(parts)


def _difference(sentence: str | None, answer: Answer, language: str) -> str:
    if not sentence:
        return ""
    against = _text(say("compared" if answer.design.baseline is None else "compared_baseline", language))
    return f'<p class="compared"><strong>{against}</strong>{_text(sentence)}</p>'


def _cost_card(words: Verdict, answer: Answer, differences: Mapping[str, str], language: str) -> str:
    return (
        f'<section class="card" data-risk="cost"><h3>{_text(say("cost", language))}</h3>'
        f"<p>{_text(words.cost)}</p>"
        + (f'<p class="detail" id="cost-note">{_text(words.cost_note)}</p>' if words.cost_note else "")
        + f"{_difference(differences.get('cost'), answer, language)}</section>"
    )


def _alone_card(words: Verdict, answer: Answer, language: str) -> str:
    sentences = "".join(f"<p>{_text(text)}</p>" for text in (words.same_budget, words.same_norm) if text)
    if sentences and tells_ignorance(answer.result):
        sentences += f'<p class="detail">{_text(say("beside_draws", language))}</p>'
    return f'<section class="card"><h3>{_text(say("alone", language))}</h3>{sentences}</section>'


def _table(answer: Answer, language: str) -> str:
    """Return the designs side by side: today's service, the design, and the administration alone."""
    moved = answer.compares
    first = "row_today" if answer.design.baseline is None else "row_baseline"
    rows: list[tuple[str, OutcomeTable, str]] = [(first, answer.baseline, "" if moved else "mine")]
    if moved:
        rows.append(("your_design", answer.result, "mine"))
    alone = answer.result.counterfactual
    if alone is not None:
        rows += [("row_same_budget", alone.same_budget, ""), ("row_same_norm", alone.same_norm, "")]
    head = "".join(
        f'<th scope="col">{_text(text)}</th>'
        for text in (
            say("column_design", language),
            *(risk_label(risk, language, short=True).capitalize() for risk in RISKS),
            say("column_cost", language),
        )
    )
    years = span_text(answer.result.replicates, answer.result.specification.days, language)
    body = "".join(_row(name, table, mark, answer, language) for name, table, mark in rows)
    title = _text(say("beside", language))
    helps = say("beside_help", language, years=years)
    return (
        f'<section class="block beside"><h3>{title}</h3>'
        f'<p class="help">{_text(helps)}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def _row(name: str, table: OutcomeTable, mark: str, answer: Answer, language: str) -> str:
    cells = "".join(f"<td>{_text(_cell(risk, language))}</td>" for risk in table.risks().values())
    label = say(name, language)
    if isinstance(table, AdministrationAlone) and not table.reachable:
        label = alone_name(table, language)
    cost = money(table.cost().value, language)
    return f'<tr class="{mark}"><th scope="row">{_text(label)}</th>{cells}<td>{_text(cost)}</td></tr>'


def _cell(risk: RiskResult, language: str) -> str:
    if not risk.replicates:
        return say("no_value" if has_norm(risk) else "no_norm", language)
    if risk.probability is not None:
        return f"{percent(risk.probability, language)} ({between(risk.interval, language)})"
    return say("of", language, count=number(risk.count, language), all=number(risk.replicates, language))


def _pictures(pictures: Sequence[Picture] | None, language: str) -> str:
    heading = f"<h3>{_text(say('figures', language))}</h3>"
    if not pictures:
        why = say("drawing" if pictures is None else "no_figures", language)
        return f'<section class="block">{heading}<p class="help">{_text(why)}</p></section>'
    inside = "".join(
        f'<figure class="picture block"><h3>{_text(each.title)}</h3>{each.drawing}'
        f"<figcaption>{_text(each.caption)}</figcaption></figure>"
        for each in pictures
    )
    return f'<div class="pictures">{inside}</div>'


def _measures(answer: Answer, language: str) -> str:
    """Return every measure with its interval, who lives under the floor, and the cost by kind, behind a click."""
    return (
        f'<section class="block measures"><h3>{_text(say("measures", language))}</h3>'
        f"<p>{_text(say('measures_help', language))}</p><details><summary>{_text(say('measures_more', language))}"
        f"</summary>{tables_part(answer.result, language, on_a_page=True)}</details></section>"
    )


def _limits(answer: Answer, language: str) -> str:
    text = codes_in_words(answer.declared.card[language]["limits"], language)
    return f'<section class="block"><h3>{_text(say("limits", language))}</h3><p>{_text(text)}</p></section>'


def _origin(answer: Answer, language: str) -> str:
    about: Mapping[str, Any] = answer.result.provenance
    command = command_text(answer, language)
    text = say(
        "origin_text",
        language,
        version=str(about.get("version", "")),
        scenario=answer.declared.name,
        years=span_text(answer.result.replicates, answer.result.specification.days, language),
        seed=str(answer.result.seed),
        same=say("origin_file" if needs_file(answer) else "origin_same", language, name=SCENARIO_NAME),
        time=f"{number(float(about.get('duration_seconds', 0.0)), language, 1)}\u00a0s",
    )
    return (
        f'<section class="block"><h3>{_text(say("origin", language))}</h3><p>{_text(text)}</p>'
        f"<code>{_text(command)}</code></section>"
    )


def _text(text: str) -> str:
    return escape(text)
