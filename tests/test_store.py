"""The folder of a sweep: what it holds, who may write, and what is refused."""

from __future__ import annotations

import getpass
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_studies import same_runs, write_study

from entraide.experiments.batch.finishing import reopen
from entraide.experiments.batch.gathering import whole_tables
from entraide.experiments.batch.lock import locked
from entraide.experiments.batch.one_run import Record
from entraide.experiments.batch.recording import records_table
from entraide.experiments.batch.store import Store, write_parquet
from entraide.experiments.batch.study import load_study
from entraide.experiments.batch.sweep import begin_sweep, carry_out
from entraide.model.errors import InputError

COMMAND = [sys.executable, "-c", "from entraide.command_line import main; main()"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of eight settings and two replicates, finished."""
    folder = tmp_path_factory.mktemp("finished")
    store = begin_sweep(load_study(write_study(folder)), folder / "out", "entraide sweep study.toml")
    carry_out(store)
    return folder / "out"


def test_the_table_has_a_row_for_each_setting_and_replicate_and_is_in_order(finished: Path) -> None:
    runs = Store.open(finished).runs()
    assert len(runs) == 16
    assert runs["setting"].tolist() == np.repeat(np.arange(8), 2).tolist()
    assert runs["replicate"].tolist() == [0, 1] * 8
    assert list(runs.columns[:6]) == [
        "setting",
        "scenario",
        "acknowledgement_rate",
        "phone_offered",
        "effort_weight",
        "draw",
    ]
    assert set(runs["status"]) == {"done"}
    assert runs["scenario_hash"].nunique() == 16, "each of two draws is another specification"
    for setting in Store.open(finished).settings():
        for row in runs[runs["setting"] == setting.number].to_dict("records"):
            assert {key: row[key] for key in setting.changes} == dict(setting.changes)


def test_every_column_says_its_unit_and_what_it_is(finished: Path) -> None:
    schema = pq.read_schema(finished / "runs.parquet")
    assert all(field.metadata[b"description"] for field in schema)
    assert schema.field("reports.continuity_margin").metadata[b"unit"] == b"share"
    assert schema.field("cost").metadata[b"unit"] == b"EUR"
    assert {b"entraide.study", b"entraide.study_hash", b"entraide.seed", b"entraide.code_hash"} <= set(schema.metadata)


def test_a_norm_is_broken_exactly_where_its_margin_is_negative(finished: Path) -> None:
    runs = Store.open(finished).runs()
    for risk in ("quality", "universality"):
        broken, margin = runs[f"reports.{risk}"], runs[f"reports.{risk}_margin"]
        assert broken.notna().any()
        assert ((broken == 1.0) == (margin < 0.0))[broken.notna()].all()


def test_pandas_polars_and_duckdb_read_the_same_figures(finished: Path) -> None:
    path = str(finished / "runs.parquet")
    read = {
        "pandas": pd.read_parquet(path)["reports.share_in_time"].to_numpy(),
        "polars": pl.read_parquet(path)["reports.share_in_time"].to_numpy(),
        "duckdb": duckdb.sql(f"select \"reports.share_in_time\" from '{path}'").fetchnumpy()["reports.share_in_time"],
    }
    assert not np.isnan(read["pandas"]).all()
    for name, values in read.items():
        assert np.array_equal(np.asarray(values), read["pandas"]), name


def test_the_folder_says_where_its_figures_come_from_and_nothing_about_who_ran_it(finished: Path) -> None:
    about = json.loads((finished / "provenance.json").read_text(encoding="utf-8"))
    assert about["status"] == "complete"
    assert about["runs"] == 16
    assert about["command"] == "entraide sweep study.toml"
    assert len(about["study_hash"]) == len(about["code_hash"]) == 64
    texts = [path.read_text(encoding="utf-8") for path in finished.rglob("*") if path.suffix in (".json", ".toml")]
    assert not [text for text in texts if str(Path.home()) in text or str(finished) in text]
    if len(getpass.getuser()) > 4:
        assert getpass.getuser() not in json.dumps(about)


@pytest.mark.long
def test_the_study_in_the_folder_gives_the_same_runs(finished: Path, tmp_path: Path) -> None:
    carry_out(begin_sweep(load_study(finished / "study.toml"), tmp_path / "again"))
    same = [Store.open(folder).runs().drop(columns=["scenario"]) for folder in (finished, tmp_path / "again")]
    pd.testing.assert_frame_equal(*same, check_exact=True)


def test_a_study_of_the_package_in_another_territory_can_be_run_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "zones.csv").write_text("code,name,population\na,Here,900\nb,There,700\n", encoding="utf-8")
    path = write_study(tmp_path, head='territory = "zones.csv"')
    path.write_text(path.read_text(encoding="utf-8").replace("island.toml", "urban-reports"), encoding="utf-8")
    study = load_study(path)
    begin_sweep(study, tmp_path / "out")
    assert load_study(tmp_path / "out" / "study.toml").hash() == study.hash()
    assert Store.open(tmp_path / "out").study.scenarios[0].territory().inhabitants == 1600


def test_a_second_process_is_told_which_one_works_there(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    holder = (
        "import sys, pathlib\nfrom entraide.experiments.batch.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "held"
        for attempt in (lambda: carry_out(Store.open(folder)), lambda: locked(folder).__enter__()):
            with pytest.raises(InputError, match=f"another process works in this folder: {process.pid}, since 20"):
                attempt()
        assert len(Store.open(folder).runs()) == 16, "reading needs no lock"
        process.communicate("")
    # The system takes the lock back from a process that ended.
    carry_out(Store.open(folder))


def test_a_sweep_that_another_process_began_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes find the folder empty; the other one makes its sweep before this one has the lock."""
    quicker, slower = (load_study(write_study(tmp_path, replicates=number, name=f"of{number}")) for number in (2, 3))
    pending = [quicker]

    @contextmanager
    def late(folder: Path) -> Iterator[None]:
        while pending:
            begin_sweep(pending.pop(), folder)
        with locked(folder):
            yield

    monkeypatch.setattr("entraide.experiments.batch.store.locked", late)
    with pytest.raises(InputError, match="holds another sweep"):
        begin_sweep(slower, tmp_path / "out")
    assert Store.open(tmp_path / "out").study.name == "of2"


@pytest.mark.parametrize(("version", "word"), [(0, "runs.parquet, where it is there"), (2, "Install a newer entraide")])
def test_another_format_is_refused_and_says_what_to_do(finished: Path, tmp_path: Path, version: int, word: str) -> None:
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    request = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    (folder / "sweep.json").write_text(json.dumps({**request, "format": version}), encoding="utf-8")
    with pytest.raises(InputError, match=f"format {version}.*{word}"):
        Store.open(folder)


def test_a_store_whose_scenario_was_altered_is_refused(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    path = folder / "scenarios" / "island" / "scenario.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("needs_rate = 30.0", "needs_rate = 31.0"), "utf-8")
    with pytest.raises(InputError, match="altered since the sweep began"):
        Store.open(folder)


@pytest.mark.parametrize("name", ["runs.parquet", "points.npy", "sweep.json"])
@pytest.mark.parametrize("size", [0, 100])
def test_a_store_of_which_a_file_was_cut_is_refused_in_one_line(
    finished: Path, tmp_path: Path, name: str, size: int
) -> None:
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:size])
    for use in (lambda: Store.open(folder).table(), lambda: carry_out(Store.open(folder))):
        with pytest.raises(InputError, match=r"altered, or is not whole|cannot be read"):
            use()


