"""The shape of a study file, and its faults in the user's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, Field, StrictBool, StrictInt, StrictStr, ValidationError
from pydantic_core import ErrorDetails

from entraide.model.errors import InputError, nearest_name
from entraide.scenarios.run_size import MOST_REPLICATES
from entraide.scenarios.schema import MOST_DAYS
from entraide.scenarios.schema_parts import OWN_RULE, Table, Text, Words

from ..measure_descriptions import MEASURES
from ..parameters_from import DEFAULT_PARAMETERS, PARAMETERS

__all__ = [
    "DESIGN_KINDS",
    "MOST_POINTS",
    "MOST_RUNS",
    "STUDY_SCHEMA_VERSION",
    "Design",
    "Factorial",
    "LatinHypercube",
    "Morris",
    "OneAtATime",
    "Outputs",
    "Sobol",
    "StudyTables",
    "check_version",
    "validate_study",
]

STUDY_SCHEMA_VERSION = 1
MOST_POINTS = 1_000_000
# A sweep keeps some 25 bytes for each run in memory.
MOST_RUNS = 20_000_000
MOST_PANEL = 100_000

Count = Annotated[StrictInt, Field(ge=1, le=MOST_POINTS)]


_Value = TypeVar("_Value")
_Kind = Annotated[_Value, Field(description="how settings of the factors are chosen")]
_Levels = Annotated[
    StrictInt, Field(ge=2, le=100, description="values of a factor that has a range; a list has its own")
]


class Factorial(Table):
    """Every combination of levels."""

    kind: _Kind[Literal["factorial"]]
    levels: _Levels = 2


class OneAtATime(Table):
    """The scenario as it is, then each factor alone at each of its levels."""

    kind: _Kind[Literal["one-at-a-time"]]
    levels: _Levels = 3


class LatinHypercube(Table):
    """Points spread over all factors; or designs spread over the levers, each under the same assumptions."""

    kind: _Kind[Literal["latin-hypercube"]]
    points: Count | None = Field(default=None, description="settings of all factors together; instead of the other two")
    designs: Count | None = Field(default=None, description="settings of the levers")
    assumptions: Count | None = Field(
        default=None, description="settings of the assumptions, under which every design is tried"
    )


class Sobol(Table):
    """Saltelli's scheme: samples x (factors + 2) points, x (2 factors + 2) with second order."""

    kind: _Kind[Literal["sobol"]]
    samples: Annotated[StrictInt, Field(ge=2, le=2**20, description="base points, a power of 2")]
    second_order: StrictBool = Field(default=False, description="also how two factors act together")


class Morris(Table):
    """Morris's elementary effects: trajectories x (factors + 1) points on a grid."""

    kind: _Kind[Literal["morris"]]
    trajectories: Annotated[
        StrictInt, Field(ge=2, le=100_000, description="walks, each of which moves every factor once")
    ]
    levels: Annotated[
        StrictInt, Field(ge=2, le=100, description="values of each factor on the grid, an even number")
    ] = 4


Design = Factorial | OneAtATime | LatinHypercube | Sobol | Morris
_DESIGNS: Mapping[str, type[Table]] = {
    get_args(each.model_fields["kind"].annotation)[0]: each for each in get_args(Design)
}
DESIGN_KINDS = tuple(_DESIGNS)


class Outputs(Table):
    """What is kept of each run, beside the three risks, their margins and the cost, which always are."""

    measures: Literal["all", "none"] | list[StrictStr] = Field(
        default="all", description="names of secondary measures that have a column each"
    )
    panel: Annotated[
        StrictInt,
        Field(ge=0, le=MOST_PANEL, description="citizens whose state is kept, the same in all runs of a territory"),
    ] = 0
    panel_every: Literal["month", "day"] = Field(
        default="month", description="at the end of which, and of the run, their state is kept"
    )


def _words(value: object) -> object:
    return {"en": value, "fr": value} if isinstance(value, str) else value


class StudyTables(Table):
    """A study file."""

    schema_version: StrictInt = Field(description="version of the file format")
    name: Annotated[
        StrictStr,
        Field(
            pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="up to 40 small letters, digits, - and _, a letter first"
        ),
    ]
    question: Annotated[Words, BeforeValidator(_words)] = Field(
        description="what the study is to answer; one text, or one in each language"
    )
    scenarios: Annotated[list[Text], Field(min_length=1, description="names of scenarios, or paths of their files")]
    factors: dict[str, Any] = Field(description="what is moved: levers are chosen, assumptions are not known")
    design: Annotated[Design, Field(discriminator="kind", description="which settings of the factors are run")]
    replicates: Annotated[StrictInt, Field(ge=1, le=MOST_REPLICATES, description="simulations of each setting")] = 1
    seed: Annotated[StrictInt, Field(ge=0, le=2**63 - 1, description="of the simulations and of the design")] = 0
    days: Annotated[StrictInt, Field(ge=1, le=MOST_DAYS)] | None = Field(
        default=None, description="length of a simulation; by default that of the scenario"
    )
    territory: Text | None = Field(
        default=None, description="where, as in --territory; by default that of the scenario"
    )
    parameters: Literal[PARAMETERS] = Field(  # type: ignore[valid-type]
        default=DEFAULT_PARAMETERS,
        description="ensemble: draws of fitted parameters, taken in turn by replicates; preset: the most typical",
    )
    outputs: Outputs = Outputs()


