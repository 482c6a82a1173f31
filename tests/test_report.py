"""The report stands by itself: no request, no script, both languages, and no text of a scenario is taken for markup."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file

from entraide.experiments.ignorance import drawn_values
from entraide.experiments.measures import MEASURES
from entraide.experiments.provenance import command_text
from entraide.experiments.result_comparison import compare_results
from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.model.errors import InputError
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.specification import Event
from entraide.model.unit_words import UNITS
from entraide.scenarios.declarations import ADMINISTRATION_ONLY, CITIZENS, SERVICE
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.viz.dashboard.words import WORDS as DASHBOARD_WORDS
from entraide.viz.locales import LANGUAGES, localised, percent, significant
from entraide.viz.report import provenance_line, write_comparison_report, write_report
from entraide.viz.report_design import assumptions_part, design_part, parameter_value
from entraide.viz.report_parts import provenance_part
from entraide.viz.report_words import WORDS
from entraide.viz.sentences import verdict

HOSTILE = "<script>alert('x')</script> & \"quoted\" <img src=https://example.org/x.png>"
CHANGES = {"acknowledgement_rate": 0.9, "initial_awareness": 0.5}
# The report is of a service that agents repair: what other kinds of service alone know is not to be read in it.
KIND = "report-and-repair"
OF_THE_SERVICE = [
    each
    for each in SERVICE.values()
    if (not each.production or KIND in each.production)
    and (each.lever is None or not each.lever.kinds or KIND in each.lever.kinds)
]
# Elements that HTML does not close.
VOID = {"meta", "input", "br", "hr", "img", "link"}
# Attributes through which a page asks for something.
ASKING = {"src", "href", "xlink:href", "action", "srcset", "poster", "data", "background"}


class Page(HTMLParser):
    """Reads a page: checks that elements are closed in order, and gathers names, addresses and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.names: list[str] = []
        self.asked: list[str] = []
        self.elements: list[str] = []
        self.words: dict[str, list[str]] = {"": [], "en": [], "fr": []}
        self.labels: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == [], "elements left open"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        assert len(named) == len(attributes), f"an attribute of {tag} twice"
        self.elements.append(tag)
        if named.get("id"):
            self.names.append(str(named["id"]))
        self.asked += [str(value) for name, value in attributes if name in ASKING]
        if "aria-label" in named:
            self.labels.append((self.language(), str(named["aria-label"])))
        assert not any(name.startswith("on") for name in named), f"a script in an attribute of {tag}"
        if tag not in VOID:
            self.open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} is closed and was not open"
        assert self.open.pop()[0] == tag

    def language(self) -> str:
        """Return the language of the article that is being read, "" outside of both or in another language's words."""
        inside = [named.get("lang") for tag, named in self.open if named.get("lang") and tag != "html"]
        return str(inside[0]) if inside and len(set(inside)) == 1 else ""

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        styles = {named.get("class") for _, named in self.open}
        if data.strip() and not tags & {"style", "pre", "footer", "title"} and "key" not in styles:
            self.words[self.language()].append(data)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    more = '\n[[events]]\nkind = "outage"\ndate = 2025-01-20\ndays = 3\n'
    return load_scenario(islands_file(tmp_path_factory.mktemp("islands"), days=60, more=more), CHANGES)


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> Result:
    return run(scenario, replicates=10, seed=2, parameters="preset")


