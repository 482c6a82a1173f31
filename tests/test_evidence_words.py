"""What stands above and beside figures of the evidence: it must not claim a fit that did not take place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import CaseResult, TargetResult
from entraide.experiments.evidence.summary import Count, Summary
from entraide.viz.evidence_sentences import count_sentence, meaning_sentence
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


@pytest.mark.parametrize(
    ("met", "of", "english", "french"),
    [
        (1, 1, "1 of 1 figure that nothing was fitted to falls inside its band", "ajusté tombe dans"),
        (1, 4, "1 of 4 figures that nothing was fitted to falls inside its band", "ajusté tombe dans"),
        (4, 4, "4 of 4 figures that nothing was fitted to fall inside their bands", "ajusté tombent dans"),
    ],
)
def test_nouns_and_verbs_agree_with_the_counts(met: int, of: int, english: str, french: str) -> None:
    none, some = Count(0, 0), Count(met, of)
    summary = Summary(Count(1, 1), Count(1, 1), none, some, none, some, not_run=0, wide=0, unfitted=())
    assert english in meaning_sentence(summary, "en")
    assert french in meaning_sentence(summary, "fr")


COUNTED = Summary(
    must_hold=Count(13, 14),
    required=Count(12, 12),
    fit=Count(7, 7),
    out_of_sample=Count(0, 0),
    check_of_input=Count(2, 3),
    unfitted_to=Count(2, 2),
    not_run=0,
    wide=0,
    unfitted=(),
)


@pytest.mark.parametrize(
    ("summary", "english", "french"),
    [
        (
            COUNTED,
            "Must hold: 12 of 12 (fit 10 of 10, out of sample 2 of 2). Others: 7 of 7 (fit). "
            "Checks of input: 2 of 3 (must hold: 1 of 2), not counted.",
            "Exigés : 12 sur 12 (ajustés : 10 sur 10, hors échantillon : 2 sur 2). Autres : 7 sur 7 (ajustés). "
            "Contrôles d'entrée : 2 sur 3 (exigés : 1 sur 2), non comptés.",
        ),
        (
            replace(COUNTED, must_hold=Count(0, 0), required=Count(0, 0), out_of_sample=Count(1, 2),
                    unfitted_to=Count(1, 2), check_of_input=Count(0, 0)),
            "Figures met: 8 of 9 (fit 7 of 7, out of sample 1 of 2).",
            "Chiffres atteints : 8 sur 9 (ajustés : 7 sur 7, hors échantillon : 1 sur 2).",
        ),
        (
            replace(COUNTED, must_hold=Count(0, 0), required=Count(0, 0), fit=Count(0, 0), unfitted_to=Count(0, 0)),
            "Checks of input: 2 of 3, not counted.",
            "Contrôles d'entrée : 2 sur 3, non comptés.",
        ),
    ],
)  # fmt: skip
def test_counts_say_where_the_figures_that_must_hold_fall_and_nothing_of_what_there_is_none_of(
    summary: Summary, english: str, french: str
) -> None:
    assert count_sentence(summary, "en") == english
    assert count_sentence(summary, "fr").replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'") == french
