#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""list-tests.py prints the suites of the build dev, and their test programs."""

import json
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2] / "build" / "dev" / "meson-info" / "intro-tests.json"


def main():
    if not TESTS.exists():
        sys.exit("Nothing is built yet: ./dev build")
    suites = {}
    for test in json.loads(TESTS.read_text()):
        suites.setdefault(test["suite"][0].split(":")[-1], []).append(test["name"])
    for suite, names in suites.items():
        print(suite)
        for name in sorted(names):
            print(f"  {name}")


if __name__ == "__main__":
    main()
