#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""capture.py DIRECTORY writes the kernel's messages about links, addresses, routes and adapters to it, one per file.

For the corpus of fuzz-netlink, on a server of the lab with a team:
    ./dev lab exec server1 tests/fuzz/capture.py tests/fuzz/corpus/netlink
"""

import hashlib
import socket
import struct
import sys
from pathlib import Path

NLM_F_REQUEST, NLM_F_DUMP = 1, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
NETLINK_GENERIC = 16
GENL_ID_CTRL = 16
# RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, and the length of the header of each.
ROUTE_DUMPS = ((18, 16), (22, 8), (26, 12))
# ETHTOOL_MSG_LINKMODES_GET, LINKSTATE_GET, CHANNELS_GET, FEATURES_GET of linux/ethtool_netlink.h.
ETHTOOL_DUMPS = (4, 6, 17, 11)


def split(data):
    while len(data) >= 16:
        length = struct.unpack_from("=I", data)[0]
        yield data[:length]
        data = data[(length + 3) & ~3:]


def ask(sock, kind, body, flags=NLM_F_DUMP):
    sock.send(struct.pack("=IHHII", 16 + len(body), kind, NLM_F_REQUEST | flags, 1, 0) + body)
    while True:
        for message in split(sock.recv(1 << 20)):
            answer = struct.unpack_from("=IH", message)[1]
            if answer in (NLMSG_ERROR, NLMSG_DONE):
                return
            yield message
            if not flags:
                return


def find_ethtool(sock):
    name = b"ethtool\0"
    body = struct.pack("=BBHHH", 3, 1, 0, 4 + len(name), 2) + name
    message = next(ask(sock, GENL_ID_CTRL, body, flags=0))
    place = 20
    while place < len(message):
        length, kind = struct.unpack_from("=HH", message, place)
        if kind == 1:
            return struct.unpack_from("=H", message, place + 4)[0]
        place += (length + 3) & ~3
    raise SystemExit("this kernel has no ethtool netlink")


def main():
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    route = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    messages = [m for kind, size in ROUTE_DUMPS for m in ask(route, kind, bytes(size))]
    generic = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC)
    family = find_ethtool(generic)
    messages += [m for command in ETHTOOL_DUMPS for m in ask(generic, family, struct.pack("=BBH", command, 1, 0))]
    for message in messages:
        (directory / hashlib.sha256(message).hexdigest()[:12]).write_bytes(message)


if __name__ == "__main__":
    main()
