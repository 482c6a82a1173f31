"""Harness ``mailing``: requests sent at fixed dates to people who gave before; who answers the last one.

People join the file by accepting a first request; from then on each request is a prompt. Drop-out, the decision, and
what an acknowledged gift leaves behind are those of the simulation, kernel by kernel, in its order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.awareness import AWARE
from entraide.model.columns import INVOLVEMENT_COLUMNS, record_type
from entraide.model.compilation import kernel
from entraide.model.decisions import contribute
from entraide.model.drop_out import decide_drop_out
from entraide.model.errors import InputError
from entraide.model.fading import decay_table
from entraide.model.feedback import tell_contributors
from entraide.model.packing import fading_table
from entraide.model.parameters import Value
from entraide.model.random_numbers import Stream, uniform

from .harness import Setting, harness
from .observations import Requests
from .people import People, draw_people

__all__ = ["MAILING_SCALE", "Mailing", "simulate_mailing"]

MAILING_SCALE: Mapping[str, str] = {
    "people": "people in the file, who gave at least once",
    "months": "months from the first request to the last, whose answers are looked at",
    "request_gap_months": "months between two requests",
    "request_months_before": "months before the last request at which the others were made, in place of the two above",
    "months_since_first": "quantiles, evenly spaced, of the months since people's first gift, from the least to the "
    "most; two numbers: even between them; where not said, even over all months",
    "minutes": "minutes that one answer takes; the class's where not said",
    "within_the_day": "true: an answer must fit into the day of the request; where not said it may wait for the week",
    "success_share": "share of gifts that people learn were used, once acknowledged, 0-1; all where not said",
}
_DAYS_PER_MONTH = 30.4375
# A gift of money or of blood is used (assumption); whether the giver hears of it is the class's.
_SUCCESS = 1.0
# People asked for the first time for each one wanted in the file: enough where one in four accepts.
_ASKED_PER_PERSON = 4
# When somebody is first asked is the protocol's, not the model's.
_FIRST_ASKED = 0x3A11


@dataclass
class Mailing:
    """A mailing in progress.

    Attributes
    ----------
    people : those asked, whether or not they joined.
    first : int64[N], number of the request by which each is first asked.
    days : int64[requests], day of each request.
    answered : bool[requests, N].
    """

    people: People
    first: NDArray[np.int64]
    days: NDArray[np.int64]
    answered: NDArray[np.bool_]

    def joined(self, request: int) -> NDArray[np.bool_]:
        """Return who was in the file before a request: they answered the first one they got; bool[N]."""
        return (self.first < request) & self.answered[self.first, np.arange(len(self.first))]


@harness("mailing", Requests, MAILING_SCALE)
def simulate_mailing(setting: Setting) -> Requests:
    """Return who answered the last request, with the history of each before it; one row per person in the file.

    Raises
    ------
    InputError : fewer than three requests, or months that do not ascend.
    """
    mailing = _start(setting)
    _live(mailing, float(setting.scale.get("success_share", _SUCCESS)))
    return _requests(mailing, int(setting.scale["people"]))


def _start(setting: Setting) -> Mailing:
    """Return a mailing before its first request."""
    scale = setting.scale
    before = _months_before(scale)
    # A letter waits on the table: what it asks for is fitted into the week, as an appointment is.
    changes: dict[str, Value] = {"by_appointment": not scale.get("within_the_day", False)}
    if "minutes" in scale:
        changes["minutes_per_task"] = float(scale["minutes"])
    people = draw_people(setting, _ASKED_PER_PERSON * int(scale["people"]), changes)
    key = people.keys[Stream.ARRIVAL, 0] ^ np.uint32(_FIRST_ASKED)
    draws = np.empty(len(people.citizens))
    draw_first_asked(key, draws)
    quantiles = _ascending("months_since_first", scale.get("months_since_first", (0.0, before[-1])), 2)
    since = np.interp(draws, np.linspace(0.0, 1.0, len(quantiles)), quantiles)
    # Nobody is first asked by the last request; else by the one that lies nearest to so many months back.
    first = len(before) - 2 - np.searchsorted(0.5 * (before[1:-1] + before[2:]), since)
    days = np.round((before[-1] - before[::-1]) * _DAYS_PER_MONTH).astype(np.int64)
    return Mailing(people, first, days, np.zeros((len(before), len(draws)), np.bool_))


@kernel
def draw_first_asked(key, draws):
    """Fill in one uniform number for each person; ``draws`` float64[N]."""
    for i in range(len(draws)):
        draws[i] = uniform(key, i, 0, 0)


def _months_before(scale: Mapping[str, Any]) -> NDArray[np.float64]:
    """Return the months from each request to the last, that one first; ascending from 0."""
    if "request_months_before" in scale:
        return np.concatenate([[0.0], _ascending("request_months_before", scale["request_months_before"], 2)])
    months, gap = float(scale["months"]), float(scale["request_gap_months"])
    requests = int(months / gap) + 1
    if requests < 3:
        allowed = f"{2 * gap:g} or more: three requests"
        raise InputError("is too short", where="months", value=months, allowed=allowed)
    return gap * np.arange(requests, dtype=np.float64)


def _ascending(name: str, given: Sequence[float], least: int) -> NDArray[np.float64]:
    """Return numbers that ascend, at least so many of them."""
    numbers = np.array([float(number) for number in given])
    if len(numbers) < least or numbers[0] < 0.0 or np.any(np.diff(numbers) <= 0.0):
        allowed = f"at least {least} numbers, ascending, none below 0"
        raise InputError("are not months in order", where=name, value=list(given), allowed=allowed)
    return numbers


def _live(mailing: Mailing, success: float) -> None:
    """Send every request in turn; fill in who answered."""
    people = mailing.people
    number = len(people.citizens)
    last_day = int(mailing.days[-1]) + 1
    decay, fading = decay_table(people.shared, last_day), fading_table(people.services, last_day)
    involvement = np.zeros((1, number), record_type(INVOLVEMENT_COLUMNS))
    involvement["efficacy"], involvement["stage"] = 32768, AWARE
    threshold = np.zeros((1, number), np.uint16)
    everybody, zone = np.array([0, number]), np.zeros(number, np.int32)
    used, one, nobody = np.full(1, success), np.ones(1), np.zeros(1)
    # The intercept of the decision is set at half of the need unmet; nothing is published, no neighbour is known.
    need, published = np.full((1, 1), 0.5), np.zeros((1, 1))
    columns = [np.zeros(number, kind) for kind in ("i4", "u1", "i4", "i4", "i8", "f8", "u1", "u1")]
    staying = np.empty(number, np.int32)
    delay = int(people.services[0]["acknowledgement_delay"])
    for request, day in enumerate(mailing.days):
        asked = np.flatnonzero(mailing.joined(request) | (mailing.first == request)).astype(np.int32)
        new = mailing.first == request
        involvement["refreshed"][0, new] = involvement["last"][0, new] = day
        still, _ = decide_drop_out(
            people.citizens, involvement, threshold, 0, asked, people.services, people.shared, decay, day,
            people.keys[Stream.DROP_OUT, 0], staying,
        )  # fmt: skip
        acts = contribute(
            people.citizens, involvement, threshold, staying[:still], np.zeros(still, np.uint8), everybody, 0,
            people.services, people.shared, fading, decay, need, published, one, nobody, one, 1.0, day, people.keys,
            *columns, np.zeros((1, 4)), np.zeros(1, np.int64),
        )  # fmt: skip
        givers = columns[0][:acts].copy()
        mailing.answered[request, givers] = True
        if request + 1 < len(mailing.days):
            told = min(int(day) + delay, int(mailing.days[request + 1]))
            tell_contributors(
                people.citizens, involvement, threshold, 0, givers, zone, used, people.services, people.shared, decay,
                told, people.keys, 0.0, 1.0, 0.0,
            )  # fmt: skip


def _requests(mailing: Mailing, wanted: int) -> Requests:
    """Return the last request as it is observed."""
    last = len(mailing.days) - 1
    person = np.flatnonzero(mailing.joined(last))[:wanted]
    before = mailing.answered[:last, person]
    gifts = before.sum(axis=0)
    latest = last - 1 - np.argmax(before[::-1], axis=0)
    return Requests(
        answered=mailing.answered[last, person],
        months_since=(mailing.days[last] - mailing.days[latest]) / _DAYS_PER_MONTH,
        past_gifts=gifts.astype(np.int64),
        past_share=gifts / (last - mailing.first[person]),
        answered_last=before[-1],
    )
