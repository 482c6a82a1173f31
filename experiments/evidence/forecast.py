"""The forecast check: predict the rest of a history from its first part, beside a standard and a naive forecast.

Nothing after the cut is used: arrivals to come are continued from those known, the same for all forecasters that need
them. The unit is the month of 30 days; contributions are tasks, active contributors are people with one or more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

from .forecast_bg_nbd import BgNbd, bg_nbd_forecast, fit_bg_nbd, summary_of
from .forecast_level import Forecaster, corrected
from .forecast_model import DRAWS, model_forecast
from .forecast_naive import future_arrivals, naive_forecast
from .forecast_scores import Scores, score
from .months import Cut, Months, cut_history
from .observations import History
from .own_fit import Simulate

__all__ = ["FORECASTERS", "QUANTITIES", "ForecastCheck", "check_forecast"]

# The model with its level corrected by the last known year, BG/NBD as published, what goes on as it was; then, to tell
# what the correction does, the model without it and BG/NBD with it.
FORECASTERS = ("model", "bg_nbd", "naive", "model_plain", "bg_nbd_level")
QUANTITIES = ("contributions", "active")
SIZE = 200


@dataclass(frozen=True)
class ForecastCheck:
    """What each forecaster said, and what happened.

    Attributes
    ----------
    cut : what was known, and what came after.
    forecasts : by forecaster, draws by month.
    scores : by forecaster and quantity.
    bg_nbd : the parameters fitted.
    """

    cut: Cut
    forecasts: Mapping[str, Months]
    scores: Mapping[str, Mapping[str, Scores]]
    bg_nbd: BgNbd | None

    def skill(self, forecaster: str, quantity: str, *, total: bool = False, against: str = "naive") -> float:
        """Return by how much a forecaster's CRPS is lower than another's, as a share: 0 as good, 1 perfect."""
        own, other = self.scores[forecaster][quantity], self.scores[against][quantity]
        mine, theirs = (own.total_crps, other.total_crps) if total else (own.crps, other.crps)
        return 1.0 - mine / theirs if theirs > 0.0 else float("nan")


def check_forecast(
    history: History,
    fit: Callable[[History], tuple[Sequence[Mapping[str, Value]], NDArray[np.float64], Simulate]],
    *,
    share: float = 2.0 / 3.0,
    size: int = SIZE,
    seed: int = 0,
    parameter_draws: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> ForecastCheck:
    """Fit on the first part of a history and forecast the rest.

    Parameters
    ----------
    fit : from what was known at the cut to draws, weights and what simulates them.
    share : how much of the time is known.
    size : draws of each forecast.
    parameter_draws : draws of parameters behind those of the model.

    Raises
    ------
    InputError : the history is too small.
    """
    cut = cut_history(history, share)
    generators = np.random.default_rng(seed).spawn(6)
    arrivals = future_arrivals(cut.known, cut.months, size, generators[0])
    draws, weights, simulate = fit(cut.known)
    forecasters: dict[str, Forecaster] = {
        "model": partial(
            model_forecast,
            draws=draws,
            weights=weights,
            simulate=simulate,
            parameter_draws=parameter_draws,
            progress=progress,
        )
    }
    try:
        parameters = fit_bg_nbd(*summary_of(cut.known))
        forecasters["bg_nbd"] = partial(bg_nbd_forecast, parameters=parameters)
    except ValueError:
        # Some histories have no greatest likelihood: the others still stand beside each other.
        parameters = None
    plain = {
        name: forecaster(cut.known, arrivals, cut.months, generator)
        for (name, forecaster), generator in zip(forecasters.items(), generators[1:3], strict=False)
    }
    level = {
        name: corrected(forecasters[name], cut.known, forecast, generator)
        for (name, forecast), generator in zip(plain.items(), generators[3:5], strict=False)
    }
    forecasts = {
        "model": level["model"],
        **({"bg_nbd": plain["bg_nbd"], "bg_nbd_level": level["bg_nbd"]} if "bg_nbd" in plain else {}),
        "naive": naive_forecast(cut.known, cut.months, size, generators[5]),
        "model_plain": plain["model"],
    }
    scores = {
        name: {quantity: score(getattr(forecast, quantity), getattr(cut.after, quantity)[0]) for quantity in QUANTITIES}
        for name, forecast in forecasts.items()
    }
    return ForecastCheck(cut, forecasts, scores, parameters)
