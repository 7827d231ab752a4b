#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent over its socket, on a real kernel. The reference is iproute2."""

import json
import threading
from pathlib import Path

import pictures
import taptest
from agent import INTERFACE, Agent, AgentError, Follower, connect
from agenttest import IS_SLOW, SERVER, AgentTest
from pictures import kind

TREE = Path(__file__).resolve().parents[2]


def links(lab):
    return pictures.links(lab, SERVER)


def picture(lab):
    return pictures.of_links(lab, SERVER)


class Service(AgentTest):
    # State

    def test_info(self):
        """GetInfo names the agent and its interfaces"""
        info = self.agent.call("org.varlink.service.GetInfo")
        self.assertEqual(info["product"], "nicteam-agent")
        self.assertIn(INTERFACE, info["interfaces"])

    def test_description(self):
        """GetInterfaceDescription returns the interface as in the source"""
        reply = self.agent.call("org.varlink.service.GetInterfaceDescription", {"interface": INTERFACE})
        source = TREE / "backend" / "varlink" / f"{INTERFACE}.varlink"
        self.assertEqual(reply["description"].strip(), source.read_text().strip())

    def test_adapters(self):
        """GetState reports the same adapters as iproute2"""
        truth = links(self.lab)
        adapters = {adapter["name"]: adapter for adapter in self.agent.state()["adapters"]}
        self.assertEqual(set(adapters), set(truth))
        for name, adapter in adapters.items():
            self.assertEqual(adapter["mac"], truth[name]["address"])
            self.assertEqual(adapter["mtu"], truth[name]["mtu"])
            self.assertEqual(adapter["enabled"], "UP" in truth[name]["flags"])
        self.assertEqual(adapters["lo"]["obstacles"], ["loopback"])
        self.assertEqual(adapters["nic1"]["obstacles"], [])
        self.assertEqual(adapters["nic1"]["speed_mbps"], 10000)

    def test_host(self):
        """GetState identifies the machine"""
        host = self.agent.state()["host"]
        self.assertEqual(host["hostname"], SERVER)
        self.assertEqual(host["server_type"], "virtual")
        self.assertEqual(host["kernel"], self.lab.exec(SERVER, ["uname", "-r"]).stdout.strip())

    # Changes

    MODES = (
        ({"mode": "switch_independent"}, "balance-tlb"),
        ({"mode": "static"}, "balance-xor"),
        ({"mode": "lacp", "lacp_timer": "fast"}, "802.3ad"),
        ({"mode": "switch_independent", "standby": "nic2"}, "active-backup"),
    )

    def test_create_and_delete(self):
        """Teams of every mode, with a VLAN, are created in the kernel and deleted"""
        before = picture(self.lab)
        for options, mode in self.MODES:
            with self.subTest(mode):
                team = {"name": "T", "members": ["nic1", "nic2"], "interfaces": [{}, {"vlan": 42}], **options}
                reply = self.agent.apply(set=[team])
                truth = links(self.lab)
                self.assertEqual(kind(truth["T"]), ["bond", mode, None])
                self.assertEqual(truth["T.42"]["linkinfo"]["info_data"]["id"], 42)
                self.assertEqual(truth["nic1"]["master"], "T")
                self.assertEqual(truth["nic2"]["master"], "T")
                self.assertEqual(truth["T"]["address"], truth["nic1"]["linkinfo"]["info_slave_data"]["perm_hwaddr"])
                bonding = self.lab.exec(SERVER, ["cat", "/proc/net/bonding/T"]).stdout
                self.assertIn("Slave Interface: nic2", bonding)
                self.agent.apply(remove=reply["teams"])
                self.assertEqual(picture(self.lab), before)

    def test_change(self):
        """A single request changes mode, members, VLANs, MTU and name of a team"""
        team_id = self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])["teams"][0]
        changed = {"id": team_id, "name": "Storage network", "members": ["nic2", "nic3"], "mode": "lacp", "mtu": 9000,
                   "interfaces": [{}, {"vlan": 7, "name": "Backup"}]}
        self.agent.apply(set=[changed])
        truth = links(self.lab)
        self.assertEqual(kind(truth["T"])[1], "802.3ad")
        self.assertEqual(truth["T"]["mtu"], 9000)
        self.assertEqual(truth["T"]["ifalias"], "Storage network")
        self.assertEqual(truth["T.7"]["ifalias"], "Backup")
        self.assertNotIn("master", truth["nic1"])
        self.assertIn("UP", truth["nic1"]["flags"])
        self.assertEqual({truth[name]["master"] for name in ("nic2", "nic3")}, {"T"})
        again = self.agent.apply(set=[changed])
        self.assertEqual(again.get("operations", []), [])

    def test_disable(self):
        """Disabled members and interfaces are down and listed as disabled; enabling them gives a working team"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "interfaces": [{}, {"vlan": 42}]}])
        with Follower(self.lab, SERVER) as follower:
            self.agent.apply(disable=["nic1", "nic2", "T - VLAN 42", "nic4"])
            truth = links(self.lab)
            for name in ("nic1", "nic2", "T.42", "nic4"):
                self.assertNotIn("UP", truth[name]["flags"])
            team = follower.wait_for_status("T", "fault")
            self.assertEqual([m["reason"] for m in team["members"]], ["administrative_decision"] * 2)
            self.restart_agent()
            self.agent.apply(enable=["nic1", "nic2", "T.42", "nic4"])
        with Follower(self.lab, SERVER) as follower:
            team = follower.wait_for_status("T", "ok")
        self.assertEqual([i["state"] for i in team["interfaces"]], ["active", "active"])
        self.assertIn("UP", links(self.lab)["nic4"]["flags"])

    def test_power_cut(self):
        """After a power cut the teams are restored from the store"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "interfaces": [{}, {"vlan": 42}], "mtu": 1400}])
        self.agent.close()
        before = picture(self.lab)
        self.lab.restart(SERVER)
        self.agent = connect(self.lab, SERVER)
        self.assertEqual(picture(self.lab), before)
        with Follower(self.lab, SERVER) as follower:
            follower.wait_for_status("T", "ok")

    def test_vlan_moves(self):
        """A changed VLAN id gives a new device, with the addresses, routes and name of the old one"""
        team_id = self.agent.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [{}, {"vlan": 42}]}])["teams"][0]
        self.lab.exec(SERVER, ["sh", "-ec", "ip address add 192.0.2.1/24 dev T.42; ip address add 2001:db8::1/64 dev T.42; "
                                            "ip route add 203.0.113.0/24 via 192.0.2.254 proto static"])
        self.agent.apply(set=[{"id": team_id, "name": "T", "members": ["nic1"], "interfaces": [{}, {"vlan": 43}]}])
        shown = self.lab.exec(SERVER, ["ip", "-br", "address", "show", "dev", "T - VLAN 43", "scope", "global"]).stdout
        self.assertIn("192.0.2.1/24 2001:db8::1/64", shown)
        self.assertIn("via 192.0.2.254 dev T.43", self.lab.exec(SERVER, ["ip", "route"]).stdout)
        self.assertNotIn("T.42", links(self.lab))

    def test_dry_run(self):
        """A dry run returns the plan and changes nothing"""
        before = picture(self.lab)
        reply = self.agent.apply(set=[{"name": "T", "members": ["nic1"]}], dry_run=True)
        self.assertEqual(reply["operations"][0]["kind"], "create_bond")
        self.assertTrue(all(operation["message"] for operation in reply["operations"]))
        self.assertEqual(picture(self.lab), before)
        self.assertIsNone(self.agent.team("T"))

    def test_progress(self):
        """With more, each operation is reported before it is carried out"""
        self.agent.send("Apply", {"set": [{"name": "T", "members": ["nic1", "nic2"]}]}, more=True)
        operations = []
        while (reply := self.agent.receive()).get("continues"):
            operations.append(reply["parameters"]["operation"])
        self.assertEqual(operations, reply["parameters"]["operations"])

    def test_restart(self):
        """A restarted agent has the same teams and changes nothing"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "interfaces": [{"vlan": 5}]}])
        before, state = picture(self.lab), self.agent.state()
        self.restart_agent()
        self.assertEqual(picture(self.lab), before)
        self.assertEqual(self.agent.state(), state)

    # Refused requests

    BAD = (
        ("unknown adapter", {"name": "T", "members": ["nic9"]}, "set[0].members[0]"),
        ("slash in the name", {"name": "a/b", "members": ["nic1"]}, "set[0].name"),
        ("empty name", {"name": "", "members": ["nic1"]}, "set[0].name"),
        ("VLAN 4095", {"name": "T", "members": ["nic1"], "interfaces": [{"vlan": 4095}]}, "set[0].interfaces[0].vlan"),
        ("no members", {"name": "T", "members": []}, "set[0].members"),
        ("33 members", {"name": "T", "members": [f"nic{i}" for i in range(1, 34)]}, "set[0].members"),
        ("the loopback link", {"name": "T", "members": ["lo"]}, "set[0].members[0]"),
        ("an adapter of another team", {"name": "U", "members": ["nic4"]}, "set[0].members[0]"),
        ("the name of another team", {"name": "Other", "members": ["nic1"]}, "set[0].name"),
        ("unknown team", {"id": "nobody", "name": "T", "members": ["nic1"]}, "set[0].id"),
    )

    def test_refusals(self):
        """A request that breaks a rule is refused with its field, and nothing is changed"""
        self.agent.apply(set=[{"name": "Other", "members": ["nic4"]}])
        before = picture(self.lab)
        for title, team, field in self.BAD:
            with self.subTest(title):
                with self.assertRaises(AgentError) as caught:
                    self.agent.apply(set=[team])
                self.assertEqual(caught.exception.name, "Refused")
                self.assertIn(field, caught.exception.fields)
                self.assertEqual(picture(self.lab), before)
        with self.assertRaises(AgentError) as caught:
            self.agent.apply(remove=["nobody"])
        self.assertEqual(caught.exception.fields, ["remove[0]"])

    MALFORMED = (
        ("unknown field", {"sett": []}, "sett"),
        ("unknown field inside", {"set": [{"name": "T", "members": [], "colour": "red"}]}, "set[0].colour"),
        ("missing field", {"set": [{"name": "T"}]}, "set[0].members"),
        ("wrong type", {"set": [{"name": 1, "members": []}]}, "set[0].name"),
        ("wrong word", {"set": [{"name": "T", "members": [], "mode": "fast"}]}, "set[0].mode"),
        ("fraction", {"generation": 1.5}, "generation"),
    )

    def test_malformed(self):
        """A request that does not match the interface is refused with the name of the field"""
        for title, parameters, field in self.MALFORMED:
            with self.subTest(title):
                with self.assertRaises(AgentError) as caught:
                    self.agent.call("Apply", parameters)
                self.assertEqual(caught.exception.name, "org.varlink.service.InvalidParameter")
                self.assertEqual(caught.exception.parameters["parameter"], field)

    def test_kernel_refuses(self):
        """When the kernel refuses, its error text is returned and the change is rolled back"""
        team_id = self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])["teams"][0]
        # A VLAN with the same id is in the way; only the kernel detects it, in the last operation.
        self.lab.exec(SERVER, ["ip", "link", "add", "link", "T", "name", "mine", "type", "vlan", "id", "50"])
        before = picture(self.lab)
        with self.assertRaises(AgentError) as caught:
            self.agent.apply(set=[{"id": team_id, "name": "T", "members": ["nic2", "nic3"], "mtu": 1400,
                                   "interfaces": [{}, {"vlan": 50}]}])
        error = caught.exception
        self.assertEqual(error.name, "OperationFailed")
        self.assertEqual(error.parameters["operation"]["link"], "T.50")
        self.assertIn("exists", error.parameters["reason"])
        self.assertTrue(error.parameters["undone"])
        self.assertEqual(picture(self.lab), before)

    def test_stale(self):
        """A change based on an old generation is refused with the current one"""
        state = self.agent.state()
        self.agent.apply(set=[{"name": "T", "members": ["nic1"]}], generation=state["generation"])
        with self.assertRaises(AgentError) as caught:
            self.agent.apply(set=[{"name": "U", "members": ["nic2"]}], generation=state["generation"])
        self.assertEqual(caught.exception.name, "StaleGeneration")
        self.assertEqual(caught.exception.parameters["generation"], state["generation"] + 1)

    def test_two_at_once(self):
        """Of two simultaneous requests for one adapter, one succeeds and the other is refused with the reason"""
        outcomes = []

        def request(name):
            with Agent(self.lab, SERVER) as agent:
                try:
                    agent.apply(set=[{"name": name, "members": ["nic1", "nic2"]}])
                    outcomes.append("done")
                except AgentError as error:
                    outcomes.append(error.name)

        threads = [threading.Thread(target=request, args=(name,)) for name in ("A", "B")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(outcomes), ["Refused", "done"])
        self.assertEqual(len(self.agent.state()["teams"]), 1)

    def test_half_a_request(self):
        """A connection that is lost in the middle of a request changes nothing"""
        before = picture(self.lab)
        with Agent(self.lab, SERVER) as agent:
            call = {"method": f"{INTERFACE}.Apply", "parameters": {"set": [{"name": "T", "members": ["nic1"]}], "confirm_s": 0}}
            agent.write(json.dumps(call).encode()[:-20])
        self.assertEqual(self.agent.state()["teams"], [])
        self.assertEqual(picture(self.lab), before)

    def test_cut_in_the_middle(self):
        """A connection that is lost during a change leaves a complete change"""
        team = {"name": "T", "members": ["nic1", "nic2", "nic3"], "interfaces": [{}, {"vlan": 2}, {"vlan": 3}]}
        with Follower(self.lab, SERVER) as follower:
            generation = follower.state["generation"]
            agent = Agent(self.lab, SERVER)
            agent.send("Apply", {"set": [team]}, more=True)
            agent.receive()
            agent.close()
            follower.wait(lambda state: state["generation"] > generation)
        truth = links(self.lab)
        self.assertEqual([truth[f"nic{i}"]["master"] for i in (1, 2, 3)], ["T"] * 3)
        self.assertIn("T.3", truth)

    def test_killed_in_the_middle(self):
        """An agent that is killed at any point leaves the old state or the new one"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "interfaces": [{}, {"vlan": 2}]}])
        team_id = self.agent.team("T")["id"]
        request = {"set": [{"id": team_id, "name": "T", "members": ["nic2", "nic3"], "mode": "lacp",
                            "interfaces": [{}, {"vlan": 3}]}]}
        old = picture(self.lab)
        script = str(Path(__file__).with_name("kill_midway.py"))
        finished = False
        for event in (*range(0, 42, 18 if IS_SLOW else 6), 1000):
            with self.subTest(f"after event {event}"):
                result = self.lab.exec(SERVER, ["python3", script, json.dumps(request), str(event)])
                finished = result.stdout.strip() == "done"
                self.reconnect()
                if self.agent.team("T")["mode"] == "lacp":
                    self.assert_new(links(self.lab))
                    break
                self.assertEqual(picture(self.lab), old)
        self.assertTrue(finished or self.agent.team("T")["mode"] == "lacp")

    def assert_new(self, truth):
        self.assertEqual(kind(truth["T"])[1], "802.3ad")
        self.assertEqual([truth[name].get("master") for name in ("nic1", "nic2", "nic3")], [None, "T", "T"])
        self.assertIn("T.3", truth)
        self.assertNotIn("T.2", truth)

    # Status

    def test_status(self):
        """A team with a pulled cable has a warning, without any link a fault, and with all cables it is OK again"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])
        with Follower(self.lab, SERVER) as follower:
            follower.wait_for_status("T", "ok")
            self.lab.pull(SERVER, "nic1")
            team = follower.wait_for_status("T", "warning")
            self.assertEqual([m.get("reason") for m in team["members"]], ["media_disconnected", None])
            follower.wait(lambda state: state["status"] == "warning")
            self.lab.pull(SERVER, "nic2")
            follower.wait_for_status("T", "fault")
            follower.wait(lambda state: state["status"] == "fault")
            self.lab.plug(SERVER, "nic1")
            self.lab.plug(SERVER, "nic2")
            follower.wait_for_status("T", "ok")

    def test_switch(self):
        """A switch that stops faults the members that are cabled to it"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])
        with Follower(self.lab, SERVER) as follower:
            self.lab.switch("B", "stop")
            team = follower.wait_for_status("T", "warning")
            self.assertEqual([m["state"] for m in team["members"]], ["active", "faulted"])

    def test_lacp(self):
        """LACP without a partner is a fault with that reason; with a partner the team comes up"""
        with Follower(self.lab, SERVER) as follower:
            self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "mode": "lacp", "lacp_timer": "fast"}])
            follower.wait(lambda state: [m.get("reason") for t in state["teams"] for m in t["members"]] == ["no_lacp_partner"] * 2)
            self.lab.lag(SERVER, ["nic1", "nic2"])
            team = follower.wait_for_status("T", "ok", timeout=60)
            self.assertNotEqual(team["partner_mac"], "00:00:00:00:00:00")

    def test_foreign_bond(self):
        """A foreign bond is listed, and cannot be changed"""
        self.lab.exec(SERVER, ["sh", "-ec", "ip link add byhand type bond mode balance-rr; ip link set nic3 down; "
                                            "ip link set nic3 master byhand"])
        try:
            with Follower(self.lab, SERVER) as follower:
                team = follower.wait(lambda state: next((t for t in state["teams"] if t["members"]), None))
            self.assertFalse(team["managed"])
            self.assertEqual(team["bond_mode"], "balance-rr")
            for request in ({"remove": [team["id"]]}, {"set": [{"name": "T", "members": ["nic3"]}]}):
                with self.assertRaises(AgentError) as caught:
                    self.agent.call("Apply", request)
                self.assertEqual(caught.exception.name, "Refused")
        finally:
            self.lab.exec(SERVER, ["sh", "-c", "ip link delete byhand; ip link set nic3 up"])

    def test_statistics(self):
        """SubscribeStatistics returns the counters of the named links, at the interval"""
        self.lab.exec(SERVER, ["ping", "-c", "1", "::1"])
        with Agent(self.lab, SERVER) as agent:
            agent.send("SubscribeStatistics", {"interval_ms": 250, "links": ["lo"]}, more=True)
            first = agent.receive()["parameters"]
            second = agent.receive()["parameters"]
        self.assertEqual([sample["link"] for sample in first["samples"]], ["lo"])
        self.assertGreater(second["time_us"], first["time_us"])
        self.assertGreaterEqual(second["samples"][0]["rx_bytes"], first["samples"][0]["rx_bytes"])
        self.assertGreater(first["samples"][0]["rx_packets"], 0)

    def test_statistics_refusals(self):
        """An interval out of range, and a call without more, are refused"""
        with Agent(self.lab, SERVER) as agent:
            agent.send("SubscribeStatistics", {"interval_ms": 10}, more=True)
            with self.assertRaises(AgentError) as caught:
                agent.receive()
            self.assertEqual(caught.exception.parameters, {"parameter": "interval_ms"})
            with self.assertRaises(AgentError) as caught:
                agent.call("Subscribe")
            self.assertEqual(caught.exception.name, "org.varlink.service.ExpectedMore")


if __name__ == "__main__":
    taptest.main()
