#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill_midway.py REQUEST N asks the agent of this server for a change and kills it after N kernel events of the change.

Runs on the server itself, so that an event arrives while the agent is still working. Prints “killed”, or “done” if the
change was faster.
"""

import json
import os
import select
import signal
import socket
import struct
import sys

SOCKET = "/run/nicteam/agent.sock"
LINK_EVENTS = 1  # RTMGRP_LINK


def peer_pid(connection):
    return struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]


def main():
    request, count = json.loads(sys.argv[1]), int(sys.argv[2])
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(SOCKET)
    agent = os.pidfd_open(peer_pid(connection))
    events = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    events.bind((0, LINK_EVENTS))
    call = {"method": "io.github.nicteam.Agent.Apply", "parameters": {"confirm_s": 0, **request}}
    connection.sendall(json.dumps(call).encode() + b"\0")
    seen, finished = 0, False
    while seen <= count and not finished:
        ready, _, _ = select.select([connection, events], [], [])
        finished = connection in ready
        if events in ready:
            events.recv(65536)
            seen += 1
    signal.pidfd_send_signal(agent, signal.SIGKILL)
    print("done" if finished else "killed")


if __name__ == "__main__":
    main()
