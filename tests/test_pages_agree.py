"""What pages say by hand agrees with what they speak of: the README's verdict, what is missed, what is counted."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
import yaml
from house import REPOSITORY
from newcomers_walk import stated_sentences

from entraide.experiments.evidence.found import found_cases
from entraide.experiments.evidence.summary import placed_targets
from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.model.phases import PHASES
from entraide.model.risk import DAYS_PER_YEAR
from entraide.scenarios.communes import commune_table
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.schema import MOST_DAYS
from entraide.viz.dashboard.pages.registry import PAGES

DOCS = REPOSITORY / "docs"
VERDICT = {"en": "how-to/reading-a-verdict.md", "fr": "fr/lire-un-verdict.md"}
LIMITS = {"en": "explanation/what-it-cannot-say.md", "fr": "fr/limites.md"}
BOTH = pytest.mark.parametrize("language", ["en", "fr"])
A_HAIR = 0.1
WORDS = {"fifteen": 15, "quinze": 15, "fourteen": 14, "nine": 9, "neuf": 9, "Eight": 8, "Huit": 8, "eight": 8}
WORDS |= {"eleven": 11, "three": 3, "Ten": 10}


@cache
def _page(name: str) -> str:
    """Return a page in one line, with plain spaces, without the marks of quotations."""
    text = (DOCS / name).read_text(encoding="utf-8").translate(str.maketrans("\u202f\u00a0", "  "))
    return re.sub(r"\s+", " ", re.sub(r"^> ", "", text, flags=re.MULTILINE))


def _said() -> str:
    return " ".join(stated_sentences((REPOSITORY / "README.md").read_text(encoding="utf-8")))


# A newcomer's walk compares the README with what the command prints. What pages take from it, by language.
TAKEN = (
    (r"Continuity is broken in (\d+) of (\d+) simulated years", r"rompue dans (\d+) années simulées sur (\d+)"),
    (r"broken in \d+ of 20 simulated years, (\d+)% \(between (\d+)% and (\d+)%\)",
     r"simulées sur 20, soit (\d+) % \(entre (\d+) % et (\d+) %\)"),
    (r"would vary by ([\d.]+) points", r"varierait de ([\d,]+) points"),
    (r"makes that ([\d.]+) points: (\d+)% of the spread \(between (\d+)% and (\d+)%\)",
     r"cette variation à ([\d,]+) points : (\d+) % de la dispersion \(entre (\d+) % et (\d+) %\)"),
    (r"Universality is broken in none of (\d+) simulated years, 0% \(between 0% and (\d+)%\)",
     r"L'égalité n'est rompue dans aucune des (\d+) années simulées, soit 0 % \(entre 0 % et (\d+) %\)"),
    (r"the administration alone would have ([\d.]+) times its stated staff: over (\d+) simulated years it would break "
     r"continuity in (\d+)",
     r"l'administration seule aurait ([\d,]+) fois .{10,40} sur (\d+) années simulées, la continuité serait rompue "
     r"(\d+) fois"),
)  # fmt: skip


@BOTH
@pytest.mark.parametrize("place", range(len(TAKEN)))
def test_numbers_of_the_verdict_are_those_of_the_readme(place: int, language: str) -> None:
    english, french = TAKEN[place]
    stated = re.search(english, _said())
    quoted = re.search(english if language == "en" else french, _page(VERDICT[language]))
    assert stated is not None, english
    assert quoted is not None, (english, language)
    print(stated.groups())
    assert [each.replace(",", ".") for each in quoted.groups()] == list(stated.groups())


@BOTH
def test_numbers_that_are_explained_are_among_those_quoted(language: str) -> None:
    """ "**30%** is ...": what a page explains after the sentence is what the sentence says."""
    page = _page(VERDICT[language])
    explained = [
        number for bold in re.findall(r"- \*\*([^*]*\d[^*]*)\*\*", page) for number in re.findall(r"\d+", bold)
    ]
    assert len(explained) >= 5
    assert set(explained) <= set(re.findall(r"\d+", _said()))
    up_to = re.findall(r"(?:up to|Jusqu'à) (\d+) ?%", page)
    assert up_to == re.findall(r"Universality .*?and (\d+)%", _said())


def _in_words(language: str) -> dict[tuple[str, ...], str]:
    """Return the list of what is missed: the cases that an item names, and what it says."""
    page = _page(LIMITS[language])
    start = page.index({"en": "In words", "fr": "En clair"}[language])
    items = re.findall(
        r"- \*\*[^*]+\(([\w, ]+)\)\.\*\* (.*?)(?= - \*\*| Every figure| Tous les chiffres)", page[start:]
    )
    return {tuple(cases.split(", ")): text for cases, text in items}


def _missed() -> dict[str, list[float]]:
    """Return by case how far each figure lies beyond its band, in widths of the band."""
    found: dict[str, list[float]] = {}
    for result, each in placed_targets(found_cases()):
        if not each.passed and not result.not_run:
            low, high = each.target.low, each.target.high
            found.setdefault(result.case.id, []).append(max(low - each.mean, each.mean - high) / (high - low))
    return found


@BOTH
def test_what_is_missed_is_told_in_words_case_by_case(language: str) -> None:
    told = [case for cases in _in_words(language) for case in cases]
    print(told)
    assert sorted(told) == sorted(_missed())


@BOTH
def test_by_a_hair_is_said_of_what_misses_by_less_than_a_tenth_of_the_band(language: str) -> None:
    rule = {"en": "by less than a tenth of its width", "fr": "de moins d'un dixième de sa largeur"}[language]
    assert rule in _page(LIMITS[language])
    words = {"en": "by a hair", "fr": "de peu"}[language]
    both = {"en": "both by a hair", "fr": "de peu dans les deux cas"}[language]
    for cases, text in _in_words(language).items():
        close = [beyond < A_HAIR for case in cases for beyond in _missed()[case]]
        assert (words in text) == any(close), cases
        assert (both in text) == (len(close) > 1 and all(close)), cases


@BOTH
def test_a_mechanism_more_was_switched_off_than_fails_as_it_should(language: str) -> None:
    """The one that does not is told on the page of the controls, and is none of those kept."""
    kept = json.loads((REPOSITORY / "experiments" / "evidence" / "found" / "controls.json").read_text(encoding="utf-8"))
    numbers = {"en": ("eight switches", "Seven make"), "fr": ("Huit coupures", "Sept coupures")}[language]
    assert sum(each["fails_as_it_should"] for each in kept.values()) == len(kept) == 7
    for words in numbers:
        assert words in _page(LIMITS[language])
    assert "Not among them: citizens who do not differ" in _page("reference/negative_controls.md")


@BOTH
def test_limits_begin_with_the_warning(language: str) -> None:
    page = _page(LIMITS[language])
    words = {"en": "This model compares designs", "fr": "Ce modèle compare des dispositifs"}[language]
    assert page.index(words) < page.index("## ")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (r"France has ([\d,]+) inhabited communes", len(commune_table().code)),
        (r"A day has (\w+) phases", len(PHASES)),
        (r"and (\w+) years at most", MOST_DAYS // DAYS_PER_YEAR),
        (r"(\w+) replicates or more make a probability", FEWEST_FOR_PROBABILITY),
    ],
)
def test_numbers_of_the_description_are_those_of_the_model(words: str, number: int) -> None:
    (said,) = re.findall(words, _page("explanation/odd.md"))
    assert WORDS.get(said) == number or said == f"{number:,}"


def test_a_year_is_simulated_in_every_scenario_but_the_one_that_the_description_names() -> None:
    longer = {name: load_scenario(name).days for name in shipped_names() if load_scenario(name).days != DAYS_PER_YEAR}
    assert longer == {"rooftop-solar": 2 * DAYS_PER_YEAR}
    assert "but `rooftop-solar` (two)" in _page("explanation/odd.md")


@pytest.mark.parametrize(
    ("page", "words", "counted"),
    [
        ("how-to/analyst.md", r"none of the (\w+) is best begun", len(shipped_names())),
        ("fr/analyste.md", r"aucun des (\w+), partez", len(shipped_names())),
        ("tutorials/first-verdict.md", r"\): (\w+) more, each with a card", len(shipped_names()) - 1),
        ("tutorials/first-dashboard.md", r"The dashboard is (\w+) pages", len(PAGES)),
        ("tutorials/first-dashboard.md", r"## The (\w+) pages", len(PAGES)),
        ("fr/analyste.md", r"## Les (\w+) pages du tableau de bord", len(PAGES)),
    ],
)
def test_a_count_in_words_is_what_is_counted(page: str, words: str, counted: int) -> None:
    assert [WORDS[each] for each in re.findall(words, _page(page))] == [counted]


def test_the_researchers_guide_cites_as_the_citation_file_does() -> None:
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    (author,) = [each["name"] for each in citation["authors"]]
    title, version, license_ = (str(citation[key]) for key in ("title", "version", "license"))
    page = _page("how-to/researcher.md")
    cite = page[page.index("## Cite") :]
    assert f"{author}. {title}. Version {version}, {license_}." in cite
    entry = dict(re.findall(r"(\w+) += \{(.+?)\}[,} ]", cite))
    assert entry == {"author": f"{{{author}", "title": title, "version": version, "license": license_}
