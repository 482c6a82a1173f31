"""What an analyst reads names nothing by its code, names no file that is not there, and says one thing by one word."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from french_words import faults_of_french
from islands import islands_file

from entraide.experiments.runs import run
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.production_names import KIND_NAMES
from entraide.scenarios.catalogue import list_scenarios
from entraide.scenarios.declarations import ALL
from entraide.scenarios.kind_titles import KIND_TITLES, kinds_in_words
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.measure_proposals import proposals
from entraide.viz.dashboard.evidence_part import evidence_html
from entraide.viz.event_sentences import size_text
from entraide.viz.locales import LANGUAGES
from entraide.viz.plain_codes import codes_in_words
from entraide.viz.report_parts import tables_part
from entraide.viz.report_words import WORDS
from entraide.viz.units import value_text
from entraide.viz.wording import RISK_NAMES

_KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def keys(text: str) -> list[str]:
    """Return the keys of parameters that a text names."""
    return [key for key in _KEY.findall(text) if key in ALL] + re.findall(r"\b[a-z_.]+ = [\w.]+", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [each.name for each in list_scenarios()])
def test_cards_name_levers_in_words(name: str, language: str) -> None:
    card = load_scenario(name).card[language]
    for section, text in card.items():
        told = codes_in_words(text, language)
        assert keys(told) == [], (section, told)
        if language == "fr":
            assert faults_of_french(told) == []


def test_a_lever_is_told_with_its_value() -> None:
    assert codes_in_words("acknowledgement_rate = 0.9.", "fr") == (
        "«\u202fContributions qui reçoivent une réponse\u202f: 90\u202f%\u202f»."
    )
    assert codes_in_words("phone_offered = true, no_such_key = 3", "en") == ("“By telephone too: yes”, no_such_key = 3")


def test_money_is_written_in_one_way_in_each_language() -> None:
    priced = [each for each in ALL.values() if each.unit.startswith("EUR")]
    assert len(priced) > 20
    for parameter in priced:
        english, french = (value_text(parameter, 2000.0, language) for language in ("en", "fr"))
        assert english.startswith("€2,000"), english
        assert english.count("€") == 1
        assert french.startswith("2\u202f000"), french
        assert french.count("€") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_of_measures_name_kinds_and_levers_in_words(language: str) -> None:
    assert set(KIND_TITLES) == set(KIND_NAMES)
    refused = [
        codes_in_words(each.reason[language], language)
        for name in ("urban-reports", "species-id")
        for each in proposals(load_scenario(name))
        if each.reason is not None
    ]
    assert refused
    for text in refused:
        print(text)
        assert keys(text) == []
        assert not any(re.search(rf"\b{kind}\b(?! [a-z])", text) for kind in KIND_NAMES if "-" in kind)
    assert "report-and-repair" not in kinds_in_words(("report-and-repair",), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_event_has_a_size_in_logits(language: str) -> None:
    class Planned:
        def __init__(self, kind: str, size: float) -> None:
            self.kind, self.size = kind, size

    for kind in EVENT_KINDS:
        told = size_text(Planned(kind.name, kind.size), language)  # type: ignore[arg-type]
        assert "logit" not in told


def test_a_page_names_no_file_that_nobody_has(tmp_path: Path) -> None:
    """A folder of a run has tables; the dashboard has none, and names its own page."""
    changes = {"norm_zone_floor": 0.99, "norm_share_in_time": 0.99, "repair_capacity": 1.0}
    found = run(load_scenario(islands_file(tmp_path, days=40), changes), replicates=2, counterfactual=False)
    for language in LANGUAGES:
        folder, page = (tables_part(found, language, on_a_page=each) for each in (False, True))
        assert "tables/under_floor.parquet" in folder
        assert ".parquet" not in page
        assert {"en": "Export page", "fr": "Exporter"}[language] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_has_a_list_of_contents_that_leads_somewhere(language: str) -> None:
    text = evidence_html(("urban-report",), language)
    targets = re.findall(r'href="#([^"]+)"', text)
    assert len(targets) > 20
    assert [each for each in targets if f'id="{each}"' not in text] == []
    # Cases that summaries name by number stand in the table with theirs.
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    named = set(re.findall(r"\bC\d+[a-z]?\b", plain.split(" ( C")[0]))
    rows = set(re.findall(r'<th scope="row">[^<]*\((C\d+[a-z]?)\)</th>', text))
    print(sorted(named), sorted(rows))
    assert named <= rows


def test_one_word_for_one_thing_in_french() -> None:
    """A design is a dispositif, universality is égalité, a replicate is a simulation."""
    assert WORDS["fr"]["design"] == "Dispositif"
    assert RISK_NAMES["fr"]["universality"] == "égalité"
    texts = [str(value) for words in (WORDS["fr"],) for value in words.values()]
    texts += [text for each in ALL.values() for text in (each.label_fr, each.help_fr)]
    for banned in ("réplique", "niversalité", "Voir se dérouler"):
        assert [text for text in texts if banned in text] == []
    assert [each.name for each in ALL.values() if "dearer" in each.help_en] == []
