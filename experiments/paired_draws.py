"""Pairs of replicates whose parameters are drawn: those of one draw are alike, and count for less than their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .draws import draws_taken
from .variance_components import components_of, effective_number

__all__ = ["PairedDraws", "mean_by_draw", "paired_draws"]


@dataclass(frozen=True)
class PairedDraws:
    """The draws of pairs.

    Attributes
    ----------
    numbers : int64[pairs], the draw of each.
    most : draws that there are.
    share : of the spread of the differences that lies between draws, 0-1; None where nothing tells.
    """

    numbers: NDArray[np.int64]
    most: int
    share: float | None

    @property
    def effective(self) -> float:
        """Pairs that are not alike and tell as much; where nothing tells how alike they are, each draw counts once."""
        counts = np.unique(self.numbers, return_counts=True)[1].astype(np.float64)
        return effective_number(counts, 1.0 if self.share is None else self.share)

    def count(self, pairs: int) -> int:
        """Return how many draws so many pairs would take."""
        return min(draws_taken(pairs), self.most)

    def effective_of(self, pairs: int) -> float:
        """Return to how many that are not alike so many pairs would come."""
        draws = self.count(pairs)
        return effective_number(np.full(draws, pairs / draws), 1.0 if self.share is None else self.share)


def paired_draws(
    differences: NDArray[np.float64], numbers: NDArray[np.int64] | None, most: int, behind: NDArray[np.float64] | None
) -> PairedDraws | None:
    """Return the draws of pairs; None where all have the same parameters, or each a draw of its own.

    Parameters
    ----------
    differences : float64[pairs], candidate minus baseline, no NaN.
    numbers : int64[pairs], the draw of each; None without draws.
    behind : differences of the margin behind an event, which still vary where the event does not; NaN without a value.
    """
    if numbers is None or len(np.unique(numbers)) == len(numbers):
        return None
    found = (components_of(series, numbers) for series in (differences, behind) if series is not None)
    shares = (each.share for each in found if each is not None and each.share is not None)
    return PairedDraws(numbers, most, next(shares, None))


def mean_by_draw(values: NDArray[np.float64], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean of each draw, float64[draws]."""
    _, places = np.unique(numbers, return_inverse=True)
    means: NDArray[np.float64] = np.bincount(places, values) / np.bincount(places)
    return means
