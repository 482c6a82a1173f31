"""The evidence as HTML for the dashboard: services of one's own kind first, then the rest, the controls, the limits.

Plain text functions over what is kept of the last evaluation (``entraide.experiments.evidence.found``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from entraide.experiments.evidence.case import Target
from entraide.experiments.evidence.case_schema import Role
from entraide.experiments.evidence.controls import IN_VAIN
from entraide.experiments.evidence.evaluate import CaseResult, TargetResult
from entraide.experiments.evidence.found import FoundControl, found_cases, found_controls, found_seeds
from entraide.experiments.evidence.metrics import BoundMetric, find_metric
from entraide.experiments.evidence.summary import Count, placed_targets, summarise

from ..class_words import class_title
from ..evidence_sentences import count_sentence, meaning_sentence
from ..evidence_tables import evidence_header, evidence_table_rows, roles_present
from ..locales import counted, localised, number, significant
from .pages.evidence_words import CANNOT_SAY, word

__all__ = ["controls_html", "evidence_html", "meaning_of", "of_classes"]

# Under so many cases of one's own kind the page warns.
_FEW = 2
# Parts of the page, by what their identifiers end in.
_CONTENTS = (
    ("own", "contents_own"),
    ("all", "all"),
    ("cases", "table"),
    ("controls", "controls"),
    ("cannot", "cannot"),
    ("again", "contents_again"),
)
_ROLES: tuple[tuple[Role, str], ...] = (
    ("fit", "column_fit"),
    ("out-of-sample", "column_out"),
    ("check-of-input", "column_given"),
)


def of_classes(results: Sequence[CaseResult], classes: Sequence[str]) -> tuple[CaseResult, ...]:
    """Return the cases of some classes of service."""
    return tuple(result for result in results if result.case.service_class in classes)


def evidence_html(classes: Sequence[str], language: str) -> str:
    """Return the whole page for services of some classes.

    Parameters
    ----------
    classes : names of classes of service, those of the design.
    """
    results, classes = found_cases(), tuple(dict.fromkeys(classes))
    own = of_classes(results, classes)
    how = word(
        "how",
        language,
        cases=counted(len(results), *{"en": ("case", "cases"), "fr": ("cas", "cas")}[language], language),
        seeds=counted(found_seeds(), "simulation", "simulations", language),
    )
    names = ", ".join(class_title(each, language) for each in classes)
    rest = tuple(result for result in results if result not in own)
    command = "entraide evidence" + (f" --ids {','.join(each.case.id for each in own)}" if own else "")
    command += "" if language == "en" else f" --lang {language}"
    return (
        f'<p class="block">{escape(how)}</p>{_contents_html(language)}'
        f"{_summary_html(word('yours', language, name=names), own, language, 'own')}"
        f"{_summary_html(word('all', language), results, language, 'all')}"
        f"{_cases_html((*own, *rest), len(own), language)}{controls_html(found_controls(), language)}"
        f"{_cannot_html(own or results, language)}"
        f'<section class="block" id="evidence-again"><p>{escape(word("again", language))}</p>'
        f"<code>{escape(command)}</code></section>"
    )


def _summary_html(title: str, results: Sequence[CaseResult], language: str, key: str) -> str:
    summary = summarise(results)
    lines = []
    if not results:
        lines.append(word("no_case", language))
    else:
        if len(results) < _FEW:
            lines.append(word("few_cases", language))
        lines += [meaning_sentence(summary, language), count_sentence(summary, language)]
    out = summary.unfitted_to
    marks = f'id="evidence-{key}" data-met="{out.met}" data-all="{out.all}"'
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<section class="block" {marks}><h2>{escape(title)}</h2>{told}</section>'


def _contents_html(language: str) -> str:
    """Return the list of what the page holds: figure by figure it is long."""
    title = escape(word("contents", language))
    items = "".join(f'<li><a href="#evidence-{key}">{escape(word(name, language))}</a></li>' for key, name in _CONTENTS)
    return f'<nav class="block contents" aria-label="{title}"><h2>{title}</h2><ul>{items}</ul></nav>'


def _count(result: CaseResult, role: Role) -> Count:
    targets = [found for _, found in placed_targets([result], role)]
    return Count(sum(found.passed for found in targets), len(targets))


def _cases_html(results: Sequence[CaseResult], own: int, language: str) -> str:
    columns = ("column_case", "column_kind", *(column for _, column in _ROLES), "column_missed")
    head = "".join(f'<th scope="col">{escape(word(column, language))}</th>' for column in columns)
    rows = "".join(_case_row(result, place < own, language) for place, result in enumerate(results))
    run = [result for result in results if not result.not_run]
    # The list of cases again: one case follows the other over many screens.
    listed = "".join(
        f'<li><a href="#figures-{escape(result.case.id)}">{escape(_called(result, language))}</a></li>'
        for result in run
    )
    details = f'<ul class="contents">{listed}</ul>{"".join(_figures_html(result, language) for result in run)}'
    title = escape(word("table", language))
    return (
        f'<section class="block evidence" id="evidence-cases"><h2>{title}</h2>'
        f'<p class="help">{escape(word("table_help", language))}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f"<details><summary>{escape(word('figures_more', language))}</summary>{details}</details></section>"
    )


def _called(result: CaseResult, language: str) -> str:
    """Return the title of a case with its number, by which summaries name it."""
    return f"{localised(result.case.title[language], language)} ({result.case.id})"


def _case_row(result: CaseResult, own: bool, language: str) -> str:
    name = _called(result, language)
    cells = [class_title(result.case.service_class, language)]
    if result.not_run:
        why = word("not_run", language, why=localised(result.not_run[language], language))
        inside = f'<td>{escape(cells[0])}</td><td colspan="4">{escape(why)}</td>'
    else:
        for role, _ in _ROLES:
            count = _count(result, role)
            told = word("of", language, met=number(count.met, language), all=number(count.all, language))
            cells.append(told if count.all else word("none", language))
        missed = sum(not found.passed for _, found in placed_targets([result]))
        cells.append(number(missed, language) if missed else word("none", language))
        inside = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    mine = ' class="mine"' if own else ""
    return f'<tr{mine} data-case="{escape(result.case.id)}"><th scope="row">{escape(name)}</th>{inside}</tr>'


def _figures_html(result: CaseResult, language: str) -> str:
    rows = [
        (_in_words(found, row[0], language), *row[1:])
        for role in roles_present([result])
        for (_, found), row in zip(
            placed_targets([result], role), evidence_table_rows([result], role, language), strict=True
        )
    ]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in evidence_header(language))
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    name = localised(result.case.title[language], language)
    source = word("source", language, source=" ".join(result.case.source.split()))
    label = escape(word("figures", language, name=name))
    return (
        f'<h3 id="figures-{escape(result.case.id)}">{escape(_called(result, language))}</h3>'
        f'<p class="help">{escape(source)}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _in_words(found: TargetResult, code: str, language: str) -> str:
    """Return what a figure means, with the marks that its code in a table bears (must hold, not fitted)."""
    marks = "".join(mark for mark in "*†" if mark in code)
    return f"{meaning_of(found.target, language).rstrip('.')}{marks}"


def controls_html(controls: Sequence[FoundControl], language: str) -> str:
    """Return the negative controls: each mechanism switched off, and the figures without it."""
    right = sum(control.fails_as_it_should for control in controls)
    columns = ("control", "figure", "band", "with", "without", "must", "is")
    head = "".join(f'<th scope="col">{escape(word(f"column_{column}", language))}</th>' for column in columns)
    titles = {result.case.id: result.case.title for result in found_cases()}
    rows = []
    for control in controls:
        for place, each in enumerate(control.figures):
            title = escape(localised(control.control.title[language], language))
            first = f'<th scope="rowgroup" rowspan="{len(control.figures)}">{title}</th>' if place == 0 else ""
            cells = (
                _figure_of(each.figure, titles, language),
                word("to", language, low=significant(each.low, language), high=significant(each.high, language)),
                significant(each.full, language),
                significant(each.without, language),
                word("missed" if each.must_fail else "met", language),
                word("missed" if each.missed else "met", language),
            )
            rows.append(f"<tr>{first}{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    title = escape(word("controls", language))
    tried = number(len(controls) + len(IN_VAIN), language)
    in_vain = "; ".join(localised(each[language], language) for each in IN_VAIN)
    said = word("controls_said", language, right=number(right, language), all=tried, in_vain=in_vain)
    return (
        f'<section class="block evidence" id="evidence-controls" data-right="{right}" data-all="{tried}">'
        f"<h2>{title}</h2><p>{escape(word('controls_help', language))}</p><p><strong>{escape(said)}</strong></p>"
        f"<details><summary>{escape(word('figures_more', language))}</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details></section>"
    )


def _cannot_html(results: Sequence[CaseResult], language: str) -> str:
    missed = [
        f"{localised(result.case.title[language], language)} – {meaning_of(found.target, language)}"
        for result, found in placed_targets(results, "out-of-sample")
        if not found.passed and not result.not_run
    ]
    first = ""
    if missed:
        figures = {"en": ("figure", "figures"), "fr": ("chiffre", "chiffres")}[language]
        told = word("cannot_missed", language, count=counted(len(missed), *figures, language))
        first = f"<li>{escape(told)}<ul>{''.join(f'<li>{escape(each)}</li>' for each in missed)}</ul></li>"
    items = "".join(f"<li>{escape(line)}</li>" for line in CANNOT_SAY[language])
    title = f"<h2>{escape(word('cannot', language))}</h2>"
    return f'<section class="block" id="evidence-cannot">{title}<ul>{first}{items}</ul></section>'


def meaning_of(target: Target, language: str) -> str:
    """Return what a figure means, in a sentence, with the numbers of its name; its name where that is not known."""
    return target.name if target.metric is None else _meaning(target.metric, language)


def _meaning(bound: BoundMetric, language: str) -> str:
    meaning = bound.metric.meaning if language == "en" else bound.metric.meaning_fr or bound.metric.meaning
    names = bound.metric.words
    for name, value in zip(names, bound.numbers, strict=False):
        # Of two prices each has its own place.
        meaning = meaning.replace(f"{{{name}}}", number(value, language), 1 if names.count(name) > 1 else -1)
    return localised(meaning, language)


def _figure_of(figure: tuple[str, str], titles: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return what a figure of a control means, and in which case it was observed."""
    case, metric = figure
    where = localised(titles[case][language], language) if case in titles else case
    return f"{_meaning(find_metric(metric), language).rstrip('.')} ({where})"
