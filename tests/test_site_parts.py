"""What the site's generated parts say is so: exact rows, and facts that are found out another way, in both languages.

No site is built: each part is asked for as the build asks for it.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from house import REPOSITORY, ROOMS, project_files
from site_reading import BOTH, SPACES, by_key, of_title, part, tables
from small_studies import write_study

from entraide.experiments.batch.outputs import RECORD_COLUMNS
from entraide.experiments.batch.panel import PANEL_COLUMNS
from entraide.experiments.batch.study_schema import validate_study
from entraide.experiments.evidence.own_data import parse_contributions
from entraide.experiments.measure_descriptions import MEASURES
from entraide.model.errors import InputError
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.schema import scenario_json_schema
from entraide.scenarios.validation import validate_tables
from entraide.scenarios.zone_file import parse_zones
from entraide.viz.dashboard.pages.registry import PAGES

FOUND = REPOSITORY / "experiments" / "evidence" / "found"


# Files: what is needed is what a reader refuses to do without.

ZONES = {"code": "Q1", "name": "Old town", "population": "1240", "area_km2": "2.5", "deprivation": "0.62"}


def _zones_taken(without: str) -> bool:
    kept = {name: value for name, value in ZONES.items() if name != without}
    try:
        parse_zones(f"{','.join(kept)}\n{','.join(kept.values())}\n".encode(), "zones.csv")
    except InputError:
        return False
    return True


@pytest.mark.parametrize("column", ZONES)
def test_a_zone_column_is_needed_where_the_reader_refuses_a_file_without_it(column: str) -> None:
    assert _zones_taken("")
    needed = by_key(part("zone file"))[column][1]
    assert needed == ("no" if _zones_taken(column) else "yes")


def test_rows_of_the_zone_table_are_these() -> None:
    rows = by_key(part("zone file"))
    assert [key for key, row in rows.items() if row[1] == "yes"] == ["code", "name", "population"]
    assert {row[1] for row in rows.values()} == {"yes", "no"}
    assert rows["lat"] == ["`lat`", "no", "`latitude`"]
    for spelling in re.findall(r"`(\w+)`", rows["population"][2]):
        parse_zones(f"code,name,{spelling}\nQ1,Old town,1240\n".encode(), "zones.csv")


CONTRIBUTIONS = {"user": "anne", "date": "2021-03-04", "tasks": "2", "zone": "Q1"}


@pytest.mark.parametrize("role", CONTRIBUTIONS)
def test_a_column_of_contributions_is_needed_where_the_reader_refuses_a_file_without_it(role: str) -> None:
    kept = {name: value for name, value in CONTRIBUTIONS.items() if name != role}
    lines = [",".join(kept), *(",".join(kept.values()) for _ in range(3))]
    try:
        parse_contributions("\n".join(lines).encode(), "own.csv")
        taken = True
    except InputError as refused:
        taken = "column" not in str(refused)
    row = by_key(part("contributions"))[role]
    assert row[1] == ("no" if taken else "yes")
    assert row[1] == ("yes" if role in ("user", "date") else "no")
    assert f"`{role}`" in row[2]


@cache
def _study(folder: Path) -> dict[str, Any]:
    return tomllib.loads(write_study(folder).read_text(encoding="utf-8"))


def test_a_key_of_a_study_is_needed_where_a_file_without_it_is_refused(tmp_path: Path) -> None:
    whole = {**_study(tmp_path), "seed": 1, "territory": "29155", "parameters": "preset", "outputs": {"panel": 0}}
    validate_study(whole, "study.toml")
    rows = of_title(part("study file"), "The file")
    assert set(rows) == set(whole)
    for key, row in rows.items():
        try:
            validate_study({name: value for name, value in whole.items() if name != key}, "study.toml")
            needed = "no"
        except InputError:
            needed = "yes"
        assert row[1] == needed, key
    told = "simulations of each setting. Default: `1`."
    assert rows["replicates"] == ["`replicates`", "no", "whole number, 1 to 100000", told]
    assert of_title(part("study file"), "`[design]` of kind `sobol`")["samples"][1:3] == [
        "yes",
        "whole number, 2 to 1048576",
    ]


def test_a_key_of_a_scenario_is_needed_where_a_file_without_it_is_refused() -> None:
    whole = json.loads(json.dumps(load_scenario("urban-reports").tables, default=_plain))
    validate_tables(whole, "urban-reports.toml")
    service = next(iter(whole["services"].values()))
    places = {
        "The file": whole,
        "`[card.en]` and `[card.fr]`": whole["card"]["en"],
        "`[time]`": whole["time"],
        "`[services.NAME]`, beside its parameters": service,
        "`[services.NAME.administration_only]`, beside its parameters": service["administration_only"],
    }
    tried = 0
    for title, place in places.items():
        rows = of_title(part("scenario file"), title)
        assert {row[1] for row in rows.values()} <= {"yes", "no"}
        for key in [key for key in rows if key in place]:
            kept = place.pop(key)
            try:
                validate_tables(whole, "urban-reports.toml")
                needed = "no"
            except InputError:
                needed = "yes"
            place[key] = kept
            assert rows[key][1] == needed, f"{title}: {key}"
            tried += 1
    print(f"{tried} keys left out, one at a time")
    assert tried > 15


def _plain(value: object) -> object:
    return dict(value) if hasattr(value, "items") else str(value)


def test_keys_of_files_say_what_their_schema_says_of_them() -> None:
    from site_markdown import prose

    for name in ("scenario file", "study file"):
        for rows in tables(part(name)):
            for row in rows[1:]:
                assert row[2], f"{name}: {row[0]} takes nothing"
                own_words = re.sub(r" ?Default: .*", "", row[3])
                assert own_words, f"{name}: {row[0]} is not told"
    definitions = scenario_json_schema()["$defs"]
    told = 0
    for title, definition in (("`[time]`", "Time"), ("`[territory]`", "Territory"), ("`[run]`", "Run")):
        rows = of_title(part("scenario file"), title)
        for key, shape in definitions[definition]["properties"].items():
            described = prose(shape.get("description", "")).translate(SPACES)
            assert rows[key][3].startswith(described)
            told += bool(described)
        assert f"**{title}.** {prose(definitions[definition].get('description', ''))}" in part("scenario file")
    print(f"{told} descriptions")


def test_tables_of_a_run_say_each_measure_as_it_is_declared() -> None:
    rows = by_key(part("run tables"))
    assert list(rows) == [each.name for each in MEASURES]
    for each in MEASURES:
        _, risk, unit, english, french = rows[each.name]
        assert (risk, unit) == (each.risk or "-", each.unit or "1")
        assert english == each.label_en.translate(SPACES)
        assert french == each.label_fr.translate(SPACES)
        assert len(english) > 3 < len(french), each.name
    assert len({row[3] for row in rows.values()}) > 0.9 * len(rows)
    assert rows["share_in_time"][1:] == ["continuity", "share", "needs served in time", "besoins satisfaits à temps"]
    assert rows["cost"][2:] == ["EUR", "cost per year", "coût par an"]


def test_columns_of_a_store_say_what_they_are_declared_to_be() -> None:
    whole, panel = tables(part("store"))
    rows = {row[0].strip("`"): row for row in whole[1:]}
    for column in RECORD_COLUMNS:
        assert rows[column.name][1] == column.unit
        assert rows[column.name][2].replace("`", "") == column.description.translate(SPACES).replace("`", "")
    assert rows["cost"][1] == "EUR"
    assert {row[0].strip("`"): row[1] for row in panel[1:]} == {name: each[1] for name, each in PANEL_COLUMNS.items()}
    assert all(len(row[2]) > 3 for row in (*whole[1:], *panel[1:]))


# Architecture: counted from the files, without what the generator counts with.

PACKAGES = ("model", "scenarios", "experiments", "viz")


def _rooms_read(path: Path, room: str) -> set[str]:
    """Return the other rooms that a file imports, read with the compiler's own tree and a folder's place."""
    read: set[str] = set()
    package = ["entraide", *([] if room == "api" else [room]), *path.parent.parts[1:]]
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    names = re.findall(r"""(?:import_module|__import__)\(\s*["']([\w.]+)["']""", text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else []
            names += [".".join([*start, *filter(None, [node.module]), alias.name]) for alias in node.names]
    for name in names:
        top, _, rest = name.partition(".")
        if top == "entraide":
            read.add(rest.split(".")[0] if rest.split(".")[0] in PACKAGES else "api")
    return read - {room}


def _files_of(room: str) -> list[Path]:
    return [name for name in project_files() if name.suffix == ".py" and name.parts[0] == room]


def test_arrows_and_lines_of_the_architecture_are_those_of_the_files() -> None:
    text = part("architecture")
    rooms, arrows = tables(text)
    shown = {row[0].strip("`"): dict(zip(arrows[0][1:], row[1:], strict=True)) for row in arrows[1:]}
    of_room = {row[0].strip("`/"): row for row in rooms[1:]}
    assert set(shown) == set(of_room) == set(ROOMS)
    for room in ROOMS:
        files = _files_of(room)
        lines = sum((REPOSITORY / path).read_bytes().count(b"\n") for path in files)
        assert of_room[room][3:5] == [str(len(files)), f"{lines:,}"]
        assert f">{room}/: {len(files)} modules, {lines:,} lines</text>" in text
        counted = dict.fromkeys(ROOMS, 0)
        for path in files:
            for other in _rooms_read(path, room):
                counted[other] += 1
        for other in ROOMS:
            cell = shown[room][f"`{other}`"]
            if other == room:
                assert cell == "own room"
            elif ROOMS.index(other) > ROOMS.index(room):
                assert (cell, counted[other]) == ("–", 0)
            else:
                assert cell == str(counted[other]) != "0", f"{room} imports {other}"
                assert f"{room} imports {other} ({counted[other]} modules)" in text
                assert re.search(rf"<text [^>]*>{counted[other]}</text>", text)
        print(room, len(files), lines, counted)


# Evidence: against the figures that are kept, read as plain JSON.


@BOTH
def test_every_figure_that_is_missed_has_its_row(language: str) -> None:
    kept = json.loads((FOUND / "cases.json").read_text(encoding="utf-8"))["cases"]
    missed = [(case, name) for case, each in kept.items() for name, found in each["figures"].items() if not found[4]]
    rows = tables(part(f"missed {language}"))[0][1:]
    found = [(row[0].partition(".")[0], re.findall(r"\(`(\w+)`\)", row[1])[0]) for row in rows]
    assert sorted(found) == sorted(missed)
    for row, (case, name) in zip(rows, found, strict=True):
        mean = float(row[4].replace(",", "."))
        assert mean == pytest.approx(kept[case]["figures"][name][0], rel=0.006), row
        low, high = (float(each.replace(",", ".")) for each in re.split(r" (?:to|à) ", row[3]))
        assert not low <= mean <= high
        assert low <= float(row[2].replace(",", ".")) <= high
        assert len(row[1]) > len(name) + 20
    assert {row[5] for row in rows} == {"en": {"yes", "no", "given"}, "fr": {"oui", "non", "donné"}}[language]


@BOTH
def test_the_summary_counts_as_the_rows_do(language: str) -> None:
    rows = tables(part(f"missed {language}"))[0][1:]
    text = part(f"evidence summary {language}")
    given = {"en": "given", "fr": "donné"}[language]
    counted = sum(row[5] != given for row in rows)
    of = {"en": r"(\d+) of (\d+)", "fr": r"(\d+) sur (\d+)"}[language]
    others = {"en": "Others", "fr": "Autres"}[language]
    met, every = map(int, re.search(rf"{others} ?: {of}", text).groups())  # type: ignore[union-attr]
    not_run = int(re.search({"en": r"not run: (\d+)", "fr": r"non simulées : (\d+)"}[language], text)[1])  # type: ignore[index]
    print(f"{counted} rows that count and {not_run} not simulated: {every} less {met}")
    assert counted + not_run == every - met
    told = [int(each) for each in re.findall(r"\d+", part(f"how counts relate {language}"))]
    assert told == [len(rows), len(rows) - counted, counted, not_run, every - met, every, every, met]


@BOTH
def test_cases_that_cannot_be_run_are_those_without_figures(language: str) -> None:
    kept = set(json.loads((FOUND / "cases.json").read_text(encoding="utf-8"))["cases"])
    folder = REPOSITORY / "experiments" / "evidence" / "cases"
    every = {tomllib.loads(path.read_text(encoding="utf-8"))["id"] for path in folder.glob("*.toml")}
    listed = re.findall(r"^- \*\*(\w+)\. (.+?)\*\* – (.{20,})$", part(f"not run {language}"), re.MULTILINE)
    print([case for case, _, _ in listed])
    assert len(listed) == len(part(f"not run {language}").splitlines()) > 0
    assert not kept & {case for case, _, _ in listed}
    assert every == kept | {case for case, _, _ in listed}


@BOTH
def test_controls_are_counted_as_they_are_kept(language: str) -> None:
    kept = json.loads((FOUND / "controls.json").read_text(encoding="utf-8"))
    right = sum(each["fails_as_it_should"] for each in kept.values())
    text = part(f"controls {language}")
    start = {
        "en": f"{right} of the {len(kept) + 1} switches that were tried make their figures fail",
        "fr": f"{right} des {len(kept) + 1} coupures essayées font manquer leurs chiffres",
    }
    # The one that did not is no control: the page of controls names it.
    page = (REPOSITORY / "docs" / "reference" / "negative_controls.md").read_text(encoding="utf-8")
    assert "Not among them: citizens who do not differ." in page
    assert text.startswith(start[language])
    lines = re.findall(r"^- (.{10,})$", text, re.MULTILINE)
    assert len(lines) == len(set(lines)) == len(kept)


@BOTH
def test_what_no_figure_can_mend_is_said(language: str) -> None:
    lines = re.findall(r"^- (.{60,})$", part(f"cannot say {language}"), re.MULTILINE)
    assert len(lines) == part(f"cannot say {language}").count("\n") + 1 == 5
    assert {"en": "nothing is forecast", "fr": "on ne prévoit rien"}[language] in " ".join(lines)


# What is listed as it is found.


@BOTH
def test_the_dashboards_pages_are_listed_in_order(language: str) -> None:
    rows = tables(part(f"dashboard pages {language}"))[0][1:]
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(PAGES) + 1)]
    assert [row[1] for row in rows] == [f"**{page.title[language]}**".translate(SPACES) for page in PAGES]
    assert all(len(row[2]) > 20 for row in rows)


