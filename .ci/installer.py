"""Fresh environments in seconds: uv where it works, looking wherever pip looks on this machine; else pip.

What users type is pip, and is tried word for word by the README's commands. Here many environments are filled one after
the other only to use what is in them, and pip takes a minute or two for each: half of it to compile modules that nobody
imports, a third to decide on versions.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["fresh_environment", "install", "told_to_uv"]

# Setting of pip -> option of uv.
_OPTIONS = {
    "index-url": "default-index",
    "extra-index-url": "index",
    "find-links": "find-links",
    "constraint": "constraint",
    "trusted-host": "allow-insecure-host",
}


def told_to_uv(settings: str) -> tuple[list[str], dict[str, str]]:
    """Return the options and variables with which uv looks where pip looks.

    Parameters
    ----------
    settings : what ``pip config list`` prints.
    """
    found: dict[str, list[str]] = {}
    # What comes later counts: the nearer files, then the environment.
    lines = sorted(settings.splitlines(), key=lambda line: line.startswith(":env:"))
    for name, value in re.findall(r"^(?:global|install|:env:)\.([\w-]+)=(.*)$", "\n".join(lines), re.M):
        told = str(ast.literal_eval(value))
        values = [told] if name == "cert" else told.split()
        # pip takes one index and one file of certificates, and all of the others that it is told.
        found[name] = values if name in ("index-url", "cert", "no-index") else [*found.get(name, []), *values]
    # All indices count, as they do for pip: by default uv stops at the first that knows a name.
    options = ["--index-strategy=unsafe-best-match"]
    options += [
        f"--{option}={each}" for name, option in _OPTIONS.items() for each in dict.fromkeys(found.get(name, []))
    ]
    if found.get("no-index", ["false"])[0].lower() in ("1", "true", "yes", "on"):
        options.append("--no-index")
    variables = {"UV_HTTP_TIMEOUT": "180", **({"SSL_CERT_FILE": found["cert"][0]} if found.get("cert") else {})}
    return options, variables


def fresh_environment(interpreter: str | Path, environment: Path) -> None:
    """Make an environment that has pip.

    Raises
    ------
    subprocess.CalledProcessError : neither uv nor venv could.
    """
    if not _uv(["venv", "--seed", "--python", str(interpreter), str(environment)], left_out="--constraint"):
        subprocess.run([str(interpreter), "-m", "venv", str(environment)], check=True, stdin=subprocess.DEVNULL)


def install(environment: Path, *what: str | Path) -> None:
    """Install requirements or archives into an environment.

    Raises
    ------
    subprocess.CalledProcessError : neither uv nor pip could.
    """
    python, wanted = str(environment / "bin" / "python"), [str(each) for each in what]
    if not _uv(["pip", "install", "--python", python, *wanted]):
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True, stdin=subprocess.DEVNULL)


def _uv(words: Sequence[str], left_out: str = "") -> bool:
    """Tell whether uv did it; what it says of a failure is printed.

    Parameters
    ----------
    left_out : an option that this command of uv does not know.
    """
    try:
        # Told to be quiet, pip lists nothing.
        listed = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"],
            env={**os.environ, "PIP_QUIET": "0"}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        options, variables = told_to_uv(listed.stdout)
        known = [option for option in options if not left_out or not option.startswith(left_out)]
        subprocess.run(
            [sys.executable, "-m", "uv", *words, "--quiet", *known],
            env={**os.environ, **variables}, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    except (subprocess.CalledProcessError, OSError, ValueError, SyntaxError) as fault:
        print(f"uv could not, pip is asked: {str(getattr(fault, 'stderr', None) or fault).strip()[-2000:]}", flush=True)
        return False
    return True
