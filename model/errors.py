"""Errors that a user meets: what, where, the value, what is allowed, the nearest valid name, the next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Self

__all__ = ["InputError", "MachineError", "Text", "UserFacingError", "Words", "nearest_name", "text_in"]

# A text by language, "en" and "fr".
Words = Mapping[str, str]
Text = str | Words

_WORDS: Mapping[str, Words] = {
    "en": {"colon": ":", "given": "given", "allowed": "allowed", "nearest": "did you mean {name}?"},
    "fr": {
        "colon": "\u202f:",
        "given": "donné",
        "allowed": "admis",
        "nearest": "vouliez-vous dire {name}\u202f?",
    },
}


def text_in(text: Text, language: str) -> str:
    """Return a text in a language, as it is where there is but one."""
    return text if isinstance(text, str) else text[language]


def nearest_name(given: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed name that looks most like ``given``, or None when none does."""
    matches = get_close_matches(str(given), [str(name) for name in allowed], n=1, cutoff=0.5)
    return matches[0] if matches else None


class UserFacingError(Exception):
    """A failure told in one line, without a traceback. ``exit_code`` is what the command line returns.

    A text is in English, or in both languages: then it maps "en" and "fr" to itself, and ``told`` says it in either.

    Parameters
    ----------
    what : the fault, as a clause ("unknown key").
    where : file and key, or the option, that holds it.
    value : the value that was given.
    allowed : what would have been accepted.
    nearest : the valid name most like the one given.
    remedy : the next step for the reader.
    """

    exit_code = 1

    def __init__(
        self,
        what: Text,
        *,
        where: Text = "",
        value: object = None,
        allowed: Text = "",
        nearest: str | None = None,
        remedy: Text = "",
    ) -> None:
        self.value, self.nearest = value, nearest
        self.texts: Mapping[str, Text] = {"what": what, "where": where, "allowed": allowed, "remedy": remedy}
        self.what, self.where, self.allowed, self.remedy = (text_in(text, "en") for text in self.texts.values())
        super().__init__(self.told())

    def within(self, place: str) -> Self:
        """Return the same failure with the file or table that its place is in."""
        where = self.texts["where"]
        inside: Text = {
            language: f"{place}{words['colon']} {text_in(where, language)}" if where else place
            for language, words in _WORDS.items()
        }
        return self.at(inside)

    def at(self, where: Text, remedy: Text | None = None) -> Self:
        """Return the same failure at another place, with another next step where one is given."""
        what, allowed, before = (self.texts[name] for name in ("what", "allowed", "remedy"))
        after = before if remedy is None else remedy
        return type(self)(what, where=where, value=self.value, allowed=allowed, nearest=self.nearest, remedy=after)

    def is_told_in(self, language: str) -> bool:
        """Tell whether what is wrong is said in a language."""
        what = self.texts["what"]
        return language == "en" if isinstance(what, str) else language in what

    def told(self, language: str = "en") -> str:
        """Return the whole message; in English where what is wrong is said in English only."""
        language = language if self.is_told_in(language) else "en"
        what, where, allowed, remedy = (text_in(text, language) for text in self.texts.values())
        words = _WORDS[language]
        parts = [f"{where}{words['colon']} {what}" if where else what]
        if self.value is not None:
            parts[0] += f" ({words['given']}{words['colon']} {self.value!r})"
        if allowed:
            parts.append(f"{words['allowed']}{words['colon']} {allowed}")
        if self.nearest:
            parts.append(words["nearest"].format(name=repr(self.nearest)))
        if remedy:
            parts.append(remedy)
        return " ".join(part if part.endswith(("?", ".")) else f"{part}." for part in parts)


class InputError(UserFacingError):
    """The user's input cannot be used; exit code 2."""

    exit_code = 2


class MachineError(UserFacingError):
    """The machine failed (disk full, no memory); exit code 1."""

    exit_code = 1
