#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""--wait: until a team is up, including the LACP negotiation, or the time is over."""

import subprocess

import taptest
from agent import Follower
from clitest import REFUSED, SERVER, TIMEOUT, USAGE, CliTest


class Wait(CliTest):
    def test_lacp(self):
        """team create --wait ends when LACP has been negotiated"""
        self.lab.lag(SERVER, ["nic1", "nic2"])
        output = self.nicteam("team", "create", "--wait", "Team1", "nic1", "nic2", "--mode", "lacp", "--lacp-timer", "fast")
        self.assertIn("team “Team1” is up", output)
        # The switch may negotiate once more when its second port comes up.
        with Follower(self.lab, SERVER) as follower:
            team = follower.wait_for_status("Team1", "ok")
        self.assertEqual([member["state"] for member in team["members"]], ["active", "active"])

    def test_time_out(self):
        """A team that does not come up in time gives a separate exit status, and the reasons"""
        self.lab.pull(SERVER, "nic2")
        with Follower(self.lab, SERVER) as follower:
            follower.wait(lambda state: next(a for a in state["adapters"] if a["name"] == "nic2")["state"] == "faulted")
        complaint = self.nicteam("team", "create", "Team1", "nic1", "nic2", "--wait=1", status=TIMEOUT)
        self.assertIn("Team “Team1” is not up after 1 s: Warning (nic2: Media disconnected)", complaint)
        self.assertIsNotNone(self.link("Team1"))
        self.assertIn("not up", self.nicteam("team", "set", "Team1", "--mtu", "1400", "--wait=1", status=TIMEOUT))
        self.assertIn("not up", self.nicteam("team", "wait", "Team1", "--timeout", "1", status=TIMEOUT))
        result = self.lab.run(["nicteam", "--json", "-s", SERVER, "team", "set", "Team1", "--mtu", "1500", "--wait=1"], check=False)
        self.assertIn(f'"code" : {TIMEOUT}', result.stdout)

    def test_team_wait(self):
        """team wait ends when the cable is plugged"""
        self.create()
        self.lab.pull(SERVER, "nic2")
        with Follower(self.lab, SERVER) as follower:
            follower.wait_for_status("Team1", "warning")
        argv = ["nicteam", "-s", SERVER, "team", "wait", "Team*", "--timeout=30"]
        with self.lab.popen(None, argv, stdout=subprocess.PIPE) as process:
            self.lab.plug(SERVER, "nic2")
            self.assertIn("team “Team1” is up", process.stdout.read())
        self.assertEqual(process.returncode, 0)
        self.assertIn("is up", self.nicteam("team", "wait", "Team1"))

    def test_words(self):
        """An unknown team and an invalid time are refused"""
        cases = (
            (("team", "wait", "nobody"), REFUSED, "nobody"),
            (("team", "wait"), USAGE, "No team given"),
            (("team", "create", "T", "nic1", "--wait=soon"), USAGE, "“soon”"),
            (("team", "create", "T", "nic1", "--wait=0"), USAGE, "“0”"),
        )
        for words, status, complaint in cases:
            with self.subTest(" ".join(words)):
                self.assertIn(complaint, self.nicteam(*words, status=status))
        self.assertIn("--wait[=SECONDS]", self.nicteam("team", "create", "--help", server=None))

    def test_dry_run(self):
        """--dry-run does not wait"""
        self.assertIn("planned steps", self.nicteam("--dry-run", "team", "create", "--wait", "T", "nic1"))


if __name__ == "__main__":
    taptest.main()
