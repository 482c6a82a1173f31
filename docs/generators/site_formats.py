"""File formats, from the declarations that the readers of these files use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_markdown import prose, table

from entraide.experiments.batch.outputs import RECORD_COLUMNS, output_columns
from entraide.experiments.batch.panel import PANEL_COLUMNS
from entraide.experiments.batch.study import load_study
from entraide.experiments.batch.study_schema import StudyTables
from entraide.experiments.evidence.own_columns import COLUMN_ROLES, REQUIRED_ROLES
from entraide.experiments.measure_descriptions import MEASURES
from entraide.scenarios.declarations import ALL
from entraide.scenarios.schema import scenario_json_schema
from entraide.scenarios.zone_columns import ACCEPTED, OPTIONAL_COLUMNS, REFUSED, REQUIRED_COLUMNS, plain

__all__ = ["contributions", "run_tables", "scenario_file", "store", "study_file", "zone_file"]

# Title of the part, definition of the schema.
_SCENARIO_PARTS = (
    ("The file", "Scenario"),
    ("`[card.en]` and `[card.fr]`", "LanguageCard"),
    ("`[territory]`", "Territory"),
    ("`[time]`", "Time"),
    ("`[run]`", "Run"),
    ("`[services.NAME]`, beside its parameters", "Service"),
    ("`[services.NAME.administration_only]`, beside its parameters", "AdministrationOnly"),
    ("`[[rows]]`, what the scenario shows of the model", "Row"),
    ("`[measures.NAME]`, its own measures", "Measure"),
)
_STUDY_PARTS = (("The file", "StudyTables"), ("`[outputs]`", "Outputs"))
_DESIGNS = ("Factorial", "OneAtATime", "LatinHypercube", "Sobol", "Morris")
_HEADS = ("Key", "Needed", "Takes", "What it is")


def scenario_file() -> str:
    """Return the tables of a scenario file and their keys; parameters have a page of their own."""
    definitions = scenario_json_schema()["$defs"]
    return "\n\n".join(_parts(_SCENARIO_PARTS, definitions, skipped=set(ALL)))


def study_file() -> str:
    """Return the tables of a study file and their keys, then the kinds of design."""
    schema = StudyTables.model_json_schema()
    definitions = {**schema["$defs"], "StudyTables": schema}
    designs = [(f"`[design]` of kind `{_kind(definitions[name])}`", name) for name in _DESIGNS]
    return "\n\n".join(_parts((*_STUDY_PARTS, *designs), definitions, skipped=set()))


def _kind(definition: Mapping[str, Any]) -> str:
    return str(definition["properties"]["kind"]["const"])


def _parts(parts: Any, definitions: Mapping[str, Any], skipped: set[str]) -> Iterator[str]:
    for title, name in parts:
        definition = definitions[name]
        yield f"**{title}.** {prose(definition.get('description', ''))}"
        rows = [
            (
                f"`{key}`",
                "yes" if key in definition.get("required", ()) else "no",
                _takes(shape),
                _meaning(shape, definitions),
            )
            for key, shape in definition["properties"].items()
            if key not in skipped
        ]
        yield table(_HEADS, rows)


def _meaning(shape: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """Return what a key is: its own words, else those of the table that it holds."""
    target = shape.get("$ref", shape.get("items", {}).get("$ref", "")).rpartition("/")[2]
    default = shape.get("default")
    told = prose(shape.get("description", "") or definitions.get(target, {}).get("description", ""))
    if default in (None, "") or isinstance(default, (list, dict)):
        return told
    written = str(default).lower() if isinstance(default, bool) else default
    return f"{told}{'.' if told and told[-1] not in '.!?' else ''} Default: `{written}`.".strip()


def _takes(shape: Mapping[str, Any]) -> str:
    """Say what a key takes, in the words of the file's language."""
    if "enum" in shape or "const" in shape:
        values = [shape["const"]] if "const" in shape else shape["enum"]
        return ", ".join(f"`{value}`" for value in values)
    if "anyOf" in shape or "oneOf" in shape:
        kinds = [_takes(each) for each in shape.get("anyOf", shape.get("oneOf")) if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in shape:
        return "texts in en and fr" if shape["$ref"].endswith("Words") else "a table"
    if shape.get("type") == "array":
        return f"a list of: {_takes(shape.get('items', {}))}"
    bounds = [shape.get(key) for key in ("minimum", "maximum")]
    bounds = [shape.get(key, bound) for key, bound in zip(("ge", "le"), bounds, strict=True)]
    reach = f", {bounds[0]} to {bounds[1]}" if None not in bounds else ""
    if shape.get("format") == "date":
        return "a date"
    words = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return words.get(shape.get("type", ""), "a table") + reach


def zone_file() -> str:
    """Return the columns of a file of zones, and the other names under which they are known."""
    others: dict[str, list[str]] = {}
    for spelling, name in ACCEPTED.items():
        if spelling != plain(name):
            others.setdefault(name, []).append(f"`{spelling}`")
    rows = [
        (f"`{name}`", "yes" if name in REQUIRED_COLUMNS else "no", ", ".join(others.get(name, [])))
        for name in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)
    ]
    told = ", ".join(f"`{name}` (write `{column}`)" for name, column in REFUSED.items())
    return (
        f"{table(('Column', 'Needed', 'Also read as'), rows)}\n\nRefused, since they may mean something else: {told}."
    )


def contributions() -> str:
    """Return the columns of a file of contributions, and the names by which they are found."""
    rows = [
        (f"`{role}`", "yes" if role in REQUIRED_ROLES else "no", ", ".join(f"`{name}`" for name in names))
        for role, names in COLUMN_ROLES.items()
    ]
    return table(("What it holds", "Needed", "Names that are recognised, the most telling first"), rows)


def run_tables() -> str:
    """Return the secondary measures of a run's table ``measures``."""
    rows = [
        (f"`{each.name}`", each.risk or "-", each.unit or "1", prose(each.label_en), prose(each.label_fr))
        for each in MEASURES
    ]
    return table(("Measure", "Risk", "Unit", "Meaning", "En français"), rows)


def store() -> str:
    """Return the columns of ``runs.parquet`` of one study of the package, and those of a panel."""
    columns = (*RECORD_COLUMNS, *output_columns(load_study("first-levers")))
    whole = table(("Column", "Unit", "Meaning"), ((f"`{c.name}`", c.unit, prose(c.description)) for c in columns))
    panel = table(
        ("Column", "Unit", "Meaning"),
        ((f"`{name}`", unit, prose(meaning)) for name, (_, unit, meaning) in PANEL_COLUMNS.items()),
    )
    return f"{whole}\n\nColumns of `panel.parquet`, where `outputs.panel` asks for one:\n\n{panel}"
