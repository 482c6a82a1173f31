"""Scenarios are loaded as written: precedence, bases, events, places and versions."""

from __future__ import annotations

import dataclasses
import os
import pickle
from datetime import date
from pathlib import Path

import pytest
from scenario_files import HEAD, write

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.scenarios.catalogue import check
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import MIGRATIONS, migrate
from entraide.scenarios.schema import CURRENT_SCHEMA_VERSION

VERSIONS = Path(__file__).parent / "scenario_versions"


def service_value(path: Path, key: str, changes: dict[str, Value] | None = None) -> Value:
    return load_scenario(path, changes).services[0].parameters[key]


# Loading


@pytest.mark.parametrize("name", ["urban-reports", "species-id"])
def test_every_parameter_has_a_value(name: str) -> None:
    scenario = check(name)
    specification = scenario.specification()
    assert set(specification.citizens) == set(CITIZENS)
    for service in specification.services:
        assert set(service.parameters) == set(service.reference) == set(SERVICE)
        assert set(service.administration_only) == set(ADMINISTRATION_ONLY)
        assert dict(service.parameters) == dict(service.reference), "nothing was changed"
        for key, parameter in SERVICE.items():
            assert type(service.parameters[key]) is type(parameter.default), key
    assert specification.territory.zones == 277
    assert (specification.start, specification.days) == (date(2025, 1, 1), 365)
    assert specification.name == name


def test_default_scenario_is_the_one_promised() -> None:
    scenario = load_scenario("urban-reports")
    (service,) = scenario.services
    assert service.kind == "report-and-repair"
    assert service.parameters["minutes_per_task"] == 3.0
    assert scenario.request.communes == "department:29"
    (photographs,) = load_scenario("species-id").services
    assert photographs.kind == "queue"
    assert photographs.parameters["pooled"] is True
    assert photographs.parameters["answers_per_task"] == 5
    assert photographs.parameters["minutes_per_task"] == 0.3


def test_precedence_step_by_step(tmp_path: Path) -> None:
    key = "session_tasks"
    text = HEAD + '[services.reports]\nclass = "online-micro-task"\n'
    assert SERVICE["fun"].default == service_value(write(tmp_path, text), "fun") == 1.0
    assert SERVICE[key].default == 0.18
    of_the_class = SERVICE_CLASSES["online-micro-task"][key]
    assert of_the_class != SERVICE[key].default
    assert service_value(write(tmp_path, text), key) == of_the_class, "the class is above the default"
    base = write(tmp_path, text + f"{key} = 20.0\n", "base.toml")
    assert service_value(base, key) == 20.0, "the file is above the class"
    child = 'schema_version = 1\nbase = "base.toml"\n[services.reports]\n'
    assert service_value(write(tmp_path, child + "fun = 1.1\n"), key) == 20.0, "the base holds"
    reclassed = write(tmp_path, child + 'class = "hands-on"\n')
    assert service_value(reclassed, key) == 20.0, "the base is above the class, even a new one"
    assert service_value(reclassed, "by_appointment") is True
    path = write(tmp_path, child + f"{key} = 25.0\n")
    assert service_value(path, key) == 25.0, "the file is above its base"
    assert service_value(path, key, {key: 30}) == 30.0, "a change is above all"


def test_tables_merge_and_lists_are_replaced(tmp_path: Path) -> None:
    event = '[[events]]\nkind = "outage"\ndate = 2025-02-01\n'
    write(tmp_path, HEAD + "[time]\ndays = 100\n[citizens]\nspare_minutes = 30\n" + event, "base.toml")
    path = write(
        tmp_path,
        'schema_version = 1\nbase = "base.toml"\n[citizens]\nneed_share = 0.4\n[card.en]\ntitle = "Mine"\n' + event * 2,
    )
    scenario = load_scenario(path)
    assert scenario.days == 100
    assert (scenario.citizens["spare_minutes"], scenario.citizens["need_share"]) == (30.0, 0.4)
    assert len(scenario.events) == 2
    assert scenario.title["en"] == "Mine"
    assert scenario.title["fr"] == load_scenario("urban-reports").title["fr"]
    path = write(tmp_path, 'schema_version = 1\nbase = "base.toml"\nevents = []\n')
    assert load_scenario(path).events == ()


def test_text_is_kept_apart_from_its_padding(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + '[card.en]\nlimits = "\\n  Two words.  "\n')
    assert load_scenario(path).card["en"]["limits"] == "Two words."


def test_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "notepad.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert load_scenario(path).name == "notepad"


def test_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes((HEAD + '[card.fr]\ntitle = "Été"\n').encode("latin-1"))
    with pytest.raises(InputError, match="is not UTF-8 text") as caught:
        load_scenario(path)
    assert "Save the file with the encoding UTF-8" in str(caught.value)


def test_scenario_that_cannot_be_found_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"unknown scenario \(given: 'urban-report'\).*did you mean 'urban-reports'\?"):
        load_scenario("urban-report")
    with pytest.raises(InputError, match="no such scenario file"):
        load_scenario(tmp_path / "absent.toml")
    with pytest.raises(InputError, match=r"the name of the scenario is empty\. allowed: .*species-id.*urban-reports"):
        load_scenario("")
    with pytest.raises(InputError, match="is a folder"):
        load_scenario(tmp_path)


