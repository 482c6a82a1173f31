"""Lines into which a text falls when it is set in type: measured, never guessed from the number of letters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font

__all__ = ["FONT", "text_width", "wrapped"]

FONT = "DejaVu Sans"
_LARGE = 100.0


def wrapped(text: str, size: float, weight: str, room: float, family: str = FONT) -> Iterator[str]:
    """Yield the lines into which a text falls; a word longer than a line is cut.

    Parameters
    ----------
    size, room : in points.
    """
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, weight, family) <= room:
            line = longer
            continue
        if line:
            yield line
        while text_width(word, size, weight, family) > room and len(word) > 1:
            lengths = range(len(word) - 1, 1, -1)
            fits = next((length for length in lengths if text_width(word[:length], size, weight, family) <= room), 1)
            yield word[:fits]
            word = word[fits:]
        line = word
    yield line


def text_width(text: str, size: float, weight: str, family: str = FONT) -> float:
    """Return the width of a text in points."""
    return size * sum(_advance(letter, weight, family) for letter in text)


@lru_cache(maxsize=4_000)
def _advance(letter: str, weight: str, family: str) -> float:
    """Return the width of a letter at size 1: that of the page, not that of a screen, where letters are hinted."""
    font = get_font(findfont(FontProperties(family=family, weight=weight)))
    font.set_size(_LARGE, 72.0)
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536.0 / _LARGE
