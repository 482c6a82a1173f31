"""Checks the tables of a scenario file, and tells the first fault in the user's words."""

from __future__ import annotations

import datetime
import math
import types
import typing
from collections.abc import Container, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from entraide.model.errors import InputError, Text, Words, nearest_name, text_in
from entraide.model.event_kinds import EVENT_KINDS, event_kind
from entraide.model.fault_words import LISTED_PARAMETERS, NO_WHOLE_NUMBER, OUT_OF_BOUNDS
from entraide.model.parameters import Parameter
from entraide.model.unit_words import UNITS

from .declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE, parameter_at
from .schema import OWN_RULE, MeasuresFile, ScenarioTables

__all__ = ["number_fault", "validate_measures", "validate_tables"]

_BOUND_FAULTS = ("greater_than_equal", "less_than_equal", "finite_number")
_TABLE_FAULTS = ("model_type", "model_attributes_type", "dict_type")
_TYPES: Mapping[str, Words] = {
    "string_type": {"en": "must be text between quotation marks", "fr": "doit être un texte entre guillemets droits"},
    "bool_type": {"en": "must be true or false", "fr": "doit être true (oui) ou false (non)"},
    "list_type": {"en": "must be a list", "fr": "doit être une liste"},
}
_NO_CHOICE: Words = {"en": "is not one of the choices", "fr": "n'est pas l'un des choix"}
_UNKNOWN_EVENT: Words = {"en": "unknown kind of event", "fr": "sorte d'événement inconnue"}
_NO_EVENT: Words = {"en": "the kind of event is missing", "fr": "la sorte d'événement manque"}
_NO_NAME: Mapping[str, Words] = {
    "measures": {"en": "is not a valid name of a measure", "fr": "n'est pas un nom valide de mesure"},
    "services": {"en": "is not a valid name of a service", "fr": "n'est pas un nom valide de service"},
}
_UNKNOWN_KEY: Words = {"en": "unknown key", "fr": "clé inconnue"}
_EXPECTED_EVENTS = ", ".join(kind.name for kind in EVENT_KINDS)
Location = tuple[object, ...]


def validate_tables(tables: Mapping[str, Any], file: str) -> None:
    """Check merged tables against the schema.

    Parameters
    ----------
    tables : what the file and its bases say together.
    file : name of the file, for the messages.

    Raises
    ------
    InputError : the first fault, with the number of the others. Unknown keys and bad names come first: a
        misspelt key is often also a missing one.
    """
    _validate(ScenarioTables, tables, file)


def validate_measures(tables: Mapping[str, Any], file: str) -> None:
    """Check the tables of a file that holds measures only.

    Raises
    ------
    InputError : the first fault, as for a scenario file.
    """
    _validate(MeasuresFile, tables, file)


def _validate(schema: type[BaseModel], tables: Mapping[str, Any], file: str) -> None:
    try:
        schema.model_validate(tables)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        faults.sort(key=lambda fault: fault["type"] != "extra_forbidden" and "[key]" not in fault["loc"])
        raise _told(faults[0], file, len(faults) - 1) from None


def number_fault(parameter: Parameter, value: object, where: Text) -> InputError | None:
    """Return the fault of a value for a parameter, None when it can be used.

    Says more than ``Parameter.check`` about text given for a number: the unit, the decimal comma.
    """
    wants_number = not isinstance(parameter.default, (bool, str))
    if wants_number and isinstance(value, str):
        return InputError(
            {
                "en": "must be a number, without quotation marks and without its unit",
                "fr": "doit être un nombre, sans guillemets et sans son unité",
            },
            where=where,
            value=value,
            allowed=parameter.allowed_words(),
            remedy=_number_alone(value, parameter.unit),
        )
    try:
        parameter.check(value, where)
    except InputError as fault:
        return fault
    except OverflowError:
        return InputError(OUT_OF_BOUNDS, where=where, allowed=parameter.allowed_words())
    return None


def _number_alone(text: str, unit: str) -> Words:
    first = text.strip().split(" ")[0].replace(",", ".")
    try:
        number = float(first)
    except ValueError:
        number = math.nan
    example = f"{number:g}" if math.isfinite(number) else ""
    return {
        "en": f"Write {example or 'the number alone'}" + ("" if unit == "1" else f": it is read in {unit}"),
        "fr": f"Écrire {example or 'le nombre seul'}"
        + (", avec un point au lieu de la virgule" if "," in text else "")
        + ("" if unit == "1" else f"\u202f: l'unité est «\u202f{UNITS[unit]['fr']}\u202f»"),
    }


