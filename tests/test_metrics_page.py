"""The committed page of metrics is the one that the declarations give."""

from __future__ import annotations

from pathlib import Path

from entraide.experiments.evidence.metrics import METRICS
from entraide.experiments.evidence.metrics_page import main, metrics_page

COMMAND = "python -m entraide.experiments.evidence.metrics_page docs/reference/metrics.md"


def test_committed_page_is_up_to_date(repository: Path) -> None:
    page = repository / "docs" / "reference" / "metrics.md"
    assert page.read_text(encoding="utf-8") == metrics_page(), f"refresh it: {COMMAND}"


def test_page_holds_every_metric_once_in_each_language() -> None:
    english, french = metrics_page().split("## Les mêmes en français")
    own = [known for known in METRICS.values() if known.compute.__module__.startswith("entraide.")]
    for known in own:
        assert english.count(f"| `{known.pattern}` | {known.meaning} |") == 1
        assert french.count(f"| `{known.pattern}` | {known.meaning_fr} |") == 1
    rows = [line for line in english.splitlines() if line.startswith("| `")]
    assert len(rows) == len(own) + 10  # the words in braces


def test_page_is_written_to_a_file(tmp_path: Path) -> None:
    assert main([str(tmp_path / "page.md")]) == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == metrics_page()
