"""The benchmarks run, at tiny sizes; threads change no total; and a ratio inside one run guards against a slow turn.

No test here asserts a time. The ratio is taken between two pieces of work of the same run on the same machine, in
processor time, with a bound several times away from what was measured, so that only a change of kind breaks it.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from benchmark_modules import BENCHMARKS, imported_benchmarks
from house import REPOSITORY
from scenario_files import HEAD, write

from entraide.model.phases import PHASES


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[Mapping[str, ModuleType]]:
    """The modules of the folder, imported as ``python benchmarks/run.py`` imports them, then forgotten."""
    with imported_benchmarks() as modules:
        yield modules


# They start many processes: measured in the long form.
MANY_PROCESSES = ("imports", "laboratory", "starts")


def _tiny(run: ModuleType) -> Any:
    """Return the smallest plan in which every part has something to do."""
    return run.Plan(
        sizes=(2_000, 9_000),
        days=30,
        rounds=2,
        phases_size=9_000,
        verdict_size=9_000,
        verdict_replicates=3,
        verdict_rounds=1,
        peer_citizens=2_000,
        peer_days=2,
        # All of them are run side by side in test_peers.py.
        peers=("numpy",),
        memory_size=300_000,
        import_rounds=1,
        roofline_size=9_000,
        roofline_block=3,
        roofline_rounds=2,
        cache=1 << 18,
        growth_sizes=(2_000,),
        growth_services=(1, 2),
        growth_replicates=(2,),
        growth_size=9_000,
        growth_rounds=1,
        country="department:48",
        laboratory_runs=8,
        laboratory_size=2_000,
        laboratory_days=5,
        laboratory_rounds=1,
    )


@pytest.fixture(scope="module")
def results(benchmarks: Mapping[str, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every part but those that start many processes, at tiny size."""
    run = benchmarks["run"]
    out = tmp_path_factory.mktemp("benchmarks") / "results.json"
    parts = [part for part in run.ALL_PARTS if part not in MANY_PROCESSES]
    measured = run.measure(_tiny(run), parts, out)
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(json.dumps(measured))
    return measured


def _numbers(figures: Any) -> list[float]:
    """Return every number in nested figures."""
    if isinstance(figures, Mapping):
        return [number for each in figures.values() for number in _numbers(each)]
    if isinstance(figures, (list, tuple)):
        return [number for each in figures for number in _numbers(each)]
    return [float(figures)] if isinstance(figures, (int, float)) else []


@pytest.mark.long
def test_every_figure_is_a_number(results: dict[str, Any]) -> None:
    numbers = _numbers(results)
    print(f"{len(numbers)} figures")
    assert len(numbers) > 100
    assert all(math.isfinite(number) and number >= 0.0 for number in numbers)
    assert results["throughput"][0]["inhabitants"] <= 2_000 < results["throughput"][1]["inhabitants"] <= 9_000


@pytest.mark.long
def test_what_starts_processes_is_measured_in_numbers(
    benchmarks: Mapping[str, ModuleType], results: dict[str, Any]
) -> None:
    """The starts have a test of their own; with these, the committed page has just the form that is written."""
    run = benchmarks["run"]
    measured = run.measure(_tiny(run), [part for part in MANY_PROCESSES if part != "starts"])
    for part in ("imports", "laboratory"):
        numbers = _numbers(measured[part])
        print(part, len(numbers))
        assert len(numbers) > 3
        assert all(math.isfinite(number) and number >= 0.0 for number in numbers)
    assert _form(_committed()) == _form(benchmarks["page"].page([{**results, **measured}]))


@pytest.mark.long
def test_results_do_not_depend_on_threads_or_processes(results: dict[str, Any]) -> None:
    rows = [*results["throughput"], results["country"]]
    print([(row["inhabitants"], row["same_bits"]) for row in rows])
    assert all(row["same_bits"] for row in rows)


def test_several_chunks_of_one_replicate_on_two_threads_give_the_same_totals(
    benchmarks: Mapping[str, ModuleType],
) -> None:
    """The sizes above fit in one chunk; here there are several, so that two threads do share a day."""
    engine = benchmarks["engine"]
    what = engine.specification(700_000, 25)
    simulation, alone = engine.one_replicate(what, 1)
    _, shared = engine.one_replicate(what, 2)
    (runner,) = engine.several_replicates(what, 1, 2)
    print(f"{what.territory.inhabitants} inhabitants in {len(simulation.chunks)} chunks")
    assert len(simulation.chunks) >= 2
    assert alone.daily["contributions"].sum() > 0
    assert engine.same_outcome(alone, shared)
    assert engine.same_outcome(alone, runner)


def test_a_planted_difference_between_outcomes_is_seen(benchmarks: Mapping[str, ModuleType]) -> None:
    engine = benchmarks["engine"]
    what = engine.specification(2_000, 30)
    (first, second) = engine.several_replicates(what, 2, 1)
    assert engine.same_outcome(first, first)
    assert not engine.same_outcome(first, second)


