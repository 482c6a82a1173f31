"""How good a forecast was: proper scores, which nobody can better by saying something else than what they believe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["QUANTILES", "Scores", "crps", "pinball", "score"]

QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Scores:
    """Scores of one quantity.

    Attributes
    ----------
    crps : mean over months of the continuous ranked probability score, in the quantity's unit; lower is better.
    pinball : mean over months of the quantile scores at 10, 50 and 90 %, averaged; lower is better.
    coverage : share of months in which the interval from 10 to 90 % holds what happened; .8 is right.
    total_crps, total_pinball : of the whole time.
    total_low, total_median, total_high : 10, 50 and 90 % of the forecast of the whole time.
    total_covered : whether they hold what happened.
    """

    crps: float
    pinball: float
    coverage: float
    total_crps: float
    total_pinball: float
    total_low: float
    total_median: float
    total_high: float
    total_covered: bool


def crps(draws: NDArray[np.float64], happened: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the score of each column: mean distance to what happened less half the mean distance between draws.

    Shapes: ``draws`` [draws, n], ``happened`` [n]; float64[n]. Source: Gneiting & Raftery 2007, equation 21.
    """
    import scoringrules

    return np.asarray(scoringrules.crps_ensemble(happened, np.sort(draws, axis=0), m_axis=0, estimator="nrg"))


def pinball(draws: NDArray[np.float64], happened: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by column the quantile score at 10, 50 and 90 %, averaged."""
    import scoringrules

    each = [scoringrules.quantile_score(happened, np.quantile(draws, level, axis=0), level) for level in QUANTILES]
    return np.asarray(np.mean(each, axis=0))


def score(draws: NDArray[np.float64], happened: NDArray[np.float64]) -> Scores:
    """Score a forecast; the last column is the whole.

    Shapes: ``draws`` [draws, months + 1], ``happened`` [months + 1].
    """
    low, middle, high = np.quantile(draws, QUANTILES, axis=0)
    inside = (low <= happened) & (happened <= high)
    ranked, quantile = crps(draws, happened), pinball(draws, happened)
    return Scores(
        crps=float(ranked[:-1].mean()),
        pinball=float(quantile[:-1].mean()),
        coverage=float(inside[:-1].mean()),
        total_crps=float(ranked[-1]),
        total_pinball=float(quantile[-1]),
        total_low=float(low[-1]),
        total_median=float(middle[-1]),
        total_high=float(high[-1]),
        total_covered=bool(inside[-1]),
    )