@pytest.fixture(scope="module")
def folder(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report")
    assert write_report(result, target) == target / "report.html"
    return target


@pytest.fixture(scope="module")
def text(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_the_page_is_whole_and_asks_for_nothing(page: Page, text: str) -> None:
    print(f"{len(text)} characters, {len(page.elements)} elements, {len(page.names)} names")
    assert len(page.names) == len(set(page.names)), "a name twice"
    assert page.asked
    assert [address for address in page.asked if not address.startswith("#")] == []
    assert {address[1:] for address in page.asked} <= set(page.names), "a link that leads nowhere"
    assert "script" not in page.elements
    assert "@import" not in text
    assert re.findall(r"url\((?!#)", text) == []
    assert "default-src 'none'" in text


def test_a_planted_request_is_caught(text: str) -> None:
    planted = text.replace("<main>", '<main><img src="https://example.org/x.png">', 1)
    assert "https://example.org/x.png" in Page(planted).asked
    with pytest.raises(AssertionError, match="left open"):
        Page(text.replace("</main>", "", 1).replace("</body>", "", 1).replace("</html>", "", 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_there_in_each_language(page: Page, result: Result, language: str) -> None:
    words = " ".join(page.words[language])
    told = verdict(result, language)
    scenario = result.scenario
    expected = [
        scenario.title[language],
        scenario.question[language],
        *told.sentences(),
        *(detail for details in told.details.values() for detail in details),
        *(scenario.card[language][part] for part in ("what_it_is", "things_to_notice", "limits", "sources")),
        *(getattr(parameter, f"label_{language}") for parameter in (*OF_THE_SERVICE, *CITIZENS.values())),
        *(getattr(parameter, f"label_{language}") for parameter in ADMINISTRATION_ONLY.values()),
        "Outage of the platform" if language == "en" else "Panne de la plateforme",
        str(result.provenance["scenario_hash"]),
    ]
    for each in expected:
        assert localised(" ".join(each.split(" ")), language).replace("\n", " ") in words, each
    for measure in MEASURES:
        label = localised(getattr(measure, f"label_{language}"), language)
        assert label[:1].upper() + label[1:] in words
    assert left_over(words.replace("  ", " ")) == []


def test_parameters_of_other_kinds_of_service_are_not_shown(text: str, result: Result) -> None:
    assert [service.kind for service in result.specification.services] == [KIND]
    shown = re.findall(r'<span class="key">(\w+)</span>', text)
    others = SERVICE.keys() - {parameter.name for parameter in OF_THE_SERVICE}
    print(f"{len(set(shown))} parameters shown, {len(others)} of other kinds")
    assert len(others) > 40
    assert others.isdisjoint(shown)
    expected = sorted(2 * [each.name for each in (*OF_THE_SERVICE, *CITIZENS.values(), *ADMINISTRATION_ONLY.values())])
    assert sorted(shown) == expected, "each once in each language"


def test_every_kind_of_event_has_its_words_and_its_size(result: Result) -> None:
    for kind in EVENT_KINDS:
        event = Event(kind.name, day=3, days=kind.days, size=kind.size)
        struck = replace(result, specification=replace(result.specification, events=(event,)), _values={})
        for language in LANGUAGES:
            told = design_part(struck, language)
            label = localised(getattr(kind, f"label_{language}"), language)
            assert f"<td>{label}</td>" in told or f'<th scope="row">{label}</th>' in told, told[-600:]
            size = {"": "", "share": percent(kind.size, language), "times": f"× {significant(kind.size, language)}"}
            # A unit that the three above do not cover is told in words.
            unit = f"{significant(kind.size, language)} {UNITS.get(kind.unit, {}).get(language, '')}"
            assert "logit" not in told.rpartition("<table")[2]
            assert size.get(kind.unit, unit) in unescape(told.rpartition("<table")[2])


def test_a_lever_of_all_services_that_was_moved_is_marked(result: Result) -> None:
    citizens = {**result.specification.citizens, "acculturation_citizens": 0.5}
    scenario = replace(result.scenario, changes={**result.scenario.changes, "acculturation_citizens": 0.5})
    moved = replace(
        result, scenario=scenario, specification=replace(result.specification, citizens=citizens), _values={}
    )
    rows = re.findall(r'<tr class="moved">(.*?)</tr>', design_part(moved, "en"))
    assert len(rows) == 2
    assert "acculturation_citizens" in rows[1]
    assert "<td>50%</td><td>0%</td><td>changed</td>" in rows[1]


def test_the_design_shows_what_was_changed(text: str) -> None:
    rows = re.findall(r'<tr class="moved">(.*?)</tr>', text)
    assert len(rows) == 2, "one lever in two languages; assumptions are not levers"
    english, french = rows
    assert "acknowledgement_rate" in english
    assert "<td>90%</td><td>50%</td><td>changed</td>" in english
    assert "<td>90\u202f%</td><td>50\u202f%</td><td>modifié</td>" in french


def test_the_french_part_is_french(page: Page, result: Result) -> None:
    words = [each for each in page.words["fr"] if each not in result.specification.territory.names]
    words += [label for language, label in page.labels if language == "fr"]
    print(f"{len(words)} texts, {sum(map(len, words))} characters")
    # References keep the titles of the works that they name.
    references = localised(" ".join(result.scenario.card["fr"]["sources"].split()), "fr")
    words = [each for each in words if each != references]
    assert [(word, each) for each in words for word in english_words(each)] == []
    assert [(fault, each) for each in words for fault in faults_of_french(each)] == []


def test_each_figure_has_an_alternative_and_files(page: Page, folder: Path) -> None:
    spoken = [label for _, label in page.labels if len(label) > 60]
    files = sorted(path.name for path in (folder / "figures").iterdir())
    print(files)
    assert page.elements.count("svg") == 18
    assert len(spoken) >= 18
    assert len(files) == 18
    assert {name.rpartition("-")[2] for name in files} == {"en.png", "en.svg"}, "in the language that was asked for"
    assert all((folder / "figures" / name).stat().st_size > 1000 for name in files)
    assert sum("Continuity is broken in" in label for label in spoken) >= 2


def test_figures_carry_provenance(folder: Path, result: Result) -> None:
    line = provenance_line(result)
    assert "seed 2" in line
    assert "acknowledgement_rate=0.9" in line
    for name in ("map-en.svg", "three-risks-en.svg"):
        assert line in (folder / "figures" / name).read_text(encoding="utf-8")


def test_how_to_reproduce(text: str, result: Result) -> None:
    command = command_text(result.scenario, replicates=10, seed=2, own_file=False, options=())
    assert f"<pre><code>{command}" in text
    assert "result = en.run(" in text
    own = replace(result, provenance={"command": "entraide run scenario.toml --replicates 10"})
    assert "en.run(&#x27;scenario.toml&#x27;" in provenance_part(own, "en")


def test_hostile_texts_are_texts(result: Result, tmp_path: Path) -> None:
    scenario = result.scenario
    card = {
        language: dict.fromkeys(
            ("what_it_is", "how_it_works", "things_to_notice", "things_to_try", "limits", "sources"), HOSTILE
        )
        for language in LANGUAGES
    }
    both = dict.fromkeys(LANGUAGES, HOSTILE)
    territory = result.specification.territory
    specification = replace(
        result.specification,
        territory=replace(territory, names=(HOSTILE,) * territory.zones, title=HOSTILE),
        services=tuple(replace(service, title=both) for service in result.specification.services),
    )
    hostile = replace(
        result,
        specification=specification,
        scenario=replace(
            scenario, name=HOSTILE, title=both, question=both, card=card, administration_sources={"reports": both}
        ),
        provenance={**result.provenance, "command": HOSTILE, "version": HOSTILE, "scenario_hash": HOSTILE},
        counterfactual=None,
        _values={},
    )
    text = write_report(hostile, tmp_path, figure_files=False).read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.elements
    assert "img" not in page.elements
    assert [address for address in page.asked if not address.startswith("#")] == []
    assert text.count("&lt;script&gt;") > 20
    assert sum(HOSTILE in each for each in page.words["fr"]) > 5


@pytest.mark.long
def test_by_default_the_page_tells_ignorance_from_chance(scenario: Scenario, tmp_path: Path) -> None:
    drawn = run(scenario, replicates=10, seed=2, counterfactual=False)
    page = Page(write_report(drawn, tmp_path, "fr").read_text(encoding="utf-8"))
    files = {path.name for path in (tmp_path / "figures").iterdir()}
    for language, title in {"en": "Ignorance and chance", "fr": "Ignorance et hasard"}.items():
        words = " ".join(page.words[language])
        assert title in words
        assert left_over(words.replace("  ", " ")) == []
        assert ({f"ignorance-and-chance-{language}.{kind}" for kind in ("png", "svg")} <= files) == (language == "fr")
        assert "parameters='ensemble'" in provenance_part(drawn, language).replace("&#x27;", "'")


def test_what_is_likely_is_a_probability_and_chance_is_what_is_not_ignorance(page: Page) -> None:
    words = " ".join(page.words["en"])
    assert re.search(r"\bprobability \d+%, between", words)
    texts = [words, *WORDS["en"].values(), *(each["en"] for each in DASHBOARD_WORDS.values())]
    for text in texts:
        assert not re.search(r"chance (?:\d|\{)|chance that|(?:a|true) chance\b", text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_drawn_is_told_with_its_own_range_and_source(language: str, tmp_path: Path) -> None:
    unstated = islands_file(tmp_path, days=60)
    drawn = run(load_scenario(unstated, {"session_tasks": 0.3}), replicates=10, seed=2, counterfactual=False)
    values = drawn_values(drawn)
    assert ("", "exposure_log_sd") in values
    assert ("reports", "session_tasks") not in values
    rows = re.findall(r"<tr>(.*?)</tr>", assumptions_part(drawn, language), flags=re.DOTALL)
    told = {key: row for row in rows for key in re.findall(r'class="key">([^<]*)<', row)}
    for (_, name), of_draws in values.items():
        parameter = SERVICE.get(name) or CITIZENS[name]
        print(told[name])
        for end in (of_draws.min(), of_draws.max()):
            assert parameter_value(parameter, float(end), language).split()[0] in told[name]
        assert parameter.source not in told[name], "the source of the value that was not taken"
        source = "fitted: class “urban reports” (P2, P18 and P5)"
        if language == "fr":
            source = "ajusté\u202f: classe «\u202fsignalements urbains\u202f» (P2, P18 et P5)"
        assert source in told[name]
    high = parameter_value(CITIZENS["exposure_log_sd"], CITIZENS["exposure_log_sd"].scan[1], language)  # type: ignore[index]
    assert f"– {high}<" not in told["exposure_log_sd"], "the range declared is not the one drawn"
    assert "(P2" not in told["session_tasks"], "what is stated is not drawn"
    preset = run(load_scenario(unstated), replicates=1, parameters="preset", counterfactual=False)
    assert "(P2" not in assumptions_part(preset, language)


@pytest.mark.slow
def test_several_services_and_years_are_told_apart(tmp_path: Path) -> None:
    more = (
        '\n[services.again]\nkind = "queue"\nclass = "online-micro-task"\ntitle.en = "Second"\ntitle.fr = "Deuxième"\n'
    )
    more += 'norm_delay = 20\n[services.again.administration_only]\nsource = "assumption: a test"\n'
    path = islands_file(tmp_path, days=400, more=more)
    result = run(load_scenario(path), replicates=2, parameters="preset", counterfactual=False)
    text = write_report(result, tmp_path / "out").read_text(encoding="utf-8")
    page = Page(text)
    words = " ".join(page.words["en"])
    assert "Service: Second" in words
    assert "Second, year 2 – " in words
    assert "Year 2" in words
    assert "design by design (year 1)" in words
    assert "The administration alone was not computed in this run." in words
    assert len(list((tmp_path / "out" / "figures").iterdir())) == 36
    assert left_over(" ".join(page.words["fr"]).replace("  ", " ")) == []


@pytest.mark.long
def test_risks_beside_the_administration_alone_are_told_year_by_year(tmp_path: Path) -> None:
    path = islands_file(tmp_path, days=730)
    result = run(load_scenario(path), replicates=2)
    text = write_report(result, tmp_path / "out", figure_files=False).read_text(encoding="utf-8")
    words = " ".join(Page(text).words["en"])
    for year in (1, 2):
        assert f"Risks and cost side by side (Year {year})" in words
    assert "beside the administration alone (year 2)" in words


def test_the_comparison_page(result: Result, scenario: Scenario, tmp_path: Path) -> None:
    other = load_scenario(scenario.path, {**CHANGES, "phone_offered": True, "reward_medium": "credit"})
    compared = compare_results(
        result, run(other, replicates=10, seed=2, parameters="preset", counterfactual=False), names=("A", HOSTILE)
    )
    path = write_comparison_report(compared, tmp_path, "fr")
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert path.name == "comparison.html"
    assert "script" not in page.elements
    assert [address for address in page.asked if not address.startswith("#")] == []
    french = " ".join(page.words["fr"]).replace(HOSTILE, "")
    assert "crédits de temps" in french
    assert "on ne peut pas trancher" in french or "pas de différence qui compte" in french
    assert left_over(french.replace("  ", " ")) == []
    assert 'id="choose-fr" aria-label="Français" lang="fr" checked' in text
    files = [file.name for file in (tmp_path / "figures").iterdir()]
    assert len(files) == 8
    assert {name.rpartition("-")[2] for name in files} == {"fr.png", "fr.svg"}


@pytest.mark.parametrize(
    ("key", "value", "english", "french"),
    [
        ("acknowledgement_delay", 1, "1 day", "1 jour"),
        ("acknowledgement_delay", 14, "14 days", "14 jours"),
        ("credit_lifetime", 0, "0 days", "0 jour"),
        ("answers_per_task", 1, "1 answer", "1 réponse"),
        ("norm_share_in_time", 0.55, "55%", "55\u202f%"),
        ("phone_offered", True, "yes", "oui"),
        ("reward_medium", "credit", "time credits", "crédits de temps"),
        ("season_peak_day", 15, "day 15 of the year", "15e jour de l'année"),
        ("backstop_capacity", 1.5, "1.5 per 100,000 inhabitants per day", None),
    ],
)
def test_values_of_parameters(key: str, value: object, english: str, french: str | None) -> None:
    parameter = SERVICE[key]
    assert parameter_value(parameter, value, "en") == english  # type: ignore[arg-type]
    expected = french or "1,5 pour 100\u202f000 habitants et par jour"
    assert parameter_value(parameter, value, "fr") == expected  # type: ignore[arg-type]


def test_a_folder_that_cannot_be_used_is_told_in_one_line(result: Result, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="a file stands"):
        write_report(result, tmp_path / "taken")
    with pytest.raises(InputError, match="no texts in this language"):
        write_report(result, tmp_path, "de")


@pytest.mark.slow
def test_in_a_browser_both_languages_can_be_read_without_a_request(folder: Path) -> None:
    """Chromium opens the page from disk, changes the language, prints in light; it asks for nothing else."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        pytest.skip("Chromium is missing: the report was NOT looked at (on Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync"]
    address = (folder / "report.html").as_uri()
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=flags)
        window = browser.new_context(java_script_enabled=False, viewport={"width": 1200, "height": 900}).new_page()
        window.on("request", lambda request: asked.append(request.url))
        window.on("console", lambda message: said.append(message.text))
        window.goto(address)
        assert window.locator("#en h1").is_visible()
        assert not window.locator("#fr h1").is_visible()
        window.locator("label[for=choose-fr]").click()
        assert window.locator("#fr h1").is_visible()
        assert not window.locator("#en h1").is_visible()
        window.locator("#choose-fr").press("ArrowLeft")
        assert window.locator("#en h1").is_visible(), "the keyboard alone changes the language"
        grounds = set()
        for medium, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
            window.emulate_media(media=medium, color_scheme=scheme)  # type: ignore[arg-type]
            picture = window.screenshot(clip={"x": 2, "y": 2, "width": 1, "height": 1})
            grounds.add((medium, scheme, picture))
        assert len({picture for _, _, picture in grounds}) == 3
        for width in (390, 1200):
            window.set_viewport_size({"width": width, "height": 800})
            box = window.locator("main").bounding_box()
            assert box is not None
            assert box["width"] <= width
            figure = window.locator("#en svg.figure").first.bounding_box()
            assert figure is not None
            assert 0.6 * width / (1 if width < 500 else 1.5) < figure["width"] <= width
        browser.close()
    print(asked, said)
    assert asked == [address]
    assert said == []
