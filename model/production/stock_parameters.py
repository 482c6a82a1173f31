"""What only a stock of knowledge has: topics, review, vandalism and ageing."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["STOCK_PARAMETERS"]

STOCK_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="topics_per_zone",
        default=20,
        unit="items",
        bounds=(0.0, 100000.0),
        scan=(5.0, 50.0),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Topics that every place has",
        label_fr="Sujets que compte chaque lieu",
        help_en=(
            "Topics in demand in each zone at the start, however small it is. More: small places need as much "
            "writing as large ones."
        ),
        help_fr=(
            "Sujets demandés au départ dans chaque zone, si petite soit-elle. Plus ils sont nombreux : les "
            "petits lieux demandent autant de rédaction que les grands."
        ),
        source="assumption: town hall, school, waste, shops, associations, history and a dozen more",
    ),
    Parameter(
        name="topics_per_inhabitants",
        default=4.0,
        unit="per 1000 inhabitants",
        bounds=(0.0, 100000.0),
        scan=(1.0, 20.0),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Topics that come with inhabitants",
        label_fr="Sujets qui croissent avec les habitants",
        help_en=(
            "Further topics in demand at the start, per 1,000 inhabitants. More: larger places have more to describe."
        ),
        help_fr=(
            "Autres sujets demandés au départ, pour 1 000 habitants. Plus ils sont nombreux : les grands lieux "
            "ont davantage à décrire."
        ),
        source="assumption: one association, one service and two places for each 1,000 inhabitants",
    ),
    Parameter(
        name="coverage_at_start",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.9),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Topics written at the start",
        label_fr="Sujets rédigés au départ",
        help_en=(
            "Share of the topics in demand that are present and right on the first day. More: the service "
            "starts nearer to its norm."
        ),
        help_fr=(
            "Part des sujets demandés qui sont présents et justes le premier jour. Plus elle est grande : le "
            "service part plus près de sa norme."
        ),
        source="assumption: the administration opens with half of the pages, taken from its own sites",
    ),
    Parameter(
        name="home_share",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.2, 0.9),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Contributions about one's own place",
        label_fr="Contributions sur son propre lieu",
        help_en=(
            "Where tasks are pooled, share of contributions that are about the zone where their author lives; "
            "the others go wherever items are missing or present. More: places with few authors stay "
            "undescribed."
        ),
        help_fr=(
            "Quand les tâches sont mises en commun, part des contributions qui portent sur la zone de leur "
            "auteur ; les autres vont là où des fiches manquent ou existent. Plus elle est grande : les lieux "
            "sans auteurs restent sans fiches."
        ),
        source="assumption: people write half of the time about what is next door",
    ),
    Parameter(
        name="review_share",
        default=0.3,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        production=("stock",),
        label_en="Contributions spent on review",
        label_fr="Contributions consacrées à la relecture",
        help_en=(
            "Share of contributions that review what is there instead of writing what is missing. More: fewer "
            "wrong items, more missing ones."
        ),
        help_fr=(
            "Part des contributions qui relisent ce qui existe au lieu d'écrire ce qui manque. Plus elle est "
            "grande : moins de fiches fausses, davantage de fiches absentes."
        ),
        source="assumption: three contributions in ten",
        lever=LeverNote(
            chapter="aggregation",
            moves="share of contributions that review",
            phase="production",
            cost="none",
            idle="review_focus = 0 and patrol_reach = 0",
        ),
    ),
    Parameter(
        name="review_focus",
        default=5.0,
        unit="1",
        bounds=(0.0, 1000.0),
        scan=(1.0, 20.0),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="How much more readily a wrong item is opened",
        label_fr="Préférence des relecteurs pour les fiches fausses",
        help_en=(
            "How many times as readily a reviewer opens a wrong item as a right one, since readers flag it. "
            "More: review meets errors sooner."
        ),
        help_fr=(
            "Combien de fois plus volontiers un relecteur ouvre une fiche fausse qu'une fiche juste, puisque "
            "des lecteurs la signalent. Plus elle est grande : la relecture tombe plus vite sur les erreurs."
        ),
        source="assumption: flags and old dates lead reviewers to errors five times as readily",
    ),
    Parameter(
        name="patrol_reach",
        default=3.0,
        unit="items",
        bounds=(0.0, 1000.0),
        scan=(1.0, 10.0),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Recent changes that one review sees",
        label_fr="Modifications récentes vues par une relecture",
        help_en=(
            "How many of the day's changes a reviewer looks at; vandalism seen there is undone the same day. "
            "More: vandalism lasts less."
        ),
        help_fr=(
            "Combien de modifications du jour parcourt un relecteur ; le vandalisme qu'il y voit est annulé le "
            "jour même. Plus elle est grande : le vandalisme dure moins."
        ),
        source=(
            "assumption: with three reviews for seven new items, seven in ten damages are undone the same day; on "
            "Wikipedia half are within four minutes and a tenth last for months (Cobb 2009)"
        ),
    ),
    Parameter(
        name="vandalism_rate",
        default=0.001,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.01),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Vandalism",
        label_fr="Vandalisme",
        help_en=(
            "Chance per day that a right item is damaged by a stranger, beside what adversaries among the "
            "contributors do. More: errors come faster."
        ),
        help_fr=(
            "Probabilité par jour qu'une fiche juste soit dégradée par un inconnu, en plus de ce que font les "
            "adversaires parmi les contributeurs. Plus elle est grande : les erreurs viennent plus vite."
        ),
        source=(
            "assumption: one item in a thousand a day; with the 0.00013 of the local encyclopedia about 0.3% are "
            "vandalised at a moment, near the 0.4% of Wikipedia in 2009 (Rohde)"
        ),
    ),
    Parameter(
        name="ageing_half_life",
        default=1095.0,
        unit="d",
        bounds=(1.0, 1000000.0),
        scan=(365.0, 3650.0),
        kind="assumption",
        scope="service",
        production=("stock",),
        label_en="Days in which half of the items are overtaken",
        label_fr="Jours au bout desquels la moitié des fiches est dépassée",
        help_en=(
            "Days after which half of the right items have become wrong because the world changed. More: "
            "knowledge keeps longer."
        ),
        help_fr=(
            "Jours au bout desquels la moitié des fiches justes est devenue fausse parce que le monde a "
            "changé. Plus ils sont nombreux : les connaissances se gardent plus longtemps."
        ),
        source="assumption: opening hours, rights and addresses change about every three years",
    ),
)
