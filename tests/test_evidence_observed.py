"""The observed figures that cases state are those of the raw files, and so are the arrivals that they are given.

The files are third-party data and not part of the project; where they are absent these tests skip.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from entraide.experiments.evidence.arrivals import read_arrivals
from entraide.experiments.evidence.case import Case, load_cases
from entraide.experiments.evidence.files import evidence_folder, read_evidence
from entraide.experiments.evidence.months import until
from entraide.experiments.evidence.observations import History, Observation
from entraide.model.errors import InputError

SERENGETI, BOMBUS = "serengeti_users_first_last.csv.gz", "gbif_bombus_sweden.csv.gz"
FILES = {
    "C1": SERENGETI,
    "C1r": SERENGETI,
    "C2": SERENGETI,
    "C3": "serengeti_new_users_daily.csv",
    "C4a": "git_openaddresses.csv",
    "C4b": "git_nightscout.csv",
    "C5": "git_free_programming_books.csv",
    "C6": "git_opencovid19fr.csv",
    "C6b": "git_osm_community_index.csv",
    "C7": BOMBUS,
    "C8a": "git_openaddresses.csv",
    "C8c": "git_nightscout.csv",
    "C8d": "git_free_programming_books.csv",
    "C8e": "git_opencovid19fr.csv",
    "C8f": "git_osm_community_index.csv",
    "C8g": BOMBUS,
    "C9a": "crowd_bluebirds.csv.gz",
    "C9b": "crowd_sentiment_sp.csv.gz",
    "C10": "condcoop_andreozzi2020.csv.gz",
    "C11": "blood_transfusion_taiwan.csv",
    "C12": "charity_mailings_nl.csv.gz",
}
# Published figures were drawn at random, or cut at other edges: they may differ from the exact ones by this much.
NEAR = 0.019


@cache
def observed(name: str) -> Observation:
    try:
        folder = evidence_folder()
    except InputError as missing:
        pytest.skip(f"evidence data: {missing}")
    return read_evidence(name, folder)


@cache
def _cases() -> tuple[Case, ...]:
    return load_cases()


def case_of(name: str) -> Case:
    (case,) = (case for case in _cases() if case.id == name)
    return case


@pytest.mark.parametrize("name", FILES)
def test_stated_figures_are_those_of_the_file(name: str) -> None:
    for target in case_of(name).targets:
        assert target.metric is not None
        figure = target.metric(observed(FILES[name]))
        print(name, target.name, target.value, round(figure, 4))
        assert figure == pytest.approx(target.value, abs=NEAR, rel=0.01)
        assert target.low <= figure <= target.high


@pytest.mark.parametrize("name", [name for name in FILES if case_of(name).conditioned and FILES[name] != BOMBUS])
def test_arrivals_given_are_those_of_the_file_by_the_week(name: str) -> None:
    case, history = case_of(name), observed(FILES[name])
    assert isinstance(history, History)
    assert case.scale["days"] == history.horizon
    assert case.scale["launch"] == history.start
    given = read_arrivals(case.folder / case.scale["conditioned_on_arrivals"], history.horizon, history.start)
    assert np.array_equal(np.bincount(given // 7), np.bincount(np.sort(history.by_person.first) // 7))


def test_arrivals_of_a_thinned_sample_are_raised_alike() -> None:
    """Observers whom the sample does not show are assumed to have come when the others did."""
    case, history = case_of("C7"), observed(BOMBUS)
    assert isinstance(history, History)
    given = read_arrivals(case.folder / case.scale["conditioned_on_arrivals"], history.horizon, history.start)
    seen = np.sort(history.by_person.first)
    quantiles = np.arange(1, 10) / 10
    print(len(given) / len(seen), np.quantile(given, quantiles), np.quantile(seen, quantiles))
    assert np.abs(np.quantile(given, quantiles) - np.quantile(seen, quantiles)).max() < 60


def test_the_burst_of_the_crisis_is_the_first_days_of_its_file() -> None:
    case, whole = case_of("C6c"), observed(FILES["C6"])
    assert isinstance(whole, History)
    burst = until(whole, int(case.scale["days"]))
    for target in case.targets:
        assert target.metric is not None
        figure = target.metric(burst)
        print(target.name, target.value, round(figure, 4))
        assert figure == pytest.approx(target.value, rel=0.01)
    given = read_arrivals(case.folder / case.scale["conditioned_on_arrivals"], burst.horizon, burst.start)
    assert np.array_equal(np.bincount(given // 7), np.bincount(np.sort(burst.by_person.first) // 7))
