"""Maps have the packaged outlines or a user's own, which are read or refused with the feature and the remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from entraide.model.errors import InputError
from entraide.model.territory import Territory
from entraide.scenarios.territories import load_territory, outline_features


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
        ([_feature("01001", [[[4.0, 646.0], [4.1, 646.0]]])], ["feature 1", "not degrees", "646.0"]),
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
