"""Where a run takes the values of parameters from that nothing states: loaded by the command's options, hence light."""

from __future__ import annotations

__all__ = ["DEFAULT_PARAMETERS", "PARAMETERS", "parameters_from"]

PARAMETERS = ("preset", "ensemble")
# The one switch: what a run takes when it is not told.
DEFAULT_PARAMETERS = "ensemble"


def parameters_from(draws: object | None) -> str:
    """Return which of PARAMETERS was taken: the preset where there are no draws; draws may be of no class at all."""
    return "preset" if draws is None else "ensemble"
