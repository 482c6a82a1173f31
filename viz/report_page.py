"""The frame of a report: one page by itself, two languages, no request to anywhere, readable without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files

from .drawing import Illustration
from .figure_files import inline_svg, scrollable
from .locales import LANGUAGES, check_language

__all__ = ["Cell", "cards", "drawn", "heading", "page", "paragraph", "preformatted", "table"]

_NAMES = {"en": "English", "fr": "Français"}
# The browser itself is told to fetch nothing, whatever text of a scenario stands in the page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Cell(str):
    """A table cell that holds markup already, not text."""


def heading(level: int, text: str, identifier: str = "") -> str:
    """Return a heading of a plain text."""
    mark = f' id="{escape(identifier)}"' if identifier else ""
    return f"<h{level}{mark}>{escape(text)}</h{level}>"


def paragraph(text: str, style: str = "", language: str = "") -> str:
    """Return plain text as a paragraph, or as several where it holds an empty line."""
    marks = (f' class="{style}"' if style else "") + (f' lang="{language}"' if language else "")
    # Not split(): narrow no-break spaces count as white space there, and must stay.
    parts = [re.sub(r"[ \t\r\n]+", " ", part).strip() for part in re.split(r"\n[ \t]*\n", text)]
    return "".join(f"<p{marks}>{escape(part)}</p>" for part in parts if part)


def preformatted(text: str) -> str:
    """Return text in which spaces and lines count, such as a command."""
    return f"<pre><code>{escape(text)}</code></pre>"


def cards(contents: Iterable[str]) -> str:
    """Return boxes side by side."""
    return '<div class="cards">' + "".join(f'<div class="card">{content}</div>' for content in contents) + "</div>"


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Iterable[int] = (),
    moved: Iterable[int] = (),
) -> str:
    """Return a table whose first column names the rows.

    Parameters
    ----------
    numbers : columns that hold numbers, written flush right.
    moved : rows to mark; their text says so as well, since colour alone does not.
    """
    right, marked = set(numbers), set(moved)

    def style(column: int) -> str:
        return ' class="number"' if column in right else ""

    def content(text: str) -> str:
        return text if isinstance(text, Cell) else escape(text)

    header = "".join(f'<th scope="col"{style(column)}>{escape(text)}</th>' for column, text in enumerate(head))
    body = []
    for place, row in enumerate(rows):
        first = f'<th scope="row">{content(row[0])}</th>'
        rest = "".join(f"<td{style(column)}>{content(text)}</td>" for column, text in enumerate(row) if column)
        mark = ' class="moved"' if place in marked else ""
        body.append(f"<tr{mark}>{first}{rest}</tr>")
    if not body:
        return ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{header}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def drawn(illustration: Illustration, identifier: str) -> str:
    """Return a figure with its title and caption."""
    return (
        f"<figure><h4>{escape(illustration.title)}</h4>"
        f"{scrollable(inline_svg(illustration, identifier), illustration.title)}"
        f"<figcaption>{escape(illustration.caption)}</figcaption></figure>"
    )


def page(title: str, parts: Mapping[str, str], language: str) -> str:
    """Return a whole page.

    Parameters
    ----------
    title : plain text.
    parts : markup of the page in each language.
    language : the one that is shown first; the reader may change it, and without style sheets both are there.
    """
    check_language(language)
    style = (files(__package__) / "report.css").read_text(encoding="utf-8")
    inputs = "".join(
        f'<input class="choose" type="radio" name="language" id="choose-{each}" aria-label="{_NAMES[each]}" '
        f'lang="{each}"{" checked" if each == language else ""}>'
        for each in LANGUAGES
    )
    labels = "".join(f'<label for="choose-{each}" lang="{each}">{_NAMES[each]}</label>' for each in LANGUAGES)
    articles = "".join(f'<article lang="{each}" id="{each}">{parts[each]}</article>' for each in LANGUAGES)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>\n{style}</style></head><body>{inputs}"
        f'<div class="bar"><span class="brand">Entraide</span><span class="languages">{labels}</span></div>'
        f"<main>{articles}</main></body></html>\n"
    )
