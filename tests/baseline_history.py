"""Whether figures of the baseline were moved without a line in the changelog that says so."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

__all__ = ["moved", "untold"]

BASELINE, CHANGELOG = "tests/baseline", "CHANGELOG.md"
_TAGGED = re.compile(r"^\+.*\*\*RESULTS\*\*", re.M)


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def moved(root: Path, before: str, after: str = "") -> list[str]:
    """Return "file: figure" for what has another value than at the commit ``before``.

    Without ``after``, the files as they are. New scenarios and new figures move nothing.
    """
    found = []
    span = [before, after] if after else [before]
    for name in _git(root, "diff", "--name-only", "--diff-filter=M", *span, "--", BASELINE).split():
        old = json.loads(_git(root, "show", f"{before}:{name}"))
        new = json.loads(_git(root, "show", f"{after}:{name}") if after else (root / name).read_text(encoding="utf-8"))
        found += [f"{name}: {figure}" for figure in old if figure in new and old[figure] != new[figure]]
    return found


def untold(root: Path) -> list[str]:
    """Return the figures moved, in the files as they are or by the last commit, that no added line tells of.

    A line tells of them when it is added beside them and holds **RESULTS**. Empty where there is no history.
    """
    found = []
    for before, after in (("HEAD", ""), ("HEAD~1", "HEAD")):
        figures = moved(root, before, after)
        lines = _git(root, "diff", before, *([after] if after else []), "--", CHANGELOG)
        if figures and not _TAGGED.search(lines):
            found += figures
    return found
