"""What belongs to the kind "coverage" alone: how much there is to know, what is known, where people look."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["COVERAGE_PARAMETERS"]

_KIND = ("coverage",)

COVERAGE_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="units_to_know",
        default=20.0,
        unit="per 1000 inhabitants",
        bounds=(0.1, 100000.0),
        scan=(10.0, 40.0),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Things to be mapped",
        label_fr="Objets à cartographier",
        help_en=(
            "Places, paths or pieces of equipment that must be kept up to date, per 1,000 inhabitants of a zone. "
            "More: a larger map for the same people."
        ),
        help_fr=(
            "Lieux, chemins ou équipements à tenir à jour, pour 1 000 habitants d'une zone. Plus il est grand : une "
            "carte plus vaste pour autant d'habitants."
        ),
        source=(
            "assumption: about 18 places open to the public per 1,000 inhabitants in France, 1.2 million in all, a "
            "figure called very approximate (Acceslibre, quoted by Banque des Territoires, May 2021)"
        ),
    ),
    Parameter(
        name="initial_coverage",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.2, 0.9),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Up to date at the start",
        label_fr="À jour au départ",
        help_en="Share of things shown as up to date on the first day. More: less is left to map.",
        help_fr="Part des objets à jour sur la carte le premier jour. Plus elle est grande : moins il reste à faire.",
        source="assumption: half; 425,000 of about 1.2 million places were described by Acceslibre in March 2024",
    ),
    Parameter(
        name="initial_map_error",
        default=0.05,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.15),
        kind="assumption",
        scope="service",
        production=_KIND,
        label_en="Wrong on the map at the start",
        label_fr="Erreurs de la carte au départ",
        help_en="Share of what the map shows on the first day that is wrong. More: more to be corrected.",
        help_fr="Part fausse de ce que montre la carte le premier jour. Plus elle est grande : plus à corriger.",
        source="assumption: one in twenty",
    ),
    Parameter(
        name="routing",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=_KIND,
        label_en="Showing people where to look",
        label_fr="Indiquer où regarder",
        help_en=(
            "Share of observations that the platform directs to what is out of date in the contributor's zone; the "
            "others meet anything. More: fewer people look at what is known already."
        ),
        help_fr=(
            "Part des observations que la plateforme oriente vers ce qui n'est plus à jour dans la zone du "
            "contributeur ; les autres portent sur n'importe quoi. Plus elle est grande : moins de regards sur ce qui "
            "est déjà connu."
        ),
        source="assumption: nobody is directed before a lever is moved",
        lever=LeverNote(
            chapter="aggregation",
            moves="units that observations meet",
            phase="production",
            cost="none",
            idle="when nothing is out of date: initial_coverage = 1 and needs_rate = 0",
        ),
    ),
    Parameter(
        name="second_look",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=_KIND,
        label_en="Second look before a contradiction is accepted",
        label_fr="Second regard avant d'accepter une contradiction",
        help_en=(
            "Share of observations contradicting the map that change it only if another contributor sees the same; "
            "that look is one observation less elsewhere. More: fewer errors enter, less is covered."
        ),
        help_fr=(
            "Part des observations contraires à la carte qui ne la changent que si un autre contributeur voit la même "
            "chose ; ce regard est une observation de moins ailleurs. Plus elle est grande : moins d'erreurs entrent, "
            "moins d'objets sont couverts."
        ),
        source="assumption: the last word counts, as on most open maps",
        lever=LeverNote(
            chapter="aggregation",
            moves="what becomes of contradictions",
            phase="production",
            cost="one observation for each second look",
            idle="when nobody is ever wrong",
        ),
    ),
)
