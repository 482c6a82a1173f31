"""Fields for what can be moved: a slider, a number, or a choice among words, each with what it means and costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import solara

from entraide.model.parameters import Parameter, Value
from entraide.scenarios.declarations import ALL
from entraide.scenarios.scenario import Scenario

from ..locales import localised
from ..report_design import parameter_value
from ..source_words import source_text
from ..units import is_share, unit_text, value_text, written_number
from .design import Design
from .levers import Lever, Option, nearest_step, parse_value
from .page_context import PageContext
from .pages.design_words import word
from .parts import Choice
from .words import say
from .worlds import value_there

__all__ = ["MovedField", "cost_of", "moved_value", "source_of"]


@solara.component_vue("lever.vue")
def _Lever(
    name: str,
    language: str,
    label: str,
    slider_label: str,
    unit: str,
    help: str,
    more: str,
    today: str,
    text: str,
    fault: str,
    value: float,
    baseline: float,
    low: float,
    high: float,
    step: float,
    moved: bool,
    reset_label: str,
    reset_one_label: str,
    disabled: bool,
    event_move: Callable[[float], None],
    event_preview: Callable[[float], None],
    event_type: Callable[[str], None],
    event_reset: Callable[[Any], None],
) -> None: ...


@solara.component_vue("number.vue")
def _Number(
    name: str,
    label: str,
    unit: str,
    help: str,
    more: str,
    today: str,
    text: str,
    fault: str,
    moved: bool,
    reset_label: str,
    reset_one_label: str,
    disabled: bool,
    event_type: Callable[[str], None],
    event_reset: Callable[[Any], None],
) -> None: ...


def moved_value(design: Design, field: Lever | Option) -> Value:
    """Return what a field stands at in the design that is worked on."""
    return design.moved.get(field.key, field.baseline)


def MovedField(page: PageContext, field: Lever | Option, *, slider: bool = True) -> None:
    """Show one field of a design; what the reader does changes the design.

    Parameters
    ----------
    slider : whether a number has a slider beside its field.
    """

    def take(value: Value | None) -> None:
        changed = page.design.move(field.key, None if value == field.baseline else value)
        with page.at_once:
            page.type(field.key, None)
            page.edit(changed)
            page.preview(changed)

    if isinstance(field, Option):
        _option(page, field, take)
        return

    def take_text(text: str) -> None:
        value = parse_value(field, text, page.language)
        if value is None:
            page.type(field.key, text)
        else:
            take(value)

    _number(page, field, take, take_text, slider)


def _name(key: str) -> str:
    return "lever-" + key.replace(".", "-")


def _more(page: PageContext, parameter: Parameter) -> str:
    """Return cost and source in a line."""
    cost = cost_of(parameter, page.world, page.language)
    return " ".join(part for part in (cost, source_of(parameter, page.language)) if part)


def _option(page: PageContext, field: Option, take: Callable[[Value | None], None]) -> None:
    parameter, language = field.parameter, page.language
    values: tuple[Value, ...] = (False, True) if isinstance(parameter.default, bool) else parameter.choices or ()
    by_text = {str(value): value for value in values}
    today = say("today", language, value=parameter_value(parameter, field.baseline, language))
    label, help = _words(parameter, language)
    Choice(
        _name(field.key),
        label,
        str(moved_value(page.design, field)),
        [(text, parameter_value(parameter, value, language)) for text, value in by_text.items()],
        lambda text: take(by_text.get(text)),
        help=" ".join(part for part in (today + ".", help, _more(page, parameter)) if part),
        disabled=page.running,
    )


def _words(parameter: Parameter, language: str) -> tuple[str, str]:
    english = language == "en"
    label = localised(parameter.label_en if english else parameter.label_fr, language)
    return label, localised(parameter.help_en if english else parameter.help_fr, language)


def _number(
    page: PageContext,
    lever: Lever,
    take: Callable[[Value | None], None],
    take_text: Callable[[str], None],
    slider: bool,
) -> None:
    parameter, language = lever.parameter, page.language
    scale = 100.0 if is_share(parameter) else 1.0
    moved = lever.key in page.design.moved
    value = float(moved_value(page.design, lever))
    text, fault = _written(value * scale, language), ""
    if lever.key in page.typed:
        assert parameter.bounds is not None
        text = page.typed[lever.key]
        low = _written(parameter.bounds[0] * scale, language)
        high = value_text(parameter, parameter.bounds[1], language)
        whole = say("whole", language) if isinstance(parameter.default, int) else ""
        now = value_text(parameter, value, language)
        fault = say("allowed", language, text=text[:60], low=low, high=high, whole=whole, now=now)
    label, help = lever.label(language), lever.help(language)
    shared: dict[str, Any] = {
        "name": _name(lever.key),
        "label": label,
        "unit": unit_text(parameter, language),
        "help": help,
        "more": _more(page, parameter),
        "today": say("today", language, value=value_text(parameter, lever.baseline, language)),
        "text": text,
        "fault": fault,
        "moved": moved,
        "reset_label": say("reset", language),
        "reset_one_label": say("reset_one", language, label=label),
        "disabled": page.running,
        "event_type": take_text,
        "event_reset": lambda _: take(None),
    }
    if not slider:
        _Number(**shared).key(lever.key)  # type: ignore[func-returns-value]
        return

    def at(shown: float) -> Value:
        return parameter.check(nearest_step(lever, float(shown) / scale))

    def sketch(then: Callable[[Design], None], shown: float) -> None:
        value = at(shown)
        then(page.design.move(lever.key, None if value == lever.baseline else value))

    _Lever(
        **shared,
        language=language,
        slider_label=say("slider", language, label=label),
        value=_clean(value * scale),
        baseline=_clean(lever.baseline * scale),
        low=_clean(lever.low * scale),
        high=_clean(max(lever.high, value) * scale),
        step=_clean(lever.step * scale),
        event_move=lambda shown: take(at(shown)),
        event_preview=partial(sketch, page.preview),
    ).key(lever.key)  # type: ignore[func-returns-value]


def _clean(value: float) -> float:
    """Drop the last digits of a double, which a multiplication by 100 fills with noise."""
    return round(value, 9)


def _written(value: float, language: str) -> str:
    return written_number(_clean(value), language)


def cost_of(parameter: Parameter, scenario: Scenario, language: str) -> str:
    """Say what moving a lever costs: the prices that its declaration names, as they stand; "" where it is none."""
    if parameter.lever is None:
        return ""
    priced = []
    for name in dict.fromkeys(re.findall(r"[a-z_]+", parameter.lever.cost)):
        declared = ALL.get(name)
        if declared is None or name == parameter.name or not declared.unit.startswith("EUR"):
            continue
        try:
            value = value_there(scenario, name)
        except KeyError:
            continue
        label = _words(declared, language)[0]
        priced.append(word("price", language, label=label, value=parameter_value(declared, value, language)))
    return " ".join(priced) or word("costs_nothing", language)


def source_of(parameter: Parameter, language: str) -> str:
    """Say where the declared default comes from: a reference, or that it is assumed."""
    if parameter.source.startswith("assumption"):
        return word("assumed", language)
    return word("source", language, source=source_text(parameter, language))
