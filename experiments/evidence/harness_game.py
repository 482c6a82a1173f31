"""Harness ``cooperation-game``: a repeated public goods game between people drawn by the model.

Each player gives the share of the endowment that is the chance at which the model has them accept a request, rounded to
what the game lets them give, or to quarters where it lets them give finer shares: a grid finer than the numbers that
people think in changes nobody's type. Devotion is to a service and does not count here. What others do counts by the
model's conditional cooperation; whether others gave as much as oneself is an outcome, by which cooperation types drift.
Groups are drawn anew each period.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from entraide.model.arithmetic import logistic
from entraide.model.compilation import helper, kernel
from entraide.model.errors import InputError
from entraide.model.feedback import drifted
from entraide.model.motives import belonging
from entraide.model.random_numbers import Stream, uniform

from .harness import Setting, harness
from .observations import Game
from .people import draw_people, effort_of_asking, own_motives

__all__ = ["GAME_SCALE", "simulate_game"]

GAME_SCALE: Mapping[str, str] = {
    "players": "people who play",
    "periods": "periods played",
    "group_size": "players of one group, who share what is given; 2 where not said",
    "levels": "contributions to choose from, evenly spaced from nothing to everything; 3 where not said",
    "types": "shares of free riders and of conditional co-operators among the players at the start; the class's where "
    "not said",
}
# What players expect of others before they have seen any: half (assumption).
_EXPECTED_AT_FIRST = 0.5
# The finest share of an endowment that people give: a quarter (assumption; round numbers prevail, Albers 1997).
_FINEST = 4
# Half of the need is unmet where the intercept of the decision is calibrated.
_NEED = 0.5
# Who meets whom is the protocol's, not the model's.
_GROUPS = 0x6A3E


@harness("cooperation-game", Game, GAME_SCALE)
def simulate_game(setting: Setting) -> Game:
    """Return what each player gave in each period, and stated before it for each level of the others' contribution.

    Raises
    ------
    InputError : fewer than two players in a group, more than there are, fewer than two levels, or types that are not
        two shares.
    """
    scale = setting.scale
    players, periods = int(scale["players"]), int(scale["periods"])
    size, levels = int(scale.get("group_size", 2)), int(scale.get("levels", 3))
    if not 2 <= size <= players:
        raise InputError("is out of bounds", where="group_size", value=size, allowed=f"2 to {players} players")
    if levels < 2:
        raise InputError("is out of bounds", where="levels", value=levels, allowed="2 or more")
    steps = levels - 1 if (levels - 1) % _FINEST else _FINEST
    people = draw_people(_with_types(setting), players, undecided=True)
    generator = np.random.default_rng([setting.seed, _GROUPS])
    seats = np.array([generator.permutation(players) for _ in range(periods)])
    given = np.empty((periods, players))
    stated = np.empty((periods, players, levels))
    play(
        people.citizens, people.services, people.shared, effort_of_asking(people), seats, size, steps,
        people.keys[Stream.DRIFT, 0], given, stated,
    )  # fmt: skip
    return Game(
        person=np.tile(np.arange(players, dtype=np.int64), periods),
        period=np.repeat(np.arange(periods, dtype=np.int64), players),
        contribution=given.ravel(),
        stated=stated.reshape(periods * players, levels),
    )


def _with_types(setting: Setting) -> Setting:
    """Return a setting whose players start as the types that the case observes."""
    types = setting.scale.get("types")
    if types is None:
        return setting
    shares = [float(share) for share in types]
    if len(shares) != 2 or min(shares) < 0.0 or sum(shares) > 1.0:
        raise InputError(
            "are not shares of types", where="types", value=types, allowed="two shares, at most 1 together"
        )
    return replace(setting, draw={**setting.draw, "share_free_riders": shares[0], "share_conditional": shares[1]})


@helper
def willing_to_give(citizens, i, service, shared, effort_felt, recent, usual, steps):
    """Return the share of the endowment given, in whole steps.

    ``recent`` and ``usual``: what others gave last time, and on average so far, 0-1.
    """
    utility = (
        service.intercept
        + own_motives(citizens, i, service, shared, _NEED)
        + belonging(citizens[i].cooperation, recent, usual, shared)
        - shared.effort_weight * effort_felt
    )
    return math.floor(logistic(utility) * steps + 0.5) / steps


@kernel
def play(citizens, services, shared_record, effort_felt, seats, size, steps, key, given, stated):
    """Play all periods.

    Shapes: ``seats`` int64[periods, players], neighbours in a row form groups of ``size``, and the last group takes who
    is left over; ``steps`` int, the parts in which an endowment is given; ``given`` float64[periods, players] and
    ``stated`` float64[periods, players, levels] are filled.
    """
    service = services[0]
    shared = shared_record[0]
    periods, players = given.shape
    highest = stated.shape[2] - 1
    recent = np.full(players, _EXPECTED_AT_FIRST)
    usual = np.full(players, _EXPECTED_AT_FIRST)
    groups = players // size
    for t in range(periods):
        for i in range(players):
            given[t, i] = willing_to_give(citizens, i, service, shared, effort_felt, recent[i], usual[i], steps)
            for level in range(highest + 1):
                others = level / highest
                stated[t, i, level] = willing_to_give(citizens, i, service, shared, effort_felt, others, others, steps)
        for g in range(groups):
            first = g * size
            last = players if g == groups - 1 else first + size
            total = 0.0
            for seat in range(first, last):
                total += given[t, seats[t, seat]]
            for seat in range(first, last):
                i = seats[t, seat]
                others = (total - given[t, i]) / (last - first - 1)
                pleased = others > 0.0 and others >= given[t, i]
                citizens[i].cooperation = drifted(citizens[i].cooperation, pleased, uniform(key, i, t, 0), shared)
                recent[i] = others
                usual[i] += (others - usual[i]) / (t + 1.0)
