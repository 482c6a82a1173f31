"""Mesa's batch runner, the EMA workbench and xarray meet the same numbers as everybody else."""

from __future__ import annotations

import pickle
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from islands import islands_file
from mesa.batchrunner import batch_run

import entraide as en
from entraide.experiments.batch.study import Study, load_study
from entraide.experiments.batch.sweep import begin_sweep
from entraide.experiments.ecosystem.ema import Experiment, ema_model
from entraide.experiments.ecosystem.mesa_batch import ServiceModel
from entraide.experiments.ecosystem.xarray_export import to_xarray
from entraide.model.errors import InputError, MachineError

DAYS = 80
CHANGES: dict[str, Any] = {"acknowledgement_rate": 0.9, "initial_awareness": 0.5}

_STUDY = """\
schema_version = 1
name = "three-levers"
scenarios = ["{path}"]
replicates = 3
parameters = "preset"

[question]
en = "Which one?"
fr = "Lequel ?"

[factors.levers]
acknowledgement_rate = {{ low = 0.1, high = 0.9 }}
phone_offered = [false, true]
"reports.norm_delay" = {{ low = 20, high = 40 }}

[factors.assumptions]
initial_awareness = {{ low = 0.2, high = 0.6 }}

[design]
kind = "latin-hypercube"
points = 3
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return islands_file(tmp_path_factory.mktemp("islands"), days=DAYS)


@pytest.fixture(scope="module")
def study(path: Path) -> Study:
    file = path.with_name("study.toml")
    file.write_text(_STUDY.format(path=path.name), encoding="utf-8")
    return load_study(file)


def _result(path: Path, replicates: int, changes: dict[str, Any]) -> en.Run:
    return en.run(path, replicates=replicates, changes=changes, parameters="preset", counterfactual=False)


def test_batch_run_gives_what_a_run_gives(path: Path) -> None:
    """Cost and norms of each replicate are those of ``entraide.run``, and days add up to its daily measures."""
    arguments = {"scenario": str(path), "replicate": range(3), **CHANGES}
    rows = batch_run(ServiceModel, arguments, max_steps=2000, data_collection_period=1, display_progress=False)
    assert len(rows) == 3 * DAYS
    result = _result(path, 3, CHANGES)
    daily = result.daily()
    for replicate in range(3):
        mine = [row for row in rows if row["replicate"] == replicate]
        assert [row["run.cost"] for row in mine[:-1]] == [None] * (DAYS - 1)
        theirs = daily[daily["replicate"] == replicate]
        assert [row["reports.contributions"] for row in mine] == theirs["contributions"].tolist()
        assert sum(theirs["contributions"]) > 0
    costs = [row["run.cost"] for row in rows if row["run.cost"] is not None]
    print(f"cost of three replicates, EUR a year: {costs}")
    assert np.mean(costs) == pytest.approx(result.cost().value, rel=1e-12)
    assert len(set(costs)) > 1


def test_replicates_of_one_number_meet_the_same_chance_under_all_arguments(path: Path) -> None:
    arguments = {"scenario": str(path), "replicate": range(2), "acknowledgement_rate": [0.1, 0.9]}
    rows = batch_run(ServiceModel, arguments, max_steps=2000, data_collection_period=1, display_progress=False)
    needs = {
        key: [row["reports.arisen"] for row in rows if (row["replicate"], row["acknowledgement_rate"]) == key]
        for key in ((0, 0.1), (0, 0.9), (1, 0.1), (1, 0.9))
    }
    assert needs[0, 0.1] == needs[0, 0.9] != needs[1, 0.1] == needs[1, 0.9]


_IN_PROCESSES = """
import json, sys
from mesa.batchrunner import batch_run
from entraide.experiments.ecosystem.mesa_batch import ServiceModel
from entraide.experiments.ecosystem.xarray_export import to_xarray
if __name__ == "__main__":
    arguments = {"scenario": sys.argv[1], "replicate": range(2), "acknowledgement_rate": [0.1, 0.9]}
    rows = batch_run(ServiceModel, arguments, number_processes=2, max_steps=2000, display_progress=False)
    print(json.dumps(sorted(row["run.cost"] for row in rows)))
