"""The command as users meet it: one verdict, one JSON document, one line for each mistake, and the exit codes."""

from __future__ import annotations

import json
import re
import socket
import subprocess
from pathlib import Path

import pytest
from islands import COMMAND, command, islands_file
from typer.testing import CliRunner, Result

from entraide.command_line import application
from entraide.scenarios.declarations import ALL

# What a traceback, or a fault that nobody thought of, leaves on the screen.
TRACES = ("Traceback", 'File "', "Error:", "raise ")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def inside(*arguments: str) -> Result:
    """Run the command in this process; the code that ``main`` calls, without a second start of Python."""
    return CliRunner().invoke(application, list(arguments))


def test_a_quick_run_says_three_risks_cost_both_counterfactuals_files_and_next_steps(tmp_path: Path) -> None:
    finished = command("run", str(islands_file(tmp_path)), "--quick", cwd=tmp_path)
    print(finished.stdout)
    assert finished.returncode == 0
    assert finished.stderr == ""
    text = finished.stdout
    assert "Ouessant, Île-de-Sein, Île-Molène (3 communes): 1,299 inhabitants, 4 replicates" in text
    assert len(re.findall(r"(?:none of|all|\d of) 4 simulated periods of 40 days", text)) >= 3
    assert "too few for a probability" in text
    assert "%" not in re.sub(
        r"\(.*?\)", "", next(line for line in text.splitlines() if "quality norm" in line)
    ).replace("10%", "")
    assert "The service costs €" in text
    assert "With the same budget" in text
    assert "the administration alone would need" in text
    assert text.count("over what the data leave open for urban reports") == 4, "three risks and the cost"
    assert "for these assumed values" not in text
    assert text.count("that the scenario assumes for the administration alone") == 2
    folder = tmp_path / "entraide-out" / "islands-1"
    assert f"Files in {folder.relative_to(tmp_path)}: report.html" in text
    for name in ("report.html", "verdict.json", "provenance.json", "scenario.toml", "tables/daily.parquet"):
        assert (folder / name).stat().st_size > 0, name
    for step in (
        "entraide run entraide-out/islands-1/scenario.toml\n",
        "entraide run entraide-out/islands-1/scenario.toml --what-helps\n",
        "entraide stress entraide-out/islands-1/scenario.toml\n",
        "entraide dashboard\n",
        "entraide report entraide-out/islands-1\n",
    ):
        assert f"  {step}" in text.replace(f"{tmp_path}/", "")


@pytest.mark.long
def test_from_ten_replicates_on_risks_are_told_as_probabilities(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path, days=150))
    finished = inside("run", path, "--replicates", "10", "--json", "--no-report")
    assert finished.exit_code == 0
    document = json.loads(finished.stdout)
    assert not (tmp_path / document["files"]["verdict.json"]).with_name("report.html").exists()
    for risk in document["risks"].values():
        assert risk["replicates"] == 10
        assert risk["probability"] == risk["count"] / risk["replicates"]
        assert 0.0 <= risk["interval"][0] <= risk["probability"] <= risk["interval"][1] <= 1.0


def test_json_is_one_document_and_nothing_else(tmp_path: Path) -> None:
    finished = inside(
        "run", str(islands_file(tmp_path)), "--quick", "--seed", "6", "--lang", "fr", "--json", "--no-report"
    )
    assert finished.exit_code == 0
    assert finished.stderr == ""
    document = json.loads(finished.stdout)
    assert (document["population"], document["zones"]) == (1299, 3)
    assert list(document["risks"]) == ["continuity", "quality", "universality"]
    for risk in document["risks"].values():
        assert set(risk) >= {"event", "count", "replicates", "probability", "interval", "norm", "sentence"}
        assert risk["probability"] is None
        assert risk["interval"] is None
        assert risk["sentence"] == risk["sentences"]["fr"]
        assert risk["sentence"].endswith(
            "compte tenu de ce que les données laissent incertain pour les signalements urbains."
        )
        assert risk["sentences"]["en"].endswith("over what the data leave open for urban reports.")
    assert document["cost"]["unit"] == "EUR per year"
    for question in ("same_budget", "same_norm"):
        assert set(document["counterfactual"][question]) >= {"risks", "cost", "staff", "sentence"}
    assert document["provenance"]["seed"] == 6
    assert all((tmp_path / path).exists() for path in document["files"].values())
    stored = json.loads((tmp_path / document["files"]["verdict.json"]).read_text(encoding="utf-8"))
    assert stored["risks"]["quality"]["sentences"] == document["risks"]["quality"]["sentences"]


