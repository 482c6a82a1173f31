"""A user's own zones are read whatever the order of rows and columns, or refused with the row and the remedy."""

from __future__ import annotations

import csv
import io
import random
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.model.errors import InputError
from entraide.scenarios.nearest import nearest_zones
from entraide.scenarios.territories import load_territory, outline_features
from entraide.scenarios.zone_file import MOST_ZONES, OPTIONAL_COLUMNS, REQUIRED_COLUMNS, parse_zones

BAD_ZONES = Path(__file__).parent / "bad_zones"
EXPECTED = tomllib.loads((BAD_ZONES / "expected.toml").read_text(encoding="utf-8"))

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
