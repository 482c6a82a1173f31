"""Import every module of the installed package, and say how many. Run as a script, from any folder."""

from __future__ import annotations

import importlib
import pkgutil
import sys

__all__ = ["main"]


def main() -> int:
    """Import ``entraide`` and every module under it; the exit code is 0 when none fails."""
    import entraide

    # Starting the command or the dashboard's server is not an import: such files are named __main__.
    names = ["entraide"] + [
        module.name
        for module in pkgutil.walk_packages(entraide.__path__, "entraide.")
        if not module.name.endswith("__main__")
    ]
    for name in names:
        importlib.import_module(name)
    version = ".".join(str(part) for part in sys.version_info[:3])
    print(f"{len(names)} modules of entraide {entraide.__version__} imported on Python {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
