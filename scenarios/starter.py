"""Writes the first lines of a user's own scenario: complete by its base, every lever and norm at hand as a comment."""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from entraide.model.errors import InputError, MachineError, Words
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
_NAMES: Words = {
    "en": "small letters, digits, - and _, at most 60",
    "fr": "des lettres minuscules sans accent, des chiffres, - et _, 60 au plus",
}
_ANOTHER: Words = {"en": "Choose another name", "fr": "Choisir un autre nom"}
_ANOTHER_OR_DELETE: Words = {
    "en": "Choose another name, or delete it", "fr": "Choisir un autre nom, ou supprimer le fichier",
}  # fmt: skip
_CREATE: Words = {"en": "Create it first", "fr": "Le créer d'abord"}
_COMMENTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": "Scenario {name}. A line that begins with # does nothing: remove the # and change the value.",
        "base": "What this file does not say is as in {base}. Check it with:",
        "check": "entraide scenarios check {name}.toml",
        # The base's text holds until the user's own replaces it: a scenario without a card cannot be judged by others.
        "card": "The other sections (what_it_is, how_it_works, things_to_notice, things_to_try, limits, sources) are "
        "the base's until you write your own here. Write them before you show results: they tell what the figures can "
        "and cannot say.",
        "territory": "Where. Other forms: all, region:53, intercommunality:<code>, a list of commune codes,",
        "zones": 'or your own zones: file = "zones.csv" with the columns code, name, population.',
        "time": "When: first day, and number of days (at most three years).",
        "citizens": "What is believed about citizens: assumptions, to be varied rather than chosen.",
        "norm": "Norms: set by the administration.",
        "lever": "Levers: how the service is designed.",
        "assumption": "Assumptions: unknown about the world, to be varied rather than chosen.",
        "alone": "How the administration alone would do it. Change source with the figures.",
        "events": "Events on a date. Kinds: {kinds}.",
    },
    "fr": {
        "name": "Scénario {name}. Une ligne qui commence par # ne fait rien\u202f: ôter le # et changer la valeur. "
        "Les nombres s'écrivent avec un point\u202f: 0.5.",
        "base": "Ce que ce fichier ne dit pas est comme dans {base}. On le vérifie par\u202f:",
        "check": "entraide scenarios check {name}.toml --lang fr",
        "card": "Les autres sections (what_it_is, how_it_works, things_to_notice, things_to_try, limits, sources) sont "
        "celles du scénario de départ tant que les vôtres ne sont pas écrites ici. Écrivez-les avant de montrer des "
        "résultats\u202f: elles disent ce que les chiffres permettent de dire, et ce qu'ils ne permettent pas.",
        "territory": "Où. Autres formes\u202f: all, region:53, intercommunality:<code>, une liste de codes communaux,",
        "zones": 'ou vos propres zones\u202f: file = "zones.csv", avec les colonnes code, nom, population.',
        "time": "Quand\u202f: premier jour, et nombre de jours (trois ans au plus).",
        "citizens": "Ce que l'on suppose des habitants\u202f: des hypothèses, à faire varier plutôt qu'à choisir.",
        "norm": "Normes\u202f: fixées par l'administration.",
        "lever": "Leviers\u202f: comment le service est conçu.",
        "assumption": "Hypothèses\u202f: ce que l'on ignore du monde, à faire varier plutôt qu'à choisir.",
        "alone": "Comment l'administration seule ferait. Changer source en même temps que les chiffres.",
        "events": "Événements, à une date. Sortes\u202f: {kinds}.",
    },
}


