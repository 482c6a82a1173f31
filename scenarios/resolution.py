"""From tables and changes to a value for every parameter, and the checks that need several values at once.

Precedence, lowest first: the parameter's default, the class of service, a draw of the class's ensemble where one is
given, the base scenario, the file, the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from entraide.model.errors import InputError, Text
from entraide.model.parameters import Parameter, Value
from entraide.model.production_names import RELIEVED
from entraide.model.service_classes import SERVICE_CLASS_CITIZENS, SERVICE_CLASSES
from entraide.model.specification import ServiceSpecification

from .changes import Change, changed
from .declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from .fixed_mapping import fixed
from .lever_sense import check_levers_act, check_levers_of_file

__all__ = ["check_together", "resolve_citizens", "resolve_services"]

NOTHING: Mapping[str, Any] = MappingProxyType({})


def resolve_citizens(
    tables: Mapping[str, Any], changes: Iterable[Change], drawn: Mapping[str, Value] = NOTHING
) -> Mapping[str, Value]:
    """Return a value for every parameter of scope "citizens"; ``drawn`` holds where nothing states a value.

    Citizens are the same for all services, so the class of the first one says what classes say of them.
    """
    moved = {change.parameter.name: change.value for change in changes if change.parameter.scope == "citizens"}
    preset = SERVICE_CLASS_CITIZENS[next(iter(tables["services"].values()))["class"]]
    values: Mapping[str, Value] = fixed(_layers(CITIZENS, preset, drawn, tables.get("citizens", {}), moved))
    return values


def resolve_services(
    tables: Mapping[str, Any], changes: Sequence[Change], drawn: Mapping[str, Mapping[str, Value]] = NOTHING
) -> tuple[ServiceSpecification, ...]:
    """Return every service with a value for each of its parameters.

    ``drawn`` holds values by service, for parameters that nothing states.

    The reference holds the changes of assumptions but not those of levers and norms: how readily people answer is
    calibrated on it, so a lever moved shows its effect and an assumption moved is believed on both sides.
    """
    return tuple(
        _resolve_service(name, table, changes, drawn.get(name, NOTHING)) for name, table in tables["services"].items()
    )


def _resolve_service(
    name: str, table: Mapping[str, Any], changes: Sequence[Change], drawn: Mapping[str, Value]
) -> ServiceSpecification:
    def moved(scope: str, wanted: Callable[[Parameter], bool] = lambda parameter: True) -> dict[str, Value]:
        own = [change for change in changes if change.parameter.scope == scope and name in change.services]
        return {change.parameter.name: change.value for change in own if wanted(change.parameter)}

    def is_belief(parameter: Parameter) -> bool:
        return parameter.kind not in ("lever", "norm")

    preset = SERVICE_CLASSES[table["class"]]
    administration = table["administration_only"]
    return ServiceSpecification(
        name=name,
        kind=table["kind"],
        parameters=fixed(_layers(SERVICE, preset, drawn, table, moved("service"))),
        reference=fixed(_layers(SERVICE, preset, drawn, table, moved("service", is_belief))),
        administration_only=fixed(_layers(ADMINISTRATION_ONLY, administration, moved("administration_only"))),
        title=fixed({language: text.strip() for language, text in table["title"].items()}),
    )


def _layers(parameters: Mapping[str, Parameter], *layers: Mapping[str, Any]) -> dict[str, Value]:
    """Return the value of the last layer that holds each parameter, its default where none does."""
    values: dict[str, Value] = {}
    for name, parameter in parameters.items():
        value: Any = parameter.default
        for layer in layers:
            value = layer.get(name, value)
        values[name] = parameter.check(value, name)
    return values


def check_together(
    citizens: Mapping[str, Value],
    services: Iterable[ServiceSpecification],
    changes: Sequence[Change],
    label: str,
) -> None:
    """Check values that are each allowed but not together.

    Parameters
    ----------
    citizens, services : resolved values.
    changes : where a value may come from, for the messages.
    label : name of the scenario file, for the messages.

    Raises
    ------
    InputError : two values contradict each other.
    """
    keys = {(service, change.parameter.name): change.key for change in changes for service in change.services or ("",)}

    def where(parameter: str, service: str = "") -> Text:
        if (service, parameter) in keys:
            return changed(keys[service, parameter])
        return f"{label}: " + (f"services.{service}.{parameter}" if service else f"citizens.{parameter}")

    services = tuple(services)
    _check_citizens(citizens, where)
    if services and not services[0].public:
        raise InputError(
            f"the first service must be a public one, and {services[0].name} is an initiative beside it",
            where=f"{label}: services.{services[0].name}",
            value=services[0].kind,
            remedy="Write the public service first: initiatives relieve the needs of the first service",
        )
    beside = next((service for service in services if not service.public), None)
    if beside is not None and services[0].kind not in RELIEVED:
        raise InputError(
            f"an initiative relieves nothing of a service of the kind {services[0].kind}",
            where=f"{label}: services.{beside.name}",
            value=beside.kind,
            allowed=f"beside a first service of the kind {' or '.join(RELIEVED)}",
            remedy="Leave the initiative out, or set it beside another service",
        )
    for service in services:
        _check_service(service, where)
        check_levers_of_file(service, label)
    check_levers_act(services, changes)


def _check_citizens(values: Mapping[str, Value], where: Callable[..., Text]) -> None:
    free, conditional = float(values["share_free_riders"]), float(values["share_conditional"])
    if free + conditional > 1 + 1e-9:
        raise InputError(
            {
                "en": f"share_free_riders and share_conditional add up to {free + conditional:g}",
                "fr": f"share_free_riders et share_conditional font ensemble {free + conditional:g}",
            },
            where=where("share_conditional"),
            allowed={
                "en": "1 or less together: the rest gives whatever others do",
                "fr": "1 au plus ensemble\u202f: les autres donnent quoi que fassent les autres",
            },
            remedy={"en": "Lower one of the two", "fr": "Baisser l'un des deux"},
        )
    ratio = float(values["disappointment_ratio"])
    for name in ("efficacy_step", "trust_step"):
        if float(values[name]) * ratio >= 1:
            raise InputError(
                {
                    "en": f"{name} times disappointment_ratio is {float(values[name]) * ratio:g}",
                    "fr": f"{name} fois disappointment_ratio vaut {float(values[name]) * ratio:g}",
                },
                where=where(name),
                value=values[name],
                allowed={
                    "en": f"less than 1 together: {name} under {1 / ratio:.3g} with this ratio",
                    "fr": f"moins de 1 ensemble\u202f: {name} sous {1 / ratio:.3g} avec ce rapport",
                },
                remedy={
                    "en": "One disappointment may not cost more than all",
                    "fr": "Une déception ne peut pas coûter plus que tout",
                },
            )


def _check_service(service: ServiceSpecification, where: Callable[..., Text]) -> None:
    values, name = service.parameters, service.name
    lifetime, delay = int(values["need_lifetime"]), int(values["norm_delay"])
    if lifetime <= delay:
        raise InputError(
            {
                "en": f"need_lifetime must exceed norm_delay, which is {delay} days",
                "fr": f"need_lifetime doit dépasser norm_delay, qui est de {delay} jours",
            },
            where=where("need_lifetime", name),
            value=lifetime,
            allowed={"en": f"{delay + 1} to 365 d", "fr": f"{delay + 1} à 365 jours"},
            remedy={
                "en": "Else needs lapse before they are late, and nothing is ever late",
                "fr": "Sinon les besoins se périment avant d'être en retard, et rien ne l'est jamais",
            },
        )
    rate = float(values["reward_rate"])
    if values["reward_medium"] == "none" and rate > 0:
        raise InputError(
            {
                "en": "reward_rate is above 0 but reward_medium is none: nothing would be given",
                "fr": "reward_rate dépasse 0 mais reward_medium est none\u202f: rien ne serait donné",
            },
            where=where("reward_rate", name),
            value=rate,
            remedy={
                "en": "Set reward_medium to credit or cash, or reward_rate to 0",
                "fr": "Régler reward_medium sur credit ou cash, ou reward_rate sur 0",
            },
        )
