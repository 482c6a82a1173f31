"""Which lines of each room its tests run: coverage, room by room.

    python tests/coverage_figures.py              # every room, each with the tests that concern it
    python tests/coverage_figures.py scenarios    # one room
    python tests/coverage_figures.py --whole      # every room with the whole suite: an hour or more

Compiled functions are left out: no tracer sees machine code, and their twins cover them. Writes
tests/lines/figures.json: lines, lines run, and the numbers of lines that no test of the room ran. Needs
``pip install coverage``.
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


def plan() -> dict[str, Any]:
    """Return what lines/rooms.toml says."""
    return tomllib.loads((FOLDER / "rooms.toml").read_text(encoding="utf-8"))


def files_of(room: str, whole: bool) -> list[str]:
    """Return the files of tests that concern a room, or all of them."""
    patterns = ["test_*.py"] if whole else plan()["rooms"][room]
    found = {path for pattern in patterns for path in (REPOSITORY / "tests").glob(pattern)}
    return [str(path.relative_to(REPOSITORY)) for path in sorted(found)]


def measure(room: str, whole: bool, folder: Path) -> dict[str, Any]:
    """Run the tests of a room under coverage; return lines, lines run and lines not run of each of its modules."""
    settings = folder / "coverage.ini"
    exclude = "\n    ".join(plan()["settings"]["exclude"])
    settings.write_text(
        f"[run]\ndata_file = {folder / room}\nsource = {REPOSITORY / room}\n[report]\nexclude_also =\n    {exclude}\n",
        encoding="utf-8",
    )
    coverage = [sys.executable, "-m", "coverage"]
    tests = ["-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", *files_of(room, whole)]
    ran = subprocess.run(
        [*coverage, "run", f"--rcfile={settings}", *tests], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    print("".join(f"{line}\n" for line in ran.stdout.splitlines() if line.startswith("FAILED")), end="")
    print(f"{room}: {ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr[-300:]}", flush=True)
    told = folder / f"{room}.json"
    subprocess.run([*coverage, "json", "-q", f"--rcfile={settings}", "-o", str(told)], cwd=REPOSITORY, check=True)
    files = json.loads(told.read_text(encoding="utf-8"))["files"]
    return {
        Path(name).as_posix(): {
            "lines": one["summary"]["num_statements"],
            "run": one["summary"]["covered_lines"],
            "not_run": one["missing_lines"],
        }
        for name, one in files.items()
        if one["summary"]["num_statements"]
    }


def main() -> None:
    """Measure the rooms named, or all; see the module."""
    parser = argparse.ArgumentParser(description="Coverage of each room by the tests that concern it")
    parser.add_argument("rooms", nargs="*", help=f"of {', '.join(PACKAGE_OF_ROOM)}; all when none is named")
    parser.add_argument("--whole", action="store_true", help="run the whole suite for each room")
    asked = parser.parse_args()
    try:
        import coverage  # noqa: F401
    except ImportError:
        raise SystemExit("coverage needs its package: pip install coverage") from None
    file = FOLDER / "figures.json"
    for room in asked.rooms or PACKAGE_OF_ROOM:
        with tempfile.TemporaryDirectory() as folder:
            modules = measure(room, asked.whole, Path(folder))
        lines, run = (sum(one[name] for one in modules.values()) for name in ("lines", "run"))
        print(f"{room}: {run} of {lines} lines, {100.0 * run / lines:.1f} %", flush=True)
        figures = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        figures[room] = {
            "lines": lines,
            "run": run,
            "not_run": {k: v["not_run"] for k, v in modules.items() if v["not_run"]},
        }
        file.write_text(json.dumps(figures, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
