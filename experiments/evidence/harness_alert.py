"""Harness ``alert``: the whole simulation of the scenario of cardiac alerts; of the people alerted, who comes.

The simulation decides who goes; how many of those arrive is an input of the scenario and of nothing else here.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from entraide.experiments.elsewhere import elsewhere
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.simulation import Simulation
from entraide.scenarios.loader import load_scenario

from .class_values import values_of
from .harness import Setting, harness
from .observations import Requests

__all__ = ["ALERT_SCALE", "simulate_alerts"]

ALERT_SCALE: Mapping[str, str] = {
    "days": "days observed",
    "place": "where, as in --territory",
    "arriving_share": "share of those who go who arrive, 0-1",
}
_SCENARIO = "cardiac-alert"
# A stream of its own for who of those who go arrives, apart from those of the model.
_ARRIVING = 0xA1E7


@harness("alert", Requests, ALERT_SCALE)
def simulate_alerts(setting: Setting) -> Requests:
    """Return one row for each person alerted: whether they arrived.

    Values of a draw that differ from the class's preset replace those of the scenario, which has its own.

    Raises
    ------
    InputError : an unknown place or parameter.
    """
    scale, preset = setting.scale, SERVICE_CLASSES[setting.service_class]
    changes = {name: value for name, value in values_of(setting).items() if preset.get(name) != value}
    scenario = elsewhere(load_scenario(_SCENARIO, changes, int(scale["days"])), str(scale["place"]))
    records = Simulation(scenario.specification(), seed=setting.seed).run().records
    alerted, gone = (int(records.series(name, 0).sum()) for name in ("prompted", "contributions"))
    generator = np.random.default_rng([setting.seed, _ARRIVING])
    arrived = np.arange(alerted) < generator.binomial(gone, float(scale["arriving_share"]))
    return Requests(arrived, None, None, None, None)
