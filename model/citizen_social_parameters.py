"""How citizens hear, imitate, learn, drift and spend."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["CITIZEN_SOCIAL_PARAMETERS"]

CITIZEN_SOCIAL_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="launch_devotion_exponent",
        default=0.5,
        unit="1",
        bounds=(0.0, 2.0),
        scan=(0.5, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="How much earlier the devoted hear",
        label_fr="Avance des plus dévoués",
        help_en=(
            "Exponent of devotion in the chance of hearing of a service. More: the first contributors are more "
            "loyal than later ones."
        ),
        help_fr=(
            "Exposant du dévouement dans la probabilité d'entendre parler d'un service. Plus il est grand : les "
            "premiers contributeurs sont plus fidèles que les suivants."
        ),
        source="assumption: sign from the loyal launch cohort of Snapshot Serengeti",
    ),
    Parameter(
        name="word_of_mouth",
        default=0.004,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.001, 0.01),
        kind="assumption",
        scope="citizens",
        label_en="Word of mouth",
        label_fr="Bouche-à-oreille",
        help_en=(
            "Chance per day of hearing of a service when all neighbours are active. More: awareness spreads "
            "from person to person."
        ),
        help_fr=(
            "Probabilité par jour d'entendre parler d'un service quand tous les voisins sont actifs. Plus il "
            "est grand : l'information passe de proche en proche."
        ),
        source="assumption: four times the background of the media",
    ),
    Parameter(
        name="media_peak_share",
        default=0.02,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.05),
        kind="assumption",
        scope="citizens",
        label_en="Share of days with a media peak",
        label_fr="Part des jours de pic médiatique",
        help_en="Share of days on which the media speak much of the service. More: awareness comes in more waves.",
        help_fr=(
            "Part des jours où les médias parlent beaucoup du service. Plus elle est grande : l'information "
            "arrive par plus de vagues."
        ),
        source="assumption: seven days a year; that arrivals come in peaks is seen in project logs",
    ),
    Parameter(
        name="media_peak_factor",
        default=8.0,
        unit="1",
        bounds=(1.0, 100.0),
        scan=(3.0, 20.0),
        kind="assumption",
        scope="citizens",
        label_en="Height of a media peak",
        label_fr="Hauteur d'un pic médiatique",
        help_en="How many times more people hear of the service on a peak day. More: higher waves.",
        help_fr=(
            "Combien de fois plus de personnes entendent parler du service un jour de pic. Plus elle est "
            "grande : les vagues sont plus hautes."
        ),
        source="assumption: eight times; that arrivals come in peaks is seen in project logs",
    ),
    Parameter(
        name="awareness_half_life",
        default=730.0,
        unit="d",
        bounds=(1.0, 36500.0),
        scan=(180.0, 1825.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of awareness",
        label_fr="Demi-vie de la notoriété",
        help_en=(
            "Days after which half of those who heard and never contributed have forgotten. More: campaigns "
            "last longer."
        ),
        help_fr=(
            "Jours au bout desquels la moitié de ceux qui en ont entendu parler sans contribuer ont oublié. "
            "Plus elle est grande : les campagnes durent plus longtemps."
        ),
        source="assumption: two years",
    ),
    Parameter(
        name="neighbour_half_life",
        default=30.0,
        unit="d",
        bounds=(1.0, 365.0),
        scan=(7.0, 90.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of neighbours' example",
        label_fr="Demi-vie de l'exemple des voisins",
        help_en="Days after which a neighbour's contribution counts half. More: example lasts longer.",
        help_fr=(
            "Jours au bout desquels la contribution d'un voisin compte pour moitié. Plus elle est grande : "
            "l'exemple dure plus longtemps."
        ),
        source="assumption: a month",
    ),
    Parameter(
        name="far_neighbours",
        default=2,
        unit="of 8",
        bounds=(0.0, 8.0),
        scan=(0.0, 4.0),
        kind="assumption",
        scope="citizens",
        label_en="Acquaintances outside the neighbourhood",
        label_fr="Connaissances hors du voisinage",
        help_en="How many of a person's eight acquaintances live farther away. More: example travels between places.",
        help_fr=(
            "Combien des huit connaissances d'une personne habitent plus loin. Plus il est grand : l'exemple "
            "circule entre les lieux."
        ),
        source="assumption: small world, a quarter of links are long",
    ),
    Parameter(
        name="adversary_share",
        default=0.01,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.1),
        kind="assumption",
        scope="citizens",
        label_en="Share of adversaries",
        label_fr="Part d'adversaires",
        help_en="Share of citizens who contribute wrongly on purpose. More: lower quality.",
        help_fr="Part des citoyens qui contribuent faussement à dessein. Plus elle est grande : la qualité baisse.",
        source="assumption: one in a hundred; scanned up to one in ten",
    ),
    Parameter(
        name="adversary_accuracy",
        default=0.05,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.5),
        kind="assumption",
        scope="citizens",
        label_en="Accuracy of adversaries",
        label_fr="Exactitude des adversaires",
        help_en="Chance that an adversary's answer is right all the same. More: adversaries harm less.",
        help_fr=(
            "Probabilité que la réponse d'un adversaire soit juste malgré tout. Plus elle est grande : les "
            "adversaires nuisent moins."
        ),
        source="assumption: wrong on purpose, right by accident",
    ),
    Parameter(
        name="drift_disappointed",
        default=0.05,
        unit="1 per outcome",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.1),
        kind="assumption",
        scope="citizens",
        label_en="Co-operators lost by a disappointment",
        label_fr="Coopérateurs perdus par déception",
        help_en=(
            "Chance that a disappointing outcome makes a person one step less co-operative. More: failures wear "
            "co-operation away."
        ),
        help_fr=(
            "Probabilité qu'une issue décevante rende une personne un cran moins coopérative. Plus elle est "
            "grande : les échecs usent la coopération."
        ),
        source=(
            "assumption: sign from repeated public-goods games, where conditional co-operators fall from .65 to "
            ".34 in ten periods"
        ),
    ),
    Parameter(
        name="drift_pleased",
        default=0.02,
        unit="1 per outcome",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.1),
        kind="assumption",
        scope="citizens",
        label_en="Co-operators won by a success",
        label_fr="Coopérateurs gagnés par un succès",
        help_en=(
            "Chance that a pleasing outcome makes a person one step more co-operative. More: success builds "
            "co-operation."
        ),
        help_fr=(
            "Probabilité qu'une issue heureuse rende une personne un cran plus coopérative. Plus elle est "
            "grande : le succès construit la coopération."
        ),
        source="assumption: slower than loss, as in repeated public-goods games",
    ),
    Parameter(
        name="skill_gain",
        default=0.01,
        unit="1 per task",
        bounds=(0.0, 1.0),
        scan=(0.002, 0.05),
        kind="assumption",
        scope="citizens",
        label_en="Skill gained per task",
        label_fr="Maîtrise gagnée par tâche",
        help_en="Share of the way to full skill that one task covers. More: people learn faster.",
        help_fr=(
            "Part du chemin vers la pleine maîtrise que couvre une tâche. Plus il est grand : on apprend plus vite."
        ),
        source="assumption: half of the way in about 70 tasks",
    ),
    Parameter(
        name="skill_accuracy",
        default=0.5,
        unit="logit",
        bounds=(0.0, 5.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Effect of skill on accuracy",
        label_fr="Effet de la maîtrise sur l'exactitude",
        help_en="How much full skill raises the odds of a right answer. More: practice improves quality.",
        help_fr=(
            "De combien la pleine maîtrise accroît les chances d'une réponse juste. Plus il est grand : la "
            "pratique améliore la qualité."
        ),
        source="assumption: small, since busy workers are not better in most open data sets",
    ),
    Parameter(
        name="haste_accuracy",
        default=0.3,
        unit="logit",
        bounds=(0.0, 5.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Effect of haste on accuracy",
        label_fr="Effet de la hâte sur l'exactitude",
        help_en="How much working for a reward lowers the odds of a right answer. More: rewards cost quality.",
        help_fr=(
            "De combien le travail pour la récompense réduit les chances d'une réponse juste. Plus il est "
            "grand : les récompenses coûtent en qualité."
        ),
        source="assumption: in two of seven open data sets the busiest workers are far worse",
    ),
    Parameter(
        name="lapse_days",
        default=180,
        unit="d",
        bounds=(1.0, 3650.0),
        kind="constant",
        scope="citizens",
        label_en="Silence after which a contributor is called lapsed",
        label_fr="Silence après lequel un contributeur est dit inactif",
        help_en=(
            "A label for counting and reminders; it changes nobody's behaviour. More: fewer people are called lapsed."
        ),
        help_fr=(
            "Une étiquette pour compter et relancer ; elle ne change aucun comportement. Plus il est grand : "
            "moins de personnes sont dites inactives."
        ),
        source="assumption: convention, half a year",
    ),
    Parameter(
        name="credit_spending_rate",
        default=0.07,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.02, 0.2),
        kind="assumption",
        scope="citizens",
        label_en="How often credits are spent",
        label_fr="Fréquence de dépense des crédits",
        help_en=(
            "Chance per day that a person with enough credits tries to spend them. More: shortage of offers "
            "shows sooner."
        ),
        help_fr=(
            "Probabilité par jour qu'une personne qui a assez de crédits tente d'en dépenser. Plus elle est "
            "grande : le manque d'offres se voit plus tôt."
        ),
        source="assumption: about every second week",
    ),
    Parameter(
        name="credit_spending_size",
        default=60,
        unit="min",
        bounds=(1.0, 6000.0),
        scan=(30.0, 240.0),
        kind="assumption",
        scope="citizens",
        label_en="Credits spent at once",
        label_fr="Crédits dépensés en une fois",
        help_en="Credit minutes that one purchase takes. More: rarer, bigger purchases.",
        help_fr="Minutes de crédit que prend un achat. Plus il est grand : des achats plus rares et plus gros.",
        source="assumption: one hour, the unit of time banks",
    ),
    Parameter(
        name="spendability_half_life",
        default=30.0,
        unit="d",
        bounds=(1.0, 365.0),
        scan=(7.0, 90.0),
        kind="assumption",
        scope="citizens",
        label_en="Memory of whether credits could be spent",
        label_fr="Mémoire de la possibilité de dépenser",
        help_en=(
            "Half-life of the recent share of spending attempts that were served. More: a shortage of offers is "
            "felt later and longer."
        ),
        help_fr=(
            "Demi-vie de la part récente des tentatives de dépense servies. Plus elle est grande : le manque "
            "d'offres se ressent plus tard et plus longtemps."
        ),
        source="assumption: a month",
    ),
)
