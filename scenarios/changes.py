"""Changes on top of a scenario: ``--set key=value`` on the command line, ``changes={...}`` in Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entraide.model.errors import InputError, Text, Words, nearest_name
from entraide.model.fault_words import KEEP_ONE, LISTED_PARAMETERS, UNKNOWN_PARAMETER, UNKNOWN_SERVICE
from entraide.model.parameters import Parameter, Value

from .declarations import ADMINISTRATION_ONLY, ALL, CITIZENS, SERVICE
from .validation import number_fault

__all__ = ["Change", "changed", "laid_over", "parse_changes", "route_changes"]

_EXAMPLE = {"en": "E.g. --set fun=1.5", "fr": "Par exemple\u202f: --set fun=1.5"}
_OPTIONS = {"days": "--days", "seed": "--seed", "replicates": "--replicates", "threads": "--threads"}


@dataclass(frozen=True)
class Change:
    """One parameter moved.

    Attributes
    ----------
    key : as the user wrote it.
    parameter : what it moves.
    services : the services concerned; empty for a parameter of all citizens.
    value : in the parameter's type.
    """

    key: str
    parameter: Parameter
    services: tuple[str, ...]
    value: Value


def parse_changes(texts: Iterable[str]) -> dict[str, Value]:
    """Return changes written ``key=value`` as a mapping of keys to typed values.

    Raises
    ------
    InputError : no equals sign, a key given twice, an unknown parameter, or a value that cannot be used.
    """
    changes: dict[str, Value] = {}
    for text in texts:
        key, equals, written = (part.strip() for part in text.partition("="))
        if not equals or not key:
            raise InputError(
                {"en": "must be written key=value", "fr": "doit s'écrire clé=valeur"},
                where="--set",
                value=text,
                remedy=_EXAMPLE,
            )
        if key in changes:
            raise InputError(
                {"en": "is given twice", "fr": "est donné deux fois"}, where=f"--set {key}", remedy=KEEP_ONE
            )
        parameter = _parameter(key, f"--set {key}")
        changes[key] = _checked(parameter, _from_text(parameter, written), f"--set {key}")
    return changes


def changed(key: str) -> Words:
    """Return how a message names a change."""
    return {"en": f"change {key!r}", "fr": f"changement {key!r}"}


def route_changes(changes: Mapping[str, Any], services: Sequence[str]) -> tuple[Change, ...]:
    """Return what each change moves.

    Parameters
    ----------
    changes : values by key: ``parameter``, ``service.parameter``, ``administration_only.parameter`` or
        ``service.administration_only.parameter``.
    services : names of the scenario's services. A key without a service is understood when there is only one.

    Raises
    ------
    InputError : unknown parameter or service, a service missing from the key, a value that cannot be used, or
        two keys that move the same parameter.
    """
    routed = tuple(_route(str(key), value, tuple(services)) for key, value in changes.items())
    moved: dict[tuple[str, tuple[str, ...]], str] = {}
    for change in routed:
        first = moved.setdefault((change.parameter.name, change.services), change.key)
        if first != change.key:
            raise InputError(
                {"en": f"moves the same parameter as {first!r}", "fr": f"change le même paramètre que {first!r}"},
                where=changed(change.key),
            )
    return routed


def laid_over(
    first: Mapping[str, Any], then: Mapping[str, Any], services: Sequence[str], label: str = ""
) -> tuple[Change, ...]:
    """Return changes with others on top: one of the same parameter and service replaces, however written.

    Parameters
    ----------
    label : the file whose ``[changes]`` come first, as messages name it; "" where they come from no file.

    Raises
    ------
    InputError : a key or value that cannot be used.
    """
    try:
        below = route_changes(first, services)
    except InputError as fault:
        raise fault.within(f"{label}: [changes]") if label else fault from None
    above = route_changes(then, services)
    replaced = {(change.parameter.name, change.services) for change in above}
    return (*(change for change in below if (change.parameter.name, change.services) not in replaced), *above)


def _route(key: str, value: Any, services: tuple[str, ...]) -> Change:
    where = changed(key)
    parameter = _parameter(key, where)
    prefix = key.split(".")[:-1]
    if prefix and prefix[-1] == "administration_only":
        prefix.pop()
    concerned: tuple[str, ...] = ()
    if parameter.scope != "citizens":
        concerned = _services_of(key, prefix, services, where)
    if hasattr(value, "item"):
        value = value.item()
    return Change(key, parameter, concerned, _checked(parameter, value, where))


def _services_of(key: str, prefix: list[str], services: tuple[str, ...], where: Text) -> tuple[str, ...]:
    if prefix:
        name = ".".join(prefix)
        if name not in services:
            nearest = nearest_name(name, services)
            raise InputError(
                UNKNOWN_SERVICE,
                where=where,
                value=name,
                allowed=", ".join(services),
                nearest=nearest,
            )
        return (name,)
    if len(services) > 1:
        remedy = {"en": f"Write {services[0]}.{key}", "fr": f"Écrire {services[0]}.{key}"}
        allowed = ", ".join(services)
        raise InputError(
            {
                "en": "does not say which service: there are several",
                "fr": "ne dit pas de quel service il s'agit\u202f: il y en a plusieurs",
            },
            where=where,
            allowed=allowed,
            remedy=remedy,
        )
    return services


def _parameter(key: str, where: Text) -> Parameter:
    """Return the parameter that a key names, whatever services there are."""
    *prefix, name = key.split(".")
    alone = bool(prefix) and prefix[-1] == "administration_only"
    parameter = ALL.get(name)
    if parameter is None:
        option = _OPTIONS.get(key)
        remedy = (
            LISTED_PARAMETERS
            if option is None
            else {"en": f"Use the option {option}", "fr": f"Prendre l'option {option}"}
        )
        raise InputError(
            UNKNOWN_PARAMETER,
            where=where,
            nearest=nearest_name(name, ALL),
            remedy=remedy,
        )
    if name in ADMINISTRATION_ONLY and not alone:
        raise InputError(
            UNKNOWN_PARAMETER,
            where=where,
            nearest=".".join([*prefix, "administration_only", name]),
        )
    if name in SERVICE and alone:
        raise InputError(
            UNKNOWN_PARAMETER,
            where=where,
            allowed=", ".join(ADMINISTRATION_ONLY),
            nearest=name,
        )
    if name in CITIZENS and prefix:
        remedy = {
            "en": f"Write {name}: one value holds for all citizens",
            "fr": f"Écrire {name}\u202f: une valeur vaut pour tous les habitants",
        }
        raise InputError(
            {"en": "does not belong to a service", "fr": "n'appartient pas à un service"}, where=where, remedy=remedy
        )
    return parameter


def _from_text(parameter: Parameter, text: str) -> Any:
    """Return a value typed on the command line as what it looks like: the check that follows judges it."""
    if isinstance(parameter.default, bool):
        return {"true": True, "false": False}.get(text.lower(), text)
    if isinstance(parameter.default, str):
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _checked(parameter: Parameter, value: Any, where: Text) -> Value:
    fault = number_fault(parameter, value, where)
    if fault:
        raise fault
    return parameter.check(value, where)
