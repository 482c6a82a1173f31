"""One rule, written with several tools as their users would: what a citizen-day costs there."""
