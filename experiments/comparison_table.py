"""Comparisons of designs with one baseline, as one table: a row for each service, design and thing compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from .csv_tables import rows_as_csv
from .difference_table import Columns, difference_row
from .result_comparison import ResultComparison

__all__ = ["comparison_csv", "comparison_rows"]

_COLUMNS: Columns = {
    "service": (pa.string(), "", "name of the service"),
    "year": (pa.int32(), "", "0 for the first 365 days"),
    "baseline_design": (pa.string(), "", "name of the baseline"),
    "design": (pa.string(), "", "name of the design that is compared with it"),
    "compared": (pa.string(), "", "what is compared: a risk's event, a mean, or the cost"),
    "unit": (pa.string(), "", "unit of the values; event: share of simulations"),
    "baseline": (pa.float64(), "see unit", "value with the baseline"),
    "candidate": (pa.float64(), "see unit", "value with the design"),
    "difference": (pa.float64(), "see unit", "candidate minus baseline"),
    "low": (pa.float64(), "see unit", "lower end of the band of the difference, adjusted for the family"),
    "high": (pa.float64(), "see unit", "upper end of the band"),
    "verdict": (pa.string(), "", "better, worse, no_difference_that_matters or cannot_tell"),
    "p_value": (pa.float64(), "1", "of no difference at all, alone"),
    "adjusted_p_value": (pa.float64(), "1", "of no difference at all, by Holm's method within the family"),
    "family": (pa.int32(), "", "number of designs compared together"),
    "pairs": (pa.int32(), "", "pairs of simulations with a value on both sides"),
    "enough_pairs": (pa.int32(), "", "pairs with which four comparisons in five would tell, empty where not needed"),
}


def comparison_rows(found: Sequence[ResultComparison]) -> list[dict[str, Any]]:
    """Return the rows of the table, in the order of the comparisons and of what is compared."""
    return [
        difference_row(
            _COLUMNS,
            difference,
            service=each.service,
            year=each.year,
            baseline_design=each.comparison.baseline,
            design=each.comparison.candidate,
        )
        for each in found
        for difference in each.comparison.differences
    ]


def comparison_csv(found: Sequence[ResultComparison], language: str = "en") -> bytes:
    """Return the table as CSV."""
    return rows_as_csv(_COLUMNS, comparison_rows(found), language)
