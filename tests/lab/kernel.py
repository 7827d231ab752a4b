# SPDX-License-Identifier: GPL-3.0-or-later
"""The kernel of a lab: the host's own, or user-mode-linux."""

import os
import shutil
import subprocess
from pathlib import Path

from errors import LabError

# The features that a lab needs, tested in a temporary network namespace. The kernel loads missing modules
# automatically; only bonding would then create a bond0 on the host.
PROBE = """
ip link add name veth0 type veth peer name veth1
ip link add name bridge0 type bridge
ip link add link veth0 name vlan2 type vlan id 2
"""


def _bonding_is_loaded():
    return Path("/sys/module/bonding").exists()


def _bonding_can_be_loaded():
    return os.getuid() == 0 and bool(shutil.which("modprobe")) and _succeeds("modprobe", "-n", "-q", "bonding")


def _succeeds(*argv):
    return subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def unshare_user():
    """Options of unshare that give a user without root rights those of root, in separate namespaces."""
    return [] if os.getuid() == 0 else ["--user", "--map-auto", "--map-root-user"]


def host_is_enough():
    """Returns True if the host's kernel has all features for a lab, or root can load them."""
    if not (_bonding_is_loaded() or _bonding_can_be_loaded()):
        return False
    return _succeeds("unshare", *unshare_user(), "--net", "sh", "-ec", PROBE)


def prepare_host():
    """Loads bonding if it is missing. Without max_bonds=0 the host would get a bond0."""
    if not _bonding_is_loaded() and not _succeeds("modprobe", "bonding", "max_bonds=0"):
        raise LabError("This machine's kernel has no bonding, and it could not be loaded: modprobe bonding max_bonds=0")


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
    """The processor that a new lab's kernel is bound to: labs take turns, unless NICTEAM_LAB_PROCESSOR selects one."""
    processors = sorted(os.sched_getaffinity(0))
    turn = int(os.environ.get("NICTEAM_LAB_PROCESSOR", os.getpid()))
    return processors[turn % len(processors)]


def uml_command(lab_directory, environment, memory):
    """The command line of a user-mode-linux kernel whose first process is inside/boot."""
    tree = environment["NICTEAM_TREE"]
    return [
        # It uses only one processor at a time, and each system call of its processes switches between two threads: on
        # one processor that is three times as fast.
        "taskset", "--cpu-list", str(_processor()),
        "linux.uml",
        f"mem={memory}M",
        "rootfstype=hostfs",
        "rootflags=/",
        "ro",
        f"init={tree}/tests/lab/inside/boot",
        # The console is not a terminal: no other consoles, no hang-ups.
        "con=null",
        "con0=fd:0,fd:1",
        "quiet",
        f"uml_dir={lab_directory}",
        "umid=uml",
        "vec0:transport=tap,ifname=tap0,depth=128,gro=1",
        f"NICTEAM_TREE={tree}",
        f"NICTEAM_LAB_DIR={lab_directory}",
    ]
