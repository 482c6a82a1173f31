"""Writes the first lines of a user's own scenario: complete by its base, every lever and norm at hand as a comment."""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from entraide.model.errors import InputError, MachineError
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.parameters import Parameter, Value

from .declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from .loader import load_scenario
from .reading import shipped_names
from .scenario import Scenario
from .schema import CURRENT_SCHEMA_VERSION, LANGUAGES

__all__ = ["new_scenario"]

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_WIDTH = 110
# The base's text holds until the user's own replaces it: a scenario without a card cannot be judged by others.
_CARD_ADVICE = (
    "The other sections (what_it_is, how_it_works, things_to_notice, things_to_try, limits, sources) are the base's "
    "until you write your own here. Write them before you show results: they tell what the figures can and cannot say."
)


def new_scenario(name: str, folder: str | os.PathLike[str] = ".", base: str = "urban-reports") -> Path:
    """Write a commented scenario file to start from, and return its path.

    The file is valid as it is and gives the same results as its base, until a line is changed.

    Parameters
    ----------
    name : name of the scenario; the file is called ``name.toml``.
    folder : where to write it; must exist.
    base : a scenario of the package.

    Raises
    ------
    InputError : a name that cannot be used, a folder that does not exist, a file that exists, an unknown base.
    MachineError : the file cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise InputError("is not a valid name", value=name, allowed="small letters, digits, - and _, at most 60")
    if name in shipped_names():
        raise InputError("is the name of a scenario of the package", value=name, remedy="Choose another name")
    scenario = load_scenario(base)
    path = Path(folder).expanduser() / f"{name}.toml"
    if not path.parent.is_dir():
        raise InputError("no such folder", value=str(path.parent), remedy="Create it first")
    text = "\n".join(_lines(name, scenario, base)) + "\n"
    try:
        # "x" refuses to replace a file: it may hold someone's work.
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError("exists already", value=str(path), remedy="Choose another name, or delete it") from None
    except OSError as error:
        raise MachineError(f"cannot be written: {error.strerror}", value=str(path)) from None
    return path


def _lines(name: str, scenario: Scenario, base: str) -> Iterator[str]:
    yield from _comment(f"Scenario {name}. A line that begins with # does nothing: remove the # and change the value.")
    yield from _comment(
        f"What this file does not say is as in {base}. Check it with: entraide scenarios check {name}.toml"
    )
    yield f"schema_version = {CURRENT_SCHEMA_VERSION}"
    yield f"base = {_toml(base)}"
    for language in LANGUAGES:
        yield ""
        yield f"[card.{language}]"
        yield f"title = {_toml(scenario.title[language])}"
        yield f"question = {_toml(scenario.question[language])}"
    yield from _comment(_CARD_ADVICE)
    yield from _territory_lines(scenario)
    yield from _time_lines(scenario)
    yield ""
    yield from _comment("What is believed about citizens: assumptions, to be varied rather than chosen.")
    yield "# [citizens]"
    yield from _parameter_lines(CITIZENS.values(), scenario.citizens)
    for service in scenario.services:
        yield ""
        yield f"[services.{service.name}]"
        for kind, title in (
            ("norm", "Norms: set by the administration."),
            ("lever", "Levers: how the service is designed."),
            ("assumption", "Assumptions: unknown about the world, to be varied rather than chosen."),
        ):
            yield from _comment(title)
            declared = [parameter for parameter in SERVICE.values() if parameter.kind == kind]
            yield from _parameter_lines(declared, service.parameters)
        yield ""
        yield from _comment("How the administration alone would do it. Change source with the figures.")
        yield f"# [services.{service.name}.administration_only]"
        for language in LANGUAGES:
            yield f"# source.{language} = {_toml(scenario.administration_sources[service.name][language])}"
        yield from _parameter_lines(ADMINISTRATION_ONLY.values(), service.administration_only)
    yield ""
    kinds = ", ".join(
        f"{kind.name} ({', '.join(key for key in kind.accepts if key in ('days', 'size'))})" for kind in EVENT_KINDS
    )
    yield from _comment(f"Events on a date. Kinds: {kinds}.")
    yield "# [[events]]"
    yield '# kind = "outage"'
    yield f"# date = {scenario.start.isoformat()}"
    yield "# days = 7"
    yield f"# services = [{_toml(scenario.services[0].name)}]"


def _territory_lines(scenario: Scenario) -> Iterator[str]:
    yield ""
    yield from _comment("Where. Other forms: all, region:53, intercommunality:<code>, a list of commune codes,")
    yield from _comment('or your own zones: file = "zones.csv" with the columns code, name, population.')
    yield "# [territory]"
    request = scenario.request
    if request.communes is None:
        yield f"# file = {_toml(request.file)}"
    elif isinstance(request.communes, str):
        yield f"# communes = {_toml(request.communes)}"
    else:
        yield f"# communes = [{', '.join(_toml(code) for code in request.communes)}]"


def _time_lines(scenario: Scenario) -> Iterator[str]:
    yield ""
    yield from _comment("When: first day, and number of days (at most three years).")
    yield "# [time]"
    yield f"# start = {scenario.start.isoformat()}"
    yield f"# days = {scenario.days}"


def _parameter_lines(parameters: Iterable[Parameter], values: Mapping[str, Value]) -> Iterator[str]:
    for parameter in parameters:
        yield from _comment(f"{parameter.label_en} ({parameter.allowed()}). {parameter.help_en}", "#   ")
        yield f"# {parameter.name} = {_toml(values[parameter.name])}"


def _comment(text: str, mark: str = "# ") -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=mark, subsequent_indent=mark)


def _toml(value: Value) -> str:
    """Return a value as TOML writes it; its basic strings escape as JSON's do."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
