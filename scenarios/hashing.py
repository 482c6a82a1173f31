"""The fingerprint of a scenario: that of what it resolves to."""

from __future__ import annotations

from entraide.model.fingerprint import specification_hash

from .scenario import Scenario

__all__ = ["scenario_hash", "specification_hash"]


def scenario_hash(scenario: Scenario) -> str:
    """Return the SHA-256, in hexadecimal, of what moves the results of a scenario.

    Inside: resolved parameters and references, zones and groups, events, first day and number of days. Outside:
    titles, cards, names of zones, sources, paths, and the scenario's own name.

    Raises
    ------
    InputError : the territory cannot be loaded.
    """
    return specification_hash(scenario.specification())
