"""The commands that show what can be simulated: scenarios and parameters."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entraide.model.fault_words import UNKNOWN_PARAMETER

from .console import print_json, print_table, print_text, say, told_in_one_line
from .options import Changes, Json, Language, LanguageName, language_option

if TYPE_CHECKING:
    from entraide.model.parameters import Parameter

__all__ = ["parameters", "scenarios"]

scenarios = typer.Typer(no_args_is_help=True, help="List, read, start and check scenarios.")

_KIND_WORDS = {
    "en": {"norm": "norm", "lever": "lever", "assumption": "assumption", "constant": "constant"},
    "fr": {"norm": "norme", "lever": "levier", "assumption": "hypothèse", "constant": "constante"},
}
_SCOPE_WORDS = {
    "en": {
        "citizens": "Citizens (one value for all): --set KEY=VALUE",
        "service": "Service: --set KEY=VALUE, or --set SERVICE.KEY=VALUE where there are several",
        "administration_only": "Administration alone: --set administration_only.KEY=VALUE",
    },
    "fr": {
        "citizens": "Citoyens (une valeur pour tous) : --set CLÉ=VALEUR",
        "service": "Service : --set CLÉ=VALEUR, ou --set SERVICE.CLÉ=VALEUR s'il y en a plusieurs",
        "administration_only": "Administration seule : --set administration_only.CLÉ=VALEUR",
    },
}
_HEADERS = {
    "en": ("key", "kind", "default", "unit", "allowed", "what it is"),
    "fr": ("clé", "nature", "valeur par défaut", "unité", "valeurs permises", "ce que c'est"),
}
_NEXT = {"en": ("Change it, then:", "Run it:"), "fr": ("Le modifier, puis :", "Le simuler :")}
_CHECKED = {
    "en": "{file} can be run: {place}, {zones} zones, {people} inhabitants; {days} days from {start}; {services}.",
    "fr": "{file} peut être simulé : {place}, {zones} zones, {people} habitants ; {days} jours à partir du {start} ; "
    "{services}.",
}
_LABELS = {
    "en": {
        "default": "default",
        "allowed": "allowed",
        "scan": "varied over",
        "source": "source",
        "set": "to change it",
    },
    "fr": {
        "default": "valeur par défaut",
        "allowed": "valeurs permises",
        "scan": "plage explorée",
        "source": "source",
        "set": "pour le changer",
    },
}


@scenarios.command("list")
@told_in_one_line
def list_them(language: Language = LanguageName.en, as_json: Json = False) -> None:
    """List the scenarios that come with the package."""
    from entraide.scenarios.catalogue import list_scenarios

    found = list_scenarios()
    if as_json:
        rows = [
            {
                "name": each.name,
                "title": dict(each.title),
                "question": dict(each.question),
                "rows": list(each.rows),
            }
            for each in found
        ]
        print_json(rows)
        return
    header = ("name", "title", "question", "rows") if language == "en" else ("nom", "titre", "question", "lignes")
    print_table(
        "",
        header,
        [(each.name, each.title[language], each.question[language], ", ".join(each.rows)) for each in found],
    )


@scenarios.command("rows")
@told_in_one_line
def rows(language: Language = LanguageName.en, as_json: Json = False) -> None:
    """List the systems that the founding report names, with the scenarios that show each and the effects measured."""
    from entraide.experiments.rows import SEEDS, coverage
    from entraide.viz.row_tables import row_header, row_lines, row_note

    table = coverage()
    if as_json:
        print_json(table)
        return
    chosen = language.value
    print_text(row_note(SEEDS, chosen))
    print_text()
    print_table("", row_header(chosen), row_lines(table, chosen))


@scenarios.command("show")
@told_in_one_line
def show(
    name: Annotated[str, typer.Argument(help="Name of a scenario or path to a TOML file.")],
    language: Language = LanguageName.en,
) -> None:
    """Show a scenario's card: what it is, how it works, what to notice and try, limits, sources."""
    from entraide.scenarios import catalogue
    from entraide.viz.locales import localised

    print_text(localised(catalogue.show(name, language.value), language.value))


@scenarios.command("new")
@told_in_one_line
def new(
    name: Annotated[str, typer.Argument(help="Name of your scenario: small letters, digits, - and _.")],
    base: Annotated[str, typer.Option("--base", metavar="NAME", help="Scenario to start from.")] = "urban-reports",
    folder: Annotated[Path, typer.Option("--folder", metavar="FOLDER", help="Where to write the file.")] = Path("."),
    language: Language = LanguageName.en,
) -> None:
    """Write a commented scenario file to start from; it gives its base's results until a line is changed."""
    from entraide.scenarios.catalogue import new_scenario
    from entraide.viz.locales import localised

    path = new_scenario(name, folder, base, language.value)
    print_text(str(path))
    written, spoken = shlex.quote(str(path)), language_option(language.value)
    for text, command in zip(_NEXT[language.value], ("scenarios check", "run"), strict=True):
        say(localised(text, language.value) + f" entraide {command} {written}{spoken}")


