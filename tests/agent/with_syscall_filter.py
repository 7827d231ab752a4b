#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""with_syscall_filter.py UNIT COMMAND… runs a command with the system call filter of a unit, as systemd would load it.

The groups of system calls are those of the installed systemd; the filter is made by libseccomp, which systemd also
uses.
"""

import ctypes
import os
import subprocess
import sys

# seccomp.h
SCMP_ACT_ALLOW = 0x7FFF0000
SCMP_ACT_ERRNO_EPERM = 0x00050001


def expand(word):
    """The system calls of a word: one call, or those of a group."""
    if not word.startswith("@"):
        return {word}
    # It would report its own exit to the service manager.
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
    # systemd adds the calls that a process needs to start.
    return allowed | expand("@default") | {"execve"}


def load(names):
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(SCMP_ACT_ERRNO_EPERM))
    for name in names:
        number = library.seccomp_syscall_resolve_name(name.encode())
        # Some exist only on other processors.
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
