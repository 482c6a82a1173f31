"""Texts that name parameters by their keys, for readers who never write one: each key becomes its label.

The command and the pages of documentation keep the keys: their readers type them.
"""

from __future__ import annotations

import re

from entraide.scenarios.declarations import ALL

from .locales import localised, number
from .units import value_text
from .wording import colon, quoted

__all__ = ["codes_in_words"]

# A key of one word, such as "fun", is one only where a value follows.
_VALUE = r" = (true|false|\d+(?:\.\d+)?)"
_CODE = re.compile(rf"(?:\b[a-z]+\.)?\b(?:([a-z]+(?:_[a-z]+)+)\b(?:{_VALUE})?|([a-z]+){_VALUE})")


def codes_in_words(text: str, language: str) -> str:
    """Return a text in which "acknowledgement_rate = 0.9" reads as the parameter's label and value.

    Its typography is that of its language.

    What is no parameter's key stays as it is.
    """
    return localised(_CODE.sub(lambda found: _in_words(found, language), text), language)


def _in_words(found: re.Match[str], language: str) -> str:
    parameter, value = ALL.get(found[1] or found[3]), found[2] or found[4]
    if parameter is None:
        return found[0]
    label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
    if value is None:
        return quoted(label, language)
    if value in ("true", "false"):
        shown = value_text(parameter, value == "true", language)
    elif isinstance(parameter.default, float):
        shown = value_text(parameter, float(value), language)
    elif isinstance(parameter.default, bool):
        shown = number(float(value), language)
    else:
        shown = value_text(parameter, int(float(value)), language)
    return quoted(f"{label}{colon(language)} {shown}", language)
