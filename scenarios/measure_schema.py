"""The shape of a measure in a file: what it changes, which risks it prevents, and when it makes no sense."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from entraide.model.production_names import KIND_NAMES

from .schema_parts import Table, Text, Words, rule

__all__ = ["CATEGORIES", "PREVENTABLE", "RULES", "TESTS", "Condition", "Measure"]

CATEGORIES = ("prevention", "legal")
PREVENTABLE = ("continuity", "quality", "universality")
# How a new value is made from the one that is there.
RULES = ("times", "plus", "at_least", "at_most")
# How a value is looked at.
TESTS = ("more_than", "less_than", "equals", "other_than")

_SCALAR = [{"type": "number"}, {"type": "boolean"}, {"type": "string"}]
_CHANGE_SCHEMA = {
    "anyOf": [
        *_SCALAR,
        *({"type": "object", "properties": {name: {"type": "number"}}, "required": [name]} for name in RULES),
    ]
}


def _scalar(value: object) -> object:
    if not isinstance(value, (bool, int, float, str)):
        raise rule("must be a number, true or false, or a word between quotation marks")
    return value


def _change(value: object) -> object:
    if not isinstance(value, dict):
        return _scalar(value)
    if len(value) != 1 or next(iter(value)) not in RULES:
        raise rule(f"must hold one of {', '.join(RULES)}, e.g. {{ times = 2.0 }}")
    ((name, amount),) = value.items()
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        raise rule(f"{name} must be a number")
    if name == "times" and not amount > 0:
        raise rule("times must be above 0")
    return value


Scalar = Annotated[Any, PlainValidator(_scalar), WithJsonSchema({"anyOf": _SCALAR})]
Change = Annotated[Any, PlainValidator(_change), WithJsonSchema(_CHANGE_SCHEMA)]


class Condition(Table):
    """What must hold for a measure to make sense, and what to say where it does not."""

    of: Text = Field(description="a parameter, or a fact: digitally_excluded, zones, kind")
    more_than: Scalar = None
    less_than: Scalar = None
    equals: Scalar = None
    other_than: Scalar = None
    otherwise: Words

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        if len(self.model_fields_set & set(TESTS)) != 1:
            raise rule(f"must hold one of {', '.join(TESTS)}")
        return self


class Measure(Table):
    """A named measure: levers moved together, for a purpose."""

    category: Literal[CATEGORIES] = Field(  # type: ignore[valid-type]
        default="prevention", description="prevention: against risks; legal: the status under which citizens help"
    )
    prevents: list[Literal[PREVENTABLE]] = Field(  # type: ignore[valid-type]
        default=[], description="risks that it is meant to prevent"
    )
    title: Words
    help: Words
    caveat: Words | None = Field(
        default=None, description="what speaks against relying on it, told wherever it is offered"
    )
    kinds: list[Literal[KIND_NAMES]] = Field(  # type: ignore[valid-type]
        default=[], description="production kinds it makes sense for; empty: all"
    )
    changes: dict[str, Change] = Field(description="new value by lever, or how to make it from the one that is there")
    needs: list[Condition] = Field(default=[], description="what must hold, or the measure is refused with a reason")
    idle_when: dict[str, Scalar] = Field(
        default={}, description="values with which its mechanism is off: it then changes no result, its cost apart"
    )

    @model_validator(mode="after")
    def _for_something(self) -> Measure:
        if not self.changes:
            raise rule("changes nothing: at least one lever is needed in changes")
        if self.category == "prevention" and not self.prevents:
            raise rule("prevents no risk: a measure of prevention names at least one in prevents")
        return self
