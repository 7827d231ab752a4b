#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adapters that are renamed, replaced, unplugged and plugged in again. The reference is iproute2."""

import taptest
from agent import Follower
from agenttest import SERVER, AgentTest
from judges import links

OTHER_MAC = "02:4e:49:43:99:99"


def member(state, index):
    return next((team["members"][index] for team in state["teams"] if team["name"] == "T"), None)


class Identity(AgentTest):

    def setUp(self):
        super().setUp()
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])

    def ip(self, *words):
        self.lab.exec(SERVER, ["ip", *words])

    def masters(self):
        truth = links(self.lab)
        return {name: link.get("master") for name, link in truth.items() if name.startswith(("nic", "lan"))}

    def test_renamed(self):
        """A member that is renamed while the team runs stays a member, also for a restarted agent"""
        self.addCleanup(lambda: self.ip("link", "set", "lan2", "name", "nic2"))
        with Follower(self.lab, SERVER) as follower:
            self.ip("link", "set", "nic2", "name", "lan2")
            follower.wait(lambda state: member(state, 1)["adapter"] == "lan2" and member(state, 1)["present"])
            follower.wait_for_status("T", "ok")
        self.restart_agent()
        self.assertEqual(self.agent.team("T")["spec"]["members"], ["nic1", "lan2"])
        self.agent.apply(set=[{**self.agent.team("T")["spec"], "mtu": 1400}])
        self.assertEqual(self.masters()["lan2"], "T")

    def test_replaced(self):
        """Another adapter with a member's name is left out with a reason, and joins when the team is repaired"""
        own = links(self.lab)["nic1"].get("permaddr") or "02:4e:49:43:01:01"
        self.lab.exec(SERVER, ["sh", "-ec", f"ip link del T; ip link set nic1 down; ip link set nic1 address {OTHER_MAC}; "
                                            "ip link set nic1 up; ip link set nic2 up"])
        self.addCleanup(lambda: self.lab.exec(SERVER, ["sh", "-ec", "ip link set nic1 down; "
                                                                    f"ip link set nic1 address {own}; ip link set nic1 up"]))
        self.restart_agent()
        team = self.agent.team("T")
        self.assertEqual([m.get("reason") for m in team["members"]], ["adapter_replaced", None])
        self.assertEqual(team["status"], "warning")
        self.assertEqual((self.masters()["nic1"], self.masters()["nic2"]), (None, "T"))
        plan = self.agent.apply(set=[team["spec"]], dry_run=True)
        self.assertIn("member_replaced", [problem["rule"] for problem in plan["warnings"]])
        self.agent.apply(set=[team["spec"]])
        self.assertEqual(self.masters()["nic1"], "T")
        self.assertEqual(self.agent.team("T")["status"], "ok")
        self.remove_teams(SERVER)

    def test_plugged_in_again(self):
        """A removed adapter is reported as missing, and rejoins its team automatically when it returns"""
        away = ["ip", "-n", SERVER, "link", "set", "nic2", "netns", "switches"]
        back = ["ip", "-n", "switches", "link", "set", "nic2", "netns", SERVER]
        with Follower(self.lab, SERVER) as follower:
            self.lab.exec("hub", away)
            follower.wait(lambda state: member(state, 1).get("reason") == "adapter_not_present")
            self.lab.exec("hub", back)
            follower.wait_for_status("T", "ok")
        self.assertEqual(self.masters()["nic2"], "T")

    def test_taken_out(self):
        """An adapter that another tool removed from the team does not rejoin until the team is repaired"""
        with Follower(self.lab, SERVER) as follower:
            self.ip("link", "set", "nic2", "nomaster")
            follower.wait(lambda state: not member(state, 1)["present"])
            self.ip("link", "set", "nic2", "up")
            follower.wait(lambda state: member(state, 1).get("reason") == "not_a_member")
        self.restart_agent()
        self.assertEqual(self.masters()["nic2"], None)
        self.agent.apply(set=[self.agent.team("T")["spec"]])
        self.assertEqual(self.masters()["nic2"], "T")


if __name__ == "__main__":
    taptest.main()
