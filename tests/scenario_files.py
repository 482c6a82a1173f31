"""Small scenario files and changed values, for the tests of scenarios."""

from __future__ import annotations

from pathlib import Path

from entraide.model.parameters import Parameter, Value

__all__ = ["HEAD", "another_value", "write"]

# Beginning of a file that changes the default scenario.
HEAD = 'schema_version = 1\nbase = "urban-reports"\n'


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def another_value(parameter: Parameter, value: Value) -> Value:
    """Return an allowed value of a parameter that differs a little from ``value``."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        assert parameter.choices is not None
        return next(choice for choice in parameter.choices if choice != value)
    assert parameter.bounds is not None
    step = 1 if isinstance(value, int) else 0.001
    return value + step if value + step <= parameter.bounds[1] else value - step
