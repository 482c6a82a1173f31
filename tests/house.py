"""The checkout as a building: its files, its rooms, and the wheel made from it. Shared by the guards."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

__all__ = [
    "PACKAGE_OF_FOLDER",
    "PACKAGE_OF_ROOM",
    "REPOSITORY",
    "ROOMS",
    "build_wheel",
    "copy_sources",
    "link_package",
    "project_files",
    "room_packages",
]

REPOSITORY = Path(__file__).resolve().parent.parent

# From the lowest room to the highest: a room imports only itself and rooms before it.
PACKAGE_OF_ROOM = {
    "model": "entraide.model",
    "scenarios": "entraide.scenarios",
    "experiments": "entraide.experiments",
    "viz": "entraide.viz",
    "api": "entraide",
}
ROOMS = tuple(PACKAGE_OF_ROOM)
# What is in the wheel: the rooms, and the notebooks, which are copied from there and import nothing.
PACKAGE_OF_FOLDER = {**PACKAGE_OF_ROOM, "notebooks": "entraide.notebooks"}


def project_files(root: Path = REPOSITORY) -> list[Path]:
    """Return the files of the project, relative to ``root``: tracked, or new and not ignored."""
    if (root / ".git").exists() and shutil.which("git"):
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        names = [Path(name) for name in sorted(set(listing.split("\0"))) if name]
    else:
        ignored = _ignored_parts(root)
        names = sorted(path.relative_to(root) for path in root.rglob("*"))
        names = [name for name in names if not any(map(ignored, name.parts))]
    return [name for name in names if (root / name).is_file()]


def _ignored_parts(root: Path) -> Callable[[str], bool]:
    """Return whether a file's or folder's name is ignored: .gitignore holds plain names and patterns of names."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#")]
    return lambda part: part == ".git" or any(fnmatch(part, pattern) for pattern in patterns)


def room_packages(root: Path = REPOSITORY) -> dict[str, Path]:
    """Return the dotted package name of each folder in the wheel that holds Python files, with the folder."""
    names = [name for name in project_files(root) if name.suffix == ".py" and name.parts[0] in PACKAGE_OF_FOLDER]
    folders = {name.parent for name in names}
    return {".".join([PACKAGE_OF_FOLDER[folder.parts[0]], *folder.parts[1:]]): folder for folder in sorted(folders)}


def copy_sources(target: Path, root: Path = REPOSITORY) -> Path:
    """Copy the project's files to ``target`` and return it."""
    for name in project_files(root):
        destination = target / name
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, destination)
    return target


def link_package(folder: Path) -> Path:
    """Copy the sources to ``folder/sources`` and return the copy, with links as one package in ``folder/packages``.

    Rooms are not named like the packages that they are installed as. With ``folder/packages`` first on the path, a
    change of the copy is at work at once.
    """
    sources = copy_sources(folder / "sources")
    package = folder / "packages" / "entraide"
    package.mkdir(parents=True)
    for entry in (sources / "api").iterdir():
        (package / entry.name).symlink_to(entry)
    setup = tomllib.loads((sources / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    for name, place in setup["package-dir"].items():
        if name.count(".") == 1:
            (package / name.partition(".")[2]).symlink_to(sources / place)
    return sources


def build_wheel(sources: Path, target: Path) -> Path:
    """Build the wheel of ``sources`` into ``target`` and return its path.

    The setuptools at hand is used where it is recent enough to read the licence's SPDX name: that needs no
    network. Otherwise the build runs in isolation.
    """
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(sources)]
    if _setuptools_major() >= 77:
        command.insert(4, "--no-isolation")
    finished = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if finished.returncode != 0:
        raise RuntimeError(f"the wheel was not built:\n{finished.stdout}\n{finished.stderr}")
    (wheel,) = target.glob("entraide-*.whl")
    return wheel


def _setuptools_major() -> int:
    try:
        return int(importlib.metadata.version("setuptools").split(".")[0])
    except importlib.metadata.PackageNotFoundError:
        return 0
