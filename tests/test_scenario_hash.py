"""The fingerprint of a scenario moves with everything that moves results, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from lever_changes import change_that_acts
from scenario_files import HEAD, another_value

from entraide.model.parameters import Parameter, Value
from entraide.model.specification import Event
from entraide.scenarios.declarations import ALL, SERVICE
from entraide.scenarios.hashing import scenario_hash, specification_hash
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import find


def _moved(parameter: Parameter) -> tuple[str, dict[str, Value]]:
    """Return a scenario, and changes that move one parameter so that it acts."""
    if parameter.scope == "service":
        name, _, changes = change_that_acts(parameter.name)
        return name, changes
    scenario = load_scenario(name := "urban-reports")
    if parameter.name == "shared_tools":
        # Nothing is shared where one service only has a platform to pay.
        return "beside-or-articulated", {parameter.name: True, "network.platform_cost": 1000.0}
    if parameter.scope == "citizens":
        return name, {parameter.name: another_value(parameter, scenario.citizens[parameter.name])}
    value = scenario.services[0].administration_only[parameter.name]
    return name, {f"administration_only.{parameter.name}": another_value(parameter, value)}


@pytest.mark.slow
def test_every_parameter_moves_it() -> None:
    hashes = set()
    for name, parameter in ALL.items():
        scenario, changes = _moved(parameter)
        # What goes with a lever so that it acts is moved in both.
        alongside = {key: value for key, value in changes.items() if key.split(".")[-1] != name}
        before, after = (scenario_hash(load_scenario(scenario, made)) for made in (alongside, changes))
        assert before != after, name
        hashes.add(after)
    print(f"{len(ALL)} parameters, {len(hashes)} fingerprints")
    assert len(hashes) == len(ALL)


def test_a_lever_moved_by_a_change_differs_from_one_set_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + "[services.reports]\nfun = 1.5\n", encoding="utf-8")
    assert SERVICE["fun"].kind == "lever"
    assert scenario_hash(load_scenario(path)) != scenario_hash(load_scenario("urban-reports", {"fun": 1.5}))


def test_calendar_events_and_zones_move_it(tmp_path: Path) -> None:
    scenario = load_scenario("urban-reports")
    outage = Event("outage", 3)
    variants = [
        scenario,
        load_scenario("urban-reports", days=364),
        replace(scenario, start=scenario.start + timedelta(days=1)),
        replace(scenario, events=(outage,)),
        replace(scenario, events=(replace(outage, days=2),)),
        replace(scenario, events=(replace(outage, zones=("29019",)),)),
        replace(scenario, request=replace(scenario.request, communes=("29019", "29232"))),
        replace(scenario, request=replace(scenario.request, communes=("29019",))),
    ]
    zones = "code,name,population\nA,North,1000\nB,South,3000\n"
    for number, text in enumerate((zones, zones.replace("3000", "3001"), zones.replace("B,", "C,"))):
        (tmp_path / f"{number}.csv").write_text(text, encoding="utf-8")
        request = replace(scenario.request, communes=None, file=f"{number}.csv", base_folder=tmp_path)
        variants.append(replace(scenario, request=request))
    assert len({scenario_hash(each) for each in variants}) == len(variants)


def test_every_column_of_the_territory_moves_it() -> None:
    specification = load_scenario("urban-reports").specification()
    territory = specification.territory
    groups, zones = territory.groups, territory.zones
    arrays = ("population", "area_km2", "longitude", "latitude", "near")
    variants = [replace(territory, **{name: getattr(territory, name)[::-1].copy()}) for name in arrays]
    variants += [
        replace(territory, deprivation=np.linspace(0, 1, zones)),
        replace(territory, group_shares=np.tile(groups.share, (zones, 1))),
        replace(territory, codes=territory.codes[::-1]),
        replace(territory, intercommunality=territory.intercommunality[::-1]),
        replace(territory, department=("22", *territory.department[1:])),
    ]
    arrays = ("share", "can_contribute", "digital_exclusion", "devotion")
    changed = [replace(groups, **{name: getattr(groups, name)[::-1].copy()}) for name in arrays]
    changed.append(replace(groups, names=groups.names[::-1]))
    variants += [replace(territory, groups=each) for each in changed]
    hashes = {specification_hash(replace(specification, territory=each)) for each in (territory, *variants)}
    assert len(hashes) == len(variants) + 1


def test_texts_do_not_move_it(tmp_path: Path) -> None:
    path = tmp_path / "other-name.toml"
    text = HEAD + '[card.en]\ntitle = "Other"\nlimits = "Other limits."\n[card.fr]\nquestion = "Autre ?"\n'
    text += '[services.reports]\ntitle.fr = "Autre"\nadministration_only.source = "assumption: other"\n'
    path.write_text(text, encoding="utf-8")
    assert scenario_hash(load_scenario(path)) == scenario_hash(load_scenario("urban-reports"))


def test_names_of_zones_and_outlines_do_not_move_it() -> None:
    specification = load_scenario("urban-reports").specification()
    territory = specification.territory
    names = tuple(name.upper() for name in territory.names)
    renamed = replace(territory, title="Other", names=names, outline="")
    assert specification_hash(replace(specification, territory=renamed)) == specification_hash(specification)


def test_way_of_writing_does_not_move_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    written = []
    for settings in ("needs_rate = 50.0\nfun = 1.5\n", "fun = 15e-1\nneeds_rate = 50\n"):
        path.write_text(HEAD + "[services.reports]\n" + settings, encoding="utf-8")
        written.append(scenario_hash(load_scenario(path)))
    assert written[0] == written[1]


def test_value_that_is_said_again_does_not_move_it() -> None:
    changes: dict[str, Value] = {"fun": 1.0, "spare_minutes": 25, "administration_only.staff_lag": 5}
    assert scenario_hash(load_scenario("urban-reports", changes)) == scenario_hash(load_scenario("urban-reports"))


@pytest.mark.parametrize("name", ["urban-reports", "species-id"])
def test_it_looks_like_one(name: str) -> None:
    first = scenario_hash(load_scenario(name))
    assert len(first) == 64
    assert first == scenario_hash(load_scenario(find(name)))
    assert int(first, 16) >= 0
