"""Every kind of event is declared whole: words in both languages, size with unit and bounds, reasons, and a source."""

from __future__ import annotations

import re

import pytest

from entraide.model.event_kinds import EVENT_KEYS, EVENT_KINDS, EventKind, event_kind, events_page
from entraide.model.phases import PHASES

EACH = pytest.mark.parametrize("kind", EVENT_KINDS, ids=lambda kind: kind.name)
FRENCH_FAULT = re.compile(r"[^\u202f][;:?!%»]|«[^\u202f]|\d\.\d")


def test_names_are_unique_and_found() -> None:
    names = [kind.name for kind in EVENT_KINDS]
    assert len(set(names)) == len(names) == 10
    assert all(event_kind(kind.name) is kind for kind in EVENT_KINDS)


@EACH
def test_words_and_source_are_there(kind: EventKind) -> None:
    for text in (kind.label_en, kind.label_fr, kind.does_en, kind.does_fr, kind.moves, kind.source):
        assert text == text.strip()
        assert len(text) >= 5
    for french, english in ((kind.label_fr, kind.label_en), (kind.does_fr, kind.does_en)):
        assert french != english
        assert not FRENCH_FAULT.search(french), french
        assert "\u202f" not in english
    assert kind.does_en.endswith(".")
    assert kind.does_fr.endswith(".")
    assert kind.phase in {phase.name for phase in PHASES}


@EACH
def test_the_size_is_told_with_unit_and_bounds_or_refused(kind: EventKind) -> None:
    has_size = "size" in kind.accepts
    assert has_size == (kind.bounds is not None) == bool(kind.size_en) == bool(kind.size_fr) == bool(kind.unit)
    if kind.bounds is not None:
        assert kind.bounds[0] <= kind.size <= kind.bounds[1]
    assert (kind.days == 1) == ("days" in kind.refuses)


@EACH
def test_what_is_refused_has_a_reason_and_the_rest_is_accepted(kind: EventKind) -> None:
    assert set(kind.refuses) <= set(EVENT_KEYS)
    assert set(kind.accepts) | set(kind.refuses) == set(EVENT_KEYS)
    assert all(len(reason[each]) > 10 for reason in kind.refuses.values() for each in ("en", "fr"))
    on_people = kind.name in ("trust_shock", "loss_of_contributors")
    assert ("groups" in kind.accepts) == on_people


def test_the_page_names_every_kind_twice_and_every_reason() -> None:
    page = events_page()
    for kind in EVENT_KINDS:
        assert page.count(f"| `{kind.name}` | {kind.does_en}") == 1
        assert page.count(f"| {kind.label_fr} (`{kind.name}`)") == 1
        assert all(f"| `{kind.name}` | `{key}` | {reason['en']} |" in page for key, reason in kind.refuses.items())
