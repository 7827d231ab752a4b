#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""flows.py DEVICE COUNTER ADAPTER… sends flows over a device and prints, for each, the increase of the adapters'
counters.

Runs on a server. The input is a JSON list of flows with source and target, each [MAC, IPv4, port]; COUNT frames are
sent per flow. The output is a list of lists in the order of the adapters. COUNTER is “tx_packets”, or “-” to send only.
"""

import json
import socket
import struct
import sys
from pathlib import Path

COUNT = 40


def frame(source, target):
    """A UDP packet over IPv4; its checksums are not evaluated."""
    macs = bytes.fromhex((target[0] + source[0]).replace(":", ""))
    addresses = socket.inet_aton(source[1]) + socket.inet_aton(target[1])
    header = struct.pack("!BBHHHBBH", 0x45, 0, 46, 0, 0, 64, socket.IPPROTO_UDP, 0) + addresses
    return macs + b"\x08\x00" + header + struct.pack("!HHHH", source[2], target[2], 26, 0) + bytes(18)


def read(counter, adapters):
    return [int(Path(f"/sys/class/net/{nic}/statistics/{counter}").read_text()) for nic in adapters]


def main():
    device, counter, *adapters = sys.argv[1:]
    adapters = [] if counter == "-" else adapters
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    packets.bind((device, 0))
    risen = []
    for source, target in json.load(sys.stdin):
        before = read(counter, adapters)
        for _ in range(COUNT):
            packets.send(frame(source, target))
        risen.append([after - was for was, after in zip(before, read(counter, adapters))])
    print(json.dumps(risen))


if __name__ == "__main__":
    main()