def _told(fault: ErrorDetails, file: str, others: int) -> InputError:
    """Translate one fault found by pydantic."""
    location: Location = fault["loc"]
    where = f"{file}: {_key(location)}" if location else file
    error = _about_parameter(fault, where) or _about_shape(fault, where)
    if not others:
        return error
    more = {
        "en": "And 1 more fault in this file" if others == 1 else f"And {others} more faults in this file",
        "fr": "Et une autre faute dans ce fichier" if others == 1 else f"Et {others} autres fautes dans ce fichier",
    }
    remedy = error.texts["remedy"]
    first = {language: text_in(remedy, language) for language in more}
    return InputError(
        error.texts["what"],
        where=error.texts["where"],
        value=error.value,
        allowed=error.texts["allowed"],
        nearest=error.nearest,
        remedy={
            language: f"{text}{'' if text.endswith('.') or not text else '.'} {more[language]}".strip()
            for language, text in first.items()
        },
    )


def _about_parameter(fault: ErrorDetails, where: str) -> InputError | None:
    parameter = parameter_at(fault["loc"])
    if parameter is None or fault["type"] == "extra_forbidden":
        return None
    return number_fault(parameter, fault["input"], where)


def _about_shape(fault: ErrorDetails, where: str) -> InputError:
    """Translate a fault that is not about a parameter's value."""
    kind, location, value, context = fault["type"], fault["loc"], fault["input"], fault.get("ctx", {})
    shown = None if isinstance(value, (dict, list, BaseModel)) else value
    if isinstance(value, datetime.date):
        shown = str(value)
    if kind == "extra_forbidden":
        return _unknown_key(location, where)
    if kind == "missing":
        return _missing_key(location, where)
    if kind == OWN_RULE:
        english, french = str(context["message"]), str(context["french"])
        return InputError({"en": english, "fr": french} if french else english, where=where, value=shown)
    if kind == "literal_error":
        allowed = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        nearest = nearest_name(str(value), allowed)
        return InputError(_NO_CHOICE, where=where, value=shown, allowed=", ".join(allowed), nearest=nearest)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = context.get("tag")
        return InputError(
            _UNKNOWN_EVENT if tag else _NO_EVENT,
            where=f"{where}.kind",
            value=tag,
            allowed=_EXPECTED_EVENTS,
            nearest=nearest_name(str(tag), _EXPECTED_EVENTS.split(", ")) if tag else None,
        )
    if location[-1:] == ("[key]",):
        return InputError(
            _NO_NAME["measures" if location[0] == "measures" else "services"],
            where=where,
            value=shown,
            allowed={
                "en": "up to 40 small letters, digits, - and _, beginning with a letter",
                "fr": "40 signes au plus, lettres minuscules sans accent, chiffres, - et _, une lettre d'abord",
            },
        )
    if kind in ("string_too_short", "string_too_long"):
        return _text_length(location, str(value).strip(), where)
    if kind in _TABLE_FAULTS:
        heading = _key(location)
        what = {
            "en": f"must be a table: write [{heading}]", "fr": f"doit être une table\u202f: écrire [{heading}]",
        }  # fmt: skip
        return InputError(what, where=where, value=shown)
    if kind in _BOUND_FAULTS or kind.startswith("int_"):
        return InputError(_number_words(kind), where=where, value=shown, allowed=_bounds_at(location))
    if kind in _TYPES:
        return InputError(_TYPES[kind], where=where, value=shown)
    return InputError(fault["msg"], where=where, value=shown)


def _number_words(kind: str) -> Words:
    if kind == "finite_number":
        return {"en": "must be a finite number", "fr": "doit être un nombre fini"}
    if kind.startswith("int_"):
        return NO_WHOLE_NUMBER
    return OUT_OF_BOUNDS


def _homes() -> Mapping[str, Container[str]]:
    """Return the keys of the tables whose keys are easily put elsewhere: a heading left out, or left a comment."""
    return {
        "[citizens]": CITIZENS,
        "[services.NAME]": SERVICE,
        "[services.NAME.administration_only]": ADMINISTRATION_ONLY,
        "[territory]": _names_at(("territory",)),
        "[time]": _names_at(("time",)),
    }


