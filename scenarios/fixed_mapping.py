"""A mapping that refuses to be changed, says what to do instead, and travels between processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

__all__ = ["FixedMapping", "fixed"]

V = TypeVar("V")


class FixedMapping(Mapping[str, V]):
    """Read-only values by name, in the order given."""

    __slots__ = ("_values",)
    _values: dict[str, V]

    def __init__(self, values: Mapping[str, V]) -> None:
        object.__setattr__(self, "_values", dict(values))

    def __getitem__(self, key: str) -> V:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"FixedMapping({self._values!r})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        self._refuse(name)

    def __setitem__(self, key: str, value: object) -> NoReturn:
        self._refuse(key)

    def __delitem__(self, key: str) -> NoReturn:
        self._refuse(key)

    def __reduce__(self) -> tuple[Any, ...]:
        return FixedMapping, (dict(self._values),)

    @staticmethod
    def _refuse(key: str) -> NoReturn:
        raise TypeError(
            f"cannot change {key!r}: a loaded scenario is fixed. "
            "Load it again with changes, e.g. load_scenario(name, changes={'acknowledgement_rate': 0.9})."
        )


def fixed(value: Any) -> Any:
    """Return ``value`` with every table in it fixed and every list a tuple."""
    if isinstance(value, Mapping):
        return FixedMapping({str(key): fixed(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(fixed(item) for item in value)
    return value
