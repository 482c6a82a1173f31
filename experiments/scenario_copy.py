"""A copy of a scenario that stands by itself in a run's folder: one file without a base, with its zones beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from entraide.model.parameters import Value
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario

from .files import storage_fault, write_text

__all__ = ["SCENARIO_FILE", "load_copy", "toml_text", "write_copy"]

SCENARIO_FILE = "scenario.toml"
_ZONES, _OUTLINE = "zones.csv", "outline.geojson"


def write_copy(scenario: Scenario, folder: Path, *, with_changes: bool = False) -> Path:
    """Write the scenario as it was before changes, with its own zone files.

    A lever's effect is told against the values before changes, so a file that held the changed values in their place
    would be another scenario: they stand in a table of their own, or are kept apart.

    Parameters
    ----------
    with_changes : whether the file also moves what is moved in the scenario.

    Raises
    ------
    MachineError : it cannot be written.
    """
    tables = {key: _plain(value) for key, value in scenario.tables.items()}
    # What tests measure is no part of a run.
    tables.pop("rows", None)
    tables.pop("changes", None)
    if with_changes and scenario.changes:
        tables["changes"] = _plain(scenario.changes)
    # The territory that was run, which need not be that of the file.
    request = scenario.request
    tables["territory"] = {} if request.communes is None else {"communes": _plain(request.communes)}
    if scenario.card_written_for:
        tables["territory"]["card_written_for"] = scenario.card_written_for
    for key, written, own in (("file", request.file, _ZONES), ("outline", request.outline, _OUTLINE)):
        if written:
            try:
                shutil.copyfile(request.base_folder / written, folder / own)
            except OSError as error:
                raise storage_fault(error, folder / own) from None
            tables["territory"][key] = own
    kept = "with what was moved in [changes]" if "changes" in tables else "before changes"
    text = f"# Copy of the scenario that was run, its bases included, {kept}.\n" + toml_text(tables)
    return write_text(folder / SCENARIO_FILE, text)


def load_copy(folder: Path, name: str, changes: Mapping[str, Value], days: int) -> Scenario:
    """Load the copy back under the name of the original.

    Raises
    ------
    InputError : the file is missing or was altered into something that cannot be used.
    """
    return replace(load_scenario(folder / SCENARIO_FILE, changes, days), name=name)


def _plain(value: Any) -> Any:
    """Return a value in Python's own mappings and lists."""
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(below) for below in value]
    return value


def toml_text(tables: Mapping[str, Any]) -> str:
    """Return nested tables as TOML."""
    return "\n".join(_table(tables, ())) + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    below = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lists = {key: value for key, value in table.items() if _is_list_of_tables(value)}
    for key, value in table.items():
        if key not in below and key not in lists:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in below.items():
        yield from ("", f"[{'.'.join(map(_key, (*path, key)))}]")
        yield from _table(value, (*path, key))
    for key, entries in lists.items():
        for entry in entries:
            yield from ("", f"[[{'.'.join(map(_key, (*path, key)))}]]")
            yield from _table(entry, (*path, key))


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else json.dumps(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # A basic string of TOML escapes as JSON does, but for the delete character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(_value(entry) for entry in value)}]"
    return value.isoformat() if isinstance(value, date) else repr(value)
