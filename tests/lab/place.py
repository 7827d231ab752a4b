# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths: the work tree, the build, the directory of a lab by name."""

import hashlib
import os
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
INSIDE = TREE / "tests" / "lab" / "inside"

# Each program is built in the directory of its sources.
PROGRAM_DIRECTORIES = ("backend/agent", "app/cli", "ui")


def default_name():
    """A name per work tree, so that two checkouts do not share a lab by accident."""
    return f"{TREE.name}-{hashlib.sha256(str(TREE).encode()).hexdigest()[:6]}"


def default_build():
    return Path(os.environ.get("NICTEAM_BUILD") or TREE / "build" / "dev")


def base():
    """The directory of all labs of this user. In /tmp: sockets' paths must be short."""
    # In the system of ./dev every user is root.
    return Path(f"/tmp/nicteam-lab-{os.environ.get('NICTEAM_USER_ID') or os.getuid()}")


def directory(name):
    return base() / name


def program_path(build):
    """The PATH for the programs of the build, on servers and on the console's side."""
    programs = [str(Path(build) / part) for part in PROGRAM_DIRECTORIES]
    return ":".join(programs + ["/usr/sbin", "/usr/bin", "/sbin", "/bin"])
