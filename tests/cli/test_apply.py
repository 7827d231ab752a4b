#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""nicteam apply: definitions of teams from a file."""

import json

import taptest
from agent import Agent
from clitest import KERNEL, OK, REFUSED, SERVER, USAGE, CliTest

ONE = {"name": "Team1", "members": ["nic1", "nic2"], "mode": "static", "interfaces": [{"vlan": 0}, {"vlan": 7, "name": "Backup"}]}
TWO = {"name": "Team2", "members": ["nic3"]}
SAME = "already up to date"


class Apply(CliTest):
    def apply(self, wanted, *words, status=OK):
        text = wanted if isinstance(wanted, str) else json.dumps(wanted)
        return self.nicteam("apply", "-", *words, status=status, input=text)

    def names(self):
        return [team["name"] for team in self.json("team", "list")[0]["teams"]]

    def generation(self):
        with Agent(self.lab, SERVER) as agent:
            return agent.state()["generation"]

    def test_forms(self):
        """A definition, an array, an object with teams, and output of --json are applied, and then are up to date"""
        for wanted in (ONE, [ONE, TWO], {"teams": [ONE, TWO]}, [{"server": "elsewhere", "teams": [ONE]}]):
            with self.subTest(str(type(wanted))):
                self.clean()
                self.assertIn("applied the file", self.apply(wanted))
                generation = self.generation()
                self.assertIn(SAME, self.apply(wanted))
                self.assertEqual(self.generation(), generation)
                self.assertEqual(self.link("Team1.7")["ifalias"], "Backup")

    def test_round_trip(self):
        """Output of team show and team list can be applied: to the same server without a change, and to another one"""
        self.apply([ONE, TWO])
        for words in (("team", "show", "Team1"), ("team", "list")):
            shown = self.nicteam("--json", *words)
            self.assertIn(SAME, self.apply(shown))
        self.nicteam("team", "delete", "--yes", "*")
        self.assertIn("2 defined", self.apply(shown))
        self.assertEqual(self.names(), ["Team1", "Team2"])
        self.nicteam("apply", "-", server="server2", input=shown)
        self.assertIsNotNone(self.link("Team1.7", server="server2"))

    def test_change(self):
        """An existing team is changed and keeps its id; a new name with an existing id renames the team"""
        self.apply([ONE, TWO])
        before = self.json("team", "show", "Team1")[0]["team"]["id"]
        self.apply([{**ONE, "mode": "switch_independent", "mtu": 1400}])
        team = self.json("team", "show", "Team1")[0]["team"]
        self.assertEqual((team["id"], team["mode"], team["mtu"]), (before, "switch_independent", 1400))
        self.apply([{**ONE, "name": "New", "id": before}])
        self.assertEqual(self.json("team", "show", "New")[0]["team"]["id"], before)
        self.assertEqual(sorted(self.names()), ["New", "Team2"])

    def test_prune(self):
        """--prune deletes teams that are not in the file, after a question; without it such teams stay"""
        self.apply([ONE, TWO])
        self.assertIn(SAME, self.apply([ONE]))
        self.assertIn("“Team2”", self.apply([ONE], "--prune", status=USAGE))
        self.assertEqual(self.names(), ["Team1", "Team2"])
        self.assertIn("1 deleted", self.apply([ONE], "--prune", "--yes"))
        self.assertEqual(self.names(), ["Team1"])
        self.assertIn(SAME, self.apply([ONE], "--prune", "--yes"))

    def test_dry_run(self):
        """--dry-run prints the plan and changes nothing"""
        self.assertIn("Create the team device Team1", self.apply([ONE], "--dry-run"))
        self.assertEqual(self.names(), [])

    def test_drift(self):
        """Drift is repaired"""
        self.apply(ONE)
        self.lab.exec(SERVER, ["ip", "link", "set", "nic2", "nomaster"])
        self.assertIn("applied the file", self.apply(ONE))
        self.assertEqual(self.link("nic2")["master"], "Team1")

    def test_json(self):
        """--json reports if anything was changed"""
        changed = [json.loads(self.nicteam("--json", "apply", "-", input=json.dumps(ONE)))[0]["changed"] for _ in range(2)]
        self.assertEqual(changed, [True, False])

    def test_servers(self):
        """A file for several servers has separate teams for each"""
        wanted = json.dumps([{"server": SERVER, "teams": [ONE]}, {"server": "server2", "teams": [TWO]}])
        self.nicteam("-s", "server2", "apply", "-", input=wanted)
        self.assertEqual(self.names(), ["Team1"])
        self.assertIsNotNone(self.link("Team2", server="server2"))
        others = json.dumps([{"server": "a", "teams": [ONE]}, {"server": "b", "teams": [TWO]}])
        self.assertIn("not for this one", self.nicteam("apply", "-", input=others, status=REFUSED))

    def test_wrong(self):
        """An error is reported with its path, by the command line before any call, or by the agent"""
        cases = (
            ("[", USAGE, "-: "),
            ("7", USAGE, "must contain an object"),
            ([ONE, {**TWO, "colour": "red"}], USAGE, "[1].colour: unknown, missing or of the wrong type"),
            ([{"members": []}], USAGE, "[0].name: "),
            ({"teams": {}}, USAGE, "teams: not an array"),
            ({"teams": [ONE], "kind": "x"}, USAGE, "kind: unknown field"),
            ({"teams": [{**ONE, "interfaces": [{"vlan": "7"}]}]}, USAGE, "teams[0].interfaces[0].vlan: "),
            ([{"team": {"spec": {**ONE, "mode": "fast"}}}], USAGE, "[0].team.spec.mode: "),
            ({"teams": [ONE, {**TWO, "members": ["nic9"]}]}, REFUSED, "teams[1].members[0]: No adapter named “nic9”"),
            ([ONE, {**TWO, "members": ["nic1"]}], REFUSED, "members[0]: "),
        )
        for wanted, status, complaint in cases:
            with self.subTest(complaint):
                self.assertIn(complaint, self.apply(wanted, status=status))
        self.assertEqual(self.names(), [])
        self.assertIn("nowhere.json", self.nicteam("apply", "/nowhere.json", status=USAGE))

    def test_whole(self):
        """A file is applied completely or not at all, and the kernel's error text is shown"""
        self.apply(TWO)
        self.lab.exec(SERVER, ["ip", "link", "add", "link", "Team2", "name", "mine", "type", "vlan", "id", "50"])
        wanted = [ONE, {**TWO, "interfaces": [{"vlan": 0}, {"vlan": 50}]}]
        self.assertIn("rolled back", self.apply(wanted, status=KERNEL))
        self.assertEqual(self.names(), ["Team2"])


if __name__ == "__main__":
    taptest.main()
