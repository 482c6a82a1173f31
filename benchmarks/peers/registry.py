"""Who is compared, what each needs, and whether it is there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from .c_loop import COMPILERS, compiler

__all__ = ["COMPILED", "INSTALL", "NUMPY", "PEERS", "Peer", "missing"]

INSTALL = "pip install 'entraide[peers]'"

NUMPY = "numpy"
COMPILED = "c"


@dataclass(frozen=True)
class Peer:
    """A tool in which the reduced rule is written.

    ``module`` of this folder holds its ``Model``; ``package`` is what it imports, "" where a compiler must be found.
    """

    title: str
    module: str
    package: str


PEERS = {
    "mesa": Peer("Mesa: objects", "mesa_agents", "mesa"),
    "polars": Peer("Polars: a frame", "polars_frame", "polars"),
    NUMPY: Peer("NumPy: arrays", "numpy_arrays", "numpy"),
    COMPILED: Peer("C: compiled loops", "c_loop", ""),
    "ours": Peer("Numba: a kernel of ours", "numba_kernel", "numba"),
}


def missing(name: str) -> str | None:
    """Return why a peer cannot run here, in one line; None if it can."""
    package = PEERS[name].package
    if package:
        return None if find_spec(package) else f"not run: {package} is not installed ({INSTALL})"
    return None if compiler() else f"not run: no C compiler was found ({', '.join(COMPILERS)})"
