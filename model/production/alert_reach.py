"""Who lives within the radius of an incident: shares and distances between zones, from areas, points and densities.

A zone is a disk of its area around its point. A share of its people, and of its incidents, lies in the built-up core,
a smaller disk of the core's density; the rest is spread over the whole disk. Shares are counted over two fixed sets of
nodes, one for incidents and one for residents, so that they need no random numbers and are the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import cosine_of_turn, logarithm
from ..compilation import helper, kernel
from ..errors import InputError
from ..parameters import Value
from ..territory import Territory

__all__ = ["Reach", "densities", "prepare_reach"]

# Nodes of a disk: equal areas on a golden-angle spiral (Vogel 1979). The two sets differ, so that a place is not its
# own neighbour; the second one is turned by half of the golden angle.
INCIDENT_NODES, RESIDENT_NODES = 30, 50
_GOLDEN_TURN = 0.3819660112501051
_KM_PER_DEGREE = 111.195
# A zone wholly within reach is alerted almost surely, not surely: a hazard must be finite.
MOST_SHARE = 0.98


@dataclass(frozen=True)
class Reach:
    """Pairs of zones within reach of one another, by the zone of the incident and by the zone of residence.

    Shapes: P pairs, Z zones.

    Attributes
    ----------
    start : int64[Z + 1], first pair of each zone of incident. ``home``: int32[P], zone of residence, ascending.
    hazard : float64[P], -ln(1 - share of the zone's residents within the radius).
    home_start : int64[Z + 1], first entry of each zone of residence. ``pair``: int64[P], pairs in the order of zones of
        residence, then of incident. ``incident``: int32[P], zone of incident of each pair.
    kilometres : float64[P], distance that no responder of the pair exceeds; squares are uniform under it.
    """

    start: NDArray[np.int64]
    home: NDArray[np.int32]
    hazard: NDArray[np.float64]
    home_start: NDArray[np.int64]
    pair: NDArray[np.int64]
    incident: NDArray[np.int32]
    kilometres: NDArray[np.float64]


def _spiral(nodes: int, turned: float) -> NDArray[np.float64]:
    """Return nodes of equal area in the unit disk; shapes float64[nodes, 2]."""
    points = np.empty((nodes, 2))
    for k in range(nodes):
        turn, radius = k * _GOLDEN_TURN + turned, math.sqrt((k + 0.5) / nodes)
        points[k] = radius * cosine_of_turn(turn), radius * cosine_of_turn(turn - 0.25)
    return points


@helper
def _count_pairs(east, north, incident_radius, resident_radius, incident_nodes, resident_nodes, radius):
    """Return how many pairs of nodes lie within ``radius`` km, and the sum of their squared distances."""
    count = 0
    squares = 0.0
    limit = radius * radius
    for a in range(incident_nodes.shape[0]):
        x = incident_radius * incident_nodes[a, 0]
        y = incident_radius * incident_nodes[a, 1]
        for b in range(resident_nodes.shape[0]):
            across = east + resident_radius * resident_nodes[b, 0] - x
            along = north + resident_radius * resident_nodes[b, 1] - y
            square = across * across + along * along
            if square < limit:
                count += 1
                squares += square
    return count, squares


@kernel
def _compare_zones(east, north, whole, core, core_share, incident_nodes, resident_nodes, radius, z, share, mean_square):
    """Fill by zone of residence the share of its people within ``radius`` km of incidents in zone ``z``.

    Shapes: ``east``, ``north``, ``whole`` and ``core`` (radii) in km, ``share`` and ``mean_square`` float64[Z], the
    latter summed over the share; nodes float64[nodes, 2].
    """
    pairs = float(incident_nodes.shape[0] * resident_nodes.shape[0])
    for h in range(east.shape[0]):
        share[h] = 0.0
        mean_square[h] = 0.0
        across = east[h] - east[z]
        along = north[h] - north[z]
        apart = whole[z] + whole[h] + radius
        if across * across + along * along >= apart * apart:
            continue
        for a in range(2):
            mine = core[z] if a == 0 else whole[z]
            my_part = core_share if a == 0 else 1.0 - core_share
            for b in range(2):
                theirs = core[h] if b == 0 else whole[h]
                part = my_part * (core_share if b == 0 else 1.0 - core_share)
                count, squares = _count_pairs(across, along, mine, theirs, incident_nodes, resident_nodes, radius)
                share[h] += part * (count / pairs)
                mean_square[h] += part * (squares / pairs)


def densities(territory: Territory) -> NDArray[np.float64]:
    """Return inhabitants per km2 by zone; shapes float64[Z].

    Raises
    ------
    InputError : a zone lacks its area or its point.
    """
    known = np.isfinite(territory.area_km2) & np.isfinite(territory.longitude) & np.isfinite(territory.latitude)
    known &= territory.area_km2 > 0
    if not known.all():
        lacking = [territory.codes[z] for z in np.flatnonzero(~known)]
        named = ", ".join(lacking[:5]) + (", ..." if len(lacking) > 5 else "")
        raise InputError(
            f"an alert needs the area and the point of every zone; {len(lacking)} of {territory.zones} lack them",
            where="territory",
            value=named,
            allowed="area_km2 above 0, longitude and latitude in degrees",
            remedy="add the columns area_km2, longitude and latitude to the file of zones",
        )
    return np.asarray(territory.population / territory.area_km2, np.float64)


def prepare_reach(own: Mapping[str, Value], territory: Territory) -> Reach:
    """Return who is within the radius of incidents where; distances by equirectangular projection.

    Raises
    ------
    InputError : a zone lacks its area or its point.
    """
    density = densities(territory)
    radius, core_share = float(own["alert_radius_km"]), float(own["core_share"])
    whole = np.sqrt(territory.area_km2 / math.pi)
    # Where people live more densely than that, the whole zone is built up.
    core = whole * np.sqrt(np.minimum(1.0, core_share * density / float(own["core_density"])))
    middle = float(territory.latitude.min() + territory.latitude.max()) / 2.0
    east = territory.longitude * _KM_PER_DEGREE * cosine_of_turn(middle / 360.0)
    north = territory.latitude * _KM_PER_DEGREE
    incident_nodes, resident_nodes = _spiral(INCIDENT_NODES, 0.0), _spiral(RESIDENT_NODES, _GOLDEN_TURN / 2.0)
    share, mean_square = np.empty(territory.zones), np.empty(territory.zones)
    incidents, homes, shares, kilometres = [], [], [], []
    for z in range(territory.zones):
        _compare_zones(
            east, north, whole, core, core_share, incident_nodes, resident_nodes, radius, z, share, mean_square
        )  # fmt: skip
        near = np.flatnonzero(share)
        incidents.append(np.full(len(near), z, np.int32))
        homes.append(near.astype(np.int32))
        shares.append(share[near])
        # Squared distances uniform under a bound have half of it as their mean.
        kilometres.append(np.minimum(radius, np.sqrt(2.0 * mean_square[near] / share[near])))
    return _indexed(territory.zones, *(np.concatenate(parts) for parts in (incidents, homes, shares, kilometres)))


def _indexed(
    zones: int,
    incident: NDArray[np.int32],
    home: NDArray[np.int32],
    share: NDArray[np.float64],
    kilometres: NDArray[np.float64],
) -> Reach:
    """Return the pairs in both orders."""
    return Reach(
        start=np.searchsorted(incident, np.arange(zones + 1)).astype(np.int64),
        home=home,
        hazard=np.array([-logarithm(1.0 - min(MOST_SHARE, one)) for one in share.tolist()]),
        home_start=np.searchsorted(np.sort(home), np.arange(zones + 1)).astype(np.int64),
        pair=np.lexsort((incident, home)).astype(np.int64),
        incident=incident,
        kilometres=kilometres,
    )
