#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""After many changes and events the agent uses no more memory and no more descriptors than before.

For a long run by hand: NICTEAM_SOAK="10000 100000" (changes, events); the test run takes a few seconds.
"""

import os

import taptest
from agent import Follower
from agenttest import SERVER, AgentTest

CHANGES, EVENTS = map(int, os.environ.get("NICTEAM_SOAK", "200 4000").split())
# Allowed growth in KiB: pages that the allocator keeps. A leak of half a kilobyte per change exceeds it.
SLACK_KIB = 80 + min(CHANGES, 2000) // 20
# More than the history and the events that an agent keeps.
WARM_UP = 120
BALANCES = ("transport_ports", "ip_addresses", "mac_addresses")


class Soak(AgentTest):

    def look(self):
        """(private memory in KiB, open descriptors) of the running agent."""
        script = "pid=$(pgrep -o -x nicteam-agent); " \
                 "grep Private_Dirty /proc/$pid/smaps_rollup; ls /proc/$pid/fd | wc -l"
        memory, descriptors = self.lab.exec(SERVER, ["sh", "-c", script]).stdout.splitlines()
        return int(memory.split()[1]), int(descriptors)

    def soak(self, what, count, do):
        """Compares before and after, once the history and the list of events are full."""
        do(WARM_UP)
        before = self.look()
        do(count)
        after = self.look()
        print(f"# {count} {what}: {before[0]} KiB and {before[1]} descriptors, afterwards {after[0]} KiB and {after[1]}")
        self.assertEqual(after[1], before[1])
        self.assertLess(after[0] - before[0], SLACK_KIB)

    def change(self, count):
        """Makes a different change each time: of an option, and sometimes of an interface."""
        spec = self.agent.team("T")["spec"]
        for i in range(count):
            vlans = [{"vlan": 2 + i % 3}] if i % 10 == 0 else [{"vlan": 2}]
            self.agent.apply(set=[{"id": spec["id"], "name": "T", "members": ["nic1", "nic2"],
                                   "balance": BALANCES[i % len(BALANCES)], "interfaces": [{}, *vlans]}])

    def test_changes(self):
        """Changes do not leak memory or descriptors"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "interfaces": [{}, {"vlan": 2}]}])
        self.soak("changes", CHANGES, self.change)

    def test_events(self):
        """Events do not leak memory or descriptors, with or without a subscriber"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])

        def happen(count):
            script = f"for i in $(seq {count // 2}); do echo link set nic3 mtu 1400; echo link set nic3 mtu 1500; done | ip -batch -"
            self.lab.exec(SERVER, ["sh", "-c", script], timeout=600)
            with Follower(self.lab, SERVER) as follower:
                follower.wait(lambda state: next(a for a in state["adapters"] if a["name"] == "nic3")["mtu"] == 1500)

        with Follower(self.lab, SERVER):
            self.soak("events", EVENTS, happen)


if __name__ == "__main__":
    taptest.main()
