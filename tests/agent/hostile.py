# SPDX-License-Identifier: GPL-3.0-or-later
"""Attempts of a user without rights, on the server itself; each function is one attempt and prints its result.

Passed as text to “python3 -c”, followed by a call, because such a user cannot read the source tree.
"""

import json
import signal
import socket
import time

SOCKET = "/run/nicteam/agent.sock"
GET_INFO = "org.varlink.service.GetInfo"
GET_STATE = "io.github.nicteam.Agent.GetState"
SUBSCRIBE = "io.github.nicteam.Agent.Subscribe"


def connect():
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(SOCKET)
    return connection


def message(method, **header):
    return json.dumps({"method": method, **header}).encode() + b"\0"


def read_replies(connection, count):
    """Returns False if the connection ends before that many replies."""
    while count > 0:
        data = connection.recv(1 << 20)
        if not data:
            return False
        count -= data.count(b"\0")
    return True


def is_answered(connection):
    try:
        connection.sendall(message(GET_INFO))
        return read_replies(connection, 1)
    except (BrokenPipeError, ConnectionResetError):
        return False


def hold_connections(count):
    """Opens that many connections, and keeps them open until the process is ended."""
    connections = [connect() for _ in range(count)]
    print(sum(map(is_answered, connections)), flush=True)
    signal.pause()


def call_often(count):
    """Sends that many GetState calls; prints if all were answered, and the duration."""
    connection = connect()
    begin = time.monotonic()
    connection.sendall(message(GET_STATE) * count)
    print(read_replies(connection, count), time.monotonic() - begin, flush=True)


def read_nothing(streams, callers):
    """Keeps calling, and never reads a reply."""
    connections = [connect() for _ in range(streams + callers)]
    for connection in connections[:streams]:
        connection.sendall(message(SUBSCRIBE, more=True))
        connection.recv(1)
    for connection in connections[streams:]:
        connection.setblocking(False)
        try:
            connection.sendall(message(GET_STATE) * 100000)
        except BlockingIOError:
            pass
    print("asked", flush=True)
    signal.pause()
