"""The scenarios that a page offers, and what is known of the people in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from entraide.experiments.draws import draws_for
from entraide.model.errors import InputError
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.scenario import Scenario

from .design import PARAMETERS_OFFERED

__all__ = ["SCENARIO_FOLDER", "Choices", "has_draws", "load_choices", "parameters_taken"]

# A folder of scenario files, offered beside those of the package. Whoever starts the server sets it: a path that
# came with a web address could name any file of the machine.
SCENARIO_FOLDER = "ENTRAIDE_SCENARIO_FOLDER"


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

    def with_own(self, scenarios: Mapping[str, Scenario]) -> Choices:
        """Return the choices with scenarios that one page has brought along; they hide others of the same name."""
        return replace(self, scenarios={**self.scenarios, **scenarios})

    @property
    def services(self) -> Mapping[str, tuple[str, ...]]:
        """Names of the services of each scenario."""
        return {name: scenario.service_names for name, scenario in self.scenarios.items()}


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