def new_scenario(
    name: str, folder: str | os.PathLike[str] = ".", base: str = "urban-reports", language: str = "en"
) -> Path:
    """Write a commented scenario file to start from, and return its path.

    The file is valid as it is and gives the same results as its base, until a line is changed.

    Parameters
    ----------
    name : name of the scenario; the file is called ``name.toml``.
    folder : where to write it; must exist.
    base : a scenario of the package.
    language : of the comments, "en" or "fr".

    Raises
    ------
    InputError : a name that cannot be used, a folder that does not exist, a file that exists, an unknown base.
    MachineError : the file cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise InputError({"en": "is not a valid name", "fr": "n'est pas un nom valide"}, value=name, allowed=_NAMES)
    if name in shipped_names():
        raise InputError(
            {"en": "is the name of a scenario of the package", "fr": "est le nom d'un scénario du paquet"},
            value=name,
            remedy=_ANOTHER,
        )
    scenario = load_scenario(base)
    path = Path(folder).expanduser() / f"{name}.toml"
    if not path.parent.is_dir():
        raise InputError(
            {"en": "no such folder", "fr": "il n'y a pas de tel dossier"}, value=str(path.parent), remedy=_CREATE
        )
    text = "\n".join(_lines(name, scenario, base, language)) + "\n"
    try:
        # "x" refuses to replace a file: it may hold someone's work.
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError(
            {"en": "exists already", "fr": "existe déjà"}, value=str(path), remedy=_ANOTHER_OR_DELETE
        ) from None
    except OSError as error:
        what = {"en": f"cannot be written: {error.strerror}", "fr": f"ne peut être écrit\u202f: {error.strerror}"}
        raise MachineError(what, value=str(path)) from None
    return path


def _lines(name: str, scenario: Scenario, base: str, language: str) -> Iterator[str]:
    comments = _COMMENTS[language]
    yield from _comment(comments["name"].format(name=name))
    yield from _comment(comments["base"].format(base=base))
    yield from _comment(comments["check"].format(name=name), "#   ")
    yield f"schema_version = {CURRENT_SCHEMA_VERSION}"
    yield f"base = {_toml(base)}"
    for each in LANGUAGES:
        yield ""
        yield f"[card.{each}]"
        yield f"title = {_toml(scenario.title[each])}"
        yield f"question = {_toml(scenario.question[each])}"
    yield from _comment(comments["card"])
    yield from _territory_lines(scenario, comments)
    yield from _time_lines(scenario, comments)
    yield ""
    yield from _comment(comments["citizens"])
    yield "# [citizens]"
    yield from _parameter_lines(CITIZENS.values(), scenario.citizens, language)
    for service in scenario.services:
        yield ""
        yield f"[services.{service.name}]"
        for kind in ("norm", "lever", "assumption"):
            yield from _comment(comments[kind])
            declared = [parameter for parameter in SERVICE.values() if parameter.kind == kind]
            yield from _parameter_lines(declared, service.parameters, language)
        yield ""
        yield from _comment(comments["alone"])
        yield f"# [services.{service.name}.administration_only]"
        for each in LANGUAGES:
            yield f"# source.{each} = {_toml(scenario.administration_sources[service.name][each])}"
        yield from _parameter_lines(ADMINISTRATION_ONLY.values(), service.administration_only, language)
    yield ""
    kinds = ", ".join(
        f"{kind.name} ({', '.join(key for key in kind.accepts if key in ('days', 'size'))})" for kind in EVENT_KINDS
    )
    yield from _comment(comments["events"].format(kinds=kinds))
    yield "# [[events]]"
    yield '# kind = "outage"'
    yield f"# date = {scenario.start.isoformat()}"
    yield "# days = 7"
    yield f"# services = [{_toml(scenario.services[0].name)}]"


def _territory_lines(scenario: Scenario, comments: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield from _comment(comments["territory"])
    yield from _comment(comments["zones"])
    yield "# [territory]"
    request = scenario.request
    if request.communes is None:
        yield f"# file = {_toml(request.file)}"
    elif isinstance(request.communes, str):
        yield f"# communes = {_toml(request.communes)}"
    else:
        yield f"# communes = [{', '.join(_toml(code) for code in request.communes)}]"


def _time_lines(scenario: Scenario, comments: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield from _comment(comments["time"])
    yield "# [time]"
    yield f"# start = {scenario.start.isoformat()}"
    yield f"# days = {scenario.days}"


def _parameter_lines(parameters: Iterable[Parameter], values: Mapping[str, Value], language: str) -> Iterator[str]:
    for parameter in parameters:
        label, meaning = (
            (parameter.label_fr, parameter.help_fr) if language == "fr" else (parameter.label_en, parameter.help_en)
        )
        yield from _comment(f"{label} ({parameter.allowed_words()[language]}). {meaning}", "#   ")
        yield f"# {parameter.name} = {_toml(values[parameter.name])}"


def _comment(text: str, mark: str = "# ") -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=mark, subsequent_indent=mark)


def _toml(value: Value) -> str:
    """Return a value as TOML writes it; its basic strings escape as JSON's do."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
