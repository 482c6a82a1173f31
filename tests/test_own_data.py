"""A user's own contributions: every spelling of one history is one history; every fault is told, and no name is."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.experiments.evidence.own_columns import COLUMN_ROLES, shape_of
from entraide.experiments.evidence.own_data import FAULTS, BadRows, OwnData, parse_contributions, read_contributions
from entraide.model.errors import InputError

FOLDER = Path(__file__).parent / "bad_contributions"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 1, 1)

FORMATS = {
    "%Y-%m-%d": "YYYY-MM-DD",
    "%Y/%m/%d": "YYYY-MM-DD",
    "%Y%m%d": "YYYY-MM-DD",
    "%Y-%m-%dT%H:%M:%SZ": "YYYY-MM-DD",
    "%Y-%m-%d %H:%M:%S.250 +02:00": "YYYY-MM-DD",
    "%d/%m/%Y": "DD/MM/YYYY",
    "%d.%m.%Y": "DD/MM/YYYY",
    "%d-%m-%y": "DD/MM/YYYY",
    "%d/%m/%Y %H:%M": "DD/MM/YYYY",
    "%m/%d/%Y": "MM/DD/YYYY",
    "%m/%d/%Y %H:%M:%S": "MM/DD/YYYY",
}


def parsed(text: str, **options: object) -> OwnData:
    return parse_contributions(text.encode(), "own.csv", today=TODAY, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_fault_is_told_with_its_place_and_what_to_do(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_contributions(FOLDER / name, today=TODAY)
    told = str(caught.value)
    print(told)
    for phrase in EXPECTED[name]:
        assert phrase in told
    assert name in told
    assert "\n" not in told
    assert caught.value.exit_code == 2


def test_every_bad_file_is_expected_and_every_fault_has_a_file() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} == set(EXPECTED)
    told = " ".join(" ".join(phrases) for phrases in EXPECTED.values())
    assert [
        fault for fault in FAULTS.values() if fault not in told and fault.removeprefix("the row has ") not in told
    ] == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_error_holds_a_person(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_contributions(FOLDER / name, today=TODAY)
    assert re.findall(r"\b(?:ana|bo|jean|Dupont)\b", str(caught.value), re.IGNORECASE) == []


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=25)
@given(
    rows=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000), st.integers(1, 500)), min_size=1, max_size=40),
    separator=st.sampled_from([",", ";", "\t"]),
)
def test_every_spelling_of_a_history_is_read_as_the_same_history(
    form: str, rows: list[tuple[int, int, int]], separator: str
) -> None:
    first = date(2010, 1, 25)
    # The first and last row have a day over 12, so that the order can be known.
    rows = [(0, 0, 1), *rows, (1, 3001, 1)]
    lines = [separator.join(("user", "date", "tasks"))]
    for person, day, tasks in rows:
        lines.append(separator.join((f"p{person}", (first + timedelta(day)).strftime(form), str(tasks))))
    own = parsed("\n".join(lines))
    assert own.dates.format == FORMATS[form]
    assert own.history.day.tolist() == [day for _, day, _ in rows]
    assert own.history.tasks.tolist() == [tasks for _, _, tasks in rows]
    assert own.history.horizon == 3002
    assert own.history.start == own.first == first
    people: dict[int, int] = {}
    assert own.history.person.tolist() == [people.setdefault(person, len(people)) for person, _, _ in rows]


@pytest.mark.parametrize("role", COLUMN_ROLES)
def test_usual_names_of_columns_are_known_in_both_languages(role: str) -> None:
    names = COLUMN_ROLES[role]
    assert len(names) == len(set(names))
    given_names = {"user": "Bénévole", "date": "Date de création", "tasks": "Nb_contributions", "zone": "Code INSEE"}
    own = parsed("Code INSEE;Nb_contributions;Date de création;Bénévole\n29019;3;31/12/2024 09h15;x\n")
    assert own.columns[role] == given_names[role]


def test_a_column_that_begins_as_date_does_where_no_other_is() -> None:
    for name in ("date de dépôt", "Date_of_deposit", "DateSaisie"):
        assert parsed(f"bénévole;{name};nb\nx;31/12/2024;1\n").columns["date"] == name
    assert parsed("bénévole;date de dépôt;jour\nx;y;31/12/2024\n").columns["date"] == "jour", "a usual name goes first"
    said = parsed("date id;date de dépôt\nx;31/12/2024\n", columns={"user": "date id"})
    assert said.columns == {"user": "date id", "date": "date de dépôt"}
    with pytest.raises(InputError) as caught:
        parsed("bénévole;date de dépôt;date de clôture\nx;31/12/2024;31/12/2024\n")
    told = str(caught.value)
    for phrase in ("several columns may be the date", "date de dépôt, date de clôture", "--date-column NAME", "line 1"):
        assert phrase in told
    with pytest.raises(InputError, match="no column looks like the date"):
        parsed("bénévole;mise à jour du\nx;31/12/2024\n")


def test_columns_may_be_said() -> None:
    own = parsed("who,user,when\na,1,2024-01-02\nb,1,2024-01-05\n", columns={"user": "who", "date": "when"})
    assert own.history.people == 2
    assert own.history.zone is None
    with pytest.raises(InputError, match=r"--user-column: no column has this name \(given: 'whom'\).*mean 'who'"):
        parsed("who,user,when\na,1,2024-01-02\n", columns={"user": "whom"})


def test_an_ambiguous_order_is_asked_for_or_said() -> None:
    text = "user,date\na,03/04/2024\nb,05/06/2024\n"
    asked: list[str] = []

    def answer(fault: InputError) -> str:
        asked.append(str(fault))
        return "MM/DD/YYYY"

    assert parsed(text, choose_order=answer).first == date(2024, 3, 4)
    assert len(asked) == 1
    for written in ("DD/MM/YYYY", "JJ/MM/AAAA", "%d/%m/%Y"):
        assert parsed(text, date_format=written).first == date(2024, 4, 3)
    with pytest.raises(InputError, match="--date-format: the format must hold day, month and year"):
        parsed(text, date_format="MM/YYYY")
    with pytest.raises(InputError, match="no date has this format"):
        parsed(text, date_format="YYYY-MM-DD")


def test_a_column_whose_days_equal_their_months_has_one_meaning() -> None:
    assert parsed("user,date\na,03/03/2024\nb,05/05/2024\n").last == date(2024, 5, 5)


def test_bad_rows_are_left_out_only_when_asked_and_are_counted() -> None:
    text = "user,date,tasks\na,2024-01-02,1\n,2024-01-03,1\nb,2024-13-03,1\n\nb,2024-02-03,x\nb,2024-02-04,2\n"
    with pytest.raises(InputError, match="3 of 5 rows"):
        parsed(text)
    own = parsed(text, skip_bad_rows=True)
    assert (own.rows, own.skipped) == (5, 3)
    assert [(bad.fault, bad.count, bad.lines) for bad in own.bad] == [
        ("user", 1, (3,)),
        ("date", 1, (4,)),
        ("tasks", 1, (6,)),
    ]
    assert own.history.tasks.tolist() == [1, 2]
    with pytest.raises(InputError, match="2 of 2 rows"):
        parsed("user,date\n,2024-01-02\n,2024-01-03\n", skip_bad_rows=True)


def test_what_is_left_out_is_told_in_both_languages() -> None:
    text = "user,date,tasks\na,2024-01-02,1\n,2024-01-03,1\nb,2024-13-03,1\nb,2024-02-03,-2\nb,2024-02-04,0\n"
    bad = parsed(text, skip_bad_rows=True).bad
    assert [each.told("en") for each in bad] == [str(each) for each in bad]
    assert [each.told("fr").replace("\u202f", " ") for each in bad] == [
        "personne manquante : 1 (ligne 3)",
        "date impossible : 1 (ligne 4 ; exemple : '2024-13-03')",
        "nombre de tâches inférieur à 1 : 2 (lignes 5, 6 ; exemple : '-2')",
    ]
    for fault in FAULTS:
        assert BadRows(fault, 1, (2,)).told("fr") != BadRows(fault, 1, (2,)).told("en")


def test_the_end_of_observation_may_be_said() -> None:
    text = "user,date\na,2024-01-01\nb,2024-01-31\n"
    assert parsed(text).history.horizon == 31
    assert parsed(text, until=date(2024, 3, 1)).history.horizon == 61
    with pytest.raises(InputError, match="--until: contributions come after this date"):
        parsed(text, until=date(2024, 1, 30))
    assert parsed(text, until=TODAY).history.horizon > 700
    with pytest.raises(InputError, match=r"--until: nothing was recorded yet on this day .* allowed: 2026-01-01"):
        parsed(text, until=date(2099, 1, 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_accents_survive_every_encoding(encoding: str) -> None:
    data = "bénévole;date;commune\nÉvry;2024-01-01;Évry\nEvry;2024-01-02;Évry\n".encode(encoding)
    own = parse_contributions(data, "own.csv", today=TODAY)
    assert own.history.people == 2
    assert own.history.zone is not None
    assert own.history.zone.tolist() == [0, 0]


def test_a_quoted_line_break_does_not_shift_the_line_that_is_told() -> None:
    with pytest.raises(InputError, match=r"no user: 1 \(line 4\)"):
        parsed('user,date,remark\na,2024-01-01,"two\nlines"\n,2024-01-02,x\n')


def test_a_cell_that_could_name_somebody_is_shown_by_its_shape() -> None:
    assert shape_of("12/31/2024") == "12/31/2024"
    assert shape_of("Éva.Noël7@example.org") == "xxx.xxxx9@xxxxxxx.xxx"
    assert np.all([not character.isalpha() or character in "xTZ" for character in shape_of("Jean 2024-01-01T10Z")])


@pytest.mark.parametrize(
    "cell",
    ["06 12 34 56 78", "06.12.34.56.78", "0612345678", "+33 6 12 34 56 78", "1 85 05 78 006 084 36", "2850578006"],
)
def test_a_number_that_reaches_somebody_is_shown_by_its_shape(cell: str) -> None:
    """In a table whose columns are taken for one another, the date may be a telephone or a social security number."""
    assert set(shape_of(cell)) <= set("9 .+")
    with pytest.raises(InputError) as caught:
        parsed(f"user,date\n2024-01-01,{cell}\n2024-01-02,{cell}\n")
    assert cell not in str(caught.value)


@pytest.mark.parametrize(
    "cell", ["2024-02-31", "31/12/24", "20241350", "2024-02-31T10:11:12.250+02:00", "45030", "45030,5", "-3", "1.5", ""]
)
def test_a_date_that_is_none_and_a_small_number_are_shown_as_they_are(cell: str) -> None:
    assert shape_of(cell) == cell
