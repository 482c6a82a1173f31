"""Notebooks executed in a fresh kernel, as a user has them: what their text says must come out.

A figure in a text is either computed in the notebook, or asserted here with the words that hold it. Predictions are
written as a reader would, and must be set beside the result as they were written. The second, being small, runs as it
stands each time, the first where a newcomer comes (newcomers_walk.py), all others in a small size, the third in French.
What their texts say in full size is long: it moves with simulated numbers, with what levers do, with a fit, with the
sentences of a verdict.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from house import REPOSITORY
from notebook_reading import ENGLISH, FRENCH, cell_of, execute, prose, read, shown, tagged

import entraide as en

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from numpy.typing import NDArray

PATHS = {path.name[:2]: path for path in ENGLISH}


def table_of(cell: NotebookNode) -> pd.DataFrame:
    """Return the table that a cell shows as pandas writes it, indexed by its first column."""
    (page,) = (page for output in cell.outputs if "<table" in (page := output.get("data", {}).get("text/html", "")))
    table = ElementTree.fromstring(page[page.index("<table") : page.index("</table>") + len("</table>")])
    head, *_ = table.iterfind("thead/tr")
    rows = [["".join(each.itertext()) for each in row] for row in table.iterfind("tbody/tr")]
    columns = ["".join(each.itertext()) for each in head][1:]
    values = [[_value(text) for text in row[1:]] for row in rows]
    return pd.DataFrame(values, index=[row[0] for row in rows], columns=columns)


def _value(text: str) -> Any:
    if text in ("True", "False"):
        return text == "True"
    try:
        return float(text)
    except ValueError:
        return text


def says(notebook: NotebookNode, *claims: str) -> None:
    """Check that these words are in the text: whoever rewords it looks at the assertion that goes with them."""
    text = re.sub(r"\s+", " ", prose(notebook))
    assert [claim for claim in claims if claim not in text] == []


def illustrated(notebook: NotebookNode) -> int:
    """Return the number of figures; each must come with words for who does not see it."""
    found = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                found += 1
                drawn_here = data["text/plain"].startswith("<Figure")
                words = shown(cell).replace(data["text/plain"], "") if drawn_here else data["text/plain"]
                assert len(words) > 30, cell.id
                assert drawn_here or 'alt="' in data["text/html"]
    return found


def town(**changes: float | bool) -> en.Result:
    """Return ten years of the town of the third notebook, with its seed."""
    return en.run(PATHS["03"].parent / "douarnenez.toml", replicates=10, seed=1, parameters="preset", changes=changes,
                  counterfactual=False)  # fmt: skip


def shares_by_place(changes: dict[str, float]) -> NDArray[np.float64]:
    """Return the share in time of each year (rows) and commune of the town, itself first; float64[10, 5]."""
    counts = [outcome.zone_year for outcome in town(**changes).result.outcomes]
    return np.array([(each["in_time"] / each["due"]).ravel() for each in counts])


@pytest.mark.long
def test_the_first_run_keeps_the_prediction_and_sets_it_beside_the_result(tmp_path: Path) -> None:
    predicted = '{"continuity": 11, "quality": 13, "universality": 17}'
    notebook = execute(PATHS["01"], tmp_path / "n", prediction=predicted, prediction_with_outreach="19")
    table = table_of(cell_of(notebook, "compare"))
    print(table)
    assert table["you predicted"].to_dict() == {"continuity": 11, "quality": 13, "universality": 17}
    assert table["simulated"].between(0, 20).all()
    assert (table["difference"] == table["simulated"] - table["you predicted"]).all()
    solution = shown(cell_of(notebook, "solution"))
    print(solution)
    assert "you predicted 19" in solution
    assert f"{table['simulated']['continuity']:.0f} years out of 20 today" in solution
    assert illustrated(notebook) == 1
    # The lesson that the text draws: kept on average, broken in more than a quarter of the years, and outreach helps.
    lesson = shown(cell_of(notebook, "why"))
    mean, norm, _, years = (float(re.findall(r"(\d+)", line)[0]) for line in lesson.splitlines())
    assert mean > norm
    assert years >= 5
    assert "Continuity: better." in solution
    says(notebook, "yet the total falls a little: inspectors are called less often")
    assert re.search(r"€[\d,]+ less", solution)


@pytest.mark.slow
def test_four_motives_a_strong_one_has_a_weak_lever_and_the_controls_win_nobody(tmp_path: Path) -> None:
    predicted = '{"altruism": 91, "least effort": 92, "pleasure": 93, "social currency": -94}'
    notebook = execute(PATHS["02"], tmp_path / "n", prediction=predicted)
    won = table_of(cell_of(notebook, "compare"))
    controls, paid = (table_of(cell_of(notebook, name)) for name in ("compare-control", "solution"))
    print(won, controls, paid, sep="\n")
    assert won["you predicted"].tolist() == [91, 92, 93, -94]
    assert "your order:      pleasure, least effort, altruism, social currency" in shown(cell_of(notebook, "compare"))
    says(
        notebook, "about a quarter of those who are asked say yes", "Altruism makes about a third", "Effort moves most"
    )
    of_thousand = int(re.findall(r"(\d+) out of 1,000", shown(cell_of(notebook, "run")))[0])
    assert 200 <= of_thousand <= 300
    altruism = int(re.findall(r"altruism (\d+)%", shown(cell_of(notebook, "motives")))[0])
    pleasure = int(re.findall(r"pleasure (\d+)%", shown(cell_of(notebook, "motives")))[0])
    says(notebook, "pleasure somewhat more", "two euros changed nothing, where the cell below loses some people")
    assert altruism + 4 < pleasure < altruism + 20
    assert 28 <= altruism <= 38
    assert won["simulated"].idxmax() == "least effort"
    assert won["simulated"].idxmin() == "altruism"
    says(notebook, "the lever of altruism wins next to nobody", "Two levers win nobody at all", "exactly nobody")
    assert won["simulated"]["altruism"] < 5 < won["simulated"].drop("altruism").min()
    assert controls["motive off"][["altruism", "pleasure"]].tolist() == [0.0, 0.0]
    says(notebook, "The credits even lose a few", "a shorter form still wins people who do not mind effort")
    assert -5 < controls["motive off"]["social currency"] < 0
    assert 10 < controls["motive off"]["least effort"] < controls["motive on"]["least effort"]
    says(notebook, "Two euros an hour **lose** people", "Ten euros win more", "at zero, both win")
    assert paid["simulated"]["2 euros"] < 0 < paid["simulated"]["10 euros"]
    assert (paid["nothing crowded out"] > 0).all()
    assert illustrated(notebook) == 1


@pytest.mark.long
def test_three_risks_each_design_breaks_what_the_text_says(tmp_path: Path) -> None:
    predicted = '{"fewer agents": {"continuity", "universality"}, "no inspectors": set(), "much outreach": {"quality"}}'
    notebook = execute(PATHS["03"], tmp_path / "n", prediction=predicted)
    years = table_of(cell_of(notebook, "years"))
    print(years)
    assert "You were right in 7 of 9 places." in shown(cell_of(notebook, "compare"))
    says(
        notebook,
        "universality goes too, without any place being left out",
        "it is quality that breaks",
        "until one resident in six hears",
    )
    broken = years >= 5
    assert broken.loc["fewer agents"].to_dict() == {"continuity": True, "quality": False, "universality": True}
    assert broken.loc["no inspectors"].to_dict() == {"continuity": True, "quality": False, "universality": True}
    assert broken.loc["much outreach"].to_dict() == {"continuity": False, "quality": True, "universality": False}
    assert not broken.loc["today"].any()
    assert abs(1 - (1 - 0.0005) ** 365 - 1 / 6) < 0.005
    # The first notebook says so of twenty years: "quality is broken in most years".
    assert years["quality"]["much outreach"] > 6
    norms = en.load_scenario("urban-reports").services[0].parameters
    says(notebook, "no more than one report in ten", "no more than one person in twenty")
    assert (norms["norm_error"], norms["norm_population_share"]) == (0.1, 0.05)
    under, by_chance = (float(share) for share in re.findall(r"([\d.]+)%", shown(cell_of(notebook, "chance"))))
    says(notebook, "Here this chance, that of the defects, explains next to nothing")
    assert under > 3
    assert by_chance < 0.5
    says(
        notebook, "not always the same village that is left behind", "small places run this risk and the town does not"
    )
    left_behind = shares_by_place({"backstop_capacity": 0.0}) < 0.6
    print(left_behind.sum(axis=0))
    assert not left_behind[:, 0].any()
    assert (left_behind.any(axis=0) & ~left_behind.all(axis=0)).sum() >= 3
    says(notebook, "True ones of what is known already are mostly sorted out, false ones are not")
    unsorted = town(outreach=0.0005, duplicate_detection=0.0)
    assert unsorted.risks()["quality"].count == 0, "repeated reports that are acted upon are not false"
    solution = shown(cell_of(notebook, "solution"))
    print(solution)
    says(notebook, "Both risks fall, quality is broken in no year", "some 4,000 euros a year less than")
    counts = {line.split()[0]: [int(word) for word in line.split()[1:3]] for line in solution.splitlines()[1:4]}
    assert all(counts[risk][1] < counts[risk][0] for risk in ("continuity", "universality"))
    assert counts["quality"][1] == 0
    says(notebook, "(`acknowledgement_rate`) does it too", "quality is broken in one of ten, and in none before")
    answered = town(backstop_capacity=0.0, acknowledgement_rate=0.9).risks()
    by_telephone = town(backstop_capacity=0.0, phone_offered=True).risks()
    for risk in ("continuity", "universality"):
        assert answered[risk].count < counts[risk][0]
        assert by_telephone[risk].count < counts[risk][0]
    assert (answered["quality"].count, by_telephone["quality"].count) == (0, 1)
    today, mended = (int(cost) for cost in re.findall(r"EUR (\d+)", solution))
    assert today - mended == pytest.approx(4_000, rel=0.05)
    (saved,) = re.findall(r"which saves (\d+)", solution)
    assert abs(int(saved) - (today - mended)) <= 1
    assert "Quality: cannot tell." in solution
    assert "with “and a little outreach”, instead of" in solution
    assert "with “douarnenez”" not in solution
    late = 100 * table_of(cell_of(notebook, "measures"))["fewer agents"]["share_under_floor"]
    says(notebook, "in most years the town itself, where three people in four live, gets less than the floor")
    assert late > 50
    assert illustrated(notebook) == 3


@pytest.mark.long
def test_why_two_runs_differ_the_same_seed_gives_the_same_people_on_the_same_days(tmp_path: Path) -> None:
    predicted = '{"again": 7, "reminders": 8, "other seed": 9}'
    notebook = execute(PATHS["04"], tmp_path / "n", prediction=predicted, prediction_of_spread="1.25")
    table = table_of(cell_of(notebook, "compare"))
    print(table)
    assert table["you predicted"].tolist() == [7, 8, 9]
    says(notebook, "**Again** gives the same run, to the last contribution", "more than half comes back")
    assert table["simulated"]["again"] == 100
    assert 50 < table["simulated"]["reminders"] < 100
    says(notebook, "**other seed** hardly anything comes back")
    assert table["simulated"]["other seed"] < 20
    spread = shown(cell_of(notebook, "compare-spread"))
    print(spread)
    assert "you predicted 1.25" in spread
    ratio = float(spread.split()[0])
    says(notebook, "four times the spread takes sixteen times the runs", "the reminders drown in it")
    pairs = table_of(cell_of(notebook, "solution"))["needed"]
    print(pairs)
    says(notebook, "some two hundred would be needed", "Of the three norms twenty pairs cannot tell anything")
    compared = [line.split() for line in shown(cell_of(notebook, "solution")).splitlines() if "cannot" in line]
    assert [line[0] for line in compared] == ["continuity", "quality", "universality"]
    assert all(150 < int(line[-1]) < 250 for line in compared)
    assert ratio > 2
    assert pairs["other chance"] / pairs["same chance"] == pytest.approx(ratio**2, rel=0.15)
    assert pairs["same chance"] <= 20 < pairs["other chance"]
    assert "different seeds, 1 and 2" in shown(cell_of(notebook, "refuse"))
    assert illustrated(notebook) == 2


@pytest.mark.long
def test_calibrating_finds_the_truth_and_the_share_seen_once_does_not(tmp_path: Path) -> None:
    notebook = execute(PATHS["05"], tmp_path / "n", prediction="77", prediction_of_width="3.5")
    compared = shown(cell_of(notebook, "compare"))
    truth = table_of(cell_of(notebook, "truth"))
    print(compared, truth, sep="\n")
    assert "77 out of 100 leave for good" in compared
    once = int(re.findall(r"only: +(\d+)", compared)[0])
    known = en.load_scenario(PATHS["05"].parent / "commons.toml").services[0].parameters
    assert truth["true"].to_dict() == {name: known[name] for name in truth.index}
    says(notebook, "Far fewer leave for good than were seen once", "most values moved away from it")
    assert 100 * truth["true"]["drop_out_first"] < 0.7 * once
    assert 100 * truth["high"]["drop_out_first"] < once
    assert truth["inside"].all()
    assert not (truth["start"] - truth["true"]).abs().lt(0.1 * truth["true"]).any()
    says(notebook, "the log tells it, to within some fifteen points", "**not told at all**")
    assert truth["high"]["drop_out_first"] - truth["low"]["drop_out_first"] == pytest.approx(0.15, abs=0.05)
    says(notebook, "the highest value not twice the lowest", "The figures that are judged are those that were fitted")
    assert truth["high"]["prompt_rate"] < 2 * truth["low"]["prompt_rate"]
    judged = cell_of(notebook, "figures")
    assert set(table_of(judged)["reproduced"]) == {"yes", "not fitted"}
    assert truth["high"]["session_tasks"] > 20 * truth["low"]["session_tasks"]
    seen = shown(cell_of(notebook, "figure"))
    assert int(seen.split("%")[0]) == once
    solution = shown(cell_of(notebook, "solution"))
    print(solution)
    says(notebook, "With a seventh of the people, watched for a fifth of the time", "nearly twice as wide")
    assert "you predicted 3.5" in solution
    assert 1.5 < float(solution.split()[0]) < 2.2
    everybody, early = (int(count) for count in re.findall(r"people: (\d+), and (\d+)", solution)[0])
    assert everybody / early == pytest.approx(7, abs=0.7)
    half = table_of(cell_of(notebook, "solution")).loc["half a year"]
    assert half["low"] < known["drop_out_first"] < half["high"]
    assert illustrated(notebook) == 1


@pytest.mark.long
def test_designing_a_policy_the_best_in_one_world_is_not_in_the_next(tmp_path: Path) -> None:
    notebook = execute(
        PATHS["06"],
        tmp_path / "n",
        my_design='{"backstop_capacity": 0.0, "repair_capacity": 12.0}',
        prediction='{"designs on the front": 8, "mine is on it": True}',
    )
    table = table_of(cell_of(notebook, "compare"))
    print(table.to_string())
    told = shown(cell_of(notebook, "compare"))
    assert re.search(r"designs on the front +8 +\d", told)
    assert table["front"]["a little outreach"]
    says(notebook, "a little outreach keeps the norms as well for less: they are dominated")
    assert "a little outreach" in table["dominated_by"]["more inspectors"]
    says(notebook, "more repaired in time on the other")
    assert "Needs served in time: better." in shown(cell_of(notebook, "pair"))
    assert "Cost: higher." in shown(cell_of(notebook, "pair"))
    worlds = table_of(cell_of(notebook, "solution"))
    print(worlds.to_string())
    says(notebook, "breaks continuity in nearly all years", "the only ones that hold in most")
    assert worlds["more defects"]["a little outreach"] >= 8
    assert worlds["more defects"]["more inspectors"] <= 4
    assert (worlds["more defects"].drop("more inspectors") > 5).all()
    assert worlds["as assumed"]["a little outreach"] < worlds["as assumed"]["more inspectors"] + 1
    assert illustrated(notebook) == 1
    today = en.load_scenario(PATHS["06"].parent / "douarnenez.toml").services[0].parameters
    rows = dict(re.findall(r"\| `(\w+)` \| [^|]* \| ([^|]*) \|", prose(notebook)))
    assert {name: str(today[name]).removesuffix(".0") for name in rows} == rows


@pytest.mark.long
def test_from_one_commune_to_france_chance_shrinks_and_the_worst_served_appear(tmp_path: Path) -> None:
    notebook = execute(
        PATHS["07"],
        tmp_path / "n",
        prediction='{"varies": 2.5, "cost per inhabitant": 3.5}',
        prediction_of_seconds="77",
    )
    told = shown(cell_of(notebook, "compare"))
    figures = table_of(cell_of(notebook, "compare"))
    print(told, figures, sep="\n")
    assert re.search(r"varies +2\.5 +0", told)
    says(notebook, "**The mean hardly moves**", "to about an eighth. It shrinks less")
    assert abs(figures["commune"]["in time, mean"] - figures["department"]["in time, mean"]) < 0.05
    times = figures["department"] / figures["commune"]
    places = shown(cell_of(notebook, "places"))
    many = int(re.findall(r"(\d+) times as many", places)[0])
    assert many**0.5 == pytest.approx(8, abs=0.5)
    assert 1 / 8 < times["varies"] < 0.6
    says(notebook, "**The cost per inhabitant falls**")
    assert times["cost per inhabitant"] < 0.5
    worst = table_of(cell_of(notebook, "worst")).loc["worst_tenth"]
    says(notebook, "there are small places that are served worse than the mean")
    assert float(worst["department"]) < figures["department"]["in time, mean"] - 0.05
    risks = table_of(cell_of(notebook, "risks"))
    print(risks)
    assert risks.loc["continuity", "commune"] / 12 > risks.loc["continuity", "department"] / 4
    assert "you predicted 77" in shown(cell_of(notebook, "compare-france"))
    solution = table_of(cell_of(notebook, "solution"))
    assert solution["simulated"].to_dict() == {"cost per inhabitant": "falls", "worst-served tenth": "worse"}
    assert illustrated(notebook) == 1


def test_what_is_said_of_all_of_france_is_what_was_measured() -> None:
    notebook = read(PATHS["07"])
    speed = (REPOSITORY / "docs" / "reference" / "speed.md").read_text(encoding="utf-8")
    row = re.findall(
        r"\| 68,952,941 in 34,957 communes, 365 days: two threads[^|]*\| ([\d.]+) \|[^|]*\|[^|]*\| ([\d.]+)", speed
    )
    ((seconds, gigabytes),) = row
    whole = re.findall(r"took (\d+) s from command to end and ([\d.]+) GB", speed)[0]
    print(seconds, gigabytes, whole)
    says(
        notebook,
        "about 45 seconds of computing and 4 GB of memory",
        "takes two to four minutes",
        "5 GB of memory to spare",
    )
    assert float(seconds) == pytest.approx(45, abs=5)
    assert round(float(gigabytes)) == 4
    assert float(whole[0]) == pytest.approx(120, abs=30)
    assert float(whole[1]) < 5
    assert "68_952_941" in cell_of(notebook, "compare-france").source
    assert en.load_scenario("france-reports").territory().inhabitants == 68_952_941


# Text of a cell -> what stands there in the small size: a tenth of the simulations, next to no trials.
SMALLER = {
    "replicates=20": "replicates=2",
    "replicates=12": "replicates=2",
    "replicates=4": "replicates=2",
    '"replicates": 20': '"replicates": 2',
    '"replicates": 10': '"replicates": 2',
    'calibrate("contributions.csv", ': 'calibrate("contributions.csv", trials=0, service_class=',
    'calibrate("half_a_year.csv", ': 'calibrate("half_a_year.csv", trials=10, service_class=',
}
# The second stands whole; the first is executed whole where a newcomer comes, the third in French, with the same code.
SMALL = [
    pytest.param(path, marks=pytest.mark.long if path.name[:2] in ("01", "03") else pytest.mark.slow, id=path.name)
    for path in ENGLISH
    if path.name[:2] != "02"
]
FIGURES = {"01": 1, "02": 1, "03": 3, "04": 2, "05": 1, "06": 1, "07": 1}


def in_a_small_size(path: Path, folder: Path) -> tuple[NotebookNode, str]:
    """Execute a notebook in its small size; return it, and all that it shows."""
    sources = [cell.source for cell in read(path).cells if cell.cell_type == "code"]
    assert any(before in source for source in sources for before in SMALLER), "nothing in it would be smaller"
    notebook = execute(path, folder / "n", smaller=SMALLER)
    told = "\n".join(shown(cell) for cell in notebook.cells if cell.cell_type == "code")
    print(told)
    assert illustrated(notebook) == FIGURES[path.name[:2]]
    assert all(cell.outputs for cell in tagged(notebook, "solution"))
    return notebook, told


@pytest.mark.parametrize("path", SMALL)
def test_notebooks_run_in_a_small_size(path: Path, tmp_path: Path) -> None:
    _, told = in_a_small_size(path, tmp_path)
    assert "predicted" in told


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=pytest.mark.slow if p.name[:2] == "03" else pytest.mark.long) for p in FRENCH],
    ids=[path.name for path in FRENCH],
)
def test_french_notebooks_run_in_french(path: Path, tmp_path: Path) -> None:
    """What they compute is what the English ones do (test_notebooks.py)."""
    notebook, told = in_a_small_size(path, tmp_path)
    for english in ("needs met", "broken in", "years", "predicted", "simulated"):
        assert english not in told
    assert table_of(cell_of(notebook, "years" if path.name[:2] == "03" else "compare")).size
