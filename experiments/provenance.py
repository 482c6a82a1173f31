"""Where a result comes from: enough to compute it again, and nothing about who computed it."""

from __future__ import annotations

import hashlib
import platform
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from entraide.model.parameters import Value
from entraide.scenarios.hashing import specification_hash
from entraide.scenarios.scenario import Scenario
from entraide.scenarios.schema import CURRENT_SCHEMA_VERSION

from .draws import Draws
from .parameters_from import parameters_from

__all__ = ["change_texts", "code_hash", "command_text", "package_version", "provenance", "utc_now"]

_MODEL = Path(__file__).resolve().parent.parent / "model"


def package_version(name: str = "entraide") -> str:
    """Return the version of an installed package, "" where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Return a hash of the simulator's source: replicates of two versions of it are never put together."""
    digest = hashlib.sha256()
    for path in sorted(_MODEL.rglob("*.py")):
        digest.update(path.relative_to(_MODEL).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def revision() -> str:
    """Return the git revision of the sources, with "+changes" where files differ from it; "" when installed."""
    root = _MODEL.parent
    if not (root / ".git").exists() or not shutil.which("git"):
        return ""
    texts = []
    for arguments in (["rev-parse", "HEAD"], ["status", "--porcelain", "--untracked-files=no"]):
        try:
            finished = subprocess.run(
                ["git", "-C", str(root), *arguments],
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                timeout=10,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        texts.append(finished.stdout.strip())
    return texts[0] + ("+changes" if texts[1] else "")


def utc_now() -> str:
    """Return the time, to the second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def command_text(scenario: Scenario, *, replicates: int, seed: int, own_file: bool, options: tuple[str, ...]) -> str:
    """Return the command that computes the same, its paths relative to the run's folder.

    ``own_file``: the scenario does not come with the package; the copy in the folder stands for it.
    """
    words = ["entraide", "run", "scenario.toml" if own_file else scenario.name]
    words += ["--replicates", str(replicates), "--seed", str(seed), "--days", str(scenario.days)]
    for change in change_texts(scenario.changes):
        words += ["--set", shlex.quote(change)]
    return " ".join([*words, *options])


def change_texts(changes: Mapping[str, Value]) -> list[str]:
    """Return changes as ``--set`` takes them."""
    return [f"{key}={str(value).lower() if isinstance(value, bool) else value}" for key, value in changes.items()]


def provenance(
    scenario: Scenario,
    *,
    seed: int,
    replicates: int,
    threads: int,
    command: str,
    started: str,
    duration: float,
    status: str,
    draws: Draws | None = None,
) -> Mapping[str, Any]:
    """Return where a result comes from, as a JSON document.

    Parameters
    ----------
    started : UTC time at which the run began.
    duration : seconds of computing, over all sittings of a run that was resumed.
    status : "complete", "interrupted" or "failed".
    draws : of parameters, that replicates took in turn; the parameters told are those without them.
    """
    specification = scenario.specification()
    parameters = {
        "citizens": dict(scenario.citizens),
        "services": {
            service.name: {
                "kind": service.kind,
                "parameters": dict(service.parameters),
                "reference": dict(service.reference),
                "administration_only": dict(service.administration_only),
            }
            for service in scenario.services
        },
    }
    return {
        "package": "entraide",
        "version": package_version(),
        "revision": revision(),
        "code_hash": code_hash(),
        "schema_version": CURRENT_SCHEMA_VERSION,
        "scenario": scenario.name,
        "scenario_hash": specification_hash(specification),
        "changes": dict(scenario.changes),
        "territory": {
            "title": specification.territory.title,
            "zones": specification.territory.zones,
            "inhabitants": specification.territory.inhabitants,
        },
        "start": scenario.start.isoformat(),
        "days": scenario.days,
        "seed": seed,
        "replicates": replicates,
        "threads": threads,
        "command": command,
        "started": started,
        "duration_seconds": round(duration, 3),
        "status": status,
        "versions": {
            "python": platform.python_version(),
            **{name: package_version(name) for name in ("numpy", "numba", "mesa", "pandas", "pyarrow")},
        },
        "machine": f"{platform.system()} {platform.machine()}",
        "parameters": parameters,
        "parameters_from": parameters_from(draws),
        "draws": None if draws is None else _drawn(scenario, draws),
    }


def _drawn(scenario: Scenario, draws: Draws) -> Mapping[str, Any]:
    """Return the draws, and the values that are stated instead of drawn."""
    stated = [
        {"service": each.service, "parameter": each.parameter, "value": each.value, "by": each.by}
        for each in draws.stated(scenario)
    ]
    hashes = [specification_hash(each) for each in draws.specifications(scenario)]
    return {**draws.document(), "stated": stated, "scenario_hashes": hashes}
