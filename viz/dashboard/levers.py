"""What can be moved in a design: levers, norms and assumptions of a scenario, and values typed by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from entraide.model.errors import InputError
from entraide.model.parameters import Parameter, Value
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from entraide.scenarios.lever_sense import concerns
from entraide.scenarios.scenario import Scenario

from ..locales import check_language, localised
from ..units import is_share
from .worlds import value_there

__all__ = ["LEVERS", "Lever", "Option", "fields_of", "levers_of", "nearest_step", "parse_value", "typed_number"]

# By kind of production: the levers that move most of what decides there.
LEVERS: Mapping[str, tuple[str, ...]] = {
    "report-and-repair": ("acknowledgement_rate", "app_friction", "repair_capacity", "backstop_capacity"),
    "queue": ("acknowledgement_rate", "app_friction", "answers_per_task", "backstop_capacity"),
    "flow": ("outreach", "public_roofs", "surplus_shared", "backstop_capacity"),
    "burst": ("outreach", "prompt_boost", "acknowledgement_rate", "backstop_capacity"),
    "alert": ("activation_share", "alert_radius_km", "trained_share", "backstop_capacity"),
    "coverage": ("routing", "second_look", "acknowledgement_rate", "backstop_capacity"),
    "stock": ("review_share", "moderation", "acknowledgement_rate", "backstop_capacity"),
    "patient-community": ("reread_share", "moderation", "acknowledgement_rate", "backstop_capacity"),
    "match": ("matching_visibility", "matching_reach", "acknowledgement_rate", "backstop_capacity"),
    "threshold": ("progress_shown", "seed_share", "outreach", "backstop_capacity"),
    "parallel-initiative": ("integration", "outreach", "acknowledgement_rate", "app_friction"),
}

# A slider goes to this many times today's value (or the default, where today's is nothing), within what is allowed:
# bounds such as 0 to 1,000,000 would leave no room to aim.
_REACH = 3.0
_STEPS = 100


@dataclass(frozen=True)
class Lever:
    """One number that can be moved: a lever of a service, a norm, or an assumption.

    Attributes
    ----------
    key : of the change, as ``--set`` takes it.
    parameter : its declaration.
    baseline : what the service does today.
    low, high, step : of the slider, in the parameter's unit.
    """

    key: str
    parameter: Parameter
    baseline: float
    low: float
    high: float
    step: float

    def label(self, language: str) -> str:
        """Return the declared label."""
        return localised(
            self.parameter.label_en if check_language(language) == "en" else self.parameter.label_fr, language
        )

    def help(self, language: str) -> str:
        """Return the declared help."""
        return localised(
            self.parameter.help_en if check_language(language) == "en" else self.parameter.help_fr, language
        )


@dataclass(frozen=True)
class Option:
    """Something that is chosen among words, or is so or not.

    Attributes
    ----------
    key : of the change, as ``--set`` takes it.
    parameter : its declaration.
    baseline : what the service does today.
    """

    key: str
    parameter: Parameter
    baseline: Value


def levers_of(scenario: Scenario) -> tuple[Lever, ...]:
    """Return the four levers that decide most in a scenario's first service."""
    service = scenario.services[0]
    prefix = f"{service.name}." if len(scenario.services) > 1 else ""
    return tuple(
        _lever(f"{prefix}{name}", SERVICE[name], float(service.parameters[name])) for name in LEVERS[service.kind]
    )


def fields_of(scenario: Scenario, kind: str) -> tuple[Lever | Option, ...]:
    """Return all that can be moved of a kind, in the order of declaration: of each service, then of all citizens.

    Parameters
    ----------
    scenario : as its file says: what it says is what the service does today.
    kind : "norm", "lever" or "assumption"; assumptions hold those on the administration alone too.
    """
    several = len(scenario.services) > 1
    keys: list[tuple[str, Parameter]] = []
    for service in scenario.services:
        prefix = f"{service.name}." if several else ""
        keys += [(prefix + each.name, each) for each in SERVICE.values() if concerns(each, service.kind)]
        keys += [(f"{prefix}administration_only.{each.name}", each) for each in ADMINISTRATION_ONLY.values()]
    keys += [(each.name, each) for each in CITIZENS.values()]
    return tuple(_field(key, each, value_there(scenario, key)) for key, each in keys if each.kind == kind)


def _field(key: str, parameter: Parameter, value: Value) -> Lever | Option:
    if isinstance(value, (bool, str)) or parameter.bounds is None:
        return Option(key, parameter, value)
    return _lever(key, parameter, float(value))


def _lever(key: str, parameter: Parameter, baseline: float) -> Lever:
    assert parameter.bounds is not None
    low, high = parameter.bounds
    whole = isinstance(parameter.default, int)
    if not is_share(parameter):
        reach = _REACH * (baseline or float(parameter.default) or 1.0)
        # Whole numbers from 1 to 3 would be three places to stand on.
        high = min(high, max(_rounded_up(reach), low + (10.0 if whole else 1.0)))
    step = 10.0 ** math.floor(math.log10((high - low) / _STEPS * 1.0000001)) if high > low else 1.0
    step *= next(factor for factor in (1.0, 2.0, 5.0, 10.0) if step * factor * _STEPS >= (high - low) * 0.999999)
    return Lever(key, parameter, baseline, low, high, max(1.0, round(step)) if whole else step)


def _rounded_up(value: float) -> float:
    """Return the next number of one figure, 1, 2, 5 or 10 times a power of ten, that is at least ``value``."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(
        factor * power for factor in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0) if factor * power >= value * 0.999999
    )


def nearest_step(lever: Lever, value: float) -> float:
    """Return where a slider stands, without the noise of its steps; today's value wherever that is within half a step.

    Today's value may lie between two steps, and a slider must be able to come back to it.
    """
    if abs(value - lever.baseline) <= 0.5 * lever.step:
        return lever.baseline
    rounded = round(value / lever.step) * lever.step
    return round(min(lever.high, max(lever.low, rounded)), 9)


def parse_value(lever: Lever, text: str, language: str) -> float | int | None:
    """Return the value that somebody typed, in the parameter's unit; None where it cannot be used.

    Both decimal comma and point are understood; shares are typed in per cent.
    """
    value = typed_number(text, language)
    if value is None:
        return None
    try:
        if is_share(lever.parameter):
            value = round(value / 100.0, 12)
        checked = lever.parameter.check(value)
    except (ValueError, InputError):
        return None
    assert isinstance(checked, (int, float))
    return checked


def typed_number(text: str, language: str) -> float | None:
    """Return the number that somebody typed, with or without a sign for per cent; None where it is none."""
    spaces = " \u00a0\u202f"
    written = text.translate(str.maketrans("", "", spaces)).removesuffix("%")
    if check_language(language) == "en" and written.count(",") and _is_grouped(written):
        written = written.replace(",", "")
    try:
        value = float(written.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _is_grouped(text: str) -> bool:
    """Tell whether commas stand between thousands: 12,500 but not 2,5."""
    whole = text.partition(".")[0].lstrip("-")
    first, *rest = whole.split(",")
    return bool(rest) and 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)