@pytest.mark.long
def test_memory_is_what_the_registry_says(results: dict[str, Any]) -> None:
    """What is allocated beside the registered columns: accounts by zone, working space of a chunk, 4 to 8 bytes."""
    for row in results["memory"]["rows"]:
        print(row)
        assert row["registry"] <= row["allocated"] <= row["allocated_at_most"] < row["registry"] + 16


@pytest.mark.long
def test_a_second_start_finds_compiled_kernels(
    benchmarks: Mapping[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two starts of the command on three islands, the first without any cache; kernels are counted, not timed.

    The newcomer's walk of each .ci/run counts them as well.
    """
    monkeypatch.setenv("NUMBA_OPT", "0")
    scenario = write(tmp_path, f'{HEAD}[territory]\ncommunes = ["29155", "29083", "29082"]\n')
    arguments = ("run", str(scenario), "--replicates", "1", "--days", "20")
    row = benchmarks["starts"].starts("three islands", arguments, 1)
    print(row, benchmarks["printing"].TABLES["starts"]([row]))
    assert row["kernels_compiled"]["first"] > 20
    assert row["kernels_compiled"]["second"] == 0


def test_a_start_that_fails_says_why(benchmarks: Mapping[str, ModuleType]) -> None:
    with pytest.raises(RuntimeError, match=r"ended with 2:[\s\S]*no-such-scenario"):
        benchmarks["starts"].starts("nothing", ("run", "no-such-scenario"), 1)


def test_samples_of_one_round_are_compared(benchmarks: Mapping[str, ModuleType]) -> None:
    """A machine twice as slow in one round moves no ratio, and every arm comes first in some round."""
    measurement = benchmarks["measurement"]
    slow = [measurement.Sample(seconds, seconds) for seconds in (4.0, 8.0, 4.4)]
    fast = [measurement.Sample(seconds, seconds) for seconds in (1.0, 2.0, 1.1)]
    assert measurement.ratio(slow, fast) == pytest.approx(4.0)
    assert measurement.median(fast) == pytest.approx(1.1)
    order: list[str] = []
    arms = {name: (lambda name=name: order.append(name)) for name in "ab"}
    samples = measurement.interleaved(arms, 2)
    assert order == ["a", "b", "b", "a"]
    assert {name: len(taken) for name, taken in samples.items()} == {"a": 2, "b": 2}


@pytest.mark.long
def test_the_script_prints_a_table_and_writes_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    command = [sys.executable, str(BENCHMARKS / "run.py"), "--quick", "--only", "phases", "--out", str(out)]
    finished = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert finished.returncode == 0, finished.stderr
    assert "load average" in finished.stdout
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert set(figures["phases"]["seconds"]) == {phase.name for phase in PHASES}
    assert all(name in finished.stdout for name in figures["phases"]["seconds"])


def _form(page: str) -> list[str]:
    """Return what of a page does not depend on figures: headings, and heads of tables."""
    lines = page.splitlines()
    heads = [line for line, next_line in pairwise(lines) if next_line.startswith("|---")]
    return [line for line in lines if line.startswith("#")] + heads


def _committed() -> str:
    return (REPOSITORY / "docs" / "reference" / "speed.md").read_text(encoding="utf-8")


@pytest.mark.long
def test_the_committed_page_has_the_form_that_is_written(
    benchmarks: Mapping[str, ModuleType], results: dict[str, Any]
) -> None:
    """Its figures are those of another machine; what is measured, and in which columns, is as here."""
    page = benchmarks["page"].page([results])
    committed, form = _committed(), _form(page)
    print(form)
    assert len(form) > 10
    assert [line for line in _form(committed) if line in form] == form
    assert all(word in committed for word in ("load average", "processor", "--only roofline growth parts country"))


@pytest.mark.long
def test_the_last_state_of_a_country_does_not_depend_on_threads(results: dict[str, Any]) -> None:
    runs = results["country"]["runs"]
    print({arm: (run["hash"], run["phases"]) for arm, run in runs.items()})
    assert results["country"]["same_hash"]
    assert all(set(run["phases"]) == {phase.name for phase in PHASES} for run in runs.values())


def test_a_country_can_be_run_for_some_days_somewhere(
    benchmarks: Mapping[str, ModuleType], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "country.json"
    benchmarks["run"].main(["--only", "country", "--place", "20000", "--days", "7", "--out", str(out)])
    country = json.loads(out.read_text(encoding="utf-8"))["country"]
    assert (country["days"], country["same_hash"], country["same_bits"]) == (7, True, True)
    assert 15_000 < country["inhabitants"] <= 20_000
    assert all(run["written"] > 0 for run in country["runs"].values())
    assert "7 days: one thread" in capsys.readouterr().out


def test_an_unknown_part_is_refused_with_the_known_ones(
    benchmarks: Mapping[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        benchmarks["run"].main(["--only", "speed"])
    assert refused.value.code == 2
    assert "throughput" in capsys.readouterr().err
