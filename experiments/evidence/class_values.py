"""Values of every parameter for one project of a class: the defaults, the class's preset, then what a draw says."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Value
from entraide.model.service_classes import SERVICE_CLASS_CITIZENS, SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.specification import ServiceSpecification

from .harness import Setting

__all__ = ["project_of", "values_of"]


def project_of(
    service_class: str, draw: Mapping[str, Value], kind: str = "queue"
) -> tuple[dict[str, Value], ServiceSpecification]:
    """Return the citizens' values and the service of one project of a class.

    Raises
    ------
    InputError : unknown class, or a parameter of the draw that nobody declared.
    """
    if service_class not in SERVICE_CLASSES:
        raise InputError(
            "unknown class of service",
            value=service_class,
            allowed=", ".join(SERVICE_CLASSES),
            nearest=nearest_name(service_class, SERVICE_CLASSES),
        )
    citizens: dict[str, Value] = {p.name: p.default for p in CITIZEN_PARAMETERS}
    citizens |= SERVICE_CLASS_CITIZENS[service_class]
    service: dict[str, Value] = {p.name: p.default for p in SERVICE_PARAMETERS}
    service |= SERVICE_CLASSES[service_class]
    for name, value in draw.items():
        if name in service:
            service[name] = value
        elif name in citizens:
            citizens[name] = value
        else:
            raise InputError(
                "unknown parameter in a draw", value=name, nearest=nearest_name(name, [*service, *citizens])
            )
    return citizens, ServiceSpecification(service_class, kind, service, service, {})


def values_of(setting: Setting) -> dict[str, Value]:
    """Return the values of parameters that a draw says and, above them, those that the case observes."""
    values = dict(setting.draw)
    if "acknowledged_share" in setting.scale:
        values["acknowledgement_rate"] = float(setting.scale["acknowledged_share"])
    return values
