"""Small visible parts that pages share. They hold no state: values come in, and what the reader does goes out.

Form fields are plain HTML in small Vue files, because labels, units, keyboard and spoken values then work as browsers
make them work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import solara

from entraide.scenarios.scenario import Scenario

from ..resting_words import unfitted_notes
from .choices import has_draws
from .design import PARAMETERS_OFFERED, REPLICATES
from .words import say

__all__ = ["STYLE", "Button", "Choice", "Fold", "ParametersField", "ReplicatesField", "SearchField", "Words"]

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


@solara.component_vue("choice.vue")
def _Choice(
    name: str,
    label: str,
    value: str,
    options: list[dict[str, str]],
    disabled: bool,
    help: str,
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


@solara.component_vue("button.vue")
def _Button(label: str, spoken: str, kind: str, disabled: bool, event_press: Callable[[Any], None]) -> Any: ...


@solara.component_vue("search_field.vue")
def _SearchField(name: str, label: str, value: str, help: str, event_type: Callable[[str], None]) -> None: ...


@solara.component_vue("fold.vue")
def _Fold(label: str, note: str, opened: bool, event_press: Callable[[Any], None]) -> None: ...


def Words(html: str, tag: str = "div", class_: str = "") -> None:
    """Show HTML that this package has written; every text in it is escaped."""
    solara.HTML(tag=tag, unsafe_innerHTML=html, classes=[class_] if class_ else [])


def Choice(
    name: str,
    label: str,
    value: str,
    options: Sequence[tuple[str, str]],
    on_choose: Callable[[str], None],
    *,
    help: str = "",
    disabled: bool = False,
) -> None:
    """Show a list of which one is chosen.

    Parameters
    ----------
    name : of the field on the page; one that no other field has.
    options : value and words of each.
    """
    _Choice(
        name=name,
        label=label,
        value=value,
        options=[{"value": each, "text": text} for each, text in options],
        disabled=disabled,
        help=help,
        event_choose=on_choose,
    )


def Button(
    label: str, on_press: Callable[[], None], *, spoken: str = "", kind: str = "quiet", disabled: bool = False
) -> Any:
    """Show a button, and return it for who holds it inside something else.

    Parameters
    ----------
    spoken : what is read aloud instead of the label, where the label alone does not say what it acts on.
    kind : "quiet", "go" (the one that matters on a page) or "link".
    """
    return _Button(label=label, spoken=spoken, kind=kind, disabled=disabled, event_press=lambda _: on_press())


def SearchField(name: str, label: str, value: str, help: str, on_type: Callable[[str], None]) -> None:
    """Show a field for words to look for; what is typed is told when the keyboard rests."""
    _SearchField(name=name, label=label, value=value, help=help, event_type=on_type)


def Fold(label: str, note: str, opened: bool, on_press: Callable[[], None]) -> None:
    """Show the heading of something that opens and closes; whoever shows it shows what is inside when it is open."""
    _Fold(label=label, note=note, opened=opened, event_press=lambda _: on_press())


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
    """Show the choice of how many years to simulate; a number that an address brought along is kept."""
    counts = REPLICATES if replicates in REPLICATES else tuple(sorted((*REPLICATES, replicates)))
    options = [
        (str(count), say(f"replicates_{count}", language) if count in REPLICATES else str(count)) for count in counts
    ]
    Choice(
        "replicates",
        say("replicates", language),
        str(replicates),
        options,
        lambda text: on_choose(int(text)),
        disabled=disabled,
    )
