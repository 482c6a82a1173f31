"""The shape of a scenario file, built from the declared parameters: there is no second list of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    create_model,
    model_validator,
)

from entraide.model.event_kinds import EVENT_KINDS, EventKind
from entraide.model.parameters import Parameter
from entraide.model.production_names import KIND_NAMES
from entraide.model.service_classes import SERVICE_CLASSES

from .declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from .measure_schema import Measure
from .rows import EFFECTS, ROWS
from .run_size import MOST_REPLICATES, USUAL_REPLICATES
from .schema_parts import OWN_RULE, Text, Words
from .schema_parts import Table as _Table
from .schema_parts import plain_number as _plain_number
from .schema_parts import rule as _rule

__all__ = [
    "CARD_SECTIONS",
    "CURRENT_SCHEMA_VERSION",
    "EVENT_TABLES",
    "LANGUAGES",
    "MOST_DAYS",
    "OWN_RULE",
    "PRODUCTION_KINDS",
    "RESERVED_SERVICE_NAMES",
    "MeasuresFile",
    "ScenarioTables",
    "in_both_languages",
    "scenario_json_schema",
]

CURRENT_SCHEMA_VERSION = 1
LANGUAGES = ("en", "fr")
PRODUCTION_KINDS = KIND_NAMES
# Three years: beyond, awareness and staff change in ways that the model leaves out.
MOST_DAYS = 1095
# These words begin keys of changes, so no service may bear them.
RESERVED_SERVICE_NAMES = ("administration_only", "citizens")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_DATE = ("must be a date, written year-month-day", "doit être une date, écrite année-mois-jour")


def _calendar_date(value: object) -> object:
    """Accept a TOML date, or the same as text (a JSON file has no dates)."""
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            raise _rule(*_DATE) from None
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise _rule(*_DATE)
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        between = f"doit être une date entre {_FIRST_YEAR} et {_LAST_YEAR}"
        raise _rule(f"must be a date between {_FIRST_YEAR} and {_LAST_YEAR}", between)
    return value


def _communes(value: object) -> str | list[str]:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, list) and value and all(isinstance(code, str) and code.strip() for code in value):
        return value
    raise _rule(
        'must be "department:CODE", "intercommunality:CODE" or a list of commune codes between quotation marks',
        'doit être "department:CODE", "intercommunality:CODE" ou une liste de codes communaux entre guillemets droits',
    )


FirstParagraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=700)]
CalendarDate = Annotated[datetime.date, BeforeValidator(_calendar_date)]
DayCount = Annotated[int, BeforeValidator(_plain_number), Field(ge=1, le=MOST_DAYS)]
ReplicateCount = Annotated[int, BeforeValidator(_plain_number), Field(ge=1, le=MOST_REPLICATES)]


class LanguageCard(_Table):
    """What a reader must know of a scenario before using it."""

    title: Text = Field(description="name in lists, reports and figures")
    question: Text = Field(description="what somebody would decide with it")
    what_it_is: FirstParagraph = Field(
        description="what is simulated and who contributes what, for somebody who reads nothing else"
    )
    how_it_works: Text = Field(description="what contributes, needs, serves and decides, day by day")
    things_to_notice: Text = Field(description="what a first run shows")
    things_to_try: Text = Field(description="changes that are worth a run, with their keys")
    limits: Text = Field(description="what must not be concluded from it")
    sources: Text = Field(description="where its figures come from, and which are assumptions")


CARD_SECTIONS = tuple(name for name in LanguageCard.model_fields if name not in ("title", "question"))


class Card(_Table):
    en: LanguageCard
    fr: LanguageCard


_COMMUNES_SCHEMA = {
    "description": '"all", "region:53", "department:29", "intercommunality:<EPCI code>", or a list of commune codes',
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
    ],
}


def _either_communes_or_file(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": ["communes"]}, {"required": ["file"]}]
    schema["properties"]["communes"].pop("default", None)


class Territory(_Table):
    """Where: French communes by code, or the zones of the user's own CSV file."""

    model_config = ConfigDict(json_schema_extra=_either_communes_or_file)

    communes: Annotated[Any, PlainValidator(_communes), WithJsonSchema(_COMMUNES_SCHEMA)] = None
    file: Text = Field(default="", description="CSV of zones, relative to the scenario file")
    outline: Text = Field(default="", description="GeoJSON with the zones' outlines")
    card_written_for: Text = Field(default="", description="territory that the card speaks of, where it is another one")

    @model_validator(mode="after")
    def _one_source(self) -> Territory:
        given = self.model_fields_set & {"communes", "file"}
        if len(given) != 1:
            french = "doit contenir communes ou file" + (", non les deux" if given else "")
            raise _rule("must hold either communes or file" + (", not both" if given else ""), french)
        return self


