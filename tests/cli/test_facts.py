#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Details of adapters and teams on the command line, and checks that it makes before a call."""

import json

import card
import taptest
from agent import Agent, connect
from clitest import FAILED, OK, REFUSED, SERVER, USAGE, CliTest
from fake_agent import FakeAgent


class Facts(CliTest):
    def facts(self, *words, **options):
        """The values in the output of “show”, by label; lists, because a label may be repeated."""
        found = {}
        for line in self.nicteam(*words, **options).split("\n\n")[0].splitlines():
            label, value = line.split(":", 1)
            found.setdefault(label, []).append(value.strip())
        return found

    # Details

    def test_adapter(self):
        """adapter show prints queues and offloads as in the kernel"""
        facts = self.facts("adapter", "show", "nic1")
        link = self.link("nic1")
        self.assertEqual(facts["MAC address"], [link["address"]])
        self.assertEqual(facts["MTU"], [str(link["mtu"])])
        self.assertEqual(facts["Teamable"], ["yes"])
        self.assertEqual(facts["Transmit queues"], ["1"])
        self.assertEqual(facts["Transmit checksum"], ["on (tx-checksum-ip-generic)"])
        self.assertEqual(facts["LRO"], ["off"])

    def test_offload(self):
        """adapter show lists an offload that is off"""
        self.addCleanup(self.lab.exec, SERVER, ["ethtool", "-K", "nic1", "tx", "on"])
        self.lab.exec(SERVER, ["ethtool", "-K", "nic1", "tx", "off"])
        self.assertEqual(self.facts("adapter", "show", "nic1")["Transmit checksum"], ["off"])

    def test_obstacles(self):
        """adapter show lists every reason why an adapter cannot be teamed"""
        self.addCleanup(self.lab.exec, SERVER, ["sh", "-ec", "ip link delete other; ip link delete vlan"])
        self.lab.exec(SERVER, ["sh", "-ec", "ip link add other type bridge; ip link set nic3 master other; "
                                            "ip link add link nic3 name vlan type vlan id 9"])
        facts = self.facts("adapter", "show", "nic3")
        self.assertEqual(facts["Teamable"], ["no"])
        self.assertEqual(facts["Not teamable because"], ["It is a port of a bridge or virtual switch", "VLANs or other links use it"])
        complaints = self.nicteam("team", "create", "T", "nic3", status=REFUSED)
        for reason in facts["Not teamable because"]:
            self.assertIn(f"members[0]: The adapter “nic3” cannot be teamed. {reason}. ", complaints)

    def restart_agent(self):
        self.lab.kill_agent(SERVER)
        connect(self.lab, SERVER).close()

    def test_card(self):
        """adapter show prints cautions of a card, and team create warns of features that the team lacks"""
        self.addCleanup(self.restart_agent)
        self.addCleanup(card.remove, self.lab, SERVER, "nic3")
        card.insert(self.lab, SERVER, "nic3", "physical")
        self.restart_agent()
        facts = self.facts("adapter", "show", "nic3")
        for label, value in (("Bus", card.BUS), ("Driver", card.DRIVER), ("NUMA node", str(card.NUMA_NODE)),
                             ("RDMA", card.RDMA_DEVICE), ("Virtual functions", "{} of {}".format(*card.FUNCTIONS))):
            self.assertEqual(facts[label], [value])
        self.assertEqual(len(facts["Caution"]), 2)
        result = self.lab.run(["nicteam", "-s", SERVER, "team", "create", "Team1", "nic1", "nic3"], check=True)
        for caution in facts["Caution"]:
            self.assertIn(f"warning: The adapter “nic3” can be teamed, with a limitation. {caution}.", result.stderr)
        self.assertEqual(self.link("nic3")["master"], "Team1")

    def test_adapter_json(self):
        """adapter show --json has the details from the agent"""
        shown = self.json("adapter", "show", "nic1")[0]
        with Agent(self.lab, SERVER) as agent:
            self.assertEqual(shown["details"], agent.call("GetAdapter", {"name": "nic1"})["details"])
        self.assertEqual(shown["adapter"]["name"], "nic1")

    def test_team(self):
        """team show prints queues with their rule, and differences of the kernel's bond"""
        self.create("--balance", "dynamic")
        self.addCleanup(self.lab.exec, SERVER, ["ethtool", "-K", "nic1", "tso", "on"])
        self.lab.exec(SERVER, ["ethtool", "-K", "nic1", "tso", "off"])
        facts = self.facts("team", "show", "Team1")
        self.assertEqual(facts["Transmit queues"], ["2, sum of all members"])
        self.assertEqual(facts["Transmit checksum"], ["on"])
        self.assertEqual(facts["TSO"], ["off; supported only by nic2; active in the kernel’s bond"])
        self.assertEqual(facts["Receive checksum"], ["on; not active in the kernel’s bond"])
        self.nicteam("team", "set", "Team1", "--balance", "ip-addresses")
        self.assertEqual(self.facts("team", "show", "Team1")["Transmit queues"], ["1, smallest member"])

    def test_team_json(self):
        """team show --json has the features of teams, and its output can be applied"""
        self.create()
        self.nicteam("team", "create", "Team2", "nic3")
        text = self.nicteam("--json", "team", "show", "*")
        shown = json.loads(text)[0]
        self.assertEqual([team["id"] for team in shown["teams"]], [features["id"] for features in shown["features"]])
        self.assertIn("already up to date", self.nicteam("apply", "-", input=text))
        self.assertEqual(self.json("team", "show", "Team2")[0]["features"][0]["rx_queues"], 1)

    # Refusals

    REFUSED = (
        (("team", "create", "T", "Team1"), REFUSED, "members[0]: “Team1” is a team or a team interface"),
        (("team", "create", "T", "lo"), REFUSED, "members[0]: The adapter “lo” cannot be teamed. The loopback interface cannot be "
                                                 "teamed. Choose a network adapter."),
        (("team", "create", "T", "nic3", "--standby", "nic4"), REFUSED, "standby: The standby adapter “nic4” is not a member of "
                                                                        "the team; choose one of its members."),
        (("team", "create", "T", "nic3", "--standby", "nic3"), REFUSED, "standby: The only member"),
        (("team", "create", "T", "nic3", "nic4", "--standby", "nic3", "--mode", "lacp"), REFUSED,
         "standby: A standby adapter requires switch independent mode; change the mode, or use no standby adapter."),
        (("team", "create", "T", "nic3", "nic4", "--standby", "nic3", "--standby", "nic4"), USAGE,
         "A team has one standby member, not both “nic3” and “nic4”"),
        (("team", "set", "Team1", "--standby=nic1", "--standby=nic2"), USAGE, "A team has one standby member"),
    )

    def test_refusals(self):
        """A refused request is reported with the field, the rule and a suggestion"""
        self.create()
        for words, status, complaint in self.REFUSED:
            with self.subTest(" ".join(words)):
                self.assertIn(complaint, self.nicteam(*words, status=status))

    def test_second_standby_in_file(self):
        """apply refuses a second standby adapter by its field"""
        team = {"name": "T", "members": ["nic1", "nic2", "nic3"], "standby": ["nic1", "nic2"]}
        self.assertIn("teams[0].standby: ", self.nicteam("apply", "-", input=json.dumps({"teams": [team]}), status=USAGE))

    # Agents

    def fake(self, **host):
        """A fake agent with the current state and other host details."""
        with Agent(self.lab, SERVER) as agent:
            state = agent.state()
        state["host"].update(host)
        path = self.lab.directory / "fake.sock"
        path.unlink(missing_ok=True)
        return FakeAgent(path, state)

    def test_too_old_agent(self):
        """An agent of 0.1, whose state has other field names, is reported as too old, with both versions"""
        with self.fake(agent_version="0.1.0") as agent:
            for adapter in agent.state["adapters"]:
                adapter["speed"] = adapter.pop("speed_mbps", 0)
            agent.state["teams"] = [{"id": "t", "name": "T"}]
            complaint = self.nicteam("team", "list", server=agent.address, status=FAILED)
        self.assertRegex(complaint, r"too old \(version 0\.1\.0, field “teams\[0\]\..*Install version \d+\.\d+\.\d+")

    def test_refused_before_it_is_sent(self):
        """A request that breaks a rule is not sent, unless the agent has another version"""
        lacp = ("team", "create", "T", "nic1", "nic2", "--mode", "lacp")
        for host, words, status, calls in (
            ({"guest_modes": False}, lacp, REFUSED, []),
            ({"guest_modes": False}, ("--dry-run", *lacp), REFUSED, []),
            ({"guest_modes": True}, lacp, FAILED, ["Apply"]),
            ({"guest_modes": False, "agent_version": "99"}, lacp, FAILED, ["Apply"]),
        ):
            with self.subTest(**host), self.fake(**host) as agent:
                complaint = self.nicteam(*words, server=agent.address, status=status)
                self.assertEqual(agent.calls, calls)
                if status == REFUSED:
                    self.assertIn("mode: This server is a virtual machine", complaint)
                    self.assertIn("GuestModes=true", complaint)

    def test_older_agent(self):
        """Adapters and teams of an older agent are shown without details that it lacks"""
        self.create()
        with self.fake() as agent:
            for words in (("adapter", "show", "nic1"), ("team", "show", "Team1")):
                facts = self.facts(*words, server=agent.address, status=OK)
                self.assertIn("MTU", facts)
                self.assertNotIn("Transmit queues", facts)
            self.assertNotIn("details", json.loads(self.nicteam("--json", "adapter", "show", "nic1", server=agent.address))[0])


if __name__ == "__main__":
    taptest.main()
