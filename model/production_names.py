"""The names of the production kinds, apart from the kinds: reading a scenario file compiles nothing."""

from __future__ import annotations

__all__ = ["KIND_NAMES"]

KIND_NAMES = ("queue", "report-and-repair", "stock", "patient-community", "alert", "coverage", "match", "threshold")
