"""Every production kind is under contract, and its contract is all that the engine asks it."""

from __future__ import annotations

import importlib

import pytest
from house import REPOSITORY
from production_contract import ZONES, Contract
from production_days import Bench

from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.contract import ProductionKind, column_sizes


def test_a_public_service_hands_nothing_over() -> None:
    bench = Bench("queue", ZONES, {}, with_twin=False)
    with pytest.raises(LookupError, match="hands nothing over"):
        bench.kind.hand_over(None, None)  # type: ignore[arg-type]


def test_a_kind_answers_no_question_that_nobody_asks() -> None:
    """What the engine calls is in the contract: a method beside it, such as a cost, would never be heard."""
    asked = {name for name in dir(ProductionKind) if not name.startswith("_")}
    for kind in PRODUCTION_KINDS.values():
        assert {name for name in dir(kind) if not name.startswith("_")} - asked <= {"name", "columns"}, kind.name


def contracts(base: type[Contract]) -> list[type[Contract]]:
    """Return every class that states what a kind promises."""
    return [each for child in base.__subclasses__() for each in (child, *contracts(child))]


def test_every_kind_is_under_contract() -> None:
    """What a kind promises is stated in the module of its name, and nowhere else."""
    for path in sorted((REPOSITORY / "tests").glob("test_contract_*.py")):
        importlib.import_module(path.stem)
    stated_in = {(contract.__module__, contract.kind) for contract in contracts(Contract)}
    assert stated_in == {(f"test_contract_{kind.replace('-', '_')}", kind) for kind in PRODUCTION_KINDS}
    for name, kind in PRODUCTION_KINDS.items():
        assert kind.name == name
        bench = Bench(name, ZONES, {}, with_twin=False)
        sizes = column_sizes(kind, bench.record, bench.own, bench.place)
        assert {column.shape for column in kind.columns} <= set(sizes)
        assert len({column.name for column in kind.columns}) == len(kind.columns)
