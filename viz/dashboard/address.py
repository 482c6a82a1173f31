"""What the address of a page holds: its language, and what is taken to be known of people.

Whoever is sent the address sees the page so. Nothing in it is ever taken for a path, and words that nobody knows are
passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode

from ..locales import LANGUAGES
from .choices import PARAMETERS_OFFERED

__all__ = ["address", "language_of", "parameters_of"]


def language_of(search: str | None, preferred: Sequence[str] = ()) -> str:
    """Return the language of a page: that of its address (``?lang=fr``), else the reader's, else English.

    Parameters
    ----------
    search : what follows the question mark in the address.
    preferred : the reader's languages in order of preference, as browsers send them ("fr-FR").
    """
    for code in (*_asked(search, "lang"), *preferred):
        short = code.strip().lower()[:2]
        if short in LANGUAGES:
            return short
    return "en"


def parameters_of(search: str | None) -> str:
    """Return where a page takes parameter values from: as its address says (``?parameters=preset``), else the first.

    Parameters
    ----------
    search : what follows the question mark in the address.
    """
    return next((word for word in _asked(search, "parameters") if word in PARAMETERS_OFFERED), PARAMETERS_OFFERED[0])


def address(language: str, parameters: str) -> str:
    """Return what makes the address of a page, from the question mark on; what is so by default is left out.

    Parameters
    ----------
    language : of the page.
    parameters : one of PARAMETERS_OFFERED.
    """
    asked = {"lang": language}
    if parameters != PARAMETERS_OFFERED[0]:
        asked["parameters"] = parameters
    return f"?{urlencode(asked)}"


def _asked(search: str | None, name: str) -> list[str]:
    """Return the first value of a name in an address, in a list; an empty one where it is not there."""
    return parse_qs(search or "").get(name, [])[:1]
