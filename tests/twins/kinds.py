"""The twin of every production kind by the kind's name."""

from __future__ import annotations

from typing import Any

from .alert import AlertTwin
from .burst import BurstTwin
from .coverage import CoverageTwin
from .flow import FlowTwin
from .match import MatchTwin
from .parallel_initiative import ParallelInitiativeTwin
from .patient_community import PatientCommunityTwin
from .queue import QueueTwin
from .report_and_repair import ReportAndRepairTwin
from .stock import StockTwin
from .threshold import ThresholdTwin

__all__ = ["TWINS"]

TWINS: dict[str, Any] = {
    "queue": QueueTwin,
    "report-and-repair": ReportAndRepairTwin,
    "stock": StockTwin,
    "patient-community": PatientCommunityTwin,
    "alert": AlertTwin,
    "flow": FlowTwin,
    "burst": BurstTwin,
    "coverage": CoverageTwin,
    "match": MatchTwin,
    "threshold": ThresholdTwin,
    "parallel-initiative": ParallelInitiativeTwin,
}
