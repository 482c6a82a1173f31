"""How a table is laid out, as text or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Table", "figure", "load_text"]


def load_text(load: Sequence[float] | None) -> str:
    """Return the load of the machine in words."""
    return "load average: unknown" if load is None else f"load average: {' '.join(f'{each:.2f}' for each in load)}"


@dataclass(frozen=True)
class Table:
    """Rows under their columns, the first to the left, the others to the right. Printed as text, or as Markdown.

    A row may be short: what it lacks is empty.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    load: Sequence[float] | None

    def _lines(self) -> list[list[str]]:
        return [[*row, *[""] * (len(self.columns) - len(row))] for row in (self.columns, *self.rows)]

    def __str__(self) -> str:
        lines = self._lines()
        widths = [max(len(row[c]) for row in lines) for c in range(len(self.columns))]
        written = [f"\n{self.title} [{load_text(self.load)}]"]
        for row in lines:
            cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
            written.append("  ".join(["", row[0].ljust(widths[0]), *cells[1:]]).rstrip())
        return "\n".join(written)

    def markdown(self) -> str:
        """Return the table as documents hold it."""
        heads, *rows = [f"| {' | '.join(row)} |" for row in self._lines()]
        rule = "|".join(["", "---", *["---:"] * (len(self.columns) - 1), ""])
        return "\n".join([f"\n{self.title} ({load_text(self.load)})\n", heads, rule, *rows])


def figure(value: float | None, digits: int = 2) -> str:
    """Return a figure, or nothing where there is none."""
    return "" if value is None else f"{value:,.{digits}f}"
