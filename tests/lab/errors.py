# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong with a lab, in words for whoever uses it."""


class LabError(Exception):
    """Says what was wrong and, where that is known, what to do."""
