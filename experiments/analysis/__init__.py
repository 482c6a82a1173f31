"""The analysis of a study's runs: what differs, what matters, what breaks a design, what is worth knowing."""
