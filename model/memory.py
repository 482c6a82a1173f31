"""How much memory a simulation takes, said before anything is allocated."""

from __future__ import annotations

import os
from math import prod
from pathlib import Path

import numpy as np

from .columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS, THRESHOLD_COLUMN, bytes_per_row
from .errors import MachineError
from .packing import own_parameters
from .production import PRODUCTION_KINDS
from .production.contract import column_sizes
from .specification import Specification

__all__ = ["available_memory", "bytes_per_citizen", "check_memory", "estimated_bytes"]


def bytes_per_citizen(services: int) -> int:
    """Return the bytes of state per citizen."""
    return bytes_per_row(CITIZEN_COLUMNS) + services * bytes_per_row((*INVOLVEMENT_COLUMNS, THRESHOLD_COLUMN))


def estimated_bytes(specification: Specification) -> int:
    """Return the bytes that one replicate takes: citizens, stocks of needs, records and working space."""
    services, zones = len(specification.services), specification.territory.zones
    citizens = specification.territory.inhabitants * (bytes_per_citizen(services) + 4)
    stocks = zones * services * 64
    for service in specification.services:
        kind = PRODUCTION_KINDS[service.kind]
        sizes = column_sizes(kind, service.parameters, own_parameters(service), specification.territory)
        stocks += sum(prod(sizes[column.shape]) * np.dtype(column.dtype).itemsize for column in kind.columns)
    records = specification.days * services * 40 * 8 + zones * services * 200
    return citizens + stocks + records


def available_memory() -> int | None:
    """Return the bytes of memory that are free for use, or None where the system does not tell."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return int(os.sysconf("SC_PHYS_PAGES")) * int(os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, OSError, ValueError):
        return None


def check_memory(specification: Specification, at_once: int = 1, available: int | None = None) -> None:
    """Refuse a simulation that would not fit, with advice.

    ``at_once`` replicates run side by side.

    Raises
    ------
    MachineError : more memory is needed than is free.
    """
    free = available_memory() if available is None else available
    needed = estimated_bytes(specification) * at_once
    if free is not None and needed > 0.9 * free:
        people = specification.territory.inhabitants
        raise MachineError(
            {"en": "not enough memory for this territory", "fr": "pas assez de mémoire pour ce territoire"},
            where={
                "en": f"{specification.territory.title}, {people} inhabitants",
                "fr": f"{specification.territory.title}, {people} habitants",
            },
            allowed={
                "en": f"{free / 1e9:.1f} GB are free, {needed / 1e9:.1f} GB are needed",
                "fr": f"{free / 1e9:.1f} Go sont libres, il en faut {needed / 1e9:.1f}",
            },
            remedy={
                "en": "choose fewer communes, fewer services, or --threads 1 so that replicates run one after the "
                "other",
                "fr": "choisir moins de communes, moins de services, ou --threads 1, pour une simulation à la fois",
            },
        )
