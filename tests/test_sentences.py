"""What a run and a comparison say in words, in every case that there is, in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over

from entraide.commands_compare import _more_replicates
from entraide.experiments.comparison import compare
from entraide.experiments.counterfactual import AdministrationAlone
from entraide.experiments.ignorance import RiskSpread
from entraide.experiments.measures import MEASURES
from entraide.experiments.pairing import ReplicateSet
from entraide.experiments.results import MeasureResult, RiskResult
from entraide.experiments.variance_components import Components
from entraide.experiments.verdicts import COST, RISK_EVENTS, Measure
from entraide.model.intervals import Interval, MeanEstimate
from entraide.model.risk import RISKS, summarise_event, summarise_mean
from entraide.viz.alone_sentences import alone_name
from entraide.viz.comparison_sentences import amount_text
from entraide.viz.ignorance_sentences import spread_sentence
from entraide.viz.locales import LANGUAGES
from entraide.viz.resting_words import open_ending
from entraide.viz.sentences import (
    cost_sentence,
    difference_sentence,
    effect_sentences,
    risk_details,
    risk_sentence,
    same_budget_sentence,
    same_norm_sentence,
)
from entraide.viz.wording import ENDING, in_years, span_text

NARROW = "\u202f"
NORMS: Mapping[str, Mapping[str, float]] = {
    "continuity": {"norm_share_in_time": 0.8, "norm_delay": 14.0, "shortfall_days": 14.0},
    "quality": {"norm_error": 0.1},
    "universality": {"norm_zone_floor": 0.6, "norm_population_share": 0.05},
}


def risk(
    name: str,
    events: Sequence[bool | None],
    *,
    days: int = 365,
    means: Mapping[str, float | None] | None = None,
) -> RiskResult:
    """Return one risk whose event happened in some replicates; ``means`` are values of measures in each of them."""
    headline = summarise_event(name, "reports", events, norms=NORMS[name], days=days)
    found = {
        each.name: MeasureResult(each, summarise_mean([(means or {}).get(each.name)] * max(1, len(events))))
        for each in MEASURES
        if each.risk == name
    }
    return RiskResult(headline, found)


def happened(count: int, replicates: int, without: int = 0) -> list[bool | None]:
    """Return events of which some happened, and some have no value."""
    return [*([True] * count), *([False] * (replicates - count)), *([None] * without)]


# Every branch: often, never, always, once, in a single replicate, too few, without value in part and in whole, short.
CASES: Mapping[str, tuple[list[bool | None], int]] = {
    "some": (happened(3, 20), 365),
    "one": (happened(1, 20), 365),
    "never": (happened(0, 20), 365),
    "always": (happened(20, 20), 365),
    "few, some": (happened(1, 4), 365),
    "few, never": (happened(0, 4), 365),
    "single, happened": (happened(1, 1), 365),
    "single, not": (happened(0, 1), 365),
    "one without value": (happened(3, 18, 1), 365),
    "some without value": (happened(3, 18, 2), 365),
    "no value": (happened(0, 0, 3), 365),
    "no value, single": (happened(0, 0, 1), 365),
    "short runs": (happened(2, 12), 60),
    "a day": (happened(2, 12), 1),
}


def check(sentence: str, language: str) -> None:
    """A sentence is whole, ends as all do, and holds one language only."""
    print(sentence)
    assert sentence.endswith(f", {ENDING[language]}.")
    assert sentence[0].isupper()
    assert left_over(sentence) == []
    if language == "fr":
        assert english_words(sentence) == []
        assert faults_of_french(sentence) == []
    else:
        assert NARROW not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", RISKS)
def test_every_case_of_a_risk_is_a_whole_sentence(name: str, case: str, language: str) -> None:
    events, days = CASES[case]
    found = risk(name, events, days=days)
    sentence = risk_sentence(found, language)
    check(sentence, language)
    known = sum(event is not None for event in events)
    told = "(between " in sentence or "(entre " in sentence
    assert told == (known >= 10), "a probability from ten replicates on, and only then"
    for number in (sum(event is True for event in events), known):
        if number > 1:
            assert str(number) in sentence


def test_the_words_of_a_risk() -> None:
    found = risk("continuity", happened(3, 20))
    assert risk_sentence(found, "en") == (
        "Continuity is broken in 3 of 20 simulated years, 15% (between 5% and 36%): the share of needs met within 14 "
        "days stays under the norm of 80% for 14 days or more in a row, for these assumed values."
    )
    assert risk_sentence(found, "fr") == (
        f"La continuité est rompue dans 3 années simulées sur 20, soit 15{NARROW}% (entre 5{NARROW}% et 36{NARROW}%)"
        f"{NARROW}: la part des besoins satisfaits en 14 jours reste sous la norme de 80{NARROW}% pendant au moins 14 "
        "jours d'affilée, pour ces valeurs supposées."
    )


def test_officials_words_are_used() -> None:
    words = {name: risk_sentence(risk(name, happened(3, 20)), "fr").lower() for name in RISKS}
    assert "continuité" in words["continuity"]
    assert "qualité" in words["quality"]
    assert "égalité" in words["universality"]
    assert "universalité" not in "".join(words.values())


def test_a_quick_run_counts_and_tells_no_probability() -> None:
    sentence = risk_sentence(risk("quality", happened(1, 4)), "en")
    assert sentence.startswith("The quality norm is broken in 1 of 4 simulated years, too few for a probability:")
    assert "(between" not in sentence


def test_without_a_value_none_is_told() -> None:
    sentence = risk_sentence(risk("universality", happened(0, 0, 5)), "en")
    assert sentence == (
        "Universality has no value: in 5 simulated years, nothing fell due anywhere, for these assumed values."
    )
    assert "(1 more has no value: nothing fell due anywhere)" in risk_sentence(risk("universality", [True, None]), "en")


def test_a_single_year_is_negated_in_both_languages() -> None:
    found = risk("quality", [False])
    assert "is not broken in the only simulated year" in risk_sentence(found, "en")
    assert "n'est pas enfreinte dans la seule année simulée" in risk_sentence(found, "fr")


def test_the_years_of_one_simulation_are_not_each_the_only_one() -> None:
    found = risk("quality", [False])
    assert "in the only simulation (one alone tells no probability)" in risk_sentence(found, "en", of_several=True)
    assert "dans la seule simulation (une seule ne dit aucune" in risk_sentence(found, "fr", of_several=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RISKS)
@pytest.mark.parametrize("values", [None, 0.0, 0.00001, 0.32, 1.0])
def test_what_stands_beside_a_risk(name: str, values: float | None, language: str) -> None:
    means = {each.name: values for each in MEASURES}
    details = risk_details(risk(name, happened(3, 20), means=means), language)
    for detail in details:
        print(detail)
        assert detail.endswith(".")
        assert left_over(detail) == []
        assert not (language == "fr" and (english_words(detail) or faults_of_french(detail)))
    assert bool(details) == (values is not None or name == "universality")


def test_universality_stands_beside_chance_and_pooling() -> None:
    means = {"share_under_floor": 0.32, "share_under_floor_by_chance": 0.03}
    details = risk_details(risk("universality", happened(3, 20), means=means), "en")
    assert details[0] == (
        "On average 32% of the population lives under the floor; with the same mean service everywhere, chance alone "
        "would put 3.0% there."
    )
    assert "fewer than 30 needs in the year are judged together" in details[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("under", [0.0, 0.0004, 0.0059, 0.0312, 0.0951, 1.0])
def test_a_small_share_under_the_floor_is_written_alike_in_a_run_and_in_a_comparison(
    under: float, language: str
) -> None:
    detail = risk_details(risk("universality", happened(3, 20), means={"share_under_floor": under}), language)[0]
    assert f" {amount_text(under, 'share', language)} " in detail
    days = risk_details(
        risk("continuity", happened(3, 20), means={"share_in_time": 0.97, "share_of_days_short": under}), language
    )[0]
    assert f" {amount_text(under, 'share', language)} " in days


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "costs", [[], [3_240_000.0], [3_240_000.0] * 3, [3_100_000.0, 3_400_000.0, 3_220_000.0], [812.0, 815.0]]
)
def test_the_cost(costs: list[float], language: str) -> None:
    sentence = cost_sentence(summarise_mean(costs), language)
    check(sentence, language)
    assert ("(" in sentence) == (len(set(costs)) > 1)


@dataclass(frozen=True)
class Told(AdministrationAlone):
    """The administration alone with made-up figures: only what it says about them is looked at."""

    made_up: Mapping[str, RiskResult] = field(default_factory=dict)
    cost_a_year: float | None = 3_240_000.0
    years_kept: int = 0

    def risks(self, service: str | None = None, year: int = 0) -> Mapping[str, RiskResult]:
        return self.made_up

    def cost(self, service: str | None = None) -> MeanEstimate:
        return summarise_mean([] if self.cost_a_year is None else [self.cost_a_year] * 2)

    def values(self, service: str | None = None, year: int = 0) -> Mapping[str, np.ndarray]:
        kept = np.arange(len(self.outcomes)) < self.years_kept
        return {name: (~kept).astype(np.float64) for name in RISKS}


@pytest.fixture(scope="module")
def specification():
    from small_worlds import reports

    return reports()


def alone(specification, counts: Sequence[int], replicates: int, **more) -> Told:
    """Return the administration alone with some counts of events; it simulates nothing."""
    risks = {
        name: risk(name, happened(count, replicates), days=min(365, specification.days))
        for name, count in zip(RISKS, counts, strict=True)
    }
    return Told(specification, (None,) * replicates, made_up=risks, replicate_years=replicates, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("replicates", [1, 4, 20])
@pytest.mark.parametrize("reachable", [True, False])
def test_the_same_budget(specification, reachable: bool, replicates: int, language: str) -> None:
    counts = (replicates, 0, min(1, replicates))
    staff = 1.4 if reachable else 0.0
    told = alone(specification, counts, replicates, question="same_budget", staff=staff, reachable=reachable)
    sentence = same_budget_sentence(told, language)
    check(sentence, language)
    assert ("1,4" in sentence or "1.4" in sentence) == reachable
    assert ("%" in sentence) == (replicates >= 10)


def test_the_same_budget_in_french_is_a_french_sentence(specification) -> None:
    told = alone(specification, (4, 0, 0), 20, question="same_budget", staff=1.0)
    sentence = same_budget_sentence(told, "fr")
    print(sentence)
    assert "0 fois" not in sentence
    assert "la continuité serait rompue 4 fois (20" in sentence
    assert "la norme de qualité ne serait jamais enfreinte (0" in sentence
    assert "et l'égalité ne serait jamais rompue (0" in sentence
    single = same_budget_sentence(alone(specification, (1, 0, 0), 1, question="same_budget", staff=1.0), "fr")
    assert "la continuité serait rompue, la norme de qualité ne serait pas enfreinte et l'égalité ne" in single


def test_the_french_of_what_is_not_known() -> None:
    margin = Components(10, 20, 0.02, 0.098, 0.96, Interval(0.7, 0.98, 0.95, "F"))
    sentence = spread_sentence(RiskSpread("continuity", margin, None, 2, 3, 5, None), "fr")
    print(sentence)
    assert f"{NARROW}; ne pas les connaître porte cette variation à 10,0 points" in sentence
    assert "ignorer" not in sentence
    open_to = open_ending(["urban-report"], "fr")
    assert open_to == "compte tenu de ce que les données laissent incertain pour les signalements urbains"
    assert "la norme de qualité est enfreinte dans" in risk_sentence(risk("quality", happened(3, 20)), "fr").lower()


def test_the_same_budget_says_which_risks_without_a_value(specification) -> None:
    told = alone(specification, (3, 0, 20), 20, question="same_budget", staff=1.0)
    told = Told(specification, told.outcomes, made_up={**told.made_up, "quality": risk("quality", [None] * 20)})
    assert "; quality has no value, " in same_budget_sentence(told, "en")
    assert f"{NARROW}; la qualité ne peut être mesurée, " in same_budget_sentence(told, "fr")
    partly = Told(
        specification, told.outcomes, made_up={**told.made_up, "quality": risk("quality", happened(2, 15, 5))}
    )
    assert "of 15 with a value" in same_budget_sentence(partly, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own_kept", [0, 6, 20])
@pytest.mark.parametrize("cost", [1_000_000.0, 3_240_000.0, 9_000_000.0])
@pytest.mark.parametrize("reachable", [True, False])
def test_the_same_norm(specification, reachable: bool, cost: float, own_kept: int, language: str) -> None:
    own = alone(specification, (0, 0, 0), 20, years_kept=own_kept)
    staff = 3.2 if reachable else 64.0
    kept = 19 if reachable else 0
    told = alone(specification, (1, 0, 0), 20, question="same_norm", staff=staff, reachable=reachable, kept=kept)
    told = Told(**{**told.__dict__, "cost_a_year": cost})
    sentence = same_norm_sentence(told, own, language)
    check(sentence, language)
    more, less = ("more", "less") if language == "en" else ("de plus", "de moins")
    if reachable:
        assert (more in sentence) == (cost > 4e6)
        assert (less in sentence) == (cost < 3e6)
    else:
        assert "64" in sentence


def designs(old: Sequence[bool], new: Sequence[bool], costs: tuple[float, float], spread: float = 1000.0):
    """Return two designs with some events and costs, on the same replicates."""
    keys = tuple(range(len(old)))
    noise = np.linspace(-spread, spread, len(old))

    def values(events: Sequence[bool], cost: float, tilt: float) -> dict[str, np.ndarray]:
        found = {name: np.array(events, np.float64) for name in RISKS}
        return {**found, "cost": cost + tilt * noise, "share_in_time": 0.7 + 1e-6 * tilt * noise}

    return (
        ReplicateSet("today", keys, values(old, costs[0], 1.0)),
        ReplicateSet("phone", keys, values(new, costs[1], 1.3)),
    )


SHARE = Measure("share_in_time", kind="mean", lower_is_better=False, unit="share")
COMPARISONS: Mapping[str, tuple[list[bool], list[bool], tuple[float, float]]] = {
    "better and cheaper": ([True] * 18 + [False] * 2, [True] * 2 + [False] * 18, (3e6, 2e6)),
    "worse and dearer": ([True] * 2 + [False] * 18, [True] * 18 + [False] * 2, (2e6, 3e6)),
    "better, dearer": ([True] * 18 + [False] * 2, [False] * 20, (2e6, 3e6)),
    "worse, cheaper": ([False] * 20, [True] * 18 + [False] * 2, (3e6, 2e6)),
    "cannot tell": ([True] * 3 + [False] * 17, [True] * 4 + [False] * 16, (2e6, 2e6)),
    "the same": ([False] * 20, [False] * 20, (2e6, 2e6)),
    "many the same": ([False] * 400, [False] * 400, (2e6, 2e6)),
    "few": ([True, False, False, False], [False] * 4, (2e6, 2.5e6)),
    "one": ([True], [False], (2e6, 2.5e6)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", COMPARISONS)
def test_every_case_of_a_comparison_is_a_whole_sentence(case: str, language: str) -> None:
    found = compare(*designs(*COMPARISONS[case]), [*RISK_EVENTS, COST, SHARE])
    names = ("Référence", "Téléphone") if language == "fr" else ("today", "phone")
    for difference in found.differences:
        sentence = difference_sentence(difference, language, names=names)
        check(sentence, language)
        few = difference.measure.kind == "event" and difference.pairs < 10
        assert not (few and "point" in sentence), "no probability from a few replicates"
    for sentence in effect_sentences(found, language):
        check(sentence, language)


def test_better_worse_and_by_how_much() -> None:
    found = compare(*designs(*COMPARISONS["better and cheaper"]))
    sentence = difference_sentence(found.of("continuity"), "en", names=("today", "phone"))
    band = found.of("continuity").band
    assert band is not None
    assert sentence == (
        "Continuity: better. Over 20 simulated years, broken in 2 with “phone”, instead of 18 with “today”, that is 80 "
        f"points less (between {-100 * band.high:.0f} points less and {-100 * band.low:.0f} points less), for these "
        "assumed values."
    )
    assert difference_sentence(found.of("cost"), "fr").startswith(
        f"Coût{NARROW}: plus bas. 2,00 millions d'euros par an"
    )
    assert "“continuity” the new design dominates: better and cheaper" in effect_sentences(found, "en")[0]
    worse = compare(*designs(*COMPARISONS["worse and dearer"]))
    assert difference_sentence(worse.of("cost"), "en").startswith("Cost: higher.")
    assert "est dominé" in effect_sentences(worse, "fr")[0]


def test_cannot_tell_says_how_many_years_would() -> None:
    difference = compare(*designs(*COMPARISONS["cannot tell"])).of("continuity")
    sentence = difference_sentence(difference, "en")
    assert difference.enough_pairs is not None
    told = int(
        sentence.partition("about ")[2].partition(" simulated years of each design would tell")[0].replace(",", "")
    )
    assert difference.enough_pairs <= told < 1.1 * difference.enough_pairs + 1
    assert "Continuity: cannot tell." in sentence
    assert "less and" in sentence


def test_what_to_do_next_names_only_the_risks_that_more_years_would_tell() -> None:
    """Of three risks one can be told with more years, one with no number of them, one is told already."""
    told = compare(*designs(*COMPARISONS["cannot tell"]))
    enough = told.of("continuity").enough_pairs
    assert enough is not None
    fates: Mapping[str, tuple[int | None, bool]] = {
        "continuity": (enough, False), "quality": (None, True), "universality": (None, False),
    }  # fmt: skip
    differences = tuple(
        replace(each, enough_pairs=fates[each.measure.name][0], beyond_reach=fates[each.measure.name][1])
        if each.measure.name in fates
        else each
        for each in told.differences
    )
    number, what = _more_replicates(replace(told, differences=differences), "en")
    assert enough <= number < enough + 10
    assert what == "would tell what cannot be told yet about continuity"
    assert _more_replicates(told, "fr")[1].endswith("sur la continuité, la qualité et l'égalité")
    none = tuple(replace(each, enough_pairs=None) for each in told.differences)
    assert _more_replicates(replace(told, differences=none), "en") == (0, "")


def test_out_of_reach_is_said() -> None:
    events = [True, False] * 10
    measure = Measure("continuity", smallest_difference=0.0)
    difference = compare(*designs(events, events, (2e6, 2e6)), [measure], cost=None).of("continuity")
    assert difference.beyond_reach
    assert "even 10,000 simulated years of each design would not tell" in difference_sentence(difference, "en")
    assert f"même 10{NARROW}000 années simulées de chaque dispositif ne trancheraient pas" in difference_sentence(
        difference, "fr"
    )


def test_no_difference_that_matters_says_what_would() -> None:
    difference = compare(*designs(*COMPARISONS["many the same"])).of("quality")
    sentence = difference_sentence(difference, "en")
    assert sentence.startswith("Quality: no difference that matters. Over 400 simulated years, broken in none")
    assert "less than 2 points does not matter here" in sentence


def test_what_costs_money_says_what_it_buys() -> None:
    (first, *_) = effect_sentences(compare(*designs(*COMPARISONS["better, dearer"])), "en")
    assert first.startswith("Each €100,000 a year more buys 9 points (between ")
    (first, *_) = effect_sentences(compare(*designs(*COMPARISONS["worse, cheaper"])), "fr")
    assert first.startswith(f"Chaque économie de 100{NARROW}000{NARROW}€ par an coûte 9 points (entre ")


@pytest.mark.parametrize(
    ("extra", "english", "french"),
    [
        (1e6, "€100,000 a year more buys 9 points", f"100{NARROW}000{NARROW}€ par an en plus fait gagner 9 points"),
        # Ninety points are left, but the band goes beyond a hundred.
        (1e5, "€10,000 a year more buys 9 points", f"10{NARROW}000{NARROW}€ par an en plus fait gagner 9 points"),
        (5e4, "€10,000 a year more buys 18 points", f"10{NARROW}000{NARROW}€ par an en plus fait gagner 18 points"),
        (5e3, "€1,000 a year more buys 18 points", f"1{NARROW}000{NARROW}€ par an en plus fait gagner 18 points"),
    ],
)
def test_no_sum_buys_more_than_what_is_left_of_a_share(extra: float, english: str, french: str) -> None:
    """Broken in 18 of 20 years: there are 90 points to gain, no sum is told that would buy more."""
    found = compare(*designs([True] * 18 + [False] * 2, [False] * 20, (2 * extra, 3 * extra), extra / 1000.0))
    for language, told in (("en", english), ("fr", french)):
        first = effect_sentences(found, language)[0]
        print(first)
        check(first, language)
        assert told in first
        assert max(float(size) for size in re.findall(r"(\d+) points", first)) <= 100


def test_better_at_the_price_of_another_risk_is_said_in_the_same_breath() -> None:
    old, new = designs(*COMPARISONS["better and cheaper"])
    new = ReplicateSet(new.name, new.keys, {**new.values, "quality": 1.0 - new.values["quality"]})
    old = ReplicateSet(old.name, old.keys, {**old.values, "quality": 1.0 - old.values["quality"]})
    first = effect_sentences(compare(old, new), "en")[0]
    assert first.endswith("better and cheaper, but it is worse on “quality”, for these assumed values.")


def test_a_comparison_without_a_value_says_so() -> None:
    old, new = designs([True, False], [True, False], (2e6, 2e6))
    old = ReplicateSet(old.name, old.keys, {**old.values, "quality": np.full(2, np.nan)})
    found = compare(old, new).of("quality")
    for language in LANGUAGES:
        sentence = difference_sentence(found, language)
        check(sentence, language)
        assert ("No value" if language == "en" else "Sans valeur") in sentence


def test_sentences_do_not_wait_for_the_drawing_library() -> None:
    program = "import sys, entraide.viz.sentences, entraide.viz.report; print('matplotlib' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("La part est de 5 %.", 1),
        (f"La part est de 5{NARROW}%.", 0),
        ("Quoi ? Oui : non.", 2),
        ("Quoi?", 1),
        ("Vu à 8:30.", 0),
        ("« oui »", 2),
        ("davantage de années", 1),
        ("davantage d'années de simulation", 0),
    ],
)
def test_planted_faults_of_french_are_caught(text: str, faults: int) -> None:
    assert len(faults_of_french(text)) == faults


def test_planted_english_and_leftovers_are_caught() -> None:
    assert english_words("La part of needs") == ["of", "needs"]
    assert english_words("La part des besoins sur cinq ans") == []
    assert left_over("{share} is None  here") == ["{", "}", "None", "  "]


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        (60, "4 simulated periods of 60 days", "4 périodes simulées de 60 jours"),
        (365, "4 simulated years", "4 années simulées"),
        (400, "4 simulations of 400 days", "4 simulations de 400 jours"),
        (730, "4 simulations of 2 years", "4 simulations de 2 ans"),
    ],
)
def test_a_replicate_of_several_years_is_not_called_a_year(days: int, english: str, french: str) -> None:
    assert span_text(4, days, "en") == english
    assert span_text(4, days, "fr") == french


def test_years_that_come_from_longer_simulations_say_so() -> None:
    assert in_years(3, 8, 730, "en", runs=4) == "in 3 of 8 simulated years (4 simulations of 2 years)"
    assert in_years(3, 8, 730, "fr", runs=4) == "dans 3 des 8 années simulées (4 simulations de 2 ans)"
    assert in_years(0, 8, 730, "fr", runs=4) == "dans aucune des 8 années simulées (4 simulations de 2 ans)"
    assert in_years(3, 4, 365, "en", runs=4) == "in 3 of 4 simulated years", "a year stays a year"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_reached_is_not_claimed(specification, language: str) -> None:
    for question, wrong in (("same_budget", {"en": ", same budget", "fr": ", même budget"}), ("same_norm", None)):
        reached = alone_name(alone(specification, (0, 0, 0), 4, question=question), language)
        missed = alone_name(alone(specification, (0, 0, 0), 4, question=question, reachable=False), language)
        assert reached != missed
        assert {"en": "out of reach", "fr": "hors d'atteinte"}[language] in missed
        if wrong:
            assert wrong[language] in reached
            assert wrong[language] not in missed


def test_a_kind_in_which_nothing_can_be_wrong_has_no_quality_norm(specification) -> None:
    def of_kind(kind: str) -> RiskResult:
        found = risk("quality", [None] * 4)
        return RiskResult(found.headline, found.measures, kind)

    assert risk_sentence(of_kind("flow"), "en").startswith("This service has no quality norm: ")
    assert risk_sentence(of_kind("flow"), "fr").startswith(f"Ce service n'a pas de norme de qualité{NARROW}: ")
    assert "has no value" in risk_sentence(of_kind("queue"), "en"), "where it could have been, it is missing"
    told = alone(specification, (3, 0, 4), 4, question="same_budget", staff=1.0)
    told = Told(specification, told.outcomes, made_up={**told.made_up, "quality": of_kind("flow")})
    for language, word in (("en", "quality"), ("fr", "qualité")):
        sentence = same_budget_sentence(told, language)
        check(sentence, language)
        assert word not in sentence
