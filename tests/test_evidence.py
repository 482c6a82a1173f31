"""Cases are judged by what was simulated: a right figure passes, a wrong one fails, and nothing passes unseen."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french
from typer.testing import CliRunner

import entraide as en
from entraide.command_line import application
from entraide.experiments.evidence import ensembles
from entraide.experiments.evidence.case import chosen_cases, load_case, load_cases
from entraide.experiments.evidence.ensembles import ensemble_of
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.harness import HARNESSES, Harness, Setting
from entraide.experiments.evidence.observations import History
from entraide.experiments.evidence.registry import all_harnesses
from entraide.experiments.evidence.summary import evidence_rows, summarise
from entraide.experiments.runner import Cancelled
from entraide.model.errors import InputError
from entraide.model.service_classes import SERVICE_CLASSES, preset_of
from entraide.viz.evidence_sentences import count_sentence, meaning_sentence

ROW = {
    "type": "object",
    "required": ["id", "metric", "value", "low", "high", "simulated", "required", "role", "passed"],
    "properties": {
        "id": {"type": "string"},
        "metric": {"type": "string"},
        "value": {"type": "number"},
        "low": {"type": "number"},
        "high": {"type": "number"},
        "simulated": {
            "type": "object",
            "required": ["mean", "sd"],
            "additionalProperties": False,
            "properties": {"mean": {"type": ["number", "null"]}, "sd": {"type": ["number", "null"]}},
        },
        "required": {"type": "boolean"},
        "role": {"enum": ["fit", "out-of-sample", "check-of-input"]},
        "passed": {"type": "boolean"},
    },
}
Write = Callable[..., Path]
PRESET = float(SERVICE_CLASSES["knowledge-commons"]["drop_out_first"])
MAIN = "from entraide.command_line import main; main()"


class Toy:
    """A harness whose answer is known: of 100 people, a share in per cent that the draw and the seed set come once."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.lock = threading.Lock()
        self.seconds = 0.0

    def simulate(self, setting: Setting) -> History:
        """Return 100 people; 50 + seed % 5, less what the draw takes away, come once and the others twice."""
        with self.lock:
            self.settings.append(setting)
        time.sleep(self.seconds)
        once = 50 + setting.seed % 5 - round(100 * (float(setting.draw["drop_out_first"]) - PRESET))
        person = np.concatenate([np.arange(100), np.arange(once, 100)])
        day = np.concatenate([np.zeros(100), np.full(100 - once, 40)])
        one = np.ones(len(person), np.int64)
        return History(person.astype(np.int64), day.astype(np.int64), one, int(setting.scale["days"]))


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Toy:
    """Register the toy beside the real ones, for one test, where no class has an ensemble."""
    made = Toy()
    monkeypatch.setattr(ensembles, "ENSEMBLES_FOLDER", tmp_path / "no-ensembles")
    all_harnesses()
    scale = {"days": "days observed", "shift": "nothing"}
    monkeypatch.setitem(HARNESSES, "toy", Harness("toy", History, scale, made.simulate))
    return made


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a case of the toy: once-only people are 52 in 100 on average over five seeds."""

    def writer(
        case_id: str = "X1", *, band: tuple[float, float] = (0.5, 0.54), value: float = 0.52, more: str = "",
        harness: str = "toy", scale: str = "days = 400", metric: str = "once_only_share",
    ) -> Path:  # fmt: skip
        path = tmp_path / f"{case_id}.toml"
        path.write_text(
            f'id = "{case_id}"\ntitle = "A toy"\nsource = "made up"\nclass = "knowledge-commons"\n'
            f'harness = "{harness}"\n\n[scale]\n{scale}\n\n[[targets]]\nmetric = "{metric}"\nvalue = {value}\n'
            f"low = {band[0]}\nhigh = {band[1]}\nrequired = true\n{more}",
            encoding="utf-8",
        )
        return path

    return writer


def judged(path: Path, seeds: int = 5) -> dict[str, object]:
    """Return the one row of one case."""
    (row,) = evidence_rows(evaluate([load_case(path)], seeds=seeds))
    return row


def command(*arguments: str) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of the command."""
    result = CliRunner().invoke(application, ["evidence", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("toy")
def test_a_right_figure_passes_and_its_mean_and_spread_are_those_of_the_seeds(write: Write) -> None:
    row = judged(write())
    print(row)
    assert row["passed"] is True
    assert row["simulated"] == pytest.approx({"mean": 0.52, "sd": np.std([0.5, 0.51, 0.52, 0.53, 0.54], ddof=1)})
    assert row["range"] == pytest.approx([0.504, 0.536])


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize("band", [(0.53, 0.60), (0.40, 0.51)])
def test_a_wrong_figure_fails(write: Write, band: tuple[float, float]) -> None:
    assert judged(write(band=band, value=sum(band) / 2))["passed"] is False
    code, _, said = command("--cases", str(write(band=band)), "--seeds", "5", "--json")
    assert code == 1
    assert "1 figure that must hold is missed (of 1): X1 once_only_share" in said
    code, _, said = command("--cases", str(write(band=band)), "--seeds", "5", "--json", "--lang", "fr")
    assert code == 1
    assert "1 chiffre exigé (sur 1) est manqué" in said


@pytest.mark.usefixtures("toy")
def test_a_figure_without_a_value_never_passes(write: Write) -> None:
    """Nobody comes on a third day, so nobody can return after it: no band, however wide, is met by nothing."""
    row = judged(write(metric="return_after_3", band=(-1e9, 1e9)))
    assert row["passed"] is False
    assert row["simulated"] == {"mean": None, "sd": None}
    assert row["without_value"] == 5


@pytest.mark.usefixtures("toy")
def test_judged_by_its_range_the_observed_figure_must_lie_in_a_range_that_is_narrow_enough(write: Write) -> None:
    """The middle 80 % of the draws goes from .504 to .536."""
    by_range = 'judged = "range"\n'
    assert judged(write(value=0.53, band=(0.4, 0.7), more=by_range))["passed"] is True
    assert judged(write(value=0.55, band=(0.4, 0.7), more=by_range))["passed"] is False
    assert judged(write(value=0.53, band=(0.52, 0.54), more=by_range))["passed"] is False, "wider than what is allowed"


@pytest.mark.usefixtures("toy")
def test_an_ensemble_wider_than_three_bands_is_told(write: Write) -> None:
    assert judged(write(band=(0.519, 0.521)))["range_within_three_bands"] is False
    assert judged(write(band=(0.51, 0.53)))["range_within_three_bands"] is True


def test_each_seed_takes_the_draw_of_its_number(toy: Toy, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "ensembles"
    folder.mkdir()
    draws = [{"drop_out_first": PRESET}, {"drop_out_first": PRESET - 0.1}]
    (folder / "knowledge-commons.json").write_text(json.dumps({"class": "knowledge-commons", "draws": draws}))
    case = load_case(write())
    (found,) = evaluate([case], seeds=4, ensembles=folder)
    assert [setting.draw["drop_out_first"] for setting in sorted(toy.settings, key=lambda each: each.seed)] == [
        PRESET,
        PRESET - 0.1,
    ] * 2
    assert found.targets[0].values == pytest.approx((0.50, 0.61, 0.52, 0.63))
    assert found.fitted
    (moved,) = evaluate([case], seeds=4, ensembles=folder, changes={"drop_out_first": PRESET + 0.1})
    assert moved.targets[0].values == pytest.approx((0.40, 0.41, 0.42, 0.43)), "changes hold in every draw"


def test_a_class_without_an_ensemble_is_judged_by_its_preset_and_this_is_told(write: Write, tmp_path: Path) -> None:
    ensemble = ensemble_of("knowledge-commons", tmp_path)
    assert ensemble.draws == (preset_of("knowledge-commons"),)
    assert not ensemble.fitted


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{", "is not an ensemble"),
        ('{"class": "crisis", "draws": []}', "holds no draw"),
        ('{"class": "giving", "draws": [{}]}', "is of another class"),
        (
            '{"class": "crisis", "draws": [{"drop_out_frist": 0.3}]}',
            "draws[number 1].drop_out_frist: unknown parameter",
        ),
        ('{"class": "crisis", "draws": [{"drop_out_first": 7.0}]}', "draws[number 1].drop_out_first"),
    ],
)
def test_an_ensemble_that_cannot_be_used_is_refused(tmp_path: Path, document: str, told: str) -> None:
    (tmp_path / "crisis.json").write_text(document)
    with pytest.raises(InputError) as caught:
        ensemble_of("crisis", tmp_path)
    assert told in str(caught.value)


def test_cases_of_one_world_share_its_simulations(toy: Toy, write: Write) -> None:
    cases = [load_case(write("X1")), load_case(write("X2")), load_case(write("X3", scale="days = 500"))]
    evaluate(cases, seeds=3)
    assert len(toy.settings) == 6, "two worlds, three seeds"


def test_figures_do_not_depend_on_threads(toy: Toy, write: Write) -> None:
    case = load_case(write())
    one, two = (evaluate([case], seeds=5, threads=threads) for threads in (1, 2))
    assert one[0].targets[0].values == two[0].targets[0].values


def test_once_told_to_stop_nothing_more_is_simulated(toy: Toy, write: Write) -> None:
    cancel, toy.seconds = threading.Event(), 0.02

    def stop_after_two(done: int, _: int) -> None:
        if done == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        evaluate([load_case(write())], seeds=50, threads=1, progress=stop_after_two, cancel=cancel)
    assert len(toy.settings) < 10


def test_an_interruption_stops_the_work(toy: Toy, write: Write) -> None:
    toy.seconds = 0.02

    def interrupt(done: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate([load_case(write())], seeds=50, threads=1, progress=interrupt)
    assert len(toy.settings) < 10


@pytest.mark.usefixtures("toy")
def test_a_case_that_breaks_is_not_run_and_hides_no_other(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(setting: Setting) -> History:
        raise ZeroDivisionError("no days")

    monkeypatch.setitem(HARNESSES, "broken", Harness("broken", History, {"days": "days observed"}, broken))
    results = evaluate([load_case(write("X1", harness="broken")), load_case(write("X2"))], seeds=2)
    rows = evidence_rows(results)
    assert [row["passed"] for row in rows] == [False, True]
    assert "ZeroDivisionError" in rows[0]["not_run"]["en"]
    assert not summarise(results).passed
    assert summarise(results).not_run == 1


def test_a_harness_that_is_not_there_yet_leaves_its_cases_not_run(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_harnesses()
    monkeypatch.delitem(HARNESSES, "votes", raising=False)
    row = judged(write(harness="votes", metric="accuracy_5"))
    assert row["passed"] is False
    assert "votes" in row["not_run"]["en"]
    assert "votes" in row["not_run"]["fr"]


@pytest.mark.usefixtures("toy")
def test_an_input_that_the_harness_misses_is_asked_for(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        evaluate([load_case(write(scale="shift = 1"))], seeds=1)
    assert str(caught.value) == "X1.toml: scale.days: is missing. Add days to [scale]: days observed."


@pytest.mark.usefixtures("toy")
def test_ids_stand_for_a_case_or_for_those_that_add_a_letter(write: Write) -> None:
    cases = [load_case(write(name)) for name in ("C4a", "C4b", "C40", "C4ab", "P1")]

    def ids(*wanted: str) -> list[str]:
        return [case.id for case in chosen_cases(cases, wanted)]

    assert ids("C4") == ["C4a", "C4b"]
    assert ids("C4b", "P1", "C4b") == ["C4b", "P1"]
    with pytest.raises(InputError) as caught:
        ids("C4", "C41")
    assert "--ids: no such case (given: 'C41')" in str(caught.value)


@pytest.mark.usefixtures("toy")
def test_the_command_runs_any_folder_and_prints_rows(write: Write, tmp_path: Path) -> None:
    import jsonschema

    write("X1")
    write("X2", band=(0.9, 1.0), value=0.95)
    code, printed, _ = command("--cases", str(tmp_path), "--seeds", "5", "--json")
    rows = json.loads(printed)
    jsonschema.validate(rows, {"type": "array", "items": ROW, "minItems": 2, "maxItems": 2})
    assert [(row["id"], row["passed"]) for row in rows] == [("X1", True), ("X2", False)]
    assert code == 1
    code, printed, _ = command("--cases", str(tmp_path), "--ids", "X1", "--seeds", "5", "--json")
    assert [row["id"] for row in json.loads(printed)] == ["X1"]
    assert code == 0


@pytest.mark.usefixtures("toy")
def test_a_figure_that_is_not_required_does_not_decide(write: Write) -> None:
    path = write(band=(0.9, 1.0), value=0.95)
    path.write_text(path.read_text().replace("required = true\n", ""))
    code, printed, _ = command("--cases", str(path), "--seeds", "5", "--json")
    assert (code, json.loads(printed)[0]["passed"]) == (0, False)


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(
    ("language", "first"), [("en", "10% of simulations done (2 of 20)"), ("fr", "10 % des simulations (2 sur 20)")]
)
def test_without_a_terminal_each_tenth_done_is_a_line_on_standard_error(
    write: Write, language: str, first: str
) -> None:
    code, printed, said = command("--cases", str(write()), "--seeds", "20", "--json", "--lang", language)
    lines = [line.replace("\u202f", " ").replace("\u00a0", " ") for line in said.splitlines()]
    print("\n".join(lines))
    assert (code, len(json.loads(printed))) == (0, 1)
    assert len(lines) == 10
    assert first in lines[0]
    assert re.search(r"\d+0 ?%", lines[8])


@pytest.mark.usefixtures("toy")
def test_the_quick_check_takes_the_cases_with_a_figure_that_must_hold(write: Write, tmp_path: Path) -> None:
    write("X1")
    path = write("X2", band=(0.9, 1.0), value=0.95)
    path.write_text(path.read_text().replace("required = true\n", ""))
    code, printed, _ = command("--cases", str(tmp_path), "--seeds", "5", "--json", "--required")
    assert (code, [row["id"] for row in json.loads(printed)]) == (0, ["X1"])
    code, _, said = command("--cases", str(path), "--required")
    assert code == 2
    assert "--required: no case with a figure that must hold" in said


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(("language", "words"), [("en", "Out of sample"), ("fr", "Hors échantillon")])
def test_the_table_shows_observed_simulated_band_and_verdict(write: Write, language: str, words: str) -> None:
    code, printed, _ = command("--cases", str(write()), "--seeds", "5", "--lang", language)
    print(printed)
    assert code == 0
    assert words in printed
    decimal = {"en": ".", "fr": ","}[language]
    (line,) = (line for line in printed.splitlines() if "X1 once_only_share*" in line)
    for figure in ("0.52", "0.016", "0.5 ", "0.54"):
        assert figure.replace(".", decimal) in line
    assert {"en": "met", "fr": "atteint"}[language] in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--seeds", "0"), "--seeds: cannot be used (given: 0)"),
        (("--cases", "nowhere-at-all"), "--cases: no such folder of cases (given: 'nowhere-at-all')"),
        (("--threads", "0"), "--threads: cannot be used (given: 0)"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(write: Write, arguments: tuple[str, ...], told: str) -> None:
    place = (
        () if "--cases" in arguments else ("--cases", str(write(harness="service", scale="days = 9", metric="gini")))
    )
    code, _, said = command(*place, *arguments)
    assert code == 2
    assert told in said
    assert "Traceback" not in said


def test_a_folder_without_cases_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_cases(tmp_path)
    assert "holds no case" in str(caught.value)


@pytest.mark.usefixtures("toy")
def test_two_files_with_one_id_are_refused(write: Write, tmp_path: Path) -> None:
    path = write("X1")
    (tmp_path / "again.toml").write_text(path.read_text())
    with pytest.raises(InputError) as caught:
        load_cases(tmp_path)
    assert "the id stands in two files" in str(caught.value)


@pytest.mark.usefixtures("toy")
def test_from_python_the_rows_are_those_of_the_command(write: Write) -> None:
    path = write()
    found = en.evidence(path, seeds=5)
    assert found.rows() == json.loads(command("--cases", str(path), "--seeds", "5", "--json")[1])
    assert found.passed
    assert found.frame().loc[0, "simulated_mean"] == pytest.approx(0.52)
    assert found.verdict("fr").startswith("Exigés")
    assert repr(found) == "<Evidence: 1 case, 1 of 1 required target met>"


@pytest.mark.usefixtures("toy")
def test_from_python_as_well_a_miss_with_few_seeds_is_told_to_be_chance_perhaps(write: Write) -> None:
    missed = write(band=(0.9, 0.95), value=0.92)
    assert "With 5 of the usual 20 seeds" in en.evidence(missed, seeds=5).verdict()
    assert "of the usual" not in en.evidence(missed, seeds=20).verdict()


@pytest.mark.usefixtures("toy")
def test_what_it_means_depends_on_what_was_met(write: Write) -> None:
    def meaning(role: str, band: tuple[float, float] = (0.5, 0.54), required: bool = True) -> tuple[str, str]:
        path = write(band=band, more=f'role = "{role}"\n')
        if not required:
            path.write_text(path.read_text().replace("required = true\n", ""))
        summary = summarise(evaluate([load_case(path)], seeds=5))
        assert count_sentence(summary, "fr") != count_sentence(summary, "en")
        return meaning_sentence(summary, "en"), meaning_sentence(summary, "fr")

    told = [
        meaning("out-of-sample"),
        meaning("out-of-sample", (0.9, 1.0)),
        meaning("out-of-sample", (0.9, 1.0), required=False),
        meaning("fit"),
        meaning("check-of-input", required=False),
    ]
    assert len(set(told)) == len(told)
    assert "do not rest a decision" in told[1][0]
    assert "n'appuyez pas de décision" in told[1][1].replace("\u2019", "'")
    assert "aid to thought" in told[2][0]
    assert "left out of the fit" in told[3][0]
    assert "given all of them" in told[4][0]


@pytest.mark.usefixtures("toy")
def test_fitted_figures_that_are_missed_are_counted_in_the_conclusion_by_case(write: Write) -> None:
    """Nothing required is missed; the conclusion must not say that the model can follow these projects."""
    texts = {}
    for case_id, band in (("X1", (0.5, 0.54)), ("X2", (0.9, 1.0)), ("X3", (0.9, 1.0))):
        path = write(case_id, band=band, value=band[0], more='role = "fit"\n')
        path.write_text(path.read_text().replace("required = true\n", ""))
    folder = path.parent
    for ids in (["X1"], ["X1", "X2"], ["X1", "X2", "X3"]):
        summary = summarise(evaluate(load_cases(folder, ids), seeds=5))
        texts[len(ids)] = [meaning_sentence(summary, language) for language in ("en", "fr")]
        print(*texts[len(ids)], sep="\n")
        assert (english_words(texts[len(ids)][1]), faults_of_french(texts[len(ids)][1])) == ([], [])
    few = [meaning_sentence(summary, language, seeds=2) for language in ("en", "fr")]
    assert "With 2 of the usual 20 seeds a figure may be missed by chance alone" in few[0]
    assert "does not even follow" in texts[3][0]
    assert "does not even follow" not in few[0]
    assert "par le seul hasard" in few[1]
    assert "même là où on le lui a montré" not in few[1]
    assert "the model can follow these projects" in texts[1][0]
    assert not any("can follow" in told[0] or "sait suivre" in told[1] for told in (texts[2], texts[3]))
    assert "Of the 2 figures that it was fitted to, 1 is missed (X2: 1)" in texts[2][0]
    assert "Of the 3 figures that it was fitted to, 2 are missed (X2: 1, X3: 1)" in texts[3][0]
    plain = [told[1].replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'") for told in texts.values()]
    assert "1 est manqué (X2 : 1) : ce qu'il mesure" in plain[1]
    assert "2 sont manqués (X2 : 1, X3 : 1) : ce qu'ils mesurent" in plain[2]


@pytest.mark.usefixtures("toy")
def test_one_case_and_one_simulation_are_told_in_the_singular(write: Write) -> None:
    path = write()
    assert command("--cases", str(path), "--seeds", "1")[1].startswith("1 case, 1 simulation each: ")
    assert command("--cases", str(path), "--seeds", "1", "--lang", "fr")[1].startswith("1 cas, 1 simulation chacun")


def test_the_command_works_from_a_fresh_process(write: Write, tmp_path: Path) -> None:
    text = (load_cases()[0].folder / "P5.toml").read_text(encoding="utf-8")
    (tmp_path / "boston_arrivals.csv").write_text("day,count,days\n0,200,400\n")
    (tmp_path / "mine.toml").write_text(text.replace('id = "P5"', 'id = "mine"').replace("low = 0.68", "low = 0.0"))
    run = subprocess.run(
        [sys.executable, "-c", MAIN, "evidence", "--cases", str(tmp_path), "--seeds", "2", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert json.loads(run.stdout)[0]["id"] == "mine", run.stderr
    assert run.returncode in (0, 1)
