"""A result over all of France: departments add up, pools are told once, nothing is dropped, pages stay small."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file
from matplotlib.colors import to_hex
from national import france, over_france, some_zones

from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.experiments.tables import write_tables
from entraide.experiments.under_floor import ALONE, JOINED, AreaUnderFloor, department_counts, judge
from entraide.model.risk import LEAST_DUE
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.outlines import DEPARTMENTS, packaged_codes
from entraide.scenarios.scenario import Scenario
from entraide.viz.figure_files import inline_svg
from entraide.viz.locales import LANGUAGES, mean_share, number
from entraide.viz.map_choice import LEAST_DEPARTMENTS, MOST_PLACES, drawn_by_department
from entraide.viz.map_figure import service_map
from entraide.viz.map_places import places_of
from entraide.viz.report import write_report
from entraide.viz.report_parts import tables_part
from entraide.viz.sentences import verdict
from entraide.viz.under_floor_map import NOBODY, floor_scale, under_floor_map
from entraide.viz.under_floor_part import MOST_AREAS, called, under_floor_part

WITHOUT_OUTLINE = ("Saint-Pierre-et-Miquelon", "Saint-Barthélemy", "Saint-Martin", "Nouvelle-Calédonie")


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load_scenario(islands_file(tmp_path_factory.mktemp("islands"), days=60))


@pytest.fixture(scope="module")
def small(islands: Scenario) -> Result:
    return run(islands, replicates=2, seed=1, counterfactual=False)


@pytest.fixture(scope="module")
def one(islands: Scenario) -> Result:
    return run(islands, replicates=1, seed=1)


@pytest.fixture(scope="module")
def result(one: Result) -> Result:
    found = over_france(one)
    print(f"{found.zones} communes, {found.population} people")
    assert (found.zones, found.population) == (34_957, 68_952_941)
    return found


def specifications(result: Result) -> list:
    return [result.specification_of(outcome) for outcome in result.outcomes]


def text_of(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", markup)).replace("  ", " ")


@pytest.mark.parametrize("replicates", [1, 2])
def test_departments_add_up_to_the_measures_of_the_country(small: Result, replicates: int) -> None:
    """Shares weighted by inhabitants; control: the plain mean of the departments' shares is another number."""
    found = over_france(small, replicates=replicates)
    counts = department_counts(found.outcomes, specifications(found), 0, 0)
    values = {
        name: float(np.mean(found.values()[name])) for name in ("share_under_floor", "share_under_floor_by_chance")
    }
    assert counts.by_chance is not None
    under, chance = counts.under.sum() / counts.judged.sum(), counts.by_chance.sum() / counts.judged.sum()
    print(f"{len(counts.codes)} departments, {under:.6f} under the floor, by chance {chance:.3g}, measures {values}")
    assert under == pytest.approx(values["share_under_floor"], rel=1e-12)
    assert chance == pytest.approx(values["share_under_floor_by_chance"], rel=1e-9)
    assert under > 0.001
    assert abs(np.nanmean(counts.share_under) - under) > 0.1 * under
    assert counts.population.sum() == found.population


def test_the_list_holds_the_inhabitants_that_universality_counts_and_each_pool_once(result: Result) -> None:
    judged = judge(result.outcomes[0], result.specification, 0, 0)
    listed = judged.listed()
    share = float(result.values()["share_under_floor"][0])
    people = sum(area.population for area in listed)
    pools = [area for area in listed if area.judged not in (ALONE, JOINED)]
    print(
        f"{len(listed)} areas with {people} people, {len(pools)} pools of {sum(len(p.zones) for p in pools)} communes"
    )
    assert people == round(share * judged.population[judged.due > 0].sum())
    zones = [code for area in listed for code in area.zones]
    assert len(zones) == len(set(zones))
    assert len({(area.judged, area.code) for area in listed}) == len(listed)
    assert [area.population for area in listed] == sorted((area.population for area in listed), reverse=True)
    assert pools
    due = dict(zip(result.specification.territory.codes, result.outcomes[0].zone_year["due"][0, 0], strict=True))
    assert all(due[code] < LEAST_DUE for area in pools for code in area.zones)
    assert all(area.due >= LEAST_DUE for area in listed)


