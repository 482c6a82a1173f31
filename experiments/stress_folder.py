"""The folder of ``entraide stress``: the plan, the run of the scenario as it is, and one run for each event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .designs import DesignFolder
from .output import Request
from .stress import Stress, stress
from .stress_plans import Refused, StressPlan
from .trials import Trial

__all__ = ["StressFolder"]


class StressFolder(DesignFolder[StressPlan, Trial, Stress]):
    """A folder in which events are tried."""

    plan_file, tried = "stress-plan.json", "events"
    attempt = staticmethod(stress)

    @staticmethod
    def read_plan(
        request: Request, designs: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]]
    ) -> StressPlan:
        return StressPlan(
            request, tuple(Trial.read(each) for each in designs), tuple(Refused(**each) for each in refused)
        )
