"""A place is found by what people call it, and a list of codes says which of them there is not."""

from __future__ import annotations

import pytest
from french_words import faults_of_french

from entraide.scenarios.place_search import find_territories
from entraide.viz.dashboard.pages.choose_places import places_found

REDON, RENNES = "intercommunality:243500741", "intercommunality:243500139"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Redon Agglomération", REDON),
        ("redon agglo", REDON),
        ("CA Redon Agglomération", REDON),
        ("cc du pays de redon", REDON),
        ("Communauté de communes du Pays de Redon", REDON),
        ("agglomeration REDON", REDON),
        ("Rennes Métropole", RENNES),
        ("métropole de Rennes", RENNES),
        ("Vilaine Ille", "department:35"),
        ("Pays de la Loire", "region:52"),
        ("La Rochelle", "intercommunality:241700434"),
    ],
)
def test_legal_forms_and_the_order_of_words_do_not_matter(text: str, first: str) -> None:
    found = find_territories(text, language="fr")
    print([(place.name, place.selector, place.through) for place in found[:4]])
    assert found[0].selector == first


def test_a_place_found_by_a_commune_says_by_which() -> None:
    found = find_territories("Bretagne", limit=8)
    names = [(place.name, place.through) for place in found]
    print(names)
    assert names[0] == ("Bretagne", "")
    for name, through in names:
        assert "bretagne" in f"{name} {through}".lower()
    # Places that are called so come before places in which a commune is.
    own = [not through for _, through in names]
    assert own == sorted(own, reverse=True)
    labels = [label for _, label in places_found("Bretagne", "fr").places]
    assert any("dont fait partie Bretagne" in label for label in labels)


@pytest.mark.parametrize(
    "text", ["35236,35013", "35236;35013", "35236 35013", " 35236 ;\n35013; ", "35013, 35236, 35236"]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_codes_are_told_as_names_with_their_inhabitants(text: str, language: str) -> None:
    found = places_found(text, language)
    print(found)
    assert found.fault == ""
    ((selector, label),) = found.places
    assert sorted(selector.split(",")) == ["35013", "35236"]
    for wanted in ("Redon", "Bains-sur-Oust", {"en": "inhabitants", "fr": "habitants"}[language]):
        assert wanted in label


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_code_that_there_is_not_is_named_and_the_others_are_offered(language: str) -> None:
    found = places_found("35236;99999", language)
    print(found)
    assert "99999" in found.fault
    assert "35236" not in found.fault
    assert [selector for selector, _ in found.places] == ["35236"]
    many = places_found(" ".join(f"{code:05}" for code in range(99_900, 99_950)), language)
    assert many.places == ()
    assert len(many.fault) < 200
    if language == "fr":
        assert faults_of_french(found.fault) == []
    assert places_found("<b>1</b>", language).places == ()
