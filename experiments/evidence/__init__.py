"""Evidence: the model against data on real contributions, observed and simulated figures computed by the same code."""

# Each registers its metrics when imported; here, so that whoever looks one up finds them all.
from . import (
    metrics_areas,
    metrics_game,
    metrics_histories,
    metrics_launch,
    metrics_population,
    metrics_prices,
    metrics_requests,
    metrics_returns,
    metrics_votes,
)

__all__ = [
    "metrics_areas",
    "metrics_game",
    "metrics_histories",
    "metrics_launch",
    "metrics_population",
    "metrics_prices",
    "metrics_requests",
    "metrics_returns",
    "metrics_votes",
]
