#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access of real users of a server, over its socket and over ssh."""

import place
import taptest
from agent import Agent, AgentError, bridge_as, ssh_as
from agenttest import SERVER, AgentTest

DENIED = "AccessDenied"

# A name service that replies only when /run/nss-slow has been removed; see tests/lab/nss-slow.c.
ADD_SLOW_NAMES = """
echo {libraries} > /etc/ld.so.conf.d/nss-slow.conf
/sbin/ldconfig
sed -i 's/^passwd:.*/& slow/' /etc/nsswitch.conf
"""
REMOVE_SLOW_NAMES = """
rm -f /run/nss-slow
sed -i 's/^\\(passwd:.*\\) slow/\\1/' /etc/nsswitch.conf
rm /etc/ld.so.conf.d/nss-slow.conf
/sbin/ldconfig
"""


class AccessTest(AgentTest):
    def connect(self, argv):
        agent = Agent(self.lab, SERVER, argv)
        self.addCleanup(agent.close)
        return agent


class SlowNames(AccessTest):
    """Users are looked up in a directory service that is not reachable."""

    def setUp(self):
        super().setUp()
        libraries = place.default_build() / "tests" / "lab"
        self.shell(ADD_SLOW_NAMES.format(libraries=libraries))
        self.addCleanup(self.shell, REMOVE_SLOW_NAMES)
        self.restart_agent()

    def shell(self, script):
        self.lab.exec(SERVER, ["sh", "-ec", script])

    def connect_unknown(self, uid):
        """A connection of a user without an entry in any file of the server."""
        agent = self.connect(self.lab.exec_argv(SERVER, ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups",
                                                         "/run/programs/nicteam-agent", "bridge"]))
        # setpriv looks the user up too, so the service must reply until it has finished.
        agent.call("org.varlink.service.GetInfo")
        return agent

    def hold_names(self):
        self.shell("touch /run/nss-slow")

    def test_others(self):
        """A look-up that hangs does not delay other users, and later calls on the connection keep their order"""
        unknown, gone = self.connect_unknown(7000), self.connect_unknown(7001)
        viewer = self.connect(bridge_as(self.lab, SERVER, "viewer"))
        viewer.call("org.varlink.service.GetInfo")
        self.hold_names()
        unknown.send("GetAccess")
        unknown.send("GetState")
        gone.send("GetAccess")
        with self.assertRaises(TimeoutError):
            unknown.receive(timeout=1)
        gone.close()
        self.assertEqual(self.agent.call("GetAccess"), {"level": "manage", "user": "root"})
        self.assertEqual(viewer.call("GetAccess"), {"level": "read", "user": "viewer"})
        self.agent.apply(set=[{"name": "Team1", "members": ["nic1", "nic2"]}])
        with self.assertRaises(TimeoutError):
            unknown.receive(timeout=0)
        self.shell("rm /run/nss-slow")
        self.assertEqual(unknown.receive()["parameters"], {"user": "7000"})
        with self.assertRaises(AgentError) as raised:
            unknown.receive()
        self.assertEqual((raised.exception.name, raised.exception.parameters["level"]), (DENIED, "read"))

    def test_never(self):
        """A look-up that does not end is given up after 10 s, and the denial says so"""
        unknown = self.connect_unknown(7000)
        self.hold_names()
        for method in ("GetAccess", "Apply"):
            with self.assertRaises(AgentError) as raised:
                unknown.call(method)
            self.assertEqual(raised.exception.name, DENIED)
            self.assertTrue(raised.exception.parameters["groups_unknown"])
            self.assertIn("10 s", raised.exception.parameters["message"])


class Users(AccessTest):
    def levels(self, argv):
        """The access level of a user as reported by the agent, and the results of a read and of a change."""
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
        """Root has full access"""
        access = self.agent.call("GetAccess")
        self.assertEqual(access, {"level": "manage", "user": "root"})

    def test_groups(self):
        """Over the socket, nicteam has full access, nicteam-view has read-only access, other users have none"""
        self.assertEqual(self.levels(bridge_as(self.lab, SERVER, "manager")), ("manage", "manager", True, True))
        self.assertEqual(self.levels(bridge_as(self.lab, SERVER, "viewer")), ("read", "viewer", True, False))
        self.assertEqual(self.levels(bridge_as(self.lab, SERVER, "stranger")), (None, "stranger", False, False))

    def test_ssh(self):
        """Over ssh, the access level is that of the user who has logged in"""
        self.assertEqual(self.levels(ssh_as(self.lab, SERVER, "manager")), ("manage", "manager", True, True))
        self.assertEqual(self.levels(ssh_as(self.lab, SERVER, "viewer")), ("read", "viewer", True, False))
        self.assertEqual(self.levels(ssh_as(self.lab, SERVER, "stranger")), (None, "stranger", False, False))

    def test_change(self):
        """A user with full access creates a team; one with read-only access sees it, and cannot remove it"""
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
        """A user without access can call only GetAccess and org.varlink.service"""
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
        """A change of groups takes effect with the next connection"""
        before = self.connect(bridge_as(self.lab, SERVER, "stranger"))
        self.assertFalse(self.may(before, "GetState"))
        self.lab.exec(SERVER, ["sed", "-i", "s/^nicteam-view:.*/&,stranger/", "/etc/group"])
        self.addCleanup(self.lab.exec, SERVER, ["sed", "-i", "s/^\\(nicteam-view:.*\\),stranger/\\1/", "/etc/group"])
        after = self.connect(bridge_as(self.lab, SERVER, "stranger"))
        self.assertTrue(self.may(after, "GetState"))
        self.assertFalse(self.may(before, "GetState"))


if __name__ == "__main__":
    taptest.main()
