"""A robust study as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entraide.experiments.analysis.discovery import Discovery
    from entraide.experiments.analysis.information import Information
    from entraide.experiments.analysis.robust_study import RobustStudy
    from entraide.experiments.analysis.robustness import DesignRobustness
    from entraide.experiments.analysis.search import SearchEnd

__all__ = ["robust_document"]


def robust_document(found: RobustStudy, search: SearchEnd | None = None) -> dict[str, Any]:
    """Return all that a study says, with its sentences in every language."""
    from entraide.viz.locales import LANGUAGES
    from entraide.viz.robust_sentences import robust_sentences

    robustness = found.robustness
    document: dict[str, Any] = {
        "states": robustness.states,
        "replicates": robustness.replicates,
        "kept_in": robustness.kept_in,
        "holds_in": robustness.holds_in,
        "cheapest_that_holds": None if robustness.cheapest is None else robustness.cheapest.design.number,
        "safest": robustness.safest.design.number,
        "cheapest": robustness.cheapest_of_all.design.number,
        "minimax_cost": None if robustness.minimax_cost is None else robustness.minimax_cost.design.number,
        "minimax_risk": {risk: each.design.number for risk, each in robustness.minimax_risk.items()},
        "designs": [_design(each) for each in robustness.designs],
        "breaking": [
            {"design": each.design.design.number, **{norm: _box(told) for norm, told in each.found.items()}}
            for each in found.breaking
        ],
        "information": {name: _information(each, found) for name, each in found.information.items()},
        "spread": [
            {
                "risk": each.risk,
                "chance": each.components.within,
                "assumptions": each.components.between,
                "share": each.components.share,
                "states_needed": None if each.needed is None else each.needed.states,
                "replicates_needed": None if each.needed is None else each.needed.replicates_alone,
            }
            for each in found.spreads
        ],
        "differences": _differences(found),
        "sentences": {language: list(robust_sentences(found, language)) for language in LANGUAGES},
    }
    if search is not None:
        document["search"] = {
            "evaluated": len(search.found.evaluated),
            "simulated": search.found.simulated,
            "objectives": list(search.found.objectives),
            "front": [
                {"changes": dict(each.changes), "objectives": list(each.objectives)} for each in search.found.members
            ],
        }
    return document


def _design(each: DesignRobustness) -> dict[str, Any]:
    return {
        "design": each.design.number,
        "changes": dict(each.design.changes),
        "cost": each.cost,
        "holds": each.holds,
        "nondominated": each.nondominated,
        "held": {
            name: {
                "count": held.count,
                "states": held.states,
                "share": held.share,
                "interval": None if held.interval is None else [held.interval.low, held.interval.high],
            }
            for name, held in each.held.items()
        },
        "probability_broken": dict(each.risks),
        "cost_regret": None
        if each.cost_regret is None
        else {"most": each.cost_regret.most, "mean": each.cost_regret.mean},
        "risk_regret": {risk: {"most": regret.most, "mean": regret.mean} for risk, regret in each.risk_regret.items()},
    }


def _box(told: Discovery) -> dict[str, Any]:
    box = told.box
    return {
        "broken": told.broken,
        "states": told.states,
        "reason": told.reason,
        "box": None
        if box is None
        else {
            "bounds": [
                {"factor": bound.factor.key, "above": bound.low, "below": bound.high, "levels": list(bound.levels)}
                for bound in box.bounds
            ],
            "coverage": box.coverage,
            "density": box.density,
            "checked_density": box.checked_density,
            "p_value": box.p_value,
        },
    }


def _information(each: Information, found: RobustStudy) -> dict[str, Any]:
    return {
        "unit": each.unit,
        "best_design": found.design(each.best).number,
        "expected_loss": each.expected,
        "everything": each.everything,
        "worth": [
            {
                "factor": worth.factor.key,
                "value": worth.value,
                "interval": [worth.low, worth.high],
                "by_chance": worth.by_chance,
                "p_value": worth.p_value,
            }
            for worth in each.worth
        ],
    }


def _differences(found: RobustStudy) -> dict[str, Any] | None:
    compared = found.comparisons
    if compared is None:
        return None
    return {
        "reference": compared.reference.number,
        "designs": [
            {
                "design": design.number,
                **{
                    each.measure.name: {
                        "difference": each.difference,
                        "band": None if each.band is None else [each.band.low, each.band.high],
                        "verdict": each.verdict,
                        "p_value": each.p_value,
                        "adjusted_p_value": each.adjusted_p_value,
                    }
                    for each in comparison.differences
                },
            }
            for design, comparison in zip(compared.designs, compared.comparisons, strict=True)
        ],
    }
