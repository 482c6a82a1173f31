"""How people meet a service: prompts, drop-out, tasks in one go, pleasure."""

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
            "Yes: prompts follow the open needs of the zone and each person's exposure to them. No: the "
            "platform or habit prompts."
        ),
        help_fr=(
            "Oui : les sollicitations suivent les besoins ouverts de la zone et l'exposition de chacun. Non : "
            "la plateforme ou l'habitude sollicite."
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
)
