"""How many simulations would do, in numbers that can be chosen: a page offers a few, and no other is named."""

from __future__ import annotations

from entraide.experiments.results import FEWEST_FOR_PROBABILITY

__all__ = ["OFFERED", "for_a_probability", "that_would_tell"]

# What pages offer; the command takes any number, and these too.
OFFERED = (4, 20, 100)


def for_a_probability() -> int:
    """Return the fewest simulations offered of which a probability is told."""
    return min(number for number in OFFERED if number >= FEWEST_FOR_PROBABILITY)


def that_would_tell(pairs: int) -> int:
    """Return the fewest offered that are at least so many; beyond them, the number rounded up to two figures.

    A number of pairs that would tell rests on the difference seen, which is itself uncertain: rounding up is safe.
    """
    offered = [number for number in OFFERED if number >= max(pairs, FEWEST_FOR_PROBABILITY)]
    if offered:
        return offered[0]
    scale: int = 10 ** max(0, len(str(pairs)) - 2)
    return -(-pairs // scale) * scale
