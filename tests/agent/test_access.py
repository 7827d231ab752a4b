#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: real users of a server, over its socket and over ssh."""

import taptest
from agent import Agent, AgentError, bridge_as, ssh_as
from agenttest import SERVER, AgentTest

DENIED = "AccessDenied"


class Users(AgentTest):
    def connect(self, argv):
        agent = Agent(self.lab, SERVER, argv)
        self.addCleanup(agent.close)
        return agent

    def levels(self, argv):
        """What the agent says of a user, and what it lets him do."""
        agent = self.connect(argv)
        access = agent.call("GetAccess")
        return access.get("level"), access["user"], self.may(agent, "GetState"), self.may(agent, "Apply", dry_run=True)

    def may(self, agent, method, **parameters):
        try:
            agent.call(method, parameters)
        except AgentError as error:
            self.assertEqual(error.name, DENIED)
            return False
        return True

    def test_root(self):
        """Root manages"""
        access = self.agent.call("GetAccess")
        self.assertEqual(access, {"level": "manage", "user": "root"})

    def test_groups(self):
        """The group nicteam manages, nicteam-view reads, others do nothing, over the socket"""
        self.assertEqual(self.levels(bridge_as(self.lab, SERVER, "manager")), ("manage", "manager", True, True))
        self.assertEqual(self.levels(bridge_as(self.lab, SERVER, "viewer")), ("read", "viewer", True, False))
        self.assertEqual(self.levels(bridge_as(self.lab, SERVER, "stranger")), (None, "stranger", False, False))

    def test_ssh(self):
        """Over ssh it is who has logged in that counts"""
        self.assertEqual(self.levels(ssh_as(self.lab, SERVER, "manager")), ("manage", "manager", True, True))
        self.assertEqual(self.levels(ssh_as(self.lab, SERVER, "viewer")), ("read", "viewer", True, False))
        self.assertEqual(self.levels(ssh_as(self.lab, SERVER, "stranger")), (None, "stranger", False, False))

    def test_change(self):
        """A manager makes a team; a viewer sees it, and may not remove it"""
        manager = self.connect(ssh_as(self.lab, SERVER, "manager"))
        viewer = self.connect(ssh_as(self.lab, SERVER, "viewer"))
        manager.apply(set=[{"name": "Team1", "members": ["nic1", "nic2"]}])
        self.assertEqual(viewer.team("Team1")["status"], "ok")
        with self.assertRaises(AgentError) as raised:
            viewer.apply(remove=["Team1"])
        self.assertEqual(raised.exception.parameters["level"], "manage")
        self.assertIn("nicteam", raised.exception.parameters["message"])
        self.assertIsNotNone(self.agent.team("Team1"))

    def test_every_method(self):
        """Of the agent's interface a stranger may call GetAccess alone, and org.varlink.service"""
        stranger = self.connect(bridge_as(self.lab, SERVER, "stranger"))
        self.assertEqual(stranger.call("org.varlink.service.GetInfo")["product"], "nicteam-agent")
        for method in ("GetState", "GetAdapter", "GetTeamFeatures", "GetHistory", "Apply", "Confirm", "Revert", "Undo"):
            self.assertFalse(self.may(stranger, method), method)
        for method in ("Subscribe", "SubscribeStatistics"):
            stranger.send(method, more=True)
            with self.assertRaises(AgentError) as raised:
                stranger.receive()
            self.assertEqual(raised.exception.name, DENIED)

    def test_group_of_today(self):
        """Nothing is remembered of a user beyond his connection"""
        before = self.connect(bridge_as(self.lab, SERVER, "stranger"))
        self.assertFalse(self.may(before, "GetState"))
        self.lab.exec(SERVER, ["sed", "-i", "s/^nicteam-view:.*/&,stranger/", "/etc/group"])
        self.addCleanup(self.lab.exec, SERVER, ["sed", "-i", "s/^\\(nicteam-view:.*\\),stranger/\\1/", "/etc/group"])
        after = self.connect(bridge_as(self.lab, SERVER, "stranger"))
        self.assertTrue(self.may(after, "GetState"))
        self.assertFalse(self.may(before, "GetState"))


if __name__ == "__main__":
    taptest.main()
