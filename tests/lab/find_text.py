#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""find_text.py TEXT: is it the name of anything in any window? Status 0 if so."""

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def shows(node, text):
    try:
        if text in (node.get_name() or ""):
            return True
        return any(shows(node.get_child_at_index(index), text) for index in range(node.get_child_count()))
    except (GLib.Error, AttributeError):
        # It went away while we looked.
        return False


def main():
    return 0 if shows(Atspi.get_desktop(0), sys.argv[1]) else 1


if __name__ == "__main__":
    sys.exit(main())