# Fixedness


def test_loaded_scenario_cannot_be_changed() -> None:
    scenario = load_scenario("urban-reports")
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.days = 3  # type: ignore[misc]
    for values in (scenario.citizens, scenario.services[0].parameters, scenario.card, scenario.tables["services"]):
        with pytest.raises(TypeError, match=r"Load it again with changes"):
            values["fun"] = 2.0  # type: ignore[index]
    with pytest.raises(TypeError, match="Load it again"):
        del scenario.citizens["spare_minutes"]  # type: ignore[attr-defined]


def test_scenario_travels_between_processes() -> None:
    scenario = load_scenario("urban-reports", {"fun": 1.5})
    copy = pickle.loads(pickle.dumps(scenario))
    assert copy == scenario
    assert scenario_hash(copy) == scenario_hash(scenario)
    specification = pickle.loads(pickle.dumps(scenario.specification()))
    assert dict(specification.services[0].parameters) == dict(scenario.services[0].parameters)


# Calendar and events


def test_events_are_placed_on_the_calendar(tmp_path: Path) -> None:
    text = HEAD + "[time]\nstart = 2025-03-01\ndays = 60\n"
    text += '[[events]]\nkind = "trust_shock"\ndate = 2025-04-01\nsize = 0.5\nzones = ["29019"]\n'
    text += '[[events]]\nkind = "demand_surge"\ndate = 2025-03-01\ndays = 7\nsize = 3.0\nservices = ["reports"]\n'
    path = write(tmp_path, text)
    surge, shock = load_scenario(path).events
    assert (surge.kind, surge.day, surge.days, surge.size, surge.services, surge.zones) == (
        "demand_surge",
        0,
        7,
        3.0,
        ("reports",),
        (),
    )
    assert (shock.kind, shock.day, shock.days, shock.size, shock.zones) == ("trust_shock", 31, 1, 0.5, ("29019",))
    short = load_scenario(path, days=31)
    assert short.events == (surge,), "an event after the shortened end does not happen"
    assert short.specification().days == 31


@pytest.mark.parametrize("days", [0, -1, 1096, 2.5, True, "30"])
def test_number_of_days_is_checked(days: object) -> None:
    with pytest.raises(InputError, match=r"days: cannot be simulated .* allowed: 1 to 1095 days"):
        load_scenario("urban-reports", days=days)  # type: ignore[arg-type]


# Places


def test_zones_are_looked_up_beside_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town, elsewhere = tmp_path / "town", tmp_path / "elsewhere"
    town.mkdir()
    elsewhere.mkdir()
    write(town, "code,name,population\nA,North,1000\nB,South,3000\n", "zones.csv")
    write(town, HEAD + '[territory]\nfile = "zones.csv"\n', "town.toml")
    path = write(elsewhere, 'schema_version = 1\nbase = "../town/town.toml"\n')
    monkeypatch.chdir(elsewhere)
    scenario = check(path)
    assert scenario.territory().inhabitants == 4000
    before = scenario_hash(scenario)
    write(town, "code,name,population\nA,North,1000\nB,South,3001\n", "zones.csv")
    os.utime(town / "zones.csv", (1, 1))
    assert scenario.territory().inhabitants == 4001, "a file that was edited is read again"
    assert scenario_hash(scenario) != before


def test_fault_of_a_territory_names_the_scenario(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + '[territory]\ncommunes = "department:99"\n', "nowhere.toml")
    scenario = load_scenario(path)
    with pytest.raises(InputError, match=r"^nowhere\.toml: territory"):
        scenario.specification()


# Versions


def test_every_version_has_its_sample_and_its_step() -> None:
    assert sorted(MIGRATIONS) == list(range(1, CURRENT_SCHEMA_VERSION))
    samples = {path.stem for path in VERSIONS.glob("*.toml")}
    assert samples == {f"v{version}" for version in range(1, CURRENT_SCHEMA_VERSION + 1)}


def test_file_of_version_1_reads_as_it_did() -> None:
    scenario = check(VERSIONS / "v1.toml")
    (lamps,) = scenario.services
    assert scenario.territory().codes == ("29019", "29232")
    assert (scenario.start, scenario.days) == (date(2025, 1, 1), 30)
    assert (scenario.citizens["altruism_weight"], scenario.citizens["far_neighbours"]) == (0.3, 3)
    expected = {"norm_delay": 10, "reward_medium": "credit", "reward_rate": 4.0, "phone_offered": True}
    assert {key: lamps.parameters[key] for key in expected} == expected
    assert [(event.kind, event.day, event.days) for event in scenario.events] == [
        ("demand_surge", 4, 1),
        ("outage", 9, 3),
        ("trust_shock", 19, 1),
    ]


def test_older_tables_climb_the_ladder_step_by_step() -> None:
    ladder = {
        1: lambda tables: {**tables, "climbed": [1]},
        2: lambda tables: {**tables, "climbed": [*tables["climbed"], 2]},
    }
    assert migrate({"schema_version": 1}, 1, ladder, 3) == {"schema_version": 3, "climbed": [1, 2]}
    assert migrate({"schema_version": 2, "climbed": []}, 2, ladder, 3) == {"schema_version": 3, "climbed": [2]}
    assert migrate({"schema_version": 3}, 3, ladder, 3) == {"schema_version": 3}
