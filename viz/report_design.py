"""The design and the assumptions of a run, as the report lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from entraide.experiments.ignorance import drawn_values
from entraide.experiments.results import Result
from entraide.model.event_kinds import event_kind
from entraide.model.parameters import Parameter, Value
from entraide.model.specification import Event, ServiceSpecification
from entraide.model.unit_words import UNITS
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from entraide.scenarios.lever_sense import concerns

from .class_words import class_title
from .locales import check_language, counted, day_text, is_plural, joined, localised, percent, significant
from .report_page import Cell, heading, paragraph, table
from .report_parts import service_title
from .report_words import CHOICES, WORDS
from .resting_words import change_caveats
from .source_words import source_text
from .units import is_share, written_number

__all__ = ["assumptions_part", "design_part", "parameter_value"]

# Units that are counted, in the singular: their plural is that of UNITS.
_ONE: Mapping[str, Mapping[str, str]] = {
    "d": {"en": "day", "fr": "jour"},
    "min": {"en": "minute", "fr": "minute"},
    "answers": {"en": "answer", "fr": "réponse"},
    "parts": {"en": "part", "fr": "part"},
    "tasks": {"en": "task", "fr": "tâche"},
}


def parameter_value(parameter: Parameter, value: Value, language: str) -> str:
    """Write a parameter's value with its unit, in the reader's words."""
    words = WORDS[check_language(language)]
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, str):
        return CHOICES[language].get(value, value)
    if parameter.unit == "day of year":
        return f"day {value:g} of the year" if language == "en" else f"{value:g}e jour de l'année"
    if is_share(parameter):
        return percent(value, language, 0 if abs(100.0 * value - round(100.0 * value)) < 1e-9 else 1)
    unit = UNITS[parameter.unit][language]
    if parameter.unit in _ONE and not is_plural(value, language):
        unit = _ONE[parameter.unit][language]
    return localised(f"{written_number(value, language)} {unit}".strip(), language)


def _range(parameter: Parameter, language: str) -> str:
    """Write the range over which an assumption is varied, its unit once."""
    if parameter.scan is None:
        return ""
    low, high = parameter.scan
    start = percent(low, language) if is_share(parameter) else written_number(low, language)
    return f"{start} – {parameter_value(parameter, high, language)}"


def _range_drawn(parameter: Parameter, values: NDArray[np.float64], language: str) -> str:
    """Write the range of the draws, its unit once."""
    low, high = float(np.min(values)), float(np.max(values))
    last = parameter_value(parameter, high, language)
    if low == high:
        return last
    # As the end is written, so that both have one decimal where one has.
    start = parameter_value(parameter, low, language) if is_share(parameter) else written_number(low, language)
    return f"{start} – {last}"


def _label(parameter: Parameter, language: str, key: str = "") -> Cell:
    label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
    return Cell(f'{escape(label)} <span class="key">{escape(key or parameter.name)}</span>')


def design_part(result: Result, language: str) -> str:
    """Return norms and levers of each service beside their values before changes, and the events."""
    words = WORDS[language]
    parts = [paragraph(words["design_note"])]
    several = len(result.service_names) > 1
    for service in result.specification.services:
        if several:
            parts.append(heading(3, words["service"].format(title=service_title(service, language))))
        shown = _parameters_of(service)
        for kind, caption in (("norm", words["norms"]), ("lever", words["levers"])):
            chosen = [parameter for parameter in shown if parameter.kind == kind]
            parts.append(_values_table(caption, chosen, service.parameters, service.reference, language))
    of_all = [parameter for parameter in CITIZENS.values() if parameter.kind == "lever"]
    now = result.specification.citizens
    parts.append(_values_table(words["levers_of_all"], of_all, now, _citizens_before(result), language))
    parts += [paragraph(note, "note") for note in change_caveats(result.scenario.changes, language)]
    parts.append(_events_table(result, language))
    return "".join(parts)


def _parameters_of(service: ServiceSpecification) -> list[Parameter]:
    """Return what means something in a service of its kind."""
    return [parameter for parameter in SERVICE.values() if concerns(parameter, service.kind)]


def _citizens_before(result: Result) -> Mapping[str, Value]:
    """Return the values of all citizens before levers were moved."""
    scenario = result.scenario
    return {
        name: scenario.tables.get("citizens", {}).get(name, CITIZENS[name].default)
        if name in scenario.changes
        else value
        for name, value in result.specification.citizens.items()
    }


def _values_table(
    caption: str,
    parameters: Iterable[Parameter],
    values: Mapping[str, Value],
    reference: Mapping[str, Value],
    language: str,
) -> str:
    """Return a table of values beside those before changes; what was changed is marked."""
    words = WORDS[language]
    rows, moved = [], []
    for row, parameter in enumerate(parameters):
        value, before = values[parameter.name], reference[parameter.name]
        mark = ""
        if value != before:
            moved.append(row)
            mark = words["changed"]
        written = [parameter_value(parameter, each, language) for each in (value, before)]
        rows.append([_label(parameter, language), *written, mark])
    head = [words["what"], words["value"], words["before"], words["changed"].capitalize()]
    columns = len(head) if moved else len(head) - 1
    return table(caption, head[:columns], [row[:columns] for row in rows], moved=moved)


def _event_size(event: Event, language: str) -> str:
    """Write how strong an event is, in the unit of its kind; "" where it has no size."""
    unit = event_kind(event.kind).unit
    if unit == "share":
        return percent(event.size, language)
    if unit == "times":
        return f"× {significant(event.size, language)}"
    return localised(f"{significant(event.size, language)} {UNITS[unit][language]}", language) if unit else ""


def _events_table(result: Result, language: str) -> str:
    words = WORDS[language]
    specification = result.specification
    names = dict(zip(specification.territory.codes, specification.territory.names, strict=True))
    day = ("day", "days") if language == "en" else ("jour", "jours")
    rows = []
    for event in specification.events:
        kind = event_kind(event.kind)
        where = ", ".join(localised(names[code], language) for code in event.zones) or words["everywhere"]
        rows.append(
            [
                localised(kind.label_en if language == "en" else kind.label_fr, language),
                day_text(specification.start + timedelta(days=event.day), language),
                counted(event.days, *day, language),
                _event_size(event, language),
                where,
            ]
        )
    return table(words["events"], [words["event"], words["from"], words["lasts"], words["size"], words["whom"]], rows)


def assumptions_part(result: Result, language: str) -> str:
    """Return every assumed value with the range over which it is varied and where it comes from."""
    words = WORDS[language]
    drawn = drawn_values(result)
    parts = [paragraph(words["assumptions_note_draws" if drawn else "assumptions_note"])]
    for service in result.specification.services:
        title = words["of_service"]
        if len(result.service_names) > 1:
            title = words["service"].format(title=service_title(service, language))
        of_service = _drawn_of(result, service.name, drawn, language)
        parts.append(_assumption_table(title, _parameters_of(service), service.parameters, language, of_service))
        alone = words["of_alone"]
        parts.append(_assumption_table(alone, ADMINISTRATION_ONLY.values(), service.administration_only, language))
        source = localised(result.scenario.administration_sources[service.name][language], language)
        parts.append(paragraph(words["alone_source"]) + paragraph(source, "note"))
    of_all, now = _drawn_of(result, "", drawn, language), result.specification.citizens
    parts.append(_assumption_table(words["of_citizens"], CITIZENS.values(), now, language, of_all))
    return "".join(parts)


@dataclass(frozen=True)
class _Drawn:
    """What varies from draw to draw: values by parameter, float64[draws], and where they come from, in words."""

    values: Mapping[str, NDArray[np.float64]]
    source: str


_NOTHING_DRAWN = _Drawn(MappingProxyType({}), "")


def _drawn_of(
    result: Result, service: str, drawn: Mapping[tuple[str, str], NDArray[np.float64]], language: str
) -> _Drawn:
    """Return what is drawn of one service, "" for all citizens: these follow the class of the first service."""
    values = {name: found for (owner, name), found in drawn.items() if owner == service}
    if not values or result.draws is None:
        return _NOTHING_DRAWN
    # Every metric is loaded with it: only for who drew from an ensemble.
    from entraide.experiments.evidence.ensembles import ensemble_of

    service_class = result.draws.classes[service or result.service_names[0]]
    projects = ensemble_of(service_class).provenance.get("projects", ())
    cases = joined([case for project in projects for case in str(project).split("+")], language)
    key = "fitted" if cases else "fitted_unnamed"
    return _Drawn(values, WORDS[language][key].format(service_class=class_title(service_class, language), cases=cases))


def _assumption_table(
    caption: str,
    parameters: Iterable[Parameter],
    values: Mapping[str, Value],
    language: str,
    drawn: _Drawn = _NOTHING_DRAWN,
) -> str:
    """Return a table of assumed values; those that are drawn have the range of their draws and what they rest on."""
    words = WORDS[language]
    rows = []
    for parameter in parameters:
        if parameter.kind not in ("assumption", "constant"):
            continue
        if parameter.name in drawn.values:
            span = _range_drawn(parameter, drawn.values[parameter.name], language)
            rows.append([_label(parameter, language), words["drawn"], span, drawn.source])
            continue
        shown = parameter_value(parameter, values[parameter.name], language)
        rows.append([_label(parameter, language), shown, _range(parameter, language), _source(parameter, language)])
    return table(caption, [words["what"], words["value"], words["range"], words["source"]], rows)


def _source(parameter: Parameter, language: str) -> str:
    """Return where a number comes from."""
    if language == "fr" and parameter.source.startswith("assumption"):
        return "hypothèse"
    return source_text(parameter, language)
