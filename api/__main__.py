"""The command as a module: ``python -m entraide``."""

from __future__ import annotations

from entraide.command_line import main

if __name__ == "__main__":
    main()
