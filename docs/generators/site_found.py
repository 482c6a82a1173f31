"""What is listed as it is found: the notebooks with the question that each asks, and the walk through a new kind."""

from __future__ import annotations

import json
import re
from pathlib import Path

from site_markdown import cell

__all__ = ["notebooks", "walk"]

WALK = Path(__file__).resolve().parents[1] / "how-to" / "add-a-production-kind.md"
FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def notebooks() -> str:
    """Return a list of links with their questions, and the part of the navigation that holds them."""
    paths = sorted(path for path in FOLDER.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    names = [path.relative_to(FOLDER).as_posix() for path in paths]
    lines = [
        f"- [{_title(path)}](../../notebooks/{name}){_question(path)}" for path, name in zip(paths, names, strict=True)
    ]
    pages = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.md"))
    entries = [f"../../notebooks/{name}" for name in (*pages, *(name.removesuffix(".ipynb") for name in names))]
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", *entries, "```"])


def walk() -> str:
    """Return a link to the walk through a new production kind, where there is one."""
    return f"[{_first_heading(WALK)}]({WALK.name}) walks through it, step by step." if WALK.is_file() else ""


def _first_heading(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def _texts(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(each["source"]) for each in cells if each["cell_type"] == "markdown")


def _title(path: Path) -> str:
    found = re.search(r"^# (.+)$", _texts(path), re.MULTILINE)
    return cell(found[1]) if found else path.stem


def _question(path: Path) -> str:
    found = re.search(r"\*\*Question\s?\.\*\*\s*(.+?)(?:\n\n|$)", _texts(path), re.DOTALL)
    return f": {' '.join(found[1].split())}" if found else ""
