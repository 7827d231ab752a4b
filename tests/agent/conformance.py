#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The replies of a strict Varlink service: each case is sent to the agent of this server on a connection of its own,
and the results are printed as JSON, by the name of the case."""

import json
import socket
import sys

SOCKET = "/run/nicteam/agent.sock"
INFO = '{"method":"org.varlink.service.GetInfo"}'
APPLY = "io.github.nicteam.Agent.Apply"
CLOSED = "closed"
TIMEOUT_S = 20


def apply(parameters):
    return f'{{"method":"{APPLY}","parameters":{parameters}}}'


def head(rest):
    return f'{{"method":"org.varlink.service.GetInfo",{rest}}}'


# Name, the bytes sent (followed by a NUL byte), and the result: closed, the invalid parameter, or the replies.
CASES = (
    ("parameters is an array", head('"parameters":[]'), CLOSED),
    ("parameters is a string", head('"parameters":"x"'), CLOSED),
    ("more is null", head('"more":null'), CLOSED),
    ("more is a number", head('"more":1'), CLOSED),
    ("more and oneway", head('"more":true,"oneway":true'), CLOSED),
    ("unknown header key", head('"extra":true'), CLOSED),
    ("no method", '{"parameters":{}}', CLOSED),
    ("empty message", "", CLOSED),
    ("byte order mark", "\ufeff" + INFO, CLOSED),
    ("comment", head('/* x */"parameters":{}'), CLOSED),
    ("single quotes", "{'method':'org.varlink.service.GetInfo'}", CLOSED),
    ("trailing comma", '{"method":"org.varlink.service.GetInfo",}', CLOSED),
    ("bytes after the object", INFO + " x", CLOSED),
    ("two objects", INFO + INFO, CLOSED),
    ("invalid UTF-8", b'{"method":"\xff"}', CLOSED),
    ("NUL in a string", head('"parameters":{"a":"\\u0000"}'), CLOSED),
    ("lone surrogate", head('"parameters":{"a":"\\ud800"}'), CLOSED),
    ("NaN", head('"parameters":{"a":NaN}'), CLOSED),
    ("leading zero", head('"parameters":{"a":01}'), CLOSED),
    ("key twice in the header", head('"more":false,"more":false'), CLOSED),
    ("over the limit", apply('{"remove":["' + "x" * (1 << 20) + '"]}'), CLOSED),
    ("nested too deep", head('"parameters":{"a":' + "[" * 70 + "]" * 70 + "}"), CLOSED),
    ("unknown parameter", apply('{"colour":1}'), "colour"),
    ("unknown parameter inside", apply('{"set":[{"name":"T","members":[],"colour":1}]}'), "set[0].colour"),
    ("missing parameter", apply('{"set":[{"name":"T"}]}'), "set[0].members"),
    ("wrong type", apply('{"remove":"T"}'), "remove"),
    ("wrong type inside", apply('{"set":[{"name":"T","members":[1]}]}'), "set[0].members[0]"),
    ("bad word of an enumeration", apply('{"set":[{"name":"T","members":[],"mode":"fast"}]}'), "set[0].mode"),
    ("key twice in parameters", apply('{"dry_run":true,"dry_run":true}'), "dry_run"),
    ("fraction for a whole number", apply('{"generation":1.5}'), "generation"),
    ("beyond int64", apply('{"generation":9223372036854775808}'), "generation"),
    ("no parameters", INFO, 1),
    ("parameters is null", head('"parameters":null'), 1),
    ("parameters is {}", head('"parameters":{}'), 1),
    ("three at once", "\0".join([INFO] * 3), 3),
    ("oneway is not answered", head('"oneway":true') + "\0" + INFO, 1),
    ("unknown method", '{"method":"io.github.nicteam.Agent.Nothing"}', 1),
)


def connect():
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT_S)
    connection.connect(SOCKET)
    return connection


def read_to_the_end(connection):
    data = b""
    while chunk := connection.recv(1 << 16):
        data += chunk
    return [json.loads(reply) for reply in data.split(b"\0")[:-1]]


def converse(data, size=None):
    """Sends the bytes in pieces of that size, then end of file; returns the replies until the agent closes the
    connection."""
    with connect() as connection:
        try:
            for start in range(0, len(data), size or len(data) or 1):
                connection.sendall(data[start:start + (size or len(data))])
            connection.shutdown(socket.SHUT_WR)
            return read_to_the_end(connection)
        except (BrokenPipeError, ConnectionResetError):
            return []


def outcome(replies, expected):
    """The result in the words of the table."""
    if not replies:
        return CLOSED
    if isinstance(expected, str):
        return replies[0].get("parameters", {}).get("parameter") if "InvalidParameter" in replies[0].get("error", "") else replies
    return len(replies)


def encode(message):
    return (message if isinstance(message, bytes) else message.encode()) + b"\0"


def main():
    results = {name: [outcome(converse(encode(message)), expected), expected] for name, message, expected in CASES}
    results["one byte a write"] = [outcome(converse(encode(INFO), size=1), 1), 1]
    results["half a message"] = [outcome(converse(INFO.encode()[:-3]), CLOSED), CLOSED]
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
