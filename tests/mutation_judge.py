"""Let small worlds live with the engine and with the twin of this folder, and say whether they agree.

python mutation_judge.py WORLD ...    # in a folder that holds a copy of twins/ and small_worlds.py
"""

from __future__ import annotations

import sys

import twins
from small_worlds import WORLDS
from twins.compare import live_together

if __name__ == "__main__":
    print(twins.__file__)
    for name in sys.argv[1:]:
        try:
            found, _, _ = live_together(WORLDS[name](), 1, 20)
        except Exception as fault:  # a twin that cannot live is no twin
            found = [repr(fault)]
        print(f"{name} differs: {'; '.join(found[:2])}" if found else f"{name} agrees")