def test_one_seed_one_result_on_any_number_of_threads(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path))
    results = []
    for options in (["--threads", "1"], ["--threads", "2"], ["--threads", "2"], ["--threads", "2", "--seed", "1"]):
        document = json.loads(inside("run", path, "--quick", "--json", "--no-report", *options).stdout)
        document.pop("files")
        document.pop("provenance")
        document.pop("seed")
        results.append(json.dumps(document, sort_keys=True))
    assert results[0] == results[1] == results[2]
    assert results[3] != results[0]


def test_french_is_written_in_french(tmp_path: Path) -> None:
    finished = inside("run", str(islands_file(tmp_path)), "--quick", "--lang", "fr", "--no-report")
    print(finished.stdout)
    assert finished.exit_code == 0
    for words in ("habitants", "simulations", "Le service coûte", "l'administration seule", "Ensuite"):
        assert words in finished.stdout
    assert re.findall(r"[^\u202f\u00a0][;:?!%»]", finished.stdout) == []
    assert re.findall(r"\d \d|\d\.\d", finished.stdout.split("Ensuite")[0]) == []
    suggested = [line for line in finished.stdout.splitlines() if line.startswith("  entraide ")]
    spoken = [line.endswith(" --lang fr") for line in suggested if "dashboard" not in line]
    assert len(spoken) >= 3
    assert all(spoken), suggested
    assert "inhabitants" not in finished.stdout


# Mistakes ---------------------------------------------------------------------------------------------------------

