"""The command that compares two designs on the same random numbers."""

from __future__ import annotations

from pathlib import Path

__all__ = ["COMPARISON_FILE"]

COMPARISON_FILE = "comparison.json"


def resume_comparison(folder: Path, threads: int | None, language: str, as_json: bool) -> None:
    raise SystemExit(1)
