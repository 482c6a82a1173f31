"""The committed pages on evidence are those that the declarations and the cases give."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from entraide.experiments.evidence.arrivals import read_arrivals
from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.reference import evidence_page
from entraide.experiments.evidence.registry import all_harnesses, all_metrics
from entraide.experiments.evidence.table import HEADER, evidence_table_page

PAGE = "python -m entraide.experiments.evidence.reference docs/reference/evidence.md"
SECTIONS = {"fit": "Fitted", "out-of-sample": "Out of sample", "check-of-input": "Checks of input"}
TABLE = "python -m entraide.experiments.evidence.table docs/reference/evidence_table.md"


def test_committed_page_is_up_to_date(repository: Path) -> None:
    page = repository / "docs" / "reference" / "evidence.md"
    assert page.read_text(encoding="utf-8") == evidence_page(), f"refresh it: {PAGE}"


def test_page_names_every_input_metric_and_case() -> None:
    page = evidence_page()
    for harness in all_harnesses().values():
        assert f"### {harness.name}" in page
        assert all(f"| `{key}` |" in page for key in harness.scale)
    assert all(f"| `{pattern}` |" in page for pattern in all_metrics())
    assert all(f"| {case.id} |" in page for case in load_cases())


def test_the_example_of_the_page_is_a_case_that_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", evidence_page(), re.S)
    (arrivals,) = re.findall(r"```text\n(date.*?)```", evidence_page(), re.S)
    (tmp_path / "arrivals.csv").write_text(arrivals)
    assert len(read_arrivals(tmp_path / "arrivals.csv", 1200, date(2021, 1, 4))) == 21
    (tmp_path / "case.toml").write_text(example, encoding="utf-8")
    (case,) = load_cases(tmp_path)
    assert case.id == "our-map"
    assert case.targets[0].required


def test_committed_table_holds_the_targets_of_the_cases(repository: Path) -> None:
    """Figures are not simulated again here; a target that was added, moved or re-banded must not keep old figures."""
    page = (repository / "docs" / "reference" / "evidence_table.md").read_text(encoding="utf-8")
    cases = load_cases()
    sections = {part.partition("\n")[0]: part for part in page.split("\n## ")}
    for case in cases:
        for target in case.targets:
            own_section = next(part for title, part in sections.items() if title.startswith(SECTIONS[target.role]))
            name = f"{case.id} `{target.name}`{' *' if target.required else ''}"
            lines = [line for line in own_section.splitlines() if line.startswith((f"| {name} |", f"| {name} † |"))]
            assert len(lines) == 1, f"{name}: refresh it: {TABLE}"
            cells = [cell.strip() for cell in lines[0].strip("|").split("|")]
            assert cells[1] == f"{target.value:.3g}", f"refresh it: {TABLE}"
            wanted = f"{target.low:.3g} to {target.high:.3g}"
            if target.judged == "range":
                wanted = f"observed inside, width up to {target.high - target.low:.3g}"
            assert cells[4] == wanted, f"refresh it: {TABLE}"
    assert sum(line.startswith(("| C", "| P")) and "`" in line for line in page.splitlines()) == sum(
        len(case.targets) for case in cases
    )


def test_the_page_tells_missed_from_met() -> None:
    """The verdict of a line agrees with its own figures."""
    (case,) = load_cases(ids=["P5"])
    page = evidence_table_page(evaluate([case], seeds=2), 2)
    (line,) = (line for line in page.splitlines() if line.startswith("| P5 `once_only_share`"))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert len(cells) == len(HEADER)
    low, high = (float(figure) for figure in cells[4].split(" to "))
    mean = float(cells[2].split(" ")[0])
    assert cells[5] == ("met" if low <= mean <= high else "missed")
