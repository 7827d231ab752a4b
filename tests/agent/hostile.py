# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user without rights may try, on the server itself; each function is one attempt and prints how it went.

Given to “python3 -c” as it is, as such a user may not read the tree, with a call behind it.
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
    """False if the connection ends before there are as many."""
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
    """Opens so many, and keeps them until it is ended."""
    connections = [connect() for _ in range(count)]
    print(sum(map(is_answered, connections)), flush=True)
    signal.pause()


def call_often(count):
    """How long it takes to have the state told so often."""
    connection = connect()
    begin = time.monotonic()
    connection.sendall(message(GET_STATE) * count)
    print(read_replies(connection, count), time.monotonic() - begin, flush=True)


def read_nothing(streams, callers):
    """Asks and asks, and never reads an answer."""
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