MISTAKES = [
    (["run", "--snapshot-minutes", "abc"], "--snapshot-minutes: cannot be used (given: 'abc')", "10080 (a week)"),
    (["run", "--replicates", "many"], "--replicates: cannot be used (given: 'many')", "from 1 to 100000"),
    (["run", "--seed=1e3"], "--seed: cannot be used (given: '1e3')", "Any whole number from 0 on will do"),
    (["run", "--threads", "all"], "--threads: cannot be used (given: 'all')", "a whole number from 1"),
    (["run", "--days", "ten"], "--days: must be a whole number (given: 'ten')", "`entraide run --help`"),
    (["compare", "a", "b", "--days", "ten"], "--days: must be a whole number (given: 'ten')", "`entraide compare"),
    (["evidence", "--seeds", "x"], "--seeds: must be a whole number (given: 'x')", "`entraide evidence --help`"),
    (["dashboard", "--port", "http"], "--port: must be a whole number (given: 'http')", "`entraide dashboard --help`"),
    (["run", "--lang", "fra"], "--lang: is not known (given: 'fra')", "did you mean 'fr'?"),
    (["run", "--parameters", "presets"], "--parameters: is not known", "did you mean 'preset'?"),
    (["run", "urban-report"], "unknown scenario", "did you mean 'urban-reports'?"),
    (["run", "none.toml"], "no such scenario file", "none.toml"),
    (["run", "--set", "acknowledgment_rate=0.9"], "unknown parameter", "did you mean 'acknowledgement_rate'?"),
    (["run", "--set", "acknowledgement_rate"], "key=value", "E.g."),
    (["run", "--set", "acknowledgement_rate=lots"], "lots", "0 to 1"),
    (["run", "--set", "acknowledgement_rate=nan"], "nan", "0 to 1"),
    (["run", "--set", "acknowledgement_delay=3 weeks"], "3 weeks", "1 to 120"),
    (["run", "--set", "acknowledgement_delay=2.5"], "2.5", "1 to 120"),
    (["run", "--set", "norm_error=1.5"], "1.5", "0 to 1"),
    (["run", "--set", "norm_share_in_time=80"], "80", "0 to 1"),
    (["run", "--set", "phone_offered=yes"], "yes", "true, false"),
    (["run", "--set", "reward_medium=gold"], "gold", "none, thanks, credit, cash"),
    (["run", "--set", "fun=1", "--set", "fun=1.5"], "twice", "Keep one of the two"),
    (["run", "--set", "seed=3"], "unknown parameter", "--seed"),
    (["run", "--days", "0"], "days", "1 to 1095"),
    (["run", "--days", "5000"], "days", "1 to 1095"),
    (["run", "--territory", "Rennes"], "no such territory", "intercommunality:243500139"),
    (["run", "--territory", "Atlantis"], "no such territory", "commune codes separated by commas"),
    (["run", "--territory", "99999"], "99999", "commune"),
    (["run", "--territory", "none.csv"], "none.csv", "none.csv"),
    (["run", "--territory", "empty.csv"], "empty.csv", "empty"),
    (["run", "surge.toml", "--territory", "29155"], "a zone that is not in this territory", "29083"),
    (["run", "--seed", "-1"], "--seed", "from 0"),
    (["run", "--replicates", "0"], "--replicates", "from 1"),
    (["run", "--replicates", "-4"], "--replicates", "from 1"),
    (["run", "--threads", "0"], "--threads", "from 1"),
    (["run", "--quick", "--replicates", "8"], "--quick", "Keep one of the two"),
    (["run", "empty.toml"], "empty.csv", "empty"),
    (["run", "nobody.toml"], "population", "nobody.csv"),
    (["run", "nodays.toml"], "days", "1"),
    (["resume", "nowhere"], "no such folder", "nowhere"),
    (["resume", "."], "not the folder of a run", "Give the folder"),
    (["report", "."], "not the folder of a run", "Give the folder"),
    (["compare", "urban-reports"], "nothing to compare", "--set"),
    (["compare", "urban-reports", "species-i"], "unknown scenario", "did you mean 'species-id'?"),
    (["scenarios", "show", "urban"], "unknown scenario", "urban-reports"),
    (["scenarios", "check", "empty.toml"], "empty.csv", "empty"),
    (["scenarios", "new", "Has Spaces"], "not a valid name", "small letters"),
    (["scenarios", "new", "urban-reports"], "name of a scenario of the package", "another name"),
    (["scenarios", "new", "mine", "--folder", "nowhere"], "no such folder", "nowhere"),
    (["parameters", "fum"], "unknown parameter", "did you mean 'fun'?"),
    (["parameters", "--kind", "leverage"], "unknown kind", "norm, lever, assumption, constant"),
    (["dashboard", "--port", "99999"], "--port", "0 to 65535"),
]


@pytest.mark.parametrize(("arguments", "what", "help"), MISTAKES, ids=lambda value: " ".join(value)[:40])
def test_a_mistake_is_one_line_with_a_remedy(tmp_path: Path, arguments: list[str], what: str, help: str) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "nobody.csv").write_text("code,name,population\na,Nowhere,0\n")
    for name in ("empty", "nobody"):
        (tmp_path / f"{name}.toml").write_text(
            f'schema_version = 1\nbase = "urban-reports"\n[territory]\nfile = "{name}.csv"\n'
        )
    (tmp_path / "nodays.toml").write_text(
        'schema_version = 1\nbase = "urban-reports"\n[time]\nstart = 2025-01-01\ndays = 0\n'
    )
    islands_file(tmp_path, name="surge", more="""
[[events]]
kind = "outage"
date = 2025-01-03
zones = ["29083"]
""")  # fmt: skip
    finished = inside(*arguments)
    print(finished.stderr)
    assert finished.exit_code == 2
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.startswith("entraide: ")
    assert what in finished.stderr
    assert help in finished.stderr
    assert not any(trace in finished.stderr for trace in TRACES)
    assert not (tmp_path / "entraide-out").exists()


