#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tap.py NAME SPEED DUPLEX creates an adapter with a link of that speed (Mb/s) and duplex, which a veth does not
support.

The adapter exists until the end of standard input. Packets sent to it are discarded.
"""

import fcntl
import os
import stat
import struct
import subprocess
import sys

# linux/if_tun.h
TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
DEVICE = "/run/tun"


def open_device():
    if not os.path.exists(DEVICE):
        os.mknod(DEVICE, 0o600 | stat.S_IFCHR, os.makedev(10, 200))
    return os.open(DEVICE, os.O_RDWR)


def main():
    name, speed, duplex = sys.argv[1:]
    tap = open_device()
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
    subprocess.run(["ethtool", "-s", name, "speed", speed, "duplex", duplex, "autoneg", "off"], check=True)
    subprocess.run(["ip", "link", "set", name, "up"], check=True)
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
