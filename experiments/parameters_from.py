"""Where a run takes the values of parameters from that nothing states: loaded by the command's options, hence light."""

from __future__ import annotations

__all__ = ["DEFAULT_PARAMETERS", "PARAMETERS"]

PARAMETERS = ("preset", "ensemble")
# The one switch: what a run takes when it is not told.
DEFAULT_PARAMETERS = "preset"
