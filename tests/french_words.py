"""What gives an English text away in a French page, and what no sentence may hold."""

from __future__ import annotations

import re

__all__ = ["english_words", "faults_of_french", "left_over"]

# Words that no French sentence holds, whatever it speaks of.
_ENGLISH = (
    "the of and with without between over under than more less year years day days need needs is are was were has have "
    "no not only which where what who how share broken people places place map cost costs"
)
_ENGLISH_WORD = re.compile(rf"\b(?:{'|'.join(_ENGLISH.split())})\b", re.IGNORECASE)


def english_words(text: str) -> list[str]:
    """Return the English words of a text."""
    return _ENGLISH_WORD.findall(text)


def left_over(text: str) -> list[str]:
    """Return what a program forgot to fill in."""
    return re.findall(r"[{}]|\bNone\b|\bnan\b|\binf\b|  +| ,|\.\.", text)


def faults_of_french(text: str) -> list[str]:
    """Return the places where a high sign has a plain space before it, or none, and where an elision is missing."""
    elisions = re.findall(r"\b(?:de|le|la|que|ne|se) [aeiouàâéèêîô]\w*", text, re.IGNORECASE)
    return elisions + re.findall(r"[^\u202f\s]?[ \u00a0][;:?!%»€]|« |\w[;?!%](?:\s|$)|\w:\s", text)
