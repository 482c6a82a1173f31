"""Tables as a French administration's spreadsheet saves them: taken, or refused in French with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french

from entraide.experiments.evidence.own_data import parse_contributions
from entraide.model.errors import InputError
from entraide.scenarios.territories import load_territory
from entraide.scenarios.zone_columns import ACCEPTED
from entraide.scenarios.zone_file import parse_zones
from entraide.viz.dashboard.pages.choose_upload_words import EXAMPLES
from entraide.viz.dashboard.uploads import Uploads

BAD_ZONES = Path(__file__).parent / "bad_zones"
OWN_DATA = Path(__file__).parent / "own_data"


def test_french_columns_are_taken() -> None:
    header = "Code INSEE;Libellé;Population municipale;Surface km2;Longitude;Latitude;EPCI;Département;Défavorisation"
    zones = parse_zones(f"{header}\n01001;Évry;4 200;4,5;2,44;48,63;A;01;0,3\n".encode(), "zones.csv")
    assert (zones.codes, zones.names, zones.population.tolist()) == (("01001",), ("Évry",), [4200])
    assert (zones.area_km2[0], zones.longitude[0], zones.latitude[0]) == (4.5, 2.44, 48.63)
    assert (zones.intercommunality, zones.department) == (("A",), ("01",))
    assert zones.deprivation is not None
    assert zones.deprivation[0] == 0.3


def test_shares_have_french_names_too() -> None:
    ages = ";".join(f"part:{age}" for age in ("0-14 ans", "15-24 ans", "25-39 ans", "40-59 ans", "60-74 ans", "75+"))
    diplomas = "part:sans diplôme ou brevet;part:CAP-BEP;part:baccalauréat;part:études supérieures"
    row = "1;a;100;0,1;0,1;0,2;0,3;0,2;0,1;0,25;0,25;0,25;0,25"
    zones = parse_zones(f"code;nom;habitants;{ages};{diplomas}\n{row}\n".encode(), "zones.csv")
    assert zones.age_shares is not None
    assert zones.diploma_shares is not None
    assert zones.age_shares.sum() == pytest.approx(1.0)


def test_no_name_stands_for_two_columns() -> None:
    print(len(ACCEPTED))
    assert set(ACCEPTED.values()) >= {"code", "name", "population", "lon", "lat"}
    with pytest.raises(InputError) as fault:
        parse_zones(b"code;nom;libelle;population\n1;a;b;3\n", "zones.csv")
    print(fault.value.told("fr"))
    assert "nom, libelle" in fault.value.told("fr")
    # A column without a name, and one of another name, are left aside.
    assert parse_zones(b"code;nom;population;;remarks\n1;a;3;;b\n", "zones.csv").names == ("a",)
    # Beside a column of the right name, others are left aside.
    assert parse_zones(b"code;name;nom;population\n1;a;b;3\n", "zones.csv").names == ("a",)


def test_a_negative_number_is_told_in_french_with_its_row_and_column() -> None:
    with pytest.raises(InputError) as fault:
        parse_zones(b"code;nom;habitants\n1;Nord;4 200\n2;Sud;-1500\n", "zones3.csv")
    told = fault.value.told("fr")
    print(told)
    assert "zones3.csv, ligne 3, colonne habitants\u202f: valeur négative" in told


@pytest.mark.parametrize("name", sorted(path.name for path in BAD_ZONES.glob("*.csv")))
def test_every_fault_of_zones_is_told_in_french(name: str) -> None:
    with pytest.raises(InputError) as refusal:
        load_territory(file=name, base_folder=BAD_ZONES)
    assert_french(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "id;date\n1;2024-01-01\n",
        "qui;texte\n1;a\n",
        "qui;date\n1;03/01/2024\n2;05/02/2024\n",
        "qui;date\n1;31/01/2024\n2;01/31/2024\n",
        "qui;date\n1;avril\n",
        "qui;date\n1;45000\n",
        "qui;date;tâches\n1;2024-01-01;x\n2;2024-01-02;3\n",
        "qui;date\n1;2999-01-01\n",
        "qui;qui;date\n1;1;2024-01-01\n",
        "qui;date depot;date saisie\n1;2024-01-01;2024-01-01\n",
        "qui;date\n",
        "qui\n1\n",
        'qui;date\n"1;2024-01-01\n',
    ],
)
def test_every_fault_of_contributions_is_told_in_french(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_contributions(text.encode(), "contributions.csv")
    assert_french(refusal.value)


def assert_french(fault: InputError) -> None:
    told = fault.told("fr")
    print(told)
    assert fault.is_told_in("fr")
    for part in ("where", "allowed", "remedy"):
        text = fault.texts[part]
        told_once = isinstance(text, str) and text.replace("share:none or brevet", "")
        assert not told_once or not re.search(r"\b(the|row|line|or|and|with)\b", told_once), text
    # What columns and options are called, and what stands in the file, is not French.
    plain = re.sub(r"'[^']*'|\([^)]*\)|--[\w-]+|[\w:]*share:[\w +-]*|\w+\.csv|«[^»]*»", "", told)
    english = [word for word in english_words(plain) if word not in _COLUMNS]
    assert english == []
    assert faults_of_french(re.sub(r"'[^']*'|\"[^\"]*\"", "", told)) == []


_COLUMNS = frozenset(
    ("code", "name", "population", "area", "lon", "lat", "intercommunality", "department", "deprivation")
)


def test_who_and_when_are_understood() -> None:
    for header in ("qui,quand", "Qui;Quand", "who,when", "Utilisateur;Jour", "bénévole;horodatage"):
        sign = ";" if ";" in header else ","
        read = parse_contributions(f"{header}\n12{sign}2024-01-03\n13{sign}2024-02-05\n".encode(), "c.csv")
        assert read.history.people == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_examples_can_be_brought_along_as_they_are(language: str) -> None:
    uploads = Uploads()
    try:
        # As the browser saves them: with a byte order mark, by which spreadsheets know the accents.
        assert uploads.take_zones("zones.csv", b"\xef\xbb\xbf" + EXAMPLES["zones"][language].encode()) == 2
        data = b"\xef\xbb\xbf" + EXAMPLES["contributions"][language].encode()
        _, read = uploads.look_at_contributions("contributions.csv", data)
        assert read.history.people == 2
        assert read.history.tasks.sum() == 4
        assert read.history.zone is not None
    finally:
        uploads.close()
