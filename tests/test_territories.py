"""Real places have their real figures; a user's own zones are read, or refused with the row and the remedy."""

from __future__ import annotations

import csv
import io
import json
import random
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.model.errors import InputError
from entraide.model.territory import Territory
from entraide.scenarios.communes import commune_table
from entraide.scenarios.nearest import NEIGHBOURS, nearest_zones
from entraide.scenarios.territories import find_territories, load_territory, outline_features, territory_title
from entraide.scenarios.zone_file import MOST_ZONES, OPTIONAL_COLUMNS, REQUIRED_COLUMNS, parse_zones

BAD_ZONES = Path(__file__).parent / "bad_zones"
EXPECTED = tomllib.loads((BAD_ZONES / "expected.toml").read_text(encoding="utf-8"))


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


# --- outlines


def test_finistere_is_drawn_by_commune_and_other_places_by_department() -> None:
    finistere = outline_features(load_territory("department:29"))
    assert finistere is not None
    codes = [feature["properties"]["code"] for feature in finistere["features"]]
    assert sorted(codes) == list(load_territory("department:29").codes)
    some = outline_features(load_territory(["29019", "29232"]))
    assert some is not None
    assert [feature["properties"]["code"] for feature in some["features"]] == ["29019", "29232"]
    mixed = outline_features(load_territory(["29019", "22113"]))
    assert mixed is not None
    assert sorted(feature["properties"]["code"] for feature in mixed["features"]) == ["22", "29"]
    france = outline_features(load_territory("all"))
    assert france is not None
    assert len(france["features"]) == 101
    assert outline_features(load_territory("department:988")) is None


def _feature(code: object, coordinates: object, shape: str = "Polygon") -> dict[str, object]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


SQUARE = [[[4.0, 46.0], [4.1, 46.0], [4.1, 46.1], [4.0, 46.0]]]


def _zones_and_outline(folder: Path, features: object) -> Territory:
    (folder / "zones.csv").write_text("code,name,population\n01001,Nord,120\n01002,Sud,80\n", encoding="utf-8")
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "zones.geojson").write_text(json.dumps(collection), encoding="utf-8")
    return load_territory(file="zones.csv", outline="zones.geojson", base_folder=folder)


def test_a_users_own_outline_is_drawn(tmp_path: Path) -> None:
    features = [_feature("01002", SQUARE), _feature("99999", SQUARE), _feature("01001", [SQUARE], "MultiPolygon")]
    drawn = outline_features(_zones_and_outline(tmp_path, features))
    assert drawn == {"type": "FeatureCollection", "features": [features[0], features[2]]}


@pytest.mark.parametrize(
    ("features", "phrases"),
    [
        ([], ["has no features"]),
        ([_feature("1001", SQUARE)], ["no outline has the code of a zone", "'1001'", "did you mean '01001'?"]),
        ([_feature(1001, SQUARE)], ["feature 1", "must be text", "1001"]),
        ([{"properties": {"Code": "01001"}}], ["feature 1", "has no property 'code'", "did you mean 'Code'?"]),
        (
            [_feature("01001", [4.0, 46.0], "Point")],
            ["feature 1", "is not an area", "'Point'", "Polygon, MultiPolygon"],
        ),
        ([_feature("01001", SQUARE, "MultiPolygon")], ["feature 1", "not those of a MultiPolygon"]),
        ([_feature("01001", [[[652381, 6862047], [1, 1]]])], ["feature 1", "not degrees", "652381", "EPSG:4326"]),
        ([_feature("01001", [])], ["feature 1", "not those of a Polygon"]),
        (["01001"], ["feature 1", "has no property 'code'"]),
    ],
)
def test_a_bad_outline_is_refused(tmp_path: Path, features: object, phrases: list[str]) -> None:
    with pytest.raises(InputError) as refusal:
        _zones_and_outline(tmp_path, features)
    print(refusal.value)
    for phrase in ("zones.geojson", *phrases):
        assert phrase in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "phrase"),
    [
        (b"", "the file is empty"),
        (b"{", "line 1, column 2"),
        (b"[1, 2]", "is not a FeatureCollection (given: 'list')"),
        (b'{"type": "Topology"}', "'Topology'"),
        (b"[" * 100_000, "nested too deeply"),
        (b"PK\x03\x04", "an archive"),
        (b'{"name": "\xc9vry"}', "bytes C9 76 72 79"),
    ],
)
def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path, content: bytes, phrase: str) -> None:
    (tmp_path / "outline.geojson").write_bytes(content)
    with pytest.raises(InputError) as refusal:
        load_territory("department:29", outline="outline.geojson", base_folder=tmp_path)
    assert phrase in str(refusal.value)


