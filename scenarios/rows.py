"""The rows of the founding report: every system that it names, and what a scenario states of each.

A statement says what a mechanism does, how large the effect may be, and which switch turns the mechanism off. It stands
in the scenario's file, so that the band is there before any run; ``entraide.experiments.rows`` measures it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from entraide.model.parameters import Value

__all__ = ["EFFECTS", "ROWS", "RowStatement", "row_statements"]

# Row -> (English, French), in the order of the report: named systems, means, risks, starting measures, roles.
ROWS: Mapping[str, tuple[str, str]] = {
    "R1": ("burst mobilisation after a default", "mobilisation éclair quand l'administration renonce"),
    "R2": ("participatory science", "sciences participatives"),
    "R3": ("cartography and surveillance", "cartographie et surveillance"),
    "R4": ("urban management", "gestion urbaine"),
    "R5": ("health", "santé"),
    "R6": ("change of doctrine between service and users", "changement de doctrine entre le service et ses usagers"),
    "R7": ("collaborative intelligence", "intelligence collaborative"),
    "R8": ("sharing economy", "économie du partage"),
    "R9": ("participatory funding", "financement participatif"),
    "R10": ("decentralised production of local utilities", "production décentralisée de services locaux en réseau"),
    "M1": ("make available capacities visible", "rendre visibles les capacités disponibles"),
    "M2": ("modes of involvement and unit tasks", "modes d'implication et tâches unitaires"),
    "M3": ("give the means", "donner les moyens"),
    "M4": ("make contributions aggregate", "faire s'agréger les contributions"),
    "M5": ("generate trust", "susciter la confiance"),
    "M6": ("altruism", "altruisme"),
    "M7": ("least effort", "moindre effort"),
    "M8": ("pleasure", "plaisir"),
    "M9": ("social currencies", "monnaies sociales"),
    "K1": ("quality risk", "risque de qualité"),
    "K2": ("continuity risk", "risque de continuité"),
    "K3": ("universality risk", "risque d'inégalité"),
    "K4": ("prevention of each risk", "prévention de chaque risque"),
    "L1": ("acculturate citizens and staff", "acculturer citoyens et agents"),
    "L2": ("standardise tools and interfaces", "standardiser les outils et les interfaces"),
    "L3": ("legal frames", "cadres juridiques"),
    "L4": ("collect and evaluate experiences", "collecter et évaluer les expériences"),
    "A1": ("roles of the administration", "rôles de l'administration"),
    "A2": ("articulated with the public service, not beside it", "articulé au service public, non à côté"),
}

EFFECTS = ("difference", "ratio", "level")


@dataclass(frozen=True)
class RowStatement:
    """What a scenario states of one row.

    Attributes
    ----------
    row : key of ROWS.
    claim : the statement in words, by language.
    measure : what is measured, by the name of a yearly or daily measure.
    effect : "difference" or "ratio" of moved against unmoved on the same chance, or "level": the measure itself.
    moved : changes whose effect is measured; empty for a level.
    events : size of events whose effect is measured, by kind; each strikes as in ``entraide stress``.
    switch : changes on both sides that turn the mechanism off: the statement must then fail.
    low, high : band of the mean effect.
    source : where the band comes from, or a text that starts with "assumption".
    service : name of the service measured; "" for the first one.
    territory : where it is measured, as in ``--territory``; "" for the scenario's own.
    days : days simulated; None for the scenario's own.
    """

    row: str
    claim: Mapping[str, str]
    measure: str
    effect: str
    moved: Mapping[str, Value]
    switch: Mapping[str, Value]
    low: float
    high: float
    source: str
    service: str = ""
    territory: str = ""
    days: int | None = None
    events: Mapping[str, float] = field(default_factory=dict)


def row_statements(tables: Mapping[str, Any]) -> tuple[RowStatement, ...]:
    """Return the statements of a scenario's validated tables."""
    return tuple(
        RowStatement(
            row=table["row"],
            claim={language: text.strip() for language, text in table["claim"].items()},
            measure=table["measure"],
            effect=table["effect"],
            moved=dict(table.get("moved", {})),
            switch=dict(table["switch"]),
            low=float(table["low"]),
            high=float(table["high"]),
            source=table["source"].strip(),
            service=table.get("service", ""),
            territory=table.get("territory", ""),
            days=table.get("days"),
            events={kind: float(size) for kind, size in table.get("events", {}).items()},
        )
        for table in tables.get("rows", ())
    )
