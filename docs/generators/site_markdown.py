"""Small pieces of Markdown that generated parts are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["cell", "prose", "table"]

# A parameter's key, with its service or without, alone or with the value that it is given, or an option: shown as code.
_VALUE = r" = (?:\"\w+\"|[\w.]*\w)"
_KEY = re.compile(
    rf"\b(?:[a-z]+\.)?[a-z]+(?:_[a-z]+)+(?:{_VALUE})?|\b(?:[a-z]+\.)?[a-z]+{_VALUE}|(?<!\S)--[a-z][a-z-]+"
)


def prose(text: str) -> str:
    """Return running text in one line, safe in Markdown, with keys of parameters as code."""
    plain = " ".join(text.split(" ")).replace("\n", " ")
    plain = re.sub(r"([\\`*<>\[\]$])", r"\\\1", plain)
    return _KEY.sub(lambda found: f"`{found[0]}`", plain)


def cell(text: object) -> str:
    """Return a text that may stand in a cell of a table."""
    return str(text).replace("\n", " ").replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(map(cell, row))} |" for row in rows]
    return "\n".join(lines)
