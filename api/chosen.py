"""The scenario that a user chose, with what was changed in it: from the command line as from Python."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entraide.model.parameters import Value
    from entraide.scenarios.scenario import Scenario

__all__ = ["chosen_scenario"]


def chosen_scenario(
    scenario: str | os.PathLike[str] | Scenario,
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    territory: str | None = None,
    measures: Sequence[str] = (),
) -> tuple[Scenario, bool]:
    """Return the scenario, and whether it is the user's own: not one of the package as it stands there.

    Parameters
    ----------
    scenario : name of a scenario of the package, path to a TOML file, or a loaded scenario.
    changes, days : instead of the scenario's; not with a loaded scenario.
    territory : another one than the scenario's, as ``--territory``.
    measures : names of measures, applied on top of the changes.

    Raises
    ------
    InputError : anything that cannot be used, said in one line.
    """
    from entraide.experiments.elsewhere import elsewhere
    from entraide.model.errors import InputError
    from entraide.scenarios.loader import load_scenario
    from entraide.scenarios.measure_proposals import with_measures
    from entraide.scenarios.reading import shipped_names
    from entraide.scenarios.scenario import Scenario

    if isinstance(scenario, Scenario):
        if changes or days is not None:
            raise InputError(
                "a loaded scenario is fixed",
                where="changes" if changes else "days",
                remedy="Give them to load_scenario, or give run the scenario's name",
            )
        loaded, name = scenario, scenario.name
    else:
        loaded, name = load_scenario(scenario, changes, days), os.fspath(scenario)
    if territory is not None:
        loaded = elsewhere(loaded, territory)
    return with_measures(loaded, measures), name not in shipped_names() or territory is not None
