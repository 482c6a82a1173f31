"""The runs of a store as an xarray data set: settings by replicates, factors as coordinates, units as attributes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..batch.needed import needed
from ..batch.outputs import output_columns
from ..batch.settings_table import settings_table
from ..batch.store import Store

if TYPE_CHECKING:
    import xarray

__all__ = ["to_xarray"]


def to_xarray(store: Store | str | os.PathLike[str]) -> xarray.Dataset:
    """Return the runs of a store, or of the folder that holds one, as a data set of ``setting`` and ``replicate``.

    Each output is float64[settings, replicates], NaN where it has no value and where the run is missing or failed;
    ``status`` says which. Scenario and factors are coordinates along ``setting``, with the values of
    the table of runs: the scenario's own where a setting leaves a factor alone. ``units`` and ``long_name`` are
    attributes of each variable; what was asked, those of the set.

    Raises
    ------
    InputError : a folder in which no sweep was begun.
    MachineError : xarray is not installed.
    """
    xarray = needed("xarray")
    store = store if isinstance(store, Store) else Store.open(store)
    study, runs = store.study, store.runs()
    settings, replicates = len(study.settings()), study.replicates
    place = runs["setting"].to_numpy(), runs["replicate"].to_numpy()

    def grid(values: Any, fill: Any, kind: Any) -> Any:
        whole = np.full((settings, replicates), fill, kind)
        whole[place] = values
        return whole

    variables = {
        each.name: (
            ("setting", "replicate"),
            grid(runs[each.name].to_numpy(float, na_value=np.nan), np.nan, float),
            {"units": each.unit, "long_name": each.description},
        )
        for each in output_columns(study)
    }
    variables["status"] = (("setting", "replicate"), grid(runs["status"].astype(str), "missing", object), {})
    coordinates: dict[str, Any] = {
        "setting": np.arange(settings),
        "replicate": np.arange(replicates),
        "scenario": ("setting", [each.scenario for each in study.settings()]),
    }
    table = settings_table(study)
    for factor in study.factors:
        about_factor = {"units": factor.unit, "long_name": factor.label["en"]}
        coordinates[factor.key] = ("setting", _plain(table.column(factor.key)), about_factor)
    about = {"study": study.name, "question": study.question["en"], "seed": study.seed, "parameters": study.parameters}
    return xarray.Dataset(variables, coordinates, about)


def _plain(column: pa.ChunkedArray) -> NDArray[Any]:
    """Return a factor's values as an array that files of arrays can hold: NaN, or no text, where draws vary it."""
    if pa.types.is_string(column.type):
        return np.array(["" if value is None else value for value in column.to_pylist()])
    if column.null_count:
        return np.array([np.nan if value is None else float(value) for value in column.to_pylist()])
    values: NDArray[Any] = column.to_numpy()
    return values
