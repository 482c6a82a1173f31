"""How a service is designed: outreach, channels, visible need, badges and rewards."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["SERVICE_LEVER_PARAMETERS"]

SERVICE_LEVER_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="outreach",
        default=0.0,
        unit="1/day",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Outreach",
        label_fr="Démarchage et information",
        help_en=(
            "Chance per day that outreach makes a person aware, whatever their access. More: more people know, "
            "at a cost per contact."
        ),
        help_fr=(
            "Probabilité par jour qu'une action d'information atteigne une personne, quel que soit son accès. "
            "Plus elle est grande : plus de personnes informées, à un coût par contact."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "visibility",
            "chance of becoming aware, whatever the access",
            "awareness",
            "outreach x inhabitants x outreach_cost a day",
            "everybody is aware",
        ),
    ),
    Parameter(
        name="prompt_boost",
        default=1.0,
        unit="1",
        bounds=(0.0, 20.0),
        kind="lever",
        scope="service",
        label_en="Reminders",
        label_fr="Relances",
        help_en="Multiplies prompts that fade and the least prompts. More: people come back more often.",
        help_fr=(
            "Multiplie les sollicitations qui s'effacent et les sollicitations minimales. Plus il est grand : "
            "chacun revient plus souvent."
        ),
        source="assumption: 1 is no reminder; mails moved about 2% of those who received them (Galaxy Zoo 2018)",
        lever=LeverNote(
            "visibility",
            "rate of prompts",
            "prompts",
            "reminder_unit_cost per prompt beyond those without a boost",
            "prompt_rate = 0 and no floor of prompts",
        ),
    ),
    Parameter(
        name="app_friction",
        default=2.0,
        unit="min",
        bounds=(0.0, 240.0),
        kind="lever",
        scope="service",
        label_en="Friction of the app",
        label_fr="Démarches dans l'application",
        help_en=(
            "Minutes lost in the app or site before the task itself. More: fewer contributions, above all first ones."
        ),
        help_fr=(
            "Minutes perdues dans l'application ou le site avant la tâche. Plus elles sont longues : moins de "
            "contributions, surtout les premières."
        ),
        source="assumption: a light form with an account",
        lever=LeverNote(
            "means",
            "minutes of access by the app",
            "contributions",
            "friction_cost a year for each halving",
            "effort_weight = 0 and spare_minutes without limit",
        ),
    ),
    Parameter(
        name="phone_offered",
        default=False,
        unit="1",
        kind="lever",
        scope="service",
        label_en="By telephone too",
        label_fr="Aussi par téléphone",
        help_en="Yes: people may also contribute by telephone, which reaches those whom the app excludes.",
        help_fr="Oui : on peut aussi contribuer par téléphone, ce qui atteint les exclus de l'application.",
        source="assumption: no telephone line before a lever is moved",
        lever=LeverNote(
            "means",
            "channel open to everybody",
            "contributions",
            "phone_cost a year per 100,000 inhabitants",
            "nobody is digitally excluded",
        ),
    ),
    Parameter(
        name="phone_friction",
        default=6.0,
        unit="min",
        bounds=(0.0, 240.0),
        kind="lever",
        scope="service",
        label_en="Friction of the telephone",
        label_fr="Attente au téléphone",
        help_en="Minutes of waiting and questions before the task itself. More: fewer contributions by telephone.",
        help_fr=(
            "Minutes d'attente et de questions avant la tâche. Plus elle est longue : moins de contributions "
            "par téléphone."
        ),
        source="assumption: three times the app",
        lever=LeverNote(
            "means",
            "minutes of access by telephone",
            "contributions",
            "friction_cost a year for each halving",
            "phone_offered = false",
        ),
    ),
    Parameter(
        name="phone_access",
        default=0.9,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.7, 1.0),
        kind="assumption",
        scope="service",
        label_en="How well the telephone suits the excluded",
        label_fr="Aisance des exclus au téléphone",
        help_en=(
            "How easily the digitally excluded use the telephone: 0 as awkward as can be, 1 as easily as anybody. "
            "More: the line costs them fewer minutes and more of them hear of it."
        ),
        help_fr=(
            "Aisance des exclus du numérique au téléphone : 0 la plus faible, 1 celle de tout le monde. Plus elle est "
            "grande : la ligne leur coûte moins de minutes et davantage en entendent parler."
        ),
        source="assumption: nearly all are at ease on the telephone",
    ),
    Parameter(
        name="desk_offered",
        default=False,
        unit="1",
        kind="lever",
        scope="service",
        label_en="At a desk too",
        label_fr="Aussi au guichet",
        help_en="Yes: people may also contribute at a desk, which reaches those whom the app excludes.",
        help_fr="Oui : on peut aussi contribuer à un guichet, ce qui atteint les exclus de l'application.",
        source="assumption: no desk before a lever is moved",
        lever=LeverNote(
            "means",
            "channel open to everybody",
            "contributions",
            "desk_cost a year per 100,000 inhabitants",
            "nobody is digitally excluded",
        ),
    ),
    Parameter(
        name="desk_friction",
        default=20.0,
        unit="min",
        bounds=(0.0, 240.0),
        kind="lever",
        scope="service",
        label_en="Friction of the desk",
        label_fr="Déplacement et attente au guichet",
        help_en="Minutes of travel and waiting before the task itself. More: fewer contributions at the desk.",
        help_fr=(
            "Minutes de trajet et d'attente avant la tâche. Plus elles sont longues : moins de contributions au "
            "guichet."
        ),
        source="assumption: a short trip to the town hall",
        lever=LeverNote(
            "means",
            "minutes of access at the desk",
            "contributions",
            "friction_cost a year for each halving",
            "desk_offered = false",
        ),
    ),
    Parameter(
        name="desk_access",
        default=0.9,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.5, 1.0),
        kind="assumption",
        scope="service",
        label_en="How well the desk suits the excluded",
        label_fr="Aisance des exclus au guichet",
        help_en=(
            "How easily the digitally excluded use the desk: 0 as awkward as can be, 1 as easily as anybody. More: the "
            "desk costs them fewer minutes and more of them hear of it."
        ),
        help_fr=(
            "Aisance des exclus du numérique au guichet : 0 la plus faible, 1 celle de tout le monde. Plus elle est "
            "grande : le guichet leur coûte moins de minutes et davantage en entendent parler."
        ),
        source="assumption: nearly all are at ease at a desk",
    ),
    Parameter(
        name="travel_minutes",
        default=0.0,
        unit="min",
        bounds=(0.0, 240.0),
        scan=(0.0, 60.0),
        kind="assumption",
        scope="service",
        label_en="Travel to the task",
        label_fr="Trajet jusqu'à la tâche",
        help_en="Minutes of travel each time, whatever the channel. More: fewer contributions.",
        help_fr="Minutes de trajet à chaque fois, quel que soit le canal. Plus il est long : moins de contributions.",
        source="assumption: none, people are already there or online",
    ),
    Parameter(
        name="need_shown",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Visibility of the need",
        label_fr="Visibilité du besoin",
        help_en=(
            "How clearly people see which needs are open near them. More: altruism follows the need more closely."
        ),
        help_fr=(
            "À quel point chacun voit les besoins ouverts près de chez soi. Plus elle est grande : l'altruisme "
            "suit mieux le besoin."
        ),
        source="assumption: a list without a map shows half",
        lever=LeverNote(
            "altruism",
            "unmet need that people see",
            "contributions",
            "(need_shown - scenario's own) x map_cost a year",
            "need_share = 0 or altruism_weight = 0",
        ),
    ),
    Parameter(
        name="reputation_visibility",
        default=0.5,
        unit="1",
        bounds=(0.0, 3.0),
        kind="lever",
        scope="service",
        label_en="Visibility of contributors",
        label_fr="Visibilité des contributeurs",
        help_en="How much contributions are seen by others. More: reputation moves people more.",
        help_fr=(
            "À quel point les contributions sont vues des autres. Plus elle est grande : la réputation mobilise "
            "davantage."
        ),
        source="assumption: a name on a page that few read",
        lever=LeverNote(
            "social currency",
            "being seen",
            "contributions",
            "(visibility - scenario's own) x recognition_cost a year",
            "reputation_weight = 0",
        ),
    ),
    Parameter(
        name="badges",
        default=True,
        unit="1",
        kind="lever",
        scope="service",
        label_en="Badges",
        label_fr="Badges",
        help_en=(
            "Yes: milestones give a badge, and nearing one adds to reputation. No effect where reputation has "
            "no weight."
        ),
        help_fr=(
            "Oui : des paliers donnent un badge, et s'en approcher accroît la réputation. Sans effet si la "
            "réputation ne compte pas."
        ),
        source="assumption: most platforms have some",
        lever=LeverNote(
            "social currency",
            "pull of the next badge",
            "contributions",
            "recognition_cost a year",
            "reputation_weight = 0 or badge_bonus = 0",
        ),
    ),
    Parameter(
        name="reward_medium",
        default="none",
        unit="1",
        choices=("none", "thanks", "credit", "cash"),
        kind="lever",
        scope="service",
        label_en="Reward",
        label_fr="Récompense",
        help_en=(
            "What a contribution earns: nothing, public thanks, time credits or cash. The nearer to cash, the "
            "more other motives are crowded out."
        ),
        help_fr=(
            "Ce que rapporte une contribution : rien, des remerciements publics, des crédits de temps ou de "
            "l'argent. Plus on s'approche de l'argent : plus les autres motivations sont évincées."
        ),
        source="assumption: no reward before a lever is moved",
        lever=LeverNote(
            "social currency",
            "what a contribution earns, and crowding-out",
            "contributions",
            "see reward_rate",
            "reward_rate = 0",
        ),
    ),
    Parameter(
        name="reward_rate",
        default=0.0,
        unit="EUR/h",
        bounds=(0.0, 200.0),
        kind="lever",
        scope="service",
        label_en="Size of the reward",
        label_fr="Montant de la récompense",
        help_en=(
            "Euros, or their worth in credits, per hour of contribution. More: more contributions for the "
            "reward, at a cost."
        ),
        help_fr=(
            "Euros, ou leur valeur en crédits, par heure de contribution. Plus il est grand : plus de "
            "contributions intéressées, à un coût."
        ),
        source="assumption: no reward before a lever is moved",
        lever=LeverNote(
            "social currency",
            "value of a contribution, and crowding-out",
            "contributions",
            "cash paid, or credits spent x credit_unit_cost",
            "reward_medium = none",
        ),
    ),
    Parameter(
        name="credit_offers",
        default=0.0,
        unit="credit-min per 1000 inhabitants per day",
        bounds=(0.0, 1000000.0),
        kind="lever",
        scope="service",
        label_en="What credits can buy",
        label_fr="Ce que les crédits peuvent acheter",
        help_en="Credit minutes' worth of offers that each zone opens per day. More: credits keep their value.",
        help_fr=(
            "Offres ouvertes chaque jour dans chaque zone, en minutes de crédit. Plus elles sont nombreuses : "
            "les crédits gardent leur valeur."
        ),
        source="assumption: no offers before a lever is moved",
        lever=LeverNote(
            "social currency",
            "share of attempts to spend that are served",
            "currency",
            "credits spent x credit_unit_cost",
            "reward_medium is not credit",
        ),
    ),
    Parameter(
        name="credit_lifetime",
        default=0,
        unit="d",
        bounds=(0.0, 3650.0),
        kind="lever",
        scope="service",
        label_en="Lifetime of credits",
        label_fr="Durée de vie des crédits",
        help_en="Days after which unspent credits expire; 0 means never. More: people may save for longer.",
        help_fr=(
            "Jours au bout desquels les crédits non dépensés expirent ; 0 signifie jamais. Plus elle est "
            "longue : on peut épargner plus longtemps."
        ),
        source="assumption: credits never expire before a lever is moved",
        lever=LeverNote(
            "social currency",
            "credits held",
            "currency",
            "none",
            "reward_medium is not credit",
        ),
    ),
)
