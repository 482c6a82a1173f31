"""The repository holds nothing of the machine it was written on, no reminders, no heavy files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from house import REPOSITORY, project_files

LARGEST = 1_000_000  # bytes

# Files that may be larger, each with its reason; none today.
LARGE_FILES: dict[str, str] = {}

# The forbidden words are put together here, so that this file passes its own checks.
_FOLDERS = ("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers", "o" + "pt", "m" + "nt")
_REMINDERS = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
_REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "ana" + "conda.org", "arti" + "factory", "--index" + "-url")
_REGISTRIES += ("--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host")

_MACHINE_PATH = re.compile(r"(?<![\w.:/~$})-])(?:[A-Z]:)?[/\\](?:" + "|".join(_FOLDERS) + r")[/\\]\w")
_REMINDER = re.compile(r"\b(?:" + "|".join(_REMINDERS) + r")\b")
_REGISTRY = re.compile("|".join(re.escape(word) for word in _REGISTRIES), re.IGNORECASE)


def machine_paths(text: str) -> list[str]:
    """Return the lines that hold an absolute path of somebody's machine."""
    return [line for line in text.splitlines() if _MACHINE_PATH.search(line) or str(REPOSITORY) + "/" in line]


def reminders(text: str) -> list[str]:
    """Return the lines that say that work is left: finish it, or write an issue."""
    return [line for line in text.splitlines() if _REMINDER.search(line)]


def registries(text: str) -> list[str]:
    """Return the lines that name a package registry's host, or an option that points to one."""
    return [line for line in text.splitlines() if _REGISTRY.search(line)]


def too_large(sizes: dict[str, int]) -> list[str]:
    """Return the names of files over the limit that are not listed with a reason."""
    return [f"{name} ({size} bytes)" for name, size in sizes.items() if size > LARGEST and name not in LARGE_FILES]


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def _texts() -> dict[str, str]:
    """Return the text of each file of the project that is text; test data may hold other encodings on purpose."""
    contents = {name.as_posix(): (REPOSITORY / name).read_bytes() for name in project_files()}
    return {name: _decoded(data) for name, data in contents.items() if b"\0" not in data}


@pytest.mark.parametrize("check", [machine_paths, reminders, registries])
def test_no_file_holds_what_is_forbidden(check: Callable[[str], list[str]]) -> None:
    texts = _texts()
    print(f"{len(texts)} text files, {sum(map(len, texts.values()))} characters")
    assert "pyproject.toml" in texts
    assert "LICENSE" in texts
    assert {name: lines for name, text in texts.items() if (lines := check(text))} == {}


def test_no_file_is_large() -> None:
    sizes = {name.as_posix(): (REPOSITORY / name).stat().st_size for name in project_files()}
    largest = max(sizes, key=sizes.__getitem__)
    print(f"{len(sizes)} files, {sum(sizes.values())} bytes, the largest {largest} with {sizes[largest]}")
    assert too_large(sizes) == []
    assert set(LARGE_FILES) <= set(sizes)


@pytest.mark.parametrize("folder", _FOLDERS)
@pytest.mark.parametrize("template", ["/{}/someone/data.csv", 'open("/{}/x.csv")', "see '/{}/a'", "C:\\{}\\someone"])
def test_a_planted_machine_path_is_caught(folder: str, template: str) -> None:
    assert len(machine_paths(f"first line\n{template.format(folder)}\n")) == 1


def test_a_planted_path_of_this_checkout_is_caught() -> None:
    assert len(machine_paths(f"written to {REPOSITORY}/out/report.html")) == 1


@pytest.mark.parametrize(
    "line",
    [f"https://example.org/{_FOLDERS[2]}/page.html", "#!/usr/bin/env bash", "a/b/c", f"$HERE/{_FOLDERS[0]}/x"],
)
def test_addresses_and_relative_paths_pass(line: str) -> None:
    assert machine_paths(line) == []


@pytest.mark.parametrize("word", _REMINDERS)
def test_a_planted_reminder_is_caught(word: str) -> None:
    assert len(reminders(f"x = 1  # {word}: later\n    raise {word}\nMETHODOLOGY\n")) == 2


@pytest.mark.parametrize("word", _REGISTRIES)
def test_a_planted_registry_is_caught(word: str) -> None:
    assert len(registries(f"plain\npip install {word} https://{word.upper()}/simple\n")) == 1


def test_a_planted_large_file_is_caught() -> None:
    assert too_large({"a.csv": LARGEST + 1, "b.csv": LARGEST}) == [f"a.csv ({LARGEST + 1} bytes)"]


def test_line_ends_and_encoding_are_plain() -> None:
    """A script with carriage returns does not start where it is run; tables in tests/ may be odd on purpose."""
    names = [
        name for name in _texts() if name.endswith((".py", ".toml", ".md", ".ipynb")) or "." not in Path(name).name
    ]
    assert ".ci/run" in names
    odd = [name for name in names if b"\r" in (data := (REPOSITORY / name).read_bytes()) or "\ufffd" in _decoded(data)]
    assert odd == []


def test_the_licence_is_the_declared_one(repository: Path) -> None:
    text = (repository / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert 'license = "Apache-2.0"' in (repository / "pyproject.toml").read_text(encoding="utf-8")
