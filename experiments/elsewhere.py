"""A scenario on another territory than its own: what ``--territory`` asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from entraide.model.errors import InputError, nearest_name
from entraide.scenarios.scenario import Scenario, TerritoryRequest
from entraide.scenarios.territories import find_territories

__all__ = ["elsewhere", "territory_request"]

_SELECTORS = ("department:", "region:", "intercommunality:")
_ALLOWED = (
    "all, department:35, region:53, intercommunality:<code>, commune codes separated by commas, a name, or a CSV file"
)


def territory_request(text: str) -> TerritoryRequest:
    """Return the territory that a text asks for.

    Parameters
    ----------
    text : as in a scenario file ("department:35"), commune codes separated by commas, the name of a place, or the
        path of a CSV file of zones.

    Raises
    ------
    InputError : no such place; the most likely ones are named.
    """
    wanted = text.strip()
    path = Path(wanted).expanduser()
    if path.suffix.lower() == ".csv":
        return TerritoryRequest(communes=None, file=path.name, base_folder=path.parent)
    if wanted == "all" or wanted.startswith(_SELECTORS):
        return TerritoryRequest(communes=wanted)
    codes = tuple(code.strip() for code in wanted.split(",") if code.strip())
    if codes and all(len(code) == 5 and code[-3:].isdigit() for code in codes):
        return TerritoryRequest(communes=codes)
    found = find_territories(wanted, limit=4) if wanted else []
    for choice in found:
        if choice.name.casefold() == wanted.casefold():
            return TerritoryRequest(communes=choice.selector)
    likely = ", ".join(f"{choice.selector} ({choice.name})" for choice in found)
    raise InputError(
        "no such territory",
        where="--territory",
        value=text,
        allowed=_ALLOWED,
        remedy=f"Perhaps {likely}" if likely else "",
    )


def elsewhere(scenario: Scenario, text: str) -> Scenario:
    """Return a scenario on another territory; everything else stays.

    Raises
    ------
    InputError : no such place, or an event of the scenario hits a zone that is not there.
    """
    request = territory_request(text)
    written_for = scenario.card_written_for or ("" if request == scenario.request else scenario.territory().title)
    moved = replace(scenario, request=request, card_written_for=written_for)
    if moved.territory().title == written_for:
        moved = replace(moved, card_written_for="")
    codes = moved.territory().codes
    for event in scenario.events:
        for zone in event.zones:
            if zone not in codes:
                raise InputError(
                    f"an event of {scenario.name} hits a zone that is not in this territory",
                    where="--territory",
                    value=zone,
                    nearest=nearest_name(zone, codes) if len(codes) < 1000 else None,
                    remedy="Move the event in a scenario file of your own",
                )
    return moved
