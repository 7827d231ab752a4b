# SPDX-License-Identifier: GPL-3.0-or-later
"""Which kernel a lab runs on: the host's own, or user-mode-linux."""

import os
import shutil
import subprocess
from pathlib import Path

from errors import LabError

NEEDED = ("bonding", "8021q", "veth", "bridge")


def _has(module):
    return (Path("/sys/module") / module).exists() or f"/{module}.ko" in _builtin()


def _builtin():
    listing = Path("/lib/modules") / os.uname().release / "modules.builtin"
    try:
        return listing.read_text()
    except OSError:
        return ""


def _can_load(module):
    if os.getuid() != 0 or not shutil.which("modprobe"):
        return False
    return subprocess.run(["modprobe", "-n", "-q", module], check=False).returncode == 0


def host_is_enough():
    """Whether the host's kernel has all that a lab needs, or root can load it."""
    return all(_has(module) or _can_load(module) for module in NEEDED)


def load_host_modules():
    """Loads what is missing. Without max_bonds=0 the host would get a bond0 that nobody asked for."""
    for module in NEEDED:
        if not _has(module):
            options = ["max_bonds=0"] if module == "bonding" else []
            subprocess.run(["modprobe", module, *options], check=True)


def choose():
    """'host' or 'uml'; NICTEAM_LAB_KERNEL overrides."""
    wanted = os.environ.get("NICTEAM_LAB_KERNEL")
    if wanted:
        if wanted not in ("host", "uml"):
            raise LabError(f"NICTEAM_LAB_KERNEL is “{wanted}”; it can be “host” or “uml”.")
        return wanted
    if host_is_enough():
        return "host"
    if not shutil.which("linux.uml"):
        raise LabError(
            "This machine's kernel has no bonding or 802.1Q, and user-mode-linux is not installed. "
            "Install the package user-mode-linux, or use ./dev, which does."
        )
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        raise LabError("The lab needs /dev/net/tun. Load it with: modprobe tun")
    return "uml"


def _processor():
    """Which processor a new lab's kernel is bound to: labs take turns."""
    processors = sorted(os.sched_getaffinity(0))
    return processors[os.getpid() % len(processors)]


def uml_command(lab_directory, environment, memory):
    """The command line of a user-mode-linux kernel whose first process is inside/boot."""
    tree = environment["NICTEAM_TREE"]
    return [
        # It uses one processor at a time anyway, and each system call of its processes is a
        # change between two threads: on one processor that is three times faster.
        "taskset", "--cpu-list", str(_processor()),
        "linux.uml",
        f"mem={memory}M",
        "rootfstype=hostfs",
        "rootflags=/",
        "ro",
        f"init={tree}/tests/lab/inside/boot",
        # As the console is not a terminal: no other consoles, no hang-ups.
        "con=null",
        "con0=fd:0,fd:1",
        "quiet",
        f"uml_dir={lab_directory}",
        "umid=uml",
        "vec0:transport=tap,ifname=tap0,depth=128,gro=1",
        f"NICTEAM_TREE={tree}",
        f"NICTEAM_LAB_DIR={lab_directory}",
    ]
