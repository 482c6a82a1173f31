"""The registry of state: every column once, with type, unit, range, rule, half-life and source.

Allocation, snapshots, resume, memory estimates and the documented state table all loop over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CITIZEN_COLUMNS",
    "DRAWN_ONCE",
    "INVOLVEMENT_COLUMNS",
    "OF_ITS_KIND",
    "THRESHOLD_COLUMN",
    "ZONE_COLUMNS",
    "Column",
    "allocate",
    "bytes_per_row",
    "record_type",
    "shared_type",
]

# What a column that never moves says of its rule, and what one of a production kind says that has no finer word for it.
DRAWN_ONCE = "drawn once"
OF_ITS_KIND = "moved by its production kind, in demand, production and administration"


@dataclass(frozen=True)
class Column:
    """One column of the state.

    Attributes
    ----------
    name, dtype, unit : ``unit`` says how the stored number is read ("1/65535": divide by 65,535).
    shape : "citizen", "service x citizen", "zone", "service x zone", "service", and for production kinds
        "age x zone", "day x zone" and shapes of their own.
    low, high : range of the meaning, after decoding.
    rule : how it moves.
    half_life : parameter that holds it, "" where nothing fades.
    source : where the rule comes from; of what is drawn once, the parameters of its law have their own.
    meaning : one sentence.
    static : drawn once, never moved.

    Raises
    ------
    ValueError : the rule says "drawn once" of a column that moves, or something else of one that does not.
    """

    name: str
    dtype: str
    shape: str
    unit: str
    low: float
    high: float
    meaning: str
    rule: str = OF_ITS_KIND
    half_life: str = ""
    source: str = "this model"
    static: bool = False

    def __post_init__(self) -> None:
        if (self.rule == DRAWN_ONCE) != self.static:
            raise ValueError(f"{self.name}: the rule {self.rule!r}, and static is {self.static}")


def _citizen(name: str, dtype: str, unit: str, low: float, high: float, meaning: str, **more: Any) -> Column:
    if more.get("static"):
        more = {"rule": DRAWN_ONCE, "source": "page of parameters", **more}
    return Column(name, dtype, "citizen", unit, low, high, meaning, **more)


def _tie(name: str, dtype: str, unit: str, low: float, high: float, meaning: str, **more: Any) -> Column:
    return Column(name, dtype, "service x citizen", unit, low, high, meaning, **more)


CITIZEN_COLUMNS: tuple[Column, ...] = (
    _citizen("group", "uint8", "index", 0, 254, "social group (age band x diploma)", static=True),
    _citizen("eligible", "uint8", "0/1", 0, 1, "old enough to contribute and not removed", static=True),
    _citizen(
        "cooperation",
        "uint8",
        "0, 1, 2",
        0,
        2,
        "cooperation type: free rider, conditional, unconditional",
        rule="drifts by a transition chance per pleasing or disappointing outcome",
        source="Fischbacher, Gaechter & Fehr 2001; Andreozzi et al. 2020",
    ),
    _citizen("adversary", "uint8", "0/1", 0, 1, "answers wrongly on purpose", static=True),
    _citizen("log_devotion", "int16", "1/2048", -16, 16, "log of devotion, mean devotion 1", static=True),
    _citizen("log_spare", "int16", "1/2048", -16, 16, "log of median spare minutes a day", static=True),
    _citizen("log_exposure", "int16", "1/2048", -16, 16, "log of exposure to needs, mean exposure 1", static=True),
    _citizen("session_length", "int16", "1/2048", -16, 16, "normal score of personal session length", static=True),
    _citizen("altruism", "uint8", "1/32", 0, 8, "individual weight of altruism, mean 1", static=True),
    _citizen("pleasure", "uint8", "1/32", 0, 8, "individual weight of pleasure, mean 1", static=True),
    _citizen("reputation_motive", "uint8", "1/32", 0, 8, "individual weight of reputation, mean 1", static=True),
    _citizen("currency_motive", "uint8", "1/32", 0, 8, "individual weight of rewards, mean 1", static=True),
    _citizen("digital", "uint8", "1/255", 0, 1, "digital capability", static=True),
    _citizen(
        "trust",
        "uint16",
        "1/65535",
        0,
        1,
        "trust in the administration",
        rule="up by a(1-x) on success, down by q a x on failure or silence; fades to one half",
        half_life="trust_half_life",
    ),
    _citizen(
        "crowding",
        "uint16",
        "1/65535",
        0,
        1,
        "persistent crowding-out of one's own motives by pay",
        rule="up by a(1-x) at each paid contribution; fades to 0",
        half_life="crowding_half_life",
    ),
    _citizen(
        "fatigue",
        "float32",
        "share of the threshold",
        0,
        np.inf,
        "recent daily load over the fatigue threshold",
        rule="moving average of minutes given",
        half_life="fatigue_half_life",
    ),
    _citizen("credits", "int32", "credit-minutes", 0, 2**31 - 1, "time credits held", rule="earned, spent and expired"),
    _citizen("reputation", "int32", "tasks", 0, 2**31 - 1, "tasks contributed in all", rule="grows by tasks"),
    _citizen(
        "touched",
        "int16",
        "day",
        -1,
        32767,
        "day to which trust, crowding and fatigue are up to date",
        rule="set when they are brought up to date: at a prompt, when told of an outcome, at a shock of trust",
    ),
)

INVOLVEMENT_COLUMNS: tuple[Column, ...] = (
    _tie(
        "stage",
        "uint8",
        "0-6",
        0,
        6,
        "unaware, aware, active with drop-out undecided, active, departed, settled once and for all, not admitted",
        rule="awareness, first contribution, drop-out",
    ),
    _tie("times", "uint16", "contributions", 0, 65535, "how often this person has contributed", rule="+1 a session"),
    _tie("last", "int16", "day", -1, 32767, "day of the last session, or of becoming aware", rule="set on the day"),
    _tie(
        "refreshed",
        "int16",
        "day",
        -1,
        32767,
        "day to which habit, satiation and efficacy are up to date",
        rule="set when they are brought up to date: at a prompt or when told of an outcome; set on hearing as well",
    ),
    _tie(
        "satiation",
        "float32",
        "tasks x eta",
        0,
        np.inf,
        "novelty worn off",
        rule="grows per task; fades to 0",
        half_life="satiation_days (e-folding)",
        source="Rodrigues et al. 2022",
    ),
    _tie("skill", "uint16", "1/65535", 0, 1, "skill", rule="up by g(1-x) per task; does not fade"),
    _tie(
        "efficacy",
        "uint16",
        "1/65535",
        0,
        1,
        "belief that one's contribution is of use",
        rule="up by a(1-x) on success, down by q a x on failure or silence; fades to one half",
        half_life="efficacy_half_life",
        source="Sjoberg, Mellon & Peixoto 2017",
    ),
    _tie(
        "habit",
        "uint16",
        "1/65535",
        0,
        1,
        "habit",
        rule="up by g(1-x) per contribution; fades to 0",
        half_life="habit_half_life",
        source="habit at 95 % after 66 repetitions",
    ),
    _tie(
        "neighbours_active",
        "float32",
        "contributions, as of a past day",
        0,
        np.inf,
        "recent contributions of neighbours, pushed by those who act",
        rule="+1 for each contribution of a neighbour; fades to 0",
        half_life="neighbour_half_life",
        source="Frey & Meier 2004 (sign)",
    ),
)

ZONE_COLUMNS: tuple[Column, ...] = (
    Column(
        "need",
        "float64",
        "service x zone",
        "share",
        0,
        1,
        "unmet need: smoothed share of needs not met in time",
        rule="moving average with a half-life of 7 days",
    ),
    Column(
        "prompt_factor",
        "float64",
        "service x zone",
        "1",
        0,
        4,
        "how much more often needs meet people than at the norm",
        rule="open needs over the number open when each lasts the norm's delay; 0 when nothing waits online",
    ),
    Column(
        "spendability",
        "float64",
        "zone",
        "share",
        0,
        1,
        "recent share of attempts to spend credits that were served",
        rule="moving average",
        half_life="spendability_half_life",
    ),
    Column(
        "published",
        "float64",
        "service x zone",
        "share",
        0,
        21,
        "share of people whom everybody sees taking part; over 1 where progress counts for more than activity",
        rule="contributions per inhabitant of the last 30 days, unless the production kind shows something else",
    ),
    Column(
        "members",
        "int64",
        "service x zone",
        "people",
        0,
        2**40,
        "people who contributed once and for all and are still there",
        rule="+1 a first contribution; leave at the departure rate",
    ),
    Column(
        "administration_trust",
        "float64",
        "service",
        "1",
        0,
        1,
        "the administration's trust in citizens",
        rule="up by a(1-x) when measured error is under the norm, down by q a x over it",
    ),
    Column(
        "measured_error",
        "float64",
        "service",
        "share",
        0,
        1,
        "error seen by the administration",
        rule="moving average with a half-life of 30 days, on days on which it sees contributions; begins at the norm",
    ),
    Column(
        "forecast_short",
        "uint8",
        "service",
        "0/1",
        0,
        1,
        "service in time of the last 7 days under its norm",
        rule="set each day by the administration",
    ),
    Column(
        "backstop_scale",
        "float64",
        "service",
        "1",
        0.25,
        4,
        "size of the last resort, as evaluations have set it",
        rule="x 1.25 where the service measured is under its norm, x 0.9 where it is well over it",
    ),
    Column(
        "aware",
        "int64",
        "service",
        "people",
        0,
        2**40,
        "people aware, active or not",
        rule="+1 for who hears of the service, -1 for who forgets it or leaves",
    ),
)

THRESHOLD_COLUMN = _tie(
    "threshold",
    "uint16",
    "1/65536",
    0,
    1,
    "ceiling of today's chance of hearing or being prompted; 0: out of reach",
    rule="raised when the chance rises, lowered when it is next looked at",
    source="decision 4, who is looked at",
)


def record_type(columns: Iterable[Column]) -> np.dtype[np.void]:
    """Return the packed record that holds one row of these columns.

    Rows, not columns: whoever is looked at is looked at whole, so one cache line serves a decision.
    """
    return shared_type(tuple((column.name, column.dtype) for column in columns))


@cache
def shared_type(fields: tuple[tuple[str, str], ...]) -> np.dtype[np.void]:
    """Return the record of these fields, names and types, the same object each time.

    A compiled function knows a type at once by the object. Of an equal one it compares every field, at each call: 7
    microseconds for the columns of a citizen.
    """
    return np.dtype(list(fields))


def bytes_per_row(columns: Iterable[Column]) -> int:
    """Return the bytes that one row of these columns takes."""
    return sum(np.dtype(column.dtype).itemsize for column in columns)


def allocate(columns: Iterable[Column], sizes: Mapping[str, tuple[int, ...]]) -> dict[str, NDArray[Any]]:
    """Return zero-filled arrays by column name; ``sizes`` maps each column's ``shape`` to array dimensions."""
    return {column.name: np.zeros(sizes[column.shape], column.dtype) for column in columns}
