"""The committed page on calibration says what the committed ensembles and cases say."""

from __future__ import annotations

import re

import pytest
from house import REPOSITORY

from entraide.experiments.evidence import calibration_page as page_writer
from entraide.experiments.evidence.calibration_page import calibration_page, leave_one_out
from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.fit_loss import fit_targets

PAGE = REPOSITORY / "docs" / "reference" / "calibration.md"
LEFT_OUT = "## One project left out"
ROW = re.compile(
    r"^\| ([\w-]+) \| ([\w+]+) \| (\w+) `(\w+)` \| (\S+) \| (\S+) \| (\S+) to (\S+) \| (met|missed) \|$", re.M
)


def test_what_classes_were_fitted_to_and_what_was_found_is_what_the_page_says() -> None:
    written, kept = calibration_page(load_cases(), ()), PAGE.read_text(encoding="utf-8")
    assert written.partition(LEFT_OUT)[0] == kept.partition(LEFT_OUT)[0]


def test_figures_of_projects_left_out_are_those_of_their_cases_and_are_counted() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows, cases = ROW.findall(text), {case.id: case for case in load_cases()}
    (inside, of), *_ = re.findall(r"(\d+) of (\d+) figures inside their bands", text)
    print(f"{inside} of {of}")
    assert len(rows) == int(of) > 40
    assert sum(verdict == "met" for *_, verdict in rows) == int(inside)
    for service_class, projects, case, figure, observed, _, low, high, _ in rows:
        assert cases[case].service_class == service_class
        assert case in projects.split("+")
        (target,) = [each for each in fit_targets(cases[case]) if each.name == figure]
        assert (observed, low, high) == tuple(f"{value:g}" for value in (target.value, target.low, target.high))


@pytest.mark.long
def test_a_project_left_out_is_judged_by_what_the_others_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """One class, hardly searched: every fitted figure of each project has a verdict and a row."""
    monkeypatch.setattr(page_writer, "FIT_SPACES", {"giving": page_writer.FIT_SPACES["giving"]})
    cases = [case for case in load_cases() if case.service_class == "giving"]
    rows = leave_one_out(cases, seeds=2, trials=4)
    fitted = sorted((case.id, target.name) for case in cases for target in fit_targets(case))
    assert sorted((row.case, row.found.target.name) for row in rows) == fitted
    assert all(len(row.found.known) for row in rows)
    assert len(ROW.findall(calibration_page(cases, rows))) == len(fitted)
