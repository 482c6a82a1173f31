"""Every production kind by its name."""

from __future__ import annotations

from .alert import Alert
from .burst import Burst
from .contract import ProductionKind
from .coverage import Coverage
from .flow import Flow
from .match import Match
from .parallel_initiative import ParallelInitiative
from .patient_community import PatientCommunity
from .queue import Queue
from .report_and_repair import ReportAndRepair
from .stock import Stock
from .threshold import Threshold

__all__ = ["PRODUCTION_KINDS"]

PRODUCTION_KINDS: dict[str, ProductionKind] = {
    kind.name: kind
    for kind in (
        Queue(),
        ReportAndRepair(),
        Stock(),
        PatientCommunity(),
        Alert(),
        Coverage(),
        Match(),
        Threshold(),
        ParallelInitiative(),
        Flow(),
        Burst(),
    )
}
