"""Ensembles: draws of the parameters of a class, each one project that the class may hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Value
from entraide.model.service_classes import preset_of
from entraide.model.service_parameters import SERVICE_PARAMETERS

__all__ = ["ENSEMBLES_FOLDER", "OF_THE_CASE", "Ensemble", "ensemble_of"]

# How a launch was heard of is a fact of that launch: fitted with the class's case, and stated by every scenario.
OF_THE_CASE = frozenset({"initial_awareness", "awareness_rate"})
ENSEMBLES_FOLDER = Path(__file__).resolve().parent / "ensembles"


@dataclass(frozen=True)
class Ensemble:
    """Draws of one class.

    Attributes
    ----------
    service_class : name of the class.
    draws : at least one; values by parameter, of service and citizens.
    fitted : False where the class has no ensemble: the one draw is the class's preset.
    provenance : how the draws were made.
    common : values that all draws have where the class is held against its cases, and that no scenario takes: how the
        services observed were heard of says nothing of another one.
    """

    service_class: str
    draws: tuple[Mapping[str, Value], ...]
    fitted: bool
    provenance: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    common: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def draw(self, number: int) -> Mapping[str, Value]:
        """Return the draw of a seed, with what all have in common; after the last one comes the first one again."""
        return {**self.draws[number % len(self.draws)], **self.common}

    @property
    def of_any_service(self) -> tuple[Mapping[str, Value], ...]:
        """The draws without how the services observed were heard of (OF_THE_CASE): what a scenario takes."""
        return tuple({name: value for name, value in draw.items() if name not in OF_THE_CASE} for draw in self.draws)


def ensemble_of(service_class: str, folder: Path | None = None) -> Ensemble:
    """Return the ensemble of a class, or its preset where no file holds one.

    Raises
    ------
    InputError : the file is not what an ensemble is, or names a parameter that nobody declared.
    """
    path = (ENSEMBLES_FOLDER if folder is None else folder) / f"{service_class}.json"
    if not path.is_file():
        return Ensemble(service_class, (preset_of(service_class),), fitted=False)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        draws = [dict(draw) for draw in document["draws"]]
        common = dict(document.get("common", {}))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        remedy = 'It must hold {"class": ..., "draws": [{parameter: value}, ...], "provenance": {...}}'
        raise InputError(
            "is not an ensemble", where=path.name, value=f"{type(fault).__name__}: {fault}", remedy=remedy
        ) from None
    if not draws or document.get("class") != service_class:
        raise InputError(
            "holds no draw" if not draws else "is of another class", where=path.name, value=document.get("class")
        )
    parameters = {parameter.name: parameter for parameter in (*SERVICE_PARAMETERS, *CITIZEN_PARAMETERS)}
    places = [(f"draws[number {place}]", draw) for place, draw in enumerate(draws, 1)]
    for place, draw in (*places, ("common", common)):
        for name, value in draw.items():
            where = f"{path.name}: {place}.{name}"
            if name not in parameters:
                raise InputError("unknown parameter", where=where, nearest=nearest_name(name, parameters))
            parameters[name].check(value, where)
    return Ensemble(service_class, tuple(draws), fitted=True, provenance=document.get("provenance", {}), common=common)
