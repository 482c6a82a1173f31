"""One finished replicate on disk: every array of its outcome, so that it is read back with the same bits."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.records import Outcome

from .files import write_whole

__all__ = ["load_replicate", "save_replicate", "without_heavy_parts"]

FORMAT = 1


def without_heavy_parts(outcome: Outcome) -> Outcome:
    """Return an outcome without what grows with contributions; it stays on disk."""
    return replace(outcome, log=None)


def save_replicate(outcome: Outcome, path: Path) -> Path:
    """Write an outcome, but for daily accounts by zone, which have files of their own.

    Raises
    ------
    MachineError : it cannot be written; nothing of it is left behind.
    """
    arrays = dict(_arrays(outcome))

    def write(target: Path) -> None:
        with target.open("wb") as stream:
            np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]

    return write_whole(path, write)


def _arrays(outcome: Outcome) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "format", np.array([FORMAT, outcome.replicate])
    for part in ("daily", "zone_year", "zone_month", "groups", "totals", "log"):
        held: Mapping[str, Any] | None = getattr(outcome, part)
        if held is not None:
            yield f"{part}:", np.array(len(held))
            for name, values in held.items():
                yield f"{part}:{name}", np.asarray(values)
    yield "lorenz", outcome.lorenz
    yield "motives", outcome.motives
    for service, counts in enumerate(outcome.contribution_counts):
        # Counts are sorted and repeat: their distinct values say the same in a hundredth of the room.
        distinct, times = np.unique(counts, return_counts=True)
        yield f"counts:{service}", np.stack([distinct.astype(np.int64), times.astype(np.int64)])


def load_replicate(path: Path, *, heavy: bool = False) -> Outcome | None:
    """Read an outcome; None where the file is missing or damaged (the replicate is then to be run again).

    ``heavy`` also reads the contribution log, where it was kept.
    """
    parts = ("daily", "zone_year", "zone_month", "groups", "totals") + (("log",) if heavy else ())
    try:
        with np.load(path, allow_pickle=False) as held:
            version, replicate = (int(value) for value in held["format"])
            if version != FORMAT:
                return None
            mappings: dict[str, dict[str, Any] | None] = {
                part: {name.partition(":")[2]: held[name] for name in held.files if name.startswith(f"{part}:")}
                if f"{part}:" in held.files
                else None
                for part in parts
            }
            for mapping in mappings.values():
                if mapping is not None:
                    mapping.pop("")
            totals = {name: int(value) for name, value in (mappings.pop("totals") or {}).items()}
            services = sum(name.startswith("counts:") for name in held.files)
            return Outcome(
                replicate=replicate,
                totals=totals,
                lorenz=held["lorenz"],
                motives=held["motives"],
                contribution_counts=tuple(np.repeat(*held[f"counts:{service}"]) for service in range(services)),
                **mappings,  # type: ignore[arg-type]
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
