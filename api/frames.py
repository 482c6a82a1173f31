"""Results as pandas tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result
from entraide.model.errors import InputError
from entraide.model.intervals import Interval
from entraide.model.records import DAILY_MEASURES

__all__ = ["comparison_frame", "contributions_frame", "daily_frame", "result_frame"]

_BROKEN = {"en": "the norm of {risk} was broken", "fr": "norme rompue\u202f: {risk}"}


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def result_frame(result: Result, service: str | None = None, year: int = 0, language: str = "en") -> pd.DataFrame:
    """Return one row per risk and measure, indexed by name: value, interval, unit, replicates, meaning."""
    from entraide.viz.locales import check_language
    from entraide.viz.wording import risk_name

    check_language(language)
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
                "meaning": _BROKEN[language].format(risk=risk_name(name, language)),
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
                "meaning": measure.description.label_en if language == "en" else measure.description.label_fr,
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


def contributions_frame(result: Result, folder: Path | None = None) -> pd.DataFrame:
    """Return the contribution log, from memory or from the folder of the run.

    Raises
    ------
    InputError : there is none.
    """
    from entraide.experiments.contribution_log import contribution_rows

    if all(outcome.log is not None for outcome in result.outcomes):
        rows = [part for outcome in result.outcomes for part in contribution_rows(outcome, result.specification)]
        return pd.concat([pd.DataFrame({k: _column(v) for k, v in part.items()}) for part in rows], ignore_index=True)
    table = None if folder is None else folder / "tables" / "contributions.parquet"
    if table is None or not table.is_file():
        raise InputError(
            "this run has no contribution log",
            where="contributions()" if folder is None else str(folder),
            remedy="Run it with contribution_log=True",
        )
    return pd.read_parquet(table)


def _column(values: Any) -> Any:
    """Return a column as pandas takes it, be it an array of NumPy or of Arrow."""
    return values.to_pandas() if hasattr(values, "to_pandas") else values


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
