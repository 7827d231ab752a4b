#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill_midway.py REQUEST N asks the agent of this server for a change and kills it when it has told of operation N.

Runs on the server itself, as near to the agent as can be. Prints “killed”, or “done” if the change was faster.
"""

import json
import os
import signal
import socket
import struct
import sys

SOCKET = "/run/nicteam/agent.sock"


def peer_pid(connection):
    return struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]


def main():
    request, count = json.loads(sys.argv[1]), int(sys.argv[2])
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(SOCKET)
    agent = os.pidfd_open(peer_pid(connection))
    call = {"method": "io.github.nicteam.Agent.Apply", "parameters": {"confirm": 0, **request}, "more": True}
    connection.sendall(json.dumps(call).encode() + b"\0")
    seen = b""
    while seen.count(b"\0") <= count:
        data = connection.recv(4096)
        if not data or b'"generation"' in data:
            break
        seen += data
    finished = b'"generation"' in seen or seen.count(b"\0") <= count
    signal.pidfd_send_signal(agent, signal.SIGKILL)
    print("done" if finished else "killed")


if __name__ == "__main__":
    main()