def _unknown_key(location: Location, where: str) -> InputError:
    key = str(location[-1])
    if location[0] == "events" and len(location) == 4:
        refused = event_kind(str(location[2])).refuses.get(key)
        if refused is not None:
            takers = [kind.name for kind in EVENT_KINDS if key in kind.accepts]
            others = ", ".join(takers)
            what = {
                "en": f"{key} has no use in {location[2]}: {refused['en']}",
                "fr": f"{key} ne sert à rien dans {location[2]}\u202f: {refused['fr']}",
            }
            remedy = {
                "en": f"Leave it out. It can be given to {others}",
                "fr": f"L'omettre. Cela se donne à {others}",
            }
            return InputError(what, where=where, remedy=remedy)
    names = _names_at(location[:-1])
    nearest = nearest_name(key, names)
    home = next((place for place, keys in _homes().items() if key in keys), None)
    if home:
        belongs = {"en": f"{key!r} belongs in {home}", "fr": f"{key!r} va dans {home}"}
        return InputError(_UNKNOWN_KEY, where=where, remedy=belongs)
    few = ", ".join(names) if len(names) <= 12 else ""
    return InputError(_UNKNOWN_KEY, where=where, allowed=few, nearest=nearest, remedy="" if few else LISTED_PARAMETERS)


def _missing_key(location: Location, where: str) -> InputError:
    key = str(location[-1])
    if location == ("services",):
        what = {
            "en": "holds no service: at least one is needed",
            "fr": "ne contient pas de service\u202f: il en faut un au moins",
        }
        return InputError(what, where=where, remedy={"en": "Add [services.NAME]", "fr": "Ajouter [services.NOM]"})
    english, french = f"Add [{key}], or a base that has it", f"Ajouter [{key}], ou une base qui la contient"
    if len(location) > 1:
        table = _key(location[:-1])
        english, french = f"Add {key} to [{table}]", f"Ajouter {key} à [{table}]"
    if location[0] == "card":
        english += ": a card is complete in both languages, or nobody can judge the scenario"
        french += "\u202f: une fiche est complète dans les deux langues, sinon personne ne peut juger le scénario"
    if location[-2:] == ("administration_only", "source"):
        english += ": where the figures come from, or a text that starts with assumption"
        french += "\u202f: d'où viennent les chiffres, ou un texte qui commence par hypothèse"
    return InputError({"en": "is missing", "fr": "manque"}, where=where, remedy={"en": english, "fr": french})


def _text_length(location: Location, text: str, where: str) -> InputError:
    field = _field_at(location)
    least = next((item.min_length for item in field if getattr(item, "min_length", None) is not None), 1)
    most = next((item.max_length for item in field if getattr(item, "max_length", None) is not None), None)
    if not text:
        empty = {"en": "is empty", "fr": "est vide"}
        return InputError(empty, where=where, remedy={"en": "Write the text", "fr": "Écrire le texte"})
    short = len(text) < least
    what = {
        "en": f"is too {'short' if short else 'long'}: {len(text)} characters",
        "fr": f"est trop {'court' if short else 'long'}\u202f: {len(text)} signes",
    }
    allowed = {
        "en": f"{least} to {most} characters" if most else f"{least} or more",
        "fr": f"de {least} à {most} signes" if most else f"{least} ou plus",
    }
    return InputError(what, where=where, allowed=allowed)


def _key(location: Location) -> str:
    """Return a place of the file as a user would look for it."""
    parts: list[str] = []
    for place, part in enumerate(location):
        if isinstance(part, int):
            parts[-1] += f"[number {part + 1}]"
        elif place >= 2 and location[0] == "events" and place == 2:
            continue
        elif part != "[key]":
            parts.append(str(part))
    return ".".join(parts)


def _bare(annotation: Any) -> Any:
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    return annotation


def _table_at(location: Location) -> type[BaseModel] | None:
    """Return the table of the schema that stands at a place, None where none does."""
    annotation: Any = ScenarioTables
    for part in location:
        annotation = _bare(annotation)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is dict:
            annotation = arguments[1]
        elif origin is list:
            annotation = arguments[0]
        elif origin in (typing.Union, types.UnionType):
            annotation = next(
                option for option in arguments if part in typing.get_args(option.model_fields["kind"].annotation)
            )
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and part in annotation.model_fields:
            annotation = annotation.model_fields[str(part)].annotation
        else:
            return None
    annotation = _bare(annotation)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _names_at(location: Location) -> list[str]:
    table = _table_at(location)
    return list(table.model_fields) if table else []


def _field_at(location: Location) -> list[Any]:
    """Return the constraints of a field."""
    table = _table_at(location[:-1])
    field = table.model_fields.get(str(location[-1])) if table else None
    return list(field.metadata) if field else []


def _bounds_at(location: Location) -> Text:
    constraints = _field_at(location)
    low = next((item.ge for item in constraints if getattr(item, "ge", None) is not None), None)
    high = next((item.le for item in constraints if getattr(item, "le", None) is not None), None)
    return "" if low is None else {"en": f"{low:g} to {high:g}", "fr": f"de {low:g} à {high:g}"}
