"""The contribution log: who contributed when, in the form in which real platforms keep theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from entraide.model.records import Outcome
from entraide.model.specification import Specification

from .tables import day_dates, words

__all__ = ["contribution_rows"]


def contribution_rows(outcome: Outcome, specification: Specification) -> Iterable[Mapping[str, Any]]:
    """Yield one replicate's contributions, one row per citizen, service and day on which they contributed.

    Raises
    ------
    ValueError : the replicate was run without its log.
    """
    if outcome.log is None:
        raise ValueError("this replicate was run without its contribution log")
    log = outcome.log
    names = [service.name for service in specification.services]
    yield {
        "replicate": np.full(len(log["day"]), outcome.replicate, np.int32),
        "citizen": log["citizen"].astype(np.int64),
        "service": words(names, log["service"].astype(np.int32)),
        "day": log["day"].astype(np.int32),
        "date": day_dates(specification, log["day"]),
        "tasks": log["tasks"].astype(np.int64),
        "minutes": pa.array(log["seconds"].astype(np.float64) / 60.0),
    }
