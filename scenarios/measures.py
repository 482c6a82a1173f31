"""Named measures of prevention and legal regimes, as their files say: levers moved together, under a name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Parameter, Value

from .declarations import CITIZENS, SERVICE
from .measure_schema import TESTS
from .scenario import Scenario
from .validation import number_fault, validate_measures

__all__ = [
    "FACTS",
    "LIBRARY_FILE",
    "Measure",
    "Move",
    "Test",
    "Words",
    "caveats_of",
    "check_measures",
    "library",
    "measures_of",
    "read_library",
]

LIBRARY_FILE = Path(__file__).resolve().parent / "data" / "measures.toml"
# What a condition may ask beside parameters: share of those old enough who are digitally excluded, number of zones,
# number of services with a platform, whether the zones' deprivation is known (1) or not (0); and of each service its
# production kind, and whether its tasks form one pool and are done on the spot.
FACTS = ("digitally_excluded", "zones", "services", "deprivation_known", "kind", "pooled_on_site")

Words = Mapping[str, str]


@dataclass(frozen=True)
class Move:
    """One lever moved: to a value, or by a rule from the value that is there.

    Attributes
    ----------
    parameter : what moves.
    rule : "to", "times", "plus", "at_least" or "at_most".
    amount : in the parameter's unit; a factor for "times".
    """

    parameter: Parameter
    rule: str
    amount: Value

    def value_from(self, present: Value) -> Value:
        """Return the value that the measure asks for, within the parameter's bounds."""
        if self.rule == "to":
            return self.parameter.check(self.amount)
        there, amount = float(present), float(self.amount)
        asked = {
            "times": there * amount,
            "plus": there + amount,
            "at_least": max(there, amount),
            "at_most": min(there, amount),
        }[self.rule]
        assert self.parameter.bounds is not None
        low, high = self.parameter.bounds
        asked = min(high, max(low, asked))
        return self.parameter.check(round(asked) if isinstance(self.parameter.default, int) else asked)


@dataclass(frozen=True)
class Test:
    """What must hold of a parameter or fact, and what to say where it does not."""

    of: str
    test: str
    bound: Value
    otherwise: Words

    def holds(self, value: Value) -> bool:
        """Tell whether the test holds."""
        if self.test == "equals":
            return value == self.bound
        if self.test == "other_than":
            return value != self.bound
        return float(value) > float(self.bound) if self.test == "more_than" else float(value) < float(self.bound)


@dataclass(frozen=True)
class Measure:
    """A named measure.

    Attributes
    ----------
    name : how ``--measure`` calls it.
    category : "prevention" or "legal".
    prevents : the risks it is meant to prevent.
    title, help : by language.
    kinds : production kinds it makes sense for; empty: all.
    moves : the levers moved.
    needs : what must hold.
    idle_when : values with which its mechanism is off: it then changes no result, its cost apart.
    own : it comes with the scenario, not with the package.
    caveat : what speaks against relying on it, by language; empty where nothing does.
    """

    name: str
    category: str
    prevents: tuple[str, ...]
    title: Words
    help: Words
    kinds: tuple[str, ...]
    moves: tuple[Move, ...]
    needs: tuple[Test, ...]
    idle_when: Mapping[str, Value]
    own: bool = False
    caveat: Words = field(default_factory=dict)

    @property
    def told(self) -> Words:
        """The help with the caveat, by language."""
        return {language: f"{text} {self.caveat.get(language, '')}".strip() for language, text in self.help.items()}


@lru_cache(maxsize=1)
def library() -> Mapping[str, Measure]:
    """Return the measures that come with the package, by name."""
    return read_library(LIBRARY_FILE)


def caveats_of(keys: Iterable[str]) -> tuple[Words, ...]:
    """Return what speaks against relying on changes of these parameters: the caveats of measures that move them."""
    moved = {key.rpartition(".")[2] for key in keys}
    return tuple(
        each.caveat
        for each in library().values()
        if each.caveat and moved & {move.parameter.name for move in each.moves}
    )