def test_every_notebook_is_listed_with_the_question_that_it_asks() -> None:
    text = part("notebooks")
    paths = [name for name in project_files() if name.suffix == ".ipynb"]
    lines = [line for line in text.splitlines() if line.startswith("- [")]
    assert len(lines) == len(paths) > 5
    for path in paths:
        (line,) = [each for each in lines if f"](../../{path.as_posix()})" in each]
        cells = json.loads((REPOSITORY / path).read_text(encoding="utf-8"))["cells"]
        title = "".join(cells[0]["source"]).partition("\n")[0].removeprefix("# ")
        assert f"[{title}]".translate(SPACES) in line
        assert f"../../{path.with_suffix('').as_posix()}" in text.splitlines()
        assert len(line.partition("): ")[2]) > 20, path


def test_commands_say_what_they_take() -> None:
    text = part("command line")
    assert "## `entraide run`" in text
    stress = text[text.index("## `entraide stress`") :].partition("\n## ")[0]
    assert "--event" in stress
    assert "\\[default: " in text
    assert "[required]" not in text.replace("\\[required\\]", "")


def test_the_walk_through_a_kind_leads_to_its_page() -> None:
    path = REPOSITORY / "docs" / "how-to" / "add-a-production-kind.md"
    title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    assert part("walk through a production kind").startswith(f"[{title}]({path.name}) ")
