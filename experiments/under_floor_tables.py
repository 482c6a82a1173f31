"""The areas under the floor, and the departments, as columns of the tables of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entraide.model.records import Outcome
from entraide.model.specification import Specification
from entraide.scenarios.communes import department_names

from .under_floor import department_counts, judge

__all__ = ["DEPARTMENT_MEANINGS", "UNDER_FLOOR_MEANINGS", "departments_columns", "under_floor_columns"]

_Columns = Mapping[str, "pa.Array | NDArray[np.generic]"]
_DUE = ("needs", "needs that fell due")
_IN_TIME = ("needs", "of these, met in time")
UNDER_FLOOR_MEANINGS: Mapping[str, tuple[str, str]] = {
    "judged": (
        "",
        "alone: a zone with needs enough; joined: such a zone with neighbours that have too few; else what the small "
        "zones that are judged together have in common: intercommunality, department or territory",
    ),
    "code": ("", "of the zone, the intercommunality or the department"),
    "name": ("", "name of the zone; empty where small zones are judged together"),
    "departments": ("", "codes of the departments that it lies in"),
    "zone_count": ("zones", "number of zones"),
    "population": ("people", "inhabitants"),
    "due": _DUE,
    "in_time": _IN_TIME,
    "share_in_time": ("share", "of the needs that fell due"),
    "zones": ("", "official codes of the zones"),
}
DEPARTMENT_MEANINGS: Mapping[str, tuple[str, str]] = {
    "department": ("", "official code; empty where it is unknown"),
    "name": ("", "name of the department"),
    "population": ("people", "inhabitants"),
    "judged": ("people", "inhabitants of areas where something fell due"),
    "under_floor": ("people", "of these, inhabitants of areas under the floor"),
    "under_floor_by_chance": ("people", "expected under the floor if the mean service were the same everywhere"),
    "due": _DUE,
    "in_time": _IN_TIME,
}


def under_floor_columns(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    """Yield the areas under the floor of one replicate, the most populated first."""
    for year in range(len(outcome.zone_year["due"])):
        for j, service in enumerate(specification.services):
            if not service.public:
                continue
            areas = judge(outcome, specification, j, year).listed()
            due = np.array([area.due for area in areas], np.int64)
            in_time = np.array([area.in_time for area in areas], np.int64)
            yield {
                "replicate": np.full(len(areas), outcome.replicate, np.int32),
                "year": np.full(len(areas), year, np.int32),
                "service": pa.array([service.name] * len(areas), pa.string()),
                "judged": pa.array([area.judged for area in areas], pa.string()),
                "code": pa.array([area.code for area in areas], pa.string()),
                "name": pa.array([area.name for area in areas], pa.string()),
                "departments": pa.array([list(area.departments) for area in areas], pa.list_(pa.string())),
                "zone_count": np.array([len(area.zones) for area in areas], np.int32),
                "population": np.array([area.population for area in areas], np.int64),
                "due": due,
                "in_time": in_time,
                "share_in_time": in_time / np.maximum(due, 1),
                "zones": pa.array([list(area.zones) for area in areas], pa.list_(pa.string())),
            }


def departments_columns(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    """Yield the departments of one replicate."""
    names = department_names()
    for year in range(len(outcome.zone_year["due"])):
        for j, service in enumerate(specification.services):
            if not service.public:
                continue
            counts = department_counts([outcome], [specification], j, year)
            rows = len(counts.codes)
            by_chance = np.full(rows, np.nan) if counts.by_chance is None else counts.by_chance
            yield {
                "replicate": np.full(rows, outcome.replicate, np.int32),
                "year": np.full(rows, year, np.int32),
                "service": pa.array([service.name] * rows),
                "department": pa.array(list(counts.codes)),
                "name": pa.array([names.get(code, "") for code in counts.codes]),
                "population": counts.population.astype(np.int64),
                "judged": counts.judged.astype(np.int64),
                "under_floor": counts.under.astype(np.int64),
                "under_floor_by_chance": pa.array(by_chance, from_pandas=True),
                "due": counts.due.astype(np.int64),
                "in_time": counts.in_time.astype(np.int64),
            }
