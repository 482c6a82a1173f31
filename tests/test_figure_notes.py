"""What stands under and on a figure that is taken away can be read: nothing is cut, nothing lies on what matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.model.records import Outcome
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.territories import load_territory, territory_title
from entraide.viz.figure_files import framed, inline_svg, laid_out, save
from entraide.viz.figures import result_figures
from entraide.viz.locales import LANGUAGES, localised
from entraide.viz.map_figure import service_map
from entraide.viz.origin_words import MOST_CHANGES, origin_note
from entraide.viz.people_figures import motives
from entraide.viz.time_figures import service_through_time

# Ten communes in the middle of a department, of 140 to 3,000 inhabitants.
SMALL = "intercommunality:243600293"
CHANGES = {
    "norm_share_in_time": 0.75,
    "spare_minutes": 20.0,
    "acknowledgement_rate": 0.9,
    "fun": 1.5,
    "norm_zone_floor": 0.6,
    "repair_capacity": 400.0,
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    file = tmp_path_factory.mktemp("small") / "small.toml"
    file.write_text(f'schema_version = 1\nbase = "urban-reports"\n\n[territory]\ncommunes = "{SMALL}"\n')
    return run(load_scenario(file, CHANGES), replicates=4, seed=7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_below_a_figure_is_whole(result: Result, language: str) -> None:
    note = origin_note(result, language)
    print(note)
    for each in result_figures(result, language):
        with framed(each.figure, each.title, note):
            each.figure.draw_without_rendering()
            width = each.figure.bbox.width
            for text in each.figure.texts:
                box = text.get_window_extent()
                assert box.x0 >= 0.0, (each.name, text.get_text())
                assert box.x1 <= width, (each.name, box.x1, width, text.get_text())
            shown = " ".join(text.get_text().replace("\n", " ") for text in each.figure.texts)
            assert note in shown, each.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_says_place_scenario_simulations_version_and_day(result: Result, language: str) -> None:
    note = origin_note(result, language)
    print(note)
    simulations = {"en": ("seed 7", "4 simulated years"), "fr": ("graine 7", "4 années simulées")}[language]
    known = result.provenance
    for wanted in (
        localised(territory_title(result.specification.territory, language), language),
        *simulations,
        localised(result.scenario.services[0].title[language], language),
        str(known["version"]),
        str(known["started"])[:4],
        str(known["scenario_hash"])[:12],
        {"en": "75%", "fr": "75\u202f%"}[language],
        {"en": f"and {len(CHANGES) - MOST_CHANGES} more", "fr": f"et {len(CHANGES) - MOST_CHANGES} de plus"}[language],
    ):
        assert wanted in note
    if language == "fr":
        assert english_words(note.replace(result.scenario.name, "")) == []
        assert faults_of_french(note) == []


def spread(result: Result, levels: NDArray[np.float64]) -> list[Outcome]:
    """Return the outcomes with so many needs met in time in each zone, of a hundred due."""
    outcomes = []
    for outcome in result.outcomes:
        year = dict(outcome.zone_year)
        year["due"] = np.full_like(year["due"], 100)
        year["in_time"] = np.broadcast_to(np.rint(100.0 * levels), year["due"].shape).astype(year["due"].dtype)
        outcomes.append(replace(outcome, zone_year=year))
    return outcomes


def test_a_small_territory_fills_its_map_and_no_number_lies_on_a_place(result: Result) -> None:
    specification = result.specification
    levels = np.linspace(0.1, 0.95, specification.territory.zones)
    drawn = service_map(spread(result, levels), specification)
    (axes,) = drawn.figure.axes
    drawn.figure.draw_without_rendering()
    scale = 72.0 / drawn.figure.dpi
    (circles,) = [each for each in axes.collections if isinstance(each, PathCollection) and each.get_gid() == "places"]
    middles = axes.transData.transform(np.asarray(circles.get_offsets())) * scale
    radii = 0.5 * np.sqrt(circles.get_sizes())
    extent = float(np.ptp(middles, axis=0).max())
    room = min(axes.bbox.width, axes.bbox.height) * scale
    print(f"the places take {extent:.0f} of {room:.0f} points")
    assert extent > 0.5 * room
    markers = [line for line in axes.lines if isinstance(line, Line2D) and str(line.get_gid()).startswith("number")]
    assert len(markers) == 5
    for marker in markers:
        spot = axes.transData.transform(np.column_stack(marker.get_data()))[0] * scale
        gaps = np.linalg.norm(middles - spot, axis=1) - radii - 0.5 * marker.get_markersize()
        print(f"{marker.get_gid()}: {gaps.min():.1f} points from the nearest circle")
        assert gaps.min() >= 0.0
        others = [
            axes.transData.transform(np.column_stack(other.get_data()))[0] * scale
            for other in markers
            if other is not marker
        ]
        assert min(float(np.linalg.norm(spot - other)) for other in others) >= marker.get_markersize()


def test_hatching_is_seen_on_every_shade(result: Result) -> None:
    specification = result.specification
    zones = specification.territory.zones
    for level in (0.1, 0.3, 0.5):
        drawn = service_map(spread(result, np.full(zones, level)), specification)
        hatched = [each for each in drawn.figure.axes[0].collections if each.get_hatch()]
        faces = {tuple(np.round(face, 3)) for each in drawn.figure.axes[0].collections for face in each.get_facecolor()}
        assert len(hatched) == zones
        for each in hatched:
            ink = np.asarray(each.get_edgecolor()[0][:3])
            assert all(abs(float(ink.mean()) - float(np.mean(face[:3]))) > 0.25 for face in faces), level
        # Seven lines of hatching cross a circle of 13 points; a smaller one would look plain.
        (circles,) = [each for each in drawn.figure.axes[0].collections if each.get_gid() == "places"]
        assert float(np.sqrt(circles.get_sizes()).min()) >= 12.0


def test_a_large_territory_keeps_its_outline(result: Result) -> None:
    territory = load_territory("department:36")
    specification = replace(result.specification, territory=territory)
    outcomes = []
    for outcome in result.outcomes:
        year = {name: np.ones((*values.shape[:2], territory.zones), values.dtype) * 10
                for name, values in outcome.zone_year.items() if name in ("due", "in_time")}  # fmt: skip
        outcomes.append(replace(outcome, zone_year=year))
    (axes,) = service_map(outcomes, specification).figure.axes
    (low, high) = axes.get_ylim()
    outline = axes.patches[0].get_path().vertices
    print(f"{territory.zones} communes: {low:.2f} to {high:.2f}")
    assert low <= float(np.asarray(outline)[:, 1].min())
    assert high >= float(np.asarray(outline)[:, 1].max())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_lies_in_the_panel_of_a_curve(result: Result, language: str) -> None:
    drawn = service_through_time(result.outcomes, result.specification, language=language)
    (axes,) = drawn.figure.axes
    FigureCanvasAgg(drawn.figure).draw()
    (norm,) = [text for text in axes.texts if text.get_text().startswith("norm")]
    print(norm.get_text(), norm.get_window_extent().x0, axes.bbox.x1)
    assert norm.get_window_extent().x0 >= axes.bbox.x1
    assert norm.get_window_extent().x1 <= drawn.figure.bbox.width


def test_files_carry_the_note(result: Result, tmp_path: Path) -> None:
    from entraide.viz.dashboard.export_files import figure_bytes, figures_of

    for language in LANGUAGES:
        text = figure_bytes(figures_of(result, language)[0][2], result, "svg", language).decode()
        place = localised(territory_title(result.specification.territory, language), language)
        # In a line of its own in the drawing, not only in what the file says of itself.
        assert any(place in line for line in text.split("<text")[1:]), language


def test_a_figure_is_laid_out_once_and_drawn_once_for_each_file(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Panels keep their inches under a title and a note of any length, and are free again when the file is written."""
    done = {"laid out": 0, "drawn": 0}

    def counting(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **more: object) -> object:
            done[name] += 1
            return function(*arguments, **more)

        return call

    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", counting("laid out", ConstrainedLayoutEngine.execute))
    monkeypatch.setattr(Figure, "draw", counting("drawn", Figure.draw))
    drawn = motives(result)

    def inches() -> list[NDArray[np.float64]]:
        """Return left, bottom, width and height of each panel."""
        size = drawn.figure.get_size_inches()
        return [np.array(axes.get_position().bounds) * np.tile(size, 2) for axes in drawn.figure.axes]

    with laid_out(drawn.figure):
        wanted = inches()
    for note in ("short", "long " * 200):
        with framed(drawn.figure, drawn.title, note):
            title, foot = drawn.figure.texts
            raised = {round(float(now[1] - before[1]), 9) for now, before in zip(inches(), wanted, strict=True)}
            assert len(raised) == 1
            for now, before in zip(inches(), wanted, strict=True):
                np.testing.assert_allclose(now[[0, 2, 3]], before[[0, 2, 3]], atol=1e-9)
            for axes in drawn.figure.axes:
                around = axes.get_tightbbox()
                assert around is not None
                assert foot.get_window_extent().y1 <= around.y0
                assert around.y1 <= title.get_window_extent().y0
            assert drawn.figure.get_layout_engine() is None
    inline_svg(drawn, "a")
    save(drawn, tmp_path, "note")
    print(done)
    assert done == {"laid out": 1, "drawn": 3}
    assert isinstance(drawn.figure.get_layout_engine(), ConstrainedLayoutEngine)
    assert all(axes.get_in_layout() for axes in drawn.figure.axes)
    # Another size, or another panel: the places are found anew.
    drawn.figure.set_size_inches(5.0, 3.0)
    inline_svg(drawn, "b")
    drawn.figure.add_subplot(2, 2, 4)
    save(drawn, tmp_path, "note")
    assert done["laid out"] == 3
