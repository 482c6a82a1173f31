"""Stress, as one table: a row for each service, event and thing compared."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from entraide.model.event_kinds import event_kind

from .csv_tables import rows_as_csv
from .difference_table import Columns, difference_row, write_difference_table
from .stress import Stress

__all__ = ["STRESS_TABLE_FILE", "stress_csv", "stress_rows", "write_stress_table"]

STRESS_TABLE_FILE = "stress.parquet"
_COLUMNS: Columns = {
    "service": (pa.string(), "", "name of the service"),
    "year": (pa.int32(), "", "0 for the first 365 days"),
    "event": (pa.string(), "", "kind of event, tried alone; several that strike together have + between them"),
    "date": (pa.date32(), "", "first day of the event"),
    "days": (pa.int32(), "days", "how long it lasts"),
    "size": (pa.float64(), "see unit_of_size", "its size; none for an outage"),
    "unit_of_size": (pa.string(), "", "unit of the size"),
    "compared": (pa.string(), "", "what is compared: a risk's event, a mean of the year, the cost, or what followed"),
    "unit": (pa.string(), "", "unit of the values; event: share of replicates"),
    "baseline": (pa.float64(), "see unit", "value without the event"),
    "candidate": (pa.float64(), "see unit", "value with it"),
    "difference": (pa.float64(), "see unit", "with minus without"),
    "low": (pa.float64(), "see unit", "lower end of the band of the difference"),
    "high": (pa.float64(), "see unit", "upper end of the band"),
    "verdict": (pa.string(), "", "better, worse, no_difference_that_matters or cannot_tell"),
    "p_value": (pa.float64(), "1", "of no difference at all, alone"),
    "adjusted_p_value": (pa.float64(), "1", "of no difference at all, by Holm's method within the family"),
    "family": (pa.int32(), "", "number of events compared together; 1 for what followed"),
    "pairs": (pa.int32(), "", "pairs of replicates with a value on both sides"),
    "level_low": (pa.float64(), "1", "of not_recovered alone: lower end with the event, all open ones recovering"),
    "level_high": (pa.float64(), "1", "upper end, none of them recovering"),
    "days_to_return": (pa.int32(), "days", "until it is what it would be without the event; none: not by the end"),
    "days_to_return_low": (pa.int32(), "days", "lower end of its 95 % band; none: not before the end"),
    "days_to_return_high": (pa.int32(), "days", "upper end of its 95 % band; none: not before the end"),
}


def stress_rows(found: Stress) -> list[dict[str, Any]]:
    """Return the rows of the table, in the order of services, events and what is compared."""
    start = found.plan.request.scenario.start
    rows = []
    for service in found.services:
        for struck in service.struck:
            trial, kind = struck.trial, event_kind(struck.trial.kind)
            for difference in (*struck.comparison.differences, *struck.following.differences):
                alone = struck.after.not_recovered_interval if difference.measure.name == "not_recovered" else None
                rows.append(
                    difference_row(
                        _COLUMNS,
                        difference,
                        service=service.service,
                        year=service.year,
                        event="+".join(each.kind for each in trial.events),
                        date=start + timedelta(days=trial.day),
                        days=trial.days,
                        size=trial.size if kind.bounds is not None else None,
                        unit_of_size=kind.unit,
                        level_low=None if alone is None else alone.low,
                        level_high=None if alone is None else alone.high,
                        days_to_return=struck.back.days,
                        days_to_return_low=struck.back.low,
                        days_to_return_high=struck.back.high,
                    )
                )
    return rows


def stress_csv(found: Stress, language: str = "en") -> bytes:
    """Return the table as CSV."""
    return rows_as_csv(_COLUMNS, stress_rows(found), language)


def write_stress_table(found: Stress, folder: Path) -> Path:
    """Write the table as Parquet, each column with its unit and meaning.

    Raises
    ------
    MachineError : it cannot be written.
    """
    return write_difference_table(folder / STRESS_TABLE_FILE, _COLUMNS, stress_rows(found), found.plan.request)
