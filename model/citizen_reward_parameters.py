"""How citizens respond to rewards: sensitivity, crowding-out, credits and badges."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["CITIZEN_REWARD_PARAMETERS"]

CITIZEN_REWARD_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="reward_sensitivity",
        default=0.031,
        unit="logit per EUR/h",
        bounds=(0.0, 0.5),
        scan=(0.02, 0.06),
        kind="assumption",
        scope="citizens",
        label_en="Sensitivity to rewards",
        label_fr="Sensibilité aux récompenses",
        help_en=(
            "How much one euro an hour, or its worth in credits, raises the wish to answer. More: rewards draw "
            "more people."
        ),
        help_fr=(
            "De combien un euro de l'heure, ou sa valeur en crédits, accroît l'envie de répondre. Plus elle est "
            "grande : les récompenses attirent plus de monde."
        ),
        source="Voorberg et al. 2018 (EUR 2 an hour no effect, EUR 10 an hour +6 points of willingness)",
    ),
    Parameter(
        name="crowding_cash",
        default=0.17,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.04, 0.3),
        kind="assumption",
        scope="citizens",
        label_en="Motivation crowded out by cash",
        label_fr="Motivation évincée par l'argent",
        help_en="Share of other motives that is lost as soon as cash is paid. More: pay does more harm.",
        help_fr=(
            "Part des autres motivations perdue dès qu'on verse de l'argent. Plus elle est grande : payer nuit "
            "davantage."
        ),
        source="Gneezy & Rustichini 2000 for the upper end of the range; the middle is an assumption, framing matters",
    ),
    Parameter(
        name="crowding_credit",
        default=0.01,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.1),
        kind="assumption",
        scope="citizens",
        label_en="Motivation crowded out by credits",
        label_fr="Motivation évincée par les crédits",
        help_en="Share of other motives that is lost when time credits are given. More: credits do more harm.",
        help_fr=(
            "Part des autres motivations perdue quand on donne des crédits de temps. Plus elle est grande : les "
            "crédits nuisent davantage."
        ),
        source="assumption: credits are read as thanks more than as pay",
    ),
    Parameter(
        name="crowding_per_euro",
        default=0.0,
        unit="1 per EUR/h",
        bounds=(0.0, 0.5),
        scan=(0.0, 0.02),
        kind="assumption",
        scope="citizens",
        label_en="Crowding-out per euro an hour",
        label_fr="Éviction par euro de l'heure",
        help_en=(
            "Further share of other motives lost for each euro an hour of reward. More: high pay crowds out "
            "more than low pay."
        ),
        help_fr=(
            "Part supplémentaire des autres motivations perdue par euro de récompense horaire. Plus elle est "
            "grande : une forte rémunération évince plus qu'une faible."
        ),
        source="assumption: 0, since experiments find that small pay harms most",
    ),
    Parameter(
        name="crowding_build_up",
        default=0.02,
        unit="1 per contribution",
        bounds=(0.0, 0.5),
        scan=(0.0, 0.05),
        kind="assumption",
        scope="citizens",
        label_en="Build-up of crowding-out under pay",
        label_fr="Accumulation de l'éviction sous rémunération",
        help_en=(
            "Share of the remaining motives that each paid contribution wears away. More: the harm outlives the pay."
        ),
        help_fr=(
            "Part des motivations restantes qu'use chaque contribution payée. Plus elle est grande : le dommage "
            "survit à la rémunération."
        ),
        source="assumption: about 35 paid contributions to halve what remains",
    ),
    Parameter(
        name="crowding_half_life",
        default=125.0,
        unit="d",
        bounds=(1.0, 3650.0),
        scan=(30.0, 365.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of built-up crowding-out",
        label_fr="Demi-vie de l'éviction accumulée",
        help_en="Days without pay after which half of the harm is gone. More: motives recover more slowly.",
        help_fr=(
            "Jours sans rémunération au bout desquels la moitié du dommage a disparu. Plus elle est grande : "
            "les motivations se rétablissent plus lentement."
        ),
        source="assumption: about four months, a design choice between weeks and years",
    ),
    Parameter(
        name="credit_saturation",
        default=600.0,
        unit="min",
        bounds=(1.0, 100000.0),
        scan=(120.0, 3000.0),
        kind="assumption",
        scope="citizens",
        label_en="Balance at which credits lose half their appeal",
        label_fr="Solde auquel les crédits perdent la moitié de leur attrait",
        help_en="A person who holds this many credit minutes values one more at half. More: savers keep earning.",
        help_fr=(
            "Une personne qui détient ce nombre de minutes de crédit donne moitié moins de valeur à la "
            "suivante. Plus il est grand : les épargnants continuent de gagner."
        ),
        source="assumption: ten hours in hand are enough for most",
    ),
    Parameter(
        name="badge_bonus",
        default=0.5,
        unit="1",
        bounds=(0.0, 5.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Extra reputation just before a badge",
        label_fr="Surcroît de réputation juste avant un badge",
        help_en=(
            "How much the nearness of the next badge adds to reputation. More: people hurry more towards a badge."
        ),
        help_fr=(
            "Ce que la proximité du prochain badge ajoute à la réputation. Plus il est grand : chacun se presse "
            "davantage vers le badge."
        ),
        source="Hoernle et al. 2020, 2022 (5 to 30% of earners react to a badge); size is an assumption",
    ),
    Parameter(
        name="badge_scale",
        default=10.0,
        unit="tasks",
        bounds=(1.0, 1000.0),
        scan=(3.0, 30.0),
        kind="assumption",
        scope="citizens",
        label_en="Distance at which a badge is felt",
        label_fr="Distance à laquelle un badge se fait sentir",
        help_en="Tasks before the badge over which its pull falls by two thirds. More: the pull starts earlier.",
        help_fr=(
            "Nombre de tâches avant le badge sur lequel son attrait baisse des deux tiers. Plus elle est "
            "grande : l'attrait commence plus tôt."
        ),
        source="assumption: the goal is felt over the last ten tasks or so",
    ),
)