def test_an_outline_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_territory("department:29", outline="nowhere.geojson", base_folder=tmp_path)
    with (tmp_path / "large.geojson").open("wb") as large:
        large.truncate(51_000_000)
    with pytest.raises(InputError, match=r"51 MB.*50 MB"):
        load_territory("department:29", outline="large.geojson", base_folder=tmp_path)


# --- a user's own zones

FULL = """code,name,population,area_km2,lon,lat,intercommunality,department,deprivation,remarks
03,"Sud, bas",80,,,,A,01,0.9,
01,Nord,120,4.5,4.9,46.1,A,01,0.2,seen
02,Est,70,3,4.8,46.0,,01,0.4,
"""


def test_every_column_is_read_and_zones_are_put_in_the_order_of_codes(tmp_path: Path) -> None:
    (tmp_path / "valley.csv").write_text(FULL, encoding="utf-8")
    territory = load_territory(file="valley.csv", base_folder=tmp_path)
    assert territory.title == "valley (3 zones)"
    assert territory.codes == ("01", "02", "03")
    assert territory.names == ("Nord", "Est", "Sud, bas")
    assert territory.population.tolist() == [120, 70, 80]
    assert territory.intercommunality == ("A", "", "A")
    assert territory.department == ("01", "01", "01")
    np.testing.assert_array_equal(territory.area_km2, [4.5, 3.0, np.nan])
    np.testing.assert_array_equal(territory.longitude, [4.9, 4.8, np.nan])
    assert territory.deprivation is not None
    assert territory.deprivation.tolist() == [0.2, 0.4, 0.9]
    assert territory.near[:, :3].tolist() == [[0, 1, 0], [1, 0, 1], [2, 0, 1]]
    assert territory.group_shares is None
    assert territory.groups.assumption == "assumption: national mix"
    assert territory.outline == ""
    assert outline_features(territory) is None


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_french_spreadsheet_is_read(mark: bytes, end: str) -> None:
    lines = ["Code;Name;Population;area_km2;lon;lat", "01001;Évry;1200;4,5;2,44;48,63", "", "01002;Été;80;3.25;;;;"]
    zones = parse_zones(mark + end.join(lines).encode("utf-8"), "zones.csv")
    assert zones.codes == ("01001", "01002")
    assert zones.names == ("Évry", "Été")
    assert zones.area_km2.tolist() == [4.5, 3.25]
    assert zones.longitude[0] == 2.44
    assert np.isnan(zones.longitude[1])


def test_whole_numbers_written_with_a_decimal_point_are_whole() -> None:
    assert parse_zones(b"code,name,population\n1,a,120.0\n", "zones.csv").population.tolist() == [120]


def test_local_shares_by_age_and_diploma_replace_the_national_mix(tmp_path: Path) -> None:
    header = [*REQUIRED_COLUMNS, *(column for column in OPTIONAL_COLUMNS if column.startswith("share:"))]
    rows = [
        ["1", "Young", "100", "0.3", "0.3", "0.2", "0.1", "0.1", "0", "0.1", "0.2", "0.3", "0.4"],
        ["2", "Old", "100", "0.1", "0.05", "0.1", "0.15", "0.3", "0.304", "0.6", "0.2", "0.1", "0.1"],
    ]
    (tmp_path / "zones.csv").write_text("\n".join(",".join(row) for row in [header, *rows]), encoding="utf-8")
    territory = load_territory(file=tmp_path / "zones.csv")
    shares = territory.group_shares
    assert shares is not None
    assert shares.shape == (2, 21)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-12)
    assert territory.groups.assumption == ""
    excluded = shares @ (territory.groups.digital_exclusion * territory.groups.can_contribute)
    print(f"digitally excluded: young zone {excluded[0]:.3f}, old zone {excluded[1]:.3f}")
    assert excluded[1] > 4 * excluded[0]
    assert shares[0, -4:].sum() == 0