def test_the_tables_hold_the_whole_list_and_all_departments(result: Result, tmp_path: Path) -> None:
    write_tables(result, tmp_path)
    listed = pq.read_table(tmp_path / "under_floor.parquet").to_pandas()
    departments = pq.read_table(tmp_path / "departments.parquet").to_pandas()
    assert listed["population"].sum() == departments["under_floor"].sum()
    assert departments["population"].sum() == result.population
    assert len(departments) == len(set(france().department)) == len(packaged_codes(DEPARTMENTS)) + 6
    assert (listed["share_in_time"] < 0.6).all()
    assert (listed["zones"].map(len) == listed["zone_count"]).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_outline_is_in_the_table_and_named_by_the_map(result: Result, language: str) -> None:
    part = text_of(under_floor_part(result, result.service_names[0], 0, language))
    drawn = under_floor_map(result, language=language)
    assert drawn is not None
    for name in WITHOUT_OUTLINE:
        assert name in part
        assert name in drawn.caption
        assert name in service_map(result.outcomes, result.specification, language=language).caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_shows_the_largest_and_counts_the_rest(result: Result, language: str) -> None:
    part = under_floor_part(result, result.service_names[0], 0, language)
    listed = judge(result.outcomes[0], result.specification, 0, 0).listed()
    rows = part.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr")
    said = text_of(part)
    print(len(part), rows, said[:700])
    assert len(listed) > MOST_AREAS == rows
    left = sum(area.population for area in listed[MOST_AREAS:])
    assert number(left, language) in said
    assert number(len(listed) - MOST_AREAS, language) in said
    assert number(sum(area.population for area in listed), language) in said
    assert "tables/under_floor.parquet" in said
    assert left_over(part) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_shows_each_department_in_its_class_with_words(result: Result, language: str) -> None:
    drawn = under_floor_map(result, language=language, verdict="VERDICT")
    assert drawn is not None
    counts = department_counts(result.outcomes, specifications(result), 0, 0)
    share = dict(zip(counts.codes, counts.share_under, strict=True))
    scale, norm = floor_scale(0.05), 0.05
    (shapes,) = drawn.figure.axes[0].collections
    places = places_of(result.outcomes, result.specification, 0, 0)
    codes = [*places.codes, *places.enlarged]
    expected = [NOBODY if share[code] == 0 else scale.face(share[code]) for code in codes]
    assert [to_hex(colour) for colour in shapes.get_facecolors()] == expected
    hatched = [patch for patch in drawn.figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == sum(share[code] > norm for code in codes) > 0
    assert set(places.enlarged) == {"75", "92", "93", "94"}
    overall = mean_share(float(counts.under.sum() / counts.judged.sum()), language)
    for text in (drawn.caption, drawn.alternative):
        assert overall in text
        assert left_over(text) == []
        assert not (language == "fr" and (english_words(text) or faults_of_french(text)))
    assert drawn.alternative.endswith("VERDICT")
    mark = inline_svg(drawn, "m")
    print(len(mark), drawn.caption)
    assert len(mark) < 400_000


@pytest.mark.parametrize("norm", [0.0, 0.02, 0.05, 0.07, 0.3, 1.0])
def test_classes_about_the_norm_can_be_told_apart_without_colour(norm: float) -> None:
    scale = floor_scale(norm)
    light = [
        sum(weight * int(shade[k : k + 2], 16) / 255 for weight, k in ((0.299, 1), (0.587, 3), (0.114, 5)))
        for shade in (NOBODY, *scale.shades)
    ]
    print(scale.ends("en"), [round(value, 2) for value in light])
    assert (np.diff(light) < -0.1).all()
    assert len(scale.shades) == len(scale.limits) - 1
    assert len(set(scale.ends("fr"))) == len(scale.limits)
    assert not 0.0 < norm < 1.0 or norm in scale.limits


def test_the_map_is_by_department_only_where_communes_are_too_many_and_departments_enough() -> None:
    departments = np.array(france().department)
    region = np.isin(departments, ["22", "29", "35", "56"])
    assert region.sum() > MOST_PLACES
    assert not drawn_by_department(some_zones(france(), region)), f"fewer than {LEAST_DEPARTMENTS} departments"
    assert drawn_by_department(
        some_zones(france(), np.isin(departments, ["75", "77", "78", "91", "92", "93", "94", "95"]))
    )
    assert not drawn_by_department(some_zones(france(), departments == "988"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_is_under_the_floor_it_is_said(small: Result, language: str) -> None:
    well = over_france(small, badly=0.97)
    drawn = under_floor_map(well, language=language)
    assert drawn is not None
    assert ("nobody lives" if language == "en" else "personne ne vit") in drawn.alternative
    part = text_of(under_floor_part(well, well.service_names[0], 0, language))
    assert ("nobody lives" if language == "en" else "personne ne vit") in part
    assert all(name in part for name in WITHOUT_OUTLINE)


@pytest.mark.long
def test_the_page_of_a_country_is_small_whole_and_holds_hostile_names_as_text(result: Result, tmp_path: Path) -> None:
    territory = france()
    listed = judge(result.outcomes[0], result.specification, 0, 0).listed()
    worst = next(area for area in listed if area.judged == ALONE)
    hostile = "<script>alert(1)</script>"
    names = tuple(
        hostile if code == worst.code else name for code, name in zip(territory.codes, territory.names, strict=True)
    )
    specification = replace(result.specification, territory=replace(territory, names=names))
    page = write_report(
        replace(result, specification=specification, specifications=(), _values={}, _margins={}),
        tmp_path,
        figure_files=False,
    )
    text = page.read_text(encoding="utf-8")
    print(f"{len(text) / 1e6:.2f} MB, {text.count('<path')} paths")
    assert hostile not in text
    assert "&lt;script&gt;alert(1)" in text
    assert len(text) < 5e6
    assert text.count("<path") < 3_000, "no marks by the ten thousand"


def test_worst_served_are_places_that_are_judged_by_themselves(result: Result) -> None:
    """Control: with all places, a village whose one need was not met would lead the table."""
    due, in_time = (result.outcomes[0].zone_year[name][0, 0] for name in ("due", "in_time"))
    page = tables_part(result, "en").partition("are judged by themselves</caption>")[2].partition("</table>")[0]
    shown = [float(text) for text in re.findall(r'<td class="number">([\d.]+)%</td>', page)]
    print(shown)
    assert len(shown) == 10
    assert min(shown) == pytest.approx(100 * (in_time / np.maximum(due, 1))[due >= LEAST_DUE].min(), abs=0.05)
    assert (in_time[due > 0] == 0).any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_judging_has_its_words(language: str) -> None:
    for judged, code, name in (
        (ALONE, "29019", "Brest"),
        (JOINED, "29155", "Ouessant"),
        ("intercommunality", "242900314", ""),
        ("department", "29", ""),
        ("territory", "", ""),
        ("intercommunality", "unknown {code}", ""),
    ):
        text = called(AreaUnderFloor(judged, code, name, ("29",), ("29155", "29083", "29084"), 10, 40, 3), language)
        print(text)
        assert name in text
        assert name or text.startswith("Small places" if language == "en" else "Petits lieux")
        assert not (language == "fr" and (english_words(text) or faults_of_french(text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_simulation_tells_no_probability_no_mean_and_no_share_of_years(one: Result, language: str) -> None:
    said = verdict(one, language)
    sentences = [*said.sentences(), *(detail for details in said.details.values() for detail in details)]
    for sentence in sentences:
        print(sentence)
        assert left_over(sentence) == []
        assert not (language == "fr" and (english_words(sentence) or faults_of_french(sentence)))
    text = " ".join(sentences)
    forbidden = ("On average", "mean of", "1 of 1", "over what the data leave open") if language == "en" else (
        "En moyenne", "moyenne de", "1 sur 1", "compte tenu de ce que les données"
    )  # fmt: skip
    assert [each for each in forbidden if each in text] == []
    assert ("one draw" if language == "en" else "un seul tirage") in text
