"""A finished run as Parquet tables, each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from entraide.model.records import DAILY_MEASURES, GROUP_MEASURES, ZONE_MEASURES, Outcome
from entraide.model.risk import RISKS
from entraide.model.specification import Specification

from .files import make_folder, write_whole
from .ignorance import drawn_values
from .measures import MEASURES
from .results import Result
from .under_floor_tables import (
    DEPARTMENT_MEANINGS,
    UNDER_FLOOR_MEANINGS,
    departments_columns,
    under_floor_columns,
)

__all__ = [
    "MOTIVES",
    "day_dates",
    "table_names",
    "table_of",
    "words",
    "write_in_parts",
    "write_tables",
    "zone_daily_rows",
]

MOTIVES = ("altruism", "pleasure", "reputation", "currency")

_Meaning = tuple[str, str]
_KEYS: Mapping[str, _Meaning] = {
    "replicate": ("", "number of the replicate; equal numbers and seeds share their random numbers"),
    "day": ("d", "day of the simulation, 0 is the first"),
    "date": ("", "calendar date"),
    "year": ("", "0 for the first 365 days"),
    "service": ("", "name of the service"),
    "zone": ("", "official code of the zone"),
    "name": ("", "name of the zone"),
    "population": ("people", "inhabitants of the zone"),
    "group": ("", "age band and diploma"),
    "people": ("people", "inhabitants old enough to contribute"),
    "contributors": ("people", "people who contributed at least once"),
    "excluded_people": ("people", "digitally excluded, of those old enough"),
    "excluded_contributors": ("people", "digitally excluded, of those who contributed"),
    "contributions": ("contributions", "contributions, one per person and day"),
    "share_of_contributors": ("share", "of contributors, from the least active on"),
    "share_of_contributions": ("share", "of all contributions, made by these contributors"),
    "motive": ("", "altruism, pleasure, reputation or currency"),
    "weight": ("logit", "sum over contributions of the motive's part of the utility, where positive"),
    "measure": ("", "name of the measure; the three risks are 1 where the event happened"),
    "value": ("see unit", "value in this replicate, empty where there is none"),
    "unit": ("", "unit of the value"),
    "draw": ("", "number of the draw of parameters; replicate r takes draw r modulo the number of draws"),
    "parameter": ("", "name of a parameter; without a service, one of all citizens"),
    "risk": ("", "continuity, quality or universality"),
    "margin": ("share", "how far the norm could be tightened and still be kept; negative where it is broken"),
    "citizen": ("", "permanent number of the citizen in the replicate"),
    "tasks": ("tasks", "tasks contributed"),
    "minutes": ("min", "time given, travel and access included"),
}

_DAILY: Mapping[str, _Meaning] = {measure.name: (measure.unit, measure.meaning) for measure in DAILY_MEASURES}

_Columns = Mapping[str, "pa.Array | NDArray[np.generic]"]


def write_tables(result: Result, folder: Path, *, missing_only: bool = False) -> tuple[Path, ...]:
    """Write the tables that need no heavy parts, or those of them that are not there, and return their paths.

    Raises
    ------
    MachineError : they cannot be written.
    """
    make_folder(folder)
    about = {"entraide.seed": str(result.seed), "entraide.scenario": result.scenario.name}
    paths = []
    for name in table_names(result):
        path = folder / f"{name}.parquet"
        if not (missing_only and path.exists()):
            columns, meanings = table_of(result, name)
            paths.append(_write(path, [columns], meanings, about))
    return tuple(paths)


def table_names(result: Result) -> tuple[str, ...]:
    """Return the names of the tables of a run that need no heavy parts."""
    names = ["daily", "zones", "groups", "distribution", "motives"]
    if result.public_services:
        names.append("under_floor")
        if len(set(result.specification.territory.department)) > 1:
            names.append("departments")
    return (*names, "measures", *(("draws", "margins") if result.specifications else ()))


def table_of(result: Result, name: str) -> tuple[_Columns, Mapping[str, _Meaning]]:
    """Return a table, column by column, and the unit and meaning of each column.

    Parameters
    ----------
    name : one of ``table_names``.

    Raises
    ------
    KeyError : another name.
    """
    whole: Mapping[str, Callable[[Result], _Columns]] = {"measures": _measures, "draws": _draws, "margins": _margins}
    if name in whole:
        return whole[name](result), _KEYS
    make, meanings = _BY_REPLICATE[name]
    rows = [part for outcome in result.outcomes for part in make(outcome, result.specification)]
    return _joined(rows), {**_KEYS, **meanings}


def write_in_parts(
    path: Path, parts: Iterable[_Columns | pa.Table], about: Mapping[str, str], *, as_they_come: bool = False
) -> Path:
    """Write a large table one part after the other, so that memory holds one of them.

    Parameters
    ----------
    as_they_come : each part is a row group of its own, to be read back alone, however large it is.

    Raises
    ------
    MachineError : it cannot be written.
    """
    return _write(path, parts, {**_DAILY, **_KEYS}, about, as_they_come)


def zone_daily_rows(
    replicate: int, specification: Specification, first: int, accounts: NDArray[np.int32]
) -> Iterable[_Columns]:
    """Yield daily accounts by zone of one replicate, a service at a time.

    Parameters
    ----------
    first : the first of their days.
    accounts : int32[ZONE_MEASURES, days, services, zones].
    """
    days, zones = accounts.shape[1], specification.territory.zones
    day = np.repeat(np.arange(first, first + days, dtype=np.int32), zones)
    for j, service in enumerate(specification.services):
        yield {
            "replicate": np.full(days * zones, replicate, np.int32),
            "day": day,
            "date": day_dates(specification, day),
            "service": words([service.name], np.zeros(days * zones, np.int32)),
            "zone": words(specification.territory.codes, np.tile(np.arange(zones, dtype=np.int32), days)),
            **{measure.name: accounts[row][:, j].ravel() for row, measure in enumerate(ZONE_MEASURES)},
        }


def day_dates(specification: Specification, days: NDArray[np.integer]) -> pa.Array:
    dates = [specification.start + timedelta(days=day) for day in range(specification.days)]
    return pa.array(dates, pa.date32()).take(pa.array(days.astype(np.int32)))


def words(words: Sequence[str], places: NDArray[np.int32]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(list(words)))


def _daily(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    days = specification.days
    for j, service in enumerate(specification.services):
        yield {
            "replicate": np.full(days, outcome.replicate, np.int32),
            "day": np.arange(days, dtype=np.int32),
            "date": day_dates(specification, np.arange(days)),
            "service": pa.array([service.name] * days),
            **{measure.name: outcome.daily[measure.name][:, j] for measure in DAILY_MEASURES},
        }


def _zones(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    territory = specification.territory
    for year in range(len(outcome.zone_year["due"])):
        for j, service in enumerate(specification.services):
            yield {
                "replicate": np.full(territory.zones, outcome.replicate, np.int32),
                "year": np.full(territory.zones, year, np.int32),
                "service": pa.array([service.name] * territory.zones),
                "zone": pa.array(list(territory.codes)),
                "name": pa.array(list(territory.names)),
                "population": territory.population,
                **{measure.name: outcome.zone_year[measure.name][year, j] for measure in ZONE_MEASURES},
            }


def _groups(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    names = specification.territory.groups.names
    for j, service in enumerate(specification.services):
        yield {
            "replicate": np.full(len(names), outcome.replicate, np.int32),
            "service": pa.array([service.name] * len(names)),
            "group": pa.array(list(names)),
            **{name: outcome.groups[name][j] for name in GROUP_MEASURES},
        }


def _distribution(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    points = outcome.lorenz.shape[1]
    for j, service in enumerate(specification.services):
        yield {
            "replicate": np.full(points, outcome.replicate, np.int32),
            "service": pa.array([service.name] * points),
            "share_of_contributors": np.linspace(0.0, 1.0, points),
            "share_of_contributions": outcome.lorenz[j],
        }


def _motives(outcome: Outcome, specification: Specification) -> Iterable[_Columns]:
    for j, service in enumerate(specification.services):
        yield {
            "replicate": np.full(len(MOTIVES), outcome.replicate, np.int32),
            "service": pa.array([service.name] * len(MOTIVES)),
            "motive": pa.array(list(MOTIVES)),
            "weight": outcome.motives[j],
        }


_BY_REPLICATE: Mapping[str, tuple[Callable[[Outcome, Specification], Iterable[_Columns]], Mapping[str, _Meaning]]] = {
    "daily": (_daily, _DAILY),
    "zones": (_zones, {measure.name: (measure.unit, measure.meaning) for measure in ZONE_MEASURES}),
    "groups": (_groups, {}),
    "distribution": (_distribution, {}),
    "motives": (_motives, {}),
    "under_floor": (under_floor_columns, UNDER_FLOOR_MEANINGS),
    "departments": (departments_columns, DEPARTMENT_MEANINGS),
}


def _measures(result: Result) -> _Columns:
    units = {**dict.fromkeys(RISKS, "event"), **{measure.name: measure.unit for measure in MEASURES}}
    rows = [
        (outcome.replicate, service, year, name, float(series[place]))
        for service in result.service_names
        for year in range(result.years)
        for name, series in result.values(service, year).items()
        for place, outcome in enumerate(result.outcomes)
    ]
    numbers, services, years, names, values = zip(*rows, strict=True)
    return {
        "replicate": np.array(numbers, np.int32),
        "service": pa.array(services),
        "year": np.array(years, np.int32),
        "measure": pa.array(names),
        "value": pa.array([None if np.isnan(value) else value for value in values], pa.float64()),
        "unit": pa.array([units[name] for name in names]),
    }


def _draws(result: Result) -> _Columns:
    """Return the values that vary from draw to draw, a row for each draw and parameter."""
    rows = [
        (draw, service, name, float(value))
        for (service, name), values in drawn_values(result).items()
        for draw, value in enumerate(values)
    ]
    draws, services, names, values = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {
        "draw": np.array(draws, np.int32),
        "service": pa.array(services, pa.string()),
        "parameter": pa.array(names, pa.string()),
        "value": np.array(values, np.float64),
    }


def _margins(result: Result) -> _Columns:
    """Return the margin to each norm, a row for each replicate, service, year and risk."""
    numbers = result.draw_numbers()
    assert numbers is not None
    rows = [
        (outcome.replicate, int(numbers[place]), service.name, year, risk, float(series[place]))
        for service in result.public_services
        for year in range(result.years)
        for risk, series in result.margins(service.name, year).items()
        for place, outcome in enumerate(result.outcomes)
    ]
    replicates, draws, services, years, risks, margins = zip(*rows, strict=True)
    return {
        "replicate": np.array(replicates, np.int32),
        "draw": np.array(draws, np.int32),
        "service": pa.array(services),
        "year": np.array(years, np.int32),
        "risk": pa.array(risks),
        "margin": pa.array([None if np.isnan(margin) else margin for margin in margins], pa.float64()),
    }


def _joined(parts: Sequence[_Columns]) -> _Columns:
    tables = [pa.table(dict(part)) for part in parts]
    whole = pa.concat_tables(tables).combine_chunks()
    return {name: whole.column(name) for name in whole.column_names}


def _write(
    path: Path,
    parts: Iterable[_Columns | pa.Table],
    meanings: Mapping[str, _Meaning],
    about: Mapping[str, str],
    as_they_come: bool = False,
) -> Path:
    def write(target: Path) -> None:
        writer = None
        try:
            for part in parts:
                table = part if isinstance(part, pa.Table) else pa.table(dict(part))
                fields = [
                    field.with_metadata(dict(zip(("unit", "description"), meanings[field.name], strict=True)))
                    for field in table.schema
                ]
                schema = pa.schema(fields, metadata=dict(about))
                table = table.cast(schema)
                if writer is None:
                    writer = pq.ParquetWriter(target, schema, compression="zstd")
                writer.write_table(table, row_group_size=max(1, table.num_rows) if as_they_come else None)
        finally:
            if writer is not None:
                writer.close()

    return write_whole(path, write)
