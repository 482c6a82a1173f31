"""The catalogue lists what is there, and a scenario of one's own starts from a valid file."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from scenario_files import write

from entraide.model.errors import InputError
from entraide.scenarios.catalogue import check, find, list_scenarios, new_scenario
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.loader import load_scenario


def test_list_holds_the_scenarios_of_the_package() -> None:
    listed = list_scenarios()
    assert [summary.name for summary in listed] == sorted(summary.name for summary in listed)
    for summary in listed:
        assert find(summary.name) == summary.path
        assert summary.title["en"]
        assert summary.question["fr"]


@pytest.mark.parametrize(("base", "language"), [("urban-reports", "en"), ("species-id", "en"), ("urban-reports", "fr")])
def test_new_scenario_equals_its_base_until_it_is_changed(tmp_path: Path, base: str, language: str) -> None:
    path = new_scenario("my-town", tmp_path, base, language)
    assert path == tmp_path / "my-town.toml"
    assert scenario_hash(check(path)) == scenario_hash(load_scenario(base))
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for key in (*CITIZENS, *SERVICE, *ADMINISTRATION_ONLY):
        assert sum(line.startswith(f"# {key} = ") for line in lines) == 1, key
    kept = [line.removeprefix("# ") if is_setting(line) else line for line in lines]
    opened = check(write(tmp_path, "\n".join(kept), "opened.toml"))
    assert scenario_hash(dataclasses.replace(opened, events=())) == scenario_hash(load_scenario(base))
    assert len(opened.events) == 1, "every commented setting can be switched on"


def test_comments_of_a_new_scenario_are_in_its_language(tmp_path: Path) -> None:
    """French where French was asked for; the same settings stand below them."""
    lines = {}
    for language in ("en", "fr"):
        path = new_scenario(f"town-{language}", tmp_path, "urban-reports", language)
        lines[language] = path.read_text(encoding="utf-8").replace(f"town-{language}", "town").splitlines()
    settings = {language: [line for line in each if is_setting(line)] for language, each in lines.items()}
    assert settings["en"] == settings["fr"]
    said = " ".join(
        line.lstrip("# ")
        for line in lines["fr"]
        if line.startswith("#") and not is_setting(line) and "source.en" not in line
    )
    print(said[:400])
    for english in (" the ", " of ", " and ", " is ", " to "):
        assert english not in said, english
    assert " (de 0 à 1). " in said
    assert "Coût fixe du travail des agents (de 0 à 1000000000 € par an)." in said
    for language, lang in (("en", ""), ("fr", " --lang fr")):
        assert f"#   entraide scenarios check town.toml{lang}" in lines[language], (
            "the command stands on a line of its own"
        )


def is_setting(line: str) -> bool:
    return line.startswith("# ") and (line[2] == "[" or (line[2:].split(" = ")[0].isidentifier() and " = " in line))


def test_new_scenario_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    path = new_scenario("mine", tmp_path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="exists already"):
        new_scenario("mine", tmp_path)
    assert path.read_bytes() == before
    for name, told in (
        ("My Town", "is not a valid name"),
        ("urban-reports", "is the name of a scenario of the package"),
    ):
        with pytest.raises(InputError, match=told):
            new_scenario(name, tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        new_scenario("other", tmp_path / "absent")
    with pytest.raises(InputError, match="unknown scenario"):
        new_scenario("other", tmp_path, "urban-repots")
    assert sorted(tmp_path.iterdir()) == [path]


def test_copy_of_a_shipped_file_is_a_scenario_of_its_own(tmp_path: Path) -> None:
    shutil.copy(find("urban-reports"), tmp_path / "copy.toml")
    copy = check(tmp_path / "copy.toml")
    assert copy.name == "copy"
    assert scenario_hash(copy) == scenario_hash(load_scenario("urban-reports"))
