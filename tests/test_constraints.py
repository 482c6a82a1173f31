"""constraints.txt pins what pyproject.toml asks for, for every declared Python version, and names no host."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from house import REPOSITORY
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

VERSIONS = ("3.11", "3.12", "3.13")


@pytest.fixture(scope="module")
def renewal() -> ModuleType:
    """The script that writes the file."""
    specification = importlib.util.spec_from_file_location("renewal", REPOSITORY / ".ci" / "renew_constraints.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _pins(text: str, python: str) -> dict[str, Requirement]:
    """Return the pins that hold for a Python version, by canonical name."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pins = [Requirement(line) for line in lines]
    return {
        canonicalize_name(pin.name): pin
        for pin in pins
        if pin.marker is None or pin.marker.evaluate({"python_version": python})
    }


def _unmet(asked: list[str], pins: dict[str, Requirement]) -> list[str]:
    """Return the requirements that have no pin, or a pin that they refuse."""
    missing = []
    for requirement in map(Requirement, asked):
        pin = pins.get(canonicalize_name(requirement.name))
        version = next(iter(pin.specifier)).version if pin else None
        if version is None or not requirement.specifier.contains(version):
            missing.append(str(requirement))
    return missing


@pytest.mark.parametrize("python", VERSIONS)
def test_every_requirement_has_a_pin_that_it_accepts(repository: Path, python: str) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + [text for extra in project["optional-dependencies"].values() for text in extra]
    pins = _pins((repository / "constraints.txt").read_text(encoding="utf-8"), python)
    print(f"{len(asked)} requirements, {len(pins)} pins on Python {python}")
    assert _unmet(asked, pins) == []


def test_a_planted_missing_or_refused_pin_is_noticed() -> None:
    pins = _pins('numpy==2.4.6 ; python_version == "3.11"\nmesa==4.0\n', "3.11")
    assert _unmet(["numpy>=2.0", "mesa[viz]>=3.3,<4", "pandas"], pins) == ["mesa[viz]<4,>=3.3", "pandas"]
    assert _unmet(["numpy>=2.0"], _pins('numpy==2.4.6 ; python_version == "3.11"\n', "3.12")) == ["numpy>=2.0"]


def test_no_line_names_an_address(repository: Path) -> None:
    text = (repository / "constraints.txt").read_text(encoding="utf-8")
    pins = [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]
    assert len(pins) > 30
    assert [pin.name for pin in pins if pin.url or "://" in str(pin)] == []


def test_versions_that_differ_get_a_marker(renewal: ModuleType) -> None:
    text = renewal.merge({"3.11": {"a": "1", "b": "1"}, "3.12": {"a": "1", "b": "2", "c": "3"}})
    assert text.removeprefix(renewal.HEAD).splitlines() == [
        "a==1",
        'b==1 ; python_version == "3.11"',
        'b==2 ; python_version == "3.12"',
        'c==3 ; python_version == "3.12"',
    ]
