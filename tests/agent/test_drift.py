#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of a team by others are reported, with the process where the kernel reports it, and repaired on request or
automatically."""

import taptest
from agent import Follower
from agenttest import SERVER, AgentTest
from judges import links

TEAM = {"name": "T", "members": ["nic1", "nic2"], "mtu": 1400,
        "interfaces": [{"addresses": ["192.0.2.1/24"], "gateways": ["192.0.2.254"]}, {"vlan": 42}]}
CONFIG = "/etc/nicteam/agent.conf"

# Commands, and the drift that they cause.
FOREIGN_CHANGES = (
    ("ip link set nic2 nomaster; ip link set nic2 up", ["The adapter nic2 is not a member of T."]),
    ("ip link set nic3 down; ip link set nic3 master T", ["The adapter nic3 is a member of T, but is not in its definition."]),
    ("ip link set T type bond miimon 200", ["The bonding option miimon of T is 200; it should be 50."]),
    ("ip link set T mtu 1300", ["The MTU of T is 1300; it should be 1400.", "The MTU of T.42 is 1300; it should be 1400."]),
    ("ip link set T.42 down", ["T.42 is down; it should be up."]),
    ("ip link del T.42", ["T.42 does not exist."]),
    ("ip addr del 192.0.2.1/24 dev T", ["T does not have the address 192.0.2.1/24.",
                                        "T has no default route via 192.0.2.254."]),
    ("ip route del default via 192.0.2.254", ["T has no default route via 192.0.2.254."]),
    ("ip link set T.42 alias mine", ["T.42 does not have the name “T - VLAN 42”."]),
    ("ip link del T; ip link set nic1 up; ip link set nic2 up", ["T does not exist.", "T.42 does not exist."]),
)


def drift(state):
    return [d for team in state["teams"] if team["name"] == "T" for d in team.get("drift", [])]


class Drift(AgentTest):

    def setUp(self):
        super().setUp()
        self.flush_later()
        self.agent.apply(set=[TEAM])

    def do(self, action):
        self.lab.exec(SERVER, ["sh", "-ec", action])

    def repair(self):
        self.agent.apply(set=[self.agent.team("T")["spec"]])

    def test_reported_and_repaired(self):
        """Each change by hand is reported as drift, and repaired by the same definition"""
        for action, messages in FOREIGN_CHANGES:
            with self.subTest(action), Follower(self.lab, SERVER) as follower:
                self.assertEqual(drift(follower.state), [])
                self.do(action)
                follower.wait(lambda state, m=messages: sorted(d["message"] for d in drift(state)) == sorted(m))
                self.repair()
                follower.wait(lambda state: not drift(state))
                self.assertEqual(self.agent.team("T")["status"], "ok")

    def test_process_is_named(self):
        """The process that removed an address or a route is named, also after it has ended"""
        for action, message in (("addr del 192.0.2.1/24 dev T", "T does not have the address 192.0.2.1/24."),
                              ("route del default via 192.0.2.254", "T has no default route via 192.0.2.254.")):
            with self.subTest(action), Follower(self.lab, SERVER) as follower:
                self.do(f"ip {action}")
                found = follower.wait(lambda state, m=message: next((d for d in drift(state) if d["message"] == m), None))
                self.assertRegex(found["by"], r"^(ip \(\d+\)|process \d+ \(ended\))$")
                self.assertGreater(found["since_s"], 0)
                self.repair()

    def test_by_itself(self):
        """With Repair=true drift is repaired automatically, and the repair is in the history"""
        before = self.lab.exec(SERVER, ["cat", CONFIG]).stdout
        self.addCleanup(self.restart_agent)
        self.addCleanup(lambda: self.lab.exec(SERVER, ["tee", CONFIG], input=before))
        self.lab.exec(SERVER, ["sh", "-c", f"echo Repair=true >> {CONFIG}"])
        self.restart_agent()
        with Follower(self.lab, SERVER) as follower:
            self.do("ip link del T")
            follower.wait(lambda state: drift(state))
            follower.wait(lambda state: not drift(state))
        truth = links(self.lab)
        self.assertEqual([truth[nic]["master"] for nic in ("nic1", "nic2")], ["T", "T"])
        self.assertIn("T.42", truth)
        entry = self.agent.call("GetHistory")["entries"][0]
        self.assertEqual((entry["outcome"], entry["after"][0]["name"]), ("repaired", "T"))


if __name__ == "__main__":
    taptest.main()
