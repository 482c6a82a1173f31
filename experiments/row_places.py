"""Where a statement about a row is measured: mostly a part of its scenario's territory."""

from __future__ import annotations

from functools import cache
from typing import Any

from entraide.scenarios.loader import load_scenario
from entraide.scenarios.rows import RowStatement
from entraide.scenarios.territories import territory_title

from .elsewhere import elsewhere

__all__ = ["measured_on"]


def measured_on(scenario: str, statement: RowStatement) -> dict[str, Any]:
    """Return where and how long a statement is measured.

    Returns
    -------
    ``territory`` : as in ``--territory``; ``title``: its name in "en" and "fr"; ``inhabitants``; ``own``: whether it is
    the territory of the scenario itself; ``days``: simulated.

    Raises
    ------
    InputError : no such place.
    """
    loaded = load_scenario(scenario, days=statement.days)
    selector, english, french, inhabitants = _place(scenario, statement.territory)
    return {
        "territory": selector,
        "title": {"en": english, "fr": french},
        "inhabitants": inhabitants,
        "own": selector == _place(scenario, "")[0],
        "days": loaded.days,
    }


@cache
def _place(name: str, text: str) -> tuple[str, str, str, int]:
    scenario = load_scenario(name)
    if text:
        scenario = elsewhere(scenario, text)
    communes, territory = scenario.request.communes, scenario.territory()
    selector = communes if isinstance(communes, str) else ",".join(communes or ()) or scenario.request.file
    return selector, territory_title(territory, "en"), territory_title(territory, "fr"), territory.inhabitants
