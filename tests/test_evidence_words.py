"""What stands above and beside figures of the evidence: it must not claim a fit that did not take place."""

from __future__ import annotations

from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import CaseResult, TargetResult
from entraide.viz.evidence_tables import case_titles, evidence_caption, evidence_table_rows


def test_figures_to_fit_are_not_called_fitted_where_nothing_was() -> None:
    def of(case_id: str, fitted: bool) -> CaseResult:
        (case,) = load_cases(ids=[case_id])
        targets = tuple(TargetResult(target, (target.value,)) for target in case.targets)
        return CaseResult(case, targets, fitted=fitted)

    yes, no = of("C5", True), of("P5", False)
    assert evidence_caption("fit", "en", [yes]).startswith("Fitted: ")
    assert evidence_caption("fit", "en", [no]).startswith("Set aside for fitting, but nothing was fitted")
    assert "†" in evidence_caption("fit", "fr", [yes, no])
    marked = {row[0].split()[0] for row in evidence_table_rows([yes, no], "fit", "en") if row[0].endswith("†")}
    assert marked == {"P5"}
    assert case_titles([yes], "en") == [f"C5: {yes.case.title['en']}"]
