"""The documentation site builds without a warning, its links lead somewhere, and it fetches nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from french_words import faults_of_french
from house import REPOSITORY, ROOMS, project_files
from site_links import Page, broken, fetched, read_pages
from typer.main import get_command

import entraide as en
from entraide.command_line import application
from entraide.experiments.evidence.found import found_cases
from entraide.scenarios.catalogue import list_scenarios
from entraide.scenarios.loader import load_scenario

pytestmark = pytest.mark.slow

DOCS = REPOSITORY / "docs"
sys.path.insert(0, str(DOCS / "generators"))
COMMAND = ("sphinx", "-n", "-W", "--keep-going", "-c", "docs")


def _built(sources: Path, site: Path) -> subprocess.CompletedProcess[str]:
    for name in ("sphinx", "myst_nb", "furo", "numpydoc"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed: pip install '.[docs]'")
    return subprocess.run(
        [sys.executable, "-m", *COMMAND, "-q", ".", str(site)],
        cwd=sources,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built anew from the checkout by the command that CONTRIBUTING gives."""
    folder = tmp_path_factory.mktemp("site")
    started = time.perf_counter()
    finished = _built(REPOSITORY, folder)
    print(f"built in {time.perf_counter() - started:.0f} s")
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """What each page of the site holds."""
    return read_pages(site)


def _text(site: Path, name: str) -> str:
    """Return what a reader reads of a page."""
    html = (site / "docs" / f"{name}.html").read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article)).replace("&amp;", "&").replace("&#x27;", "'")


def test_contributing_gives_the_command() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f".venv/bin/sphinx-build {' '.join(COMMAND[1:])} . build/site" in text


def test_every_page_is_on_the_site(site: Path) -> None:
    """A page that is added to docs/ is read, and none is left out of the navigation: Sphinx would warn."""
    written = [name for name in project_files() if name.parts[0] == "docs" and name.suffix == ".md"]
    missing = [str(name) for name in written if not (site / name).with_suffix(".html").is_file()]
    print(f"{len(written)} pages of docs/")
    assert missing == []
    assert (site / "index.html").is_file()


def test_links_and_anchors_lead_somewhere(pages: dict[Path, Page]) -> None:
    print(f"{len(pages)} pages, {sum(len(page.links) for page in pages.values())} links")
    assert len(pages) > 60
    assert broken(pages) == []


def test_reading_it_fetches_nothing_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert fetched(site, pages) == []


def test_planted_faults_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html#here">1</a><a href="b.html#gone">2</a><a href="c.html">3</a><a href="https://example.org/">4</a>'
        '<script src="https://cdn.example.org/x.js"></script><link rel="stylesheet" href="a.css">',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="here"></p>', encoding="utf-8")
    (tmp_path / "a.css").write_text("@font-face { src: url(//fonts.example.org/x.woff2) }", encoding="utf-8")
    pages = read_pages(tmp_path)
    assert broken(pages) == ["a.html: b.html#gone", "a.html: c.html"]
    assert fetched(tmp_path, pages) == ["a.html: https://cdn.example.org/x.js", "a.css: //fonts.example.org/x.woff2"]


def test_no_marker_is_left_and_every_part_is_used(site: Path) -> None:
    """What is generated is made at the build: a part that failed, or that no page shows, would go unseen."""
    from site_parts import MARKER, PARTS

    texts = [(REPOSITORY / name).read_text(encoding="utf-8") for name in project_files() if name.suffix == ".md"]
    used = [found for text in texts for found in MARKER.findall(text)]
    assert set(used) == set(PARTS)
    left = [path.name for path in site.rglob("*.html") if "generated: " in path.read_text(encoding="utf-8")]
    assert left == []


def test_an_unknown_part_is_refused() -> None:
    from site_parts import filled

    with pytest.raises(KeyError, match="no such part"):
        filled("Text.\n\n<!-- generated: no such part -->\n")


def test_every_command_and_option_is_on_its_page(site: Path) -> None:
    page = _text(site, "reference/command-line")
    commands = get_command(application).commands
    for name, command in commands.items():
        assert f"entraide {name}" in page
        options = [option for each in command.params for option in each.opts if option.startswith("--")]
        assert [option for option in options if option not in page] == []
    print(f"{len(commands)} commands")


def test_every_public_name_is_on_the_page_of_the_interface(site: Path) -> None:
    page = _text(site, "reference/api")
    names = [name for name in en.__all__ if not name.startswith("__")]
    print(f"{len(names)} names")
    assert [name for name in names if f"entraide. {name}" not in page] == []


@pytest.mark.parametrize(("page", "language"), [("explanation/model-cards", "en"), ("fr/fiches", "fr")])
def test_every_scenario_has_its_card(site: Path, page: str, language: str) -> None:
    text = _text(site, page)
    names = [summary.name for summary in list_scenarios()]
    assert [name for name in names if name not in text] == []
    for row in (f"R{number}" for number in range(1, 11)):
        assert f"{row}. " in text
    for name in names:
        # Keys are set as code, so whole sentences without one are looked for.
        first = load_scenario(name).card[language]["what_it_is"].split(". ")[0]
        assert re.sub(r"\s+", " ", first) in text


