"""The fingerprint of a specification: equal when, and only when, everything that moves results is equal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .specification import ServiceSpecification, Specification
from .territory import Territory

__all__ = ["common_past_hash", "specification_hash"]

# Part of what is hashed: a new way of hashing must not look like an old result.
_HASH_VERSION = 1


def specification_hash(specification: Specification) -> str:
    """Return the SHA-256, in hexadecimal, of what moves the results of a specification."""
    content = {
        "hash_version": _HASH_VERSION,
        "start": specification.start.isoformat(),
        "days": specification.days,
        "citizens": dict(specification.citizens),
        "services": [_service(service) for service in specification.services],
        "events": [asdict(event) for event in specification.events],
        "territory": _territory(specification.territory),
    }
    return _hash(content)


def common_past_hash(specification: Specification) -> str:
    """Return the SHA-256 of what two futures of one past must share: places, people, services and first day.

    Citizens' parameters are in the units of what the past left behind, answers per task in the tasks half answered.
    """
    return _hash(
        {
            "hash_version": _HASH_VERSION,
            "start": specification.start.isoformat(),
            "citizens": dict(specification.citizens),
            "services": [
                (service.name, service.kind, service.parameters["answers_per_task"])
                for service in specification.services
            ],
            "territory": _territory(specification.territory),
        }
    )


def _hash(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _service(service: ServiceSpecification) -> Mapping[str, Any]:
    return {
        "name": service.name,
        "kind": service.kind,
        "parameters": dict(service.parameters),
        "reference": dict(service.reference),
        "administration_only": dict(service.administration_only),
    }


def _territory(territory: Territory) -> Mapping[str, Any]:
    """Return the content of a territory, each array by its digest."""
    groups = territory.groups
    return {
        "codes": _texts(territory.codes),
        "intercommunality": _texts(territory.intercommunality),
        "department": _texts(territory.department),
        "population": _digest(territory.population),
        "area_km2": _digest(territory.area_km2),
        "longitude": _digest(territory.longitude),
        "latitude": _digest(territory.latitude),
        "deprivation": _digest(territory.deprivation),
        "group_shares": _digest(territory.group_shares),
        "near": _digest(territory.near),
        "groups": {
            "names": list(groups.names),
            "share": _digest(groups.share),
            "can_contribute": _digest(groups.can_contribute),
            "digital_exclusion": _digest(groups.digital_exclusion),
            "devotion": _digest(groups.devotion),
        },
    }


def _texts(texts: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps(texts, ensure_ascii=True).encode("ascii")).hexdigest()


def _digest(array: NDArray[Any] | None) -> str:
    """Return the digest of an array's type, shape and values, the same on machines of either byte order."""
    if array is None:
        return ""
    little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
    head = f"{little.dtype.str}{little.shape}".encode("ascii")
    return hashlib.sha256(head + little.tobytes()).hexdigest()
