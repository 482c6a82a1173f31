"""A scenario on another territory than its own: what ``--territory`` asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from entraide.model.errors import InputError, nearest_name
from entraide.scenarios.communes import nearest_selector
from entraide.scenarios.scenario import Scenario, TerritoryRequest
from entraide.scenarios.territories import find_territories

__all__ = ["elsewhere", "territory_request"]

_SELECTORS = ("department:", "region:", "intercommunality:")
_ALLOWED = {
    "en": "all, department:35, region:53, intercommunality:<code>, commune codes separated by commas, a name, or a CSV "
    "file",
    "fr": "all (toute la France), department:35, region:53, intercommunality:<code>, des codes de communes séparés par "
    "des virgules, un nom ou un fichier CSV",
}


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
    kind, colon, code = (part.strip() for part in wanted.partition(":"))
    raise InputError(
        {"en": "no such territory", "fr": "il n'y a pas de tel territoire"},
        where="--territory",
        value=text,
        allowed=_ALLOWED,
        nearest=nearest_selector(kind, code, True) if colon else None,
        remedy={"en": f"Perhaps {likely}", "fr": f"Peut-être {likely}"} if likely else "",
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
    try:
        there = moved.territory()
    except InputError as fault:
        # The scenario's file is not to blame; a file of zones is, where there is one.
        if request.file and (request.base_folder / request.file).is_file():
            raise
        missing = {"en": "Check the path", "fr": "Vérifier le chemin"}
        raise (fault.at("--territory", remedy=missing) if request.file else fault.at("--territory")) from None
    if there.title == written_for:
        moved = replace(moved, card_written_for="")
    codes = there.codes
    for event in scenario.events:
        for zone in event.zones:
            if zone not in codes:
                raise InputError(
                    {
                        "en": f"an event of {scenario.name} hits a zone that is not in this territory",
                        "fr": f"un événement de {scenario.name} touche une zone qui n'est pas de ce territoire",
                    },
                    where="--territory",
                    value=zone,
                    nearest=nearest_name(zone, codes) if len(codes) < 1000 else None,
                    remedy={
                        "en": "Move the event in a scenario file of your own",
                        "fr": "Déplacer l'événement dans un fichier de scénario à vous",
                    },
                )
    return moved
