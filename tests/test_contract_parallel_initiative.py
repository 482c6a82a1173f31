"""What the production kind ``parallel-initiative`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from production_contract import ZONES, Contract
from production_days import Bench, Day, quiet_day

from entraide.model.parameters import Value


class TestParallelInitiative(Contract):
    """It has no needs: what is brought here lapses at once, nothing falls due, nobody's staff work."""

    kind = "parallel-initiative"
    parameters: ClassVar[Mapping[str, Value]] = {"integration": 0.4, "relief": 0.6}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Nothing counts as delivered: what it relieves is withdrawn from another service."""
        return 0

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Nothing falls due."""
        return [0] * ZONES

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand tasks a day: about four in ten handed over, six in ten of the rest a relief if a need is open."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, tasks=1_000, relief=(10**6,) * ZONES))
        wasted = bench.total("tasks_wasted") / (6 * 1_000 * ZONES)
        print(f"{wasted:.3f} of tasks in vain, .240 expected")
        assert abs(wasted - 0.6 * 0.4) < 0.02
        assert bench.total("closed") == bench.total("due") == bench.open_needs() == 0
        assert not bench.kind.public
