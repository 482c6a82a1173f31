"""Runs, comparisons and their results."""