@pytest.mark.parametrize(
    "arguments",
    [["run", "--nonsense"], ["rum"], ["run", "a", "b"], ["compare"], ["run", "--seed"]],
    ids=" ".join,
)  # fmt: skip
def test_a_mistake_of_usage_ends_with_2(arguments: list[str]) -> None:
    finished = inside(*arguments)
    assert finished.exit_code == 2
    assert finished.stdout == ""
    assert not any(trace in finished.stderr for trace in ("Traceback", 'File "'))


def test_a_value_that_is_no_number_is_told_in_french_too() -> None:
    finished = inside("run", "--days", "dix", "--lang", "fr")
    assert finished.exit_code == 2
    assert finished.stderr.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'") == (
        "entraide : --days : doit être un nombre entier (donné : 'dix'). admis : des chiffres. "
        "`entraide run --help` dit ce que c'est.\n"
    )


def test_a_scenario_is_begun_and_checked_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    begun = inside("scenarios", "new", "port", "--lang", "fr")
    assert begun.stdout == "port.toml\n"
    assert begun.stderr.replace("\u202f", " ").splitlines() == [
        "Le modifier, puis : entraide scenarios check port.toml --lang fr",
        "Le simuler : entraide run port.toml --lang fr",
    ]
    assert (tmp_path / "port.toml").read_text(encoding="utf-8").startswith("# Scénario port. Une ligne")
    checked = inside("scenarios", "check", "port.toml", "--lang", "fr")
    assert checked.stdout.replace("\u202f", " ").startswith("port.toml peut être simulé : Finistère (277 communes), ")
    elsewhere = inside("scenarios", "check", "three-services", "--lang", "fr").stdout
    assert "Quimper et son intercommunalité (14 communes)" in elsewhere.replace("\u202f", " ")


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        finished = inside("dashboard", "--no-open", "--port", str(taken.getsockname()[1]))
    assert finished.exit_code == 1
    assert finished.stderr.count("\n") == 1
    assert "--port" in finished.stderr


# Other commands ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_changed_design_is_compared_on_the_same_chance(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path, days=60))
    options = ["--replicates", "10", "--set", "repair_capacity=40"]
    finished = inside("compare", path, *options)
    print(finished.stdout)
    assert finished.exit_code == 0
    assert "repair_capacity: 40 instead of 16" in finished.stdout
    for name in ("Continuity: ", "Quality: ", "Universality: ", "Cost: ", "Needs served in time: better."):
        assert name in finished.stdout
    folder = tmp_path / "entraide-out" / "compare-islands-1"
    document = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert (folder / "comparison.html").stat().st_size > 10_000
    assert document["moved"] == {"repair_capacity": [16.0, 40.0]}
    assert document["unpaired"] == 0
    in_time = document["differences"]["share_in_time"]
    assert in_time["pairs"] == 10
    assert in_time["difference"] == pytest.approx(in_time["candidate"] - in_time["baseline"])
    # The same two designs again: from the finished runs, and one from its folder with the change on top.
    both = json.loads(
        inside("compare", str(folder / "baseline"), str(folder / "changed"), "--json", "--no-report").stdout
    )
    arguments = [str(folder / "baseline"), "--set", "repair_capacity=40"]
    on_top = json.loads(inside("compare", *arguments, "--json", "--no-report").stdout)
    assert both["differences"] == on_top["differences"] == document["differences"]


def test_a_changed_assumption_is_said_to_be_one(tmp_path: Path) -> None:
    finished = inside("compare", str(islands_file(tmp_path)), "--quick", "--set", "needs_rate=60", "--no-report")
    assert finished.exit_code == 0
    assert "needs_rate: an assumption about the world was changed, not a choice of design" in finished.stdout


