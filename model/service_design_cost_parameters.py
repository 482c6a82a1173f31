"""What common levers cost, and how strongly they act where that is unknown."""

from __future__ import annotations

from .parameters import Parameter

__all__ = ["SERVICE_DESIGN_COST_PARAMETERS"]

SERVICE_DESIGN_COST_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="prompt_burden",
        default=0.0,
        unit="min",
        bounds=(0.0, 600.0),
        scan=(0.0, 120.0),
        kind="assumption",
        scope="service",
        label_en="Load of a prompt",
        label_fr="Charge d'une sollicitation",
        help_en=(
            "Minutes of load that a prompt is felt as, answered or not: a call at night wears people out. More: "
            "frequent prompts tire sooner."
        ),
        help_fr=(
            "Minutes de charge ressenties à chaque sollicitation, suivie ou non : un appel de nuit use. Plus "
            "elle est grande : les sollicitations fréquentes fatiguent plus vite."
        ),
        source="assumption: none, except where alerts interrupt people",
    ),
    Parameter(
        name="pool_outreach",
        default=0.002,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.0005, 0.01),
        kind="assumption",
        scope="service",
        label_en="Recruitment under the minimum pool",
        label_fr="Recrutement sous le vivier minimal",
        help_en=(
            "Chance per day of being reached while recruitment goes on. More: the pool fills faster, at a higher cost."
        ),
        help_fr=(
            "Probabilité par jour d'être touché pendant un recrutement. Plus il est grand : le vivier se "
            "remplit plus vite, plus cher."
        ),
        source="assumption: half of the people reached within a year",
    ),
    Parameter(
        name="moderation_mistakes",
        default=0.02,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.1),
        kind="assumption",
        scope="service",
        label_en="Good contributions stopped by moderators",
        label_fr="Bonnes contributions arrêtées à tort",
        help_en="Share of good contributions that full moderation stops by mistake. More: moderation harms more.",
        help_fr=(
            "Part des bonnes contributions qu'une modération complète arrête à tort. Plus elle est grande : la "
            "modération nuit davantage."
        ),
        source="assumption: one in fifty",
    ),
    Parameter(
        name="review_lift",
        default=2.5,
        unit="1",
        bounds=(1.0, 20.0),
        scan=(1.5, 5.0),
        kind="assumption",
        scope="service",
        label_en="How well close votes tell errors",
        label_fr="Ce que les votes serrés révèlent",
        help_en=(
            "How many times as many errors a review of the closest votes finds as one of tasks at random. More: "
            "reviews find more."
        ),
        help_fr=(
            "Combien de fois plus d'erreurs trouve une relecture des votes serrés qu'une relecture au hasard. "
            "Plus il est grand : la relecture trouve plus."
        ),
        source="assumption: close votes are wrong two to three times as often",
    ),
    Parameter(
        name="staff_trust_step",
        default=0.01,
        unit="1/day",
        bounds=(0.0, 1.0),
        scan=(0.002, 0.05),
        kind="assumption",
        scope="service",
        label_en="Pace of staff's acculturation",
        label_fr="Rythme de l'acculturation des agents",
        help_en=(
            "Share of its missing trust that the administration gains per day under full acculturation. More: faster."
        ),
        help_fr=(
            "Part de la confiance manquante que l'administration gagne par jour sous pleine acculturation. Plus "
            "il est grand : plus rapide."
        ),
        source="assumption: half of it in two to three months, once the effort has taken hold",
    ),
    Parameter(
        name="training_unit_cost",
        default=60.0,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(15.0, 200.0),
        kind="assumption",
        scope="service",
        label_en="Cost of training one newcomer",
        label_fr="Coût de formation d'un nouveau",
        help_en="What full training of one newcomer costs. More: more expensive training.",
        help_fr="Ce que coûte la formation complète d'un nouveau. Plus il est grand : formation plus chère.",
        source="assumption: a group session of half a day, EUR 600 for ten people",
    ),
    Parameter(
        name="reminder_unit_cost",
        default=0.05,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(0.0, 0.5),
        kind="assumption",
        scope="service",
        label_en="Cost of one reminder",
        label_fr="Coût d'une relance",
        help_en="What one reminder that reaches somebody costs. More: more expensive reminders.",
        help_fr="Ce que coûte une relance qui touche quelqu'un. Plus il est grand : relances plus chères.",
        source="assumption: a text message at EUR 0.05",
    ),
    Parameter(
        name="rota_unit_cost",
        default=2.0,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(0.0, 10.0),
        kind="assumption",
        scope="service",
        label_en="Coordination of a rota",
        label_fr="Coordination d'un tour de rôle",
        help_en="Coordination per contribution when there is a rota. More: a more expensive rota.",
        help_fr=(
            "Coordination par contribution quand il y a un tour de rôle. Plus elle est grande : tour de rôle plus cher."
        ),
        source="assumption: three minutes of a coordinator at EUR 40 an hour",
    ),
    Parameter(
        name="moderation_unit_cost",
        default=0.5,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(0.1, 3.0),
        kind="assumption",
        scope="service",
        label_en="Cost of moderating one contribution",
        label_fr="Coût de modération d'une contribution",
        help_en="What looking at one contribution costs under full moderation. More: more expensive moderation.",
        help_fr=(
            "Ce que coûte la lecture d'une contribution sous pleine modération. Plus il est grand : modération "
            "plus chère."
        ),
        source="assumption: under a minute of a moderator at EUR 35 an hour",
    ),
    Parameter(
        name="review_unit_cost",
        default=1.5,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(0.5, 10.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one expert review",
        label_fr="Coût d'une relecture par un expert",
        help_en="What one task looked at again by an expert costs. More: more expensive reviews.",
        help_fr="Ce que coûte une tâche revue par un expert. Plus il est grand : relecture plus chère.",
        source="assumption: two minutes at EUR 45 an hour",
    ),
    Parameter(
        name="mediation_unit_cost",
        default=40.0,
        unit="EUR/year",
        bounds=(0.0, 1000000.0),
        scan=(10.0, 120.0),
        kind="assumption",
        scope="service",
        label_en="Cost of mediation per excluded person",
        label_fr="Coût de la médiation par personne exclue",
        help_en="What having a mediator close to one digitally excluded person costs a year. More: it costs more.",
        help_fr=(
            "Ce que coûte par an un médiateur proche d'une personne exclue du numérique. Plus il est grand : "
            "médiation plus chère."
        ),
        source="assumption: one mediator at EUR 40,000 a year for a thousand excluded people",
    ),
    Parameter(
        name="campaign_unit_cost",
        default=0.05,
        unit="EUR/year",
        bounds=(0.0, 1000000.0),
        scan=(0.01, 0.5),
        kind="assumption",
        scope="service",
        label_en="Cost of a campaign per inhabitant",
        label_fr="Coût d'une campagne par habitant",
        help_en="What doubling the presence in the media costs per inhabitant and year. More: it costs more.",
        help_fr=(
            "Ce que coûte par habitant et par an le doublement de la présence dans les médias. Plus il est "
            "grand : campagnes plus chères."
        ),
        source="assumption: EUR 50,000 a year for a million inhabitants",
    ),
    Parameter(
        name="evaluation_unit_cost",
        default=2000.0,
        unit="EUR",
        bounds=(0.0, 1000000.0),
        scan=(500.0, 10000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one evaluation",
        label_fr="Coût d'une évaluation",
        help_en="What measuring the service and deciding costs each time. More: more expensive evaluations.",
        help_fr=(
            "Ce que coûte chaque mesure du service suivie d'une décision. Plus il est grand : évaluations plus chères."
        ),
        source="assumption: a week of an analyst",
    ),
    Parameter(
        name="phone_cost",
        default=30000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(10000.0, 100000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of a telephone line",
        label_fr="Coût d'une ligne téléphonique",
        help_en=(
            "What a line costs a year for 100,000 inhabitants, beyond what the scenario has. More: it costs more."
        ),
        help_fr=(
            "Ce que coûte par an une ligne pour 100 000 habitants, en plus de ce que prévoit le scénario. Plus "
            "il est grand : ligne plus chère."
        ),
        source="assumption: three quarters of a post for 100,000 inhabitants",
    ),
    Parameter(
        name="desk_cost",
        default=60000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(20000.0, 200000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of desks",
        label_fr="Coût des guichets",
        help_en="What desks cost a year for 100,000 inhabitants, beyond what the scenario has. More: it costs more.",
        help_fr=(
            "Ce que coûtent par an les guichets pour 100 000 habitants, en plus de ce que prévoit le scénario. "
            "Plus il est grand : guichets plus chers."
        ),
        source="assumption: one and a half posts at existing desks for 100,000 inhabitants",
    ),
    Parameter(
        name="friction_cost",
        default=40000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(10000.0, 150000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of halving the friction",
        label_fr="Coût pour réduire les démarches de moitié",
        help_en="What halving the minutes lost in one channel costs a year. More: more expensive simplification.",
        help_fr=(
            "Ce que coûte par an la réduction de moitié des minutes perdues dans un canal. Plus il est grand : "
            "simplification plus chère."
        ),
        source="assumption: half a developer and half a designer-year spread over three years",
    ),
    Parameter(
        name="fun_cost",
        default=50000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(10000.0, 150000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of a more pleasant task",
        label_fr="Coût d'une tâche plus plaisante",
        help_en="What one point more of fun costs a year. More: more expensive fun.",
        help_fr="Ce que coûte par an un point d'agrément de plus. Plus il est grand : agrément plus cher.",
        source="assumption: one designer",
    ),
    Parameter(
        name="map_cost",
        default=20000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(5000.0, 80000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of showing all needs",
        label_fr="Coût pour montrer tous les besoins",
        help_en="What going from no need shown to all costs a year. More: more expensive maps.",
        help_fr=(
            "Ce que coûte par an le passage d'aucun besoin montré à tous. Plus il est grand : cartes plus chères."
        ),
        source="assumption: a live map and its upkeep",
    ),
    Parameter(
        name="recognition_cost",
        default=15000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(2000.0, 60000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of badges and public recognition",
        label_fr="Coût des badges et de la reconnaissance",
        help_en="What badges, or one point more of visibility, cost a year. More: more expensive recognition.",
        help_fr=(
            "Ce que coûtent par an des badges, ou un point de visibilité de plus. Plus il est grand : "
            "reconnaissance plus chère."
        ),
        source="assumption: a third of a community manager",
    ),
    Parameter(
        name="one_click_cost",
        default=20000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(5000.0, 80000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of one click",
        label_fr="Coût du « un clic »",
        help_en="What keeping people identified and forms filled costs a year. More: a more expensive single click.",
        help_fr=(
            "Ce que coûtent par an des personnes reconnues et des formulaires préremplis. Plus il est grand : "
            "un clic plus cher."
        ),
        source="assumption: identity service and security",
    ),
    Parameter(
        name="variety_cost",
        default=40000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(10000.0, 120000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of varied tasks",
        label_fr="Coût de tâches variées",
        help_en="What full variety costs a year. More: more expensive variety.",
        help_fr="Ce que coûte par an une pleine variété. Plus il est grand : variété plus chère.",
        source="assumption: one editor",
    ),
    Parameter(
        name="openness_cost",
        default=30000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(5000.0, 100000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of openness",
        label_fr="Coût de l'ouverture",
        help_en="What explaining all decisions and failures in public costs a year. More: more expensive openness.",
        help_fr=(
            "Ce que coûte par an l'explication publique des décisions et des échecs. Plus il est grand : "
            "ouverture plus chère."
        ),
        source="assumption: half a communicator and open data",
    ),
    Parameter(
        name="staff_training_cost",
        default=50000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(10000.0, 200000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of staff's acculturation",
        label_fr="Coût de l'acculturation des agents",
        help_en="What full effort costs a year. More: more expensive acculturation.",
        help_fr="Ce que coûte par an l'effort complet. Plus il est grand : acculturation plus chère.",
        source="assumption: two days a year for 250 agents at EUR 100",
    ),
)
