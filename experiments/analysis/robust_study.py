"""What a study of levers under assumptions says: which designs hold, their regret, what breaks them, what to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.risk import RISKS

from ..variance_components import Components, components_of
from .chance import Needed, needed_for
from .designs import KEPT_IN, Design, DesignRuns, design_runs
from .discovery import Discovery, breaking_box
from .information import Information, value_of_information
from .paired import DesignComparisons, compare_designs
from .robustness import HOLDS_IN, DesignRobustness, Robustness, robustness_of
from .study_runs import StudyRuns

__all__ = ["MARGIN_WITHIN", "Breaking", "RobustStudy", "Spread", "check_asked", "robust_study"]

# A margin is asked for to plus or minus so much: the smallest difference that matters.
MARGIN_WITHIN = 0.02


@dataclass(frozen=True)
class Breaking:
    """What breaks one design: by risk, and "all" for any of its norms."""

    design: DesignRobustness
    found: Mapping[str, Discovery]


@dataclass(frozen=True)
class Spread:
    """How the spread of one margin of one design divides, and what a narrower interval of its mean takes."""

    risk: str
    components: Components
    needed: Needed | None


@dataclass(frozen=True)
class RobustStudy:
    """A study, judged.

    Attributes
    ----------
    designs : the runs, by design and state.
    robustness : of all designs.
    breaking : what breaks the cheapest design of all, the cheapest that holds its norms and the safest, once each.
    information : by loss, what each assumption is worth knowing: "any" (some norm broken), each risk, "cost" and, with
        a price, "loss" (cost and price of years with a broken norm, EUR).
    spreads : of the design that is looked at most closely, by risk.
    comparisons : all designs against the reference; None with one design.
    price : EUR for a year with a broken norm; None where none is stated.
    """

    designs: DesignRuns
    robustness: Robustness
    breaking: tuple[Breaking, ...]
    information: Mapping[str, Information]
    spreads: tuple[Spread, ...]
    comparisons: DesignComparisons | None
    price: float | None

    @property
    def focus(self) -> DesignRobustness:
        """The design that is looked at most closely: the cheapest that holds its norms, else the safest."""
        return self.robustness.cheapest or self.robustness.safest

    def design(self, place: int) -> Design:
        """Return a design by its place."""
        return self.designs.designs[place]


def check_asked(holds_in: float, price: float | None) -> None:
    """Refuse a share of states or a price that cannot be used.

    Raises
    ------
    InputError : such a number.
    """
    if not 0.0 < holds_in <= 1.0:
        raise InputError("is not a share", where="--holds-in", value=holds_in, allowed="over 0, up to 1")
    if price is not None and not price > 0.0:
        raise InputError("must be over 0", where="--price", value=price, allowed="EUR for a year with a broken norm")


def robust_study(
    runs: StudyRuns,
    *,
    holds_in: float = HOLDS_IN,
    reference: int | None = None,
    price: float | None = None,
    service: str | None = None,
    year: int = 0,
) -> RobustStudy:
    """Judge a study of levers under assumptions.

    Parameters
    ----------
    holds_in : share of the states of the world in which all norms must be held, 0-1.
    reference : number of the design that the others are compared with.
    price : EUR for a year with a broken norm.

    Raises
    ------
    InputError : designs that were not simulated under the same states; a share, price or number that cannot be used.
    MachineError : the EMA workbench is not installed.
    """
    check_asked(holds_in, price)
    designs = design_runs(runs, service, year)
    if not designs.judged:
        raise InputError(
            "no norm can be judged: nothing fell due",
            where=f"study {runs.study.name}",
            remedy="Simulate more days, or a service that is judged",
        )
    robustness = robustness_of(designs, holds_in)
    chosen = {
        each.design.number: each
        for each in (robustness.cheapest_of_all, robustness.cheapest, robustness.safest)
        if each is not None
    }
    places = {each.number: place for place, each in enumerate(designs.designs)}
    focus = robustness.cheapest or robustness.safest
    return RobustStudy(
        designs=designs,
        robustness=robustness,
        breaking=tuple(Breaking(each, _breaking(designs, places[number])) for number, each in chosen.items()),
        information=_information(designs, price),
        spreads=_spreads(designs, places[focus.design.number]),
        comparisons=compare_designs(designs, reference) if len(designs.designs) > 1 else None,
        price=price,
    )


def _breaking(designs: DesignRuns, place: int) -> dict[str, Discovery]:
    tables = {"all": designs.any_broken, **designs.broken}
    found = {}
    for name, table in tables.items():
        known = ~np.isnan(table[place])
        broken = table[place][known] > 1.0 - KEPT_IN + 1e-9
        # Draws of parameters are states without places, and so are assumptions that a state leaves alone: they can be
        # counted, not described.
        placed = designs.state_of_replicate is None and bool((designs.state_points >= 0.0).all())
        points = designs.state_points[known] if placed else np.empty((len(broken), 0))
        found[name] = breaking_box(designs.assumptions if points.shape[1] else (), points, broken)
    return found


def _information(designs: DesignRuns, price: float | None) -> dict[str, Information]:
    if not designs.assumptions or designs.state_of_replicate is not None or len(designs.designs) < 2:
        return {}
    losses: dict[str, tuple[NDArray[np.float64], str]] = {"any": (designs.any_broken, "event")}
    losses |= {risk: (designs.broken[risk], "event") for risk in designs.judged}
    losses["cost"] = (designs.cost, "EUR")
    if price is not None:
        losses["loss"] = (designs.cost + price * designs.any_broken, "EUR")
    found = {
        name: value_of_information(table, designs.assumptions, designs.state_points, name, unit)
        for name, (table, unit) in losses.items()
    }
    return {name: each for name, each in found.items() if each is not None}


def _spreads(designs: DesignRuns, place: int) -> tuple[Spread, ...]:
    spreads = []
    for risk in RISKS:
        if risk not in designs.judged:
            continue
        table = designs.values(f"{risk}_margin")[place]
        groups = np.repeat(np.arange(table.shape[0]), table.shape[1])
        components = components_of(table.ravel(), groups)
        if components is not None:
            varies = components.total > 0.0
            spreads.append(Spread(risk, components, needed_for(components, MARGIN_WITHIN) if varies else None))
    return tuple(spreads)
