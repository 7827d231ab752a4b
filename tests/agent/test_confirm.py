#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A change waits to be confirmed over a new connection, and is otherwise reverted. The reference is iproute2."""

import pictures
import taptest
from agent import Agent, AgentError, Follower, connect
from agenttest import SERVER, AgentTest

TEAM = {"name": "T", "members": ["nic1", "nic2"], "interfaces": [{}, {"vlan": 5}]}
LOST = """
ip address add 192.0.2.10/24 dev nic1
ip route add 203.0.113.0/24 via 192.0.2.1
ip address add 192.0.2.77/24 dev nic2
"""


class ConfirmTest(AgentTest):
    def setUp(self):
        super().setUp()
        self.before = self.picture()

    def tearDown(self):
        if self.agent.state().get("pending"):
            self.agent.call("Revert")
        super().tearDown()
        self.shell("for link in nic1 nic2; do ip address flush dev $link scope global; done")

    def shell(self, script):
        return self.lab.exec(SERVER, ["sh", "-ec", script]).stdout

    def picture(self):
        return [of(self.lab, SERVER) for of in (pictures.of_links, pictures.of_addresses, pictures.of_routes)]

    def begin(self, seconds=60, **request):
        """Begins a change that waits for confirmation; returns the pending change."""
        return self.agent.apply(confirm_s=seconds, **(request or {"set": [TEAM]}))["pending"]

    def error_of(self, agent, method, parameters=None):
        with self.assertRaises(AgentError) as caught:
            agent.call(method, parameters)
        return caught.exception

    def test_confirmed(self):
        """A change is kept once it is confirmed over a new connection, and only then"""
        pending = self.begin()
        self.assertEqual((pending["deadline_s"], pending["teams"]), (60, ["T"]))
        self.assertEqual(self.error_of(self.agent, "Confirm", {"id": pending["id"]}).name, "ConnectionTooOld")
        with Agent(self.lab, SERVER) as fresh:
            self.assertEqual(self.error_of(fresh, "Confirm", {"id": "another"}).name, "NothingPending")
            fresh.call("Confirm", {"id": pending["id"]})
        self.restart_agent()
        self.assertTrue(self.agent.team("T"))
        self.assertIn("T.5", self.shell("ip link show T.5"))

    def test_countdown(self):
        """Subscribers see the remaining time, and the revert when the change is not confirmed"""
        seen = set()
        with Follower(self.lab, SERVER) as follower:
            generation = follower.state["generation"]
            self.begin(seconds=3)

            def is_over(state):
                pending = state.get("pending") or {}
                seen.add(pending.get("remaining_s"))
                return state["generation"] == generation + 2 and not pending.get("id")

            follower.wait(is_over)
        self.assertLessEqual({1, 2, 3}, seen)
        self.assertEqual(self.picture(), self.before)

    def test_reverted(self):
        """A pending change can be reverted at once; addresses and routes are restored"""
        self.shell(LOST)
        before = self.picture()
        self.begin()
        self.assertNotEqual(self.picture(), before)
        self.agent.call("Revert")
        self.assertEqual(self.picture(), before)
        self.assertEqual(self.error_of(self.agent, "Revert").name, "NothingPending")

    def test_two_clients(self):
        """During a pending change other changes are refused with the pending one"""
        self.begin()
        with Agent(self.lab, SERVER) as other:
            error = self.error_of(other, "Apply", {"set": [{"name": "U", "members": ["nic3"]}]})
            self.assertEqual((error.name, error.parameters["pending"]["teams"]), ("ChangePending", ["T"]))
            other.call("Apply", {"set": [{"name": "U", "members": ["nic3"]}], "dry_run": True})

    def test_agent_killed(self):
        """An agent that is killed during a pending change reverts it when it starts again"""
        self.shell(LOST)
        before = self.picture()
        self.begin()
        self.restart_agent()
        self.assertIsNone(self.agent.team("T"))
        self.assertEqual(self.picture(), before)

    def test_power_cut(self):
        """After a power cut a change that was not confirmed is reverted"""
        self.agent.apply(set=[{"name": "Old", "members": ["nic3"]}])
        self.begin()
        self.agent.close()
        self.lab.restart(SERVER)
        self.agent = connect(self.lab, SERVER)
        self.assertIsNone(self.agent.team("T"))
        self.assertEqual(self.agent.team("Old")["status"], "ok")

    def test_delete(self):
        """The revert of a deletion restores the team as it was"""
        self.shell(LOST)
        self.agent.apply(set=[{**TEAM, "mode": "static", "mtu": 1400}])
        before, state = self.picture(), self.agent.team("T")
        self.begin(remove=["T"])
        self.agent.call("Revert")
        self.assertEqual(self.picture(), before)
        self.assertEqual(self.agent.team("T")["spec"], state["spec"])

    def test_refusals(self):
        """A confirmation time out of range is refused by its field"""
        for seconds in (-5, 86401):
            error = self.error_of(self.agent, "Apply", {"set": [TEAM], "confirm_s": seconds})
            self.assertEqual(error.parameters, {"parameter": "confirm_s"})


if __name__ == "__main__":
    taptest.main()
