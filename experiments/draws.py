"""Which parameter values each replicate takes: the preset of a service's class, or a draw of its ensemble.

A class's ensemble says how projects of the class differ and what data leave open. With it, replicate r takes draw
r modulo the number of draws, on all its days; from ten replicates on there are at least two for each draw, so that both
kinds of spread can be told apart. A value that the scenario or a change states holds in every draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Value
from entraide.model.specification import Specification
from entraide.scenarios.drawn import Stated, stated_values, with_drawn
from entraide.scenarios.scenario import Scenario

from .parameters_from import DEFAULT_PARAMETERS, PARAMETERS
from .results import FEWEST_FOR_PROBABILITY
from .spanning import spanning_order

if TYPE_CHECKING:
    from .evidence.ensembles import Ensemble

__all__ = ["Draw", "Draws", "check_parameters", "draws_for", "draws_taken"]

REPLICATES_PER_DRAW = 2
_OF_CITIZENS = frozenset(parameter.name for parameter in CITIZEN_PARAMETERS)


@dataclass(frozen=True)
class Draw:
    """One draw for all services of a scenario.

    Attributes
    ----------
    services : values by service and parameter, for services whose class has an ensemble.
    citizens : values by parameter, of all citizens.
    """

    services: Mapping[str, Mapping[str, Value]]
    citizens: Mapping[str, Value]


@dataclass(frozen=True)
class Draws:
    """The draws of a run.

    Attributes
    ----------
    draws : in the order in which replicates take them; empty where no class of the scenario has an ensemble, and where
        everything that a draw would give is stated.
    classes : class of every service, by its name.
    sizes : number of draws in the ensemble of each service whose class has one, by the service's name.
    unused : by service, parameters of citizens that its class was fitted with and that are not taken from it, since
        citizens are the same for all services and follow the first service.
    """

    draws: tuple[Draw, ...]
    classes: Mapping[str, str]
    sizes: Mapping[str, int]
    unused: Mapping[str, tuple[str, ...]]

    @property
    def fixed(self) -> bool:
        """Whether everything that data leave open is stated: nothing is left to draw."""
        return bool(self.sizes) and not self.draws

    def place_of(self, replicate: int) -> int:
        """Return which draw a replicate takes."""
        return replicate % len(self.draws) if self.draws else 0

    def stated(self, scenario: Scenario) -> tuple[Stated, ...]:
        """Return the values that a draw would have given, and that the scenario or its changes give instead."""
        if not self.draws:
            return ()
        first = self.draws[0]
        return stated_values(scenario, first.services, first.citizens)

    def calibrated(self, scenario: Scenario) -> bool:
        """Tell whether nothing fitted is assumed: every class has its ensemble, and all of its values are taken."""
        if self.fixed:
            return False
        return set(self.sizes) == set(self.classes) and not self.stated(scenario) and not any(self.unused.values())

    def paired_with(self, other: Draws) -> bool:
        """Tell whether replicate r takes the same draw of every class that both have, in both.

        Values of citizens count where both take them from the same class, that of their first services.
        """
        if not (self.draws and other.draws):
            return True
        if len(self.draws) != len(other.draws):
            return False
        there = {name: service for service, name in other.classes.items() if service in other.sizes}
        shared = [
            (service, there[name]) for service, name in self.classes.items() if service in self.sizes and name in there
        ]
        alike = next(iter(self.classes.values())) == next(iter(other.classes.values()))
        return all(
            all(first.services[here] == second.services[name] for here, name in shared)
            and (not alike or first.citizens == second.citizens)
            for first, second in zip(self.draws, other.draws, strict=True)
        )

    def specifications(self, scenario: Scenario) -> tuple[Specification, ...]:
        """Return what is simulated with each draw, in their order.

        Raises
        ------
        InputError : a drawn value and a stated one contradict each other.
        """
        return tuple(with_drawn(scenario, draw.services, draw.citizens).specification() for draw in self.draws)

    def document(self) -> Mapping[str, Any]:
        """Return the draws as a JSON document that says everything about them."""
        return {
            "classes": dict(self.classes),
            "sizes": dict(self.sizes),
            "unused": {service: list(names) for service, names in self.unused.items()},
            "values": [
                {
                    "services": {service: dict(values) for service, values in draw.services.items()},
                    "citizens": dict(draw.citizens),
                }
                for draw in self.draws
            ],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Draws:
        """Read back what ``document`` returned.

        Raises
        ------
        KeyError, TypeError : it was altered.
        """
        return cls(
            draws=tuple(Draw(values["services"], values["citizens"]) for values in document["values"]),
            classes=document["classes"],
            sizes=document["sizes"],
            unused={service: tuple(names) for service, names in document["unused"].items()},
        )


def draws_taken(replicates: int) -> int:
    """Return how many draws so many replicates take, if there are as many: half, or one each where they are few.

    Ignorance is told from chance from FEWEST_FOR_PROBABILITY replicates on; with fewer, more draws tell more.
    """
    return replicates if replicates < FEWEST_FOR_PROBABILITY else replicates // REPLICATES_PER_DRAW


def check_parameters(parameters: str) -> str:
    """Refuse another word than those of PARAMETERS.

    Raises
    ------
    InputError : such a word.
    """
    if parameters not in PARAMETERS:
        raise InputError(
            "is not where parameter values can come from",
            where="parameters",
            value=parameters,
            allowed=", ".join(PARAMETERS),
            nearest=nearest_name(str(parameters), PARAMETERS),
        )
    return parameters


def draws_for(
    scenario: Scenario, replicates: int, parameters: str = DEFAULT_PARAMETERS, folder: Path | None = None
) -> Draws | None:
    """Return the draws that a run takes; None with the preset.

    Services of one class take the same draw. Which draw of its class a replicate takes depends on the class and on the
    number of draws alone, so that scenarios that share a class share its draws, replicate by replicate. Values of
    citizens follow the class of the first service: they were fitted together with it. No draw is taken where all of its
    values are stated: draws that are all the same would be told as an ensemble.

    Parameters
    ----------
    replicates : ``draws_taken`` of them are taken, at most the largest ensemble.
    parameters : "preset" or "ensemble".
    folder : of ensembles, instead of those of the package.

    Raises
    ------
    InputError : an unknown word, or an ensemble that cannot be read.
    """
    if check_parameters(parameters) == "preset":
        return None
    # Every metric is loaded with it: only for who asks for an ensemble.
    from .evidence.ensembles import ensemble_of

    classes = {name: str(table["class"]) for name, table in scenario.tables["services"].items()}
    found = {name: ensemble_of(name, folder) for name in dict.fromkeys(classes.values())}
    fitted = {name: ensemble for name, ensemble in found.items() if ensemble.fitted}
    sizes = {service: len(fitted[name].draws) for service, name in classes.items() if name in fitted}
    first = next(iter(classes.values()))
    unused = {
        service: tuple(name for name in fitted[of_class].of_any_service[0] if name in _OF_CITIZENS)
        for service, of_class in classes.items()
        if of_class in fitted and of_class != first
    }
    count = min(draws_taken(replicates), max(sizes.values(), default=0))
    chosen = {name: _chosen(ensemble, count) for name, ensemble in fitted.items()}
    draws = []
    for place in range(count):
        values = {name: draws_of_class[place] for name, draws_of_class in chosen.items()}
        of_services = {
            service: {key: value for key, value in values[name].items() if key not in _OF_CITIZENS}
            for service, name in classes.items()
            if name in values
        }
        citizens = {key: value for key, value in values.get(first, {}).items() if key in _OF_CITIZENS}
        draws.append(Draw(of_services, citizens))
    if draws:
        given = sum(len(values) for values in draws[0].services.values()) + len(draws[0].citizens)
        if len(stated_values(scenario, draws[0].services, draws[0].citizens)) == given:
            draws = []
    return Draws(tuple(draws), classes, sizes, {service: names for service, names in unused.items() if names})


def _chosen(ensemble: Ensemble, count: int) -> list[Mapping[str, Value]]:
    """Return ``count`` draws that span the ensemble, in an order of the class's own."""
    draws = ensemble.of_any_service
    order = spanning_order(draws)
    taken = [draws[order[number % len(order)]] for number in range(count)]
    # Else the most typical draws of all classes would meet in the same replicates.
    own = np.random.default_rng(crc32(ensemble.service_class.encode()))
    return [taken[number] for number in own.permutation(count)]
