"""The settings of a study as a table: what was varied, in the columns that the table of runs has as well."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entraide.model.parameters import Value
from entraide.scenarios.changes import route_changes

from .outputs import factor_columns, schema_of
from .study import Study

__all__ = ["settings_table"]


def settings_table(study: Study, numbers: NDArray[np.int64] | None = None) -> pa.Table:
    """Return settings as a table: ``setting``, ``scenario``, and a column for each factor.

    A factor that is left alone has the scenario's own value, or none where draws of parameters vary it.

    Parameters
    ----------
    numbers : of the settings; None: all.
    """
    points = len(study.points)
    chosen = np.arange(len(study.scenarios) * points) if numbers is None else numbers
    own = [_own_values(study, place) for place in range(len(study.scenarios))]
    of_scenario, of_point = chosen // points, chosen % points
    schema = schema_of(study, {}, whole=True)
    arrays: dict[str, Any] = {
        "setting": pa.array(chosen, pa.int32()),
        "scenario": pa.array([study.scenario_names[place] for place in of_scenario]),
    }
    # Column by column: the changes of a million settings at once would take gigabytes.
    for place, (factor, column) in enumerate(zip(study.factors, factor_columns(study.factors), strict=True)):
        values = [
            own[scenario].get(factor.key) if np.isnan(at) else factor.value(float(at))
            for at, scenario in zip(study.points[of_point, place], of_scenario, strict=True)
        ]
        arrays[column.name] = pa.array(values, column.type)
    return pa.table(arrays, schema=pa.schema([schema.field(name) for name in arrays]))


def _own_values(study: Study, place: int) -> dict[str, Any]:
    """Return the values that a scenario has itself for the factors, but for those that draws vary."""
    scenario, draws = study.scenarios[place], study.draws()[place]
    first = draws.draws[0] if draws is not None and draws.draws else None
    values: dict[str, Any] = {}
    value: Value | None
    for factor in study.factors:
        (change,) = route_changes({factor.key: factor.ends()[0]}, scenario.service_names)
        name = change.parameter.name
        if not change.services:
            drawn = first.citizens if first else {}
            stated, value = name in scenario.tables.get("citizens", {}), scenario.citizens[name]
        else:
            service = next(each for each in scenario.services if each.name == change.services[0])
            drawn = first.services.get(service.name, {}) if first else {}
            stated = name in scenario.tables["services"][service.name]
            value = service.parameters.get(name, service.administration_only.get(name))
        if name not in drawn or stated:
            values[factor.key] = value
    return values
