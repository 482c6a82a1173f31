"""What the production kind ``queue`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from production_contract import Contract
from production_days import Bench, Day

from entraide.model.parameters import Value


class TestQueueInTheOwnZone(Contract):
    kind = "queue"
    parameters: ClassVar[Mapping[str, Value]] = {"answers_per_task": 3, "gold_share": 0.1, "aggregation": "weighted"}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Every task closed took its number of answers, given today or held."""
        per_task = int(bench.record["answers_per_task"])
        return int((held_before["held_answers"] + np.array(day.tasks)).sum()) // per_task


class TestPooledQueue(TestQueueInTheOwnZone):
    parameters: ClassVar[Mapping[str, Value]] = {"answers_per_task": 2, "pooled": True}
