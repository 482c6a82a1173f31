"""How many simulations a run makes."""

from __future__ import annotations

__all__ = ["MOST_REPLICATES", "USUAL_REPLICATES"]

# Unless the scenario or the user says otherwise.
USUAL_REPLICATES = 20
MOST_REPLICATES = 100_000
