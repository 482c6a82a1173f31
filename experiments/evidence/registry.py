"""What cases may name: loads every module that registers a harness; metrics come with the package."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .harness import HARNESSES, Harness
from .metrics import METRICS, Metric

__all__ = ["HARNESS_NAMES", "all_harnesses", "all_metrics"]

# Protocols that a case may name. One that is not registered leaves its cases not run, and says so.
HARNESS_NAMES = (
    "service",
    "cooperation-game",
    "mailing",
    "price-question",
    "votes",
    "population",
    "alert",
    "badge-question",
)


@cache
def _load() -> None:
    """Import the modules of this package that register a harness: a new one needs no line elsewhere."""
    package = import_module(__package__ or "")
    for module in iter_modules(package.__path__):
        if module.name.startswith("harness_"):
            import_module(f"{__package__}.{module.name}")


def all_harnesses() -> dict[str, Harness]:
    """Return the registered harnesses by name."""
    _load()
    return HARNESSES


def all_metrics() -> dict[str, Metric]:
    """Return the registered metrics by pattern."""
    _load()
    return METRICS
