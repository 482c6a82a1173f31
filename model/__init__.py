"""The simulator: population, day, decision, production, administration and risks; needs numpy and numba only."""