def test_runs_that_cannot_be_compared_are_refused_with_the_reason(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path, days=20))
    other = tmp_path / "other.toml"
    other.write_text(Path(path).read_text().replace('"29084"', '"29082"'))
    for name, arguments in (
        ("a", [path]), ("seed", [path, "--seed", "1"]), ("days", [path, "--days", "10"]), ("where", [str(other)]),
    ):  # fmt: skip
        finished = inside("run", *arguments, "--replicates", "1", "--out", name, "--no-report")
        assert finished.exit_code == 0, finished.stderr
    for name, words in (
        ("seed", "different seeds, 0 and 1"), ("days", "different calendars"), ("where", "different territories"),
    ):  # fmt: skip
        finished = inside("compare", "a", name)
        print(finished.stderr)
        assert finished.exit_code == 2
        assert words in finished.stderr
        assert finished.stderr.count("\n") == 1
    refused = inside("compare", "a", "--set", "fun=2", "--replicates", "3")
    assert refused.exit_code == 2
    assert "a finished run sets replicates, days, territory and seed" in refused.stderr


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", r"entraide: already finished on .* at \d\d:\d\d UTC: nothing was simulated, what follows is read"),
        ("fr", r"entraide.: déjà terminé le .* à \d\d.h.\d\d UTC.: rien n.a été simulé, ce qui suit est relu"),
    ],
)
def test_resuming_what_is_finished_says_so_and_when(tmp_path: Path, language: str, told: str) -> None:
    path = str(islands_file(tmp_path, days=20))
    assert inside("run", path, "--quick", "--no-report", "--out", "one").exit_code == 0
    assert inside("compare", path, "--set", "fun=1.5", "--quick", "--no-report", "--out", "two").exit_code == 0
    for folder in ("one", "two"):
        again = inside("resume", folder, "--no-report", "--lang", language)
        print(again.stderr)
        assert again.exit_code == 0
        assert re.match(told, again.stderr)
        assert again.stderr.count("\n") == 1
        assert again.stdout
    # What is not finished is gone on with, and not said to be finished.
    status = tmp_path / "one" / "status.json"
    status.write_text(json.dumps({**json.loads(status.read_text()), "status": "interrupted"}))
    on = inside("resume", "one", "--no-report", "--lang", language)
    assert on.exit_code == 0
    assert not re.search(told, on.stderr)


@pytest.mark.slow
def test_a_report_is_drawn_again_without_simulating(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path))
    assert inside("run", path, "--quick", "--out", "out", "--no-report").exit_code == 0
    verdict = (tmp_path / "out" / "verdict.json").read_bytes()
    (tmp_path / "out" / "verdict.json").unlink()
    kept = {file: file.stat().st_mtime_ns for file in (tmp_path / "out" / "replicates").iterdir()}
    again = inside("report", "out")
    assert again.exit_code == 0
    assert "The service costs €" in again.stdout
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
    assert len(list((tmp_path / "out" / "figures").glob("*.png"))) >= 10
    assert (tmp_path / "out" / "verdict.json").read_bytes() == verdict
    assert kept == {file: file.stat().st_mtime_ns for file in (tmp_path / "out" / "replicates").iterdir()}


def test_a_scenario_is_run_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    zones = tmp_path / "mine" / "zones.csv"
    zones.write_text("code,name,population\na,North,400\nb,South,300\n", encoding="utf-8")
    for place, people in (("29155,29084", 1036), (str(zones), 700)):
        options = ["--territory", place, "--days", "20", "--quick", "--no-report", "--json"]
        finished = inside("run", *options, "--out", str(people))
        assert finished.exit_code == 0, finished.stderr
        document = json.loads(finished.stdout)
        assert (document["population"], document["zones"]) == (people, 2)
        # The folder stands by itself: what it says to type there gives the same.
        words = document["provenance"]["command"].split()
        assert words[:3] == ["entraide", "run", "scenario.toml"]
        words[2] = f"{people}/scenario.toml"
        zones.unlink(missing_ok=True)
        again = json.loads(inside(*words[1:], "--no-report", "--json").stdout)
        assert again["risks"] == document["risks"]
        assert again["provenance"]["scenario_hash"] == document["provenance"]["scenario_hash"]
        zones.write_text("code,name,population\na,North,400\nb,South,300\n", encoding="utf-8")