def check_version(tables: Mapping[str, Any], label: str) -> None:
    """Refuse a file without a version, or of one that this package does not know.

    Raises
    ------
    InputError : such a file.
    """
    if "schema_version" not in tables:
        remedy = f"Begin the file with schema_version = {STUDY_SCHEMA_VERSION}"
        raise InputError("schema_version is missing", where=label, remedy=remedy)
    version = tables["schema_version"]
    if version != STUDY_SCHEMA_VERSION or isinstance(version, bool):
        newer = isinstance(version, int) and version > STUDY_SCHEMA_VERSION
        raise InputError(
            "unknown schema version",
            where=f"{label}: schema_version",
            value=version,
            allowed=str(STUDY_SCHEMA_VERSION),
            remedy="The file was written for a newer entraide: install it" if newer else "",
        )


def validate_study(tables: Mapping[str, Any], label: str) -> StudyTables:
    """Return a study file's tables, checked; factors are checked apart, against the scenarios.

    Raises
    ------
    InputError : the first fault; unknown keys come first, since a misspelt key is often also a missing one.
    """
    check_version(tables, label)
    try:
        found = StudyTables.model_validate(tables)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        faults.sort(key=lambda fault: fault["type"] != "extra_forbidden")
        raise _told(faults[0], label) from None
    _check_points(found.design, label)
    names = [measure.name for measure in MEASURES]
    for name in found.outputs.measures if isinstance(found.outputs.measures, list) else ():
        if name not in names:
            raise InputError(
                "unknown measure",
                where=f"{label}: outputs.measures",
                value=name,
                allowed=", ".join(names),
                nearest=nearest_name(name, names),
            )
    return found


def _check_points(design: Design, label: str) -> None:
    """Refuse numbers of a design that do not go together."""
    if isinstance(design, Sobol) and design.samples & (design.samples - 1):
        below = 1 << (design.samples.bit_length() - 1)
        raise InputError(
            "must be a power of 2, or Sobol's points do not cover the factors evenly",
            where=f"{label}: design.samples",
            value=design.samples,
            remedy=f"Write {below} or {2 * below}",
        )
    if isinstance(design, Morris) and design.levels % 2:
        raise InputError(
            "must be even: on an odd grid trajectories miss some levels, and with 3 the high end of every range",
            where=f"{label}: design.levels",
            value=design.levels,
            remedy=f"Write {design.levels - 1} or {design.levels + 1}",
        )
    if isinstance(design, LatinHypercube):
        crossed = design.designs is not None or design.assumptions is not None
        if crossed == (design.points is not None) or (crossed and None in (design.designs, design.assumptions)):
            raise InputError(
                "takes points, or both designs and assumptions",
                where=f"{label}: design",
                remedy="Write points = 100 for points over all factors, or designs = 10 and assumptions = 50 for each "
                "of 10 designs under the same 50 sets of assumptions",
            )


def _told(fault: ErrorDetails, label: str) -> InputError:
    """Translate one fault found by pydantic."""
    kind, location, value = fault["type"], [str(part) for part in fault["loc"]], fault["input"]
    if location[:1] == ["design"] and len(location) > 1 and location[1] in _DESIGNS:
        table: Any = _DESIGNS[location.pop(1)]
    else:
        table = {"outputs": Outputs, "question": Words}.get(location[0], StudyTables) if location[1:] else StudyTables
    where = f"{label}: {'.'.join(location[:2])}"
    shown = None if isinstance(value, dict | BaseModel) else value
    key = location[-1]
    if kind == "extra_forbidden":
        allowed = list(table.model_fields)
        return InputError("unknown key", where=where, allowed=", ".join(allowed), nearest=nearest_name(key, allowed))
    if kind == "missing":
        home = f"[{location[-2]}]" if len(location) > 1 else "the file"
        return InputError("is missing", where=where, remedy=f"Add {key} to {home}")
    if kind == OWN_RULE:
        return InputError(str(fault["ctx"]["message"]), where=where, value=shown)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        given = value.get("kind") if isinstance(value, dict) else value
        return InputError(
            "is missing" if given is None else "unknown kind of design",
            where=f"{label}: design.kind",
            value=given,
            allowed=", ".join(_DESIGNS),
            nearest=None if given is None else nearest_name(str(given), _DESIGNS),
        )
    return InputError(_shape(kind, fault), where=where, value=shown, allowed=_allowed(fault, location))


def _shape(kind: str, fault: ErrorDetails) -> str:
    if kind.startswith("int_"):
        return "must be a whole number"
    if kind in ("greater_than_equal", "less_than_equal"):
        return "is out of bounds"
    if kind == "literal_error":
        return "is not one of the choices"
    if kind == "string_pattern_mismatch":
        return "is not a valid name"
    if kind == "too_short":
        return "is empty"
    shapes = {"string_type": "text", "list_type": "a list", "bool_type": "true or false", "dict_type": "a table"}
    if kind in shapes or kind == "model_type" or kind == "model_attributes_type":
        return f"must be {shapes.get(kind, 'a table')}"
    return "is empty" if kind == "string_too_short" else fault["msg"]


def _allowed(fault: ErrorDetails, location: list[str]) -> str:
    context = fault.get("ctx", {})
    if fault["type"] == "string_pattern_mismatch":
        return "up to 40 small letters, digits, - and _, beginning with a letter"
    if location[:2] == ["outputs", "measures"]:
        return '"all", "none", or a list of names of measures'
    if "expected" in context and fault["type"] == "literal_error":
        return str(context["expected"]).replace("'", "")
    for name, word in (("ge", "or more"), ("le", "or less")):
        if name in context:
            return f"{context[name]} {word}"
    return ""
