"""Whether a first start lies ahead: the simulator's kernels are compiled once for each version and machine."""

from __future__ import annotations

from pathlib import Path

import numba

# Importing it sets the folder that Numba keeps compiled kernels in.
from entraide.model import compilation

__all__ = ["kernel_folder", "kernels_are_compiled"]


def kernel_folder() -> Path | None:
    """Return the folder that keeps compiled kernels; None where none can be written."""
    folder = str(numba.config.CACHE_DIR) or compilation.cache_folder()
    return Path(folder) if folder else None


def kernels_are_compiled() -> bool:
    """Tell whether an earlier start left compiled kernels of this version."""
    folder = kernel_folder()
    return folder is not None and any(folder.rglob("*.nbi"))
