"""Values that an option cannot be given, told in one line as every other mistake is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, get_args, get_type_hints

import typer
from typer.core import TyperCommand

from entraide.model.fault_words import NO_WHOLE_NUMBER

from .console import say

__all__ = ["OneLineCommand"]

_KINDS = {
    int: (NO_WHOLE_NUMBER, {"en": "digits", "fr": "des chiffres"}),
    float: ({"en": "must be a number", "fr": "doit être un nombre"}, {"en": "a number", "fr": "un nombre"}),
}
_UNKNOWN = {"en": "is not known", "fr": "est inconnu"}
_HELP = {"en": "`{command} --help` says what it is", "fr": "`{command} --help` dit ce que c'est"}


class OneLineCommand(TyperCommand):
    """A command that says what is wrong with the value of an option as the package says every mistake."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the words after the command; ends with code 2 where a value is of no use."""
        given = list(args)
        try:
            return super().make_context(info_name, args, parent=parent, **extra)
        except typer.BadParameter as fault:
            name = getattr(fault.param, "name", None)
            options: Sequence[str] = getattr(fault.param, "opts", ())
            value = _given(options, given)
            kind = _kind(self.callback, name)
            if value is None or kind is None:
                raise
            # However it was started: the first word is the name of the program.
            command = " ".join(["entraide", *getattr(parent, "command_path", "").split()[1:], str(info_name)])
            language = _given(("--lang",), given) or "en"
            _say_fault(str(name), options[0], value, kind, command, language)
            raise typer.Exit(2) from None


def _given(options: Sequence[str], words: Sequence[str]) -> str | None:
    """Return the last value that an option was given, None where it was given none."""
    found = None
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in options:
            found = value if equals else words[place + 1] if place + 1 < len(words) else found
    return found


def _kind(callback: Any, name: str | None) -> type | None:
    """Return the type of a parameter of a command where we can say what is wrong with a value, else None."""
    if name is None:
        return None
    hint = get_type_hints(callback).get(name)
    for kind in get_args(hint) or (hint,):
        if kind in _KINDS or (isinstance(kind, type) and issubclass(kind, Enum)):
            return kind
    return None


def _say_fault(name: str, option: str, value: str, kind: type, command: str, language: str) -> None:
    from entraide.model.errors import InputError, nearest_name
    from entraide.viz.locales import LANGUAGES, localised

    try:
        # Where a number has bounds, its own check says them.
        _check(name, value)
        if issubclass(kind, Enum):
            known = [str(each.value) for each in kind]
            raise InputError(
                _UNKNOWN, where=option, value=value, allowed=", ".join(known), nearest=nearest_name(value, known)
            )
        what, allowed = _KINDS[kind]
        remedy = {each: text.format(command=command) for each, text in _HELP.items()}
        raise InputError(what, where=option, value=value, allowed=allowed, remedy=remedy)
    except InputError as fault:
        spoken = language if language in LANGUAGES and fault.is_told_in(language) else "en"
        mark = localised("entraide : ", "fr") if spoken == "fr" else "entraide: "
        say(mark + localised(fault.told(spoken), spoken))


def _check(name: str, value: str) -> None:
    from entraide.experiments.runner import check_numbers
    from entraide.experiments.snapshot_minutes import check_snapshot_minutes

    if name == "snapshot_minutes":
        check_snapshot_minutes(value)
    elif name in ("replicates", "seed", "threads"):
        check_numbers(**{name: value})
