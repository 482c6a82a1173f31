"""How a parameter is declared: once, with type, unit, bounds, kind, words in both languages and source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .errors import InputError, Text, Words, nearest_name
from .fault_words import NO_WHOLE_NUMBER, OUT_OF_BOUNDS
from .unit_words import UNITS

__all__ = ["CHAPTERS", "KINDS", "SCOPES", "LeverNote", "Parameter", "Value", "by_name"]

Value = float | int | bool | str

KINDS = ("norm", "lever", "assumption", "constant")
SCOPES = ("citizens", "service", "administration_only")
# Chapters of levers, in the order of the founding report.
CHAPTERS = (
    "visibility",
    "unit tasks",
    "means",
    "aggregation",
    "trust",
    "altruism",
    "least effort",
    "pleasure",
    "social currency",
    "prevention",
    "acculturation",
    "shared tools",
    "legal frame",
    "integration",
    "last resort",
)


@dataclass(frozen=True)
class LeverNote:
    """What a lever does, for the table of levers.

    Attributes
    ----------
    chapter : one of CHAPTERS.
    moves : the state or parameter that it moves.
    phase : name of the phase of the day in which it acts.
    cost : formula of its cost, with the names of parameters; "none" where moving it costs nothing.
    idle : when it does nothing, because its mechanism is off.
    kinds : production kinds in which it acts; empty: all of them.
    elsewhere_en, elsewhere_fr : why it does nothing in the others.
    """

    chapter: str
    moves: str
    phase: str
    cost: str
    idle: str
    kinds: tuple[str, ...] = ()
    elsewhere_en: str = ""
    elsewhere_fr: str = ""


@dataclass(frozen=True)
class Parameter:
    """One declared parameter.

    Attributes
    ----------
    name : key in scenario files and in ``--set``.
    default : value when nothing else sets it; its type is the parameter's type.
    unit : unit of the value ("1" for a pure number, "logit", "min", "EUR", "1/day", ...).
    bounds : inclusive (low, high) for numbers, None for booleans and choices.
    choices : allowed words, for text parameters.
    kind : "norm" (set by the administration), "lever" (a design choice), "assumption" (unknown about
        the world) or "constant" (a convention).
    scope : "citizens" (one value for all), "service" (one per service) or "administration_only".
    label_en, label_fr, help_en, help_fr : what a policy analyst reads; help says what "more" means.
    source : reference of the number, or a text that starts with "assumption".
    scan : (low, high) over which an assumption is varied, None where it is not.
    production : production kinds that the parameter belongs to; empty: all.
    lever : for a lever, what it moves and what that costs.
    """

    name: str
    default: Value
    unit: str
    kind: str
    scope: str
    label_en: str
    label_fr: str
    help_en: str
    help_fr: str
    source: str
    bounds: tuple[float, float] | None = None
    choices: tuple[str, ...] | None = None
    scan: tuple[float, float] | None = None
    production: tuple[str, ...] = ()
    lever: LeverNote | None = None

    def check(self, value: object, where: Text = "") -> Value:
        """Return ``value`` in the parameter's type.

        Raises
        ------
        InputError : wrong type, not finite, out of bounds, or not among the choices.
        """
        where = where or self.name
        if isinstance(self.default, bool):
            if not isinstance(value, bool):
                raise InputError(
                    {"en": "must be true or false", "fr": "doit être true (oui) ou false (non)"},
                    where=where,
                    value=value,
                    allowed="true, false",
                )
            return value
        if isinstance(self.default, str):
            choices = self.choices or ()
            if not isinstance(value, str) or value not in choices:
                raise InputError(
                    {"en": "is not one of the choices", "fr": "n'est pas l'un des choix"},
                    where=where,
                    value=value,
                    allowed=", ".join(choices),
                    nearest=nearest_name(str(value), choices),
                )
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError(
                {"en": "must be a number", "fr": "doit être un nombre"},
                where=where,
                value=value,
                allowed=self.allowed_words(),
            )
        if isinstance(value, int) and abs(value) > 10**15:
            raise InputError(
                OUT_OF_BOUNDS,
                where=where,
                value=value,
                allowed=self.allowed_words(),
            )
        if not math.isfinite(value):
            raise InputError(
                {"en": "must be a finite number", "fr": "doit être un nombre fini"},
                where=where,
                value=value,
                allowed=self.allowed_words(),
            )
        if isinstance(self.default, int) and float(value) != int(value):
            raise InputError(
                NO_WHOLE_NUMBER,
                where=where,
                value=value,
                allowed=self.allowed_words(),
            )
        if self.bounds is not None and not self.bounds[0] <= value <= self.bounds[1]:
            raise InputError(
                OUT_OF_BOUNDS,
                where=where,
                value=value,
                allowed=self.allowed_words(),
            )
        return int(value) if isinstance(self.default, int) else float(value)

    def allowed_words(self) -> Words:
        """Return the allowed values by language, with the unit; in French with a comma."""
        if self.bounds is None or isinstance(self.default, bool):
            return {"en": self.allowed(), "fr": self.allowed()}
        low, high = (_plain(bound).replace(".", ",") for bound in self.bounds)
        return {"en": self.allowed(), "fr": f"de {low} à {high} {UNITS[self.unit]['fr']}".rstrip()}

    def allowed(self) -> str:
        """Return the allowed values as text, with the unit."""
        if isinstance(self.default, bool):
            return "true, false"
        if self.choices is not None:
            return ", ".join(self.choices)
        assert self.bounds is not None
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"{_plain(self.bounds[0])} to {_plain(self.bounds[1])}{unit}"


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def by_name(parameters: Iterable[Parameter]) -> Mapping[str, Parameter]:
    """Index declarations by name.

    Raises
    ------
    ValueError : a name is declared twice.
    """
    index: dict[str, Parameter] = {}
    for parameter in parameters:
        if parameter.name in index:
            raise ValueError(f"parameter {parameter.name} is declared twice")
        index[parameter.name] = parameter
    return index