"""


@pytest.mark.long
def test_batch_run_in_processes_gives_the_same(path: Path) -> None:
    script = path.with_name("in_processes.py")
    script.write_text(_IN_PROCESSES, encoding="utf-8")
    done = subprocess.run([sys.executable, script, path], capture_output=True, text=True, check=True, timeout=300)
    arguments = {"scenario": str(path), "replicate": range(2), "acknowledgement_rate": [0.1, 0.9]}
    rows = batch_run(ServiceModel, arguments, max_steps=2000, display_progress=False)
    assert done.stdout.strip() == str(sorted(row["run.cost"] for row in rows))


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        ({"acknowledgment_rate": 0.5}, "acknowledgement_rate"),
        ({"acknowledgement_rate": 1.5}, "0 to 1"),
        ({"scenario": "urban-report"}, "urban-reports"),
        ({"replicate": -1}, "a whole number from 0 on"),
        ({"seed": 0.5}, "a whole number"),
        ({"territory": "29999"}, "29999"),
        ({"days": 0}, "days"),
    ],
)
def test_what_cannot_be_used_is_told(arguments: dict[str, Any], phrase: str) -> None:
    with pytest.raises(InputError, match=phrase):
        ServiceModel(**{"territory": "29155", **arguments})


@pytest.fixture
def workbench() -> Iterator[Any]:
    with warnings.catch_warnings():
        # It names evaluators that are not installed and its own coming version.
        warnings.simplefilter("ignore")
        yield pytest.importorskip("ema_workbench")


@pytest.mark.long
def test_the_workbench_drives_a_study(path: Path, study: Study, workbench: Any) -> None:
    """Its experiments are runs of ours: each outcome is the mean over the study's replicates of the same values."""
    model = ema_model(study)
    assert [each.name for each in model.levers] == ["acknowledgement_rate", "phone_offered", "reports__norm_delay"]
    assert [each.name for each in model.uncertainties] == ["initial_awareness"]
    with workbench.SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=2, policies=2)
    assert len(experiments) == 4
    assert np.isfinite(outcomes["cost"]).all()
    assert len(set(outcomes["cost"])) > 2
    for row in (0, 3):
        told = experiments.iloc[row]
        changes = {
            "acknowledgement_rate": float(told["acknowledgement_rate"]),
            "phone_offered": str(told["phone_offered"]) == "True",
            "reports.norm_delay": int(told["reports__norm_delay"]),
            "initial_awareness": float(told["initial_awareness"]),
        }
        result = _result(path, study.replicates, changes)
        assert outcomes["cost"][row] == pytest.approx(result.cost().value, rel=1e-12)
        for name, risk in result.risks().items():
            share = outcomes[f"reports__{name}"][row]
            of = risk.headline.replicates
            assert (np.isnan(share) and of == 0) or share == pytest.approx(risk.count / of)


@pytest.mark.slow
def test_the_workbench_searches_over_the_levers(study: Study, workbench: Any) -> None:
    """A search over levers ends with designs none of which is beaten in cost and in the margin of quality."""
    model = ema_model(study, outcomes=("cost", "reports.quality_margin"))
    with workbench.SequentialEvaluator(model) as evaluator:
        found = evaluator.optimize(
            nfe=8, searchover="levers", epsilons=[1.0, 0.001], population_size=4,
            reference=workbench.Scenario("middle", initial_awareness=0.4),
        )  # fmt: skip
    designs = found[0] if isinstance(found, tuple) else found
    print(designs)
    assert len(designs) > 0
    values = designs[["cost", "reports__quality_margin"]].to_numpy(float)
    for one in values:
        assert not any(other[0] < one[0] and other[1] > one[1] for other in values)


@pytest.mark.slow
def test_an_experiment_can_be_sent_to_another_process(study: Study) -> None:
    experiment = Experiment(study, study.scenarios[0])
    values = {"acknowledgement_rate": np.float64(0.5), "reports.norm_delay": np.int64(30)}
    here, there = experiment(**values), pickle.loads(pickle.dumps(experiment))(**values)
    assert here["cost"] > 0
    assert {name: repr(value) for name, value in here.items()} == {name: repr(value) for name, value in there.items()}


@pytest.mark.slow
def test_a_failed_experiment_says_where_and_why(study: Study) -> None:
    with pytest.raises(MachineError, match=r"an experiment failed \(setting\).*no_such_key"):
        Experiment(study, study.scenarios[0])(no_such_key=1.0)


@pytest.mark.slow
def test_a_model_of_the_workbench_has_one_scenario(study: Study, workbench: Any) -> None:
    with pytest.raises(InputError, match="is not a scenario of the study") as fault:
        ema_model(study, "iland")
    assert "islands" in str(fault.value)
    with pytest.raises(InputError, match=r"reports\.quality_margin"):
        ema_model(study, outcomes=("reports.quality_margins",))


@pytest.mark.long
def test_runs_as_an_xarray_data_set(study: Study, tmp_path: Path) -> None:
    """Settings by replicates: every number is the store's, and a factor is a coordinate with its unit."""
    pytest.importorskip("xarray")
    store = en.sweep(study, tmp_path / "sweep", workers=2)
    runs, held = store.runs(), to_xarray(store)
    assert dict(held.sizes) == {"setting": 3, "replicate": 3}
    for row in runs.itertuples():
        here = held["cost"].sel(setting=row.setting, replicate=row.replicate)
        assert float(here) == row.cost
    assert held["cost"].attrs["units"] == "EUR"
    assert held["reports.norm_delay"].attrs["units"] == "d"
    assert held["acknowledgement_rate"].values.tolist() == [
        each.changes["acknowledgement_rate"] for each in study.settings()
    ]
    assert held.attrs["study"] == study.name
    assert set(held["status"].values.ravel()) == {"done"}


def test_what_a_setting_leaves_alone_has_its_value_in_the_data_set(path: Path, tmp_path: Path) -> None:
    """One factor at a time: the others are the scenario's own, as in the table of runs, and words stay words."""
    pytest.importorskip("xarray")
    text = _STUDY.format(path=path.name).replace("""kind = "latin-hypercube"\npoints = 3""", 'kind = "one-at-a-time"')
    file = path.with_name("alone.toml")
    file.write_text(
        text.replace("phone_offered", 'aggregation = ["majority", "weighted"]\nphone_offered', 1), encoding="utf-8"
    )
    store = begin_sweep(load_study(file), tmp_path / "alone")
    held, table = to_xarray(store), store.settings_frame()
    assert to_xarray(store.path).equals(held), "a folder will do"
    for each in store.study.factors:
        assert held[each.key].values.tolist() == table[each.key].tolist(), each.key
    assert held["phone_offered"].dtype == bool
    assert not np.isnan(held["acknowledgement_rate"]).any()