@pytest.mark.long
def test_a_comparison_is_drawn_again(tmp_path: Path) -> None:
    path = str(islands_file(tmp_path))
    made = inside("compare", path, "--set", "fun=1.5", "--quick", "--out", "pair", "--no-report")
    assert made.exit_code == 0, made.stderr
    first = (tmp_path / "pair" / "comparison.json").read_bytes()
    again = inside("report", "pair")
    assert again.exit_code == 0, again.stderr
    assert (tmp_path / "pair" / "comparison.html").stat().st_size > 10_000
    assert (tmp_path / "pair" / "comparison.json").read_bytes() == first


def test_a_console_without_our_spaces_is_written_to_all_the_same(tmp_path: Path) -> None:
    finished = command("scenarios", "show", "urban-reports", "--lang", "fr", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert finished.returncode == 0, finished.stderr
    assert "communes du Finist?re" in finished.stdout


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "parameters", "--json"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert said == ""


def test_scenarios_are_listed_shown_started_and_checked(tmp_path: Path) -> None:
    assert "urban-reports" in inside("scenarios", "list").stdout
    listed = json.loads(inside("scenarios", "list", "--json").stdout)
    assert {"urban-reports", "species-id"} <= {each["name"] for each in listed}
    shown = inside("scenarios", "show", "urban-reports", "--lang", "fr").stdout
    for section in ("De quoi il s'agit", "Comment cela marche", "Limites", "Sources"):
        assert section in shown
    started = inside("scenarios", "new", "mine")
    assert started.exit_code == 0
    assert (tmp_path / "mine.toml").exists()
    checked = inside("scenarios", "check", "mine.toml")
    assert checked.exit_code == 0
    assert "mine.toml can be run: Finistère (277 communes), 277 zones" in checked.stdout
    twice = inside("scenarios", "new", "mine")
    assert twice.exit_code == 2
    assert "exists already" in twice.stderr


def test_parameters_are_told_with_unit_bounds_and_source() -> None:
    text = inside("parameters").stdout
    missing = [name for name in ALL if name not in text]
    assert missing == []
    one = inside("parameters", "norm_delay").stdout
    assert "14 d" in one
    assert "1 to 365 d" in one
    assert "source" in one
    assert "--set norm_delay=14" in one
    assert "norm_error" in inside("parameters", "--kind", "norms").stdout
    assert "effort_weight" not in inside("parameters", "--kind", "norms").stdout
    document = json.loads(inside("parameters", "--json").stdout)
    assert {each["name"] for each in document} == set(ALL)


def test_help_tells_units_and_defaults() -> None:
    text = inside("run", "--help").stdout
    for option in ("--replicates", "--quick", "--days", "--seed", "--threads", "--set", "--out", "--lang", "--json",
                   "--no-report"):  # fmt: skip
        assert option in text
    for word in ("default", "DAYS", "CORES", "1 to 1095", "20", "urban-reports"):
        assert word in text
    everything = inside("--help").stdout
    for name in ("run", "compare", "resume", "report", "scenarios", "parameters", "dashboard", "doctor"):
        assert name in everything


def test_the_doctor_finds_this_machine_fit() -> None:
    finished = inside("doctor")
    print(finished.stdout)
    assert finished.exit_code == 0
    for name in ("Python", "Packages", "Folder of compiled kernels", "Cores", "Memory", "Dashboard offline", "Trial"):
        assert f"  {name}: " in finished.stdout
    assert "the same bits" in finished.stdout
    assert "FAULT" not in finished.stdout


def test_the_doctor_tells_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numba.config.CACHE_DIR", "")
    monkeypatch.setattr("entraide.model.compilation.cache_folder", lambda: None)
    monkeypatch.setattr("entraide.model.memory.available_memory", lambda: 10_000_000)
    finished = inside("doctor")
    assert "note   Folder of compiled kernels: none can be written" in finished.stdout
    assert "--threads 1" in finished.stdout


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    from importlib.metadata import version

    assert inside("--version").stdout == f"entraide {version('entraide')}\n"
