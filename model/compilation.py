"""How kernels are compiled: strict floating point, no lock held, kept on disk under a key that cannot go stale."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import numba
import numpy as np

__all__ = ["cache_folder", "helper", "kernel"]


def _source_key() -> str:
    """Return a hash of every model source file, Numba's version and the processor.

    Numba watches only the file that holds a kernel; a helper changed in another file would leave a stale
    kernel behind, so the whole room is in the key.
    """
    digest = hashlib.sha256()
    room = Path(__file__).parent
    for path in sorted(room.rglob("*.py")):
        digest.update(path.relative_to(room).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(numba.__version__.encode())
    digest.update(platform.machine().encode())
    digest.update(numba.core.codegen.get_host_cpu_features().encode() if hasattr(numba.core, "codegen") else b"")
    return digest.hexdigest()[:16]


def _user_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "entraide"


def cache_folder() -> Path | None:
    """Return the folder that holds compiled kernels, or None where no folder can be written."""
    name = f"kernels-{_source_key()}"
    # A folder that the user names for kernels holds ours under the same key: it would go stale like any other.
    named = os.environ.get("NUMBA_CACHE_DIR")
    for base in (Path(named),) if named else (Path(__file__).parent / "__pycache__", _user_folder()):
        folder = base / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return None


_folder = cache_folder()
numba.config.CACHE_DIR = "" if _folder is None else str(_folder)
_CACHE = _folder is not None
_PLAIN = bool(numba.config.DISABLE_JIT)
if _PLAIN:
    # Compiled arithmetic wraps around and divides by zero without a word.
    np.seterr(all="ignore")


def _readable(value: Any) -> Any:
    """Return an argument whose fields plain Python can read by attribute, as compiled code does."""
    if isinstance(value, np.ndarray) and value.dtype.names and type(value) is np.ndarray:
        return value.view(np.recarray)
    if type(value) is np.void:
        return np.asarray(value).view(np.recarray)[()]
    return value


def _plain(function: Callable[..., Any]) -> Any:
    """Return a function as it is, for NUMBA_DISABLE_JIT=1: slow, the same bits, no compiling to wait for."""

    @wraps(function)
    def call(*arguments: Any) -> Any:
        return function(*map(_readable, arguments))

    call.py_func = function  # type: ignore[attr-defined]
    return call


def _compiled(function: Callable[..., Any]) -> Any:
    if _PLAIN:
        return _plain(function)
    return numba.njit(function, cache=_CACHE, nogil=True, error_model="numpy")


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that sweeps arrays: strict floats, no global lock held, cached on disk."""
    return _compiled(function)


def helper(function: Callable[..., Any]) -> Any:
    """Compile a scalar function that kernels call; its ``py_func`` is the same arithmetic in plain Python."""
    return _compiled(function)
