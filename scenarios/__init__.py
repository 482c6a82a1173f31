"""Scenario files, their schema and their territories."""
