"""A report's markup as a row of blocks, so that it can be set in type: headings, paragraphs, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Block", "Table", "blocks_of"]

_TEXTS = ("h1", "h2", "h3", "h4", "p", "li", "pre", "caption", "figcaption", "footer", "summary")
# Not read: links to parts of the page, drawings, and what only a screen needs.
_LEFT_OUT = ("nav", "svg", "style", "script", "footer")


@dataclass(frozen=True)
class Block:
    """A piece of text: its tag ("h2", "p", "li", ...) and its words."""

    tag: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table: its caption, the names of its columns, its rows; every row as long as the longest."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass
class _Reader(HTMLParser):
    """Reads the markup that the report writes; what it does not know is text."""

    found: list[Block | Table] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._skipped, self._tag, self._words = 0, "", [""]
        self._caption, self._head, self._rows = "", [[""]][:0], [[""]][:0]
        self._row: list[str] | None = None
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._skipped += 1
        elif self._skipped:
            return
        elif tag == "table":
            self._end_text()
            self._caption, self._head, self._rows = "", [], []
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th"):
            self._end_text()
            self._words = []
        elif tag == "br":
            self._words.append(" ")
        elif tag in _TEXTS and self._row is None:
            self._end_text()
            self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._skipped = max(0, self._skipped - 1)
        elif self._skipped:
            return
        elif tag == "table":
            width = max((len(row) for row in (*self._head, *self._rows)), default=0)
            rows = [(*row, *[""] * (width - len(row))) for row in self._rows]
            head = (*self._head[0], *[""] * (width - len(self._head[0]))) if self._head else ()
            if width:
                self.found.append(Table(self._caption, head, rows))
            self._row = None
        elif tag == "thead":
            self._in_head = False
        elif tag == "tr" and self._row is not None:
            (self._head if self._in_head else self._rows).append(self._row)
            self._row = None
        elif tag in ("td", "th") and self._row is not None:
            self._row.append(_plain("".join(self._words)))
            self._words = []
        elif tag == "caption":
            self._caption = _plain("".join(self._words))
            self._tag, self._words = "", []
        elif tag in _TEXTS:
            self._end_text()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._words.append(data)

    def _end_text(self) -> None:
        raw = "".join(self._words)
        text = raw.strip("\n") if self._tag == "pre" else _plain(raw)
        if text:
            self.found.append(Block(self._tag or "p", text))
        self._tag, self._words = "", []


def _plain(text: str) -> str:
    # Not split(): narrow no-break spaces count as white space there, and must stay.
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def blocks_of(markup: str) -> tuple[Block | Table, ...]:
    """Return the blocks of a report's markup, in their order; links between parts and drawings are left out."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.handle_endtag("p")
    return tuple(reader.found)
