"""The committed page of parameters is the one that the declarations give."""

from __future__ import annotations

from pathlib import Path

from entraide.model.service_classes import SERVICE_CLASSES
from entraide.scenarios.declarations import ALL
from entraide.scenarios.reference import main, parameters_page

COMMAND = "python -m entraide.scenarios.reference docs/reference/parameters.md"


def test_committed_page_is_up_to_date(repository: Path) -> None:
    page = repository / "docs" / "reference" / "parameters.md"
    assert page.read_text(encoding="utf-8") == parameters_page(), f"refresh it: {COMMAND}"


def test_page_holds_every_parameter_once_in_each_language() -> None:
    english, french = parameters_page().split("## Les mêmes en français")
    english, classes = english.split("## Classes of service")
    for name, parameter in ALL.items():
        assert english.count(f"| `{name}` |") == 1
        assert f"**{parameter.label_en}.** {parameter.help_en}" in english
        assert french.count(f"| `{name}` |") == 1
        assert f"**{parameter.label_fr}.** {parameter.help_fr}" in french
    for name in SERVICE_CLASSES:
        assert f"| {name} |" in classes


def test_every_row_has_the_cells_of_its_header() -> None:
    width = 0
    for line in parameters_page().splitlines():
        if line.startswith("|---"):
            width = line.count("|")
        elif line.startswith("| `"):
            assert line.replace("\\|", "").count("|") == width, line


def test_page_is_written_to_a_file(tmp_path: Path) -> None:
    assert main([str(tmp_path / "page.md")]) == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == parameters_page()