@pytest.mark.parametrize("page", ["explanation/what-it-cannot-say", "fr/limites"])
def test_every_figure_that_is_missed_is_named(site: Path, page: str) -> None:
    text = _text(site, page)
    missed = [
        (result.case.id, each.target.name) for result in found_cases() for each in result.targets if not each.passed
    ]
    print(f"{len(missed)} figures missed or not run")
    not_run = {result.case.id for result in found_cases() if result.not_run}
    assert len(missed) > 0
    assert [(case, name) for case, name in missed if name not in text and case not in not_run] == []
    assert [case for case in not_run if f"{case}." not in text] == []


def test_arrows_of_the_architecture_point_downwards_and_a_planted_one_shows() -> None:
    from site_architecture import architecture, arrows, rooms

    texts = rooms()
    found = arrows(texts)
    print(dict(found))
    assert set(found) == {(high, low) for place, high in enumerate(ROOMS) for low in ROOMS[:place]}
    assert architecture().count("marker-end") == len(found)
    texts["model"]["model/planted.py"] = "from entraide.viz.report import write"
    assert arrows(texts)["model", "viz"] == 1


FRENCH = sorted((DOCS / "fr").glob("*.md"))
FRENCH_NOTEBOOKS = [*sorted((REPOSITORY / "notebooks").glob("*.fr.ipynb")), REPOSITORY / "notebooks" / "LISEZMOI.md"]


@pytest.mark.parametrize("path", FRENCH, ids=[path.stem for path in FRENCH])
def test_french_pages_are_set_as_french(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|\]\([^)]*\)|<!--.*?-->|\|[-|: ]+\||\|", "", text, flags=re.DOTALL)
    assert faults_of_french(re.sub(r"`[^`]*`", "x", text)) == []


def test_french_pages_say_that_they_are_french(site: Path) -> None:
    for path in (*FRENCH, *FRENCH_NOTEBOOKS):
        html = (site / path.relative_to(REPOSITORY).with_suffix(".html")).read_text(encoding="utf-8")
        assert 'lang="fr"' in html[: html.index("<head>")], path.name
    assert 'lang="en"' in (site / "docs" / "index.html").read_text(encoding="utf-8")[:400]


def test_the_frame_of_a_french_page_is_french(site: Path) -> None:
    """Each word is said by a page in French and by none in English; their own section leads the navigation."""
    from site_pages import FRAME

    frames = []
    for path in FRENCH:
        html = (site / "docs" / "fr" / f"{path.stem}.html").read_text(encoding="utf-8")
        head, _, rest = html.partition("<article")
        frames.append(head + rest.rpartition("</article>")[2])
        captions = re.findall(r'<p class="caption"[^>]*><span class="caption-text">([^<]+)</span>', html)
        assert captions[0] == "En français"
        assert len(captions) == 6
    frames_of_all = "\n".join(frames)
    for english, french in FRAME.items():
        assert re.search(rf'[>"]\s*{re.escape(french)}\s*[<"]', frames_of_all), f"the theme no longer says {english!r}"
        assert not re.search(rf'[>"]\s*{re.escape(english)}\s*[<"]', frames_of_all), english
    assert 'aria-label="Search"' in (site / "docs" / "index.html").read_text(encoding="utf-8")


def test_notebooks_hide_the_code_of_solutions_and_say_that_results_come_later(site: Path) -> None:
    """What is to be predicted is not seen before: solutions are folded, here and where the notebook is opened."""
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        (told,) = (n for n, cell in enumerate(cells) if "<b>Solution</b>" in "".join(cell["source"]))
        assert cells[told + 1]["cell_type"] == "code"
        assert cells[told + 1]["metadata"] == {
            "jupyter": {"source_hidden": True},
            "tags": ["solution", "hide-input"],
        }, path.name
        html = (site / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        assert html.count('class="not-run"') == 1, path.name
        assert re.search(r'<details class="[^"]*hide[^"]*"', html), path.name


def test_an_undocumented_link_ends_the_build(tmp_path: Path) -> None:
    """The guard can fail: a small site of the same settings with a link to a missing anchor."""
    sources = tmp_path / "sources"
    (sources / "docs").mkdir(parents=True)
    (sources / "docs" / "conf.py").write_text(
        'extensions = ["myst_nb"]\nroot_doc = "docs/index"\nmyst_heading_anchors = 4\nnb_execution_mode = "off"\n'
    )
    (sources / "docs" / "index.md").write_text("# A page\n\n[there](#a-page) [not there](#another)\n")
    finished = _built(sources, tmp_path / "site")
    assert finished.returncode == 1
    assert "another" in finished.stderr
    assert "a-page" not in finished.stderr
