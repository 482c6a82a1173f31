"""Levers that prevent risks: training, reminders, rota, pool, focus, floor, mediation, moderation, review."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_PREVENTION_PARAMETERS"]

SERVICE_PREVENTION_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="training",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Training of newcomers",
        label_fr="Formation des nouveaux",
        help_en=(
            "Skill that training gives before the first contribution. More: fewer errors and less time from the "
            "first day, at a cost per newcomer."
        ),
        help_fr=(
            "Compétence donnée par une formation avant la première contribution. Plus elle est grande : moins "
            "d'erreurs et de temps perdu dès le premier jour, à un coût par nouveau."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "prevention",
            "skill of newcomers",
            "contributions",
            "training x training_unit_cost per newcomer",
            "skill_accuracy = 0 and skill_saving = 0",
        ),
    ),
    Parameter(
        name="reminder_rate",
        default=0.0,
        unit="1/day",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Reminders to the silent",
        label_fr="Relances des silencieux",
        help_en=(
            "Chance per day that a reminder prompts somebody who has contributed and has been silent for a "
            "month. More: fewer fall silent for good, at a cost per reminder."
        ),
        help_fr=(
            "Probabilité par jour qu'une relance touche un contributeur silencieux depuis un mois. Plus elle "
            "est grande : moins d'abandons silencieux, à un coût par relance."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "prevention",
            "prompts of who has been silent for 30 days",
            "prompts",
            "reminder_unit_cost per reminder that reaches somebody",
            "nobody has contributed and fallen silent",
        ),
    ),
    Parameter(
        name="scheduled_rate",
        default=0.0,
        unit="1/day",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Rota",
        label_fr="Tour de rôle",
        help_en=(
            "Chance per day that a rota asks somebody who has contributed, however long ago. More: steadier "
            "work, at a cost of coordination per contribution."
        ),
        help_fr=(
            "Probabilité par jour que le tour de rôle sollicite un contributeur, quelle que soit sa dernière "
            "venue. Plus elle est grande : un travail plus régulier, à un coût de coordination par "
            "contribution."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "prevention",
            "prompts of who has contributed",
            "prompts",
            "rota_unit_cost per contribution",
            "nobody has contributed",
        ),
    ),
    Parameter(
        name="minimum_pool",
        default=0.0,
        unit="per 1000 inhabitants per month",
        bounds=(0.0, 1000.0),
        kind="lever",
        scope="service",
        label_en="Minimum pool of contributors",
        label_fr="Vivier minimal de contributeurs",
        help_en=(
            "When fewer contributions than this were made in 30 days, recruitment starts and goes on until they "
            "are. More: an earlier alarm, at the cost of outreach."
        ),
        help_fr=(
            "Quand moins de contributions que ce nombre ont été faites en 30 jours, le recrutement démarre "
            "jusqu'à ce qu'elles le soient. Plus il est grand : une alarme plus précoce, au coût du démarchage."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "prevention",
            "outreach while contributions are under the pool",
            "awareness",
            "outreach_cost per contact of pool_outreach",
            "the pool is full",
        ),
    ),
    Parameter(
        name="outreach_focus",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Outreach where the need is",
        label_fr="Démarchage là où est le besoin",
        help_en=(
            "Share of outreach that goes to zones in proportion to their unmet need instead of evenly. More: "
            "the same contacts, made where service is worst."
        ),
        help_fr=(
            "Part du démarchage répartie selon le besoin non satisfait des zones et non uniformément. Plus elle "
            "est grande : autant de contacts, mais là où le service est le moins bon."
        ),
        source="assumption: even before a lever is moved",
        lever=LeverNote(
            "prevention",
            "outreach by zone",
            "awareness",
            "none: as many contacts",
            "outreach = 0",
        ),
    ),
    Parameter(
        name="guaranteed_floor",
        default=False,
        unit="1",
        kind="lever",
        scope="service",
        label_en="Last resort goes first to places under the floor",
        label_fr="Dernier recours d'abord sous le plancher",
        help_en=(
            "Yes: the last resort serves zones whose recent service is under the floor before the others. "
            "No: oldest needs first everywhere."
        ),
        help_fr=(
            "Oui : le dernier recours sert d'abord les zones dont le service récent est sous le plancher. "
            "Non : les besoins les plus anciens d'abord, partout."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "last resort",
            "order in which the last resort takes needs",
            "administration",
            "none: as much work",
            "backstop_capacity = 0",
            kinds=("queue", "report-and-repair", "stock", "coverage", "match", "threshold"),
            elsewhere_en="the last resort of this kind does not choose between zones",
            elsewhere_fr="le dernier recours de ce type ne choisit pas entre les zones",
        ),
    ),
    Parameter(
        name="mediation",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Mediators for the digitally excluded",
        label_fr="Médiation numérique",
        help_en=(
            "Share of the digitally excluded who have a mediator close by and then use the app with help. More: "
            "more of them can take part, at a cost per person and year."
        ),
        help_fr=(
            "Part des exclus du numérique qui ont un médiateur à proximité et utilisent l'application avec son "
            "aide. Plus elle est grande : plus d'entre eux peuvent participer, à un coût par personne et par "
            "an."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "means",
            "digital capability of who is excluded",
            "contributions",
            "mediation x digitally excluded people x mediation_unit_cost a year",
            "nobody is digitally excluded",
        ),
    ),
    Parameter(
        name="moderation",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Moderation",
        label_fr="Modération",
        help_en=(
            "Share of hostile contributions that moderators stop; they also stop a few good ones. More: less "
            "harm by adversaries, at a cost per contribution looked at."
        ),
        help_fr=(
            "Part des contributions hostiles arrêtées par des modérateurs, qui en arrêtent aussi quelques "
            "bonnes. Plus elle est grande : moins de nuisance, à un coût par contribution lue."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "trust",
            "hostile contributions that are used",
            "production",
            "moderation x moderation_unit_cost per task",
            "adversary_share = 0 and moderation_mistakes = 0",
            kinds=("queue", "report-and-repair", "stock", "patient-community", "coverage"),
            elsewhere_en="contributions of this kind are not screened one by one",
            elsewhere_fr="les contributions de ce type ne sont pas filtrées une par une",
        ),
    ),
    Parameter(
        name="expert_review",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Expert review of close votes",
        label_fr="Relecture des votes serrés par des experts",
        help_en=(
            "Share of closed tasks that experts look at again, those with the closest votes first. More: fewer "
            "errors, at a cost per task reviewed."
        ),
        help_fr=(
            "Part des tâches closes que des experts revoient, votes les plus serrés d'abord. Plus elle est "
            "grande : moins d'erreurs, à un coût par tâche revue."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "aggregation",
            "errors among what citizens closed",
            "production",
            "expert_review x closed tasks x review_unit_cost",
            "answers make no error",
            kinds=("queue",),
            elsewhere_en="only answers of a queue have close votes to look at again",
            elsewhere_fr="seules les réponses d'une file ont des votes serrés à revoir",
        ),
    ),
)