@scenarios.command("check")
@told_in_one_line
def check(
    name: Annotated[str, typer.Argument(help="Path to a TOML file, or name of a scenario.")],
    changes: Changes = None,
    language: Language = LanguageName.en,
) -> None:
    """Check everything in a scenario that can be checked without running it, its territory included."""
    from entraide.scenarios import catalogue
    from entraide.scenarios.loader import parse_changes
    from entraide.scenarios.territories import territory_title
    from entraide.viz.locales import localised, number

    loaded = catalogue.check(name, parse_changes(changes or ()))
    territory = loaded.territory()
    services = ", ".join(f"{service.name} ({service.kind})" for service in loaded.services)
    said = _CHECKED[language.value].format(
        file=loaded.path.name, place=territory_title(territory, language.value), zones=territory.zones,
        people=number(territory.inhabitants, language.value), days=loaded.days, start=loaded.start, services=services,
    )  # fmt: skip
    print_text(localised(said, language.value))


@told_in_one_line
def parameters(
    name: Annotated[str | None, typer.Argument(help="One parameter, told in full.", show_default="all of them")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", show_default="all", help="Only norms, levers, assumptions or constants."
        ),
    ] = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """List the parameters with units, defaults and bounds, or tell one in full with its source."""
    from entraide.scenarios.declarations import ALL

    if name is not None:
        found = _named(name)
        if as_json:
            print_json(_document(found))
        else:
            _tell(found, language.value)
        return
    wanted = [each for each in ALL.values() if kind is None or each.kind == _checked_kind(kind)]
    if as_json:
        print_json([_document(each) for each in wanted])
        return
    for scope, title in _SCOPE_WORDS[language.value].items():
        rows = [_row(each, language.value) for each in wanted if each.scope == scope]
        if rows:
            print_table(title, _HEADERS[language.value], rows)


def _named(name: str) -> Parameter:
    from entraide.model.errors import InputError, nearest_name
    from entraide.scenarios.declarations import ALL

    key = name.split(".")[-1]
    if key not in ALL:
        raise InputError(
            UNKNOWN_PARAMETER,
            value=name,
            nearest=nearest_name(key, ALL),
            remedy={
                "en": "`entraide parameters` lists all of them",
                "fr": "`entraide parameters --lang fr` en donne la liste",
            },
        )
    return ALL[key]


def _checked_kind(kind: str) -> str:
    from entraide.model.errors import InputError, nearest_name
    from entraide.model.parameters import KINDS

    singular = kind.lower().removesuffix("s")
    if singular not in KINDS:
        allowed = ", ".join(KINDS)
        raise InputError(
            {"en": "unknown kind", "fr": "nature inconnue"},
            where="--kind",
            value=kind,
            allowed=allowed,
            nearest=nearest_name(singular, KINDS),
        )
    return singular


def _row(parameter: Parameter, language: str) -> tuple[str, ...]:
    from entraide.model.unit_words import UNITS

    label = parameter.label_en if language == "en" else parameter.label_fr
    return (
        parameter.name,
        _KIND_WORDS[language][parameter.kind],
        _number(parameter.default, language),
        UNITS[parameter.unit]["fr"] if language == "fr" else "" if parameter.unit == "1" else parameter.unit,
        _between(parameter.bounds, language) if parameter.bounds is not None else parameter.allowed(),
        label,
    )


def _number(value: object, language: str) -> str:
    """Return a value as its language writes it: 0.5, 0,5."""
    shown = _shown(value)
    return shown.replace(".", ",") if language == "fr" and isinstance(value, float) else shown


def _between(bounds: tuple[float, float], language: str) -> str:
    low, high = (_number(float(bound), language) for bound in bounds)
    return f"{low} to {high}" if language == "en" else f"de {low} à {high}"


def _tell(parameter: Parameter, language: str) -> None:
    from entraide.model.unit_words import UNITS
    from entraide.viz.locales import localised

    labels = _LABELS[language]
    label = parameter.label_en if language == "en" else parameter.label_fr
    meaning = parameter.help_en if language == "en" else parameter.help_fr
    unit = UNITS[parameter.unit]["fr"] if language == "fr" else "" if parameter.unit == "1" else parameter.unit
    unit = f" {unit}" if unit else ""
    prefix = "administration_only." if parameter.scope == "administration_only" else ""
    allowed = parameter.allowed() if parameter.bounds is None else _between(parameter.bounds, language) + unit
    told = [(labels["default"], _number(parameter.default, language) + unit), (labels["allowed"], allowed)]
    if parameter.scan is not None:
        told.append((labels["scan"], _between(parameter.scan, language) + unit))
    told.append((labels["source"], parameter.source))
    told.append((labels["set"], f"--set {prefix}{parameter.name}={_shown(parameter.default)}"))
    mark = ":" if language == "en" else " :"
    print_text(localised(f"{parameter.name} ({_KIND_WORDS[language][parameter.kind]}){mark} {label}", language))
    print_text(localised(meaning, language))
    for name, text in told:
        print_text(localised(f"  {name}{mark}", language) + f" {text}")


def _document(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "scope": parameter.scope,
        "kind": parameter.kind,
        "default": parameter.default,
        "unit": parameter.unit,
        "bounds": None if parameter.bounds is None else list(parameter.bounds),
        "choices": None if parameter.choices is None else list(parameter.choices),
        "scan": None if parameter.scan is None else list(parameter.scan),
        "label": {"en": parameter.label_en, "fr": parameter.label_fr},
        "help": {"en": parameter.help_en, "fr": parameter.help_fr},
        "source": parameter.source,
    }


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
