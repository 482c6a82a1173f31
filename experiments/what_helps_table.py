"""What helps, as one table: a row for each service, measure and thing compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from entraide.model.risk import RISKS

from .csv_tables import rows_as_csv
from .difference_table import Columns, difference_row, write_difference_table
from .what_helps import BEHIND, WhatHelps

__all__ = ["TABLE_FILE", "what_helps_csv", "what_helps_rows", "write_table"]

TABLE_FILE = "what-helps.parquet"
_OF_RISK = {**{risk: risk for risk in RISKS}, **{mean: risk for risk, mean in BEHIND.items()}}
_COLUMNS: Columns = {
    "service": (pa.string(), "", "name of the service"),
    "year": (pa.int32(), "", "0 for the first 365 days"),
    "measure": (pa.string(), "", "name of the measure of prevention, tried alone"),
    "title": (pa.string(), "", "its title in English"),
    "category": (pa.string(), "", "prevention or legal"),
    "changes": (pa.string(), "", "what it changes, as --set takes it"),
    "compared": (pa.string(), "", "what is compared: a risk's event, a mean, or the cost"),
    "risk": (pa.string(), "", "the risk that this belongs to, empty for none"),
    "rank": (pa.int32(), "", "place among the measures against this risk, 1 helps most"),
    "unit": (pa.string(), "", "unit of the values; event: share of replicates"),
    "baseline": (pa.float64(), "see unit", "value in the scenario as it is"),
    "candidate": (pa.float64(), "see unit", "value with the measure"),
    "difference": (pa.float64(), "see unit", "candidate minus baseline"),
    "low": (pa.float64(), "see unit", "lower end of the band of the difference, adjusted for the family"),
    "high": (pa.float64(), "see unit", "upper end of the band"),
    "verdict": (pa.string(), "", "better, worse, no_difference_that_matters or cannot_tell"),
    "verdict_on_risk": (pa.string(), "", "verdict of event and mean together"),
    "dominates": (pa.bool_(), "", "better on this risk, and cheaper"),
    "p_value": (pa.float64(), "1", "of no difference at all, alone"),
    "adjusted_p_value": (pa.float64(), "1", "of no difference at all, by Holm's method within the family"),
    "family": (pa.int32(), "", "number of measures compared together"),
    "pairs": (pa.int32(), "", "pairs of replicates with a value on both sides"),
    "enough_pairs": (pa.int32(), "", "pairs with which four comparisons in five would tell, empty where not needed"),
}


def what_helps_rows(found: WhatHelps) -> list[dict[str, Any]]:
    """Return the rows of the table, in the order of services, measures and what is compared."""
    rows = []
    for ranking in found.rankings:
        ranks = {
            risk: {tried.candidate.name: place for place, tried in enumerate(ranking.ranked(risk), 1)} for risk in RISKS
        }
        for tried in ranking.tried:
            changes = ", ".join(f"{key}={_text(value)}" for key, value in tried.candidate.changes.items())
            for difference in tried.comparison.differences:
                risk = _OF_RISK.get(difference.measure.name, "")
                rows.append(
                    difference_row(
                        _COLUMNS,
                        difference,
                        service=ranking.service,
                        year=ranking.year,
                        measure=tried.candidate.name,
                        title=tried.candidate.title["en"],
                        category=tried.candidate.category,
                        changes=changes,
                        risk=risk,
                        rank=ranks[risk][tried.candidate.name] if risk else None,
                        verdict_on_risk=tried.verdict(risk) if risk else None,
                        dominates=tried.dominates(risk) if risk else None,
                    )
                )
    return rows


def what_helps_csv(found: WhatHelps, language: str = "en") -> bytes:
    """Return the table as CSV."""
    return rows_as_csv(_COLUMNS, what_helps_rows(found), language)


def write_table(found: WhatHelps, folder: Path) -> Path:
    """Write the table as Parquet, each column with its unit and meaning.

    Raises
    ------
    MachineError : it cannot be written.
    """
    return write_difference_table(folder / TABLE_FILE, _COLUMNS, what_helps_rows(found), found.plan.request)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
