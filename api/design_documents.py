"""What JSON documents of designs that were tried share: what was asked, and a difference."""

from __future__ import annotations

from typing import Any

from entraide.experiments.comparison import Difference
from entraide.experiments.output import Request
from entraide.experiments.provenance import code_hash, package_version
from entraide.experiments.results import Result
from entraide.model.intervals import Interval
from entraide.scenarios.hashing import scenario_hash

__all__ = ["difference_document", "ends", "request_document"]


def request_document(request: Request, baseline: Result) -> dict[str, Any]:
    """Return what was asked, and of which version."""
    return {
        "scenario": request.scenario.name,
        "title": dict(request.scenario.title),
        "scenario_hash": scenario_hash(request.scenario),
        "changes": dict(request.scenario.changes),
        "territory": baseline.specification.territory.title,
        "population": baseline.population,
        "days": request.scenario.days,
        "replicates": request.replicates,
        "seed": request.seed,
        "version": package_version(),
        "code_hash": code_hash(),
    }


def difference_document(found: Difference) -> dict[str, Any]:
    """Return a difference, its verdict, and how many comparisons share its level."""
    return {
        "unit": "event" if found.measure.kind == "event" else found.measure.unit,
        "baseline": found.baseline,
        "candidate": found.candidate,
        "difference": found.difference,
        "band": ends(found.band),
        "smallest_difference": found.smallest_difference,
        "verdict": found.verdict,
        "p_value": found.p_value,
        "adjusted_p_value": found.adjusted_p_value,
        "family": found.family,
        "pairs": found.pairs,
        "enough_pairs": found.enough_pairs,
    }


def ends(interval: Interval | None) -> list[float] | None:
    """Return both ends of an interval; None where there is none."""
    return None if interval is None else [interval.low, interval.high]
