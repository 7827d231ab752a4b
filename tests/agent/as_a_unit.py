#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""as_a_unit.py runs another agent on this server as nicteam-agent.service does, as far as possible without systemd:
with a socket from socket activation, read-only file systems, one capability and a system call filter.

Prints the messages of the agent to its service manager, one per line. At the end of standard input the agent is
stopped, and its exit status is printed.
"""

import os
import select
import signal
import socket
import sys

FOLDER = "/run/unit"
SOCKET = f"{FOLDER}/agent.sock"
STATE = "/var/lib/unit"

HERE = os.path.dirname(os.path.realpath(__file__))
FILTER = f"{HERE}/with_syscall_filter.py {HERE}/../../data/nicteam-agent.service.in"

# ProtectSystem=strict, StateDirectory=, ProtectKernelTunables= and ReadWritePaths= of the unit, CapabilityBoundingSet=,
# NoNewPrivileges= and SystemCallFilter=.
CONFINE = f"""
mount --make-rprivate /
mount --bind {STATE} {STATE}
for place in /etc /var /run /sys; do mount -o remount,bind,ro $place; done
for place in /etc/NetworkManager/conf.d /etc/systemd/network; do
  if [ -d $place ]; then mount --bind $place $place; mount -o remount,bind,rw $place; fi
done
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
mount --bind /proc/sys/net/ipv6/conf /proc/sys/net/ipv6/conf
mount -o remount,bind,rw /proc/sys/net/ipv6/conf
exec setpriv --bounding-set=-all,+net_admin --inh-caps=-all --no-new-privs {FILTER} nicteam-agent --state={STATE}
"""


def bind(kind, path):
    bound = socket.socket(socket.AF_UNIX, kind)
    bound.bind(path)
    return bound


def start(listener):
    pid = os.fork()
    if pid == 0:
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(NOTIFY_SOCKET=f"{FOLDER}/notify", WATCHDOG_USEC="400000", LISTEN_FDS="1")
        os.environ.update(LISTEN_PID=str(os.getpid()), WATCHDOG_PID=str(os.getpid()))
        os.execvp("unshare", ["unshare", "--mount", "sh", "-ec", CONFINE])
    return pid


def follow(notify, agent):
    """Prints the messages until the end of standard input or of the agent."""
    while True:
        ready, _, _ = select.select([notify, sys.stdin, agent], [], [])
        if notify not in ready:
            return
        print(notify.recv(1000).decode(), flush=True)


def last_message(notify):
    """Returns the last message that is not WATCHDOG=1."""
    message = "WATCHDOG=1"
    while message == "WATCHDOG=1":
        message = notify.recv(1000).decode()
    return message


def main():
    os.makedirs(FOLDER)
    os.makedirs(STATE, exist_ok=True)
    listener = bind(socket.SOCK_STREAM, SOCKET)
    listener.listen()
    notify = bind(socket.SOCK_DGRAM, f"{FOLDER}/notify")
    pid = start(listener)
    follow(notify, os.pidfd_open(pid))
    os.kill(pid, signal.SIGTERM)
    _, status = os.waitpid(pid, 0)
    notify.setblocking(False)
    print(last_message(notify))
    print("status", os.waitstatus_to_exitcode(status), "socket", os.path.exists(SOCKET), flush=True)


if __name__ == "__main__":
    try:
        main()
    finally:
        for name in ("agent.sock", "notify"):
            if os.path.exists(f"{FOLDER}/{name}"):
                os.unlink(f"{FOLDER}/{name}")
        os.rmdir(FOLDER)
