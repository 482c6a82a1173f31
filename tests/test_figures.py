"""What is drawn equals what was computed, in both languages, with words for those who cannot see it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text
from national import some_zones
from numpy.typing import NDArray

from entraide.experiments.measures import yearly_cost
from entraide.experiments.result_comparison import ResultComparison, compare_results
from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.risk.continuity import windowed_share
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.territories import load_territory
from entraide.viz.comparison_figures import difference_through_time, differences
from entraide.viz.drawing import INK, Illustration
from entraide.viz.figure_files import inline_svg, save
from entraide.viz.figures import comparison_figures, result_figures
from entraide.viz.locales import LANGUAGES
from entraide.viz.map_drawing import SHADES
from entraide.viz.map_figure import CLASSES, service_map
from entraide.viz.map_places import level_by_zone, places_of
from entraide.viz.people_figures import contribution_shares, contributors_by_group, motive_shares, motives
from entraide.viz.risk_figures import costs_beside, designs_of, risks_beside
from entraide.viz.time_figures import EVENT_WORDS, activity_through_time, ribbon, service_through_time

REPLICATES, DAYS = 12, 90
# Needs and reports enough that every figure has something to show on three islands.
BUSY = {"needs_rate": 600.0, "prompt_rate": 0.05, "initial_awareness": 0.5, "norm_zone_floor": 0.85}


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return islands_file(tmp_path_factory.mktemp("islands"), days=DAYS)


@pytest.fixture(scope="module")
def result(islands: Path) -> Result:
    found = run(load_scenario(islands, BUSY), replicates=REPLICATES, seed=3, parameters="preset")
    outcomes = found.outcomes
    contributions = sum(float(outcome.daily["contributions"].sum()) for outcome in outcomes)
    print(
        f"{found.population} people, {found.zones} zones, {len(outcomes)} replicates, {contributions:.0f} contributions"
    )
    assert contributions > 100
    return found


@pytest.fixture(scope="module")
def compared(result: Result, islands: Path) -> ResultComparison:
    other = run(
        load_scenario(islands, {**BUSY, "acknowledgement_rate": 0.9, "repair_capacity": 400.0}),
        replicates=REPLICATES,
        seed=3,
        parameters="preset",
        counterfactual=False,
    )
    return compare_results(result, other, names=("A", "B"))


def lines(axes: Axes) -> list[NDArray[np.float64]]:
    """Return the y values of the curves of a panel that have one value for each day or point."""
    return [np.asarray(line.get_ydata(), np.float64) for line in axes.get_lines() if len(line.get_ydata()) > 10]


def texts(illustration: Illustration) -> Iterator[str]:
    """Yield every text of a drawn figure."""
    illustration.figure.draw_without_rendering()
    for text in illustration.figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            yield text.get_text()


@pytest.mark.parametrize("replicates", [1, 3, REPLICATES])
def test_the_share_in_time_is_that_of_the_records(result: Result, replicates: int) -> None:
    outcomes = result.outcomes[:replicates]
    due = np.array([outcome.daily["due"][:, 0] for outcome in outcomes])
    in_time = np.array([outcome.daily["in_time"][:, 0] for outcome in outcomes])
    expected = windowed_share(due.T, in_time.T).T
    drawn = service_through_time(outcomes, result.specification)
    axes = drawn.figure.axes[0]
    np.testing.assert_array_equal(lines(axes)[0], ribbon(expected).middle)
    norm = float(result.specification.services[0].parameters["norm_share_in_time"])
    assert any(np.allclose(line.get_ydata(), norm) for line in axes.get_lines())
    assert any(text.get_text() == "norm:\n80%" for text in axes.texts)


def test_a_ribbon_is_made_of_quantiles_and_never_leaves_what_happened() -> None:
    generator = np.random.default_rng(5)
    series = generator.binomial(3, 0.1, size=(20, 50)).astype(np.float64)
    series[:, 7] = np.nan
    band = ribbon(series)
    known = ~np.isnan(band.middle)
    assert not known[7]
    assert known.sum() == 49
    assert (band.low[known] >= 0.0).all(), "a mean minus two deviations would be under 0 here"
    assert (series.mean(axis=0) - 2 * series.std(axis=0) < 0)[known].any()
    assert (band.low[known] <= band.middle[known]).all()
    assert (band.middle[known] <= band.high[known]).all()
    few = ribbon(series[:3])
    np.testing.assert_array_equal(few.low[known], series[:3, known].min(axis=0))


def test_no_ribbon_is_negative(result: Result) -> None:
    checked = 0
    for drawn in (
        service_through_time(result.outcomes, result.specification),
        activity_through_time(result.outcomes, result.specification),
    ):
        for axes in drawn.figure.axes:
            assert axes.get_ylim()[0] == 0.0
            for collection in axes.collections:
                for path in collection.get_paths():
                    if len(path.vertices):
                        checked += 1
                        assert path.vertices[:, 1].min() >= 0.0
    print(f"{checked} outlines of ribbons")
    assert checked >= 5


def test_what_waits_is_that_of_the_records(result: Result) -> None:
    drawn = activity_through_time(result.outcomes, result.specification)
    waiting = np.array([outcome.daily["waiting"][:, 0] for outcome in result.outcomes])
    np.testing.assert_array_equal(lines(drawn.figure.axes[0])[0], np.median(waiting, axis=0))
    contributions = np.array([outcome.daily["contributions"][:, 0] for outcome in result.outcomes])
    last_week = np.median(contributions[:, -7:].mean(axis=1))
    assert lines(drawn.figure.axes[1])[0][-1] == pytest.approx(last_week)


def test_axes_carry_dates_and_not_numbers_of_days(result: Result) -> None:
    drawn = service_through_time(result.outcomes, result.specification, language="fr")
    drawn.figure.draw_without_rendering()
    labels = [label.get_text() for label in drawn.figure.axes[0].get_xticklabels()]
    assert labels == ["janv.\n2025", "févr.", "mars"]


def test_events_are_marked(islands: Path, tmp_path: Path) -> None:
    more = '\n[[events]]\nkind = "outage"\ndate = 2025-01-10\ndays = 5\n'
    scenario = load_scenario(islands_file(tmp_path, days=30, more=more))
    found = run(scenario, replicates=1, counterfactual=False)
    drawn = service_through_time(found.outcomes, found.specification, language="fr")
    assert "panne" in list(texts(drawn))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_can_be_marked(language: str) -> None:
    assert list(EVENT_WORDS[language]) == [kind.name for kind in EVENT_KINDS]
    assert all(0 < len(word) < 20 for word in EVENT_WORDS[language].values())


def test_the_map_shows_each_zone_in_the_class_of_its_level(result: Result) -> None:
    level = level_by_zone(result.outcomes, 0, 0)
    due = sum(outcome.zone_year["due"][0, 0] for outcome in result.outcomes)
    in_time = sum(outcome.zone_year["in_time"][0, 0] for outcome in result.outcomes)
    np.testing.assert_allclose(level, in_time / due)
    drawn = service_map(result.outcomes, result.specification)
    axes = drawn.figure.axes[0]
    (zones,) = [each for each in axes.collections if isinstance(each, PatchCollection)]
    faces = sorted(to_hex(colour) for colour in zones.get_facecolors())
    expected = [SHADES[sum(value >= limit for limit in CLASSES[:-1])] for value in level]
    assert faces == sorted(expected)
    floor = BUSY["norm_zone_floor"]
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    print(f"levels {level.round(3)}, {len(hatched)} of {level.size} under the floor of {floor}")
    assert len(hatched) == (level < floor).sum()
    worst = result.specification.territory.names[int(np.argmin(level))]
    assert worst in drawn.alternative
    assert any(text.startswith("Worst served\n1. ") and worst in text for text in texts(drawn))


def test_shades_can_be_told_apart_without_colour() -> None:
    """Light of a grey copy: each class at least a tenth lighter than the one below."""
    light = [
        sum(weight * int(shade[k : k + 2], 16) / 255 for weight, k in ((0.299, 1), (0.587, 3), (0.114, 5)))
        for shade in SHADES
    ]
    print([round(value, 2) for value in light])
    assert (np.diff(light) > 0.1).all()


def test_a_map_without_outlines_has_circles_and_without_points_bars(result: Result) -> None:
    territory = result.specification.territory
    points = replace(result.specification, territory=replace(territory, outline=""))
    circles = service_map(result.outcomes, points)
    drawn = sum(len(each.get_offsets()) for each in circles.figure.axes[0].collections if each.get_gid() == "places")
    assert drawn == territory.zones
    assert "circle" in circles.caption
    nowhere = np.full(territory.zones, np.nan)
    blind = replace(territory, outline="", longitude=nowhere, latitude=nowhere)
    bars = service_map(result.outcomes, replace(result.specification, territory=blind))
    widths = [patch.get_width() for patch in bars.figure.axes[0].patches]
    np.testing.assert_allclose(widths, np.sort(level_by_zone(result.outcomes, 0, 0)))
    assert "neither outlines nor points" in bars.caption


def test_all_of_france_is_shown_by_department_with_overseas_beside(result: Result) -> None:
    territory = load_territory("all")
    due = (territory.population + 99) // 100
    overseas = np.array([code.startswith("97") for code in territory.department])
    in_time = np.where(overseas, due // 4, due)
    zone_year = {**result.outcomes[0].zone_year, "due": due[None, None], "in_time": in_time[None, None]}
    outcomes = [replace(result.outcomes[0], zone_year=zone_year)]
    specification = replace(result.specification, territory=territory)
    places = places_of(outcomes, specification, 0, 0)
    away = np.array([code.startswith("97") for code in places.codes])
    print(f"{territory.zones} zones, {len(places.codes)} departments, {away.sum()} of them overseas")
    assert places.departments
    assert places.level[~away].tolist() == [1.0] * int((~away).sum())
    assert (places.level[away] < 0.26).all()
    assert np.ptp(places.points, axis=0).max() < 16.0, "degrees of latitude: the mainland keeps its size"
    left = places.points[~away, 0].min()
    assert (places.points[away, 0] < left).all()
    drawn = service_map(outcomes, specification, language="fr")
    assert "Carte de 101 départements\u202f: 5 sont sous le plancher" in drawn.alternative
    shown = list(texts(drawn))
    assert {"971", "974"} <= set(shown)
    assert any("Mayotte" in text for text in shown)
    some = some_zones(territory, overseas)
    alone = places_of(
        [
            replace(
                outcomes[0],
                zone_year={**zone_year, "due": due[None, None, overseas], "in_time": in_time[None, None, overseas]},
            )
        ],
        replace(specification, territory=some),
        0,
        0,
    )
    assert alone.insets == (), "where all lies overseas nothing is moved"


def test_the_concentration_curve_and_its_gini(result: Result) -> None:
    drawn = contribution_shares(result)
    expected = np.mean([outcome.lorenz[0] for outcome in result.outcomes], axis=0)
    np.testing.assert_allclose(lines(drawn.figure.axes[0])[0], expected)
    gini = result.measures()["gini_of_contributions"].estimate.value
    assert f"Gini index {gini:.2f}" in drawn.alternative


def test_motives_are_shares_of_one(result: Result) -> None:
    shares = motive_shares(result, 0)
    assert shares is not None
    drawn = motives(result)
    widths = [patch.get_width() for patch in drawn.figure.axes[0].patches]
    np.testing.assert_allclose(widths, shares)
    assert sum(widths) == pytest.approx(1.0)
    hatches = {patch.get_hatch() for patch in drawn.figure.axes[0].patches}
    assert len(hatches) == 4


def test_groups_are_marked_as_an_assumption(result: Result) -> None:
    for language, mark in (("en", "assumption: national mix"), ("fr", "hypothèse\u202f: composition nationale")):
        drawn = contributors_by_group(result, language=language)
        assert mark in list(texts(drawn))
        assert mark in drawn.alternative
        assert mark in drawn.caption
    outcome_people = np.mean([outcome.groups["people"][0] for outcome in result.outcomes], axis=0)
    contributors = np.mean([outcome.groups["contributors"][0] for outcome in result.outcomes], axis=0)
    old = [place for place, name in enumerate(result.specification.territory.groups.names) if name.startswith("75+")]
    share = contributors[old].sum() / outcome_people[old].sum()
    widths = [patch.get_width() for patch in drawn.figure.axes[0].patches]
    assert widths[-1] == pytest.approx(share)


def test_risks_stand_at_their_probability_with_their_interval(result: Result) -> None:
    designs = designs_of(result, "en")
    assert list(designs) == [
        "Participatory service",
        "Administration alone, same budget",
        "Administration alone, same norm",
    ]
    axes = risks_beside(designs).figure.axes[0]
    marks = [line for line in axes.get_lines() if line.get_marker() not in ("None", None) and len(line.get_xdata())]
    bars = [line for line in axes.get_lines() if line.get_marker() == "None" and len(line.get_xdata()) == 2]
    expected = [risk for table in designs.values() for risk in table.risks().values()]
    assert [float(mark.get_xdata()[0]) for mark in marks] == [risk.headline.probability for risk in expected]
    ends = [tuple(map(float, bar.get_xdata())) for bar in bars if bar.get_linewidth() > 2]
    assert ends == [(risk.interval.low, risk.interval.high) for risk in expected if risk.interval is not None]
    assert len({mark.get_marker() for mark in marks}) == 3


def test_few_replicates_are_counted_without_bars(result: Result) -> None:
    few = replace(result, outcomes=result.outcomes[:4], counterfactual=None, _values={})
    drawn = risks_beside(designs_of(few, "en"))
    bars = [line for line in drawn.figure.axes[0].get_lines() if line.get_linewidth() > 2]
    assert bars == []
    assert "too few for a probability" in drawn.caption


def test_the_bars_of_cost_add_up(result: Result) -> None:
    designs = designs_of(result, "en")
    axes = costs_beside(designs).figure.axes[0]
    unit = 1e6 if axes.get_xlabel().startswith("Million") else 1.0
    for row, table in enumerate(designs.values()):
        total = np.mean([yearly_cost(outcome, table.specification) for outcome in table.outcomes])
        widths = [
            patch.get_width() for patch in axes.patches if abs(patch.get_y() + patch.get_height() / 2 - row) < 0.1
        ]
        assert sum(widths) * unit == pytest.approx(total)


def test_differences_show_the_band_of_the_difference(compared: ResultComparison) -> None:
    drawn = differences(compared.comparison)
    shown = [
        (tuple(map(float, line.get_xdata())), row)
        for axes in drawn.figure.axes
        for row, line in enumerate(each for each in axes.get_lines() if each.get_linewidth() > 2)
    ]
    banded = [each for each in compared.comparison.differences if each.band is not None]
    in_points = [each for each in banded if each.measure.unit != "EUR"]
    in_money = [each for each in banded if each.measure.unit == "EUR"]
    expected = [(100 * each.band.low, 100 * each.band.high) for each in in_points]
    expected += [(each.band.low, each.band.high) for each in in_money]
    np.testing.assert_allclose([ends for ends, _ in shown], expected)
    curve = lines(difference_through_time(compared).figure.axes[0])[0]
    assert np.nanmax(np.abs(curve)) <= 100.0


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_words_in_one_language(result: Result, compared: ResultComparison, language: str) -> None:
    drawn = (*result_figures(result, language), *comparison_figures(compared, language))
    assert len({each.name for each in drawn}) >= 10
    for each in drawn:
        spoken = (each.title, each.caption, each.alternative)
        assert all(text.strip() and left_over(text) == [] for text in spoken), each.name
        assert len(each.alternative) > 40
        if language == "fr":
            found = [*spoken, *texts(each)]
            assert [word for text in found for word in english_words(text)] == [], each.name
            assert [fault for text in found for fault in faults_of_french(text)] == [], each.name


def test_alternatives_reuse_the_verdict(result: Result) -> None:
    spoken = {each.name: each.alternative for each in result_figures(result, "en")}
    assert "Continuity is broken in" in spoken["needs-met-in-time"]
    assert "Universality is broken in" in spoken["map"]
    assert "The service costs" in spoken["cost-by-kind"]
    assert spoken["three-risks"].count("for these assumed values.") == 3


def test_a_run_in_which_nothing_happens_is_drawn_and_said(islands: Path) -> None:
    scenario = load_scenario(islands, {"needs_rate": 0.0, "prompt_rate": 0.0, "initial_awareness": 0.0}, days=20)
    found = run(scenario, replicates=2, counterfactual=False)
    for language in LANGUAGES:
        spoken = {each.name: each.alternative for each in result_figures(found, language)}
        print(spoken)
        assert len(spoken) == 9
        assert all(left_over(text) == [] for text in spoken.values())
        assert ("Nobody contributed" if language == "en" else "Personne n'a contribué") in spoken["motives"]
        assert ("nothing fell due" if language == "en" else "rien n'est arrivé à échéance") in spoken["map"]


def test_files_carry_title_words_and_provenance(result: Result, tmp_path: Path) -> None:
    drawn = motives(result, language="fr")
    height = drawn.figure.get_figheight()
    png, svg = save(drawn, tmp_path, "entraide 0 · islands · seed 3", "-fr")
    assert png.name == "motives-fr.png"
    assert png.read_bytes().startswith(b"\x89PNG")
    assert drawn.alternative.encode("utf-8") in png.read_bytes()
    tree = ElementTree.parse(svg)
    words = " ".join(tree.getroot().itertext())
    for text in (drawn.title, drawn.alternative, "entraide 0 · islands · seed 3"):
        assert text in words
    assert drawn.figure.get_figheight() == height
    again = tmp_path / "again"
    again.mkdir()
    assert save(drawn, again, "entraide 0 · islands · seed 3", "-fr")[1].read_bytes() == svg.read_bytes()


def test_a_figure_in_a_page_stands_by_itself(result: Result) -> None:
    drawn = service_map(result.outcomes, result.specification, verdict='He said "so" & <left>')
    text = inline_svg(drawn, "a")
    other = inline_svg(drawn, "b")
    assert "http" not in text
    assert "xlink" not in text
    names = re.findall(r'\bid="([^"]+)"', text)
    assert len(names) == len(set(names))
    assert set(names).isdisjoint(re.findall(r'\bid="([^"]+)"', other))
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    print(f"{len(names)} names, {len(used)} used")
    assert used <= set(names)
    assert f"var(--ink, {INK})" in text
    assert ">Worst served<" in text, "text stays text"
    assert ElementTree.fromstring(text).get("aria-label") == drawn.alternative


def test_drawing_leaves_the_settings_of_the_process_alone(result: Result, tmp_path: Path) -> None:
    before = dict(matplotlib.rcParams)
    save(motives(result), tmp_path, "line")
    assert dict(matplotlib.rcParams) == before


def test_drawing_does_not_load_the_global_state_of_pyplot() -> None:
    program = "import sys, entraide.viz.figures; print('matplotlib.pyplot' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "False"
