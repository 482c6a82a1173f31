"""Check what a release would hand out: both archives, each extra alone, each declared Python that is found.

Usage: python .ci/check_release.py [--only extras|interpreters] [--each] [INTERPRETER...]

Builds the source archive and the wheel, has twine judge them, installs the wheel in a fresh environment with each extra
alone and uses what the extra is for, then installs in turn wheel and source archive (with --each both of them) on the
other interpreters, with the versions of constraints.txt (with --each all extras as well), imports every module and lets
the doctor look. Everything is made in a temporary folder; the exit code is 0 when nothing fails.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import fresh_environment, install

__all__ = ["SMOKE", "USED_ELSEWHERE", "build", "main", "missing_smoke"]

ROOT = Path(__file__).resolve().parent.parent
_NO_SOURCES = (
    ".git",
    ".venv",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "*.egg-info",
    "build",
    "dist",
)
STUDY = """\
schema_version = 1
name = "smoke"
question = "Does what the extra brings along work?"
scenarios = ["world.toml"]
replicates = 2
days = 30

[factors.levers]
acknowledgement_rate = [0.1, 0.9]

[factors.assumptions]
effort_weight = { low = 0.5, high = 1.5 }

[design]
kind = "sobol"
samples = 4
"""
WORLD = 'schema_version = 1\nbase = "urban-reports"\n\n[territory]\ncommunes = ["29155", "29083", "29082"]\n'
READ = (
    "import duckdb, polars, pandas, xarray, entraide as en;"
    "rows = {len(polars.read_parquet('made/runs.parquet')), len(pandas.read_parquet('made/runs.parquet')),"
    " duckdb.sql(\"select count(*) from 'made/runs.parquet'\").fetchall()[0][0]};"
    "assert len(rows) == 1 and rows != {0}, rows; en.to_xarray('made'); print(rows.pop(), 'runs read four ways')"
)


@dataclass(frozen=True)
class Place:
    """A fresh environment and an empty folder to work in.

    Attributes
    ----------
    kernels : where compiled kernels are kept; by default inside the environment.
    """

    environment: Path
    folder: Path
    kernels: Path | None = None

    def run(self, *command: str | Path) -> None:
        """Run a command of the environment in the folder.

        Raises
        ------
        subprocess.CalledProcessError : it failed.
        """
        name, *rest = command
        # Scripts of a copied environment name the one that it was copied from: modules are run instead.
        words = [self.environment / "bin" / "python", *(rest if name == "python" else ["-m", name, *rest])]
        variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        if self.kernels is not None:
            variables["NUMBA_CACHE_DIR"] = str(self.kernels)
        subprocess.run(
            [str(word) for word in words], cwd=self.folder, env=variables, check=True, stdin=subprocess.DEVNULL
        )


def _offline(place: Place) -> None:
    place.run("python", ROOT / ".ci" / "ask_dashboard.py")


def _batch(place: Place) -> None:
    (place.folder / "world.toml").write_text(WORLD, encoding="utf-8")
    (place.folder / "study.toml").write_text(STUDY, encoding="utf-8")
    place.run("entraide", "sweep", "study.toml", "--dask", "1", "--out", "made")
    place.run("entraide", "sensitivity", "made")
    place.run("python", "-c", READ)


def _peers(place: Place) -> None:
    place.run("python", "-c", "import polars; print('polars', polars.__version__)")


def _docs(place: Place) -> None:
    """Build a page of each sort; tests/test_site.py builds the whole site, where links to other pages hold as well."""
    some = "docs/index.md,docs/tutorials/**,docs/reference/api.md,docs/reference/state.md,notebooks/01*"
    parts = ("-D", f"include_patterns={some}")
    place.run("sphinx", "-Q", *parts, "-c", ROOT / "docs", ROOT, place.folder / "site")
    reference = (place.folder / "site" / "docs" / "reference" / "api.html").read_text(encoding="utf-8")
    if 'id="entraide.run"' not in reference:
        raise AssertionError("the reference of the Python interface holds no entraide.run: docstrings were not read")
    for page in (
        "docs/tutorials/first-verdict",
        "docs/reference/api",
        "docs/reference/state",
        "notebooks/01_first_run",
    ):
        if not (place.folder / "site" / f"{page}.html").is_file():
            raise AssertionError(f"no page {page} was built")


SMOKE: Mapping[str, Callable[[Place], None]] = {
    "offline": _offline,
    "batch": _batch,
    "peers": _peers,
    "docs": _docs,
}
# The README's second command installs the one in a fresh environment, a newcomer's walk the other: both use them there.
USED_ELSEWHERE = {"test", "notebooks"}


def missing_smoke(root: Path = ROOT) -> set[str]:
    """Return the extras that the project declares and nothing here uses, and those used that are not declared."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return set(project["optional-dependencies"]) ^ {*SMOKE, *USED_ELSEWHERE}


