"""A site's generated parts as a test reads them: their text with plain spaces, and the rows of their tables."""

from __future__ import annotations

import re
import sys
from functools import cache

import pytest
from house import REPOSITORY

__all__ = ["BOTH", "LANGUAGES", "SPACES", "by_key", "of_title", "part", "tables"]

sys.path.insert(0, str(REPOSITORY / "docs" / "generators"))

LANGUAGES = ("en", "fr")
BOTH = pytest.mark.parametrize("language", LANGUAGES)
# Spaces that do not break are set by the typography, which has tests of its own.
SPACES = str.maketrans("\u202f\u00a0", "  ")


@cache
def part(name: str) -> str:
    """Return a part as the build puts it into its page, with plain spaces."""
    from site_parts import PARTS

    return PARTS[name]().translate(SPACES)


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a text: rows of cells, the head first."""
    blocks = re.findall(r"^\|.*\n\|[-|]+\n(?:\|.*(?:\n|$))*", text, re.MULTILINE)
    lines = [[line for line in block.splitlines() if not re.fullmatch(r"[-|]+", line)] for block in blocks]
    return [[[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in block] for block in lines]


def by_key(text: str) -> dict[str, list[str]]:
    """Return the rows of the first table of a text by their first cell, without its code marks."""
    return {row[0].strip("`"): row for row in tables(text)[0][1:]}


def of_title(text: str, title: str) -> dict[str, list[str]]:
    """Return the rows of the table under a title in bold."""
    return by_key(text[text.index(f"**{title}.**") :])
