"""How long an event keeps a service away from what it would be without it: an effect of the event, not of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from french_words import english_words, faults_of_french
from islands import islands_file

from entraide.experiments.recovery import AWAY, STEADY, Return, days_to_return, return_to_pair
from entraide.experiments.runs import Conduct
from entraide.experiments.stress import Stress, stress
from entraide.experiments.stress_plans import StressPlan, stress_plan
from entraide.experiments.trials import Trial
from entraide.scenarios.loader import load_scenario
from entraide.viz.stress_overview import overview_sentence
from entraide.viz.stress_sentences import struck_sentence
from entraide.viz.stress_tables import stress_table_rows

DAYS, STRUCK = 200, 60
BUSY = {"initial_awareness": 0.5, "prompt_rate": 0.1, "needs_rate": 300.0, "repair_capacity": 200.0}


def curve(*pieces: tuple[int, float]) -> np.ndarray:
    """Return a series of so many days of each value."""
    return np.concatenate([np.full(days, value) for days, value in pieces])


@pytest.mark.parametrize(
    ("series", "days"),
    [
        (curve((200, 0.0)), 0),
        (curve((200, np.nan)), 0),
        (curve((200, -AWAY)), 0),
        (curve((70, 0.0), (20, -0.5), (110, 0.0)), 30),
        # A dip before the event bites is no recovery, however long it is quiet after it.
        (curve((65, 0.0), (2, -0.1), (35, 0.0), (30, -0.9), (68, 0.0)), 72),
        # A relapse within a month is not yet a return.
        (curve((70, 0.0), (20, -0.5), (STEADY - 1, 0.0), (1, -0.2), (200, 0.0)), 30 + STEADY),
        # A deeper fall months later, when nothing was wrong within reach, is not the event's.
        (curve((150, 0.0), (20, -0.9), (30, 0.0)), 0),
        (curve((70, 0.0), (130, -0.5)), None),
        (curve((70, 0.0), (117, -0.5), (13, 0.0)), None),
        (curve((70, 0.0), (116, -0.5), (14, 0.0)), 126),
        # Better than without the event is not away.
        (curve((60, 0.0), (140, 0.6)), 0),
    ],
)
def test_days_until_the_service_is_back(series: np.ndarray, days: int | None) -> None:
    assert days_to_return(series[np.newaxis], STRUCK, 40) == days


def test_no_event_takes_no_day_whatever_the_year_brings() -> None:
    """Negative control: a service that falls to nothing in autumn owes that to no event that changes nothing."""
    year = np.tile(curve((120, 0.9), (60, 0.0), (20, 0.9)), (20, 1))
    assert return_to_pair(year, year.copy(), STRUCK, 40) == Return(0, 0, 0, resampled=True)


def test_chance_alone_is_seldom_taken_for_an_event() -> None:
    """Pairs 25 points apart by chance, over seven days as shares are: in 100 worlds without effect at most ten."""
    generator, week = np.random.default_rng(1), np.full(7, 1.0 / np.sqrt(7.0))
    found = []
    for _ in range(100):
        noise = generator.normal(0.0, 0.25, (20, DAYS + 6))
        found.append(days_to_return(np.array([np.convolve(each, week, "valid") for each in noise]), STRUCK, 40))
    print(sum(each != 0 for each in found), "of 100")
    assert sum(each != 0 for each in found) <= 10


def test_a_band_reaches_the_end_where_some_pairs_do() -> None:
    usual = np.ones((20, DAYS))
    struck = usual.copy()
    struck[:11, 62:90] = struck[11:, 62:] = 0.0
    found = return_to_pair(struck, usual, STRUCK, 40)
    assert (found.days, found.low, found.high) == (30, 30, None)
    assert return_to_pair(struck[:4], usual[:4], STRUCK, 40) == Return(30, 30, 30, resampled=False)


@pytest.fixture(scope="module")
def outages(tmp_path_factory: pytest.TempPathFactory) -> Stress:
    """Outages of a week, three weeks and two months, in twenty simulations each, which are twenty seeds."""
    scenario = load_scenario(islands_file(tmp_path_factory.mktemp("outages"), days=DAYS), BUSY)
    plan = stress_plan(scenario, events=["outage"], replicates=20, own_file=True)
    lengths = (1, 7, 21, 60)
    return stress(
        StressPlan(plan.request, tuple(Trial("outage", STRUCK, days, 0.0) for days in lengths), ()),
        conduct=Conduct(threads=1),
    )


@pytest.mark.long
def test_a_longer_outage_never_ends_sooner_on_average(outages: Stress) -> None:
    """On the median of twenty pairs, and on the mean over twenty halves of them drawn at random."""
    service = outages.of()
    found = [struck.back for struck in service.struck]
    generator = np.random.default_rng(3)
    halves = [generator.permutation(20)[:10] for _ in range(20)]
    means = []
    for struck in service.struck:
        each = [days_to_return(struck.in_time[half] - service.usual[half], STRUCK, 100) for half in halves]
        means.append(float(np.mean([DAYS - STRUCK if days is None else days for days in each])))
    print(*zip([struck.trial.days for struck in service.struck], found, means, strict=True), sep="\n")
    ends = [DAYS if each.days is None else each.days for each in found]
    assert ends == sorted(ends)
    assert means == sorted(means)
    assert ends[-1] > ends[0]
    assert all(end <= DAYS - STRUCK for end in ends if end != DAYS)


@pytest.mark.long
@pytest.mark.parametrize(
    ("back", "cell", "sentence"),
    [
        (
            Return(34, 27, 41, True),
            {"en": "34 (27 to 41)", "fr": "34 (27 à 41)"},
            {
                "en": "it takes 34 days (27 to 41) until the service is back within 5 points of what it would be",
                "fr": "il faut 34 jours (27 à 41) pour que le service revienne à moins de 5 points de ce qu'il serait",
            },
        ),
        (
            Return(None, 120, None, True),
            {"en": "not before the end (120 or more)", "fr": "pas avant la fin (120 ou plus)"},
            {"en": "Before the end the service is not back", "fr": "D'ici à la fin, le service ne revient pas"},
        ),
        (
            Return(0, 0, 0, True),
            {"en": "0", "fr": "0"},
            {"en": "stays within 5 points", "fr": "reste à moins de 5 points"},
        ),
    ],
)
def test_it_is_told_as_an_effect_of_the_event(
    outages: Stress, back: Return, cell: dict[str, str], sentence: dict[str, str]
) -> None:
    service = outages.of()
    struck = replace(service.struck[2], back=back)
    one = replace(service, struck=(struck,))
    for language in ("en", "fr"):
        told = struck_sentence(struck, one, date(2025, 1, 1), language)
        (row,) = stress_table_rows(one, language)
        print(told, row, sep="\n")
        assert row[3] == cell[language]
        assert sentence[language] in told
        assert "two weeks" not in told.split("Too soon")[0]
        assert (back.days is None) == (
            {"en": "Not back before the end", "fr": "avant la fin, à ce qu'il serait"}[language]
            in overview_sentence(one, language)
        )
        if language == "fr":
            assert english_words(told) == faults_of_french(told) == []


@pytest.mark.long
def test_risks_of_the_year_are_told_with_both_counts(outages: Stress) -> None:
    """ "Continuity" alone does not say that it breaks in 12 years of 20 without the event as well."""
    struck = outages.of().struck[2]
    differences = tuple(
        replace(each, baseline=0.6, candidate=0.95, difference=0.35, verdict="worse", pairs=20)
        if each.measure.name == "continuity"
        else each
        for each in struck.comparison.differences
    )
    worse = replace(struck, comparison=replace(struck.comparison, differences=differences))
    one = replace(outages.of(), struck=(worse,))
    told = {language: stress_table_rows(one, language)[0][6] for language in ("en", "fr")}
    print(told)
    assert told["en"].startswith("continuity broken more often: 19 of 20 (12 without)")
    assert told["fr"].startswith("continuité rompue plus souvent\u202f: 19 sur 20 (12 sans)")