class Time(_Table):
    """When: first day and number of days."""

    start: CalendarDate = Field(description="first day, which decides the season")
    days: DayCount = Field(description="length of a simulation; risks are told by year of 365 days")


class Run(_Table):
    """How a run is made unless it is asked otherwise."""

    replicates: ReplicateCount = Field(
        default=USUAL_REPLICATES, description="simulations with different chance; from 10 on, risks are probabilities"
    )


class _EventTable(_Table):
    date: CalendarDate


_EVENT_LISTS = {
    "services": "services hit; empty: all",
    "zones": "codes of the zones hit; empty: all",
    "groups": "names of the social groups hit; empty: all",
}


def _event_table(kind: EventKind) -> type[BaseModel]:
    """Return the table of one kind of event: its date, and what it has a use for."""
    fields: dict[str, Any] = {"kind": (Literal[kind.name], ...)}  # type: ignore[name-defined]
    if "days" in kind.accepts:
        fields["days"] = (DayCount, 1)
    if kind.bounds is not None:
        low, high = kind.bounds
        bounded = Field(ge=low, le=high, allow_inf_nan=False, description=f"{kind.size_en} ({kind.unit})")
        fields["size"] = (Annotated[float, BeforeValidator(_plain_number)], bounded)
    for key, meaning in _EVENT_LISTS.items():
        if key in kind.accepts:
            fields[key] = (list[Text], Field(default=[], description=meaning))
    name = "".join(word.capitalize() for word in kind.name.split("_"))
    return create_model(name, __base__=_EventTable, __doc__=kind.does_en, **fields)


EVENT_TABLES: tuple[type[BaseModel], ...] = tuple(_event_table(kind) for kind in EVENT_KINDS)
_Event = Union[EVENT_TABLES]  # type: ignore[valid-type]  # noqa: UP007 - made from a tuple


def _field(parameter: Parameter) -> tuple[Any, Any]:
    """Return the type and the pydantic field of one parameter."""
    annotation: Any
    bounds: dict[str, Any] = {}
    if isinstance(parameter.default, bool):
        annotation = StrictBool
    elif parameter.choices is not None:
        annotation = Literal[parameter.choices]
    else:
        assert parameter.bounds is not None
        kind = type(parameter.default)
        low, high = (kind(bound) for bound in parameter.bounds)
        annotation = Annotated[kind, BeforeValidator(_plain_number)]
        bounds = {"ge": low, "le": high} | ({"allow_inf_nan": False} if kind is float else {})
    extra: dict[str, Any] = {"unit": parameter.unit, "kind": parameter.kind, "title_fr": parameter.label_fr}
    field = Field(
        default=parameter.default,
        title=parameter.label_en,
        description=parameter.help_en,
        json_schema_extra=extra,
        **bounds,
    )
    return annotation, field


def _parameter_fields(parameters: Iterable[Parameter]) -> dict[str, Any]:
    return {parameter.name: _field(parameter) for parameter in parameters}


def in_both_languages(value: Any) -> Any:
    """Take one text for both languages: who writes a scenario for themselves need not translate it.

    Raises
    ------
    pydantic_core.PydanticCustomError : an empty text, or neither a text nor a table.
    """
    if isinstance(value, str):
        if not value.strip():
            raise _rule("is empty: write where the figures come from")
        return dict.fromkeys(LANGUAGES, value)
    if not isinstance(value, Mapping):
        raise _rule("must be a text between quotation marks, or a text in each language: source.en and source.fr")
    return value


Citizens = create_model("Citizens", __base__=_Table, **_parameter_fields(CITIZENS.values()))
AdministrationOnly = create_model(
    "AdministrationOnly",
    __base__=_Table,
    source=(
        Annotated[Words, BeforeValidator(in_both_languages, json_schema_input_type=Text | Words)],
        Field(
            description="where these figures come from, or a text that starts with assumption; one text alone "
            "serves both languages"
        ),
    ),
    **_parameter_fields(ADMINISTRATION_ONLY.values()),
)
_SERVICE_FIELDS: dict[str, Any] = {
    "kind": (Literal[PRODUCTION_KINDS], Field(description="production kind")),
    "class": (Literal[tuple(SERVICE_CLASSES)], Field(description="class of service: starting values")),
    "title": (Words, ...),
    "administration_only": (
        AdministrationOnly,
        Field(description="what the administration alone would have and cost"),
    ),
}
Service = create_model("Service", __base__=_Table, **_SERVICE_FIELDS, **_parameter_fields(SERVICE.values()))

ServiceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]


def _at_least_one_service(services: object) -> object:
    if isinstance(services, dict) and not services:
        raise _rule("holds no service: at least one is needed")
    for name in services if isinstance(services, dict) else ():
        if name in RESERVED_SERVICE_NAMES:
            raise _rule(f"no service may be called {name!r}: the word begins keys of changes")
    return services


