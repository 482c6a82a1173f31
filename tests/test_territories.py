"""Real places have their real figures, their neighbours and their names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.model.errors import InputError
from entraide.model.territory import Territory
from entraide.scenarios.communes import commune_table
from entraide.scenarios.nearest import NEIGHBOURS, nearest_zones
from entraide.scenarios.territories import find_territories, load_territory, territory_title


def _index(territory: Territory, name: str) -> int:
    return territory.names.index(name)


def _neighbours(territory: Territory, name: str) -> list[str]:
    return [territory.names[zone] for zone in territory.near[_index(territory, name)]]


# --- real places


def test_finistere_has_its_277_communes() -> None:
    territory = load_territory("department:29")
    print(territory.title, territory.inhabitants)
    assert territory.zones == 277
    assert territory.inhabitants == 933_455
    assert territory.population[_index(territory, "Brest")] == 142_346
    assert territory.codes[_index(territory, "Brest")] == "29019"
    assert set(territory.department) == {"29"}
    assert territory.deprivation is None
    assert territory.group_shares is None
    assert len(territory.groups.names) == 21


def test_france_has_every_inhabited_commune_once() -> None:
    territory = load_territory("all")
    print(territory.title, territory.inhabitants)
    # 34,963 communes have a population figure; six destroyed villages of the Meuse have the figure 0.
    assert territory.zones == 34_963 - 6
    assert territory.inhabitants == 68_952_941
    assert territory.population.min() >= 1
    assert len(set(territory.codes)) == territory.zones
    assert list(territory.codes) == sorted(territory.codes)
    assert territory.codes[0] == "01001"
    assert territory.near.shape == (territory.zones, NEIGHBOURS)
    assert territory.near.dtype == np.int32


def test_communes_without_inhabitants_are_named_and_left_out() -> None:
    uninhabited = commune_table().uninhabited
    print(dict(uninhabited))
    assert len(uninhabited) == 12
    assert uninhabited["55039"] == "Beaumont-en-Verdunois"
    assert uninhabited["98901"] == "Île de Clipperton"


@pytest.mark.parametrize(
    ("communes", "zones", "english", "french"),
    [
        ("region:53", 1202, "Bretagne (1,202 communes)", "Bretagne (1\u202f202 communes)"),
        ("all", 34957, "France (34,957 communes)", "France (34\u202f957 communes)"),
        (
            "intercommunality:242900314",
            8,
            "Brest and its intercommunality (8 communes)",
            "Brest et son intercommunalité (8 communes)",
        ),
        (["29232", "29019"], 2, "Brest, Quimper (2 communes)", "Brest, Quimper (2 communes)"),
        (["29019"], 1, "Brest (1 commune)", "Brest (1 commune)"),
        ("department:2A", 124, "Corse-du-Sud (124 communes)", "Corse-du-Sud (124 communes)"),
    ],
)
def test_places_are_chosen_and_titled(communes: str | list[str], zones: int, english: str, french: str) -> None:
    territory = load_territory(communes)
    assert territory.zones == zones
    assert territory.title == territory_title(territory, "en") == english
    assert territory_title(territory, "fr") == french


def test_a_long_list_is_called_by_its_largest_communes() -> None:
    territory = load_territory(["29001", "29019", "29002", "29232"])
    assert territory.title == "Brest, Quimper, Arzano… (4 communes)"


@pytest.mark.parametrize(
    ("communes", "phrases"),
    [
        ("department:Finistere", ["'department:Finistere'", "did you mean 'department:29'?", "Finistère"]),
        ("departement:29", ["did you mean 'department:29'?", "region:53"]),
        ("Finistere", ["did you mean 'department:29'?"]),
        ("department:1", ["did you mean 'department:01'?"]),
        ("department:2a", ["did you mean 'department:2A'?"]),
        ("department:989", ["no department with inhabitants"]),
        ("region:Bretagne", ["did you mean 'region:53'?"]),
        ("intercommunality:200069194", ["did you mean 'intercommunality:200069193'?"]),
        ("intercommunality:", ["no intercommunality", "INSEE"]),
        ("29019", ["""did you mean '["29019"]'?"""]),
        ("France", ["did you mean 'all'?"]),
        ("242900314", ["did you mean 'intercommunality:242900314'?"]),
        ("zones.csv", ['write file = "zones.csv"']),
        ("", ["does not say which communes", "department:29"]),
        (["29019", "Quimper"], ["entry 2", "'Quimper'", "did you mean '29232'?"]),
        (["1001"], ["did you mean '01001'?", "Clémenciat"]),
        (["75101"], ["did you mean '75056'?", "75056 is Paris"]),
        (["55039"], ["Beaumont-en-Verdunois has no inhabitants"]),
        (["29019", "29019"], ["entry 2", "listed twice"]),
        ([29019], ["entry 1", "29019", 'between quotes, with its leading zero: "29019"']),
        ([1001], ['"01001"']),
        ([], ["the list of communes is empty"]),
        (29, ["must be text or a list of texts", "29"]),
    ],
)
def test_an_unknown_place_is_refused_with_the_nearest_one(communes: str | list[str], phrases: list[str]) -> None:
    with pytest.raises(InputError) as refusal:
        load_territory(communes)
    print(refusal.value)
    for phrase in ("territory.communes", *phrases):
        assert phrase in str(refusal.value)


def test_communes_or_a_file_and_not_both() -> None:
    for arguments in ({}, {"communes": "all", "file": "zones.csv"}):
        with pytest.raises(InputError, match="communes"):
            load_territory(**arguments)


def test_two_territories_share_no_array() -> None:
    one, other = load_territory(["29019", "29232"]), load_territory(["29019", "29232"])
    one.population[:] = 1
    one.near[:] = 0
    assert other.population.tolist() == [142_346, 64_385]
    assert other.near[1, 0] == 1
    assert load_territory("department:29").inhabitants == 933_455


# --- finding a place


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("finistere", "department:29"),
        ("FINISTÈRE", "department:29"),
        ("29", "department:29"),
        ("bret", "region:53"),
        ("brest", "intercommunality:242900314"),
        ("quimper", "intercommunality:200068120"),
        ("Plougastel-Daoulas", "intercommunality:242900314"),
        ("Ouessant", "department:29"),
        ("242900314", "intercommunality:242900314"),
        ("cote d'or", "department:21"),
        ("france", "all"),
    ],
)
def test_a_place_is_found_by_what_people_type(text: str, first: str) -> None:
    found = find_territories(text)
    assert found, f"nothing found for {text!r}"
    assert found[0].selector == first
    territory = load_territory(found[0].selector)
    assert (territory.zones, territory.inhabitants) == (found[0].communes, found[0].inhabitants)


def test_without_text_the_large_places_are_offered_and_nonsense_finds_nothing() -> None:
    offered = find_territories("", limit=1000)
    assert offered[0].selector == "all"
    assert len(offered) == 1 + 24 + 107
    assert find_territories("xyzzy") == []
    assert find_territories("brest", language="fr")[0].name == "Brest et son intercommunalité"
    assert len(find_territories("a", limit=3)) == 3


# --- neighbours


def test_the_neighbours_of_brest_are_around_brest() -> None:
    near = _neighbours(load_territory("department:29"), "Brest")
    print(near)
    assert near[0] == "Brest"
    assert len(set(near)) == NEIGHBOURS
    around = {"Bohars", "Gouesnou", "Guilers", "Guipavas", "Le Relecq-Kerhuon", "Plouzané", "Plougastel-Daoulas"}
    assert around <= set(near)


def test_every_zone_of_france_has_itself_first_and_neighbours_that_are_near() -> None:
    territory = load_territory("all")
    near = territory.near
    assert (near[:, 0] == np.arange(territory.zones)).all()
    assert near.min() >= 0
    assert near.max() < territory.zones
    east, north = np.radians(territory.longitude), np.radians(territory.latitude)
    half = np.sin((north[near] - north[near[:, :1]]) / 2) ** 2
    half += np.cos(north[near]) * np.cos(north[near[:, :1]]) * np.sin((east[near] - east[near[:, :1]]) / 2) ** 2
    kilometres = 2 * 6371 * np.arcsin(np.sqrt(half))
    mainland = np.array([len(department) == 2 for department in territory.department])
    located = mainland & np.isfinite(territory.longitude)
    print(f"eighth neighbour on the mainland: median {np.median(kilometres[located, 8]):.1f} km")
    assert 4 <= np.median(kilometres[located, 8]) <= 10, "communes of 15 km2, eight of them around"
    assert (np.diff(kilometres[located], axis=1) > -1e-5).all(), "nearest first"


def test_without_a_point_neighbours_share_the_administration() -> None:
    territory = load_territory("all")
    tahiti = _index(territory, "Papeete")
    departments = {territory.department[zone] for zone in territory.near[tahiti]}
    assert departments == {"987"}
    assert len(set(territory.near[tahiti].tolist())) == NEIGHBOURS
    island = _index(territory, "L'Île-d'Yeu")
    assert {territory.department[zone] for zone in territory.near[island]} == {"85"}


def test_the_order_of_choice_without_a_point_by_hand() -> None:
    unknown = np.full(6, np.nan)
    near = nearest_zones(unknown, unknown, ["a", "b", "a", "", "a", ""], ["1", "1", "1", "1", "2", ""])
    assert near.tolist() == [
        [0, 2, 4, 1, 3, 0, 0, 0, 0],
        [1, 2, 3, 0, 1, 1, 1, 1, 1],
        [2, 4, 0, 3, 1, 2, 2, 2, 2],
        [3, 0, 1, 2, 3, 3, 3, 3, 3],
        [4, 0, 2, 4, 4, 4, 4, 4, 4],
        [5, 5, 5, 5, 5, 5, 5, 5, 5],
    ]


def test_equal_distances_are_ordered_by_zone() -> None:
    longitude, latitude = np.meshgrid(np.arange(12) * 0.01, np.arange(12) * 0.01)
    near = nearest_zones(longitude.ravel(), np.zeros(144) + latitude.ravel(), [""] * 144, [""] * 144)
    centre = 5 * 12 + 5
    # Parallels shorten away from the equator, so east and west are nearest, then north and south; each pair is equal.
    assert set(near[0].tolist()) >= {0, 1, 12, 13}
    assert near[5, :3].tolist() == [5, 4, 6]
    assert sorted(near[centre, 1:].tolist()) == [52, 53, 54, 64, 66, 76, 77, 78]


def test_a_zone_comes_first_among_zones_at_the_same_point() -> None:
    near = nearest_zones(np.full(4, 2.0), np.full(4, 48.0), [""] * 4, [""] * 4)
    assert near[:, :4].tolist() == [[0, 1, 2, 3], [1, 0, 2, 3], [2, 0, 1, 3], [3, 0, 1, 2]]
    assert (near[:, 4:] == np.arange(4)[:, np.newaxis]).all()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 400), st.sampled_from([0.001, 1.0, 180.0]))
def test_neighbours_are_those_of_a_full_search(seed: int, zones: int, spread: float) -> None:
    draw = np.random.default_rng(seed)
    longitude = draw.uniform(-spread, spread, zones)
    latitude = draw.uniform(-spread / 2, spread / 2, zones)
    unknown = draw.random(zones) < 0.1
    longitude[unknown] = latitude[unknown] = np.nan
    labels = draw.integers(0, 5, (2, zones)).astype(str)
    near = nearest_zones(longitude, latitude, labels[0].tolist(), labels[1].tolist())
    assert near.shape == (zones, NEIGHBOURS)
    assert (near[:, 0] == np.arange(zones)).all()
    assert near.min() >= 0
    assert near.max() < zones
    east, north = np.radians(longitude), np.radians(latitude)
    known = np.flatnonzero(~unknown)
    for zone in known[:40]:
        cosine = np.sin(north[zone]) * np.sin(north[known])
        cosine += np.cos(north[zone]) * np.cos(north[known]) * np.cos(east[known] - east[zone])
        chord = np.sqrt(np.maximum(0, 2 - 2 * cosine))
        wanted = np.sort(chord)[:NEIGHBOURS]
        distance_of = dict(zip(known.tolist(), chord.tolist(), strict=True))
        others = [int(other) for other in near[zone]]
        assert len(set(others)) == min(NEIGHBOURS, len(known))
        np.testing.assert_allclose([distance_of[other] for other in others[: len(wanted)]], wanted, atol=2e-7)