def read_library(path: Path) -> Mapping[str, Measure]:
    """Return the measures of a file of measures.

    Raises
    ------
    InputError : the file cannot be used; the first fault in the user's words.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not valid TOML: {error}", where=path.name) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=path.name) from None
    validate_measures(tables, path.name)
    return {measure.name: measure for measure in check_measures(tables["measures"], path.name)}


def check_measures(tables: Mapping[str, Any], file: str, *, own: bool = False) -> tuple[Measure, ...]:
    """Return measures whose shape is right, after checking what they name.

    Raises
    ------
    InputError : an unknown parameter or one that is no lever, a value that cannot be used, a rule on what is no number.
    """
    return tuple(_measure(name, table, f"{file}: measures.{name}", own) for name, table in tables.items())


def _measure(name: str, table: Mapping[str, Any], where: str, own: bool) -> Measure:
    category = table.get("category", "prevention")
    return Measure(
        name=name,
        category=category,
        prevents=tuple(table.get("prevents", ())),
        title={language: text.strip() for language, text in table["title"].items()},
        help={language: text.strip() for language, text in table["help"].items()},
        kinds=tuple(table.get("kinds", ())),
        moves=tuple(_move(key, value, f"{where}.changes.{key}", category) for key, value in table["changes"].items()),
        needs=tuple(
            _test(each, f"{where}.needs[number {number}]") for number, each in enumerate(table.get("needs", ()), 1)
        ),
        idle_when={
            key: _usable(_known(key, f"{where}.idle_when.{key}"), value, f"{where}.idle_when.{key}")
            for key, value in table.get("idle_when", {}).items()
        },
        own=own,
        caveat={language: text.strip() for language, text in (table.get("caveat") or {}).items()},
    )


def _known(key: str, where: str) -> Parameter:
    parameter = SERVICE.get(key) or CITIZENS.get(key)
    if parameter is None:
        raise InputError(
            "unknown parameter",
            where=where,
            nearest=nearest_name(key, [*SERVICE, *CITIZENS]),
            remedy="`entraide parameters` lists all keys",
        )
    return parameter


def _usable(parameter: Parameter, value: Any, where: str) -> Value:
    fault = number_fault(parameter, value, where)
    if fault is not None:
        raise fault
    return parameter.check(value, where)


def _move(key: str, value: Any, where: str, category: str) -> Move:
    parameter = _known(key, where)
    # A legal regime also decides who may take part, which is an assumption elsewhere.
    movable = ("lever",) if category == "prevention" else ("lever", "assumption")
    if parameter.kind not in movable or (parameter.scope == "citizens" and parameter.kind != "lever"):
        raise InputError(
            f"is no lever: {key} is {'an' if parameter.kind == 'assumption' else 'a'} {parameter.kind}",
            where=where,
            remedy="A measure moves levers: `entraide parameters --kind levers` lists them",
        )
    if not isinstance(value, Mapping):
        return Move(parameter, "to", _usable(parameter, value, where))
    ((rule, amount),) = value.items()
    if isinstance(parameter.default, (bool, str)):
        raise InputError(f"cannot be moved by {rule}: it is no number", where=where, allowed=parameter.allowed())
    if rule in ("at_least", "at_most"):
        return Move(parameter, rule, _usable(parameter, amount, where))
    if not np.isfinite(amount):
        raise InputError("must be a finite number", where=where, value=amount)
    return Move(parameter, rule, float(amount))


def _test(table: Mapping[str, Any], where: str) -> Test:
    of = table["of"]
    (test,) = set(TESTS) & set(table)
    bound = table[test]
    if of not in FACTS:
        parameter = SERVICE.get(of) or CITIZENS.get(of)
        if parameter is None:
            names = [*FACTS, *SERVICE, *CITIZENS]
            raise InputError(
                "unknown parameter or fact", where=f"{where}.of", value=of, nearest=nearest_name(of, names)
            )
        if test in ("equals", "other_than"):
            bound = _usable(parameter, bound, f"{where}.{test}")
        elif isinstance(parameter.default, str):
            raise InputError(
                f"cannot be compared by {test}: {of} is a word", where=f"{where}.{test}", allowed="equals, other_than"
            )
    elif of == "kind" and test not in ("equals", "other_than"):
        raise InputError(
            f"cannot be compared by {test}: kind is a word", where=f"{where}.{test}", allowed="equals, other_than"
        )
    if test in ("more_than", "less_than") and (isinstance(bound, (bool, str)) or not np.isfinite(bound)):
        raise InputError("must be a number", where=f"{where}.{test}", value=bound)
    return Test(of, test, bound, {language: text.strip() for language, text in table["otherwise"].items()})


def measures_of(scenario: Scenario) -> Mapping[str, Measure]:
    """Return the measures at hand for a scenario: the package's, then its own; one of the same name replaces."""
    own = check_measures(scenario.tables.get("measures", {}), scenario.path.name, own=True)
    return {**library(), **{measure.name: measure for measure in own}}
