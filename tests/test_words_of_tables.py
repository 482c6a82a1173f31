"""What stands in tables and bands is read at a glance: a risk says that it is one, and numbers can be chosen."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from french_words import english_words, faults_of_french

from entraide.experiments.comparison import Comparison, compare
from entraide.experiments.ignorance import RiskSpread
from entraide.experiments.pairing import ReplicateSet
from entraide.experiments.result_comparison import COMPARED
from entraide.model.risk import RISKS
from entraide.viz.comparison_figures import differences
from entraide.viz.comparison_sentences import consequence_text, effect_sentences, row_name, spoken_verdict
from entraide.viz.dashboard.design import REPLICATES
from entraide.viz.how_many import OFFERED, for_a_probability, that_would_tell
from entraide.viz.ignorance_sentences import draws_sentence
from entraide.viz.wording import RISK_NAMES, risk_label


def pair(
    broken: tuple[int, int] = (15, 12), agents: tuple[float, float] = (0.10, 0.15), extra: float = 8000.0
) -> Comparison:
    """Compare twenty replicates of a design that has more agents, and costs more, with the baseline."""
    keys = tuple((0, each) for each in range(20))
    chance = np.random.default_rng(5).normal(0.0, 0.002, 20)

    def values(place: int) -> dict[str, np.ndarray]:
        events = {risk: np.zeros(20) for risk in RISKS}
        events["continuity"][: broken[place]] = 1.0
        means = {
            "cost": np.full(20, 167_000.0 + place * extra) + 1000.0 * chance,
            "share_in_time": np.full(20, 0.75 + 0.1 * place) + chance,
            "error": np.full(20, 0.07) + chance,
            "share_under_floor": np.full(20, 0.1) + chance,
            "worst_tenth": np.full(20, 0.6) + chance,
            "backstop_share": np.full(20, agents[place]) + chance[::-1],
        }
        return events | means

    baseline, candidate = (ReplicateSet(name, keys, values(place)) for place, name in enumerate(("A", "B")))
    return compare(baseline, candidate, COMPARED)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_risk_is_named_as_one_where_a_number_stands_beside_it(language: str) -> None:
    for risk in RISKS:
        bare = RISK_NAMES[language][risk]
        for text in (row_name(risk, language), risk_label(risk, language, short=True)):
            print(text)
            assert text != bare
            assert bare in text
            assert {"en": "broken", "fr": "rupture"}[language] in text
    drawn = differences(pair(), language=language)
    labels = [" ".join(text.get_text().split()) for axes in drawn.figure.axes for text in axes.get_yticklabels()]
    plt.close(drawn.figure)
    print(labels, drawn.alternative)
    assert {"en": "Risk that continuity is broken", "fr": "Risque de rupture de la continuité"}[language] in labels


@pytest.mark.parametrize("language", ["en", "fr"])
def test_dominance_rests_on_the_risks_and_the_cost(language: str) -> None:
    """A design with more agents is not "dominated" for having more agents."""
    found = pair()
    assert found.of("backstop_share").verdict == found.of("cost").verdict == "worse"
    relations = {effect.measure: effect.relation for effect in found.effects}
    print(relations)
    assert relations["backstop_share"] == "undecided"
    assert all("backstop_share" not in effect.worsens for effect in found.effects)
    told = effect_sentences(found, language)
    assert not any("domin" in text for text in told)
    words = {"en": ("higher", "higher"), "fr": ("plus forte", "plus élevé")}[language]
    assert (spoken_verdict(found.of("backstop_share"), language), spoken_verdict(found.of("cost"), language)) == words
    cheaper = pair(broken=(19, 1), extra=-8000.0)
    assert [effect.measure for effect in cheaper.effects if effect.relation == "dominates"] == ["continuity"]
    assert any("domin" in text for text in effect_sentences(cheaper, language))
    assert not any("dearer" in text for text in effect_sentences(pair(broken=(1, 19)), language))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_figure_and_table_say_the_same_of_a_cost(language: str) -> None:
    drawn = differences(pair(), language=language)
    written = [text.get_text() for axes in drawn.figure.axes for text in axes.texts]
    plt.close(drawn.figure)
    word = spoken_verdict(pair().of("cost"), language)
    assert word in written
    assert word in drawn.alternative


def test_numbers_of_simulations_can_be_chosen() -> None:
    assert REPLICATES == OFFERED
    assert for_a_probability() in OFFERED
    assert [that_would_tell(pairs) for pairs in (1, 5, 10, 20, 21, 84, 100)] == [20, 20, 20, 20, 100, 100, 100]
    assert [that_would_tell(pairs) for pairs in (101, 168, 1387)] == [110, 170, 1400]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_never_happens_asks_for_no_number_of_years(language: str) -> None:
    found = pair(broken=(15, 12))
    never, sometimes = found.of("quality"), found.of("continuity")
    assert never.verdict == sometimes.verdict == "cannot_tell"
    assert never.enough_pairs is not None
    assert consequence_text(never, "event", language, 365) == ""
    assert consequence_text(sometimes, "event", language, 365) != ""


@pytest.mark.parametrize(
    ("counts", "english", "french"),
    [
        ((0, 7, 3), "sometimes under 7, never under 3.", "parfois avec 7, jamais avec 3."),
        ((4, 0, 6), "every time under 4, never under 6.", "à chaque fois avec 4, jamais avec 6."),
        ((2, 5, 3), "every time under 2, sometimes under 5, never under 3.", "à chaque fois avec 2, parfois avec 5,"),
    ],
)
def test_draws_of_which_there_are_none_are_not_told(counts: tuple[int, int, int], english: str, french: str) -> None:
    """ "With 0 of the 10 draws" is no way to begin a sentence."""
    spread = object.__new__(RiskSpread)
    for name, count in zip(("always", "sometimes", "never"), counts, strict=True):
        object.__setattr__(spread, name, count)
    told = {language: draws_sentence(spread, language) for language in ("en", "fr")}
    print(told)
    assert english in told["en"]
    assert french in told["fr"]
    assert " 0 " not in told["en"] + told["fr"]
    assert english_words(told["fr"]) == faults_of_french(told["fr"]) == []
