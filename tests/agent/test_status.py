#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reasons of faulted members: each fault is caused at the switch. The reference is the file of the bonding driver.

Half duplex is missing: no adapter of a lab supports it (a veth has no link settings). The table of tests/unit/
test-status.c has it, and an adapter with unknown speed.
"""

import json

import taptest
from agent import Follower
from agenttest import SERVER, AgentTest
from judges import bonding, links
from streams import Streams

NOBODY = "00:00:00:00:00:00"
EXPIRED, DEFAULTED = 0x80, 0x40
LACP = {"name": "T", "members": ["nic1", "nic2"], "mode": "lacp", "lacp_timer": "fast"}


def reason(state, nic):
    return next((m.get("reason") for t in state["teams"] for m in t["members"] if m["adapter"] == nic), "no member")


def team_of(state):
    return state["teams"][0]


def is_ok(state):
    return state["status"] == "ok" and state["teams"]


class Status(AgentTest):
    def history(self, follower, nic, until, timeout=30):
        """The reasons of a member that a subscriber receives, in order, until the condition holds."""
        reasons = [reason(follower.state, nic)]

        def note(state):
            if reason(state, nic) != reasons[-1]:
                reasons.append(reason(state, nic))
            return until(state)

        follower.wait(note, timeout)
        return reasons

    def port_state(self, nic):
        return links(self.lab)[nic]["linkinfo"]["info_slave_data"]["ad_actor_oper_port_state"]

    def test_no_partner(self):
        """Switch ports without LACP give “no LACP partner”, and a fault of team and server"""
        with Follower(self.lab, SERVER) as follower:
            self.agent.apply(set=[LACP])
            follower.wait(lambda state: state["teams"])
            reasons = self.history(follower, "nic2", lambda state: reason(state, "nic2") == "no_lacp_partner")
            self.assertNotIn("lacp_partner_expired", reasons)
            follower.wait(lambda state: state["status"] == "fault")
        own, members = bonding(self.lab, "T")
        self.assertEqual(own["Partner Mac Address"], NOBODY)
        self.assertEqual({member["MII Status"] for member in members.values()}, {"up"})
        self.assertTrue(self.port_state("nic1") & DEFAULTED)

    def test_silent_partner(self):
        """A partner that stops sending expires, and is then missing; the agent polls for this, as there is no event"""
        self.lab.lag(SERVER, ["nic1", "nic2"])
        self.agent.apply(set=[LACP])
        with Follower(self.lab, SERVER) as follower:
            follower.wait(is_ok, timeout=60)
            self.lab.silence(SERVER, "nic1")
            reasons = self.history(follower, "nic1", lambda state: reason(state, "nic1") == "lacp_partner_expired")
            self.assertEqual(reasons, [None, "lacp_partner_expired"])
            self.assertTrue(self.port_state("nic1") & EXPIRED)
            self.assertEqual(follower.state["status"], "warning")
            reasons = self.history(follower, "nic1", lambda state: reason(state, "nic1") == "no_lacp_partner")
            self.assertEqual(reasons, ["lacp_partner_expired", "no_lacp_partner"])
            self.assertTrue(self.port_state("nic1") & DEFAULTED)
            self.assertEqual(reason(follower.state, "nic2"), None)
            self.assertEqual(bonding(self.lab, "T")[1]["nic1"]["MII Status"], "up")
            # Two partners whose state has expired send only every 30 s; a new link makes them send at once.
            self.lab.silence(SERVER, "nic1", silent=False)
            self.lab.pull(SERVER, "nic1")
            self.lab.plug(SERVER, "nic1")
            reasons = self.history(follower, "nic1", is_ok)
            self.assertEqual(reasons[-2:], ["lacp_negotiating", None])

    def test_other_switch(self):
        """A member that is cabled to another switch is reported to be in another aggregator"""
        self.lab.lag(SERVER, ["nic1"])
        self.lab.lag(SERVER, ["nic2"])
        self.assert_other_aggregator()

    def test_other_key(self):
        """A member at a port of the same LACP system with another key is reported to be in another aggregator"""
        self.lab.lag(SERVER, ["nic1"], key=7)
        self.lab.lag(SERVER, ["nic2"], key=8)
        systems = [bonding(self.lab, group, "switches")[0]["System MAC address"] for group in ("lag-s1n1", "lag-s1n2")]
        self.assertEqual(systems[0], systems[1])
        self.assert_other_aggregator()

    def assert_other_aggregator(self):
        self.agent.apply(set=[LACP])
        with Follower(self.lab, SERVER) as follower:
            follower.wait(lambda state: sorted(reason(state, nic) or "" for nic in ("nic1", "nic2"))
                          == ["", "lacp_other_aggregator"], timeout=60)
            self.assertEqual(follower.state["status"], "warning")
            faulted = next(nic for nic in ("nic1", "nic2") if reason(follower.state, nic))
        own, members = bonding(self.lab, "T")
        self.assertNotEqual(members[faulted]["Aggregator ID"], own["Aggregator ID"])
        self.assertNotEqual(own["Partner Mac Address"], NOBODY)

    def test_pulled_in_lacp(self):
        """A pulled cable is reported as such, although the LACP state in the kernel stays unchanged"""
        self.lab.lag(SERVER, ["nic1", "nic2"])
        self.agent.apply(set=[LACP])
        with Follower(self.lab, SERVER) as follower:
            follower.wait(is_ok, timeout=60)
            self.lab.pull(SERVER, "nic1")
            self.assertEqual(self.history(follower, "nic1", lambda state: state["status"] == "warning"),
                             [None, "media_disconnected"])
            self.assertEqual(bonding(self.lab, "T")[1]["nic1"]["MII Status"], "down")

    def test_min_links(self):
        """With fewer active members than min_links, the team has a fault with the reason, and no carrier"""
        self.lab.lag(SERVER, ["nic1", "nic2"])
        self.agent.apply(set=[{**LACP, "options": {"min_links": "2"}}])
        link = json.loads(self.lab.exec(SERVER, ["ip", "-d", "-j", "link", "show", "T"]).stdout)[0]
        self.assertEqual(link["linkinfo"]["info_data"]["min_links"], 2)
        with Follower(self.lab, SERVER) as follower:
            follower.wait(is_ok, timeout=60)
            self.lab.pull(SERVER, "nic1")
            follower.wait(lambda state: state["status"] == "fault")
            interface = follower.wait(lambda state: team_of(state)["interfaces"][0].get("reason") == "too_few_active_members"
                                      and team_of(state)["interfaces"][0])
            self.assertEqual(interface["state"], "faulted")
            self.assertNotIn("LOWER_UP", json.loads(self.lab.exec(SERVER, ["ip", "-j", "link", "show", "T"]).stdout)[0]["flags"])
            self.lab.plug(SERVER, "nic1")
            follower.wait(is_ok, timeout=60)

    def test_up_delay(self):
        """Behind a switch that forwards late, a member is active again after its up delay"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "up_delay_ms": 1000}])
        self.assertEqual(bonding(self.lab, "T")[0]["Up Delay (ms)"], "1000")
        with Follower(self.lab, SERVER) as follower:
            self.lab.pull(SERVER, "nic1")
            follower.wait(lambda state: reason(state, "nic1") == "media_disconnected")
            self.lab.plug(SERVER, "nic1")
            reasons = self.history(follower, "nic1", is_ok)
        self.assertEqual(reasons, ["media_disconnected", "waiting_for_stable_connectivity", None])

    def test_late_switch(self):
        """Behind a switch that forwards 1 s late, a returning member loses packets unless its up delay is longer"""
        self.lab.exec("server2", ["sh", "-ec", "ip link set nic1 up; ip address replace 192.0.2.2/24 dev nic1"])
        self.addCleanup(self.lab.exec, "server2", ["ip", "address", "flush", "dev", "nic1", "scope", "global"])
        self.flush_later()
        team = {"name": "T", "members": ["nic1", "nic2"], "standby": "nic2", "interfaces": [{"addresses": ["192.0.2.1/24"]}]}
        team["id"] = self.agent.apply(set=[team])["teams"][0]
        for delay, at_least, at_most in ((0, 400, 3000), (2000, 0, 0)):
            with self.subTest(delay), Streams(self.lab, SERVER, "server2", [("192.0.2.2", 5001)]) as streams:
                self.agent.apply(set=[{**team, "up_delay_ms": delay}])
                self.lab.pull(SERVER, "nic1")
                streams.wait_until_whole()
                with Follower(self.lab, SERVER) as follower:
                    follower.wait(lambda state: reason(state, "nic1") == "media_disconnected")
                    self.lab.plug_late(SERVER, "nic1", 1)
                    follower.wait(is_ok)
                lost = streams.wait_until_whole()[0].lost
                self.assertGreaterEqual(lost, at_least)
                self.assertLessEqual(lost, at_most)


if __name__ == "__main__":
    taptest.main()
