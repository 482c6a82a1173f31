"""The runs of one scenario of a study, as arrays of settings by replicates."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Value
from entraide.model.risk import RISKS
from entraide.scenarios.scenario import Scenario

from ..batch.factors import Factor
from ..batch.outputs import output_columns
from ..batch.settings import Settings
from ..batch.store import Store
from ..batch.study import Study

__all__ = ["StudyRuns", "check_names", "study_runs"]


@dataclass(frozen=True)
class StudyRuns:
    """Runs of one scenario of a study.

    Attributes
    ----------
    study : what was asked.
    scenario : the scenario, as the study has it.
    table : one row for each run that is there, in the order of settings and replicates.
    about : where the runs come from.
    """

    study: Study
    scenario: Scenario
    table: pa.Table
    about: Mapping[str, str]

    @property
    def points(self) -> NDArray[np.float64]:
        """Places of the settings in the unit cube, float64[settings, factors]; NaN: left as the scenario has it."""
        return self.study.points

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The columns of ``points``: levers first."""
        return self.study.factors

    @property
    def replicates(self) -> int:
        """Replicates asked for, of each setting."""
        return self.study.replicates

    @cached_property
    def _rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Row in the table, setting and replicate of each finished run of the scenario."""
        settings = len(self.points)
        number = self.table.column("setting").to_numpy().astype(np.int64)
        done = np.array([status == "done" for status in self.table.column("status").to_pylist()], np.bool_)
        rows = np.flatnonzero(done & (number // settings == self.study.scenario_names.index(self.scenario.name)))
        return rows, number[rows] % settings, self.table.column("replicate").to_numpy().astype(np.int64)[rows]

    @property
    def finished(self) -> int:
        """Finished runs of the scenario."""
        return len(self._rows[0])

    @property
    def without_result(self) -> int:
        """Runs asked for that failed or are not there yet."""
        return len(self.points) * self.replicates - self.finished

    @cached_property
    def draws(self) -> NDArray[np.int64] | None:
        """The draw of parameters of each replicate, int64[replicates]; None where all have the same parameters."""
        drawn = self.study.draws()[self.study.scenario_names.index(self.scenario.name)]
        if drawn is None or len(drawn.draws) < 2:
            return None
        return np.arange(self.replicates, dtype=np.int64) % len(drawn.draws)

    @property
    def service(self) -> str:
        """The first public service."""
        return _first_public(self.scenario)

    def outputs(self) -> tuple[str, ...]:
        """Return the names of what was measured."""
        names = self.table.schema.names
        return tuple(names[names.index("message") + 1 :])

    def output(self, name: str) -> str:
        """Return the column of an output: its own name, or that of a measure of the first service in the first year.

        Raises
        ------
        InputError : no such output; says the nearest.
        """
        return _output(name, self.outputs(), self.service)

    def headline_outputs(self) -> tuple[str, ...]:
        """Return the margins of the three risks of the first service, and the cost: those that vary."""
        names = [self.output(f"{risk}_margin") for risk in RISKS] + ["cost"]
        return tuple(name for name in names if np.nanstd(self.values(name)) > 0.0) if self.finished else ()

    def unit(self, output: str) -> str:
        """Return the unit of an output, "share" for parts of a whole."""
        return (self.table.schema.field(output).metadata or {}).get(b"unit", b"").decode()

    def values(self, output: str) -> NDArray[np.float64]:
        """Return an output, float64[settings, replicates]; NaN where a run has none, failed or is not there."""
        rows, setting, replicate = self._rows
        found = np.full((len(self.points), self.replicates), np.nan)
        column = self.table.column(output).take(pa.array(rows)).cast(pa.float64())
        found[setting, replicate] = column.to_numpy()
        return found

    def changes(self, setting: int) -> Mapping[str, Value]:
        """Return what a setting changes, by key."""
        return Settings((self.scenario.name,), self.factors, self.points).changes_at(setting)


def study_runs(store: Store | str | os.PathLike[str], scenario: str | None = None) -> StudyRuns:
    """Return the runs of one scenario of a sweep, the first where none is named.

    Raises
    ------
    InputError : no sweep in the folder, no such scenario, or nothing finished yet.
    """
    opened = store if isinstance(store, Store) else Store.open(Path(store))
    chosen = _scenario(opened.study, scenario)
    found = StudyRuns(opened.study, chosen, opened.table(), opened.about())
    if not found.finished:
        raise InputError(
            "holds no finished run yet",
            where=str(opened.path),
            remedy=f"Go on with the sweep: entraide resume {opened.path}",
        )
    return found


def check_names(study: Study, scenario: str | None, outputs: Sequence[str] = ()) -> None:
    """Refuse names that the runs of a study will not have; nothing has to be run for it.

    Raises
    ------
    InputError : no such scenario or output; says the nearest.
    """
    chosen = _scenario(study, scenario)
    known = tuple(each.name for each in output_columns(study))
    for name in outputs:
        _output(name, known, _first_public(chosen))


def _first_public(scenario: Scenario) -> str:
    return next(each.name for each in scenario.services if each.public)


def _scenario(study: Study, name: str | None) -> Scenario:
    names = study.scenario_names
    if name is not None and name not in names:
        raise InputError(
            "the study has no such scenario",
            where="--scenario",
            value=name,
            allowed=", ".join(names),
            nearest=nearest_name(name, names),
        )
    return study.scenarios[0 if name is None else names.index(name)]


def _output(name: str, known: Sequence[str], service: str) -> str:
    for found in (name, f"{service}.{name}", f"{service}.{name}.year1", f"{name}.year1"):
        if found in known:
            return found
    nearest = nearest_name(name, (*known, *(each.removeprefix(f"{service}.") for each in known)))
    raise InputError(
        "unknown output",
        where="--output",
        value=name,
        allowed="cost, continuity_margin, quality_margin, universality_margin, or SERVICE.MEASURE as in the table of "
        "runs",
        nearest=nearest,
        remedy="" if nearest else "`entraide scenarios measures` and the columns of the runs name them",
    )
