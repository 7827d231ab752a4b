#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Selection of teams, members and interfaces: names, patterns, --member, --interface."""

import taptest
from agent import Agent
from clitest import REFUSED, SERVER, USAGE, CliTest


class Selection(CliTest):
    def setUp(self):
        super().setUp()
        with Agent(self.lab, SERVER) as agent:
            agent.apply(set=[
                {"name": "Lab1", "members": ["nic1"], "interfaces": [{"vlan": 0}, {"vlan": 7}, {"vlan": 8}]},
                {"name": "Lab2", "members": ["nic2", "nic4"]},
                {"name": "Other", "members": ["nic3"]},
            ])

    def names(self, *words):
        return [team["name"] for team in self.json("team", "list", *words)[0]["teams"]]

    def test_list(self):
        """team list accepts names, patterns, a member and an interface"""
        cases = (
            ((), ["Lab1", "Lab2", "Other"]),
            (("Lab*",), ["Lab1", "Lab2"]),
            (("Lab?", "Other"), ["Lab1", "Lab2", "Other"]),
            (("*2",), ["Lab2"]),
            (("--member", "nic4"), ["Lab2"]),
            (("--member", "nic*", "Lab*"), ["Lab1", "Lab2"]),
            (("--interface", "Lab1 - VLAN 7"), ["Lab1"]),
            (("--interface", "Lab1.8"), ["Lab1"]),
            (("--interface", "* VLAN *"), ["Lab1"]),
        )
        for words, names in cases:
            with self.subTest(" ".join(words)):
                self.assertEqual(self.names(*words), names)

    def test_nothing(self):
        """A name or pattern without a match is an error, and nothing is changed"""
        cases = (
            (("team", "list", "Web*"), REFUSED, "No team name matches “Web*”"),
            (("team", "delete", "--yes", "Lab*", "Web*"), REFUSED, "No team name matches “Web*”"),
            (("team", "list", "Web"), REFUSED, "No team named “Web”. Teams on this server: Lab1, Lab2, Other"),
            (("team", "show", "--member", "nic9"), REFUSED, "the member “nic9”"),
            (("team", "show", "--interface", "eth*"), REFUSED, "the interface “eth*”"),
            (("team", "show"), USAGE, "No team given"),
            (("team", "delete"), USAGE, "No team given"),
            (("team", "set", "--mtu", "9000"), USAGE, "No team given"),
            (("team", "set", "Lab*", "--name", "New"), REFUSED, "Cannot rename several teams to “New”"),
            (("adapter", "list", "eth*"), REFUSED, "No adapter named “eth*”"),
        )
        for words, status, complaint in cases:
            with self.subTest(" ".join(words)):
                self.assertIn(complaint, self.nicteam(*words, status=status))
        self.assertEqual(self.names(), ["Lab1", "Lab2", "Other"])

    def test_show(self):
        """team show selects by member; JSON has one team for a name, an array for a pattern"""
        self.assertRegex(self.nicteam("team", "show", "--member", "nic3"), r"Team: +Other")
        self.assertRegex(self.nicteam("team", "show", "Lab*"), r"(?s)Team: +Lab1.*\n\nTeam: +Lab2")
        self.assertEqual(self.json("team", "show", "Lab1")[0]["team"]["name"], "Lab1")
        self.assertEqual(len(self.json("team", "show", "Lab*")[0]["teams"]), 2)

    def test_delete(self):
        """team delete with a pattern deletes all matching teams in one request, and no others"""
        with Agent(self.lab, SERVER) as agent:
            before = agent.state()["generation"]
            output = self.nicteam("team", "delete", "--yes", "Lab*")
            self.assertIn("deleted teams “Lab1”, “Lab2”", output)
            self.assertEqual(agent.state()["generation"], before + 1)
        self.assertEqual(self.names(), ["Other"])
        self.assertIsNone(self.link("Lab1"))

    def test_delete_by_member(self):
        """team delete --member finds the team by its adapter"""
        self.nicteam("team", "delete", "--yes", "--member", "nic4")
        self.assertEqual(self.names(), ["Lab1", "Other"])

    def test_set(self):
        """team set changes all matching teams in one request; an error names its team"""
        self.nicteam("team", "set", "Lab*", "--mtu", "1400", "--mode", "static")
        self.assertEqual([self.link(name)["mtu"] for name in ("Lab1", "Lab2", "Other")], [1400, 1400, 1500])
        complaint = self.nicteam("team", "set", "Lab*", "--mode", "switch-independent", "--standby", "nic4", status=REFUSED)
        self.assertIn("Lab1.standby: ", complaint)

    def test_foreign(self):
        """A pattern skips foreign bonds with a message; by name they are refused"""
        self.addCleanup(self.lab.exec, SERVER, ["ip", "link", "del", "Labbond"])
        self.lab.exec(SERVER, ["ip", "link", "add", "Labbond", "type", "bond"])
        self.assertIn("not created by NIC Teaming", self.nicteam("team", "delete", "--yes", "Labbond", status=REFUSED))
        result = self.lab.run(["nicteam", "-s", SERVER, "team", "delete", "--yes", "Lab*"])
        self.assertIn("skipping “Labbond”", result.stderr)
        self.assertIsNotNone(self.link("Labbond"))
        self.assertIsNone(self.link("Lab1"))

    def test_members(self):
        """member list and remove accept patterns"""
        output = self.nicteam("member", "list", "Lab*", "--member", "nic4")
        self.assertIn("nic4", output)
        self.assertNotIn("nic2", output)
        self.nicteam("member", "remove", "--yes", "Lab2", "*4")
        self.assertNotIn("master", self.link("nic4"))
        self.assertIn("“x*” is not a member", self.nicteam("member", "remove", "--yes", "Lab2", "x*", status=REFUSED))

    def test_interfaces(self):
        """interface list and delete accept patterns; the primary one stays"""
        output = self.nicteam("interface", "list", "--interface", "Lab1.*")
        self.assertIn("Lab1.7", output)
        self.assertNotIn("Other", output)
        self.nicteam("interface", "delete", "--yes", "Lab1", "*")
        self.assertIsNone(self.link("Lab1.7"))
        self.assertIsNone(self.link("Lab1.8"))
        self.assertIsNotNone(self.link("Lab1"))

    def test_adapters(self):
        """adapter list accepts patterns, also for adapters that cannot be teamed"""
        found = self.json("adapter", "list", "nic?", "mg*")[0]["adapters"]
        self.assertEqual(sorted(adapter["name"] for adapter in found), ["mgmt", "nic1", "nic2", "nic3", "nic4"])
        self.assertIn("No adapter named “x*”", self.nicteam("adapter", "list", "nic1", "x*", status=REFUSED))


if __name__ == "__main__":
    taptest.main()
