"""Levers that would do nothing: refused with the reason, since a user would read "no effect" as a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from entraide.model.errors import InputError
from entraide.model.parameters import Parameter, Value
from entraide.model.specification import ServiceSpecification

from .changes import Change
from .declarations import SERVICE

__all__ = ["UNREAD", "check_levers_act", "check_levers_of_file", "concerns", "platforms", "why_idle"]

Values = Mapping[str, Value]

# Lever -> (it acts when, why it does nothing otherwise).
_NEEDS: Mapping[str, tuple[Callable[[Values], bool], str]] = {
    "phone_friction": (lambda v: bool(v["phone_offered"]), "no telephone is offered: set phone_offered = true too"),
    "desk_friction": (lambda v: bool(v["desk_offered"]), "no desk is offered: set desk_offered = true too"),
    "credit_offers": (
        lambda v: v["reward_medium"] == "credit",
        'contributions earn no credits: set reward_medium = "credit" and a reward_rate too',
    ),
    "credit_lifetime": (
        lambda v: v["reward_medium"] == "credit",
        'contributions earn no credits: set reward_medium = "credit" and a reward_rate too',
    ),
    "outreach_focus": (
        lambda v: float(v["outreach"]) > 0 or float(v["minimum_pool"]) > 0,
        "there is no outreach to direct: set outreach or minimum_pool too",
    ),
    "evaluation_days": (
        lambda v: float(v["backstop_capacity"]) > 0,
        "there is no last resort to enlarge or reduce: set backstop_capacity too",
    ),
    "guaranteed_floor": (
        lambda v: float(v["backstop_capacity"]) > 0,
        "there is no last resort to direct: set backstop_capacity too",
    ),
    "acculturation_staff": (
        lambda v: float(v["checking_max"]) > 0,
        "staff's trust changes nothing where nothing is checked: set checking_max too",
    ),
    "one_click": (lambda v: not v["once_for_all"], "people contribute once for good: there is no second time"),
    "variety": (lambda v: not v["once_for_all"], "people contribute once for good: there is no second time"),
    "reminder_rate": (lambda v: not v["once_for_all"], "people contribute once for good: nobody is to come back"),
    "scheduled_rate": (lambda v: not v["once_for_all"], "people contribute once for good: nobody is to come back"),
}


# Parameters that some kinds do not read: a norm that is relaxed there would look as if it did not matter.
UNREAD: Mapping[tuple[str, str], str] = {
    ("patient-community", "norm_delay"): "answers are due within answer_hours: move that",
    ("alert", "norm_delay"): "incidents are due within target_minutes: move that",
    ("coverage", "norm_delay"): "what is shown is due every day",
    ("match", "norm_delay"): "a need is due on its day",
    ("flow", "norm_delay"): "demand is due on its day",
    ("stock", "norm_delay"): "what people look for is due on the day on which they look",
    ("stock", "need_lifetime"): "a topic does not lapse",
    ("match", "backstop_wait"): "a need is due on its day: the last resort cannot wait",
    ("match", "backstop_lag"): "a need is due on its day: the last resort cannot come later",
    ("coverage", "backstop_wait"): "the last resort surveys whatever is out of date",
    ("coverage", "backstop_lag"): "the last resort surveys whatever is out of date",
}


def concerns(parameter: Parameter, kind: str) -> bool:
    """Tell whether a parameter means something in a production kind: a reader should not meet it elsewhere."""
    note = parameter.lever
    belongs = not parameter.production or kind in parameter.production
    acts = note is None or not note.kinds or kind in note.kinds
    return belongs and acts and (kind, parameter.name) not in UNREAD


def why_idle(parameter: Parameter, service: ServiceSpecification) -> str:
    """Return why a lever does nothing in a service as it is resolved, "" where it acts."""
    note = parameter.lever
    if note is not None and note.kinds and service.kind not in note.kinds:
        return note.elsewhere
    acts, reason = _NEEDS.get(parameter.name, (None, ""))
    return "" if acts is None or acts(service.parameters) else reason


def platforms(services: Sequence[ServiceSpecification]) -> int:
    """Return how many services have a platform of their own to pay."""
    return sum(float(service.parameters["platform_cost"]) > 0.0 for service in services)


def check_levers_act(services: Sequence[ServiceSpecification], changes: Iterable[Change]) -> None:
    """Refuse a lever that was moved where it does nothing.

    Raises
    ------
    InputError : with the lever, the service, and the reason.
    """
    by_name = {service.name: service for service in services}
    for change in changes:
        for name in change.services:
            kind = by_name[name].kind
            unread = UNREAD.get((kind, change.parameter.name))
            if unread:
                _refuse(change, f"{unread} (service {name}, kind {kind})")
            if change.parameter.production and kind not in change.parameter.production:
                kinds = " or ".join(change.parameter.production)
                _refuse(change, f"it belongs to services of the kind {kinds} (service {name} is of the kind {kind})")
        if change.parameter.kind != "lever":
            continue
        if change.parameter.name == "shared_tools" and platforms(services) < 2:
            _refuse(change, "one service only has a platform: nothing to share")
        for name in change.services:
            service = by_name[name]
            if service.parameters[change.parameter.name] == service.reference[change.parameter.name]:
                continue
            reason = why_idle(change.parameter, service)
            if reason:
                _refuse(change, f"{reason} (service {name}, kind {service.kind})")


def check_levers_of_file(service: ServiceSpecification, label: str) -> None:
    """Refuse a lever that a scenario file pulls in a production kind in which it does nothing.

    Raises
    ------
    InputError : with the lever, the service, and the reason.
    """
    for parameter in SERVICE.values():
        note, value = parameter.lever, service.reference[parameter.name]
        if note is None or not note.kinds or service.kind in note.kinds or value == parameter.default:
            continue
        raise InputError(
            "does nothing here",
            where=f"{label}: services.{service.name}.{parameter.name}",
            value=value,
            remedy=f"{note.elsewhere}: leave it out of a service of the kind {service.kind}",
        )


def _refuse(change: Change, reason: str) -> None:
    raise InputError("does nothing here", where=f"change {change.key!r}", value=change.value, remedy=reason)
