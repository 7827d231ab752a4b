# SPDX-License-Identifier: GPL-3.0-or-later
"""Switches, a bridge with guests, and frames between them.

The server has three adapters: nic1 and nic3 at switch A, nic2 at switch B; the switches are cabled together. The team
is a port of the bridge “machines”, as are the guests; the peer is at switch A.
"""

import contextlib
import itertools
import os
import socket
import struct
import subprocess

TIMEOUT = 20

# For experiments in one network (IEEE 802).
ETHERTYPE = 0x88B5
ETH_P_ALL = 3
BROADCAST = "ff:ff:ff:ff:ff:ff"
PEER = "02:00:00:00:01:01"
# The last byte selects the member for a guest's frames.
GUESTS = {"guest1": "02:00:00:00:00:11", "guest2": "02:00:00:00:00:12", "guest3": "02:00:00:00:00:13"}
NICS = {"nic1": "A", "nic2": "B", "nic3": "A"}
numbers = itertools.count(1)

# IGMP version 2: a report for 224.0.0.42, with the option “router alert” as required by RFC 2236.
GROUP = "01:00:5e:00:00:2a"
ETHERTYPE_IP = 0x0800
MEMBERSHIP_REPORT = bytes.fromhex("46c00020 00004000 01020000 00000000 e000002a 94040000  16000ed5 e000002a".replace(" ", "")) + bytes(14)


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def make_network():
    """Servers and guests in network namespaces; the first one is the server's."""
    for name in ("switches", "peer", *GUESTS):
        ip("netns", "add", name)
    ip("-n", "switches", "link", "add", "A", "up", "type", "bridge", "mcast_snooping", "0")
    ip("-n", "switches", "link", "add", "B", "up", "type", "bridge", "mcast_snooping", "0")
    ip("-n", "switches", "link", "add", "trunkA", "up", "master", "A", "type", "veth", "peer", "name", "trunkB")
    ip("-n", "switches", "link", "set", "trunkB", "up", "master", "B")
    for nic, switch in NICS.items():
        ip("link", "add", nic, "up", "type", "veth", "peer", "name", f"port-{nic}", "netns", "switches")
        ip("-n", "switches", "link", "set", f"port-{nic}", "up", "master", switch)
    ip("-n", "peer", "link", "add", "eth0", "up", "address", PEER, "type", "veth", "peer", "name", "port-peer", "netns", "switches")
    ip("-n", "switches", "link", "set", "port-peer", "up", "master", "A")
    ip("link", "add", "machines", "up", "type", "bridge", "mcast_snooping", "0")
    for guest, mac in GUESTS.items():
        ip("-n", guest, "link", "add", "eth0", "up", "address", mac, "type", "veth", "peer", "name", guest, "netns", "1")
        ip("link", "set", guest, "up", "master", "machines")


@contextlib.contextmanager
def inside(name):
    """Runs the block in that network namespace."""
    with open("/proc/self/ns/net") as own, open(f"/run/netns/{name}" if name else "/proc/self/ns/net") as other:
        os.setns(other.fileno(), os.CLONE_NEWNET)
        try:
            yield
        finally:
            os.setns(own.fileno(), os.CLONE_NEWNET)


def open_socket(namespace, link):
    with inside(namespace):
        result = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        result.bind((link, 0))
    result.settimeout(TIMEOUT)
    return result


def make_frame(destination, source, payload, ethertype=ETHERTYPE):
    return bytes.fromhex((destination + source).replace(":", "")) + struct.pack("!H", ethertype) + payload


def drain(port):
    """The pending frames, each with its kind: PACKET_OUTGOING …"""
    frames = []
    port.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            frame, address = port.recvfrom(2048)
            frames.append((frame, address[2]))
    port.settimeout(TIMEOUT)
    return frames


class Tap:
    """The test frames that pass a link, by number."""

    def __init__(self, namespace, link):
        self.socket = open_socket(namespace, link)
        self.seen = []  # (number, True if sent)

    def close(self):
        self.socket.close()

    def read(self):
        for frame, kind in drain(self.socket):
            self._take(frame, kind)

    def _take(self, frame, kind):
        if struct.unpack_from("!H", frame, 12)[0] == ETHERTYPE:
            self.seen.append((struct.unpack_from("!I", frame, 14)[0], kind == socket.PACKET_OUTGOING))

    def wait_for(self, number):
        """Waits until that frame has been received."""
        while (number, False) not in self.seen:
            frame, address = self.socket.recvfrom(2048)
            self._take(frame, address[2])

    def count(self, numbers_, out=False):
        self.read()
        return [self.seen.count((number, out)) for number in numbers_]
