"""The columns of a store: what is known of each run, each with its unit and meaning."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from entraide.model.risk import RISKS
from entraide.scenarios.scenario import Scenario

from ..measures import MEASURES, years_begun
from .factors import Factor
from .study import Study

__all__ = [
    "RECORD_COLUMNS",
    "Column",
    "factor_columns",
    "kept_measures",
    "measured_columns",
    "output_columns",
    "schema_of",
    "years_of",
]


class Column(NamedTuple):
    """One column: name, type in Parquet, unit, meaning."""

    name: str
    type: pa.DataType
    unit: str
    description: str


_SETTING = Column("setting", pa.int32(), "", "number of the setting: a scenario at a point of the design")
_REPLICATE = Column(
    "replicate", pa.int32(), "", "number of the replicate; equal numbers share their random numbers in all settings"
)
_STATE = (
    Column("scenario_hash", pa.string(), "", "SHA-256 of what was simulated, changes and draw of parameters included"),
    Column("status", pa.string(), "", "done or failed"),
    Column("stage", pa.string(), "", "where a run failed: setting, population, simulation, measures or worker"),
    Column("message", pa.string(), "", "why a run failed"),
)
# What a run adds to its setting, before what it measured.
RECORD_COLUMNS = (_SETTING, _REPLICATE, *_STATE)
_SCENARIO = Column("scenario", pa.string(), "", "name of the scenario")
_DRAW = Column(
    "draw",
    pa.int32(),
    "",
    "number of the draw of parameters from the ensemble; 0 where there is but one, or the preset",
)
_EVENTS = {
    "continuity": "1 where the norm of continuity was broken",
    "quality": "1 where the norm of quality was broken",
    "universality": "1 where the norm of universality was broken",
}
_MARGIN = "how far the norm of {risk} could be tightened and still be kept; negative where it is broken"


def factor_columns(factors: Sequence[Factor]) -> tuple[Column, ...]:
    """Return a column for each factor under its key; empty where the scenario's own value holds and draws vary it."""
    return tuple(Column(each.key, _type_of(each), each.unit, f"{each.kind}: {each.label['en']}") for each in factors)


def _type_of(factor: Factor) -> pa.DataType:
    values = factor.levels
    if not values:
        return pa.int64() if factor.whole else pa.float64()
    for kind, found in ((bool, pa.bool_()), (str, pa.string()), (float, pa.float64())):
        if any(isinstance(value, kind) for value in values):
            return found
    return pa.int64()


def years_of(study: Study) -> int:
    """Return the years begun by the longest scenario."""
    return max(years_begun(each.days) for each in study.scenarios)


def kept_measures(study: Study) -> tuple[str, ...]:
    """Return the names of the secondary measures that are kept."""
    chosen = study.outputs.measures
    if isinstance(chosen, str):
        return tuple(each.name for each in MEASURES) if chosen == "all" else ()
    return tuple(each.name for each in MEASURES if each.name in chosen)


def output_columns(study: Study) -> tuple[Column, ...]:
    """Return the columns of what is measured: ``SERVICE.MEASURE``, with ``.yearN`` where runs begin several years."""
    return measured_columns(study.scenarios, kept_measures(study), several_years=years_of(study) > 1)


def measured_columns(
    scenarios: Sequence[Scenario], measures: Collection[str] = (), *, several_years: bool = False
) -> tuple[Column, ...]:
    """Return the columns of what runs of some scenarios measure.

    Parameters
    ----------
    measures : names of the secondary measures that are kept.
    several_years : names of measures end in their year.
    """
    columns: dict[str, Column] = {"cost": Column("cost", pa.float64(), "EUR", "cost of all services, per year")}
    for scenario in scenarios:
        for service, public in _services(scenario):
            name = f"{service}.cost"
            columns[name] = Column(name, pa.float64(), "EUR", "cost of the service, per year")
            for year in range(years_begun(scenario.days)):
                ending = f".year{year + 1}" if several_years else ""
                for name, unit, text in _of_year(measures, public):
                    full = f"{service}.{name}{ending}"
                    columns[full] = Column(full, pa.float64(), unit, text)
    return tuple(columns.values())


def _services(scenario: Scenario) -> Iterator[tuple[str, bool]]:
    return ((each.name, each.public) for each in scenario.services)


def _of_year(measures: Collection[str], public: bool) -> Iterator[tuple[str, str, str]]:
    if public:
        for risk in RISKS:
            yield risk, "event", _EVENTS[risk]
            yield f"{risk}_margin", "share", _MARGIN.format(risk=risk)
    for measure in MEASURES:
        if measure.name in measures:
            yield measure.name, measure.unit, measure.label_en


def schema_of(study: Study, about: Mapping[str, str], *, whole: bool) -> pa.Schema:
    """Return the schema of a table of runs, with units and descriptions.

    Parameters
    ----------
    about : metadata of the table.
    whole : also scenario, factors and draw, as the finished table has them.
    """
    columns: tuple[Column, ...] = (*RECORD_COLUMNS, *output_columns(study))
    if whole:
        columns = (
            *(_SETTING, _SCENARIO, *factor_columns(study.factors), _DRAW, _REPLICATE, *_STATE),
            *output_columns(study),
        )
    fields = [
        pa.field(each.name, each.type, metadata={"unit": each.unit, "description": each.description})
        for each in columns
    ]
    metadata: dict[Any, Any] = dict(about)
    return pa.schema(fields, metadata=metadata)
