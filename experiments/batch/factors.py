"""Factors: what a study varies, each a declared parameter over a range or a list of levels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entraide.model.errors import InputError, UserFacingError, nearest_name
from entraide.model.parameters import Parameter, Value
from entraide.scenarios.changes import Change, route_changes
from entraide.scenarios.declarations import ALL
from entraide.scenarios.scenario import Scenario

__all__ = ["GROUPS", "Factor", "read_factors"]

# Table of the study file -> kind of factor, and the kinds of parameters that belong there. A norm is set by the
# administration as a lever is.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "levers": ("lever", ("lever", "norm")),
    "assumptions": ("assumption", ("assumption",)),
}
_KEYS = ("low", "high", "levels")


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies.

    Attributes
    ----------
    key : as in ``--set``: "parameter" or "service.parameter".
    kind : "lever" (what the administration decides, norms included) or "assumption" (what nobody knows).
    unit : unit of the values, "1" for a pure number.
    label : what a policy analyst reads, by language.
    low, high : range of a number, both ends included; None where there are levels.
    levels : the values taken, in order; empty where there is a range.
    whole : the range holds whole numbers only.
    """

    key: str
    kind: str
    unit: str
    label: Mapping[str, str]
    low: float | None = None
    high: float | None = None
    levels: tuple[Value, ...] = ()
    whole: bool = False

    def value(self, place: float) -> Value:
        """Return the value at a place of the unit interval.

        Parameters
        ----------
        place : 0 is the low end or the first level, 1 the high end or the last level. Levels share the interval in
            equal parts, and so do whole numbers.
        """
        if self.levels:
            return self.levels[min(len(self.levels) - 1, int(place * len(self.levels)))]
        assert self.low is not None
        assert self.high is not None
        if self.whole:
            return int(min(self.high, math.floor(self.low + place * (self.high - self.low + 1))))
        # Twelve figures: 0.1 + 0.5 * 0.8 is told, stored and compared as 0.5.
        return min(self.high, max(self.low, float(f"{self.low + place * (self.high - self.low):.12g}")))

    def places(self, count: int) -> tuple[float, ...]:
        """Return places whose values are all levels, or ``count`` values of the range at equal distances."""
        if self.levels:
            return tuple((number + 0.5) / len(self.levels) for number in range(len(self.levels)))
        if self.whole:
            assert self.low is not None
            assert self.high is not None
            span = self.high - self.low
            steps = dict.fromkeys(round(number * span / (count - 1)) for number in range(count))
            return tuple((step + 0.5) / (span + 1) for step in steps)
        return tuple(number / (count - 1) for number in range(count))

    def ends(self) -> tuple[Value, ...]:
        """Return the levels, or both ends of the range."""
        return self.levels or (self.value(0.0), self.value(1.0))


def read_factors(
    tables: Mapping[str, Any], scenarios: Sequence[Scenario], open_ranges: Mapping[str, tuple[float, float]], label: str
) -> tuple[Factor, ...]:
    """Return the factors of a study file, levers first, each checked in every scenario.

    Parameters
    ----------
    tables : the table ``factors``, with tables "levers" and "assumptions".
    open_ranges : by parameter, the range of what data leave open for the services' classes.
    label : the file, for messages.

    Raises
    ------
    InputError : unknown group, parameter or key; a lever under assumptions; a value out of bounds; two factors that
        move the same parameter.
    """
    for group in tables:
        if group not in GROUPS:
            raise InputError(
                "unknown key",
                where=f"{label}: factors.{group}",
                allowed=", ".join(GROUPS),
                nearest=nearest_name(group, GROUPS),
                remedy=f"Write [factors.levers] or [factors.assumptions], and {group!r} below it"
                if group in ALL
                else "",
            )
    factors = [
        _factor(key, entry, group, scenarios, open_ranges, f"{label}: factors.{group}.{key}")
        for group in GROUPS
        for key, entry in _entries(tables.get(group, {}), f"{label}: factors.{group}")
    ]
    if not factors:
        raise InputError(
            "nothing is varied",
            where=f"{label}: factors",
            remedy="Add [factors.levers] or [factors.assumptions], e.g. acknowledgement_rate = [0.1, 0.9]",
        )
    for scenario in scenarios:
        _told(lambda s=scenario: route_changes({each.key: each.ends()[0] for each in factors}, s.service_names), label)
    return tuple(factors)