def test_runs_of_another_simulator_are_not_added(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    request = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    (folder / "sweep.json").write_text(json.dumps({**request, "code_hash": "0" * 64}), encoding="utf-8")
    with pytest.raises(InputError, match="another version of the simulator"):
        carry_out(Store.open(folder))
    assert len(Store.open(folder).runs()) == 16, "it can be read all the same"


def test_records_in_any_order_and_number_of_files_become_one_table_in_order(tmp_path: Path) -> None:
    """Made-up figures: 6,000 runs in 40 files, put together 977 rows at a time."""
    design = '[design]\nkind = "latin-hypercube"\npoints = 3000\n'
    store = begin_sweep(load_study(write_study(tmp_path, design=design)), tmp_path / "out")
    schema = store.schema(whole=False)
    chance = np.random.default_rng(3)
    for number, codes in enumerate(np.array_split(chance.permutation(6000), 40)):
        records = [Record(int(code) // 2, int(code) % 2, values={"cost": float(code)}) for code in codes]
        write_parquet(store.part_path(number + 1), [records_table(records, schema)])
    in_blocks = pa.concat_tables(whole_tables(store, block=977))
    assert in_blocks.column("cost").to_pylist() == list(range(6000))
    assert in_blocks.equals(pa.concat_tables(whole_tables(store)))
    # A part that the disk lost is found, and its runs count as not made.
    store.part_path(7).write_bytes(store.part_path(7).read_bytes()[:-100])
    with locked(store.path):
        index = reopen(store)
    assert index is not None
    assert len(index.codes) == 6000 - 150


def test_nothing_is_written_over(finished: Path, tmp_path: Path) -> None:
    other = load_study(write_study(tmp_path, replicates=3))
    with pytest.raises(InputError, match="holds another sweep"):
        begin_sweep(other, finished)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds no sweep"):
        begin_sweep(other, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    with pytest.raises(InputError, match="holds no sweep"):
        Store.open(tmp_path / "mine")


def test_a_folder_whose_making_was_cut_short_is_made_again(tmp_path: Path) -> None:
    study = load_study(write_study(tmp_path))
    begin_sweep(study, tmp_path / "out")
    (tmp_path / "out" / "sweep.json").unlink()
    (tmp_path / "out" / "points.npy").write_bytes(b"half")
    begin_sweep(study, tmp_path / "out")
    assert len(Store.open(tmp_path / "out").settings()) == 8


@pytest.mark.long
def test_a_full_disk_stops_the_sweep_and_room_lets_it_go_on(finished: Path, tmp_path: Path) -> None:
    """A real limit on the size of files: too small for records, then for the whole table alone."""
    folder = tmp_path / "out"
    begin_sweep(load_study(write_study(tmp_path)), folder)
    whole = (finished / "runs.parquet").stat().st_size

    def limit(size: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, "resume", str(folder), "--workers", "2"],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        )

    for size, done in ((8_000, 0), (whole - 200, 16)):
        told = limit(size)
        print(size, told.returncode, told.stderr.strip())
        assert told.returncode == 1
        assert "the file would be larger than the system allows" in told.stderr
        assert "entraide resume" in told.stderr
        assert "Traceback" not in told.stderr
        assert len(Store.open(folder).runs()) == done
    carry_out(Store.open(folder))
    assert not list(folder.rglob("*.part"))
    same_runs(finished, folder)
