"""Metrics of reports by small area: whom a service reaches, and how it grows."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .concentration import gini_index, ratio
from .metrics import metric
from .observations import Areas

__all__: list[str] = []

_FMS = "mySociety, FixMyStreet geographic data"


class _Sums(NamedTuple):
    """One row per area: decile, reports, reporters."""

    decile: NDArray[np.int64]
    reports: NDArray[np.int64]
    reporters: NDArray[np.int64]


def _sums(areas: Areas, chosen: NDArray[np.bool_] | None = None) -> _Sums:
    """Add up the periods of each area; an area without a row is not there."""
    rows = np.ones(len(areas.reports), np.bool_) if chosen is None else chosen
    decile, reports, reporters = areas.decile[rows], areas.reports[rows], areas.reporters[rows]
    if areas.area is None:
        return _Sums(decile, reports, reporters)
    codes, place = np.unique(areas.area[rows], return_inverse=True)
    summed = np.zeros((3, len(codes)), np.int64)
    summed[0, place] = decile
    np.add.at(summed[1], place, reports)
    np.add.at(summed[2], place, reporters)
    return _Sums(*summed)


def _in_period(areas: Areas, period: int) -> NDArray[np.bool_]:
    if areas.period is None:
        return np.full(len(areas.reports), period == 0)
    return np.asarray(areas.period == period)


def _intensity(sums: _Sums) -> float:
    return ratio(float(sums.reports.sum()), float(sums.reporters.sum()))


def _of_decile(sums: _Sums, decile: int) -> _Sums:
    chosen = sums.decile == decile
    return _Sums(sums.decile[chosen], sums.reports[chosen], sums.reporters[chosen])


@metric(
    "reporters_decile_ratio",
    Areas,
    "ratio",
    "Reporters per area in the most deprived tenth over those in the least deprived.",
    _FMS,
    "Déclarants par secteur dans le dixième le plus défavorisé, rapportés à ceux du dixième le moins défavorisé.",
)
def _reporters_decile_ratio(areas: Areas) -> float:
    sums = _sums(areas)
    per_area = [
        ratio(float(part.reporters.sum()), len(part.decile)) for part in (_of_decile(sums, 1), _of_decile(sums, 10))
    ]
    return ratio(*per_area)


@metric(
    "intensity_decile_ratio",
    Areas,
    "ratio",
    "Reports per reporter in the most deprived tenth over those in the least deprived.",
    _FMS,
    "Signalements par déclarant dans le dixième le plus défavorisé, rapportés à ceux du dixième le moins défavorisé.",
)
def _intensity_decile_ratio(areas: Areas) -> float:
    sums = _sums(areas)
    return ratio(_intensity(_of_decile(sums, 1)), _intensity(_of_decile(sums, 10)))


@metric(
    "area_gini",
    Areas,
    "Gini index of reports",
    "Gini index over the areas of the reports of all periods together.",
    "Gini 1912",
    "Indice de Gini, sur les secteurs, des signalements de toutes les périodes ensemble.",
)
def _area_gini(areas: Areas) -> float:
    return gini_index(_sums(areas).reports)


@metric(
    "area_gini_{period}",
    Areas,
    "Gini index of reports",
    "Gini index, over the areas that have a row in period {period} (the first is 0), of its reports.",
    "Gini 1912",
    "Indice de Gini, sur les secteurs présents à la période {period} (la première est 0), de ses signalements.",
)
def _area_gini_period(areas: Areas, period: int) -> float:
    return gini_index(_sums(areas, _in_period(areas, period)).reports)


@metric(
    "reports_per_reporter",
    Areas,
    "reports per reporter",
    "Reports over reporters, all areas and periods together.",
    _FMS,
    "Signalements par déclarant, tous secteurs et périodes ensemble.",
)
def _reports_per_reporter(areas: Areas) -> float:
    return _intensity(_sums(areas))


@metric(
    "reports_per_reporter_{period}",
    Areas,
    "reports per reporter",
    "Reports over reporters in period {period} (the first is 0), all areas together.",
    _FMS,
    "Signalements par déclarant à la période {period} (la première est 0), tous secteurs ensemble.",
)
def _reports_per_reporter_period(areas: Areas, period: int) -> float:
    return _intensity(_sums(areas, _in_period(areas, period)))


@metric(
    "growth_ratio",
    Areas,
    "ratio",
    "Reports of the last period over those of the first.",
    _FMS,
    "Signalements de la dernière période rapportés à ceux de la première.",
)
def _growth_ratio(areas: Areas) -> float:
    if areas.period is None or len(areas.period) == 0 or areas.period.min() == areas.period.max():
        return math.nan
    first, last = (areas.reports[areas.period == end].sum() for end in (areas.period.min(), areas.period.max()))
    return ratio(float(last), float(first))


@metric(
    "reports_per_area",
    Areas,
    "reports per area",
    "Reports of all periods over the number of areas.",
    _FMS,
    "Signalements de toutes les périodes, rapportés au nombre de secteurs.",
)
def _reports_per_area(areas: Areas) -> float:
    sums = _sums(areas)
    return ratio(float(sums.reports.sum()), len(sums.reports))
