"""Parameters of initiatives beside the public service."""

from __future__ import annotations

from ..parameters import LeverNote, Parameter

__all__ = ["PARALLEL_INITIATIVE_PARAMETERS"]

_KIND = ("parallel-initiative",)

PARALLEL_INITIATIVE_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="integration",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        kind="lever",
        scope="service",
        label_en="Integration of the initiative",
        label_fr="Articulation de l'initiative",
        help_en=(
            "Share of what people give the initiative that is handed over to the public service as contributions: 0 "
            "beside it, 1 articulated with it. More: the service gains hands, and the initiative stops working beside "
            "or against it."
        ),
        help_fr=(
            "Part de ce que l'on donne à l'initiative qui est transmise au service public comme contribution : 0 à "
            "côté, 1 articulée. Plus elle est grande : le service gagne des bras, et l'initiative cesse d'œuvrer à "
            "côté de lui ou contre lui."
        ),
        source="assumption: none before the administration and the initiative agree on anything",
        production=_KIND,
        lever=LeverNote(
            chapter="integration",
            moves="contributions that reach the public service; trust of the initiative's contributors",
            phase="production",
            cost="integration * integration_cost a year; checks of what is handed over",
            idle="nobody contributes to the initiative",
        ),
    ),
    Parameter(
        name="integration_cost",
        default=20000.0,
        unit="EUR/year",
        bounds=(0.0, 1000000000.0),
        scan=(5000.0, 60000.0),
        kind="assumption",
        scope="service",
        label_en="Cost of full integration",
        label_fr="Coût d'une articulation complète",
        help_en="What interfaces, agreements and somebody to talk to cost a year. More: a more expensive articulation.",
        help_fr=(
            "Ce que coûtent par an les interfaces, les conventions et un interlocuteur. Plus il est grand : "
            "articulation plus chère."
        ),
        source="assumption: four tenths of a post that looks after the partnership",
        production=_KIND,
    ),
    Parameter(
        name="relief",
        default=0.3,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.1, 0.6),
        kind="assumption",
        scope="service",
        label_en="Needs relieved beside the service",
        label_fr="Besoins soulagés à côté du service",
        help_en=(
            "Chance that one task of the initiative, not handed over, removes an open need of the public "
            "service. More: less waits for the public service, which counts it as not delivered all the same."
        ),
        help_fr=(
            "Probabilité qu'une tâche de l'initiative, non transmise, fasse disparaître un besoin ouvert du premier "
            "service public. Plus elle est grande : moins de besoins attendent le service public, qui les compte "
            "pourtant comme non satisfaits."
        ),
        source="assumption: neighbours can mend one thing in three by themselves",
        production=_KIND,
    ),
    Parameter(
        name="opposition",
        default=0.0,
        unit="1",
        bounds=(0.0, 1.0),
        scan=(0.0, 0.5),
        kind="assumption",
        scope="service",
        label_en="Opposition of the initiative",
        label_fr="Opposition de l'initiative",
        help_en=(
            "How much each outcome beside the service lowers its contributors' trust in the administration, in steps "
            "of trust. More: the initiative works against the service."
        ),
        help_fr=(
            "De combien chaque issue, à côté du service, réduit la confiance de ses contributeurs dans "
            "l'administration, en pas de confiance. Plus elle est grande : l'initiative œuvre contre le service."
        ),
        source="assumption: none; most initiatives work beside the service, in ignorance of it rather than against it",
        production=_KIND,
    ),
)
