"""The laboratory: studies of many runs, their runner and their store."""
