"""The report of a run as a PDF: the text of report.html set in type, then its figures, a page each.

By Matplotlib's PdfPages, which is there already. Letters are embedded as TrueType, so that text can be searched and
copied. Text, tables and figures are those of the HTML report.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from entraide.experiments.results import Result

from .drawing import GRID, INK, MUTED, Illustration, settings
from .figure_files import framed
from .figures import result_figures
from .locales import check_language, localised
from .origin_words import origin_note
from .pdf_blocks import Block, Table, blocks_of
from .report import provenance_line
from .report_content import run_content
from .text_lines import FONT, text_width, wrapped
from .title_words import run_title

__all__ = ["report_pdf"]

# A4, in points.
_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _TOP, _BOTTOM = 54.0, 56.0, 60.0
_ROOM = _WIDTH - 2 * _LEFT
# Size, weight, space before, indent.
_STYLES = {
    "h1": (17.0, "bold", 0.0, 0.0),
    "h2": (13.5, "bold", 16.0, 0.0),
    "h3": (11.0, "bold", 11.0, 0.0),
    "h4": (9.5, "bold", 8.0, 0.0),
    "li": (9.0, "normal", 3.0, 12.0),
    "pre": (7.5, "normal", 4.0, 6.0),
}
_PLAIN = (9.0, "normal", 5.0, 0.0)
_CELL, _GAP = 7.2, 6.0
# Held page by page: others draw figures in between.
_PDF = {"pdf.fonttype": 42, "pdf.compression": 9}


def report_pdf(result: Result, language: str = "en", year: int = 0) -> bytes:
    """Return the report of a run as a PDF: question, verdict, tables, design, assumptions, limits, provenance, figures.

    Raises
    ------
    InputError : an unknown language.
    """
    check_language(language)
    line, note = provenance_line(result), origin_note(result, language)
    blocks = blocks_of(run_content(result, language, {}, note))
    figures = [
        each
        for service in result.service_names
        for each in result_figures(result, language, service=service, year=year)
    ]
    about = {"Title": f"Entraide – {run_title(result, language)}", "Subject": line, "CreationDate": None}
    buffer = io.BytesIO()
    pages = PdfPages(buffer, metadata=about)
    try:
        sheet = _Sheet(pages, origin_note(result, language, changes=False))
        for block in blocks:
            sheet.table(block) if isinstance(block, Table) else sheet.text(block)
        sheet.end()
        for illustration in figures:
            _figure_page(pages, illustration, note, language)
    finally:
        with settings(_PDF):
            pages.close()
    return buffer.getvalue()


def _figure_page(pages: PdfPages, illustration: Illustration, note: str, language: str) -> None:
    caption = localised(illustration.caption, language)
    with settings(_PDF), framed(illustration.figure, illustration.title, f"{caption}\n{note}"):
        pages.savefig(illustration.figure)


class _Sheet:
    """Sets text and tables on pages, one after the other."""

    def __init__(self, pages: PdfPages, line: str) -> None:
        self._pages, self._line, self._number = pages, line, 0
        self._begin()

    def _begin(self) -> None:
        self._figure = Figure(figsize=(_WIDTH / 72.0, _HEIGHT / 72.0))
        self._down, self._number = _TOP, self._number + 1
        foot = list(wrapped(self._line, 6.5, "normal", _ROOM - 30.0))
        for place, text in enumerate(foot):
            self._write(text, _LEFT, _HEIGHT - 34.0 + 9.0 * place, 6.5, colour=MUTED)
        self._write(str(self._number), _WIDTH - _LEFT, _HEIGHT - 34.0, 7.5, colour=MUTED, align="right")

    def end(self) -> None:
        """Finish the last page."""
        with settings(_PDF):
            self._pages.savefig(self._figure)

    def _need(self, height: float) -> bool:
        """Begin another page where there is no room; tell whether one was begun."""
        if self._down + height <= _HEIGHT - _BOTTOM or self._down == _TOP:
            return False
        self.end()
        self._begin()
        return True

    def text(self, block: Block) -> None:
        """Set a heading, a paragraph, an entry of a list, or a command."""
        size, weight, before, indent = _STYLES.get(block.tag, _PLAIN)
        family = "DejaVu Sans Mono" if block.tag == "pre" else FONT
        lines = [
            line
            for part in (block.text.split("\n") if block.tag == "pre" else [block.text])
            for line in wrapped(part, size, weight, _ROOM - indent, family)
        ]
        # A heading stays with what it stands above.
        self._need(before + 1.35 * size * min(len(lines), 2) + (40.0 if block.tag.startswith("h") else 0.0))
        if self._down > _TOP:
            self._down += before
        for place, line in enumerate(lines):
            self._need(1.35 * size)
            if block.tag == "li" and place == 0:
                self._write("•", _LEFT + 2.0, self._down, size)
            self._write(line, _LEFT + indent, self._down, size, weight, family=family)
            self._down += 1.35 * size

    def table(self, table: Table) -> None:
        """Set a table; its head again on each further page."""
        widths = _widths(table)
        if table.caption:
            self.text(Block("h4", table.caption))
        if table.head:
            self._row(table.head, widths, head=True)
        for row in table.rows:
            cells = [list(wrapped(cell, _CELL, "normal", width)) for cell, width in zip(row, widths, strict=True)]
            if self._need(1.3 * _CELL * max(map(len, cells)) + 5.0) and table.head:
                self._row(table.head, widths, head=True)
            self._row(row, widths)
        self._down += 6.0

    def _row(self, row: Sequence[str], widths: Sequence[float], *, head: bool = False) -> None:
        weight = "bold" if head else "normal"
        cells = [list(wrapped(cell, _CELL, weight, width)) for cell, width in zip(row, widths, strict=True)]
        rule = self._down + 1.0
        self._figure.add_artist(
            Line2D([_LEFT / _WIDTH, 1.0 - _LEFT / _WIDTH], [1.0 - rule / _HEIGHT] * 2, color=GRID, linewidth=0.5)
        )
        across = _LEFT
        for cell, width in zip(cells, widths, strict=True):
            for place, line in enumerate(cell):
                self._write(line, across, self._down + 3.0 + 1.3 * _CELL * place, _CELL, weight)
            across += width + _GAP
        self._down += 1.3 * _CELL * max(map(len, cells)) + 5.0

    def _write(
        self,
        text: str,
        across: float,
        down: float,
        size: float,
        weight: str = "normal",
        *,
        colour: str = INK,
        align: str = "left",
        family: str = FONT,
    ) -> None:
        self._figure.text(
            across / _WIDTH, 1.0 - down / _HEIGHT, text, fontsize=size, fontweight=weight, color=colour, ha=align,
            va="top", family=family, parse_math=False,
        )  # fmt: skip


def _widths(table: Table) -> list[float]:
    """Return the widths of the columns in points: what they hold, or a share of the room where that is too much."""
    rows = [row for row in (table.head, *table.rows) if row]
    count = len(rows[0])
    room = _ROOM - _GAP * (count - 1)
    wanted, least = [], []
    for column in range(count):
        cells = [row[column] for row in rows]
        wanted.append(max(text_width(cell, _CELL, "bold") for cell in cells) + 1.0)
        words = (word for cell in cells for word in cell.split(" "))
        least.append(min(room / 3.0, max(text_width(word, _CELL, "bold") for word in words) + 1.0))
    if sum(wanted) <= room:
        return wanted
    spare = room - sum(least)
    if spare <= 0:
        return [room * each / sum(least) for each in least]
    more = [high - low if high > low else 0.0 for high, low in zip(wanted, least, strict=True)]
    return [low + spare * each / sum(more) for low, each in zip(least, more, strict=True)]