def test_every_bad_file_is_listed() -> None:
    print(f"{len(EXPECTED)} bad files")
    assert sorted(EXPECTED) == sorted(path.name for path in BAD_ZONES.glob("*.csv"))
    assert len(EXPECTED) >= 40


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_bad_file_is_refused_with_place_value_and_remedy(name: str) -> None:
    with pytest.raises(InputError) as refusal:
        load_territory(file=name, base_folder=BAD_ZONES)
    print(refusal.value)
    for phrase in (name, *EXPECTED[name]):
        assert phrase in str(refusal.value)


def test_too_many_zones_are_refused_and_the_most_are_read() -> None:
    rows = [f"{number:06},Zone {number},{number}" for number in range(1, MOST_ZONES + 2)]
    header = "code,name,population"
    with pytest.raises(InputError, match="65,535 at most"):
        parse_zones("\n".join([header, *rows]).encode(), "zones.csv")
    fewer = [row.rsplit(",", 1)[0] + ",7" for row in rows[:-1]]
    assert len(parse_zones("\n".join([header, *fewer]).encode(), "zones.csv").codes) == MOST_ZONES


def test_a_missing_file_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "valley.csv").write_text(FULL, encoding="utf-8")
    with pytest.raises(InputError, match=r"no such file.*'valey\.csv'.*did you mean 'valley\.csv'"):
        load_territory(file="valey.csv", base_folder=tmp_path)
    with pytest.raises(InputError, match="is a folder"):
        load_territory(file=".", base_folder=tmp_path)


def test_french_communes_in_a_users_file_keep_their_outlines_and_foreign_codes_do_not(tmp_path: Path) -> None:
    header = "code,name,population,department\n"
    (tmp_path / "brest.csv").write_text(header + "29019,Brest,142346,29\n", encoding="utf-8")
    drawn = outline_features(load_territory(file="brest.csv", base_folder=tmp_path))
    assert drawn is not None
    assert drawn["features"][0]["properties"]["name"] == "Brest"
    # 29 is also the province of Málaga.
    (tmp_path / "malaga.csv").write_text(header + "29019,Arenas,1300,29\n", encoding="utf-8")
    assert outline_features(load_territory(file="malaga.csv", base_folder=tmp_path)) is None


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12).map(str.strip)
ZONE = st.fixed_dictionaries(
    {
        "name": TEXT.filter(bool),
        "population": st.integers(1, 30_000),
        "point": st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
        "intercommunality": TEXT,
        "department": TEXT,
        "deprivation": st.floats(0, 1),
    }
)
ZONES = st.dictionaries(TEXT.filter(bool), ZONE, min_size=1, max_size=30)


def _written(zones: list[tuple[str, dict]], columns: list[str], delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for code, zone in zones:
        lon, lat = zone["point"] or ("", "")
        writer.writerow([{**zone, "code": code, "lon": lon, "lat": lat}[column] for column in columns])
    return text.getvalue().encode("utf-8")


@settings(max_examples=80, deadline=None)
@given(ZONES, st.randoms(use_true_random=False), st.sampled_from(",;"))
def test_rows_and_columns_in_another_order_change_nothing(
    zones: dict[str, dict], chance: random.Random, delimiter: str
) -> None:
    columns = ["code", "name", "population", "lon", "lat", "intercommunality", "department", "deprivation"]
    rows = list(zones.items())
    first = parse_zones(_written(rows, columns, delimiter), "zones.csv")
    chance.shuffle(rows)
    chance.shuffle(columns)
    second = parse_zones(_written(rows, columns, delimiter), "zones.csv")
    assert first.codes == second.codes == tuple(sorted(zones))
    assert first.names == second.names == tuple(zones[code]["name"] for code in first.codes)
    assert (first.intercommunality, first.department) == (second.intercommunality, second.department)
    assert first.population.tolist() == [zones[code]["population"] for code in first.codes]
    assert first.deprivation is not None
    assert first.deprivation.tolist() == [zones[code]["deprivation"] for code in first.codes]
    for name in ("population", "area_km2", "longitude", "latitude", "deprivation"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    near = nearest_zones(first.longitude, first.latitude, first.intercommunality, first.department)
    assert (near[:, 0] == np.arange(len(zones))).all()
    assert near.max() < len(zones)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: ("code,name,population\n" + text).encode()))
def test_whatever_the_bytes_the_answer_is_a_table_or_a_plain_refusal(data: bytes) -> None:
    refusal = ""
    inhabitants = 0
    try:
        inhabitants = int(parse_zones(data, "zones.csv").population.min())
    except InputError as error:
        refusal = str(error)
    assert inhabitants >= 1 or refusal.startswith("zones.csv")
