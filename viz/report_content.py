"""The order of a report: question, verdict, figures, tables, design, assumptions, limits, provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result
from entraide.model.parameters import Parameter, Value
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE

from .comparison_sentences import comparison_sentences, exchange_sentences, row_name, spoken_verdict
from .drawing import Illustration
from .ignorance_part import ignorance_part, ignorance_title
from .locales import localised
from .pair_words import pair_notes
from .report_design import assumptions_part, design_part, parameter_value
from .report_page import Cell, drawn, heading, paragraph, table
from .report_parts import (
    card_part,
    facts,
    measure_text,
    provenance_part,
    service_title,
    tables_part,
    verdict_part,
)
from .report_words import WORDS
from .title_words import card_note, run_title

__all__ = ["comparison_content", "run_content"]


def run_content(result: Result, language: str, figures: Mapping[str, Sequence[Illustration]], origin: str) -> str:
    """Return the report of a run in one language.

    Parameters
    ----------
    figures : by service.
    origin : for the foot of the page.
    """
    words = WORDS[language]
    sections = (
        ("verdict", words["verdict"], verdict_part(result, language)),
        ("ignorance", ignorance_title(language), ignorance_part(result, language)),
        ("figures", words["figures"], _figures_part(result, language, figures)),
        ("notice", words["notice"], card_part(result, "things_to_notice", language)),
        ("tables", words["tables"], tables_part(result, language)),
        ("design", words["design"], design_part(result, language)),
        ("assumptions", words["assumptions"], assumptions_part(result, language)),
        ("limits", words["limits"], card_part(result, "limits", language)),
        ("works", words["how_it_works"], card_part(result, "how_it_works", language)),
        ("try", words["things_to_try"], card_part(result, "things_to_try", language)),
        ("sources", words["sources"], card_part(result, "sources", language)),
        ("provenance", words["provenance"], provenance_part(result, language)),
    )
    top = (
        f"<h1>{escape(run_title(result, language))}</h1>"
        + _note(result, language)
        + paragraph(localised(result.scenario.question[language], language), "question")
        + card_part(result, "what_it_is", language)
        + paragraph(facts(result, language), "facts")
    )
    return top + _sections(sections, language) + f"<footer>{escape(origin)}</footer>"


def _note(result: Result, language: str) -> str:
    note = card_note(result, language)
    return paragraph(note, "note") if note else ""


def _sections(sections: Sequence[tuple[str, str, str]], language: str) -> str:
    """Return titled sections after a list of links to them."""
    shown = [section for section in sections if section[2]]
    links = "".join(f'<li><a href="#{language}-{key}">{escape(title)}</a></li>' for key, title, _ in shown)
    contents = f'<nav aria-label="{escape(WORDS[language]["contents"])}"><ul class="contents">{links}</ul></nav>'
    body = "".join(
        f"<section>{heading(2, title, f'{language}-{key}')}{content}</section>" for key, title, content in shown
    )
    return contents + body


def _figures_part(result: Result, language: str, figures: Mapping[str, Sequence[Illustration]]) -> str:
    parts = []
    for place, (service, illustrations) in enumerate(figures.items()):
        if len(figures) > 1:
            title = service_title(result.specification.services[result.place_of(service)], language)
            parts.append(heading(3, WORDS[language]["service"].format(title=title)))
        parts += [drawn(each, f"{language}-{place}-{each.name}") for each in illustrations]
    return "".join(parts)


def comparison_content(compared: ResultComparison, language: str, figures: Sequence[Illustration], origin: str) -> str:
    """Return the report of a comparison in one language."""
    words = WORDS[language]
    comparison = compared.comparison
    sentences = "".join(_with_head(sentence) for sentence in comparison_sentences(compared, language).values())
    effects = "".join(paragraph(sentence) for sentence in exchange_sentences(compared, language))
    if effects:
        effects = heading(3, words["exchange"]) + effects
    notes = "".join(paragraph(note, "note") for note in pair_notes((compared.baseline, compared.candidate), language))
    sections = (
        ("moved", words["two_designs"], _moved(compared, language)),
        ("verdict", words["verdict"], sentences + effects + notes),
        ("figures", words["figures"], "".join(drawn(each, f"{language}-{each.name}") for each in figures)),
        ("tables", words["tables"], _difference_table(compared, language)),
        ("limits", words["limits"], card_part(compared.candidate, "limits", language)),
        ("baseline", f"{words['provenance']} – {words['baseline']}", provenance_part(compared.baseline, language)),
        ("candidate", f"{words['provenance']} – {words['candidate']}", provenance_part(compared.candidate, language)),
    )
    title = words["compare_title"].format(candidate=comparison.candidate, baseline=comparison.baseline)
    top = (
        f"<h1>{escape(localised(title, language))}</h1>"
        + _note(compared.candidate, language)
        + paragraph(localised(compared.candidate.scenario.question[language], language), "question")
        + paragraph(facts(compared.candidate, language), "facts")
    )
    return top + _sections(sections, language) + f"<footer>{escape(origin)}</footer>"


def _with_head(sentence: str) -> str:
    """Return a sentence on a difference with its verdict in bold."""
    head, mark, rest = sentence.partition(". ")
    return f"<p><strong>{escape(head + mark.strip())}</strong> {escape(rest)}</p>"


def _moved(compared: ResultComparison, language: str) -> str:
    words = WORDS[language]
    rows = []
    for key, (old, new) in compared.moved.items():
        parameter = _declared(key)
        label = key
        if parameter is not None:
            text = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
            label = Cell(f'{escape(text)} <span class="key">{escape(key)}</span>')
        rows.append([label, _shown(parameter, old, language), _shown(parameter, new, language)])
    if not rows:
        return paragraph(words["moved_none"])
    return table(words["moved_table"], [words["what"], words["baseline"], words["candidate"]], rows)


def _declared(key: str) -> Parameter | None:
    """Return the declaration of a key such as "administration_only.staff_lag" or "reports.fun"."""
    name = key.rpartition(".")[2]
    if "administration_only." in key:
        return ADMINISTRATION_ONLY.get(name)
    return SERVICE.get(name) or CITIZENS.get(name)


def _shown(parameter: Parameter | None, value: Value | None, language: str) -> str:
    if value is None:
        return WORDS[language]["no_value"]
    return str(value) if parameter is None else parameter_value(parameter, value, language)


def _difference_table(compared: ResultComparison, language: str) -> str:
    words = WORDS[language]
    rows = []
    for found in compared.comparison.differences:
        unit = "share" if found.measure.kind == "event" else found.measure.unit
        name = row_name(found.measure.name, language)
        band = ""
        if found.band is not None:
            low, high = (measure_text(limit, unit, language) for limit in (found.band.low, found.band.high))
            band = low if low == high else f"{low} – {high}"
        rows.append(
            [
                name[:1].upper() + name[1:],
                measure_text(found.baseline, unit, language),
                measure_text(found.candidate, unit, language),
                measure_text(found.difference, unit, language),
                band,
                spoken_verdict(found, language),
            ]
        )
    head = [
        words["measure"],
        words["baseline"],
        words["candidate"],
        words["difference"],
        words["interval"],
        words["verdict_column"],
    ]
    return table(words["differences_table"], head, rows, numbers=(1, 2, 3, 4))
