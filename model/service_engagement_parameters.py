"""Levers that engage people and staff: smaller tasks, one click, variety, impact, openness, evaluation, law."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_ENGAGEMENT_PARAMETERS"]

SERVICE_ENGAGEMENT_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="task_parts",
        default=1,
        unit="parts",
        bounds=(1.0, 20.0),
        kind="lever",
        scope="service",
        label_en="Parts into which a task is split",
        label_fr="Découpage d'une tâche",
        help_en=(
            "A task is cut into that many parts, each done by whoever has the time. More: shorter pieces for "
            "more people, access paid for each piece."
        ),
        help_fr=(
            "Une tâche est coupée en autant de parts, faites par qui a le temps. Plus il est grand : des "
            "morceaux plus courts pour plus de monde, chacun avec ses démarches."
        ),
        source="assumption: whole tasks before a lever is moved",
        lever=LeverNote(
            "unit tasks",
            "minutes of one contribution, contributions to close a task",
            "contributions",
            "none",
            "never: a task in parts takes more contributions",
            kinds=("queue",),
            elsewhere_en="only tasks of a queue can be cut into parts",
            elsewhere_fr="seules les tâches d'une file peuvent être découpées",
        ),
    ),
    Parameter(
        name="one_click",
        default=False,
        unit="1",
        kind="lever",
        scope="service",
        label_en="One click after the first time",
        label_fr="Un clic après la première fois",
        help_en=(
            "Yes: who has contributed once needs no further steps in the app, telephone or desk. No: some "
            "friction remains."
        ),
        help_fr="Oui : qui a déjà contribué n'a plus de démarche à faire. Non : une part des démarches demeure.",
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "least effort",
            "access of who has contributed before",
            "contributions",
            "one_click_cost a year",
            "effort and time do not count",
        ),
    ),
    Parameter(
        name="variety",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Variety of tasks",
        label_fr="Variété des tâches",
        help_en=(
            "How much of the wearing-off of novelty is avoided by varied tasks. More: pleasure lasts longer, at "
            "a cost of design."
        ),
        help_fr=(
            "Part de l'usure de la nouveauté évitée par des tâches variées. Plus elle est grande : le plaisir "
            "dure plus longtemps, à un coût de conception."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "pleasure",
            "growth of satiation",
            "contributions",
            "variety x variety_cost a year",
            "pleasure_weight = 0",
        ),
    ),
    Parameter(
        name="impact_shown",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Impact shown",
        label_fr="Effet montré",
        help_en=(
            "How much more a success raises the belief of being of use when its effect is shown, up to twice as "
            "much. More: success keeps people, at a cost per acknowledgement."
        ),
        help_fr=(
            "De combien un succès renforce davantage le sentiment d'être utile quand son effet est montré, "
            "jusqu'au double. Plus il est grand : le succès retient mieux, à un coût par accusé de réception."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "altruism",
            "rise of efficacy after a success",
            "feedback",
            "impact_shown x feedback_unit_cost per acknowledgement",
            "efficacy_drop_out = 0 and need_share = 0",
        ),
    ),
    Parameter(
        name="openness",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Openness of the administration",
        label_fr="Ouverture de l'administration",
        help_en=(
            "How far failures are explained in public. More: a failure costs less trust, down to half, at a "
            "cost of publication."
        ),
        help_fr=(
            "À quel point les échecs sont expliqués publiquement. Plus elle est grande : un échec coûte moins "
            "de confiance, jusqu'à moitié moins, à un coût de publication."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "trust",
            "loss of trust and efficacy after a failure",
            "feedback",
            "openness x openness_cost a year",
            "efficacy_step = 0 and trust_step = 0",
        ),
    ),
    Parameter(
        name="media_campaign",
        default=0.0,
        unit="1",
        bounds=(0.0, 20.0),
        kind="lever",
        scope="service",
        label_en="Media campaign",
        label_fr="Campagne médiatique",
        help_en=(
            "How many times the ordinary presence in the media is added to it. More: more people hear of the "
            "service, at a cost per inhabitant."
        ),
        help_fr=(
            "Combien de fois la présence ordinaire dans les médias s'y ajoute. Plus elle est grande : plus de "
            "personnes entendent parler du service, à un coût par habitant."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "visibility",
            "chance of hearing from the media",
            "awareness",
            "media_campaign x inhabitants x campaign_unit_cost a year",
            "awareness_rate = 0",
        ),
    ),
    Parameter(
        name="evaluation_days",
        default=0,
        unit="d",
        bounds=(0.0, 365.0),
        kind="lever",
        scope="service",
        label_en="Evaluation every so many days",
        label_fr="Évaluation tous les tant de jours",
        help_en=(
            "Every so many days the service measured is compared with the norm and the last resort is enlarged "
            "or reduced; 0: never. More: rarer corrections."
        ),
        help_fr=(
            "Tous les tant de jours, le service mesuré est comparé à la norme et le dernier recours agrandi ou "
            "réduit ; 0 : jamais. Plus il est grand : des corrections plus rares."
        ),
        source="assumption: no evaluation before a lever is moved",
        lever=LeverNote(
            "last resort",
            "capacity of the last resort, by what was measured",
            "administration",
            "evaluation_unit_cost per evaluation, and the last resort",
            "backstop_capacity = 0",
        ),
    ),
    Parameter(
        name="acculturation_staff",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Acculturation of staff",
        label_fr="Acculturation des agents",
        help_en=(
            "Effort of teaching staff to work with citizens; it acts slowly. More: the administration's trust "
            "rises over the years, at a cost."
        ),
        help_fr=(
            "Effort pour apprendre aux agents à travailler avec les citoyens ; il agit lentement. Plus il est "
            "grand : la confiance de l'administration monte au fil des ans, à un coût."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "acculturation",
            "the administration's trust",
            "administration",
            "acculturation_staff x staff_training_cost a year",
            "checking_max = 0",
        ),
    ),
    Parameter(
        name="insurance_unit_cost",
        default=0.0,
        unit="EUR",
        bounds=(0.0, 10000.0),
        kind="lever",
        scope="service",
        label_en="Insurance per new contributor",
        label_fr="Assurance par nouveau contributeur",
        help_en="What covering one new contributor for a year costs the administration. More: it costs more.",
        help_fr=(
            "Ce que coûte à l'administration la couverture d'un nouveau contributeur pendant un an. Plus elle "
            "est grande : des nouveaux plus chers."
        ),
        source="assumption: no cover before a legal frame gives one",
        lever=LeverNote(
            "legal frame",
            "nothing by itself: it pays for a lower legal_burden",
            "contributions",
            "insurance_unit_cost per newcomer",
            "nobody comes",
        ),
    ),
    Parameter(
        name="legal_fixed_cost",
        default=0.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        kind="lever",
        scope="service",
        label_en="Fixed cost of the legal frame",
        label_fr="Coût fixe du cadre juridique",
        help_en="Contracts, registers and advice, whatever the number of contributors. More: a more expensive frame.",
        help_fr=(
            "Contrats, registres et conseils, quel que soit le nombre de contributeurs. Plus il est grand : un "
            "cadre plus cher."
        ),
        source="assumption: none before a legal frame is chosen",
        lever=LeverNote(
            "legal frame",
            "nothing by itself: it pays for a lower legal_burden",
            "administration",
            "legal_fixed_cost a year",
            "never: it is a cost alone",
        ),
    ),
)
