"""What the production kind "match" alone needs: how offers and needs meet, and how many needs are expressed."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["MATCH_PARAMETERS"]

MATCH_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="compatibility",
        default=0.1,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.03, 0.3),
        kind="assumption",
        scope="service",
        production=("match",),
        label_en="Chance that an offer fits a need",
        label_fr="Probabilité qu'une offre convienne à un besoin",
        help_en=(
            "Chance that one offer of the zone and day suits one need: same way, same hour. More: fewer offers are "
            "enough."
        ),
        help_fr=(
            "Probabilité qu'une offre de la zone et du jour convienne à un besoin\u202f: même trajet, même heure. "
            "Plus elle est grande\u202f: moins d'offres suffisent."
        ),
        source=(
            "assumption: one journey in ten goes the right way at the right hour; the range leaves a factor of "
            "three on both sides"
        ),
    ),
    Parameter(
        name="matching_visibility",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=("match",),
        label_en="What the matching tool sees",
        label_fr="Ce que voit la mise en relation",
        help_en=(
            "Share of the offers and of the needs expressed that a registry and a map bring together. More: more "
            "pairs, at a cost per entry."
        ),
        help_fr=(
            "Part des offres et des besoins exprimés qu'un registre et une carte mettent en présence. Plus elle "
            "est grande\u202f: plus de rencontres, à un coût par inscription."
        ),
        source="assumption: a notice board and word of mouth reach half",
        lever=LeverNote(
            chapter="visibility",
            moves="offers and needs that can be paired",
            phase="production",
            cost="matching_unit_cost x (offers + needs seen)",
            idle="compatibility = 0, or nobody offers",
        ),
    ),
    Parameter(
        name="matching_reach",
        default=0,
        unit="zones",
        bounds=(0.0, 8.0),
        kind="lever",
        scope="service",
        production=("match",),
        label_en="Neighbouring zones searched",
        label_fr="Zones voisines explorées",
        help_en=(
            "Number of the nearest zones in which a need looks for an offer when its own zone has none. More: "
            "small places are served from around, at the cost of offers elsewhere."
        ),
        help_fr=(
            "Nombre de zones proches où un besoin cherche une offre quand la sienne n'en a pas. Plus il est "
            "grand\u202f: les petites communes profitent de leurs voisines, qui y perdent des places."
        ),
        source="assumption: each zone for itself before a lever is moved",
        lever=LeverNote(
            chapter="visibility",
            moves="zones whose offers a need may take",
            phase="production",
            cost="none: one tool for all zones",
            idle="neighbour_compatibility = 0, or one zone",
        ),
    ),
    Parameter(
        name="neighbour_compatibility",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.2, 1.0),
        kind="assumption",
        scope="service",
        production=("match",),
        label_en="Fit of an offer from nearby",
        label_fr="Convenance relative des offres voisines",
        help_en=(
            "How likely an offer of a zone nearby is to fit, against an offer of the own zone. More: borders "
            "matter less."
        ),
        help_fr=(
            "Chance qu'une offre d'une zone voisine convienne, par rapport à une offre de la zone même. Plus elle "
            "est grande\u202f: les limites communales comptent moins."
        ),
        source="assumption: half as often, because of the detour",
    ),
    Parameter(
        name="matching_unit_cost",
        default=0.05,
        unit="EUR/contact",
        bounds=(0.0, 1000.0),
        scan=(0.0, 0.2),
        kind="assumption",
        scope="service",
        production=("match",),
        label_en="Cost of one entry in the registry",
        label_fr="Coût d'une inscription au registre",
        help_en="What it costs to hold one offer or one need where the tool sees it. More: a more expensive registry.",
        help_fr=(
            "Ce que coûte une offre ou un besoin tenu à jour dans l'outil. Plus il est grand\u202f: un registre "
            "plus cher."
        ),
        source="assumption: a few cents for messages and support",
    ),
    Parameter(
        name="asking_least",
        default=0.3,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.1, 0.6),
        kind="assumption",
        scope="service",
        production=("match",),
        label_en="Needs expressed where nobody is served",
        label_fr="Besoins exprimés là où personne n'est servi",
        help_en=(
            "Share of needs that people express although nobody who asked was served of late. More: demand does "
            "not wither."
        ),
        help_fr=(
            "Part des besoins que les gens expriment alors que personne n'a été servi récemment. Plus elle est "
            "grande\u202f: la demande ne dépérit pas."
        ),
        source="assumption: three in ten ask whatever happened before; 1 turns the two-sided effect off",
    ),
    Parameter(
        name="asking_start",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.2, 0.8),
        kind="assumption",
        scope="service",
        production=("match",),
        label_en="Hope of being served at the start",
        label_fr="Espoir d'être servi au départ",
        help_en="Recent success that people expect on the first day. More: more needs are expressed at the start.",
        help_fr=(
            "Réussite à laquelle chacun s'attend le premier jour. Plus il est grand\u202f: plus de besoins "
            "exprimés au départ."
        ),
        source="assumption: even odds",
    ),
    Parameter(
        name="asking_half_life",
        default=14.0,
        unit="d",
        bounds=(0.5, 1000.0),
        scan=(7.0, 60.0),
        kind="assumption",
        scope="service",
        production=("match",),
        label_en="Memory of success",
        label_fr="Mémoire des réussites",
        help_en=(
            "Days after which half of what people know of success in their zone is replaced. More: demand withers "
            "and recovers more slowly."
        ),
        help_fr=(
            "Jours au bout desquels la moitié de ce que l'on sait des réussites dans sa zone est remplacée. Plus "
            "elle est longue\u202f: la demande dépérit et revient plus lentement."
        ),
        source="assumption: two weeks",
    ),
)
