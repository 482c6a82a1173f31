"""By which random numbers a service meets people's attention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .production.contract import ProductionKind
from .random_numbers import Stream

__all__ = ["attention_keys"]


def attention_keys(kinds: Sequence[ProductionKind], services: Any, keys: NDArray[np.uint32]) -> list[np.uint32]:
    """Return by service the key of the draw by which it meets people's attention.

    An initiative that needs prompt meets people by the very needs of the first public service: one defect prompts for
    both, and who knows both chooses.

    Parameters
    ----------
    kinds : production kind of each service. ``services``: their records.
    keys : uint32[streams, services].
    """
    public = next((j for j, kind in enumerate(kinds) if kind.public), None)
    meets = [
        public if public is not None and not kind.public and services[j]["need_prompted"] > 0.0 else j
        for j, kind in enumerate(kinds)
    ]
    return [keys[Stream.ATTENTION, j] for j in meets]
