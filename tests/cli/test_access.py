#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line for users without full access, over ssh."""

import taptest
from clitest import REFUSED, SERVER, CliTest


class Access(CliTest):
    def test_level(self):
        """“access” shows the user and the access level on a server"""
        self.assertEqual(self.json("access"), [{"server": SERVER, "access": {"level": "manage", "user": "root"}}])
        for user, level in (("manager", "Manage"), ("viewer", "Read")):
            words = self.nicteam("access", server=f"ssh:{user}@{SERVER}").splitlines()[-1].split()
            self.assertEqual(words[-2:], [user, level])

    def test_viewer(self):
        """A user with read-only access is told so, and nothing is changed"""
        server = f"ssh:viewer@{SERVER}"
        self.assertIn("nic1", self.nicteam("adapter", "list", server=server))
        complaint = self.nicteam("team", "create", "Team1", "nic1", server=server, status=REFUSED)
        self.assertIn("add you to the group “nicteam”", complaint)
        self.assertNotIn("Team1", self.nicteam("team", "list"))

    def test_manager(self):
        """A user with full access creates a team"""
        server = f"ssh:manager@{SERVER}"
        self.nicteam("team", "create", "Team1", "nic1", "nic2", server=server)
        self.assertIn("Team1", self.nicteam("team", "list", server=server))
        self.assertIn("manager", self.nicteam("history"))

    def test_stranger(self):
        """A user without access is told how to get it"""
        complaint = self.nicteam("team", "list", server=f"ssh:stranger@{SERVER}", status=REFUSED)
        self.assertIn("“nicteam-view”", complaint)


if __name__ == "__main__":
    taptest.main()
