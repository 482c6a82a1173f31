"""Compiled kernels kept on disk are never older than the helpers that they use.

Numba watches the file that holds a kernel, not those whose helpers it calls: with one folder for all time, an edited
helper would go on computing what it did before.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from plain_engine import copy_model, plant, run_on_copy

# Needs of four zones: a kernel of demand.py, whose helper poisson stands in random_numbers.py.
ASK = """
import numpy as np
from entraide.model import demand
arisen = np.zeros(4, np.int64)
demand.draw_needs(np.full(4, 5.0), np.ones(4), 3, np.uint32(7), arisen)
print(demand.__file__)
print(arisen.tolist(), "from disk" if sum(demand.draw_needs.stats.cache_hits.values()) else "compiled")
"""
HELPER = ("random_numbers.py", "product = np.uint64(left) * np.uint64(0xD256D193)",
          "product = np.uint64(left) * np.uint64(0xD256D195)")  # fmt: skip
WHOLE_ROOM = ('sorted(room.rglob("*.py"))', "[Path(__file__)]")


def _ask(folder: Path) -> tuple[str, str]:
    """Return the needs that the copy draws, and whether its kernel was on disk already."""
    done = run_on_copy(folder, "-c", ASK, NUMBA_CACHE_DIR="", XDG_CACHE_HOME=str(folder / "cache"))
    assert done.returncode == 0, done.stderr
    file, answer = done.stdout.splitlines()
    assert file.startswith(str(folder))
    needs, origin = answer.rsplit("]", 1)
    return needs, origin.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the model that has its kernel on disk."""
    copy_model(tmp_path, compiled=True)
    first, again = _ask(tmp_path), _ask(tmp_path)
    assert (first[1], again[1]) == ("compiled", "from disk")
    assert first[0] == again[0]
    return tmp_path


@pytest.mark.slow
def test_editing_a_helper_moves_the_result_although_its_kernel_is_on_disk(copy: Path) -> None:
    before, _ = _ask(copy)
    plant(copy / "entraide" / "model", *HELPER)
    after, origin = _ask(copy)
    print(f"before {before}], after {after}], {origin}")
    assert after != before
    assert origin == "compiled"
    assert _ask(copy) == (after, "from disk")


@pytest.mark.slow
def test_a_key_that_forgets_the_other_files_is_caught(tmp_path: Path) -> None:
    """The same steps with a key made of one file only: the kernel on disk is used, and the edit does nothing."""
    copy_model(tmp_path, compiled=True)
    model = tmp_path / "entraide" / "model"
    plant(model, "compilation.py", *WHOLE_ROOM)
    before, _ = _ask(tmp_path)
    plant(model, *HELPER)
    assert _ask(tmp_path) == (before, "from disk")
