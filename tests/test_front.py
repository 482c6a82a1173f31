"""Designs weighed by risks and cost: the front is what no other design dominates, and it is told with its chance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file

import entraide as en
from entraide.experiments.analysis.front import Front, FrontDesign
from entraide.viz.front_figure import FrontMark, draw_front, front_figure
from entraide.viz.front_sentences import front_sentences

DESIGNS: Mapping[str, Mapping[str, float]] = {
    "today": {},
    "many agents": {"repair_capacity": 40.0},
    "dearer for nothing": {"platform_cost": 900_000.0},
    "the same": {},
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, en.Run]:
    file = islands_file(tmp_path_factory.mktemp("front"))
    return {
        name: en.run(file, replicates=6, changes=changes, parameters="preset", counterfactual=False)
        for name, changes in DESIGNS.items()
    }


def test_the_front_is_what_its_definition_says(runs: dict[str, en.Run]) -> None:
    """Recomputed from the runs, pair by pair."""
    table = en.pareto(runs).frame()
    print(table.to_string())
    values = {
        name: (*(risk.count for risk in run.risks().values()), run.cost().value or 0.0) for name, run in runs.items()
    }
    for name, own in values.items():
        dominating = [
            other
            for other, theirs in values.items()
            if all(a <= b for a, b in zip(theirs, own, strict=True)) and theirs != own
        ]
        assert table.loc[name, "dominated_by"] == "; ".join(dominating)
        assert table.loc[name, "front"] == (not dominating)
    assert table.loc["dearer for nothing", "dominated_by"].startswith("today")
    # Equal designs stand or fall together.
    assert table.loc["today", "front"] == table.loc["the same", "front"]


def test_it_is_told_in_both_languages_with_what_chance_has_to_do_with_it(runs: dict[str, en.Run]) -> None:
    weighed = en.pareto(runs)
    print(weighed, weighed.verdict("fr"), sep="\n")
    assert "Dominated: dearer for nothing, by today" in weighed.verdict()
    assert "6 simulated periods" in weighed.verdict()
    assert repr(weighed).startswith("<Pareto: ")
    french = weighed.verdict("fr")
    for name in DESIGNS:
        french = french.replace(name, "x")
    assert english_words(french) == []
    assert faults_of_french(french) == []
    assert left_over(french) == []


def test_one_design_better_in_everything_is_told_alone() -> None:
    front = Front((FrontDesign("a", {"quality": 0}, 1.0, ()), FrontDesign("b", {"quality": 1}, 2.0, ("a",))), 10, 365)
    told = front_sentences(front)
    assert told[0] == "One design of 2 is dominated by none:"
    assert [text for text in told if text.startswith("Dominated")] == ["Dominated: b, by a."]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_figure_says_which_design_is_which(runs: dict[str, en.Run], language: str) -> None:
    weighed = en.pareto(runs)
    drawn = front_figure(weighed.front, language)
    assert all(name in drawn.caption for name in DESIGNS)
    assert drawn.alternative == " ".join(front_sentences(weighed.front, language))
    assert len(drawn.figure.axes) == 3
    assert weighed.plot(language)._repr_mimebundle_()["text/plain"] == drawn.alternative


def test_labels_of_marks_in_one_place_do_not_lie_on_each_other() -> None:
    marks = [FrontMark(str(place), str(place), 1000.0 * (place < 4), {"quality": 0.0}, True) for place in range(5)]
    figure = draw_front(marks, "en", axis="", caption="", told="").figure
    heights = [text.xyann[1] for text in figure.axes[0].texts if text.get_text() in "0123"]
    print(heights)
    assert len(set(heights)) == 4


def test_what_cannot_be_weighed_is_refused(runs: dict[str, en.Run], tmp_path: Path) -> None:
    file = islands_file(tmp_path)
    today = runs["today"]
    with pytest.raises(en.InputError, match="two designs or more"):
        en.pareto({"today": today})
    with pytest.raises(en.InputError, match="must be a run"):
        en.pareto({"today": today, "other": "islands.toml"})  # type: ignore[dict-item]
    other_seed = en.run(file, replicates=6, seed=1, parameters="preset", counterfactual=False)
    with pytest.raises(en.InputError, match="different seeds"):
        en.pareto({"today": today, "other": other_seed})
    fewer = en.run(file, replicates=2, parameters="preset", counterfactual=False)
    with pytest.raises(en.InputError, match="number of replicates"):
        en.pareto({"today": today, "other": fewer})
