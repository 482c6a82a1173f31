"""What a comparison of designs says, as HTML: a table of differences, then each design in sentences and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from entraide.experiments.comparison import Difference
from entraide.experiments.comparison_table import comparison_csv
from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.model.risk import DAYS_PER_YEAR
from entraide.scenarios.declarations import ALL
from entraide.scenarios.scenario import Scenario

from ...comparison_figures import difference_through_time, differences
from ...comparison_sentences import (
    amount_text,
    band_text,
    comparison_sentences,
    exchange_sentences,
    row_name,
    signed_text,
    spoken_verdict,
)
from ...locales import joined, localised, number, percent
from ...pair_words import pair_notes
from ...report_design import parameter_value
from ...wording import span_text
from ..design import LETTERS, Changes, Design
from ..drawn import picture_html, picture_of
from ..reading import reading_html
from ..verdict import Picture
from ..words import say
from ..worlds import value_there
from .compare_words import word
from .compare_work import DesignsCompared, differing, place_now

__all__ = [
    "design_label",
    "designs_html",
    "figures_of",
    "heading_html",
    "lever_texts",
    "service_html",
    "table_csv",
    "table_html",
]

_FIGURES_EACH = 2
# Told in sentences for each design; the other measures stand in the table.
_TOLD = ("continuity", "quality", "universality", "cost")


def lever_texts(levers: Changes, scenario: Scenario, language: str) -> tuple[str, ...]:
    """Say what each lever moved is set to, and what it is in the scenario."""
    told = []
    for key, value in levers:
        parameter = ALL[key.rpartition(".")[2]]
        label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
        new = parameter_value(parameter, value, language)
        old = parameter_value(parameter, value_there(scenario, key), language)
        told.append(say("instead", language, label=label, new=new, old=old))
    return tuple(told)


def design_label(design: Design, place: int, language: str, *, short: bool = False) -> str:
    """Return how a variant is called: its letter, and the name that the reader gave to it.

    Parameters
    ----------
    short : as it stands inside a sentence: the name alone where there is one.
    """
    letter, name = LETTERS[place], design.name_of(place)
    if short:
        return name or word("short", language, letter=letter)
    return word("letter_named" if name else "letter", language, letter=letter, name=name)


def _called(compared: DesignsCompared, now: Design, place: int | None, language: str, *, short: bool = False) -> str:
    """Return how a design of a comparison is called now: names may have changed since, its levers have not."""
    asked = compared.design
    if place is None:
        return say("name_today", language) if short else word("today", language)
    found = place_now(now, asked.variants[place])
    return design_label(asked if found is None else now, place if found is None else found, language, short=short)


def _named(
    compared: DesignsCompared, now: Design, place: int, each: ResultComparison, language: str
) -> ResultComparison:
    baseline = _called(compared, now, compared.design.baseline, language, short=True)
    candidate = _called(compared, now, place, language, short=True)
    return replace(each, comparison=replace(each.comparison, baseline=baseline, candidate=candidate))


def heading_html(compared: DesignsCompared, now: Design, language: str) -> str:
    """Say what is compared with what, how much that can tell, and how to read it."""
    first = next(iter(compared.services.values()))[0]
    days = min(DAYS_PER_YEAR, first.baseline.specification.days - DAYS_PER_YEAR * first.year)
    place = compared.design.baseline
    baseline = say("in_hand_today", language) if place is None else _called(compared, now, place, language)
    years = span_text(compared.baseline.replicates, days, language)
    notes = [word("against", language, baseline=baseline, years=years)]
    if compared.baseline.years > 1:
        notes.append(word("year", language, year=number(first.year + 1, language)))
    alike = [
        _called(compared, now, place, language)
        for place in range(len(compared.design.variants))
        if place not in differing(compared.design) and place != compared.design.baseline
    ]
    if alike:
        notes.append(word("alike", language, designs=joined(alike, language)))
    notes += pair_notes((first.baseline, first.candidate), language)
    return "".join(f"<p>{escape(note)}</p>" for note in notes) + reading_html(language)


def service_html(
    compared: DesignsCompared, service: str, now: Design, language: str, pictures: Sequence[Picture] | None
) -> str:
    """Return all that is said of one service.

    Parameters
    ----------
    pictures : of all services; None while they are being drawn, none where that failed.
    """
    order = list(compared.services)
    parts = []
    if len(order) > 1:
        of = compared.baseline.specification.services[compared.baseline.place_of(service)]
        title = localised(of.title.get(language) or service, language)
        parts.append(f"<h2>{escape(word('service', language, title=title))}</h2>")
    parts.append(table_html(compared, service, now, language))
    start = order.index(service) * len(compared.places) * _FIGURES_EACH
    for row, (place, each) in enumerate(zip(compared.places, compared.services[service], strict=True)):
        named = _named(compared, now, place, each, language)
        told = comparison_sentences(named, language)
        texts = [told[name] for name in _TOLD] + list(exchange_sentences(named, language))
        sentences = "".join(f"<p>{escape(text)}</p>" for text in texts)
        first = start + row * _FIGURES_EACH
        drawn = "".join(
            picture_html(pictures, figure, language)
            for figure in (range(first, first + _FIGURES_EACH) if pictures else (0,))
        )
        title = escape(_called(compared, now, place, language))
        parts.append(
            f'<section class="block" data-compared="{LETTERS[place]}"><h2>{title}</h2>{_moves_html(each, language)}'
            f'{sentences}<div class="pictures">{drawn}</div></section>'
        )
    return "".join(parts)


def _moves_html(each: ResultComparison, language: str) -> str:
    lines = []
    for key, (old, new) in each.moved.items():
        parameter = ALL[key.rpartition(".")[2]]
        label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
        values = {
            name: word("no_value", language) if value is None else parameter_value(parameter, value, language)
            for name, value in (("old", old), ("new", new))
        }
        lines.append(f"<li>{escape(say('instead', language, label=label, **values))}</li>")
    return f'<ul class="moves" aria-label="{escape(word("moves", language))}">{"".join(lines)}</ul>'


def table_html(compared: DesignsCompared, service: str, now: Design, language: str) -> str:
    """Return the table of differences: a row for each measure, a column for each design."""
    family = compared.services[service]
    baseline = _called(compared, now, compared.design.baseline, language)
    heads = [word("measure", language), f"{baseline} ({word('value', language)})"]
    heads += [_called(compared, now, place, language) for place in compared.places]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = []
    for row, difference in enumerate(family[0].comparison.differences):
        measure = difference.measure
        name = row_name(measure.name, language)
        mark = "" if measure.lower_is_better else " ▲"
        cells = "".join(
            _cell(each.comparison.differences[row], LETTERS[place], language)
            for place, each in zip(compared.places, family, strict=True)
        )
        old = escape(_value(difference, difference.baseline, language))
        rows.append(f'<tr><th scope="row">{escape(name[:1].upper() + name[1:] + mark)}</th><td>{old}</td>{cells}</tr>')
    title = word("differences", language)
    notes = [word("table_help", language), *([word("family", language)] if len(family) > 1 else [])]
    helps = escape(" ".join(notes))
    return (
        f'<section class="block"><h2>{escape(title)}</h2><p class="help">{helps}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}"><table class="differences">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _value(difference: Difference, value: float | None, language: str) -> str:
    if value is None:
        return word("no_value", language)
    if difference.measure.kind == "event":
        if difference.pairs >= FEWEST_FOR_PROBABILITY:
            return percent(value, language)
        pairs = difference.pairs
        return word("of", language, count=number(round(value * pairs), language), all=number(pairs, language))
    return amount_text(value, difference.measure.unit, language)


def _cell(difference: Difference, letter: str, language: str) -> str:
    event = difference.measure.kind == "event"
    unit = "event" if event else difference.measure.unit
    few = event and difference.pairs < FEWEST_FOR_PROBABILITY
    lines = [escape(_value(difference, difference.candidate, language))]
    if difference.difference is not None and not few:
        signed = signed_text(difference.difference, unit, language)
        gap = word("no_difference", language) if signed == "0" else signed
        band = "" if difference.band is None else band_text(difference.band, unit, language)
        lines.append(f'<span class="gap">{escape(gap + band)}</span>')
    if difference.difference is not None:
        lines.append(f"<strong>{escape(spoken_verdict(difference, language))}</strong>")
    ends = (None, None) if difference.band is None else (difference.band.low, difference.band.high)
    return (
        f'<td data-design="{letter}" data-measure="{difference.measure.name}" data-value="{difference.difference!r}" '
        f'data-low="{ends[0]!r}" data-high="{ends[1]!r}">{"<br>".join(lines)}</td>'
    )


def designs_html(compared: DesignsCompared, now: Design, language: str, pictures: Sequence[Picture] | None) -> str:
    """Return all that a comparison says, service by service."""
    return "".join(service_html(compared, service, now, language, pictures) for service in compared.services)


def table_csv(compared: DesignsCompared, now: Design, language: str) -> bytes:
    """Return all differences as CSV, the designs under the names that they have now."""
    return comparison_csv(
        [
            _named(compared, now, place, each, language)
            for family in compared.services.values()
            for place, each in zip(compared.places, family, strict=True)
        ],
        language,
    )


def figures_of(compared: DesignsCompared, language: str) -> tuple[Picture, ...]:
    """Return for each service and design the bands of its differences, and the main one through the year."""
    return tuple(
        picture_of(figure, f"{service}-{LETTERS[place]}-{figure.name}", language)
        for service, family in compared.services.items()
        for place, each in zip(compared.places, family, strict=True)
        for figure in (
            differences(each.comparison, language=language),
            difference_through_time(each, language=language),
        )
    )
