#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""lateness.py NIC carrier|lacp prints “ready”, then waits until the member NIC loses its link or its LACP partner,
and prints the milliseconds from the kernel's change to the report at a subscriber. Runs on a server of the lab."""

import json
import select
import socket
import sys
import time
from pathlib import Path

SOCKET = "/run/nicteam/agent.sock"
EXPIRED = 0x80
# Short enough, and leaves the processor to the processes that are measured.
LOOK_SECONDS = 0.002


def has_carrier(nic):
    return Path(f"/sys/class/net/{nic}/carrier").read_text().strip() == "1"


def has_partner(nic):
    return not int(Path(f"/sys/class/net/{nic}/bonding_slave/ad_actor_oper_port_state").read_text()) & EXPIRED


class Subscriber:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(SOCKET)
        self.socket.sendall(b'{"method":"io.github.nicteam.Agent.Subscribe","more":true}\0')
        self.buffer = b""

    def sees_fault(self, nic):
        """Returns True if a reply that has arrived reports the member as faulted."""
        while select.select([self.socket], [], [], LOOK_SECONDS)[0]:
            self.buffer += self.socket.recv(1 << 16)
            while b"\0" in self.buffer:
                reply, _, self.buffer = self.buffer.partition(b"\0")
                parameters = json.loads(reply)["parameters"]
                teams = parameters.get("teams") or parameters.get("state", {}).get("teams", [])
                if any(m["adapter"] == nic and m["state"] == "faulted" for team in teams for m in team["members"]):
                    return True
        return False


def main():
    nic, what = sys.argv[1:]
    is_well = {"carrier": has_carrier, "lacp": has_partner}[what]
    subscriber = Subscriber()
    if subscriber.sees_fault(nic) or not is_well(nic):
        sys.exit(f"{nic} is faulted already")
    print("ready", flush=True)
    lost_at = reported_at = None
    while lost_at is None or reported_at is None:
        if lost_at is None and not is_well(nic):
            lost_at = time.monotonic()
        if reported_at is None and subscriber.sees_fault(nic):
            reported_at = time.monotonic()
    print(max(0, (reported_at - lost_at) * 1000), flush=True)


if __name__ == "__main__":
    main()
