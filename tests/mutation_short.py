"""Plants each mutant of mutation/short.toml that is of the risk measures, and says which tests see it; in one process.

    python tests/mutation_short.py [EVERY]    # in a copy made by house.link_package, with its packages on the path

EVERY is 1 unless it is given: 2 takes every second mutant.

Starting Python for each mutant would take longer than its tests: what may hold the fault is loaded anew instead.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import Phase, settings

__all__ = ["main"]

FOLDER = Path("tests") / "mutation"


def _forget() -> None:
    """Forget the measures and their tests, so that the next import reads the files again."""
    for name in [name for name in sys.modules if name.startswith(("entraide.model.risk", "test_risk"))]:
        del sys.modules[name]
    importlib.invalidate_caches()


def seen(tests: list[str]) -> bool:
    """Tell whether a test fails."""
    _forget()
    with contextlib.redirect_stdout(io.StringIO()):
        # Nobody reads what a failing assertion compared: rewriting it takes longer than most of these tests.
        options = ["-x", "-n0", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:randomly"]
        return pytest.main([*options, *(f"tests/{name}" for name in tests)]) == pytest.ExitCode.TESTS_FAILED


def main(every: int = 1) -> int:
    """Print one line for each mutant; the first is the sound copy, which no test may blame."""
    # That a mutant is seen is enough: nobody reads the smallest example, and looking for it takes half of the time.
    settings.register_profile("without shrinking", phases=(Phase.explicit, Phase.generate))
    settings.load_profile("without shrinking")
    read = lambda name: tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))  # noqa: E731
    tests, mutants = read("targets.toml")["targets"]["risk"], read("short.toml")["mutants"]
    import entraide.model.risk

    print(entraide.model.risk.__file__)
    print(
        f"sound copy: {'SEEN' if seen(['test_risk_continuity.py', 'test_risk_quality.py']) else 'passes'}", flush=True
    )
    for mutant in [each for each in mutants if each["module"] in tests][::every]:
        file = Path(mutant["module"])
        text = file.read_text(encoding="utf-8")
        if text.count(mutant["sound"]) != 1:
            print(f"{file}: CANNOT BE PLANTED {text.count(mutant['sound'])} lines hold {mutant['sound']}", flush=True)
            continue
        file.write_text(text.replace(mutant["sound"], mutant["faulty"]), encoding="utf-8")
        print(f"{file}: {'seen' if seen(tests[mutant['module']]) else 'NOT SEEN'} {mutant['faulty']}", flush=True)
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
