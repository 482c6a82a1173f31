"""The wheel holds everything that runs, and works away from the checkout."""

from __future__ import annotations

import importlib.metadata
import tomllib
import zipfile
from pathlib import Path

import pytest
from house import PACKAGE_OF_FOLDER, REPOSITORY, ROOMS, build_wheel, copy_sources, project_files, room_packages

IMPORT_EVERYTHING = REPOSITORY / "tests" / "import_everything.py"


def _in_wheel(name: Path) -> str:
    """Return where a file of a room or a notebook lies in the wheel."""
    package = PACKAGE_OF_FOLDER[name.parts[0]].replace(".", "/")
    return "/".join([package, *name.parts[1:]])


def _left_out(sources: Path, wheel: Path) -> list[str]:
    """Return the files that run or are read at run time, and are not in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    shipped = [name for name in project_files(sources) if name.parts[0] in PACKAGE_OF_FOLDER and len(name.parts) > 1]
    return [str(name) for name in shipped if _in_wheel(name) not in held]


def test_every_file_of_every_room_is_in_the_wheel(wheel: Path, repository: Path) -> None:
    modules = [name for name in project_files(repository) if name.parts[0] in ROOMS and name.suffix == ".py"]
    print(f"{len(modules)} Python files in {len(room_packages(repository))} packages")
    assert len(modules) >= 7
    assert _left_out(repository, wheel) == []


def test_an_unlisted_folder_and_an_unlisted_data_file_are_noticed(tmp_path: Path) -> None:
    sources = copy_sources(tmp_path / "sources")
    planted = [
        Path("model/forgotten/__init__.py"),
        Path("notebooks/forgotten/01_lost.ipynb"),
        Path("scenarios/data_forgotten/table.csv"),
    ]
    for name in planted:
        (sources / name).parent.mkdir()
        (sources / name).write_text('"""Planted."""\n')
    assert _left_out(sources, build_wheel(sources, tmp_path / "dist")) == [str(name) for name in planted]


def test_without_git_the_same_files_are_found(tmp_path: Path, repository: Path) -> None:
    """A downloaded archive has no history: what tools left behind must not count as sources there either."""
    sources = copy_sources(tmp_path / "sources")
    left_behind = ("build/lib/a.py", ".venv/lib/b.py", "model/__pycache__/c.pyc", ".hypothesis/d", "e.egg-info/f")
    for name in left_behind:
        (sources / name).parent.mkdir(parents=True)
        (sources / name).touch()
    assert sorted(project_files(sources)) == sorted(project_files(repository))


def test_listed_packages_are_the_folders_with_python_files(repository: Path) -> None:
    listed = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {package: str(folder) for package, folder in room_packages(repository).items()}
    assert set(listed["packages"]) == set(folders)
    assert listed["package-dir"] == folders


def test_the_wheel_declares_licence_command_and_version(wheel: Path, repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        folder = f"entraide-{project['version']}.dist-info"
        metadata = archive.read(f"{folder}/METADATA").decode()
        commands = archive.read(f"{folder}/entry_points.txt").decode()
        names = set(archive.namelist())
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert f"{folder}/licenses/LICENSE" in names
    assert "entraide = entraide.command_line:main" in commands
    top_level = {name.split("/")[0] for name in names}
    assert top_level == {"entraide", folder}


@pytest.mark.long
def test_every_module_imports_from_the_wheel_outside_the_checkout(run_elsewhere, unpacked_wheel: Path) -> None:
    finished = run_elsewhere(str(IMPORT_EVERYTHING))
    assert finished.returncode == 0, finished.stderr
    print(finished.stdout)
    # Importing __main__ would run the command.
    modules = sum(1 for each in (unpacked_wheel / "entraide").rglob("*.py") if each.name != "__main__.py")
    assert finished.stdout.startswith(f"{modules} modules of entraide ")
    where = run_elsewhere("-c", "import entraide.model; print(entraide.model.__file__)")
    assert Path(where.stdout.strip()) == unpacked_wheel / "entraide" / "model" / "__init__.py"


def test_packaged_data_are_read_through_the_package(run_elsewhere, repository: Path) -> None:
    expected = sorted(
        name.name
        for name in project_files(repository)
        if name.parts[:2] in (("scenarios", "files"), ("scenarios", "data")) and name.suffix != ".py"
    )
    program = (
        "from importlib.resources import files\n"
        "root = files('entraide.scenarios')\n"
        "folders = [root / name for name in ('files', 'data') if (root / name).is_dir()]\n"
        "names = [f.name for folder in folders for f in folder.iterdir() if f.is_file() and f.read_bytes()]\n"
        "print(*sorted(name for name in names if not name.endswith('.py')), sep='\\n')\n"
    )
    finished = run_elsewhere("-c", program)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split() == expected


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_the_command_answers_from_the_wheel(run_elsewhere, repository: Path, arguments: list[str]) -> None:
    finished = run_elsewhere("-c", "from entraide.command_line import main; main()", *arguments)
    assert finished.returncode == 0, finished.stderr
    version = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert (version if arguments == ["--version"] else "Usage") in finished.stdout


def test_the_version_is_written_once(repository: Path) -> None:
    version = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert importlib.metadata.version("entraide") == version, "installed before the version changed: install again"
    quoted = (f'"{version}"', f"'{version}'")
    holders = [
        name
        for name in project_files(repository)
        if name.parts[0] in ROOMS
        and name.suffix == ".py"
        and any(form in (repository / name).read_text(encoding="utf-8") for form in quoted)
    ]
    assert holders == []
