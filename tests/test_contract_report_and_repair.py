"""What the production kind ``report-and-repair`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from production_contract import Contract
from production_days import Bench, Day

from entraide.model.parameters import Value


class TestReportAndRepair(Contract):
    kind = "report-and-repair"
    parameters: ClassVar[Mapping[str, Value]] = {"duplicate_detection": 0.5, "repair_capacity": 12.5}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Agents repair what was reported before today, as far as their capacity goes."""
        if not day.working:
            return 0
        return min(13, int(held_before["reported"].sum()))
