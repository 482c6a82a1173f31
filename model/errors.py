"""Errors that a user meets: what, where, the value, what is allowed, the nearest valid name, the next step."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["InputError", "MachineError", "UserFacingError", "nearest_name"]


def nearest_name(given: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed name that looks most like ``given``, or None when none does."""
    matches = get_close_matches(str(given), [str(name) for name in allowed], n=1, cutoff=0.5)
    return matches[0] if matches else None


class UserFacingError(Exception):
    """A failure told in one line, without a traceback. ``exit_code`` is what the command line returns.

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
        what: str,
        *,
        where: str = "",
        value: object = None,
        allowed: str = "",
        nearest: str | None = None,
        remedy: str = "",
    ) -> None:
        self.what, self.where, self.value = what, where, value
        self.allowed, self.nearest, self.remedy = allowed, nearest, remedy
        parts = [f"{where}: {what}" if where else what]
        if value is not None:
            parts[0] += f" (given: {value!r})"
        if allowed:
            parts.append(f"allowed: {allowed}")
        if nearest:
            parts.append(f"did you mean {nearest!r}?")
        if remedy:
            parts.append(remedy)
        super().__init__(" ".join(part if part.endswith(("?", ".")) else f"{part}." for part in parts))


class InputError(UserFacingError):
    """The user's input cannot be used; exit code 2."""

    exit_code = 2


class MachineError(UserFacingError):
    """The machine failed (disk full, no memory); exit code 1."""

    exit_code = 1
