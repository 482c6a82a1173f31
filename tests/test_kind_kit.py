"""The test kit of production kinds: every kind passes it, and it says what a kind lacks that does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import kind_chance
import numpy as np
import pytest
from house import REPOSITORY
from kind_kit import CHECKS, Check, known_kinds, look, main

from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.contract import ProductionKind, ServiceDay
from entraide.model.random_numbers import Stream, binomial
from entraide.viz.kind_words import KIND_WORDS

# Made by other tests, for every kind and at greater length.
ELSEWHERE = ("contract", "twin")
BY_NAME = {check.name: check for check in CHECKS}


# A third of the kinds in each run: what the kit asks of a kind, contract, twins and worlds ask of every one each time.
KINDS = [
    pytest.param(kind, marks=pytest.mark.long if place % 3 else pytest.mark.slow)
    for place, kind in enumerate(known_kinds())
]


@pytest.mark.parametrize("check", [check for check in CHECKS if check.name not in ELSEWHERE], ids=lambda c: c.name)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_whole(kind: str, check: Check) -> None:
    holds, said = look(check, kind)
    print(f"{kind}, {check.name}: {said}")
    assert holds, said


def test_checks_come_in_the_order_of_the_page_and_of_what_they_need() -> None:
    steps = [check.step for check in CHECKS]
    assert steps == sorted(steps)
    for number, check in enumerate(CHECKS):
        assert set(check.needs) <= {earlier.name for earlier in CHECKS[:number]}
    page = (REPOSITORY / "docs" / "how-to" / "add-a-production-kind.md").read_text(encoding="utf-8")
    for step in sorted(set(steps)):
        assert f"\n## {step}. " in page, f"the page has no step {step}"


def test_a_kind_that_is_not_there_is_told_what_to_write_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["qeue"]) == 1
    told = capsys.readouterr().out
    print(told)
    assert "there is no model/production/qeue.py (step 1 of docs/how-to/add-a-production-kind.md)" in told
    assert "nearest kind that there is: queue" in told
    assert main([]) == 1
    assert "which kind? alert, burst" in capsys.readouterr().out


Queue: type[ProductionKind] = type(PRODUCTION_KINDS["queue"])


class Hoards(Queue):  # type: ignore[misc, valid-type]
    """Remembers a day outside its columns."""

    seen = 0

    def arrive(self, today: ServiceDay, arisen: Any) -> None:
        self.seen += 1
        super().arrive(today, arisen)


class Invents(Queue):  # type: ignore[misc, valid-type]
    """Delivers one unit a day and zone of its own making."""

    def produce(self, today: ServiceDay, given: Any) -> None:
        super().produce(today, given)
        today.account.delivered_by_citizens += 1


class Overworks(Queue):  # type: ignore[misc, valid-type]
    """Its staff do one unit more than they can."""

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        super().backstop(today, capacity + 1, youngest)


class Overflows(Queue):  # type: ignore[misc, valid-type]
    """A column is declared narrower than it grows."""

    columns = tuple(replace(c, high=3) if c.name == "tasks_open" else c for c in Queue.columns)


class Squanders(Queue):  # type: ignore[misc, valid-type]
    """Costs that nobody can add up, under a name that nobody records."""

    def costs(self, today: ServiceDay) -> dict[str, float]:
        return {"cost_of_tea": float("nan")}


class Forecasts(Queue):  # type: ignore[misc, valid-type]
    """Tells contributors that twice of what they gave was used."""

    def used_in_time(self, today: ServiceDay, past_day: int) -> Any:
        return 2.0 * np.ones(len(today.account.due))


class Answers(Queue):  # type: ignore[misc, valid-type]
    """Has a method that the engine never calls."""

    def yearly_costs(self) -> float:
        return 1.0


class Conjures(Queue):  # type: ignore[misc, valid-type]
    """Pays agents for visits although nobody gave anything."""

    def settle(self, today: ServiceDay) -> None:
        super().settle(today)
        today.account.visits += 1


class Hurries(Queue):  # type: ignore[misc, valid-type]
    """Its staff take needs of any age."""

    def backstop(self, today: ServiceDay, capacity: int, youngest: int) -> None:
        super().backstop(today, capacity, 0)


Initiative: type[ProductionKind] = type(PRODUCTION_KINDS["parallel-initiative"])


class Zoneless(Initiative):  # type: ignore[misc, valid-type]
    """A draw whose key holds the day and no zone."""

    def settle(self, today: ServiceDay) -> None:
        super().settle(today)
        today.account.visits += binomial(40, 0.5, today.keys[Stream.LOSS], 0, today.day)


class Dayless(Initiative):  # type: ignore[misc, valid-type]
    """A draw whose key holds the zone and no day."""

    def settle(self, today: ServiceDay) -> None:
        super().settle(today)
        today.account.visits += [binomial(40, 0.5, today.keys[Stream.LOSS], z, 0) for z in (0, 1)]


@pytest.mark.parametrize(
    ("faulty", "check", "said"),
    [
        (Invents, "books balance", "arisen - delivered - lapsed - withdrawn"),
        (Overworks, "books balance", "staff deliver"),
        (Overflows, "within bounds", "column tasks_open reaches"),
        (Forecasts, "within bounds", "used_in_time() returns"),
        (Hoards, "resumes from its columns", "state belongs in columns"),
        (Conjures, "nothing comes of nothing", "agents are paid"),
        (Hurries, "staff wait for age", "staff have taken"),
        (Zoneless, "chance by zone and day", "is the zone in every key"),
        (Dayless, "chance by zone and day", "is the day in every key"),
        (Squanders, "costs", "which nobody records"),
        (Answers, "declared", "which the engine never asks for"),
        (Invents, "twin", "kind "),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_the_kit_sees_a_faulty_kind(
    faulty: type[ProductionKind], check: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = "queue" if issubclass(faulty, Queue) else "parallel-initiative"
    monkeypatch.setitem(PRODUCTION_KINDS, kind, faulty())
    holds, told = look(BY_NAME[check], kind)
    print(told)
    assert not holds
    assert said in told
    assert f"(step {BY_NAME[check].step} of docs/how-to/add-a-production-kind.md)" in told


def test_the_kit_sees_a_stream_that_the_engine_draws_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tmp_path / "model" / "production"
    planted.mkdir(parents=True)
    (planted / "queue.py").write_text("mine = keys[Stream.TASKS], keys[Stream.LOSS]\n")
    (tmp_path / "model" / "engine.py").write_text("theirs = keys[Stream.TASKS, j]\n")
    monkeypatch.setattr(kind_chance, "REPOSITORY", tmp_path)
    holds, told = look(BY_NAME["streams"], "queue")
    print(told)
    assert not holds
    assert "Stream.TASKS is one that the engine draws from" in told


def test_the_kit_sees_words_that_are_the_same_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KIND_WORDS, "stock", {"en": KIND_WORDS["stock"]["en"], "fr": KIND_WORDS["stock"]["en"]})
    holds, told = look(BY_NAME["words"], "stock")
    print(told)
    assert not holds
    assert "same in both languages" in told
