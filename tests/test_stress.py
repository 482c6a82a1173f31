"""Stress: each event alone on the same chance as without it; what follows is told beside the same day without it."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file
from typer.testing import CliRunner

import entraide as en
from entraide.command_line import application
from entraide.commands_stress import day_of, write_stress
from entraide.experiments.aftermath import (
    AFTERMATH,
    Aftermath,
    aftermath_series,
    not_recovered_interval,
    summarise_aftermath,
)
from entraide.experiments.result_comparison import COMPARED, differing_events
from entraide.experiments.runner import Cancelled
from entraide.experiments.runs import Conduct, load_result
from entraide.experiments.stress import ServiceStress, Stress, Struck
from entraide.experiments.stress_folder import StressFolder
from entraide.experiments.stress_plans import default_day, stress_plan
from entraide.experiments.stress_refusals import reason_against
from entraide.experiments.stress_table import STRESS_TABLE_FILE
from entraide.model.errors import InputError
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.intervals import Interval, wilson_interval
from entraide.model.risk import after_event
from entraide.scenarios.hashing import scenario_hash
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.with_event import with_event
from entraide.viz.locales import MINUS
from entraide.viz.stress_overview import overview_sentence
from entraide.viz.stress_sentences import stress_sentences, struck_sentence
from entraide.viz.stress_tables import stress_header, stress_table_rows

BUSY = {"initial_awareness": 0.5, "prompt_rate": 0.1, "needs_rate": 300.0, "repair_capacity": 200.0}
FEW = ("outage", "budget_cut", "rival_platform")
DAYS = 70


def scenario(folder: Path) -> Scenario:
    return load_scenario(islands_file(folder, days=DAYS), BUSY)


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stress]:
    """Three events tried without interruption."""
    folder = tmp_path_factory.mktemp("straight")
    plan = stress_plan(scenario(folder), events=FEW, sizes={"budget_cut": 1.0}, replicates=3, seed=4, own_file=True)
    found = StressFolder.create(folder / "out", plan).carry_out(Conduct(threads=1))
    write_stress(found, folder / "out")
    return folder / "out", found


# What is tried


def test_events_come_when_service_has_settled() -> None:
    assert [default_day(days) for days in (1, 10, 60, 365, 1095)] == [0, 5, 30, 150, 150]


def test_events_that_make_no_sense_are_named_with_the_reason(tmp_path: Path) -> None:
    online = stress_plan(load_scenario("species-id"))
    refused = {each.kind: each.reason for each in online.refused}
    assert set(refused) == {"lockdown"}
    assert "online" in refused["lockdown"]["en"]
    here = scenario(tmp_path)
    assert not stress_plan(here).refused
    assert {trial.kind for trial in stress_plan(here).trials} == {kind.name for kind in EVENT_KINDS}
    bare = load_scenario(islands_file(tmp_path), {"backstop_capacity": 0.0, "repair_capacity": 0.0})
    assert reason_against(bare, "budget_cut") is not None
    assert reason_against(load_scenario("urban-reports", {"awareness_rate": 0.0}), "media_peak") is not None
    assert reason_against(load_scenario("urban-reports", {"once_for_all": True}), "loss_of_contributors") is not None
    selfish = {"altruism_weight": 0.0, "pleasure_weight": 2.0}
    assert reason_against(load_scenario("urban-reports", selfish), "trust_shock") is not None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"events": ["outtage"]}, "unknown kind of event (given: 'outtage')"),
        ({"sizes": {"blizzard": 1.0}}, "--size: unknown kind of event"),
        ({"sizes": {"outage": 0.5}}, "has no size"),
        ({"sizes": {"budget_cut": 1.5}}, "size of budget_cut: is out of bounds (given: 1.5). allowed: 0 to 1"),
        ({"day": 4000}, "is outside the calendar"),
        ({"day": -1}, "is outside the calendar"),
    ],
)
def test_what_cannot_be_tried_is_refused(tmp_path: Path, asked: dict[str, object], words: str) -> None:
    with pytest.raises(InputError) as caught:
        stress_plan(scenario(tmp_path), **asked)  # type: ignore[arg-type]
    assert words in str(caught.value)


def test_an_event_that_makes_no_sense_is_refused_when_asked_for() -> None:
    with pytest.raises(InputError, match="makes no sense here: people contribute online"):
        stress_plan(load_scenario("species-id"), events=["lockdown"])


def test_a_date_is_a_day_of_the_run() -> None:
    assert day_of("2025-03-01", date(2025, 1, 1)) == 59
    with pytest.raises(InputError, match="year-month-day"):
        day_of("1 March", date(2025, 1, 1))


@pytest.mark.parametrize("kind", EVENT_KINDS, ids=lambda kind: kind.name)
def test_one_more_event_is_as_if_the_file_had_it(kind: object, tmp_path: Path) -> None:
    declared = next(each for each in EVENT_KINDS if each is kind)
    days = f"days = {declared.days}\n" if "days" in declared.accepts else ""
    size = f"size = {declared.size}\n" if declared.bounds is not None else ""
    more = f'\n[[events]]\nkind = "{declared.name}"\ndate = 2025-01-11\n{days}{size}'
    written = load_scenario(islands_file(tmp_path, more=more))
    added = with_event(load_scenario(islands_file(tmp_path)), declared.name, 10, declared.days, declared.size)
    assert added.events == written.events
    assert scenario_hash(added) == scenario_hash(written)


# What comes out


def test_nothing_differs_before_the_day_of_the_event(straight: tuple[Path, Stress]) -> None:
    folder, found = straight
    results = [load_result(place) for place in StressFolder.open(folder).places]
    day = found.plan.trials[0].day
    assert day == default_day(DAYS) == 35
    for struck in results[1:]:
        for usual, one in zip(results[0].outcomes, struck.outcomes, strict=True):
            apart = [
                name for name, series in one.daily.items() if not np.array_equal(series[:day], usual.daily[name][:day])
            ]
            assert apart == []
            assert not np.array_equal(one.daily["in_time"], usual.daily["in_time"])


def test_the_events_of_one_risk_are_one_family(straight: tuple[Path, Stress]) -> None:
    service = straight[1].of()
    assert [struck.trial.kind for struck in service.struck] == [k.name for k in EVENT_KINDS if k.name in FEW]
    for struck in service.struck:
        assert struck.comparison.of("share_in_time").family == len(FEW)
        assert struck.following.of("resilience_loss").family == 1
        assert struck.comparison.of("share_in_time").pairs == 3


def test_a_complete_cut_is_not_overcome_while_it_lasts(straight: tuple[Path, Stress]) -> None:
    """No agent and no last resort until the end of the run: nothing that arises after the cut is served."""
    cut = next(struck for struck in straight[1].of().struck if struck.trial.kind == "budget_cut")
    print(cut.after, cut.usual, sep="\n")
    assert cut.trial.size == 1.0
    assert cut.after.fell == cut.after.not_recovered == cut.after.replicates == 3
    assert cut.after.still_open == 0
    assert cut.after.not_recovered_interval == not_recovered_interval(3, 0, 3)
    assert cut.after.days_to_recover == ()
    assert cut.after.lowest.value == 0.0
    assert cut.following.of("resilience_loss").difference is not None
    assert cut.following.of("resilience_loss").difference > 5.0


def test_interrupted_and_resumed_it_says_the_same(straight: tuple[Path, Stress], tmp_path: Path) -> None:
    folder, found = straight
    stop = threading.Event()

    def hear(done: int, total: int) -> None:
        # In the middle of the second event.
        if done > total * 0.55:
            stop.set()

    plan = replace(found.plan, request=replace(found.plan.request, scenario=scenario(tmp_path)))
    with pytest.raises(Cancelled):
        StressFolder.create(tmp_path / "out", plan).carry_out(Conduct(threads=1, progress=hear, cancel=stop))
    begun = [place for place in StressFolder.open(tmp_path / "out").places if (place / "status.json").exists()]
    assert len(begun) < 1 + len(FEW)
    resumed = StressFolder.open(tmp_path / "out").carry_out(Conduct(threads=2))
    write_stress(resumed, tmp_path / "out")
    for name in ("stress.json", STRESS_TABLE_FILE):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_table_holds_what_the_document_says(straight: tuple[Path, Stress]) -> None:
    folder, _ = straight
    document = json.loads((folder / "stress.json").read_text())
    table = pq.read_table(folder / STRESS_TABLE_FILE)
    assert all(field.metadata[b"description"] for field in table.schema)
    rows = {(row["event"], row["compared"]): row for row in table.to_pylist()}
    assert len(rows) == len(FEW) * (len(COMPARED) + len(AFTERMATH))
    (service,) = document["services"]
    for event in service["events"]:
        for name, told in {**event["following"], **event["year"]}.items():
            row = rows[event["kind"], name]
            assert (row["difference"], row["verdict"], row["unit"]) == (
                told["difference"],
                told["verdict"],
                told["unit"],
            )
        lost = rows[event["kind"], "not_recovered"]
        assert [lost["level_low"], lost["level_high"]] == event["with_event"]["not_recovered_interval"]
    assert "started" not in json.dumps(document), "nothing that another computation would change"


# Words


def made_up(found: Stress, **after: object) -> Struck:
    """Return an event whose aftermath was set by hand, over twenty replicates."""
    struck = found.of().struck[0]
    twenty = replace(struck.after, replicates=20, fell=20, not_recovered=0, still_open=0, days_to_recover=(20,) * 20,
                     not_recovered_interval=not_recovered_interval(0, 0, 20))  # fmt: skip
    usual = replace(twenty, fell=0, days_to_recover=())
    return replace(struck, after=replace(twenty, **after), usual=usual)


@pytest.mark.parametrize(
    ("after", "english", "french"),
    [
        (
            {},
            "is broken on some day after it in all 20 simulations, and in none of 20 simulations without it",
            "est rompue un jour au moins ensuite dans les 20 simulations",
        ),
        ({"fell": 0, "days_to_recover": ()}, "is held in all 20 simulations", "est tenue dans les 20 simulations"),
        (
            {"not_recovered": 5, "not_recovered_interval": not_recovered_interval(5, 0, 20)},
            "that the norm is still broken at the end is 25% (between 11% and 47%); 0% without the event.",
            "est de 25\u202f% (entre 11\u202f% et 47\u202f%)\u202f; de 0\u202f% sans l'événement.",
        ),
        (
            {"not_recovered": 20, "days_to_recover": (), "not_recovered_interval": not_recovered_interval(20, 0, 20)},
            "The probability that the norm is still broken at the end is 100% (between 84% and 100%)",
            "La probabilité que la norme soit encore rompue à la fin est de 100\u202f%",
        ),
        (
            {"still_open": 2, "days_to_recover": (20,) * 18},
            "Too soon to tell: in 2 simulations it is held again at the end, but for less than two weeks.",
            "Trop tôt pour le dire\u202f: dans 2 simulations, elle est de nouveau tenue à la fin, mais depuis moins de",
        ),
        ({"replicates": 0, "fell": 0}, "nothing falls due after it", "rien n'arrive à échéance ensuite"),
    ],
)
def test_sentences_say_what_follows(
    straight: tuple[Path, Stress], after: dict[str, object], english: str, french: str
) -> None:
    struck = made_up(straight[1], **after)
    start = date(2025, 1, 1)
    texts = {language: struck_sentence(struck, straight[1].of(), start, language) for language in ("en", "fr")}
    print(*texts.values(), sep="\n")
    assert english in texts["en"]
    assert french in texts["fr"]
    assert texts["en"].endswith(", for these assumed values.")
    assert texts["fr"].endswith(", pour ces valeurs supposées.")


def costing(found: Stress, *losses: tuple[float, float, float]) -> ServiceStress:
    """Return the events of a service with what each costs set by hand: estimate, lower and upper end of its band."""
    service = found.of()
    struck = []
    for each, (loss, low, high) in zip(service.struck, losses, strict=True):
        differences = tuple(
            replace(one, difference=loss, band=Interval(low, high, 0.95, "by hand"))
            if one.measure.name == "resilience_loss"
            else one
            for one in each.following.differences
        )
        struck.append(replace(each, following=replace(each.following, differences=differences)))
    return replace(service, struck=tuple(struck))


@pytest.mark.parametrize(
    ("losses", "english", "french", "absent"),
    [
        (  # The outage is estimated to cost most, but only the cut is shown to cost anything.
            [(10.8, -7.3, 28.8), (4.0, 2.0, 6.0), (0.0, -1.0, 1.0)],
            ["hardest blow is “Budget cut”: it costs 4 days of service at the norm (2.0 to 6.0).",
             "The largest estimate is not sure: “Outage of the platform”, 10.8 days (-7.3 to 28.8)"],
            ["le coup le plus dur est", "il coûte 4 jours de service à la norme (de 2,0 à 6,0).",
             "La plus forte estimation n'est pas sûre"],
            "can be told",
        ),
        (
            [(10.8, -7.3, 28.8), (4.0, -2.0, 6.0), (0.0, -1.0, 1.0)],
            ["None of 3 events can be told from no event", "largest estimate is not sure: “Outage of the platform”"],
            ["Aucun de 3 événements ne se distingue", "La plus forte estimation n'est pas sûre"],
            "hardest",
        ),
        (  # A gain is shown, and is no blow.
            [(-9.0, -12.0, -6.0), (4.0, -2.0, 6.0), (0.0, -1.0, 1.0)],
            ["None of 3 events can be told from no event", "not sure: “Budget cut”"],
            ["Aucun de 3 événements ne se distingue"],
            "hardest",
        ),
        (
            [(10.8, 7.3, 28.8), (4.0, -2.0, 6.0), (0.0, -1.0, 1.0)],
            ["hardest blow is “Outage of the platform”"],
            ["le coup le plus dur est"],
            "not sure",
        ),
        (
            [(0.3, 0.1, 0.5), (0.2, -2.0, 6.0), (0.0, -1.0, 1.0)],
            ["costs as much as half a day"],
            ["demi-journée"],
            "sure",
        ),
    ],
)  # fmt: skip
def test_the_hardest_blow_is_one_that_is_shown(
    straight: tuple[Path, Stress],
    losses: list[tuple[float, float, float]],
    english: list[str],
    french: list[str],
    absent: str,
) -> None:
    service = costing(straight[1], *losses)
    texts = {language: overview_sentence(service, language) for language in ("en", "fr")}
    print(*texts.values(), sep="\n")
    for text in english:
        assert text.replace("-", MINUS) in texts["en"].replace("-", MINUS)
    for text in french:
        assert text in texts["fr"]
    assert absent not in texts["en"]
    assert english_words(texts["fr"]) == []
    assert faults_of_french(texts["fr"]) == []


def test_one_paragraph_calls_broken_only_the_norm_of_days(straight: tuple[Path, Stress]) -> None:
    """A risk of the year comes true; the norm is broken on a day."""
    for language, norm, risks in (("en", "broken on some day", "broken"), ("fr", "rompue un jour", "romp")):
        told = [struck_sentence(each, straight[1].of(), date(2025, 1, 1), language) for each in straight[1].of().struck]
        print(*told, sep="\n")
        assert any(norm in text for text in told)
        years = [
            part for text in told for part in text.split(". ") if re.search("risks? of the |isques? de l'", part, re.I)
        ]
        assert len(years) == len(told)
        assert all(risks not in part for part in years)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_are_those_of_their_language(straight: tuple[Path, Stress], language: str) -> None:
    found = straight[1]
    service = found.of()
    texts = [*stress_sentences(found, language)[service.service].values(), overview_sentence(service, language)]
    texts += [struck_sentence(made_up(found, not_recovered=3), service, date(2025, 1, 1), language)]
    cells = [*stress_header(language), *(cell for row in stress_table_rows(service, language) for cell in row)]
    for text in texts:
        print(text)
        assert left_over(text) == []
    if language == "fr":
        for text in (*texts, *cells):
            assert english_words(text) == []
            assert faults_of_french(text) == []
    assert len(stress_table_rows(service, language)) == len(FEW)
    assert all(len(row) == len(stress_header(language)) for row in stress_table_rows(service, language))


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "The only event tried", "of 3 events"),
        ("fr", "Le seul événement essayé", "de 3 événements"),
    ],
)
def test_one_event_is_told_in_the_singular(
    straight: tuple[Path, Stress], language: str, one: str, several: str
) -> None:
    service = straight[1].services[0]
    struck = service.struck[0]
    alone = overview_sentence(replace(service, struck=(struck,)), language)
    together = overview_sentence(replace(service, struck=(struck,) * 3), language)
    print(alone)
    assert alone.startswith(one)
    assert several in together.lower()
    nothing = replace(struck, after=replace(struck.after, replicates=0))
    untested = overview_sentence(replace(service, struck=(nothing,)), language)
    assert "1 " not in untested
    assert faults_of_french(untested) == [] or language == "en"


def test_an_aftermath_of_unknowns_is_no_value() -> None:
    nothing = np.full(4, np.nan)
    names = (*(measure.name for measure in AFTERMATH), "days_to_recover")
    after = summarise_aftermath(dict.fromkeys(names, nothing))
    assert isinstance(after, Aftermath)
    assert (after.replicates, after.still_open, after.not_recovered_interval) == (0, 0, None)


def test_who_holds_the_norm_too_briefly_at_the_end_is_neither_recovered_nor_lost() -> None:
    """Four series by hand, norm .8, event on day 45: recovered, under the norm, open for 13 days, never fell."""
    days = {
        "recovered": [1.0] * 50 + [0.0] * 20 + [1.0] * 14,
        "under": [1.0] * 50 + [0.0] * 34,
        "open": [1.0] * 50 + [0.0] * 21 + [1.0] * 13,
        "never fell": [1.0] * 84,
    }
    found = {name: after_event(share, 0.8, 45) for name, share in days.items()}
    print(found)
    assert {name: each.recovered for name, each in found.items()} == {
        "recovered": True, "under": False, "open": None, "never fell": True
    }  # fmt: skip
    assert [name for name, each in found.items() if each.still_open] == ["open"]
    series = {name: np.zeros(4) for name in (*(measure.name for measure in AFTERMATH), "days_to_recover")}
    series["fell"] = np.array([float(each.fell) for each in found.values()])
    series["not_recovered"] = np.array([float(each.recovered is False) for each in found.values()])
    series["still_open"] = np.array([float(each.still_open) for each in found.values()])
    after = summarise_aftermath(series)
    assert (after.replicates, after.fell, after.not_recovered, after.still_open) == (4, 3, 1, 1)
    band = after.not_recovered_interval
    assert band is not None
    # One of four when the open one recovers, two of four when it does not: Wilson's ends of .0456 and .8500.
    assert band.low == pytest.approx(wilson_interval(1, 4).low) == pytest.approx(0.0456, abs=1e-3)
    assert band.high == pytest.approx(wilson_interval(2, 4).high) == pytest.approx(0.85, abs=1e-2)


def test_the_open_ones_reach_the_count_from_the_series_of_a_run() -> None:
    """A run whose three replicates end under the norm, nine days after coming back, and long after it."""
    specification = load_scenario("urban-reports", days=60).specification()
    due = np.full(60, 10)
    outcomes = []
    for back in (None, 51, 30):
        in_time = due.copy()
        in_time[25 : 60 if back is None else back] = 0
        # The share of the last seven days is back over .8 on the sixth day after.
        nothing = np.zeros((60, 1))
        daily = {"due": due[:, None], "in_time": in_time[:, None], "delivered_by_citizens": nothing,
                 "delivered_by_staff": nothing}  # fmt: skip
        outcomes.append(SimpleNamespace(daily=daily))
    series = aftermath_series(outcomes, specification, 0, 20, 1)  # type: ignore[arg-type]
    print(series)
    assert series["not_recovered"].tolist() == [1.0, 0.0, 0.0]
    assert series["still_open"].tolist() == [0.0, 1.0, 0.0]


# The command and Python


def test_the_command_prints_writes_and_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(islands_file(tmp_path, days=30))
    options = [path, "--events", "outage,holidays", "--size", "holidays=0.1", "--date", "2025-01-10", "--quick"]
    done = CliRunner().invoke(application, ["stress", *options])
    print(done.stdout, done.stderr)
    assert done.exit_code == 0
    assert "Outage of the platform, 7 days from 10" in done.stdout
    assert "× 0.1" in done.stdout
    folder = tmp_path / "entraide-out" / "stress-islands-1"
    assert (folder / "stress.parquet").exists()
    again = CliRunner().invoke(application, ["resume", str(folder), "--json"])
    assert again.exit_code == 0
    assert json.loads(again.stdout) == json.loads((folder / "stress.json").read_text())
    french = CliRunner().invoke(application, ["report", str(folder), "--lang", "fr"])
    assert french.exit_code == 0
    assert "Panne de la plateforme" in french.stdout
    for arguments, words in (
        (["--size", "holidays"], "must be kind=number"),
        (["--date", "soon"], "must be a date"),
        (["--events", "outtage"], "did you mean 'outage'?"),
    ):
        refused = CliRunner().invoke(application, ["stress", path, *arguments])
        assert refused.exit_code == 2
        assert words in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_from_python(tmp_path: Path) -> None:
    path = islands_file(tmp_path, days=30)
    found = en.stress(path, replicates=2, threads=1, events=["outage"], date=date(2025, 1, 10), out=tmp_path / "out")
    assert isinstance(found, en.Stress)
    assert repr(found) == "<Stress of islands: 1 event, 2 replicates each>"
    assert "Outage of the platform" in str(found)
    assert "Panne de la plateforme" in found.verdict("fr")
    frame = found.frame()
    assert set(frame["event"]) == {"outage"}
    assert len(frame) == len(COMPARED) + len(AFTERMATH)
    assert found.to_dict() == json.loads((tmp_path / "out" / "stress.json").read_text())


# The run without the event beside the run with it


def test_compare_names_the_event_that_one_run_has(straight: tuple[Path, Stress], tmp_path: Path) -> None:
    """What ``stress`` suggests to look at next says which event it is about."""
    first, second = straight[0] / "baseline", straight[0] / "events" / "budget_cut"
    told, day = {}, date(2025, 1, 1) + timedelta(days=straight[1].plan.trials[0].day)
    for language in ("en", "fr"):
        out = str(tmp_path / language)
        arguments = ["compare", str(first), str(second), "--no-report", "--lang", language, "--out", out]
        done = CliRunner().invoke(application, arguments)
        print(done.stdout, done.stderr)
        assert done.exit_code == 0
        told[language] = " ".join(done.stdout.split())
    assert f"budget_cut {day} / islands" in told["en"]
    assert "event of the changed design alone: Budget cut" in told["en"]
    assert "nothing was changed" not in told["en"]
    assert "(1)" not in told["en"]
    assert "événement du dispositif modifié seul" in told["fr"]
    assert "rien n'a changé" not in told["fr"]
    document = json.loads((tmp_path / "en" / "comparison.json").read_text())
    assert document["moved"] == {}
    assert document["events"]["baseline_alone"] == []
    (event,) = document["events"]["candidate_alone"]
    assert (event["kind"], event["date"], event["size"]) == ("budget_cut", str(day), 1.0)
    back = CliRunner().invoke(
        application, ["compare", str(second), str(first), "--no-report", "--out", str(tmp_path / "back")]
    )
    assert "event of the baseline alone: Budget cut" in " ".join(back.stdout.split())
    same = CliRunner().invoke(
        application, ["compare", str(first), str(first), "--no-report", "--out", str(tmp_path / "same")]
    )
    assert "nothing was changed" in " ".join(same.stdout.split())


def test_only_events_that_differ_are_named(tmp_path: Path) -> None:
    """Both have the outage of day 10; one has it twice, and another on day 20; the other has a longer one on day 20."""
    once = with_event(scenario(tmp_path), "outage", 10, 2, 1.0)
    here = with_event(with_event(once, "outage", 10, 2, 1.0), "outage", 20, 2, 1.0).specification()
    there = with_event(once, "outage", 20, 3, 1.0).specification()
    first, second = differing_events(here, there)
    assert [(each.day, each.days) for each in first] == [(10, 2), (20, 2)]
    assert [(each.day, each.days) for each in second] == [(20, 3)]
    assert differing_events(here, here) == ((), ())
