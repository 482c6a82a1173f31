"""How often a run keeps its unfinished replicates: loaded by the command's options, hence light."""

from __future__ import annotations

from entraide.model.errors import InputError

__all__ = ["DEFAULT_SNAPSHOT_MINUTES", "MOST_SNAPSHOT_MINUTES", "check_snapshot_minutes"]

DEFAULT_SNAPSHOT_MINUTES = 10.0
MOST_SNAPSHOT_MINUTES = 10_080


def check_snapshot_minutes(minutes: object) -> None:
    """Refuse a time between snapshots that cannot be used.

    Raises
    ------
    InputError : not a number, or out of bounds.
    """
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 <= minutes <= MOST_SNAPSHOT_MINUTES:
        raise InputError(
            {"en": "cannot be used", "fr": "valeur impossible"},
            where="--snapshot-minutes",
            value=minutes,
            allowed={
                "en": f"0 (never), or minutes up to {MOST_SNAPSHOT_MINUTES} (a week)",
                "fr": f"0 (jamais), ou des minutes, jusqu'à {MOST_SNAPSHOT_MINUTES} (une semaine)",
            },
            remedy={
                "en": f"{DEFAULT_SNAPSHOT_MINUTES:.0f} suits most runs",
                "fr": f"{DEFAULT_SNAPSHOT_MINUTES:.0f} convient presque toujours",
            },
        )
