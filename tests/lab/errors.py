# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors of a lab, with messages for its user."""


class LabError(Exception):
    """The message states the problem and, if known, a solution."""
