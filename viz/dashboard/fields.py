"""Form fields that the pages on designs and events share: plain HTML, like those of ``parts``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara

__all__ = ["TextField", "Ticks"]


@solara.component_vue("text_field.vue")
def _TextField(
    name: str,
    label: str,
    kind: str,
    value: str,
    unit: str,
    help: str,
    fault: str,
    low: str,
    high: str,
    most: int,
    disabled: bool,
    event_type: Callable[[str], None],
) -> None: ...


@solara.component_vue("ticks.vue")
def _Ticks(
    name: str,
    label: str,
    options: list[dict[str, str]],
    chosen: list[str],
    disabled: bool,
    event_toggle: Callable[[str], None],
) -> None: ...


def TextField(
    name: str,
    label: str,
    value: str,
    on_type: Callable[[str], None],
    *,
    kind: str = "text",
    unit: str = "",
    help: str = "",
    fault: str = "",
    bounds: tuple[str, str] = ("", ""),
    most: int = 0,
    disabled: bool = False,
) -> None:
    """Show a field for a short text, a number or a date; what was typed is told when it is left or on Enter.

    Parameters
    ----------
    name : of the field on the page; one that no other field has.
    kind : "text" or "date", as HTML has it.
    fault : why what was typed cannot be used, "" where it can.
    bounds : first and last date that are taken, as ISO writes them.
    most : characters that are taken, 0 for any number.
    """
    _TextField(
        name=name,
        label=label,
        kind=kind,
        value=value,
        unit=unit,
        help=help,
        fault=fault,
        low=bounds[0],
        high=bounds[1],
        most=most,
        disabled=disabled,
        event_type=on_type,
    ).key(name)  # type: ignore[func-returns-value]


def Ticks(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    chosen: Sequence[str],
    on_toggle: Callable[[str], None],
    *,
    disabled: bool = False,
) -> None:
    """Show boxes to tick.

    Parameters
    ----------
    options : value and words of each.
    chosen : values of those that are ticked.
    """
    _Ticks(
        name=name,
        label=label,
        options=[{"value": each, "text": text} for each, text in options],
        chosen=list(chosen),
        disabled=disabled,
        event_toggle=on_toggle,
    ).key(name)  # type: ignore[func-returns-value]
