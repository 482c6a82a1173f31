"""What the production kind ``patient-community`` promises, beside what every kind does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from production_contract import DELAY, ZONES, Contract
from production_days import Bench, Day, quiet_day

from entraide.model.parameters import Value
from entraide.model.production.patient_community import chance_in_time


class TestPatientCommunity(Contract):
    kind = "patient-community"
    parameters: ClassVar[Mapping[str, Value]] = {"answer_hours": 24 * DELAY, "reread_days": 2}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One contribution answers one question."""
        return sum(day.tasks)

    def test_hours_are_those_of_two_moments_drawn(self) -> None:
        """The closed form against a million pairs of moments, by hours granted and days after the question."""
        chance = np.random.default_rng(1)
        asked, answered = chance.random((2, 1_000_000))
        for hours in (1, 12, 24, 36, 96):
            for age in range(6):
                days_between = age + answered - asked if age else np.abs(answered - asked)
                drawn = float((days_between <= hours / 24).mean())
                assert abs(chance_in_time(hours, age) - drawn) < 0.003, (hours, age)

    def test_rereading_corrects(self) -> None:
        """Thirty questions and sixty answers a day in each zone: the more spare answers reread, the fewer errors stay.

        An answer is read on three days, among ninety recent ones, by 30 x share people a day, of whom 77.5 % are right.
        """
        errors = []
        for share in (0.0, 0.5, 1.0):
            bench = self.bench(reread_share=share)
            for _ in range(30):
                bench.live(quiet_day(ZONES, arisen=30, tasks=60))
            errors.append(bench.total("errors") / bench.total("closed"))
        print(f"errors among answers: {[round(share, 3) for share in errors]}")
        expected = [0.225 * (1.0 - 0.775 * (1.0 - np.exp(-share / 3.0))) ** 3 for share in (0.0, 0.5, 1.0)]
        assert np.allclose(errors, expected, rtol=0.1)


class TestPooledPatientCommunity(TestPatientCommunity):
    parameters: ClassVar[Mapping[str, Value]] = {**TestPatientCommunity.parameters, "pooled": True}
