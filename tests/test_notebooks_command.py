"""`entraide notebooks DIR`: the notebooks of an installed package, with what they read, in a folder of the user's."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french
from house import REPOSITORY
from notebook_reading import ENGLISH, FOLDER, FRENCH, NOTEBOOKS, code_cells, read
from typer.testing import CliRunner, Result

import entraide as en
from entraide.command_line import application
from entraide.notebook_files import INDEX, copy_notebooks, notebook_files


def inside(*arguments: str) -> Result:
    return CliRunner().invoke(application, ["notebooks", *arguments])


def test_they_are_copied_from_an_installed_package(run_elsewhere, tmp_path: Path) -> None:
    """From the wheel, away from the checkout: the same files, byte for byte, and the next command."""
    program = "from entraide.command_line import main; main()"
    finished = run_elsewhere("-c", program, "notebooks", "class/of 2026")
    print(finished.stdout)
    assert finished.returncode == 0, finished.stderr
    target = tmp_path / "class" / "of 2026"
    names = {path.name for path in target.iterdir()}
    assert names == set(notebook_files("en"))
    assert {path.name for path in ENGLISH} < names
    assert all((target / name).read_bytes() == (FOLDER / name).read_bytes() for name in names)
    assert "jupyter lab 'class/of 2026/01_first_run.ipynb'" in finished.stdout
    assert "7 notebooks" in finished.stdout


def test_in_french_the_first_three_are_french_and_the_others_english(tmp_path: Path) -> None:
    finished = inside(str(tmp_path / "carnets"), "--lang", "fr")
    print(finished.output)
    assert finished.exit_code == 0
    copied = sorted(path.name for path in (tmp_path / "carnets").glob("*.ipynb"))
    assert copied == sorted([*(path.name for path in FRENCH), *(path.name for path in ENGLISH[3:])])
    assert "01_premiere_simulation.fr.ipynb" in finished.output.splitlines()[-1]
    told = finished.output.replace(str(tmp_path), "x")
    told = re.sub(r"\S*\.(?:ipynb|md)|jupyter lab|pip install \S+", "x", told)
    assert english_words(told) == []
    assert faults_of_french(told) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_notebooks_read_and_link_to_is_copied_with_them(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    copied = copy_notebooks(folder, language)
    read_files, links = set(), set()
    for path in folder.glob("*.ipynb"):
        notebook = read(path)
        for cell, _ in code_cells(notebook):
            read_files |= set(re.findall(r'"([\w.-]+\.(?:toml|csv))"', cell.source)) - {"half_a_year.csv"}
        for cell in notebook.cells:
            links |= set(re.findall(r"\]\(([^)#:]+)\)", cell.source.replace("\n", "")))
    page = (folder / INDEX[language]).read_text(encoding="utf-8")
    links |= set(re.findall(r"\]\(([^)#:]+)\)", page))
    print(sorted(read_files), sorted(links))
    assert {"douarnenez.toml", "club.toml", "contributions.csv", "commons.toml"} <= read_files
    assert [name for name in {*read_files, *links} if not (folder / name).is_file()] == []
    assert {path.name for path in copied if path.suffix == ".ipynb"} <= links
    # A scenario that is copied can be loaded where it is.
    assert all(en.load_scenario(path).territory().inhabitants for path in folder.glob("*.toml"))


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert inside(str(folder)).exit_code == 0
    (folder / "notes.txt").write_text("my own", encoding="utf-8")
    (folder / "01_first_run.ipynb").write_text("my work", encoding="utf-8")
    refused = inside(str(folder))
    print(refused.output)
    assert refused.exit_code == 2
    assert re.search(r"holds such files already .*01_first_run\.ipynb.*--force", refused.output)
    assert (folder / "01_first_run.ipynb").read_text(encoding="utf-8") == "my work"
    assert inside(str(folder), "--force").exit_code == 0
    json.loads((folder / "01_first_run.ipynb").read_text(encoding="utf-8"))
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "my own"
    assert not [path.name for path in folder.iterdir() if path.name.endswith(".part")]


def test_a_folder_with_other_files_takes_them(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my own", encoding="utf-8")
    assert inside(str(tmp_path)).exit_code == 0


@pytest.mark.parametrize(("language", "words"), [("en", "a file stands where"), ("fr", "un fichier occupe")])
def test_a_file_in_the_way_is_told_in_one_line(language: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        refused = inside(str(place), "--lang", language)
        print(refused.output)
        assert refused.exit_code == 2
        assert words in refused.output
        assert "Traceback" not in refused.output
        assert "--out" not in refused.output


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere: then the system's refusal is the one of a folder that no user can write."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    place = folder if os.geteuid() else Path("/proc/entraide-notebooks")
    refused = inside(str(place))
    print(refused.output)
    assert refused.exit_code == 1
    assert "cannot be written" in refused.output
    assert "another folder" in refused.output
    assert "Traceback" not in refused.output


def test_every_file_of_the_folder_is_copied_in_some_language() -> None:
    held = {path.name for path in FOLDER.iterdir() if path.is_file() and not path.name.startswith(("_", "."))}
    assert held == set(notebook_files("en")) | set(notebook_files("fr"))
    assert {path.name for path in NOTEBOOKS} <= held


def test_the_extra_holds_what_opens_and_runs_them() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {re.split(r"[<>=]", text)[0] for text in project["optional-dependencies"]["notebooks"]}
    assert extra == {"jupyterlab", "matplotlib", "ipykernel"}
