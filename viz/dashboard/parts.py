"""The visible parts of the dashboard. They hold no state: values come in, and what the reader does goes out.

Form fields are plain HTML in small Vue files, because labels, units, keyboard and spoken values then work as browsers
make them work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import solara
from reacton import ipyvuetify as vuetify

from entraide.model.parameters import Value
from entraide.scenarios.catalogue import SECTION_TITLES
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.territories import territory_title

from ..locales import counted, day_text, localised
from ..resting_words import unfitted_notes
from ..units import is_share, unit_text, value_text, written_number
from .address import address
from .choices import PARAMETERS_OFFERED, REPLICATES, Choices, Lever, has_draws
from .words import LANGUAGE_NAMES, say

__all__ = ["STYLE", "Header", "LeverField", "ParametersField", "ReplicatesField", "RunBar", "ScenarioBlock", "Words"]

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
_SECTIONS_SHOWN = ("how_it_works", "things_to_notice", "things_to_try", "sources")


@solara.component_vue("header.vue")
def _Header(
    language: str,
    languages: list[dict[str, str]],
    tagline: str,
    languages_label: str,
    dark_label: str,
    skip: str,
    event_choose: Callable[[str], None],
) -> None: ...


@solara.component_vue("choice.vue")
def _Choice(
    name: str,
    label: str,
    value: str,
    options: list[dict[str, str]],
    disabled: bool,
    event_choose: Callable[[str], None],
) -> None: ...


@solara.component_vue("options.vue")
def _Options(
    name: str,
    label: str,
    value: str,
    options: list[dict[str, str]],
    disabled: bool,
    event_choose: Callable[[str], None],
) -> None: ...


@solara.component_vue("lever.vue")
def _Lever(
    name: str,
    language: str,
    label: str,
    slider_label: str,
    unit: str,
    help: str,
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
    event_type: Callable[[str], None],
    event_reset: Callable[[Any], None],
) -> None: ...


@solara.component_vue("run.vue")
def _RunBar(
    running: bool,
    stopping: bool,
    share: float,
    status: str,
    announcement: str,
    run_label: str,
    stop_label: str,
    bar_label: str,
    event_start: Callable[[Any], None],
    event_stop: Callable[[Any], None],
) -> None: ...


def Header(language: str, parameters: str, on_language: Callable[[str], None]) -> None:
    """Show the name of the page, the languages and the switch to dark mode."""
    _Header(
        language=language,
        languages=[
            {"code": code, "name": name, "address": address(code, parameters)} for code, name in LANGUAGE_NAMES.items()
        ],
        tagline=say("tagline", language),
        languages_label=say("languages", language),
        dark_label=say("dark", language),
        skip=say("skip", language),
        event_choose=on_language,
    )


def Words(html: str, tag: str = "div", class_: str = "") -> None:
    """Show HTML that this package has written; every text in it is escaped."""
    solara.HTML(tag=tag, unsafe_innerHTML=html, classes=[class_] if class_ else [])


def ScenarioBlock(
    choices: Choices, scenario: Scenario, language: str, disabled: bool, on_choose: Callable[[str], None]
) -> None:
    """Show the choice of a scenario, and its card."""
    with vuetify.Html(tag="section", class_="block"):
        Words(escape(say("choose", language)), "h2")
        _Choice(
            name="scenario",
            label=say("scenario", language),
            value=next(name for name, each in choices.scenarios.items() if each is scenario),
            options=[
                {"value": name, "text": localised(each.title[language], language)}
                for name, each in choices.scenarios.items()
            ],
            disabled=disabled,
            event_choose=on_choose,
        )
        Words(_card(scenario, language))
        if choices.faults:
            lines = "".join(f"<li>{escape(fault)}</li>" for fault in choices.faults)
            Words(f'<p class="fault">{escape(say("faults", language))}</p><ul>{lines}</ul>')


def _card(scenario: Scenario, language: str) -> str:
    """Return the question, what it is, the place, and the rest of the card behind a click."""
    territory = scenario.territory()
    people = {"en": ("inhabitant", "inhabitants"), "fr": ("habitant", "habitants")}[language]
    day = {"en": ("day", "days"), "fr": ("jour", "jours")}[language]
    place = say(
        "place",
        language,
        territory=localised(territory_title(territory, language), language),
        people=counted(territory.inhabitants, *people, language),
        days=counted(scenario.days, *day, language),
        start=day_text(scenario.start, language),
    )
    card, titles = scenario.card[language], SECTION_TITLES[language]
    sections = "".join(
        f"<h3>{escape(titles[name])}</h3><p>{escape(localised(card[name], language))}</p>" for name in _SECTIONS_SHOWN
    )
    return (
        f'<p class="question">{escape(localised(scenario.question[language], language))}</p>'
        f"<p>{escape(localised(card['what_it_is'], language))}</p>"
        f'<p class="help">{escape(place)}</p>'
        f"<details><summary>{escape(say('more', language))}</summary>{sections}</details>"
    )


def LeverField(
    lever: Lever,
    language: str,
    changes: Mapping[str, Value],
    typed: Mapping[str, str],
    disabled: bool,
    on_value: Callable[[float], None],
    on_text: Callable[[str], None],
    on_reset: Callable[[], None],
) -> None:
    """Show one lever.

    Parameters
    ----------
    changes : values of the levers moved.
    typed : what was typed and cannot be used, by key of lever.
    """
    parameter = lever.parameter
    scale = 100.0 if is_share(parameter) else 1.0
    value = float(changes.get(lever.key, lever.baseline))
    text, fault = _written(value * scale, language), ""
    if lever.key in typed:
        assert parameter.bounds is not None
        text = typed[lever.key]
        low = _written(parameter.bounds[0] * scale, language)
        high = value_text(parameter, parameter.bounds[1], language)
        whole = say("whole", language) if isinstance(parameter.default, int) else ""
        fault = say("allowed", language, text=text, low=low, high=high, whole=whole)
    _Lever(
        name="lever-" + lever.key.replace(".", "-"),
        language=language,
        label=lever.label(language),
        slider_label=say("slider", language, label=lever.label(language)),
        unit=unit_text(parameter, language),
        help=lever.help(language),
        today=say("today", language, value=value_text(parameter, lever.baseline, language)),
        text=text,
        fault=fault,
        value=_clean(value * scale),
        baseline=_clean(lever.baseline * scale),
        low=_clean(lever.low * scale),
        high=_clean(max(lever.high, value) * scale),
        step=_clean(lever.step * scale),
        moved=lever.key in changes,
        reset_label=say("reset", language),
        reset_one_label=say("reset_one", language, label=lever.label(language)),
        disabled=disabled,
        event_move=lambda shown: on_value(float(shown) / scale),
        event_type=on_text,
        event_reset=lambda _: on_reset(),
    ).key(f"{lever.key}")  # type: ignore[func-returns-value]


def _clean(value: float) -> float:
    """Drop the last digits of a double, which a multiplication by 100 fills with noise."""
    return round(value, 9)


def _written(value: float, language: str) -> str:
    return written_number(_clean(value), language)


def ParametersField(
    parameters: str, scenario: Scenario, language: str, disabled: bool, on_choose: Callable[[str], None]
) -> None:
    """Show the choice of what is taken to be known of people, and what nothing is known of in this scenario.

    Where data leave nothing open there is nothing to choose: neither answer is marked, and a line says why.
    """
    matters = has_draws(scenario)
    _Options(
        name="parameters",
        label=say("parameters", language),
        value=parameters if matters else "",
        options=[
            {
                "value": each,
                "text": say(f"parameters_{each}", language),
                "help": say(f"parameters_{each}_help", language),
            }
            for each in PARAMETERS_OFFERED
        ],
        disabled=disabled or not matters,
        event_choose=on_choose,
    )
    for note in unfitted_notes(scenario, language):
        told = note if matters else f"{note} {say('parameters_idle', language)}"
        Words(escape(told), "p", "help assumed")


def ReplicatesField(replicates: int, language: str, disabled: bool, on_choose: Callable[[int], None]) -> None:
    """Show the choice of how many years to simulate."""
    _Choice(
        name="replicates",
        label=say("replicates", language),
        value=str(replicates),
        options=[
            {
                "value": str(each),
                "text": say(f"replicates_{each}", language),
            }
            for each in REPLICATES
        ],
        disabled=disabled,
        event_choose=lambda text: on_choose(int(text)),
    )


def RunBar(
    language: str,
    *,
    running: bool,
    stopping: bool,
    share: float,
    status: str,
    announcement: str,
    on_start: Callable[[], None],
    on_stop: Callable[[], None],
) -> None:
    """Show the button that starts or stops, and how far it is."""
    _RunBar(
        running=running,
        stopping=stopping,
        share=share,
        status=status,
        announcement=announcement,
        run_label=say("run", language),
        stop_label=say("stop", language),
        bar_label=say("simulate", language),
        event_start=lambda _: on_start(),
        event_stop=lambda _: on_stop(),
    )
