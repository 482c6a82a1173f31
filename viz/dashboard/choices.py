"""What somebody can choose in the dashboard: scenarios, four levers, and values typed by hand."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from entraide.experiments.draws import draws_for
from entraide.experiments.parameters_from import DEFAULT_PARAMETERS, PARAMETERS
from entraide.model.errors import InputError
from entraide.model.parameters import Parameter, Value
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.scenario import Scenario

from ..locales import check_language, localised
from ..units import is_share

__all__ = [
    "LEVERS",
    "PARAMETERS_OFFERED",
    "REPLICATES",
    "SCENARIO_FOLDER",
    "Choices",
    "Design",
    "Lever",
    "has_draws",
    "levers_of",
    "load_choices",
    "nearest_step",
    "parameters_taken",
    "parse_value",
]

# A folder of scenario files, offered beside those of the package. Whoever starts the server sets it: a path that
# came with a web address could name any file of the machine.
SCENARIO_FOLDER = "ENTRAIDE_SCENARIO_FOLDER"

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

REPLICATES = (4, 20, 100)

# Where values come from that nothing states; the first one is taken unless somebody chooses.
PARAMETERS_OFFERED = (DEFAULT_PARAMETERS, *(word for word in PARAMETERS if word != DEFAULT_PARAMETERS))

# A slider goes to this many times today's value (or the default, where today's is nothing), within what is allowed:
# bounds such as 0 to 1,000,000 would leave no room to aim.
_REACH = 3.0
_STEPS = 100


@dataclass(frozen=True)
class Choices:
    """The scenarios on offer.

    Attributes
    ----------
    scenarios : by the name under which they are chosen.
    faults : what is wrong with files that cannot be offered.
    """

    scenarios: Mapping[str, Scenario]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Lever:
    """One lever of one service.

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
class Design:
    """What is simulated.

    Attributes
    ----------
    scenario : the baseline, without changes.
    changes : levers moved, by key; empty for the service as it is.
    replicates, seed : of baseline and design alike, so that they are paired.
    parameters : one of PARAMETERS_OFFERED; with "ensemble", baseline and design take the same draws.
    """

    scenario: Scenario
    changes: Mapping[str, Value]
    replicates: int
    seed: int = 0
    parameters: str = PARAMETERS_OFFERED[0]

    def changed_scenario(self) -> Scenario:
        """Return the scenario with the levers moved.

        Raises
        ------
        InputError : the values cannot go together.
        """
        return load_scenario(self.scenario.path, self.changes, days=self.scenario.days)


def load_choices() -> Choices:
    """Return the scenarios of the package, and those of the folder that SCENARIO_FOLDER names."""
    scenarios = {name: load_scenario(name) for name in shipped_names()}
    faults = []
    folder = os.environ.get(SCENARIO_FOLDER, "").strip()
    for path in sorted(Path(folder).expanduser().glob("*.toml")) if folder else ():
        try:
            scenario = load_scenario(path)
            scenario.territory()
        except InputError as fault:
            faults.append(str(fault).replace(f"{path.parent}{os.sep}", ""))
        else:
            scenarios[path.stem] = scenario
    if folder and not Path(folder).expanduser().is_dir():
        faults.append(f"{SCENARIO_FOLDER}: no such folder.")
    return Choices(scenarios, tuple(faults))


def levers_of(scenario: Scenario) -> tuple[Lever, ...]:
    """Return the four levers of a scenario's first service."""
    service = scenario.services[0]
    prefix = f"{service.name}." if len(scenario.services) > 1 else ""
    return tuple(
        _lever(f"{prefix}{name}", SERVICE[name], float(service.parameters[name])) for name in LEVERS[service.kind]
    )


def has_draws(scenario: Scenario) -> bool:
    """Tell whether data leave something open for a service of a scenario; elsewhere all its values are assumed.

    Raises
    ------
    InputError : an ensemble of one of its classes cannot be read.
    """
    draws = draws_for(scenario, 1, "ensemble")
    return draws is not None and bool(draws.draws)


def parameters_taken(asked: str, scenario: Scenario) -> str:
    """Return which of PARAMETERS_OFFERED a scenario is simulated with: where no data leave anything open, the first.

    There both give the same result, and a verdict must not look out of date because the other one was asked.

    Parameters
    ----------
    asked : one of PARAMETERS_OFFERED.

    Raises
    ------
    InputError : an ensemble of one of its classes cannot be read.
    """
    return asked if has_draws(scenario) else PARAMETERS_OFFERED[0]


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
    spaces = " \u00a0\u202f"
    written = text.translate(str.maketrans("", "", spaces)).removesuffix("%")
    if check_language(language) == "en" and written.count(",") and _is_grouped(written):
        written = written.replace(",", "")
    try:
        value = float(written.replace(",", "."))
        if is_share(lever.parameter):
            value = round(value / 100.0, 12)
        checked = lever.parameter.check(value)
    except (ValueError, InputError):
        return None
    assert isinstance(checked, (int, float))
    return checked


def _is_grouped(text: str) -> bool:
    """Tell whether commas stand between thousands: 12,500 but not 2,5."""
    whole = text.partition(".")[0].lstrip("-")
    first, *rest = whole.split(",")
    return bool(rest) and 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)