def build(target: Path) -> tuple[Path, Path]:
    """Build wheel and source archive from a copy of the sources, have twine judge them, and return both."""
    with tempfile.TemporaryDirectory() as folder:
        # What builds leaves files beside what it builds: two of these checks may run at once.
        sources = Path(folder) / "sources"
        shutil.copytree(ROOT, sources, ignore=shutil.ignore_patterns(*_NO_SOURCES))
        command = [sys.executable, "-m", "build", "--outdir", str(target), str(sources)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,), (source,) = target.glob("*.whl"), target.glob("*.tar.gz")
    subprocess.run([sys.executable, "-m", "twine", "check", "--strict", str(wheel), str(source)], check=True)
    return wheel, source


def _fresh(interpreter: str | Path, folder: Path) -> Place:
    fresh_environment(interpreter, folder / "environment")
    (folder / "work").mkdir()
    return Place(folder / "environment", folder / "work")


def _copied(base: Place, folder: Path) -> Place:
    """Copy an environment; files are shared until one of the copies installs others in their place."""
    shutil.copytree(base.environment, folder / "environment", symlinks=True, copy_function=os.link)
    (folder / "work").mkdir()
    return Place(folder / "environment", folder / "work", base.environment.parent / "kernels")


def check_extras(wheel: Path, folder: Path) -> list[str]:
    """Install the wheel with each extra alone and use it; return what failed."""
    base = _fresh(sys.executable, folder)
    try:
        install(base.environment, wheel)
        # Nothing but the package's own dependencies is there; what this compiles, all copies have.
        base.run("python", ROOT / "tests" / "import_everything.py")
    except subprocess.CalledProcessError as fault:
        return [f"without an extra: {fault}"]
    failed = []
    for extra, use in SMOKE.items():
        started = time.monotonic()
        # All in the same place, one after the other: kernels are kept by the path of what they were compiled from.
        place = _copied(base, _made(folder / "alone"))
        try:
            install(place.environment, f"entraide[{extra}] @ {wheel.as_uri()}")
            place.run("pip", "check")
            use(place)
        except (subprocess.CalledProcessError, AssertionError, ValueError) as fault:
            failed.append(f"extra {extra}: {fault}")
        print(f"--- extra {extra}: {time.monotonic() - started:.0f} s", flush=True)
        shutil.rmtree(folder / "alone")
    return failed


def check_interpreters(pairs: Sequence[tuple[str, Path]], folder: Path, *, with_extras: bool = False) -> list[str]:
    """Install an archive on an interpreter, import everything, let the doctor look; return what failed.

    Parameters
    ----------
    pairs : interpreter and archive.
    with_extras : with all extras at once, so that each version of constraints.txt is installed.
    """
    failed = []
    for number, (interpreter, archive) in enumerate(pairs):
        started = time.monotonic()
        try:
            place = _fresh(interpreter, _made(folder / f"interpreter-{number}"))
            # What pip finds newest is tried with the extras: here it is the versions that are told to users.
            extras = f"[{','.join(sorted({*SMOKE, *USED_ELSEWHERE}))}]" if with_extras else ""
            told = f"entraide{extras} @ {archive.as_uri()}"
            install(place.environment, "--constraint", ROOT / "constraints.txt", told)
            place.run("pip", "check")
            place.run("python", ROOT / "tests" / "import_everything.py")
            place.run("entraide", "doctor")
        except (subprocess.CalledProcessError, OSError) as fault:
            failed.append(f"{interpreter}, {archive.name}: {fault}")
        print(f"--- {interpreter}, {archive.name}: {time.monotonic() - started:.0f} s", flush=True)
    return failed


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Check it all; return the exit code."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("interpreters", nargs="*", metavar="INTERPRETER", help="other Pythons to install on")
    reader.add_argument("--each", action="store_true", help="both archives on each, with all extras")
    reader.add_argument("--only", choices=("extras", "interpreters"), help="leave the other part out")
    asked = reader.parse_args(arguments)
    failed = [f"no use of the extra {extra} is known" for extra in sorted(missing_smoke())]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = build(folder / "archives")
        if asked.only != "interpreters":
            failed += check_extras(archives[0], _made(folder / "extras"))
        if asked.only != "extras":
            pairs = [
                (interpreter, archive)
                for number, interpreter in enumerate(asked.interpreters)
                for place, archive in enumerate(archives)
                if asked.each or place == number % len(archives)
            ]
            failed += check_interpreters(pairs, _made(folder / "interpreters"), with_extras=asked.each)
    for each in failed:
        print(f"FAILED {each}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
