"""Write constraints.txt: the versions that pip chooses today, for each Python version it is given.

Usage: python .ci/renew_constraints.py python3.11 python3.12 python3.13

Nothing is installed: each interpreter's pip resolves the project with all its extras and reports what it would do.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["merge", "resolve"]

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Versions with which .ci/run installs on other Pythons; one line per Python version where they differ.
# Use: pip install -c constraints.txt '.[test]'        Renew: see CONTRIBUTING.md
"""


def resolve(interpreter: str) -> tuple[str, dict[str, str]]:
    """Return the interpreter's version, such as "3.12", and the version of each package that pip would install."""
    asked = [interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        environment, report = Path(folder) / "environment", Path(folder) / "report.json"
        subprocess.run([interpreter, "-m", "venv", environment], check=True)
        command = [environment / "bin" / "pip", "install", "--dry-run", "--quiet", "--report", report]
        subprocess.run([*command, f"{ROOT}[test,offline,peers,batch,docs,notebooks]"], check=True)
        entries = [entry["metadata"] for entry in json.loads(report.read_text(encoding="utf-8"))["install"]]
    names = {re.sub(r"[-_.]+", "-", entry["name"]).lower(): entry["version"] for entry in entries}
    names.pop("entraide")
    return version, names


def merge(resolved: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text of the constraints file from the versions of each package by Python version."""
    lines = []
    for name in sorted({name for packages in resolved.values() for name in packages}):
        versions = {python: packages[name] for python, packages in resolved.items() if name in packages}
        if len(versions) == len(resolved) and len(set(versions.values())) == 1:
            lines.append(f"{name}=={next(iter(versions.values()))}")
        else:
            lines += [f'{name}=={version} ; python_version == "{python}"' for python, version in versions.items()]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "constraints.txt").write_text(merge(dict(map(resolve, sys.argv[1:]))), encoding="utf-8")
