#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line confirms a change only while the server can still be reached."""

import taptest
from agent import Agent
from clitest import REFUSED, SERVER, UNREACHABLE, USAGE, CliTest


class ConfirmTest(CliTest):
    def pending(self):
        with Agent(self.lab, SERVER) as agent:
            return agent.state().get("pending")

    def test_keeps_by_itself(self):
        """A change that keeps the connection is confirmed over a new connection"""
        self.create()
        self.assertIsNone(self.pending())
        self.assertTrue(self.link("Team1"))

    def test_cut_off(self):
        """A change that cuts off its own client is rolled back, and reported as such"""
        complaint = self.nicteam("--deadline", "4", "team", "create", "Wrong", "mgmt", "nic1", "--vlan", "9", "--yes",
                                 status=UNREACHABLE)
        self.assertIn("rolled back", complaint)
        self.assertIsNone(self.link("Wrong"))

    def test_adapter_disabled(self):
        """Disabling the adapter that leads to the server is rolled back"""
        complaint = self.nicteam("--deadline", "4", "adapter", "disable", "mgmt", "--yes", status=UNREACHABLE)
        self.assertIn("rolled back", complaint)
        self.assertIn("UP", self.link("mgmt")["flags"])

    def test_manual(self):
        """With --confirm=manual a change waits for “nicteam confirm” or “nicteam revert”"""
        self.assertIn("rolled back in 60 s", self.create("--confirm", "manual"))
        self.assertTrue(self.pending())
        self.assertIn("waiting for confirmation", self.nicteam("team", "delete", "Team1", "--yes", status=REFUSED))
        self.nicteam("revert")
        self.assertIsNone(self.link("Team1"))
        self.create("--confirm", "manual", "--deadline", "100")
        self.assertEqual(self.pending()["deadline_s"], 100)
        self.nicteam("confirm")
        self.assertIsNone(self.pending())
        self.assertTrue(self.link("Team1"))
        for verb in ("confirm", "revert"):
            self.assertIn("No change is waiting", self.nicteam(verb, status=REFUSED))

    def test_none(self):
        """With --confirm=none a change needs no confirmation"""
        self.create("--confirm", "none")
        self.assertIsNone(self.pending())

    def test_undo(self):
        """undo undoes the last change, and a second undo redoes it; history shows all of them"""
        self.create("--vlan", "7")
        self.assertIn("Delete the device Team1", self.nicteam("undo", "--dry-run"))
        self.nicteam("undo")
        self.assertIsNone(self.link("Team1"))
        self.nicteam("undo")
        self.assertTrue(self.link("Team1.7"))
        self.nicteam("team", "set", "Team1", "--mode", "static")
        self.nicteam("--confirm", "manual", "team", "delete", "Team1", "--yes")
        self.nicteam("revert")
        lines = self.nicteam("history").splitlines()[1:6]
        for line, words in zip(lines, (("Undone", "Team1 deleted"), ("Kept", "Team1 changed"), ("Kept", "Team1 created"),
                                       ("Kept", "Team1 deleted"), ("Kept", "Team1 created"))):
            for word in ("root", *words):
                self.assertIn(word, line)
        entries = self.json("history")[0]["history"]
        self.assertEqual([entry["outcome"] for entry in entries[:2]], ["reverted", "kept"])
        self.nicteam("undo")
        self.assertEqual(self.link("Team1")["linkinfo"]["info_data"]["mode"], "balance-tlb")

    def test_usage(self):
        """An invalid method or time of confirmation is reported"""
        self.assertIn("“never”", self.nicteam("team", "list", "--confirm", "never", status=USAGE))
        self.assertIn("“soon”", self.nicteam("team", "list", "--deadline", "soon", status=USAGE))


if __name__ == "__main__":
    taptest.main()