Changes = dict[str, StrictBool | int | float | str]
_EVENT_NAMES = tuple(kind.name for kind in EVENT_KINDS)


_BandEnd = Annotated[float, BeforeValidator(_plain_number), Field(allow_inf_nan=False)]


class Row(_Table):
    """What the scenario states of one row of the founding report."""

    row: Literal[tuple(ROWS)] = Field(description="which row")  # type: ignore[valid-type]
    claim: Words
    measure: Text = Field(description="yearly or daily measure, of the whole run")
    effect: Literal[EFFECTS] = Field(description="difference or ratio of moved against unmoved, or the level itself")  # type: ignore[valid-type]
    moved: Changes = Field(default={}, description="changes whose effect is measured; none for a level")
    events: dict[Literal[_EVENT_NAMES], float] = Field(  # type: ignore[valid-type]
        default={}, description="events whose effect is measured, kind = size, on the day of `entraide stress`"
    )
    switch: Changes = Field(min_length=1, description="changes that turn the mechanism off")
    low: _BandEnd = Field(description="least effect with which the statement holds")
    high: _BandEnd = Field(description="largest effect with which it holds")
    source: Text = Field(description="where the band comes from, or a text that starts with assumption")
    service: str = Field(default="", description="service measured; empty: the first one")
    territory: str = Field(default="", description="where it is measured, as in --territory")
    days: DayCount | None = Field(
        default=None, description="length of its simulations; by default that of the scenario"
    )

    @model_validator(mode="after")
    def _proves_something(self) -> Row:
        nothing = {"difference": 0.0, "ratio": 1.0}.get(self.effect)
        if self.low >= self.high:
            raise _rule("low must be under high")
        if nothing is not None and self.low <= nothing <= self.high:
            raise _rule(f"the band from low to high holds {nothing:g}, which is no effect: it would prove nothing")
        if (self.effect == "level") == bool(self.moved or self.events):
            raise _rule("a difference or ratio needs moved = {...} or events = {...}; a level has none")
        return self


class ScenarioTables(_Table):
    """A complete scenario, as merged from a file and its bases."""

    schema_version: Literal[1] = Field(description="version of the file format")
    base: Text = Field(default="", description="scenario that this file changes: a name, or a path to a .toml file")
    card: Card = Field(description="what a reader must know, in both languages")
    territory: Territory
    time: Time
    run: Run = Field(default_factory=Run)
    citizens: Citizens = Field(default_factory=Citizens, description="parameters that all services share")  # type: ignore[valid-type]
    services: Annotated[
        dict[ServiceName, Service],  # type: ignore[valid-type]
        BeforeValidator(_at_least_one_service),
        Field(
            description="what is provided, each with its kind, norms, costs and class",
            json_schema_extra={"additionalProperties": False, "minProperties": 1},
        ),
    ]
    events: list[Annotated[_Event, Field(discriminator="kind")]] = Field(
        default=[], description="what strikes: kind, first day, length and size"
    )
    rows: list[Row] = Field(default=[], description="what the scenario shows of the model; measured by tests")
    changes: dict[str, bool | int | float | str] = Field(
        default={},
        description="what is moved against the values above, by key as in --set; what moving a lever costs is counted "
        "against them",
    )
    measures: dict[ServiceName, Measure] = Field(
        default={}, description="measures of this scenario's own, beside those that come with the package"
    )


class MeasuresFile(_Table):
    """A file that holds measures only, such as the package's library."""

    schema_version: Literal[1]
    measures: dict[ServiceName, Measure]


# Tables in which a file with a base may give a part; a territory or an event is replaced as a whole.
_MERGED_TABLES = (
    "Card",
    "LanguageCard",
    "Words",
    "Time",
    "Run",
    "Citizens",
    "Service",
    "AdministrationOnly",
    "Measure",
)


def _as_patch(schema: Any) -> Any:
    """Return a schema in which merged tables require nothing."""
    if isinstance(schema, list):
        return [_as_patch(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    patch = {key: _as_patch(value) for key, value in schema.items() if key != "required"}
    target = str(schema.get("$ref", "")).rpartition("/")[2]
    if target in _MERGED_TABLES:
        patch["$ref"] = f"#/$defs/{target}Patch"
    return patch


def scenario_json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file.

    A file without ``base`` must be complete; a file with one may hold any part.
    """
    complete = ScenarioTables.model_json_schema()
    definitions = complete.pop("$defs")
    patches = {f"{name}Patch": _as_patch(definitions[name]) for name in _MERGED_TABLES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "entraide scenario",
        "type": "object",
        "required": ["schema_version"],
        "if": {"required": ["base"]},
        "then": {"$ref": "#/$defs/ScenarioPatch"},
        "else": {"$ref": "#/$defs/Scenario"},
        "$defs": {**definitions, **patches, "Scenario": complete, "ScenarioPatch": _as_patch(complete)},
    }
