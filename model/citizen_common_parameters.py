"""What concerns all services at once: acculturation of citizens and shared tools."""

from __future__ import annotations

from .parameters import LeverNote, Parameter

__all__ = ["CITIZEN_COMMON_PARAMETERS"]

CITIZEN_COMMON_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="acculturation_citizens",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="citizens",
        label_en="Acculturation of citizens",
        label_fr="Acculturation des citoyens",
        help_en=(
            "Effort of teaching people that public services can be made together; it acts slowly. More: more "
            "people hear of services and trust rises over the years, at a cost per inhabitant."
        ),
        help_fr=(
            "Effort pour apprendre que les services publics peuvent se faire ensemble ; il agit lentement. Plus "
            "il est grand : plus de personnes en entendent parler et la confiance monte au fil des ans, à un "
            "coût par habitant."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "acculturation",
            "chance of hearing from the media, level to which trust returns",
            "awareness",
            "acculturation_citizens x inhabitants x acculturation_unit_cost a year",
            "awareness_rate = 0, altruism_weight = 0",
        ),
    ),
    Parameter(
        name="shared_tools",
        default=False,
        unit="1",
        kind="lever",
        scope="citizens",
        label_en="Shared tools",
        label_fr="Outils communs",
        help_en=(
            "Yes: services share their platform: who knows one needs fewer steps in the next, part of the "
            "skill carries over, set-up costs are shared. No: each has its own."
        ),
        help_fr=(
            "Oui : les services partagent leur plateforme : qui en connaît un a moins de démarches dans le "
            "suivant, une part de la compétence se transfère, les coûts d'installation sont partagés. Non : "
            "chacun a la sienne."
        ),
        source="assumption: none before a lever is moved",
        lever=LeverNote(
            "shared tools",
            "access and skill in a second service, platform cost",
            "contributions",
            "platform_cost x (1 - shared_cost_share x (1 - 1/services))",
            "there is one service only",
        ),
    ),
    Parameter(
        name="acculturation_half_life",
        default=180.0,
        unit="d",
        bounds=(1.0, 3650.0),
        scan=(60.0, 720.0),
        kind="assumption",
        scope="citizens",
        label_en="Inertia of acculturation",
        label_fr="Inertie de l'acculturation",
        help_en="Days after which half of an effort of acculturation has taken hold. More: slower change.",
        help_fr=(
            "Jours au bout desquels la moitié d'un effort d'acculturation a pris. Plus elle est grande : un "
            "changement plus lent."
        ),
        source="assumption: half a year",
    ),
    Parameter(
        name="acculturation_trust",
        default=0.2,
        unit="1",
        bounds=(0.0, 0.5),
        scan=(0.05, 0.3),
        kind="assumption",
        scope="citizens",
        label_en="Trust gained by full acculturation",
        label_fr="Confiance gagnée par une pleine acculturation",
        help_en=(
            "How far full acculturation lifts the level to which trust returns, from one half. More: it lifts "
            "it higher."
        ),
        help_fr=(
            "De combien une pleine acculturation relève le niveau vers lequel revient la confiance, depuis un "
            "demi. Plus elle est grande : elle le relève davantage."
        ),
        source="assumption: from .5 to .7",
    ),
    Parameter(
        name="acculturation_unit_cost",
        default=0.2,
        unit="EUR/year",
        bounds=(0.0, 1000.0),
        scan=(0.05, 1.0),
        kind="assumption",
        scope="citizens",
        label_en="Cost of acculturation per inhabitant",
        label_fr="Coût de l'acculturation par habitant",
        help_en="What full effort costs per inhabitant and year. More: more expensive acculturation.",
        help_fr="Ce que coûte l'effort complet par habitant et par an. Plus il est grand : acculturation plus chère.",
        source="assumption: schools, town meetings and media for EUR 200,000 a year and a million inhabitants",
    ),
    Parameter(
        name="skill_carried",
        default=0.5,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.9),
        kind="assumption",
        scope="citizens",
        label_en="Skill carried to another service",
        label_fr="Compétence transférée",
        help_en=(
            "Share of the skill gained in one service that counts in another one on shared tools. More: shared "
            "tools help more."
        ),
        help_fr=(
            "Part de la compétence acquise dans un service qui compte dans un autre sur outils communs. Plus "
            "elle est grande : les outils communs aident davantage."
        ),
        source="assumption: half",
    ),
    Parameter(
        name="shared_cost_share",
        default=0.6,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.3, 0.9),
        kind="assumption",
        scope="citizens",
        label_en="Set-up costs that can be shared",
        label_fr="Coûts d'installation partageables",
        help_en=(
            "Share of the cost of a platform that services on shared tools pay once together. More: shared "
            "tools save more."
        ),
        help_fr=(
            "Part du coût d'une plateforme que des services sur outils communs paient une seule fois. Plus elle "
            "est grande : les outils communs économisent davantage."
        ),
        source="assumption: three fifths is common software, hosting and support",
    ),
)
