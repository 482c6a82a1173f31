"""What contributing costs citizens and gives them: effort, time, pleasure, habit and fatigue."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["CITIZEN_EFFORT_PARAMETERS"]

CITIZEN_EFFORT_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="effort_weight",
        default=1.0,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(0.5, 1.5),
        kind="assumption",
        scope="citizens",
        label_en="Weight of effort",
        label_fr="Poids de l'effort",
        help_en="How much minutes and steps put people off. More: long or awkward tasks lose more people.",
        help_fr=(
            "À quel point les minutes et les démarches rebutent. Plus il est grand : les tâches longues ou "
            "malcommodes perdent plus de monde."
        ),
        source="assumption: beyond the effort scale, minutes times 2.7 divide the odds of answering by 2.7",
    ),
    Parameter(
        name="effort_scale",
        default=5.0,
        unit="min",
        bounds=(0.5, 60.0),
        kind="assumption",
        scope="citizens",
        label_en="Minutes that begin to count as effort",
        label_fr="Minutes à partir desquelles l'effort compte",
        help_en="Effort grows as the logarithm of one plus minutes divided by this. More: short tasks feel lighter.",
        help_fr=(
            "L'effort croît comme le logarithme de un plus les minutes divisées par cette durée. Plus elle est "
            "grande : les tâches courtes semblent plus légères."
        ),
        source="assumption: a few minutes fit between two other activities",
    ),
    Parameter(
        name="digital_penalty",
        default=3.0,
        unit="1",
        bounds=(0.0, 10.0),
        scan=(1.0, 5.0),
        kind="assumption",
        scope="citizens",
        label_en="Extra friction for the digitally excluded",
        label_fr="Friction supplémentaire pour les exclus du numérique",
        help_en=(
            "How many times its minutes the friction of a digital step adds for a person without access. More: "
            "the excluded take less part."
        ),
        help_fr=(
            "Combien de fois ses minutes la friction d'une étape numérique s'ajoute pour une personne sans "
            "accès. Plus elle est grande : les exclus participent moins."
        ),
        source="assumption: without access a two-minute form takes about eight, with help",
    ),
    Parameter(
        name="repeat_friction",
        default=0.25,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.1, 0.5),
        kind="assumption",
        scope="citizens",
        label_en="Friction that remains after the first time",
        label_fr="Friction restante après la première fois",
        help_en=(
            "Share of the friction that a person who has contributed before still meets. More: habitual "
            "contributors gain less from experience."
        ),
        help_fr=(
            "Part de la friction que rencontre encore une personne qui a déjà contribué. Plus elle est grande : "
            "l'expérience facilite moins les choses."
        ),
        source="assumption: the account exists and the steps are known, a quarter remains",
    ),
    Parameter(
        name="skill_saving",
        default=0.3,
        unit="1",
        bounds=(0.0, 0.9),
        scan=(0.1, 0.5),
        kind="assumption",
        scope="citizens",
        label_en="Time that full skill saves",
        label_fr="Temps gagné par la pleine maîtrise",
        help_en=(
            "Share of the minutes of a task that a fully skilled person saves. More: experienced people do more "
            "in the same time."
        ),
        help_fr=(
            "Part des minutes d'une tâche qu'épargne une personne pleinement expérimentée. Plus elle est "
            "grande : les habitués font plus dans le même temps."
        ),
        source="assumption: practice makes a task about a third shorter",
    ),
    Parameter(
        name="spare_minutes",
        default=25.0,
        unit="min/day",
        bounds=(1.0, 240.0),
        scan=(10.0, 40.0),
        kind="assumption",
        scope="citizens",
        label_en="Median spare time",
        label_fr="Temps disponible médian",
        help_en="Median of the spare minutes per day that people could give. More: long tasks find more takers.",
        help_fr=(
            "Médiane des minutes par jour que chacun pourrait donner. Plus elle est grande : les tâches longues "
            "trouvent plus de preneurs."
        ),
        source=(
            "assumption: between 10 and 40 minutes; time-use surveys count far more leisure, of which little is "
            "free for this"
        ),
    ),
    Parameter(
        name="spare_minutes_log_sd",
        default=1.3,
        unit="1",
        bounds=(0.0, 3.0),
        scan=(1.0, 1.6),
        kind="assumption",
        scope="citizens",
        label_en="Spread of spare time",
        label_fr="Dispersion du temps disponible",
        help_en=(
            "Standard deviation of the logarithm of spare time between people. More: activity comes in bursts "
            "from fewer people."
        ),
        help_fr=(
            "Écart-type du logarithme du temps disponible entre les personnes. Plus il est grand : l'activité "
            "vient par à-coups, de moins de personnes."
        ),
        source=(
            "shape from the hours that volunteers give; with 0.3 the observed irregular rhythm of contributors "
            "is missed"
        ),
    ),
    Parameter(
        name="pleasure_floor",
        default=0.3,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.1, 0.6),
        kind="assumption",
        scope="citizens",
        label_en="Pleasure left when novelty is gone",
        label_fr="Plaisir qui reste une fois la nouveauté passée",
        help_en="Share of the pleasure that remains after many tasks in a short time. More: novelty matters less.",
        help_fr=(
            "Part du plaisir qui demeure après beaucoup de tâches en peu de temps. Plus elle est grande : la "
            "nouveauté compte moins."
        ),
        source="Rodrigues et al. 2022 for the sign (gamification fades after four weeks); size is an assumption",
    ),
    Parameter(
        name="satiation_days",
        default=28.0,
        unit="d",
        bounds=(1.0, 365.0),
        scan=(14.0, 56.0),
        kind="assumption",
        scope="citizens",
        label_en="Days for satiation to fade",
        label_fr="Jours pour que la satiété s'estompe",
        help_en="Time constant with which the wearing-off of pleasure fades. More: pleasure comes back later.",
        help_fr=(
            "Constante de temps avec laquelle la lassitude s'estompe. Plus elle est grande : le plaisir revient "
            "plus tard."
        ),
        source="Rodrigues et al. 2022 (effect down after 4 weeks, partial recovery at 6 to 10)",
    ),
    Parameter(
        name="habit_weight",
        default=1.0,
        unit="logit",
        bounds=(0.0, 5.0),
        scan=(0.0, 2.0),
        kind="assumption",
        scope="citizens",
        label_en="Weight of habit",
        label_fr="Poids de l'habitude",
        help_en="How much a full habit raises the wish to answer. More: regulars hold on better.",
        help_fr=(
            "De combien une habitude bien ancrée accroît l'envie de répondre. Plus il est grand : les habitués "
            "tiennent mieux."
        ),
        source="assumption: contribution histories do not identify it; 0 must stay possible",
    ),
    Parameter(
        name="habit_gain",
        default=0.045,
        unit="1",
        bounds=(0.0, 0.5),
        scan=(0.02, 0.1),
        kind="assumption",
        scope="citizens",
        label_en="Habit gained each time",
        label_fr="Habitude gagnée à chaque fois",
        help_en="Share of the way to a full habit that one contribution covers. More: habits form faster.",
        help_fr=(
            "Part du chemin vers l'habitude complète que couvre une contribution. Plus il est grand : "
            "l'habitude se forme plus vite."
        ),
        source="Lally et al. 2010: 95% of the plateau after about 66 daily repetitions, hence .045 each time",
    ),
    Parameter(
        name="habit_half_life",
        default=60.0,
        unit="d",
        bounds=(1.0, 3650.0),
        scan=(30.0, 180.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of habit",
        label_fr="Demi-vie de l'habitude",
        help_en="Days of silence after which half of a habit is lost. More: habits survive longer pauses.",
        help_fr=(
            "Jours de silence au bout desquels la moitié d'une habitude est perdue. Plus elle est grande : "
            "l'habitude survit à de plus longues pauses."
        ),
        source="assumption: a habit survives a holiday but not a year",
    ),
    Parameter(
        name="fatigue_threshold",
        default=30.0,
        unit="min/day",
        bounds=(1.0, 480.0),
        scan=(15.0, 60.0),
        kind="assumption",
        scope="citizens",
        label_en="Effort that begins to tire",
        label_fr="Effort à partir duquel on se fatigue",
        help_en="Recent minutes per day above which fatigue is felt. More: people bear heavier loads.",
        help_fr=(
            "Minutes récentes par jour au-delà desquelles la fatigue se fait sentir. Plus il est grand : chacun "
            "supporte une charge plus lourde."
        ),
        source="assumption: about the median spare time",
    ),
    Parameter(
        name="fatigue_weight",
        default=1.0,
        unit="logit",
        bounds=(0.0, 5.0),
        scan=(0.0, 2.0),
        kind="assumption",
        scope="citizens",
        label_en="Weight of fatigue on answering",
        label_fr="Poids de la fatigue sur la réponse",
        help_en="How much each threshold's worth of fatigue lowers the wish to answer. More: the tired pause sooner.",
        help_fr=(
            "De combien chaque seuil de fatigue réduit l'envie de répondre. Plus il est grand : les personnes "
            "fatiguées font plus tôt une pause."
        ),
        source="assumption: no history identifies it",
    ),
    Parameter(
        name="fatigue_drop_out",
        default=0.0,
        unit="1",
        bounds=(0.0, 5.0),
        scan=(0.0, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Effect of fatigue on leaving",
        label_fr="Effet de la fatigue sur le départ",
        help_en="How much fatigue raises the chance of leaving for good. More: overloaded people quit.",
        help_fr=(
            "De combien la fatigue accroît le risque de départ définitif. Plus il est grand : les personnes "
            "surchargées abandonnent."
        ),
        source="assumption: 0, because fatigue acts on answering unless a target needs both",
    ),
    Parameter(
        name="fatigue_half_life",
        default=7.0,
        unit="d",
        bounds=(1.0, 365.0),
        scan=(3.0, 30.0),
        kind="assumption",
        scope="citizens",
        label_en="Half-life of fatigue",
        label_fr="Demi-vie de la fatigue",
        help_en="Days of rest after which half of the fatigue is gone. More: people stay tired longer.",
        help_fr=(
            "Jours de repos au bout desquels la moitié de la fatigue a disparu. Plus elle est grande : la fatigue dure."
        ),
        source="assumption: a week's rest restores half",
    ),
    Parameter(
        name="digital_ease_spread",
        default=0.4,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.8),
        kind="assumption",
        scope="citizens",
        label_en="Spread of digital ease",
        label_fr="Écarts d'aisance numérique",
        help_en=(
            "How far digital capability falls below full among those who are not excluded. More: more people struggle."
        ),
        help_fr=(
            "Jusqu'où l'aisance numérique baisse chez les personnes non exclues. Plus il est grand : davantage de "
            "personnes peinent."
        ),
        source="assumption: those not excluded range evenly from 0.6 to full ease",
    ),
)
