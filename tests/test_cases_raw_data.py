"""The cases say what the raw files say: targets, days observed, first day, and how many people arrived.

Where the files of third-party data are absent these tests skip.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from entraide.experiments.evidence.arrivals import read_arrivals
from entraide.experiments.evidence.case import ARRIVALS, CASES_FOLDER, Case, load_cases
from entraide.experiments.evidence.files import evidence_folder, read_evidence
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import History, Observation
from entraide.model.errors import InputError

FILE_OF_ARRIVALS = {
    "openaddresses_arrivals.csv": "git_openaddresses.csv",
    "nightscout_arrivals.csv": "git_nightscout.csv",
    "free_programming_books_arrivals.csv": "git_free_programming_books.csv",
    "opencovid19_fr_arrivals.csv": "git_opencovid19fr.csv",
    "osm_community_index_arrivals.csv": "git_osm_community_index.csv",
    "bombus_sweden_arrivals.csv": "gbif_bombus_sweden.csv.gz",
    "serengeti_arrivals.csv": "serengeti_users_first_last.csv.gz",
}
FILE_OF_CASE = {
    "C3": "serengeti_new_users_daily.csv",
    "C9a": "crowd_bluebirds.csv.gz",
    "C9b": "crowd_sentiment_sp.csv.gz",
    "C10": "condcoop_andreozzi2020.csv.gz",
    "C11": "blood_transfusion_taiwan.csv",
    "C12": "charity_mailings_nl.csv.gz",
    "C13": "fms_lsoa_2015_2019_imd.csv.gz",
    "C14": "fms_lad_month_2007_2015.csv.gz",
}
# Targets that differ from the raw file by more than their last digit (reasons in decision 50), and by how much at most.
KNOWN = {
    ("C1", "survival_ratio_365_30"): 0.001,
    ("C1r", "survival_ratio_365_30"): 0.001,
    ("C2", "cohort_survival_ratio_365"): 0.013,  # quotient of the two rounded figures
    ("C10", "zero_share_end"): 0.006,
    **{("C9a", f"accuracy_{answers}"): 0.011 for answers in (1, 3, 5, 9, 20)},
    **{("C9b", f"accuracy_{answers}"): 0.002 for answers in (3, 9)},
    **{("C12", f"response_share_{ends}"): 0.019 for ends in ("25_40", "40_60", "60_80", "80_100")},
    ("C13", "reporters_decile_ratio"): 0.003,  # from means of one decimal
    ("C13", "intensity_decile_ratio"): 0.006,  # from means of two decimals
}


def _file(case: Case) -> str | None:
    return FILE_OF_ARRIVALS.get(str(case.scale.get(ARRIVALS)), FILE_OF_CASE.get(case.id))


CASES = [case for case in load_cases(CASES_FOLDER) if _file(case)]


@cache
def observed(name: str) -> Observation:
    try:
        folder = evidence_folder()
    except InputError as missing:
        pytest.skip(f"evidence data: {missing}")
    return read_evidence(name, folder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_targets_are_the_figures_of_the_raw_file(case: Case) -> None:
    observation = observed(str(_file(case)))
    for target in case.targets:
        computed = find_metric(target.name)(observation)
        digits = len(f"{target.value:g}".partition(".")[2])
        tolerance = KNOWN.get((case.id, target.name), 0.5 * 10**-digits + 1e-9)
        print(f"{case.id} {target.name}: raw file {computed:.4f}, target {target.value:g}")
        assert target.value == pytest.approx(computed, abs=tolerance)


@pytest.mark.parametrize("case", [case for case in CASES if case.conditioned], ids=lambda case: case.id)
def test_days_and_arrivals_are_those_of_the_raw_file(case: Case) -> None:
    history = observed(str(_file(case)))
    assert isinstance(history, History)
    assert case.scale["days"] == history.horizon
    assert case.scale["launch"] == history.start
    arrived = read_arrivals(case.folder / str(case.scale[ARRIVALS]), history.horizon, history.start)
    first = np.sort(history.by_person.first)
    print(f"{case.id}: {len(arrived)} arrivals, {len(first)} people")
    if "thinning" in case.scale:  # who is seen arrived, and so did people whom the sample missed
        assert len(arrived) >= len(first)
    else:
        assert len(arrived) == len(first)
        # Weekly counts, spread over the week.
        assert np.abs(arrived - first).max() < 7


def test_every_raw_file_stands_behind_a_case() -> None:
    assert {_file(case) for case in CASES} == {*FILE_OF_ARRIVALS.values(), *FILE_OF_CASE.values()}
    assert sum(len(case.targets) for case in CASES) > 70
