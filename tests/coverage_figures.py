"""Which lines of each room the tests run: coverage.

    python tests/coverage_figures.py              # default and slow tests, once: every room, written down
    python tests/coverage_figures.py scenarios    # one room by the tests that concern it: printed, not written

Compiled functions are left out: no tracer sees machine code, and their twins cover them. What tests start is measured
too: commands, workers of a batch, the server of the dashboard. Not measured: what they run from an unpacked wheel, and
what they kill. Writes tests/lines/figures.json: lines, lines run, and the numbers of the lines that no test ran. Needs
``pip install 'coverage>=7.10'``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from house import PACKAGE_OF_ROOM, REPOSITORY

FOLDER = Path(__file__).parent / "lines"
# Their tests ask for pages within seconds, which a tracer takes away; or they measure, or plant faults in copies.
NOT_TRACED = [
    "test_benchmarks.py", "test_speed_guard.py", "test_mutation.py", "test_planted_faults.py", "test_static.py",
    "test_packaging.py",
]  # fmt: skip


def plan() -> dict[str, Any]:
    """Return what lines/rooms.toml says."""
    return tomllib.loads((FOLDER / "rooms.toml").read_text(encoding="utf-8"))


def files_of(room: str) -> list[str]:
    """Return the files of tests that concern a room."""
    found = {path for pattern in plan()["rooms"][room] for path in (REPOSITORY / "tests").glob(pattern)}
    return [str(path.relative_to(REPOSITORY)) for path in sorted(found)]


def traced(tests: list[str], rooms: list[str], folder: Path) -> dict[str, dict[str, Any]]:
    """Run tests under coverage; return lines, lines run and lines not run of each module, by its path."""
    settings = folder / "coverage.ini"
    settings.write_text(
        "[run]\nparallel = true\npatch = subprocess\nsigterm = true\n"
        f"data_file = {folder / 'lines'}\n"
        + "".join(["source =\n", *(f"    {REPOSITORY / room}\n" for room in rooms)])
        + "".join(["[report]\nexclude_also =\n", *(f"    {pattern}\n" for pattern in plan()["settings"]["exclude"])]),
        encoding="utf-8",
    )
    coverage = [sys.executable, "-m", "coverage"]
    ran = subprocess.run(
        [*coverage, "run", f"--rcfile={settings}", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    print("".join(f"{line}\n" for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))), end="")
    print(ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr[-300:], flush=True)
    told = folder / "lines.json"
    for what in (["combine", "-q"], ["json", "-q", "-o", str(told)]):
        subprocess.run([*coverage, what[0], f"--rcfile={settings}", *what[1:]], cwd=REPOSITORY, check=True)
    return {
        Path(name).as_posix(): {
            "lines": one["summary"]["num_statements"],
            "run": one["summary"]["covered_lines"],
            "not_run": one["missing_lines"],
        }
        for name, one in json.loads(told.read_text(encoding="utf-8"))["files"].items()
        if one["summary"]["num_statements"]
    }


def figures_of(room: str, modules: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the sums of a room, and of each of its modules the lines not run; printed as well."""
    mine = {name: one for name, one in modules.items() if name.split("/")[0] == room}
    lines, run = (sum(one[name] for one in mine.values()) for name in ("lines", "run"))
    print(f"{room}: {run} of {lines} lines, {100.0 * run / lines:.1f} %", flush=True)
    not_run = {name: one["not_run"] for name, one in sorted(mine.items()) if one["not_run"]}
    return {"lines": lines, "run": run, "not_run": not_run}


def main() -> None:
    """Measure every room by the whole suite, or one by its own tests; see the module."""
    parser = argparse.ArgumentParser(description="Which lines of each room the tests run")
    parser.add_argument("room", nargs="?", choices=list(PACKAGE_OF_ROOM), help="this room alone, by its own tests")
    asked = parser.parse_args()
    try:
        import coverage  # noqa: F401
    except ImportError:
        raise SystemExit("coverage needs its package: pip install 'coverage>=7.10'") from None
    with tempfile.TemporaryDirectory() as folder:
        if asked.room:
            modules = traced(files_of(asked.room), [asked.room], Path(folder))
            for name, lines in figures_of(asked.room, modules)["not_run"].items():
                print(f"{name}: {', '.join(map(str, lines))}")
            return
        suite = ["--run-slow", *(f"--ignore=tests/{name}" for name in NOT_TRACED)]
        modules = traced(suite, list(PACKAGE_OF_ROOM), Path(folder))
    figures = {room: figures_of(room, modules) for room in PACKAGE_OF_ROOM}
    (FOLDER / "figures.json").write_text(json.dumps(figures, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
