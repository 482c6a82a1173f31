"""What moves citizens: devotion, co-operation and the weight of each motive."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["CITIZEN_MOTIVE_PARAMETERS"]

CITIZEN_MOTIVE_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="devotion_log_sd",
        default=1.0,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(0.7, 1.5),
        kind="assumption",
        scope="citizens",
        label_en="Spread of devotion",
        label_fr="Dispersion du dévouement",
        help_en=(
            "Standard deviation of the logarithm of devotion. More: a few citizens give much and most give little."
        ),
        help_fr=(
            "Écart-type du logarithme du dévouement. Plus il est grand : quelques citoyens donnent beaucoup, la "
            "plupart peu."
        ),
        source="assumption: contribution histories hardly identify it; 1 lets a few people carry much of the work",
    ),
    Parameter(
        name="share_free_riders",
        default=0.3,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.2, 0.4),
        kind="assumption",
        scope="citizens",
        label_en="Share of free riders",
        label_fr="Part de passagers clandestins",
        help_en="Share of citizens who start out reluctant to contribute. More: fewer contributions at the start.",
        help_fr=(
            "Part des citoyens réticents à contribuer au départ. Plus elle est grande : moins de contributions "
            "au début."
        ),
        source="Fischbacher, Gächter & Fehr 2001 (strategy method: about a third of participants)",
    ),
    Parameter(
        name="share_conditional",
        default=0.55,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.4, 0.65),
        kind="assumption",
        scope="citizens",
        label_en="Share of conditional co-operators",
        label_fr="Part de coopérateurs conditionnels",
        help_en=(
            "Share of citizens who contribute when others do; the rest give whatever others do. More: "
            "participation spreads, or collapses, faster."
        ),
        help_fr=(
            "Part des citoyens qui contribuent si les autres contribuent ; le reste donne sans condition. Plus "
            "elle est grande : la participation se propage, ou s'effondre, plus vite."
        ),
        source="Fischbacher, Gächter & Fehr 2001 (strategy method: about half of participants)",
    ),
    Parameter(
        name="conditional_strength",
        default=1.5,
        unit="logit",
        bounds=(0.0, 5.0),
        scan=(0.0, 3.0),
        kind="assumption",
        scope="citizens",
        label_en="Pull of others' example",
        label_fr="Force de l'exemple",
        help_en=(
            "How much a conditional co-operator's wish to answer rises with the share of others who contribute. "
            "More: stronger imitation, both ways."
        ),
        help_fr=(
            "De combien l'envie de répondre d'un coopérateur conditionnel croît avec la part des autres qui "
            "contribuent. Plus elle est grande : plus d'imitation, dans les deux sens."
        ),
        source="sign from Frey & Meier 2004; size is an assumption, and 0 must stay possible",
    ),
    Parameter(
        name="conditional_threshold",
        default=0.05,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.01, 0.15),
        kind="assumption",
        scope="citizens",
        label_en="Activity that counts as normal",
        label_fr="Activité jugée normale",
        help_en=(
            "Share of active others at which a conditional co-operator is neither drawn in nor put off. More: "
            "people are harder to win over."
        ),
        help_fr=(
            "Part d'autres actifs à laquelle un coopérateur conditionnel n'est ni attiré ni découragé. Plus "
            "elle est grande : il est plus difficile de convaincre."
        ),
        source="assumption: in most projects a few citizens in a hundred are active at any time",
    ),
    Parameter(
        name="free_rider_reluctance",
        default=1.0,
        unit="logit",
        bounds=(0.0, 5.0),
        scan=(0.0, 2.0),
        kind="assumption",
        scope="citizens",
        label_en="Reluctance of free riders",
        label_fr="Réticence des passagers clandestins",
        help_en="How much less a free rider wishes to answer than others. More: free riders hardly ever contribute.",
        help_fr=(
            "De combien un passager clandestin souhaite moins répondre que les autres. Plus elle est grande : "
            "il ne contribue presque jamais."
        ),
        source="assumption: one logit divides the odds of answering by 2.7; free riders give little but not nothing",
    ),
    Parameter(
        name="neighbourhood_share",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Weight of neighbours among others",
        label_fr="Poids des voisins parmi les autres",
        help_en=(
            "Share of neighbours in what a citizen believes others do; the rest is the published rate. More: "
            "pockets of activity form."
        ),
        help_fr=(
            "Part des voisins dans l'idée que l'on se fait des autres ; le reste vient du taux publié. Plus "
            "elle est grande : des foyers d'activité se forment."
        ),
        source="assumption: people see their neighbours and the published rate equally",
    ),
    Parameter(
        name="altruism_weight",
        default=0.45,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.1, 0.6),
        kind="assumption",
        scope="citizens",
        label_en="Mean weight of altruism",
        label_fr="Poids moyen de l'altruisme",
        help_en=(
            "How much citizens care about being useful, on average. More: need, results and trust move people more."
        ),
        help_fr=(
            "Importance moyenne d'être utile. Plus il est grand : le besoin, les résultats et la confiance "
            "mobilisent davantage."
        ),
        source=(
            "stated motives of French volunteers (83% to be useful to others; R&S 2016); revealed altruism may "
            "be near 0"
        ),
    ),
    Parameter(
        name="pleasure_weight",
        default=0.3,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.1, 0.6),
        kind="assumption",
        scope="citizens",
        label_en="Mean weight of pleasure",
        label_fr="Poids moyen du plaisir",
        help_en=(
            "How much citizens care about the activity being pleasant, on average. More: fun and variety move "
            "people more."
        ),
        help_fr=(
            "Importance moyenne du plaisir de l'activité. Plus il est grand : l'agrément et la variété "
            "mobilisent davantage."
        ),
        source="stated motives of French volunteers (49% fulfilment; R&S 2016)",
    ),
    Parameter(
        name="reputation_weight",
        default=0.25,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.05, 0.5),
        kind="assumption",
        scope="citizens",
        label_en="Mean weight of reputation",
        label_fr="Poids moyen de la réputation",
        help_en=(
            "How much citizens care about being seen to contribute, on average. More: visibility and badges "
            "move people more."
        ),
        help_fr=(
            "Importance moyenne d'être reconnu comme contributeur. Plus il est grand : la visibilité et les "
            "badges mobilisent davantage."
        ),
        source="assumption: the rest of stated motives once altruism and pleasure are counted",
    ),
    Parameter(
        name="currency_weight",
        default=1.0,
        unit="1",
        bounds=(0.0, 5.0),
        scan=(0.5, 2.0),
        kind="assumption",
        scope="citizens",
        label_en="Mean weight of rewards",
        label_fr="Poids moyen des récompenses",
        help_en=(
            "How much citizens care about credits or cash, on average; multiplies the sensitivity to rewards. "
            "More: rewards move people more."
        ),
        help_fr=(
            "Importance moyenne des crédits ou de l'argent ; multiplie la sensibilité aux récompenses. Plus il "
            "est grand : les récompenses mobilisent davantage."
        ),
        source="assumption: 1 leaves the average effect to reward_sensitivity, which has a source",
    ),
    Parameter(
        name="need_share",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Share of need in altruism",
        label_fr="Part du besoin dans l'altruisme",
        help_en=(
            "Part of altruism that follows the need and the sense of being effective; the rest is the warm glow "
            "of giving. More: results matter more."
        ),
        help_fr=(
            "Part de l'altruisme qui suit le besoin et le sentiment d'être efficace ; le reste est la "
            "satisfaction de donner. Plus elle est grande : les résultats comptent davantage."
        ),
        source="assumption: half warm glow, half need; no history identifies it",
    ),
)
