"""The shape of a scenario file, as JSON Schema and as the loader checks it, is the declarations' and nobody else's."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from entraide.model import production
from entraide.model.errors import InputError
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.parameters import Parameter
from entraide.model.production.contract import ProductionKind
from entraide.scenarios import schema
from entraide.scenarios.catalogue import list_scenarios, new_scenario
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, ALL, CITIZENS, SERVICE
from entraide.scenarios.schema import EVENT_TABLES, PRODUCTION_KINDS, scenario_json_schema

TESTS = Path(__file__).parent
VALIDATOR = jsonschema.Draft202012Validator(scenario_json_schema())
# Faults of shape, which an editor that knows the JSON Schema can underline.
SHAPE = ("key-", "type-", "bounds-", "choice-", "card-", "service-", "class-", "services-", "territory-twice")
BAD = [path for path in sorted((TESTS / "bad_scenarios").glob("*.toml")) if path.name.startswith(SHAPE)]
# The schema sees one file: what a base may supply cannot be missing, and blanks are text.
BEYOND = (
    "card-section-empty",
    "service-name-reserved",
    "service-source-empty",
    "service-source-in-one-language",
    "service-title-in-one-language",
    "service-without-comparison",
    "service-without-source",
)


def as_json(value: Any) -> Any:
    """Return TOML tables as JSON has them: dates are text."""
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def read(path: Path) -> Any:
    return as_json(tomllib.loads(path.read_text(encoding="utf-8")))


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_json_schema())


@pytest.mark.parametrize("summary", list_scenarios(), ids=lambda summary: summary.name)
def test_shipped_scenarios_obey_it(summary: Any) -> None:
    VALIDATOR.validate(read(summary.path))


def test_samples_and_starters_obey_it(tmp_path: Path) -> None:
    VALIDATOR.validate(read(new_scenario("mine", tmp_path)))
    VALIDATOR.validate(read(TESTS / "scenario_versions" / "v1.toml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_files_of_a_bad_shape_do_not(path: Path) -> None:
    assert VALIDATOR.is_valid(read(path)) == (path.stem in BEYOND)


def test_there_are_files_of_a_bad_shape() -> None:
    assert len(BAD) >= 30


def test_a_complete_file_and_a_patch_are_judged_apart() -> None:
    patch = {"schema_version": 1, "base": "urban-reports", "services": {"reports": {"fun": 1.5}}}
    VALIDATOR.validate(patch)
    assert not VALIDATOR.is_valid({key: value for key, value in patch.items() if key != "base"})
    assert not VALIDATOR.is_valid({"base": "urban-reports"})


def test_every_parameter_is_in_it_with_its_words_and_bounds() -> None:
    definitions = scenario_json_schema()["$defs"]
    for table, parameters in (
        ("Citizens", CITIZENS),
        ("Service", SERVICE),
        ("AdministrationOnly", ADMINISTRATION_ONLY),
    ):
        properties = definitions[table]["properties"]
        others = {"Service": {"kind", "class", "title", "administration_only"}, "AdministrationOnly": {"source"}}
        assert set(properties) == set(parameters) | others.get(table, set())
        for name, parameter in parameters.items():
            field = properties[name]
            assert field["title"] == parameter.label_en
            assert field["title_fr"] == parameter.label_fr
            assert field["description"] == parameter.help_en
            assert field["unit"] == parameter.unit
            assert field["default"] == parameter.default
            if parameter.bounds is not None:
                assert (field["minimum"], field["maximum"]) == parameter.bounds


def test_kinds_are_those_of_the_model() -> None:
    for module in pkgutil.iter_modules(production.__path__):
        importlib.import_module(f"{production.__name__}.{module.name}")
    assert set(PRODUCTION_KINDS) == {kind.name for kind in ProductionKind.__subclasses__()}
    assert {table.model_json_schema()["properties"]["kind"]["const"] for table in EVENT_TABLES} == {
        kind.name for kind in EVENT_KINDS
    }


VALUES = st.one_of(
    st.booleans(),
    st.none(),
    st.text(max_size=6),
    st.sampled_from(["none", "cash", "majority", "5 min", "0,5", "3"]),
    st.integers(),
    st.integers(-3, 500),
    st.floats(),
    st.floats(0, 1),
    st.lists(st.integers(), max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(value=VALUES, parameter=st.sampled_from(list(ALL.values())))
def test_the_schema_accepts_what_the_declaration_accepts(value: object, parameter: Parameter) -> None:
    table = {"citizens": schema.Citizens, "service": schema.Service, "administration_only": schema.AdministrationOnly}
    complete = {
        "citizens": {},
        "service": {
            "kind": "queue",
            "class": "hands-on",
            "title": {"en": "T", "fr": "T"},
            "administration_only": {"source": "assumption: none"},
        },
        "administration_only": {"source": "assumption: none"},
    }
    try:
        parameter.check(value)
        declared = True
    except (InputError, OverflowError):
        declared = False
    try:
        table[parameter.scope].model_validate({**complete[parameter.scope], parameter.name: value})
        accepted = True
    except ValidationError:
        accepted = False
    assert accepted == declared