def _entries(table: Any, where: str, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield keys and entries; ``reports.norm_delay`` without quotation marks is nested in TOML, and is put together."""
    if not isinstance(table, Mapping):
        raise InputError("must be a table of factors", where=where, value=table, remedy="Write key = [low, high]")
    for key, entry in table.items():
        whole = f"{prefix}{key}"
        if isinstance(entry, Mapping) and key not in ALL and entry and not set(entry) & set(_KEYS):
            yield from _entries(entry, where, f"{whole}.")
        else:
            yield whole, entry


def _factor(
    key: str,
    entry: Any,
    group: str,
    scenarios: Sequence[Scenario],
    open_ranges: Mapping[str, tuple[float, float]],
    where: str,
) -> Factor:
    parameter = _parameter(key, scenarios, where)
    kind, allowed = GROUPS[group]
    if parameter.kind not in allowed:
        home = next((name for name, (_, kinds) in GROUPS.items() if parameter.kind in kinds), None)
        raise InputError(
            f"{parameter.name} is {_a(parameter.kind)}, not {'a lever' if kind == 'lever' else 'an assumption'}",
            where=where,
            allowed="`entraide parameters --kind " + kind + "` lists them",
            remedy=f"Move it to [factors.{home}]" if home else "A constant is a convention: it is not varied",
        )
    unit, label = parameter.unit, {"en": parameter.label_en, "fr": parameter.label_fr}
    low, high, levels = _range(parameter, entry, open_ranges, where)
    for value in levels or (low, high):
        _check(key, value, scenarios, where)
    if levels:
        typed = tuple(_told(lambda v=value: parameter.check(v), where) for value in levels)
        if len(set(typed)) < len(typed):
            raise InputError("holds a level twice", where=where, value=list(levels), remedy="Keep one of the two")
        return Factor(key, kind, unit, label, levels=typed)
    assert low is not None
    assert high is not None
    if low >= high:
        raise InputError("low must be under high", where=where, value=[low, high], allowed=parameter.allowed())
    return Factor(key, kind, unit, label, low=float(low), high=float(high), whole=isinstance(parameter.default, int))


def _a(kind: str) -> str:
    return f"an {kind}" if kind.startswith("a") else f"a {kind}"


def _range(
    parameter: Parameter, entry: Any, open_ranges: Mapping[str, tuple[float, float]], where: str
) -> tuple[float | None, float | None, tuple[Any, ...]]:
    """Return low, high and levels as written, or as declared where nothing is."""
    given: Any = {"levels": entry} if isinstance(entry, list) else entry
    if not isinstance(given, Mapping):
        raise InputError(
            "must say what the factor takes",
            where=where,
            value=given,
            allowed="[value, value, ...], { low = ..., high = ... }, or {} for the declared range",
        )
    for written in given:
        if written not in _KEYS:
            raise InputError(
                "unknown key",
                where=f"{where}.{written}",
                allowed=", ".join(_KEYS),
                nearest=nearest_name(str(written), _KEYS),
            )
    if "levels" in given:
        levels = given["levels"]
        if len(given) > 1:
            raise InputError("has levels and a range", where=where, remedy="Keep one of the two")
        if not isinstance(levels, list) or len(levels) < 2:
            raise InputError("must be a list of two levels or more", where=where, value=levels)
        return None, None, tuple(levels)
    if isinstance(parameter.default, bool | str):
        if given:
            raise InputError(
                "has no range: it takes words", where=where, allowed=parameter.allowed(), remedy="Write a list of them"
            )
        return None, None, parameter.choices or (False, True)
    low, high = _declared(parameter, open_ranges)
    return given.get("low", low), given.get("high", high), ()


def _declared(parameter: Parameter, open_ranges: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """Return the range of what data leave open, else the one that an assumption is varied over, else the bounds."""
    assert parameter.bounds is not None
    if parameter.kind == "assumption":
        return open_ranges.get(parameter.name, parameter.scan or parameter.bounds)
    return parameter.bounds


def _parameter(key: str, scenarios: Sequence[Scenario], where: str) -> Parameter:
    declared = ALL.get(key.split(".")[-1])
    for scenario in scenarios:
        found = _route(key, 0 if declared is None else declared.default, scenario, where)
    return found.parameter


def _check(key: str, value: Any, scenarios: Sequence[Scenario], where: str) -> None:
    for scenario in scenarios:
        _route(key, value, scenario, where)


def _route(key: str, value: Any, scenario: Scenario, where: str) -> Change:
    (change,) = _told(lambda: route_changes({key: value}, scenario.service_names), where)
    return change


def _told(check: Any, where: str) -> Any:
    """Return what a check returns; its fault is told with the place in the study file."""
    try:
        return check()
    except UserFacingError as fault:
        raise fault.at(where) from None
