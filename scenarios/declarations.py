"""The declared parameters, indexed by scope and by name: one reading of the model's lists for all of this room."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.model.administration_parameters import ADMINISTRATION_ONLY_PARAMETERS
from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.parameters import Parameter, by_name
from entraide.model.service_parameters import SERVICE_PARAMETERS

__all__ = ["ADMINISTRATION_ONLY", "ALL", "CITIZENS", "SERVICE", "parameter_at"]

CITIZENS: Mapping[str, Parameter] = by_name(CITIZEN_PARAMETERS)
SERVICE: Mapping[str, Parameter] = by_name(SERVICE_PARAMETERS)
ADMINISTRATION_ONLY: Mapping[str, Parameter] = by_name(ADMINISTRATION_ONLY_PARAMETERS)
# Indexed together as well: a name shared by two scopes would make a change ambiguous.
ALL: Mapping[str, Parameter] = by_name((*CITIZEN_PARAMETERS, *SERVICE_PARAMETERS, *ADMINISTRATION_ONLY_PARAMETERS))


def parameter_at(location: tuple[object, ...]) -> Parameter | None:
    """Return the parameter that stands at a place of a scenario file, None where none does.

    ``location`` holds keys from the top of the file, e.g. ``("services", "potholes", "norm_delay")``.
    """
    match location:
        case ("citizens", str(name)):
            return CITIZENS.get(name)
        case ("services", _, str(name)):
            return SERVICE.get(name)
        case ("services", _, "administration_only", str(name)):
            return ADMINISTRATION_ONLY.get(name)
    return None
