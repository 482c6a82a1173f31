"""Builds the kind of docs/how-to/add-a-production-kind.md from the blocks of that page, in a copy of the sources.

    python tests/kind_from_page.py FOLDER    # FOLDER/sources is the copy; never the checkout itself

A block's first line says where it goes: ``# PATH`` alone is a new file; ``# PATH, after: LINE`` and ``before: LINE``
name the only line of an existing file that begins so. Blocks are fenced as ``py``, since they do not run by themselves.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from house import REPOSITORY, link_package

__all__ = ["PAGE", "Block", "blocks", "build"]

PAGE = REPOSITORY / "docs" / "how-to" / "add-a-production-kind.md"
_FENCE = re.compile(r"^```(?:py|toml|markdown)\n# (\S+?)(?:, (after|before): ([^\n]+))?\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A piece of the page: the file, and beside which line it is put; ``side`` is "" for a new file."""

    path: str
    side: str
    anchor: str
    text: str

    def put(self, root: Path) -> None:
        """Write the block into a copy of the sources.

        Raises
        ------
        ValueError : the file is there already, or no line or several begin with the anchor.
        """
        file = root / self.path
        if not self.side:
            if file.exists():
                raise ValueError(f"{self.path} is there already")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        found = [number for number, line in enumerate(lines) if line.strip().startswith(self.anchor)]
        if len(found) != 1:
            raise ValueError(f"{len(found)} lines of {self.path} begin with {self.anchor!r}: mend the page")
        # A class before a function of the module: two blank lines between them.
        gap = "\n\n" if self.text.startswith(("class ", "def ")) else ""
        lines.insert(found[0] + (self.side == "after"), self.text + gap)
        file.write_text("".join(lines), encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """Return the blocks of a page in their order."""
    return [Block(path, side, anchor, body) for path, side, anchor, body in _FENCE.findall(text)]


def build(folder: Path, until: int = 99) -> Path:
    """Copy the sources under ``folder``, put the blocks of the steps up to ``until`` in place, return the copy."""
    sources = link_package(folder)
    steps = re.split(r"^## (?=\d+\. )", PAGE.read_text(encoding="utf-8"), flags=re.M)
    for step in steps[1 : until + 1]:
        for block in blocks(step):
            block.put(sources)
    return sources


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
