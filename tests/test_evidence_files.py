"""The published figures, computed anew from the raw files: the metrics mean what the targets mean.

Figures are those of the targets, to the digits that are published. The files are third-party data and not part of the
project; where they are absent these tests skip.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from entraide.experiments.evidence.files import EVIDENCE_FILES, VARIABLE, evidence_folder, read_evidence
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import History, Observation, Requests, Votes
from entraide.model.errors import InputError


@cache
def observed(name: str) -> Observation:
    try:
        folder = evidence_folder()
    except InputError as missing:
        pytest.skip(f"evidence data: {missing}")
    return read_evidence(name, folder)


COMMONS = "git_openaddresses.csv", "git_nightscout.csv"
BOOKS, CRISIS, INDEX = "git_free_programming_books.csv", "git_opencovid19fr.csv", "git_osm_community_index.csv"
FIELD, PEOPLE = "gbif_bombus_sweden.csv.gz", "serengeti_users_first_last.csv.gz"
DAILY, GAME = "serengeti_new_users_daily.csv", "condcoop_andreozzi2020.csv.gz"
BLOOD, MAILINGS = "blood_transfusion_taiwan.csv", "charity_mailings_nl.csv.gz"
SMALL_AREAS, DISTRICTS = "fms_lsoa_2015_2019_imd.csv.gz", "fms_lad_month_2007_2015.csv.gz"
BLUEBIRDS, TWEETS = "crowd_bluebirds.csv.gz", "crowd_sentiment_sp.csv.gz"

# File, metric, published figure as it is printed: its digits say how near the metric must come.
PUBLISHED = [
    (PEOPLE, "survival_1", ".473"),
    (PEOPLE, "survival_7", ".335"),
    (PEOPLE, "survival_30", ".260"),
    (PEOPLE, "survival_90", ".203"),
    (PEOPLE, "survival_365", ".126"),
    (PEOPLE, "cohort_survival_30", ".348"),
    (PEOPLE, "later_survival_30", ".216"),
    (PEOPLE, "cohort_survival_ratio_30", "1.61"),
    (PEOPLE, "cohort_survival_365", ".168"),
    (PEOPLE, "later_survival_365", ".098"),
    (DAILY, "launch_week_share", ".602"),
    (DAILY, "launch_half_day", "6"),
    (DAILY, "launch_fifth_to_eighth_week", ".044"),
    (PEOPLE, "launch_week_share", ".602"),
    (COMMONS[0], "gini", ".878"),
    (COMMONS[0], "top_share_10", ".849"),
    (COMMONS[0], "once_only_share", ".305"),
    (COMMONS[0], "survival_1", ".571"),
    (COMMONS[0], "survival_30", ".390"),
    (COMMONS[0], "survival_365", ".228"),
    (COMMONS[0], "burstiness", ".616"),
    (COMMONS[1], "gini", ".885"),
    (COMMONS[1], "top_share_10", ".871"),
    (COMMONS[1], "once_only_share", ".386"),
    (COMMONS[1], "survival_1", ".534"),
    (COMMONS[1], "survival_30", ".388"),
    (COMMONS[1], "survival_365", ".207"),
    (BOOKS, "gini", ".516"),
    (BOOKS, "top_share_10", ".481"),
    (BOOKS, "once_only_share", ".656"),
    (BOOKS, "survival_30", ".122"),
    (BOOKS, "survival_365", ".064"),
    (CRISIS, "gini", ".840"),
    (CRISIS, "survival_7", ".230"),
    (CRISIS, "survival_30", ".033"),
    (CRISIS, "burstiness", ".413"),
    (CRISIS, "median_gap", "1"),
    (INDEX, "gini", ".797"),
    (INDEX, "top_share_10", ".751"),
    (INDEX, "once_only_share", ".366"),
    (INDEX, "survival_30", ".330"),
    (FIELD, "gini", ".798"),
    (FIELD, "once_only_share", ".435"),
    (FIELD, "survival_30", ".387"),
    (FIELD, "survival_ratio_365_30", ".93"),
    (FIELD, "month_share_5_7", ".71"),
    (FIELD, "median_gap", "12"),
    (TWEETS, "accuracy_1", ".894"),
    (TWEETS, "accuracy_5", ".936"),
    (TWEETS, "accuracy_20", ".943"),
    (TWEETS, "accuracy_independent_15", "1.000"),
    (BLUEBIRDS, "accuracy_39", ".759"),
    (BLUEBIRDS, "accuracy_independent_39", ".959"),
    (GAME, "contribution_start", ".515"),
    (GAME, "contribution_end", ".287"),
    (GAME, "contribution_ratio", ".56"),
    (GAME, "zero_share_start", ".26"),
    (GAME, "conditional_share_start", ".65"),
    (GAME, "conditional_share_end", ".34"),
    (GAME, "free_rider_share_start", ".26"),
    (GAME, "free_rider_share_end", ".59"),
    (BLOOD, "response_recency_0_4", ".374"),
    (BLOOD, "response_recency_5_11", ".174"),
    (BLOOD, "response_recency_12_16", ".092"),
    (BLOOD, "response_recency_17_25", ".07"),
    (BLOOD, "response_past_1_1", ".127"),
    (BLOOD, "response_past_2_3", ".166"),
    (BLOOD, "response_past_4_6", ".284"),
    (BLOOD, "response_past_7_11", ".321"),
    (BLOOD, "response_past_12_999", ".395"),
    (BLOOD, "gini_gifts", ".478"),
    (MAILINGS, "response_if_last", ".628"),
    (MAILINGS, "response_if_not_last", ".285"),
    (MAILINGS, "response_share_0_25", ".116"),
    (SMALL_AREAS, "area_gini", ".629"),
    (DISTRICTS, "growth_ratio", "11.53"),
    (DISTRICTS, "reports_per_reporter_0", "1.33"),
    (DISTRICTS, "reports_per_reporter_8", "1.66"),
    (DISTRICTS, "area_gini_5", ".47"),
    (DISTRICTS, "area_gini_8", ".50"),
]


@pytest.mark.parametrize(("file", "name", "printed"), PUBLISHED)
def test_a_published_figure_comes_out_of_the_raw_file(file: str, name: str, printed: str) -> None:
    computed = find_metric(name)(observed(file))
    digits = len(printed.partition(".")[2])
    print(f"{file} {name}: {computed:.4f}, published {printed}")
    assert f"{computed:.{digits}f}" == f"{float(printed):.{digits}f}"


@pytest.mark.parametrize(
    ("file", "name", "printed", "exact", "why"),
    [
        (PEOPLE, "survival_ratio_365_30", ".485", 0.4857, "quotient of the two rounded figures"),
        (GAME, "zero_share_end", ".55", 0.5448, "rounded twice: .5448, .545, .55"),
        (TWEETS, "accuracy_3", ".929", 0.9275, "published: some random draws; here all"),
        (TWEETS, "accuracy_9", ".940", 0.9408, "published: some random draws; here all"),
        (BLUEBIRDS, "accuracy_1", ".644", 0.6356, "published: some random draws; here all"),
        (BLUEBIRDS, "accuracy_3", ".683", 0.6852, "published: some random draws; here all"),
        (BLUEBIRDS, "accuracy_5", ".710", 0.7131, "published: some random draws; here all"),
        (BLUEBIRDS, "accuracy_9", ".753", 0.7427, "published: some random draws; here all"),
        (BLUEBIRDS, "accuracy_20", ".770", 0.7642, "published: some random draws; here all"),
        (MAILINGS, "response_share_25_40", ".284", 0.2940, "edges .4 .6 .8 fell upwards in single precision"),
        (MAILINGS, "response_share_40_60", ".409", 0.4272, "edges .4 .6 .8 fell upwards in single precision"),
        (MAILINGS, "response_share_60_80", ".592", 0.6092, "edges .4 .6 .8 fell upwards in single precision"),
        (MAILINGS, "response_share_80_100", ".748", 0.7580, "edges .4 .6 .8 fell upwards in single precision"),
    ],
)
def test_figures_that_differ_are_known_and_differ_little(
    file: str, name: str, printed: str, exact: float, why: str
) -> None:
    computed = find_metric(name)(observed(file))
    print(f"{file} {name}: {computed:.4f}, published {printed} ({why})")
    assert computed == pytest.approx(exact, abs=5e-5)
    assert abs(computed - float(printed)) < 0.02


def test_the_published_shares_of_mailings_are_those_of_single_precision() -> None:
    mailings = observed(MAILINGS)
    assert isinstance(mailings, Requests)
    assert mailings.past_share is not None
    stored = mailings.past_share.astype(np.float32).astype(np.float64)
    edges = [-1.0, 0.25, 0.4, 0.6, 0.8, 2.0]
    means = [mailings.answered[(stored > low) & (stored <= high)].mean() for low, high in pairwise(edges)]
    assert [round(float(mean), 3) for mean in means] == [0.116, 0.284, 0.409, 0.592, 0.748]


@pytest.mark.parametrize("answers", [1, 3, 5, 9, 20])
def test_the_published_accuracy_of_bluebirds_is_within_the_noise_of_a_few_draws(answers: int) -> None:
    """One draw of answers for each of the 108 items gives a figure; the published one is a mean of at least ten."""
    votes = observed(BLUEBIRDS)
    assert isinstance(votes, Votes)
    published = {1: 0.644, 3: 0.683, 5: 0.710, 9: 0.753, 20: 0.770}[answers]
    right = (votes.label == votes.gold)[np.argsort(votes.item, kind="stable")].reshape(108, 39)
    generator = np.random.default_rng(1)
    figures = []
    for _ in range(400):
        chosen = np.argsort(generator.random(right.shape), axis=1)[:, :answers]
        share = np.take_along_axis(right, chosen, axis=1).mean(axis=1)
        figures.append(((share > 0.5) + 0.5 * (share == 0.5)).mean())
    exact = find_metric(f"accuracy_{answers}")(votes)
    spread = float(np.std(figures))
    print(f"{answers} answers: exact {exact:.4f}, 400 draws {np.mean(figures):.4f}, spread of one {spread:.4f}")
    assert np.mean(figures) == pytest.approx(exact, abs=4 * spread / 20)
    assert abs(published - exact) < 3 * spread / np.sqrt(10)


@pytest.mark.parametrize("file", [*COMMONS, BOOKS, CRISIS, INDEX, FIELD])
def test_every_project_is_bursty_as_published(file: str) -> None:
    history = observed(file)
    assert 0.4125 <= find_metric("burstiness")(history) <= 0.6165
    assert 1 <= find_metric("median_gap")(history) <= 12


def test_deprivation_of_the_areas_of_england() -> None:
    areas = observed(SMALL_AREAS)
    assert find_metric("reporters_decile_ratio")(areas) == pytest.approx(8.9 / 13.6, abs=0.005)
    assert find_metric("intensity_decile_ratio")(areas) == pytest.approx(2.02 / 1.56, abs=0.01)


@pytest.mark.parametrize(
    ("file", "people"),
    [(PEOPLE, 44_048), (DAILY, 44_048), (BOOKS, 3423), (CRISIS, 61), (INDEX, 202), (FIELD, 949)],
)
def test_everybody_is_read(file: str, people: int) -> None:
    history = observed(file)
    assert isinstance(history, History)
    assert history.people == people == len(history.by_person.code)
    assert history.day.min() == 0
    assert history.day.max() < history.horizon


def test_every_file_is_read() -> None:
    for name in EVIDENCE_FILES:
        assert observed(name) is not None


def test_a_missing_folder_says_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match=f"set {VARIABLE} to the folder"):
        evidence_folder()


def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"git_nightscout\.csv: the file cannot be read"):
        read_evidence("git_nightscout.csv", tmp_path)
    (tmp_path / "git_nightscout.csv").write_text("who,date\n1,2020-01-01\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column user"):
        read_evidence("git_nightscout.csv", tmp_path)
    with pytest.raises(InputError, match="unknown file of evidence data"):
        read_evidence("git.csv", tmp_path)
