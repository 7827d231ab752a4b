#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""with_syscall_filter.py UNIT COMMAND… runs a command with the system call filter of a unit, as systemd would load it.

systemd itself says what its groups of system calls are, and libseccomp, which it uses, makes the filter.
"""

import ctypes
import os
import subprocess
import sys

# seccomp.h
SCMP_ACT_ALLOW = 0x7FFF0000
SCMP_ACT_ERRNO_EPERM = 0x00050001


def expand(word):
    """The system calls that a word stands for: itself, or those of a group."""
    if not word.startswith("@"):
        return {word}
    # It would tell the service manager of its own end.
    env = {name: value for name, value in os.environ.items() if name != "NOTIFY_SOCKET"}
    command = ["systemd-analyze", "syscall-filter", word]
    text = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=env, check=True).stdout
    members = [line.strip() for line in text.splitlines()[1:]]
    return set().union(*(expand(member) for member in members if member and not member.startswith("#")))


def read_allowed(unit):
    allowed = set()
    with open(unit) as file:
        for line in file:
            key, _, value = line.strip().partition("=")
            if key == "SystemCallFilter" and value.startswith("~"):
                allowed -= expand(value[1:])
            elif key == "SystemCallFilter":
                allowed |= expand(value)
    # systemd adds what a process needs to start at all.
    return allowed | expand("@default") | {"execve"}


def load(names):
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(SCMP_ACT_ERRNO_EPERM))
    for name in names:
        number = library.seccomp_syscall_resolve_name(name.encode())
        # Some are of other processors.
        if number >= 0 and library.seccomp_rule_add(context, SCMP_ACT_ALLOW, number, 0) != 0:
            raise SystemExit(f"cannot allow {name}")
    if library.seccomp_load(context) != 0:
        raise SystemExit("cannot load the filter")


def main():
    unit, *command = sys.argv[1:]
    load(read_allowed(unit))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
