"""Levers that would do nothing: refused with the reason, since a user would read "no effect" as a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from entraide.model.errors import InputError, Words
from entraide.model.parameters import Parameter, Value
from entraide.model.specification import ServiceSpecification

from .changes import Change, changed
from .declarations import SERVICE

__all__ = ["UNREAD", "check_levers_act", "check_levers_of_file", "concerns", "platforms", "why_idle"]

Values = Mapping[str, Value]

_NOTHING: Words = {"en": "does nothing here", "fr": "ne fait rien ici"}
_ONE_PLATFORM: Words = {
    "en": "one service only has a platform: nothing to share",
    "fr": "un seul service a une plateforme\u202f: il n'y a rien à partager",
}
_NO_CREDITS: Words = {
    "en": 'contributions earn no credits: set reward_medium = "credit" and a reward_rate too',
    "fr": 'les contributions ne rapportent pas de crédits\u202f: régler aussi reward_medium = "credit" et reward_rate',
}
_NO_SECOND_TIME: Words = {
    "en": "people contribute once for good: there is no second time",
    "fr": "on contribue une fois pour toutes\u202f: il n'y a pas de deuxième fois",
}
_NOBODY_BACK: Words = {
    "en": "people contribute once for good: nobody is to come back",
    "fr": "on contribue une fois pour toutes\u202f: personne n'a à revenir",
}

# Lever -> (it acts when, why it does nothing otherwise).
_NEEDS: Mapping[str, tuple[Callable[[Values], bool], Words]] = {
    "phone_friction": (
        lambda v: bool(v["phone_offered"]),
        {
            "en": "no telephone is offered: set phone_offered = true too",
            "fr": "il n'y a pas de téléphone\u202f: régler aussi phone_offered = true",
        },
    ),
    "desk_friction": (
        lambda v: bool(v["desk_offered"]),
        {
            "en": "no desk is offered: set desk_offered = true too",
            "fr": "il n'y a pas de guichet\u202f: régler aussi desk_offered = true",
        },
    ),
    "credit_offers": (lambda v: v["reward_medium"] == "credit", _NO_CREDITS),
    "credit_lifetime": (lambda v: v["reward_medium"] == "credit", _NO_CREDITS),
    "outreach_focus": (
        lambda v: float(v["outreach"]) > 0 or float(v["minimum_pool"]) > 0,
        {
            "en": "there is no outreach to direct: set outreach or minimum_pool too",
            "fr": "il n'y a pas de démarchage à orienter\u202f: régler aussi outreach ou minimum_pool",
        },
    ),
    "evaluation_days": (
        lambda v: float(v["backstop_capacity"]) > 0,
        {
            "en": "there is no last resort to enlarge or reduce: set backstop_capacity too",
            "fr": "il n'y a pas de dernier recours à renforcer ou à réduire\u202f: régler aussi backstop_capacity",
        },
    ),
    "guaranteed_floor": (
        lambda v: float(v["backstop_capacity"]) > 0,
        {
            "en": "there is no last resort to direct: set backstop_capacity too",
            "fr": "il n'y a pas de dernier recours à orienter\u202f: régler aussi backstop_capacity",
        },
    ),
    "acculturation_staff": (
        lambda v: float(v["checking_max"]) > 0,
        {
            "en": "staff's trust changes nothing where nothing is checked: set checking_max too",
            "fr": "là où rien n'est contrôlé, la confiance des agents ne change rien\u202f: régler aussi checking_max",
        },
    ),
    "one_click": (lambda v: not v["once_for_all"], _NO_SECOND_TIME),
    "variety": (lambda v: not v["once_for_all"], _NO_SECOND_TIME),
    "reminder_rate": (lambda v: not v["once_for_all"], _NOBODY_BACK),
    "scheduled_rate": (lambda v: not v["once_for_all"], _NOBODY_BACK),
}

_SURVEYS_ALL: Words = {
    "en": "the last resort surveys whatever is out of date",
    "fr": "le dernier recours relève tout ce qui n'est plus à jour",
}

# Parameters that some kinds do not read: a norm that is relaxed there would look as if it did not matter.
UNREAD: Mapping[tuple[str, str], Words] = {
    ("patient-community", "norm_delay"): {
        "en": "answers are due within answer_hours: move that",
        "fr": "les réponses sont dues sous answer_hours\u202f: c'est ce délai qu'il faut régler",
    },
    ("alert", "norm_delay"): {
        "en": "incidents are due within target_minutes: move that",
        "fr": "les secours sont dus sous target_minutes\u202f: c'est ce délai qu'il faut régler",
    },
    ("coverage", "norm_delay"): {
        "en": "what is shown is due every day",
        "fr": "ce qui est montré doit être à jour chaque jour",
    },
    ("match", "norm_delay"): {"en": "a need is due on its day", "fr": "un besoin est dû le jour même"},
    ("flow", "norm_delay"): {"en": "demand is due on its day", "fr": "la demande est due le jour même"},
    ("stock", "norm_delay"): {
        "en": "what people look for is due on the day on which they look",
        "fr": "ce que l'on cherche est dû le jour où on le cherche",
    },
    ("stock", "need_lifetime"): {"en": "a topic does not lapse", "fr": "un sujet ne se périme pas"},
    ("match", "backstop_wait"): {
        "en": "a need is due on its day: the last resort cannot wait",
        "fr": "un besoin est dû le jour même\u202f: le dernier recours ne peut pas attendre",
    },
    ("match", "backstop_lag"): {
        "en": "a need is due on its day: the last resort cannot come later",
        "fr": "un besoin est dû le jour même\u202f: le dernier recours ne peut pas venir plus tard",
    },
    ("coverage", "backstop_wait"): _SURVEYS_ALL,
    ("coverage", "backstop_lag"): _SURVEYS_ALL,
}


def concerns(parameter: Parameter, kind: str) -> bool:
    """Tell whether a parameter means something in a production kind: a reader should not meet it elsewhere."""
    note = parameter.lever
    belongs = not parameter.production or kind in parameter.production
    acts = note is None or not note.kinds or kind in note.kinds
    return belongs and acts and (kind, parameter.name) not in UNREAD


def why_idle(parameter: Parameter, service: ServiceSpecification) -> Words | None:
    """Return why a lever does nothing in a service as it is resolved, None where it acts."""
    note = parameter.lever
    if note is not None and note.kinds and service.kind not in note.kinds:
        return {"en": note.elsewhere_en, "fr": note.elsewhere_fr}
    acts, reason = _NEEDS.get(parameter.name, (None, None))
    return None if acts is None or acts(service.parameters) else reason


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
                _refuse(change, unread, name, kind)
            if change.parameter.production and kind not in change.parameter.production:
                belongs = {
                    "en": f"it belongs to services of the kind {' or '.join(change.parameter.production)}",
                    "fr": f"cela appartient aux services de type {' ou '.join(change.parameter.production)}",
                }
                _refuse(change, belongs, name, kind)
        if change.parameter.kind != "lever":
            continue
        if change.parameter.name == "shared_tools" and platforms(services) < 2:
            _refuse(change, _ONE_PLATFORM)
        for name in change.services:
            service = by_name[name]
            if service.parameters[change.parameter.name] == service.reference[change.parameter.name]:
                continue
            reason = why_idle(change.parameter, service)
            if reason is not None:
                _refuse(change, reason, name, service.kind)


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
            _NOTHING,
            where=f"{label}: services.{service.name}.{parameter.name}",
            value=value,
            remedy={
                "en": f"{note.elsewhere_en}: leave it out of a service of the kind {service.kind}",
                "fr": f"{note.elsewhere_fr}\u202f: à retirer d'un service de type {service.kind}",
            },
        )


def _refuse(change: Change, reason: Words, service: str = "", kind: str = "") -> None:
    """Refuse a change for a reason, and name the service and its kind where the reason is theirs."""
    inside = {"en": f" (service {service}, kind {kind})", "fr": f" (service {service}, type {kind})"}
    raise InputError(
        _NOTHING,
        where=changed(change.key),
        value=change.value,
        remedy={each: reason[each] + (inside[each] if service else "") for each in reason},
    )
