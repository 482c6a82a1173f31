"""The form of a case file, and its faults in the user's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic_core import ErrorDetails

from entraide.model.errors import InputError, nearest_name

__all__ = ["JUDGED", "ROLES", "CaseTables", "Role", "TargetTables", "validated"]

Role = Literal["fit", "out-of-sample", "check-of-input"]
Judged = Literal["mean", "range"]
ROLES: tuple[Role, ...] = ("fit", "out-of-sample", "check-of-input")
JUDGED: tuple[Judged, ...] = ("mean", "range")

Text = Annotated[str, Field(strict=True, min_length=1)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Words(_Table):
    """A text in both languages."""

    en: Text
    fr: Text


class TargetTables(_Table):
    """One figure that the simulation is held against.

    Attributes
    ----------
    metric : name of a metric, with its numbers.
    value : the observed figure.
    low, high : the band accepted.
    required : whether the command fails with it.
    role : what stands between the parameters and the figure.
    judged : "mean": the mean over draws lies in the band. "range": the observed figure lies in the central 80 % of the
        draws, and that range is no wider than the band.
    reason : why this role and this band, in one line.
    """

    metric: Text
    value: Number
    low: Number
    high: Number
    required: StrictBool = False
    role: Role = "out-of-sample"
    judged: Judged = "mean"
    reason: str = ""


class CaseTables(_Table):
    """One observed project or published figure.

    Attributes
    ----------
    id : how ``--ids`` names it.
    title, source : what it is, and where the figures come from.
    class : name of a class of service.
    harness : name of the protocol that simulates it.
    scale : observable inputs, of the harness's closed list.
    targets : at least one.
    not_modelled : why nothing in the model can be held against it; the case is then shown and counted, not run.
    """

    id: Annotated[str, Field(strict=True, pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$")]
    title: Text | Words
    source: Text
    service_class: Annotated[str, Field(strict=True, alias="class")]
    harness: Text
    scale: dict[str, Any] = Field(default_factory=dict)
    targets: Annotated[list[TargetTables], Field(min_length=1)]
    not_modelled: Words | None = None


_KEYS = {
    "": tuple(field.alias or name for name, field in CaseTables.model_fields.items()),
    "targets": tuple(TargetTables.model_fields),
    "title": tuple(Words.model_fields),
    "not_modelled": tuple(Words.model_fields),
}
_TYPES = {
    "string_type": "must be text between quotation marks",
    "bool_type": "must be true or false",
    "float_type": "must be a number",
    "float_parsing": "must be a number, without quotation marks",
    "finite_number": "must be a finite number",
    "list_type": "must be a list: write [[targets]]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
}


def validated(tables: Mapping[str, Any], file: str) -> CaseTables:
    """Return the tables of a case file, checked against the form.

    Raises
    ------
    InputError : the first fault, with the number of the others; unknown keys come first, since a misspelt key is
        often also a missing one.
    """
    for place, target in enumerate(tables["targets"] if isinstance(tables.get("targets"), list) else ()):
        for key in ("value", "low", "high"):
            if isinstance(target, Mapping) and isinstance(target.get(key), (str, bool)):
                where = f"{file}: targets[number {place + 1}].{key}"
                raise InputError("must be a number, without quotation marks", where=where, value=target[key])
    try:
        return CaseTables.model_validate(dict(tables))
    except ValidationError as error:
        # A title may have two forms: only the faults of the one that was meant help.
        in_table = isinstance(tables.get("title"), Mapping)
        faults = [
            fault
            for fault in error.errors(include_url=False)
            if fault["loc"][:1] != ("title",) or len(fault["loc"]) == 1 or ("Words" in fault["loc"]) == in_table
        ]
        faults.sort(key=lambda fault: fault["type"] != "extra_forbidden")
        raise _told(faults[0], file, len(faults) - 1) from None


def _told(fault: ErrorDetails, file: str, others: int) -> InputError:
    # The forms that a text may have are no key of the file.
    place = [part for part in fault["loc"] if part not in ("Words", "constrained-str")]
    where = f"{file}: {_key(place)}"
    more = "" if not others else f"And {others} more fault{'s' if others > 1 else ''} in this file"
    kind, value = fault["type"], fault["input"]
    shown = value if isinstance(value, str | int | float) else None
    if kind == "extra_forbidden":
        names = _KEYS.get(str(place[0]) if len(place) > 1 else "", ())
        nearest = nearest_name(str(place[-1]), names)
        return InputError("unknown key", where=where, allowed=", ".join(names), nearest=nearest, remedy=more)
    if kind == "missing":
        table = "[[targets]]" if place[0] == "targets" and len(place) > 1 else "the file"
        remedy = f"Add {place[-1]} to {table}" if place != ["targets"] else "Add [[targets]]"
        return InputError("is missing", where=where, remedy=f"{remedy}. {more}".strip())
    if kind == "too_short":
        return InputError("holds no target", where=where, remedy="Add [[targets]]")
    if kind == "literal_error":
        allowed = ROLES if place[-1] == "role" else JUDGED
        nearest = nearest_name(str(value), allowed)
        return InputError(
            "is not one of the choices", where=where, value=shown, allowed=", ".join(allowed), nearest=nearest
        )
    if kind == "string_pattern_mismatch":
        allowed_text = "letters, digits, -, _ and ., beginning with a letter, 40 at most"
        return InputError("is not a valid id", where=where, value=shown, allowed=allowed_text)
    if kind == "string_too_short":
        return InputError("is empty", where=where, remedy="Write the text")
    return InputError(_TYPES.get(kind, fault["msg"]), where=where, value=shown, remedy=more)


def _key(place: list[Any]) -> str:
    parts: list[str] = []
    for part in place:
        if isinstance(part, int):
            parts[-1] += f"[number {part + 1}]"
        else:
            parts.append(str(part))
    return ".".join(parts)
