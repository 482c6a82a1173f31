"""Evidence: the model against data on real contributions, observed and simulated figures computed by the same code."""
