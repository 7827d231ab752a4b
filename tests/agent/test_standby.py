#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The standby member joins when another member fails, and leaves when all are back, also across restarts of the
agent."""

import taptest
from agent import Follower
from agenttest import SERVER, AgentTest
from judges import bonding, links

PAIR = {"name": "T", "members": ["nic1", "nic2"], "standby": "nic2"}
THREE = {"name": "T", "members": ["nic1", "nic2", "nic3"], "standby": "nic3"}


class Standby(AgentTest):
    def members(self):
        """The members of the bond in the kernel."""
        return sorted(name for name, link in links(self.lab).items() if link.get("master") == "T")

    def wait(self, follower, *states):
        follower.wait(lambda state: [m["state"] for t in state["teams"] for m in t["members"]] == list(states))

    def ipv6_is_off(self, nic):
        return self.lab.exec(SERVER, ["cat", f"/proc/sys/net/ipv6/conf/{nic}/disable_ipv6"]).stdout.strip() == "1"

    def test_pair(self):
        """In a team of two, the standby member takes over and steps back"""
        self.agent.apply(set=[PAIR])
        with Follower(self.lab, SERVER) as follower:
            for _ in range(2):
                self.wait(follower, "active", "standby")
                self.assertEqual(bonding(self.lab, "T")[0]["Currently Active Slave"], "nic1")
                self.lab.pull(SERVER, "nic1")
                self.wait(follower, "faulted", "active")
                self.assertEqual(bonding(self.lab, "T")[0]["Currently Active Slave"], "nic2")
                self.assertEqual(follower.state["status"], "warning")
                self.lab.plug(SERVER, "nic1")
            self.wait(follower, "active", "standby")

    def test_three(self):
        """In a team of three, the standby member is outside the bond, and joins while another member is faulted"""
        self.agent.apply(set=[THREE])
        self.assertEqual(self.members(), ["nic1", "nic2"])
        self.assertIn("UP", links(self.lab)["nic3"]["flags"])
        self.assertTrue(self.ipv6_is_off("nic3"))
        with Follower(self.lab, SERVER) as follower:
            self.wait(follower, "active", "active", "standby")
            self.assertEqual(follower.state["status"], "ok")
            for nic in ("nic1", "nic2"):
                self.lab.pull(SERVER, nic)
                follower.wait(lambda state: state["status"] == "warning")
                follower.wait(lambda state: state["teams"][0]["members"][2]["state"] == "active")
                self.assertEqual(self.members(), ["nic1", "nic2", "nic3"])
                self.lab.plug(SERVER, nic)
                self.wait(follower, "active", "active", "standby")
                self.assertEqual(self.members(), ["nic1", "nic2"])
        self.agent.remove_all()
        self.assertFalse(self.ipv6_is_off("nic3"))

    def test_two_fail(self):
        """With two cables pulled the standby member is alone in the bond, and stays until both members are back"""
        self.agent.apply(set=[THREE])
        with Follower(self.lab, SERVER) as follower:
            self.lab.pull(SERVER, "nic1")
            self.lab.pull(SERVER, "nic2")
            self.wait(follower, "faulted", "faulted", "active")
            self.lab.plug(SERVER, "nic1")
            self.wait(follower, "active", "faulted", "active")
            self.assertIn("nic3", self.members())
            self.lab.plug(SERVER, "nic2")
            self.wait(follower, "active", "active", "standby")
        self.assertEqual(self.members(), ["nic1", "nic2"])

    def without_agent(self, action, *arguments):
        """Runs an action while no agent is running; a new one finds the result."""
        self.lab.kill_agent(SERVER, "STOP")
        action(*arguments)
        self.restart_agent()

    def test_agent_restarted(self):
        """A new agent adds the standby member for a cable that was pulled before, and removes one that is not needed"""
        self.agent.apply(set=[THREE])
        self.without_agent(self.lab.pull, SERVER, "nic1")
        with Follower(self.lab, SERVER) as follower:
            self.wait(follower, "faulted", "active", "active")
        self.assertIn("nic3", self.members())
        self.restart_agent()
        self.assertIn("nic3", self.members())
        self.without_agent(self.lab.plug, SERVER, "nic1")
        with Follower(self.lab, SERVER) as follower:
            self.wait(follower, "active", "active", "standby")
        self.assertEqual(self.members(), ["nic1", "nic2"])

    def test_spare_without_link(self):
        """A standby member without a link is faulted, and joins as soon as it has one"""
        self.agent.apply(set=[THREE])
        with Follower(self.lab, SERVER) as follower:
            self.lab.pull(SERVER, "nic3")
            self.wait(follower, "active", "active", "faulted")
            self.assertEqual(follower.state["status"], "warning")
            self.lab.pull(SERVER, "nic1")
            self.wait(follower, "faulted", "active", "faulted")
            self.lab.plug(SERVER, "nic3")
            self.wait(follower, "faulted", "active", "active")
        self.assertIn("nic3", self.members())


if __name__ == "__main__":
    taptest.main()
