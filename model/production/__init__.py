"""Production kinds: how contributions become delivered service.

The kinds are imported when they are asked for: reading a scenario file needs their parameters and compiles nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .kinds import PRODUCTION_KINDS

__all__ = ["PRODUCTION_KINDS"]


def __getattr__(name: str) -> object:
    if name != "PRODUCTION_KINDS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .kinds import PRODUCTION_KINDS

    return PRODUCTION_KINDS
