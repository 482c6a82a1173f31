"""What the dashboard shows of the evidence is what the pages say and what is found when it is simulated anew."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from french_words import faults_of_french

import entraide as en
from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.controls import CONTROLS
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.found import cases_text, found_cases, found_controls, found_seeds
from entraide.experiments.evidence.summary import placed_targets, summarise
from entraide.viz.dashboard.evidence_part import evidence_html, meaning_of, of_classes
from entraide.viz.dashboard.pages.evidence_words import CANNOT_SAY, EVIDENCE_WORDS
from entraide.viz.locales import LANGUAGES

TABLE = "refresh both: python -m entraide.experiments.evidence.table docs/reference/evidence_table.md"


def rows_of(page: Path) -> dict[str, list[str]]:
    """Return the cells of a page's rows, by case and figure."""
    found = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = re.match(r"(\w+) `([^`]+)`", cells[0])
        if name:
            found[" ".join(name.groups())] = cells
    return found


def test_what_is_kept_is_what_the_page_says(repository: Path) -> None:
    page = rows_of(repository / "docs" / "reference" / "evidence_table.md")
    placed = list(placed_targets(found_cases()))
    print(f"{len(placed)} figures, {found_seeds()} seeds")
    assert len(placed) == len(page)
    for result, found in placed:
        cells = page[f"{result.case.id} {found.target.name}"]
        low, high = found.central
        shown = f"{found.mean:.3g} ± {found.sd:.2g}" if len(found.known) > 1 else f"{found.mean:.3g}"
        written = (shown, f"{low:.3g} to {high:.3g}") if len(found.known) else ("", "")
        verdict = "not run" if result.not_run else "met" if found.passed else "missed"
        assert (cells[2], cells[3], cells[5]) == (*written, verdict), TABLE


def test_controls_are_those_of_the_page(repository: Path) -> None:
    text = (repository / "docs" / "reference" / "negative_controls.md").read_text(encoding="utf-8")
    assert [each.control.name for each in found_controls()] == [each.name for each in CONTROLS]
    for control in found_controls():
        for each in control.figures:
            case, metric = each.figure
            must = "fail" if each.must_fail else "still pass"
            start = f"| {control.control.title['en']} | {case} `{metric}` |"
            (line,) = [line for line in text.splitlines() if line.startswith(start)]
            assert f"| {each.full:.3f} | {each.without:.3f} |" in line
            assert line.endswith(f"| {must} |")
        assert f"{control.control.title['en']} |" in text
        assert control.fails_as_it_should


@pytest.mark.parametrize("ids", [["C12"], pytest.param(None, marks=pytest.mark.long)], ids=["one", "all"])
def test_what_is_kept_is_what_the_api_finds(ids: list[str] | None) -> None:
    """The page's numbers are those of ``en.evidence`` with the same seeds; what is not run is so in both."""
    found = en.evidence(ids=ids, seeds=found_seeds())
    kept = {result.case.id: result for result in found_cases()}
    assert [result.case.id for result in found.results] == ([*kept] if ids is None else ids)
    not_run = [result.case.id for result in found.results if result.not_run]
    assert not_run == [name for name, result in kept.items() if result.not_run and (ids is None or name in ids)]
    for result, each in placed_targets(found.results):
        there = next(one for one in kept[result.case.id].targets if one.target.name == each.target.name)
        print(f"{result.case.id} {each.target.name}: {each.mean:.3g}, kept {there.mean:.3g}")
        assert f"{there.mean:.3g}" == f"{each.mean:.3g}"
        assert there.passed == each.passed


def test_what_is_found_is_kept_as_it_is_read() -> None:
    results = evaluate(load_cases(ids=["C12"]), seeds=2)
    document = json.loads(cases_text(results, 2))
    assert document["seeds"] == 2
    figures = document["cases"]["C12"]["figures"]
    assert set(figures) == {found.target.name for found in results[0].targets}
    assert all(figures[found.target.name][4] is found.passed for found in results[0].targets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_services_of_ones_own_kind_come_first(language: str) -> None:
    text = evidence_html(("urban-report",), language)
    cases = re.findall(r'<tr class="mine" data-case="(\w+)"', text)
    assert cases == ["C13", "C14", "P2", "P5", "P18"]
    assert re.findall(r'data-case="(\w+)"', text)[:5] == cases
    summary = summarise(of_classes(found_cases(), ("urban-report",))).unfitted_to
    assert f'id="evidence-own" data-met="{summary.met}" data-all="{summary.all}"' in text
    whole = summarise(found_cases()).unfitted_to
    assert f'id="evidence-all" data-met="{whole.met}" data-all="{whole.all}"' in text
    assert "entraide evidence --ids C13,C14,P2,P5,P18" in text
    # What is missed is said, and not by its code alone.
    missed = [each for _, each in placed_targets(of_classes(found_cases(), ("urban-report",))) if not each.passed]
    assert missed
    assert all(html.escape(meaning_of(each.target, language)) in text for each in missed)


def test_a_kind_without_data_says_so() -> None:
    assert "No real data on this kind of service" in evidence_html((), "en")
    assert "Little data" in evidence_html(("responder",), "en")
    assert "Peu de données" in evidence_html(("responder",), "fr")


def test_a_figure_that_was_never_simulated_counts_as_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    from entraide.experiments.evidence import found as module

    before = summarise(found_cases()).unfitted_to
    document = dict(module._document("cases.json"))
    document["cases"] = {name: case for name, case in document["cases"].items() if name != "C1"}
    monkeypatch.setattr(module, "_document", lambda name: document)
    module.found_cases.cache_clear()
    try:
        after = summarise(found_cases())
    finally:
        module.found_cases.cache_clear()
    assert after.unfitted_to.all == before.all
    assert not after.passed


def test_words_are_written_in_both_languages() -> None:
    for key, texts in EVIDENCE_WORDS.items():
        assert set(texts) == {"en", "fr"}, key
        assert not faults_of_french(texts["fr"]), (key, faults_of_french(texts["fr"]))
    assert len(CANNOT_SAY["en"]) == len(CANNOT_SAY["fr"])
    assert not [fault for line in CANNOT_SAY["fr"] for fault in faults_of_french(line)]
