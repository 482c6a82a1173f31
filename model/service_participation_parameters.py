"""Who may take part in a service, on what terms, and how they hear of it."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_PARTICIPATION_PARAMETERS"]

SERVICE_PARTICIPATION_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="admitted_share",
        default=1.0,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.5, 1.0),
        kind="assumption",
        scope="service",
        label_en="People who may take part",
        label_fr="Personnes admises à participer",
        help_en=(
            "Share of those old enough who have what taking part requires: a skill, an asset, a status. More: more "
            "people can contribute."
        ),
        help_fr=(
            "Part des personnes en âge de participer qui ont ce qu'il faut : une compétence, un bien, un statut. Plus "
            "elle est grande : plus de contributeurs possibles."
        ),
        source="assumption: everybody, unless the scenario asks for a skill, an asset or a status",
    ),
    Parameter(
        name="on_site",
        default=True,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="Takes place on the spot",
        label_fr="Demande de se déplacer",
        help_en=(
            "Yes: people must go out to contribute, so that a lockdown keeps them from it. No: they contribute "
            "from wherever they are."
        ),
        help_fr=(
            "Oui : il faut sortir pour contribuer, si bien qu'un confinement en empêche. Non : on contribue de "
            "là où l'on est."
        ),
        source="assumption: follows from the kind of service",
    ),
    Parameter(
        name="by_appointment",
        default=False,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="By appointment",
        label_fr="Sur rendez-vous",
        help_en="Yes: people set time aside within the week. No: the time must be free on the day.",
        help_fr="Oui : chacun réserve du temps dans la semaine. Non : il faut être libre le jour même.",
        source="assumption: follows from the kind of service",
    ),
    Parameter(
        name="medium",
        default="time",
        unit="1",
        choices=("time", "money", "asset"),
        kind="assumption",
        scope="service",
        label_en="What people give",
        label_fr="Ce que l'on donne",
        help_en="Time limits every task. With money or an asset it limits the first alone: more takes no longer.",
        help_fr=(
            "Le temps limite chaque tâche. Pour de l'argent ou un bien, il ne limite que la première\u202f: donner "
            "plus ne prend pas plus longtemps."
        ),
        source="assumption: follows from the kind of service",
    ),
    Parameter(
        name="once_for_all",
        default=False,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="One contribution for good",
        label_fr="Une seule contribution, durable",
        help_en=(
            "Yes: people contribute once, by an installation or a consent, and what they gave goes on working without "
            "them. No: each contribution is an act."
        ),
        help_fr=(
            "Oui : chacun contribue une fois, par une installation ou un accord, et cela continue sans lui. Non : "
            "chaque contribution est un acte."
        ),
        source="assumption: follows from the kind of service",
    ),
    Parameter(
        name="minutes_per_task",
        default=3.0,
        unit="min",
        bounds=(0.01, 480.0),
        kind="lever",
        scope="service",
        label_en="Minutes per task",
        label_fr="Minutes par tâche",
        help_en=(
            "Minutes that one task takes a beginner, besides friction and travel. More: fewer people have the time."
        ),
        help_fr=(
            "Minutes que prend une tâche à un débutant, hors démarches et trajet. Plus il est grand : moins de "
            "personnes ont le temps."
        ),
        source="three-minute reports: the report's urban management; each class of service has its own",
        lever=LeverNote(
            "unit tasks",
            "minutes and effort of one contribution",
            "contributions",
            "none: a smaller task is another service",
            "effort_weight = 0 and spare_minutes without limit",
        ),
    ),
    Parameter(
        name="legal_burden",
        default=0.0,
        unit="logit",
        bounds=(0.0, 10.0),
        kind="lever",
        scope="service",
        label_en="Legal and paperwork burden",
        label_fr="Charge juridique et administrative",
        help_en="How much liability, insurance and forms lower the wish to answer. More: fewer contributions.",
        help_fr=(
            "De combien responsabilité, assurance et formulaires réduisent l'envie de répondre. Plus il est "
            "grand : moins de contributions."
        ),
        source="assumption: none; hands-on work may bear one logit or more",
        lever=LeverNote(
            "legal frame",
            "disutility of liability",
            "contributions",
            "insurance_unit_cost and legal_fixed_cost, set with it",
            "nobody is prompted",
        ),
    ),
    Parameter(
        name="awareness_rate",
        default=0.001,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.0001, 0.003),
        kind="assumption",
        scope="service",
        label_en="Hearing of the service",
        label_fr="Découverte du service",
        help_en=(
            "Chance per day of hearing of the service from the media, for a person with full access. More: "
            "faster take-off."
        ),
        help_fr=(
            "Probabilité par jour d'apprendre l'existence du service par les médias, à accès complet. Plus il "
            "est grand : démarrage plus rapide."
        ),
        source="assumption: about a third of people after one year",
    ),
    Parameter(
        name="initial_awareness",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="assumption",
        scope="service",
        label_en="Aware at the start",
        label_fr="Notoriété de départ",
        help_en="Share of people who know the service on the first day. More: no launch period.",
        help_fr=(
            "Part des habitants qui connaissent le service le premier jour. Plus il est grand : pas de période "
            "de lancement."
        ),
        source="assumption: 0, a new service",
    ),
    Parameter(
        name="hearing_zone_log_sd",
        default=0.0,
        unit="1",
        bounds=(0.0, 2.0),
        kind="assumption",
        scope="service",
        label_en="How unevenly places hear of it",
        label_fr="Inégalité des lieux devant l'information",
        help_en=(
            "Log standard deviation, between zones, of the chance of hearing of the service from the media. More: a "
            "few places know it well, others hardly."
        ),
        help_fr=(
            "Écart-type logarithmique, entre zones, de la probabilité de découvrir le service par les médias. Plus il "
            "est grand\u202f: quelques lieux le connaissent bien, d'autres à peine."
        ),
        source=(
            "assumption: 0, the same everywhere; on FixMyStreet councils that take part see more reports than others "
            "(mySociety), which is what the class of urban reports is fitted to"
        ),
    ),
    Parameter(
        name="hearing_deprivation_slope",
        default=0.0,
        unit="1",
        bounds=(0.0, 2.0),
        kind="assumption",
        scope="service",
        label_en="How much less poorer places hear of it",
        label_fr="Moindre information là où l'on est plus pauvre",
        help_en=(
            "The chance of hearing from the media is multiplied by one minus this times the zone's deprivation above "
            "the mean. More: poorer zones hear less of the service."
        ),
        help_fr=(
            "La probabilité de découvrir le service par les médias est multipliée par un moins ce nombre fois l'écart "
            "de la zone à la précarité moyenne. Plus il est grand\u202f: les zones pauvres en entendent moins parler."
        ),
        source=(
            "assumption: 0, since most territories lack the deprivation column; fitted for urban reports, where poorer "
            "districts use the service less"
        ),
    ),
)
