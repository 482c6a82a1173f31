"""Sentences that a notebook shows as paragraphs, where a console prints lines."""

from __future__ import annotations

from html import escape
from typing import Any

__all__ = ["Told"]


class Told(str):
    """A text of some lines. As the last line of a cell it is shown in paragraphs; it is a ``str`` in all else."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # A line that begins with spaces belongs to the one before it.
        paragraphs = (
            f'<p style="margin: 0.3em 0 0 {1.2 if line.startswith(" ") else 0}em; max-width: 60em">{escape(line)}</p>'
            for line in self.splitlines()
            if line.strip()
        )
        return f"<div>{''.join(paragraphs)}</div>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))
