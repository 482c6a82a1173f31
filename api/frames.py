"""Results as pandas tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result
from entraide.model.intervals import Interval
from entraide.model.records import DAILY_MEASURES

__all__ = ["comparison_frame", "daily_frame", "result_frame"]


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def result_frame(result: Result, service: str | None = None, year: int = 0) -> pd.DataFrame:
    """Return one row per risk and measure, indexed by name: value, interval, unit, replicates, meaning."""
    rows: list[dict[str, Any]] = []
    for name, risk in result.risks(service, year).items():
        low, high = _ends(risk.interval)
        rows.append(
            {
                "measure": name,
                "value": risk.probability,
                "low": low,
                "high": high,
                "unit": "probability",
                "count": risk.count,
                "replicates": risk.replicates,
                "meaning": f"the norm of {name} was broken",
            }
        )
    for name, measure in result.measures(service, year).items():
        low, high = _ends(measure.estimate.interval)
        rows.append(
            {
                "measure": name,
                "value": measure.estimate.value,
                "low": low,
                "high": high,
                "unit": measure.description.unit,
                "count": None,
                "replicates": measure.estimate.replicates,
                "meaning": measure.description.label_en,
            }
        )
    frame = pd.DataFrame(rows).set_index("measure")
    return frame.astype({"value": float, "low": float, "high": float, "count": "Int64"})


def daily_frame(result: Result) -> pd.DataFrame:
    """Return the daily measures, one row per replicate, service and day."""
    days = result.specification.days
    dates = pd.date_range(result.specification.start.isoformat(), periods=days)
    parts = []
    for outcome in result.outcomes:
        for place, service in enumerate(result.service_names):
            series = {measure.name: outcome.daily[measure.name][:, place] for measure in DAILY_MEASURES}
            keys = {"replicate": outcome.replicate, "service": service, "day": np.arange(days), "date": dates}
            parts.append(pd.DataFrame({**keys, **series}))
    return pd.concat(parts, ignore_index=True)


def comparison_frame(compared: ResultComparison) -> pd.DataFrame:
    """Return one row per measure, indexed by name: both values, difference, band, verdict."""
    rows = []
    for found in compared.comparison.differences:
        low, high = _ends(found.band)
        rows.append(
            {
                "measure": found.measure.name,
                "baseline": found.baseline,
                "candidate": found.candidate,
                "difference": found.difference,
                "low": low,
                "high": high,
                "unit": found.measure.unit,
                "verdict": found.verdict,
                "pairs": found.pairs,
                "enough_pairs": found.enough_pairs,
            }
        )
    frame = pd.DataFrame(rows).set_index("measure")
    numbers = ("baseline", "candidate", "difference", "low", "high")
    return frame.astype({**dict.fromkeys(numbers, float), "enough_pairs": "Int64"})
