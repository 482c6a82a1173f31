"""What an analysis says and draws, in both languages: whole sentences, no English in French, figures with marks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over
from numpy.typing import NDArray
from planted_studies import crossed, factor, planted

from entraide.experiments.analysis.robust_study import RobustStudy, robust_study
from entraide.experiments.analysis.sensitivity import Sensitivity, sensitivity_of
from entraide.experiments.batch.study_schema import Morris, Sobol
from entraide.viz.drawing import Illustration
from entraide.viz.figure_files import save
from entraide.viz.robust_figures import robust_figures
from entraide.viz.robust_sentences import robust_header, robust_rows, robust_sentences
from entraide.viz.sensitivity_figures import sensitivity_figure
from entraide.viz.sensitivity_sentences import sensitivity_header, sensitivity_rows, sensitivity_sentences
from entraide.viz.study_words import study_origin

LANGUAGES = ("en", "fr")


def _bent(points: NDArray[np.float64], replicate: int) -> Mapping[str, NDArray[np.float64]]:
    noise = np.random.default_rng(replicate).normal(0.0, 0.05, len(points))
    return {
        "continuity_margin": 0.4 * points[:, 0] * points[:, 1] - 0.1 * points[:, 2] + noise,
        "cost": points[:, 0] * 0,
    }


def _world(points: NDArray[np.float64], replicate: int) -> Mapping[str, NDArray[np.float64]]:
    level = points[:, 0]
    margin = 0.5 + 0.5 * level - points[:, 1] + np.random.default_rng(replicate).normal(0.0, 0.02, len(points))
    quality = 0.2 - 0.3 * points[:, 2] + 0.1 * level
    return {
        "continuity": (margin < 0).astype(float),
        "continuity_margin": margin,
        "quality": (quality < 0).astype(float),
        "quality_margin": quality,
        "universality": points[:, 0] * 0.0,
        "universality_margin": points[:, 0] * 0.0 + 0.1,
        "cost": 2e5 + 1e5 * level,
    }


def _factors() -> list:
    return [factor(0, "lever"), factor(0), factor(1), factor(2)]


@pytest.fixture(scope="module")
def analyses() -> dict[str, Sensitivity]:
    sobol = planted(_factors(), Sobol(kind="sobol", samples=128), _bent, replicates=2)
    few = planted(_factors(), Sobol(kind="sobol", samples=16), _bent)
    morris = planted(_factors(), Morris(kind="morris", trajectories=20), _bent, replicates=2)
    found = {name: sensitivity_of(runs, "continuity_margin") for name, runs in (("sobol", sobol), ("few", few))}
    return found | {"morris": sensitivity_of(morris, "continuity_margin"), "constant": sensitivity_of(sobol, "cost")}


@pytest.fixture(scope="module")
def studies() -> dict[str, RobustStudy]:
    runs = planted(_factors(), crossed(5, 60), _world, replicates=2)
    return {
        "some hold": robust_study(runs, holds_in=0.4, price=200_000.0),
        "none holds": robust_study(runs, holds_in=1.0),
        "one design": robust_study(planted([factor(0), factor(1), factor(2)], Sobol(kind="sobol", samples=8), _world)),
    }


def _check(texts: list[str], language: str) -> None:
    for text in texts:
        assert left_over(text) == [], text
        if language == "fr":
            assert english_words(text) == [], text
            assert faults_of_french(text) == [], text


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_whole(analyses: dict[str, Sensitivity], studies: dict[str, RobustStudy], language: str) -> None:
    for name, found in analyses.items():
        told = list(sensitivity_sentences(found, language))
        print(name, *told, sep="\n  ")
        assert told
        assert all(text[-1] == "." for text in told)
        _check(told, language)
    for name, study in studies.items():
        told = list(robust_sentences(study, language))
        print(name, *told, sep="\n  ")
        assert len(told) >= 4
        _check(told, language)


@pytest.mark.slow
def test_what_is_said_is_what_was_planted(analyses: dict[str, Sensitivity], studies: dict[str, RobustStudy]) -> None:
    first = sensitivity_sentences(analyses["sobol"], "en")
    assert first[0].startswith("The margin to the norm of continuity goes most with “")
    assert "is chance" in " ".join(first)
    assert "Double the samples" in " ".join(sensitivity_sentences(analyses["few"], "en"))
    assert "nothing of what is varied moves it" in sensitivity_sentences(analyses["constant"], "en")[0]
    told = " ".join(robust_sentences(studies["some hold"], "en"))
    # Two norms break for reasons of their own: each has its box.
    assert "(where “share free riders” >" in told
    assert "(where “neighbourhood share” >" in told
    assert "At €200,000 for a year with a broken norm" in told
    assert "Of 5 designs, not one holds" in robust_sentences(studies["none holds"], "en")[0]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_a_cell_for_each_head(
    analyses: dict[str, Sensitivity], studies: dict[str, RobustStudy], language: str
) -> None:
    for found in analyses.values():
        for kind in ("lever", "assumption"):
            for row in sensitivity_rows(found, kind, language):
                assert len(row) == len(sensitivity_header(found, language))
    assert sensitivity_rows(analyses["constant"], "lever", language) == []
    for study in studies.values():
        rows = robust_rows(study, language)
        assert len(rows) == len(study.robustness.designs)
        assert {len(row) for row in rows} == {len(robust_header(study, language))}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_drawn_with_their_words_and_written(
    analyses: dict[str, Sensitivity], studies: dict[str, RobustStudy], language: str, tmp_path: Path
) -> None:
    drawn: list[Illustration] = [
        figure for each in analyses.values() if (figure := sensitivity_figure(each, language)) is not None
    ]
    assert len(drawn) == 3
    assert sensitivity_figure(analyses["constant"], language) is None
    for study in studies.values():
        figures = robust_figures(study, language)
        assert len({each.name for each in figures}) == len(figures)
        drawn += figures
    note = study_origin(next(iter(studies.values())).designs.runs, language)
    print(note)
    _check([note], language)
    assert {"en": "inhabitants", "fr": "habitants"}[language] in note
    names = {each.name for each in drawn}
    print(sorted(names))
    assert {"norms-held", "risks-and-cost", "regret", "worth-knowing-in-euros"} <= names
    assert any(name.startswith("breaks-design-") for name in names)
    assert any(name.startswith("differences-") for name in names)
    for place, each in enumerate(drawn):
        _check([each.title, each.caption, each.alternative], language)
        if language == "fr":
            # Drawn all the same: what is written differs in its words alone.
            continue
        paths = save(each, tmp_path, "study planted", f"-{place}")
        image = matplotlib.image.imread(paths[0])
        assert image.shape[1] == 1600
        # Something is drawn besides paper.
        assert float(image[:, :, :3].std()) > 0.02
        assert "study planted" in paths[1].read_text(encoding="utf-8")
