"""Sums of whole numbers over a few zones or days, where NumPy takes longer to begin than to add."""

from __future__ import annotations

from .compilation import kernel

__all__ = ["total", "total_of_series"]


@kernel
def total(counts):
    """Return the sum of ``counts``, whole numbers of any width, as int64."""
    added = 0
    for z in range(counts.shape[0]):
        added += counts[z]
    return added


@kernel
def total_of_series(counts):
    """Return the sum of ``counts``, float64 that hold whole numbers, so that their order does not matter."""
    added = 0.0
    for t in range(counts.shape[0]):
        added += counts[t]
    return added
