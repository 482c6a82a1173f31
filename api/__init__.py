"""Entraide: test a participatory public service before deploying it.

This module stays light: importing any ``entraide.*`` package runs it first.
"""

from __future__ import annotations

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """Read the version from the installed distribution, the one place where it is written."""
    if name == "__version__":
        from importlib.metadata import version

        return version("entraide")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
