"""How people meet a service: prompts, drop-out, sessions, minutes, pleasure and awareness."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_PEOPLE_PARAMETERS"]

SERVICE_PEOPLE_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="intercept_acceptance",
        default=0.5,
        unit="1",
        bounds=(0.05, 0.95),
        scan=(0.25, 0.85),
        kind="assumption",
        scope="service",
        label_en="Prompts that a typical contributor accepts",
        label_fr="Sollicitations acceptées par un contributeur type",
        help_en=(
            "Chance that a typical contributor with time answers a prompt before any lever is moved. More: "
            "levers on motivation act less near the top."
        ),
        help_fr=(
            "Probabilité qu'un contributeur type qui a le temps réponde à une sollicitation, avant tout levier. "
            "Plus elle est grande : les leviers de motivation ont moins de marge."
        ),
        source="assumption: contribution histories do not identify it; scanned in every verdict on levers",
    ),
    Parameter(
        name="drop_out_first",
        default=0.67,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.5, 0.75),
        kind="assumption",
        scope="service",
        label_en="Drop-out after the first time",
        label_fr="Abandon après la première fois",
        help_en=(
            "Chance that an average newcomer never comes back after the first time; it falls as one over the "
            "number of times. More: fewer regulars."
        ),
        help_fr=(
            "Probabilité qu'un nouveau venu moyen ne revienne jamais après la première fois ; elle décroît "
            "comme l'inverse du nombre de fois. Plus elle est grande : moins d'habitués."
        ),
        source="fitted on urban reports (Boston 311; FixMyStreet); each class of service has its own",
    ),
    Parameter(
        name="prompt_rate",
        default=0.03,
        unit="1/day",
        bounds=(0.0, 10.0),
        scan=(0.006, 0.055),
        kind="assumption",
        scope="service",
        label_en="Prompts",
        label_fr="Sollicitations",
        help_en=(
            "Prompts per day to a person of mean exposure, just after a contribution or on hearing of the "
            "service. More: more contributions."
        ),
        help_fr=(
            "Sollicitations par jour d'une personne d'exposition moyenne, juste après une contribution ou la "
            "découverte du service. Plus il est grand : plus de contributions."
        ),
        source="fitted on urban reports; histories show only its product with acceptance",
    ),
    Parameter(
        name="prompt_fading",
        default=0.0,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.0, 0.9),
        kind="assumption",
        scope="service",
        label_en="Fading of prompts with time",
        label_fr="Effacement des sollicitations avec le temps",
        help_en=(
            "Exponent by which prompts fall with the days since the last contribution; 0 where the need itself "
            "prompts. More: silence lasts."
        ),
        help_fr=(
            "Exposant selon lequel les sollicitations baissent avec les jours écoulés depuis la dernière "
            "contribution ; 0 si le besoin sollicite lui-même. Plus il est grand : le silence dure."
        ),
        source="assumption: by principle 0 for reports; .9 fitted for online projects, .3 for field observation",
    ),
    Parameter(
        name="need_prompted",
        default=True,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="Needs prompt by themselves",
        label_fr="Le besoin sollicite par lui-même",
        help_en=(
            "True: prompts follow the open needs of the zone and each person's exposure to them. False: the "
            "platform or habit prompts."
        ),
        help_fr=(
            "Vrai : les sollicitations suivent les besoins ouverts de la zone et l'exposition de chacun. Faux : "
            "la plateforme ou l'habitude sollicite."
        ),
        source="assumption: follows from the kind of service",
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
            "True: people must go out to contribute, so that a lockdown keeps them from it. False: they contribute "
            "from wherever they are."
        ),
        help_fr=(
            "Vrai : il faut sortir pour contribuer, si bien qu'un confinement en empêche. Faux : on contribue de "
            "là où l'on est."
        ),
        source="assumption: follows from the kind of service",
    ),
    Parameter(
        name="session_tasks",
        default=0.18,
        unit="tasks",
        bounds=(0.0, 1000.0),
        scan=(0.05, 0.7),
        kind="assumption",
        scope="service",
        label_en="Further tasks in one go",
        label_fr="Tâches supplémentaires d'affilée",
        help_en=(
            "Mean number of tasks beyond the first that a person would do in one go before having had enough. "
            "More: bigger contributions."
        ),
        help_fr=(
            "Nombre moyen de tâches au-delà de la première faites d'affilée avant d'en avoir assez. Plus il est "
            "grand : des contributions plus grosses."
        ),
        source="fitted on urban reports (1.5 to 2.5 reports per person)",
    ),
    Parameter(
        name="session_tasks_log_sd",
        default=1.0,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(0.5, 1.5),
        kind="assumption",
        scope="service",
        label_en="Spread of tasks in one go",
        label_fr="Dispersion des tâches d'affilée",
        help_en="Standard deviation of the logarithm of that number between people. More: few people do most tasks.",
        help_fr=(
            "Écart-type du logarithme de ce nombre entre les personnes. Plus il est grand : peu de personnes "
            "font l'essentiel des tâches."
        ),
        source="fitted on online projects (Sauermann & Franzoni 2015)",
    ),
    Parameter(
        name="session_devotion_exponent",
        default=0.0,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="service",
        label_en="Longer goes of the devoted",
        label_fr="Séances plus longues des plus dévoués",
        help_en=(
            "Exponent of devotion in the number of tasks done in one go. More: volume gathers on the most devoted."
        ),
        help_fr=(
            "Exposant du dévouement dans le nombre de tâches faites d'affilée. Plus il est grand : le volume se "
            "concentre sur les plus dévoués."
        ),
        source="assumption: 0; about .6 fits online micro-tasks better",
    ),
    Parameter(
        name="departure_rate",
        default=0.165,
        unit="1/year",
        bounds=(0.0, 5.0),
        scan=(0.06, 0.25),
        kind="assumption",
        scope="service",
        label_en="Departures for outside reasons",
        label_fr="Départs pour des raisons extérieures",
        help_en=(
            "Chance per year of leaving for reasons that have nothing to do with the service. More: faster turnover."
        ),
        help_fr=(
            "Probabilité par an de partir pour des raisons étrangères au service. Plus il est grand : "
            "renouvellement plus rapide."
        ),
        source="fitted on contribution histories, each class of service has its own",
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
        name="by_appointment",
        default=False,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="By appointment",
        label_fr="Sur rendez-vous",
        help_en="True: people set time aside within the week. False: the time must be free on the day.",
        help_fr="Vrai : chacun réserve du temps dans la semaine. Faux : il faut être libre le jour même.",
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
        name="fun",
        default=1.0,
        unit="1",
        bounds=(0.0, 2.0),
        kind="lever",
        scope="service",
        label_en="Pleasantness of the task",
        label_fr="Agrément de la tâche",
        help_en="Pleasure of the task against an ordinary one. More: more contributions as long as novelty lasts.",
        help_fr=(
            "Plaisir de la tâche par rapport à une tâche ordinaire. Plus il est grand : plus de contributions "
            "tant que dure la nouveauté."
        ),
        source="assumption: 1 is an ordinary task",
        lever=LeverNote(
            "pleasure",
            "pleasure of a task",
            "contributions",
            "(fun - scenario's own) x fun_cost a year",
            "pleasure_weight = 0",
        ),
    ),
    Parameter(
        name="satiation_per_task",
        default=0.02,
        unit="1 per task",
        bounds=(0.0, 1.0),
        scan=(0.005, 0.1),
        kind="assumption",
        scope="service",
        label_en="Wearing-off per task",
        label_fr="Lassitude par tâche",
        help_en="How much one task wears pleasure off. More: novelty is gone sooner.",
        help_fr="De combien une tâche émousse le plaisir. Plus elle est grande : la nouveauté passe plus vite.",
        source="assumption: .02 for short tasks, .1 for long hands-on ones",
    ),
    Parameter(
        name="challenge_sensitivity",
        default=0.0,
        unit="1",
        bounds=(0.0, 10.0),
        scan=(0.0, 4.0),
        kind="assumption",
        scope="service",
        label_en="Sensitivity to the level of challenge",
        label_fr="Sensibilité au niveau de défi",
        help_en=(
            "How fast pleasure falls when challenge and skill differ; 0 turns this off. More: tasks must suit "
            "people better."
        ),
        help_fr=(
            "Vitesse à laquelle le plaisir baisse quand défi et maîtrise diffèrent ; 0 désactive. Plus elle est "
            "grande : il faut mieux ajuster les tâches."
        ),
        source="assumption: 0, the mechanism is optional",
    ),
    Parameter(
        name="challenge",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Level of challenge",
        label_fr="Niveau de défi",
        help_en=(
            "Difficulty of the task; matters only when people are sensitive to challenge. More: suits the "
            "experienced, not beginners."
        ),
        help_fr=(
            "Difficulté de la tâche ; ne compte que si les personnes y sont sensibles. Plus il est grand : "
            "convient aux plus expérimentés, non aux débutants."
        ),
        source="assumption: halfway between easy and expert",
        lever=LeverNote(
            "pleasure",
            "match of challenge and skill",
            "contributions",
            "none",
            "challenge_sensitivity = 0",
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
        name="once_for_all",
        default=False,
        unit="1",
        kind="assumption",
        scope="service",
        label_en="One contribution for good",
        label_fr="Une seule contribution, durable",
        help_en=(
            "True: people contribute once, by an installation or a consent, and what they gave goes on working without "
            "them. False: each contribution is an act."
        ),
        help_fr=(
            "Vrai : chacun contribue une fois, par une installation ou un accord, et cela continue sans lui. Faux : "
            "chaque contribution est un acte."
        ),
        source="assumption: follows from the kind of service",
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
)
