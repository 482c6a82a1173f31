"""The names of the production kinds, apart from the kinds: reading a scenario file compiles nothing."""

from __future__ import annotations

__all__ = ["BESIDE", "KIND_NAMES", "RELIEVED", "UNIT_DAY_KINDS"]

KIND_NAMES = (
    "flow", "burst",
    "queue", "report-and-repair", "stock", "patient-community", "alert", "coverage", "match", "threshold",
    "parallel-initiative",
)  # fmt: skip
# Initiatives beside the public service.
BESIDE = ("parallel-initiative",)
# Kinds whose needs such an initiative can relieve.
RELIEVED = ("queue", "report-and-repair")

# Kinds that count the same units every day: a unit that is out of date today mostly is tomorrow, so that days of one
# unit are one observation and not hundreds.
UNIT_DAY_KINDS = ("coverage", "stock")
