#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adapters and their properties, on a real kernel. The reference is iproute2, ethtool and sysfs."""

import json
import re
import subprocess
from pathlib import Path

import card
import taptest
from agent import Agent, AgentError, Follower
from agenttest import SERVER, AgentTest

TAP = Path(__file__).with_name("tap.py")
CONF = "/etc/nicteam/agent.conf"
# The names of offloads in “ethtool -k”.
OFFLOADS = {
    "tx_checksum": "tx-checksumming", "rx_checksum": "rx-checksumming", "scatter_gather": "scatter-gather",
    "tso": "tcp-segmentation-offload", "gso": "generic-segmentation-offload",
}


class AdapterTest(AgentTest):
    def exec(self, *argv, server=SERVER, **options):
        return self.lab.exec(server, argv, **options).stdout

    def shell(self, script, server=SERVER, **options):
        return self.exec("sh", "-ec", script, server=server, **options)

    def adapter(self, name):
        return next((adapter for adapter in self.agent.state()["adapters"] if adapter["name"] == name), None)

    def refuse(self, team):
        """Requests a team that must be refused, and returns the fields and rules of the problems."""
        with self.assertRaises(AgentError) as caught:
            self.agent.apply(set=[team])
        self.assertEqual(caught.exception.name, "Refused")
        return [(problem["field"], problem["rule"]) for problem in caught.exception.parameters["problems"]
                if problem["severity"] == "error"]

    # Details of the driver

    def ethtool_features(self, name):
        """All enabled features, by the names of the kernel."""
        text = self.exec("ethtool", "-k", name)
        single = set(re.findall(r"^\s*((?:tx|rx)-\S+|highdma|vlan-challenged|loopback|netns-local): on", text, re.MULTILINE))
        groups = set(re.findall(r"^(\S+): on", text, re.MULTILINE))
        return single, groups

    def test_features(self):
        """GetAdapter reports the same features as ethtool"""
        for name in ("nic1", "mgmt", "lo"):
            with self.subTest(name):
                reported = set(self.agent.call("GetAdapter", {"name": name})["details"]["features"])
                single, groups = self.ethtool_features(name)
                # ethtool has different names for some, and lists its groups among them.
                self.assertLessEqual(single - groups, reported)
                self.assertEqual("rx-checksum" in reported, "rx-checksumming" in groups)
                self.assertEqual("tx-generic-segmentation" in reported, "generic-segmentation-offload" in groups)
                self.assertEqual("tx-vlan-hw-insert" in reported, "tx-vlan-offload" in groups)
        self.assertIn("vlan-challenged", self.agent.call("GetAdapter", {"name": "lo"})["details"]["features"])

    def test_feature_that_is_off(self):
        """A feature that is turned off is reported at once"""
        self.addCleanup(self.exec, "ethtool", "-K", "nic1", "tx", "on")
        for state in ("off", "on"):
            self.exec("ethtool", "-K", "nic1", "tx", state)
            features = self.agent.call("GetAdapter", {"name": "nic1"})["details"]["features"]
            self.assertEqual("tx-checksum-ip-generic" in features, state == "on")

    def add_queues(self, rx, tx):
        """An adapter with that many queues, cabled to another one that is not used."""
        self.exec("ip", "link", "add", "many", "numrxqueues", str(rx), "numtxqueues", str(tx), "type", "veth",
                  "peer", "name", "end", "numrxqueues", str(tx), "numtxqueues", str(rx))
        self.addCleanup(self.exec, "ip", "link", "delete", "many")
        self.shell("ip link set end up; ip link set many up")
        # Kernels differ in how many of the created queues are in use: all, or only one.
        self.lab.exec(SERVER, ["ethtool", "-L", "many", "rx", str(rx), "tx", str(tx)], check=False)

    def ethtool_queues(self, name):
        current = self.exec("ethtool", "-l", name).split("Current hardware settings:")[1]
        return tuple(int(re.search(rf"{word}:\s+(\d+)", current).group(1)) for word in ("RX", "TX"))

    def test_queues(self):
        """GetAdapter reports the same queues as ethtool"""
        self.add_queues(4, 3)
        self.assertEqual(self.ethtool_queues("many"), (4, 3))
        for name in ("nic1", "many"):
            details = self.agent.call("GetAdapter", {"name": name})["details"]
            self.assertEqual((details["rx_queues"], details["tx_queues"]), self.ethtool_queues(name))

    def test_nothing_of_that_name(self):
        """An unknown adapter is refused by its name"""
        for method, parameters in (("GetAdapter", {"name": "nobody"}), ("GetTeamFeatures", {"teams": ["nobody"]})):
            with self.assertRaises(AgentError) as caught:
                self.agent.call(method, parameters)
            self.assertEqual(caught.exception.name, "NotFound")
            self.assertEqual(caught.exception.parameters, {"name": "nobody"})

    # Features of a team

    QUEUES = (
        ({"mode": "switch_independent"}, "smallest"),
        ({"mode": "switch_independent", "balance": "ip_addresses"}, "smallest"),
        ({"mode": "switch_independent", "balance": "dynamic"}, "sum"),
        ({"mode": "static", "balance": "dynamic"}, "smallest"),
        ({"mode": "lacp", "balance": "hyper_v_port"}, "smallest"),
    )

    def test_team_queues(self):
        """The queues of a team are the sum over its members, or the smallest number, depending on the mode"""
        self.add_queues(4, 3)
        team = self.agent.apply(set=[{"name": "T", "members": ["nic1", "many"]}])["teams"][0]
        rx, tx = zip(self.ethtool_queues("nic1"), self.ethtool_queues("many"))
        for options, rule in self.QUEUES:
            with self.subTest(**options):
                self.agent.apply(set=[{"id": team, "name": "T", "members": ["nic1", "many"], **options}])
                features = self.agent.call("GetTeamFeatures", {"teams": ["T"]})["features"][0]
                count = sum if rule == "sum" else min
                self.assertEqual((features["id"], features["queue_rule"]), (team, rule))
                self.assertEqual((features["rx_queues"], features["tx_queues"]), (count(rx), count(tx)))

    # The offloads that are turned off, by adapter.
    OFF = (
        (),
        (("nic1", "tx"),),
        (("nic1", "rx"),),
        (("nic1", "rx"), ("nic2", "rx")),
        (("nic2", "sg"),),
        (("nic1", "tso"), ("nic2", "tso")),
        (("nic2", "gso"),),
    )

    def test_team_offloads(self):
        """The features of a team follow from its members by the rules, and those of the kernel's bond are reported"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])
        self.addCleanup(self.turn_all_on)
        for off in self.OFF:
            with self.subTest(off=off):
                self.turn_all_on()
                for name, word in off:
                    self.exec("ethtool", "-K", name, word, "off")
                self.check_offloads()

    def turn_all_on(self):
        for name in ("nic1", "nic2"):
            self.exec("ethtool", "-K", name, "tx", "on", "rx", "on", "sg", "on", "tso", "on", "gso", "on")

    def check_offloads(self):
        on = {name: self.ethtool_features(name)[1] for name in ("nic1", "nic2", "T")}
        reported = {each["offload"]: each for each in self.agent.call("GetTeamFeatures")["features"][0]["offloads"]}
        self.assertEqual(set(reported), set(OFFLOADS))
        for offload, word in OFFLOADS.items():
            members = [name for name in ("nic1", "nic2") if word in on[name]]
            offered = bool(members) if offload == "rx_checksum" else len(members) == 2
            self.assertEqual(reported[offload], {
                "offload": offload, "offered": offered, "members": members, "bond": word in on["T"],
            })

    # Adapters that cannot be members

    # Case, commands, the link, its kind in “ip”, the obstacle.
    OBSTACLES = (
        ("a port of a bridge", "link add other type bridge; link set nic1 master other", "nic1", "bridge", "bridge_port"),
        ("a bridge", "link add other type bridge", "other", None, "virtual_link"),
        ("a port of a team device", "link add other type team; link set nic1 down; link set nic1 master other", "nic1", "team",
         "team_port"),
        ("a team device", "link add other type team", "other", None, "virtual_link"),
        ("part of a VRF", "link add other type vrf table 10; link set nic1 master other", "nic1", "vrf", "vrf_port"),
        ("a member of a foreign bond", "link add other type bond; link set nic1 down; link set nic1 master other", "nic1",
         "bond", "foreign_team"),
        ("below a macvlan", "link add other link nic1 type macvlan", "nic1", None, "has_vlans"),
        ("a macvlan", "link add other link nic1 type macvlan", "other", None, "virtual_link"),
        ("below a VLAN", "link add link nic1 name other type vlan id 9", "nic1", None, "has_vlans"),
        ("a VLAN", "link add link nic1 name other type vlan id 9", "other", None, "virtual_link"),
        ("a dummy", "link add other type dummy", "other", None, "virtual_link"),
    )

    def test_obstacles(self):
        """A link that cannot be a member is listed with the reason, refused with its field, and left unchanged"""
        for title, commands, name, slave_kind, obstacle in self.OBSTACLES:
            with self.subTest(title):
                try:
                    self.shell("; ".join(f"ip {command}" for command in commands.split("; ")))
                    self.check_obstacle(name, slave_kind, obstacle)
                finally:
                    self.shell("ip link delete other; ip link set nic1 nomaster up")

    def check_obstacle(self, name, slave_kind, obstacle):
        before = self.link(name)
        self.assertEqual(before.get("linkinfo", {}).get("info_slave_kind"), slave_kind)
        with Follower(self.lab, SERVER) as follower:
            follower.wait(lambda state: any(
                adapter["name"] == name and adapter["obstacles"] == [obstacle] for adapter in state["adapters"]))
        self.assertEqual(self.refuse({"name": "T", "members": ["nic2", name]}), [("set[0].members[1]", "member_not_teamable")])
        self.assertEqual(self.link(name), before)
        self.assertNotIn("master", self.link("nic2"))

    def link(self, name):
        return json.loads(self.exec("ip", "-d", "-j", "link", "show", "dev", name))[0]

    def test_team_of_teams(self):
        """A team, a team interface and a foreign bond cannot be members"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [{}, {"vlan": 7}]}])
        self.exec("ip", "link", "add", "foreign", "type", "bond")
        self.addCleanup(self.exec, "ip", "link", "delete", "foreign")
        for name in ("T", "T.7", "foreign"):
            with self.subTest(name):
                self.assertEqual(self.refuse({"name": "U", "members": [name]}), [("set[0].members[0]", "member_is_team")])

    def test_vlan_on_a_member(self):
        """A VLAN that is added on a member is a warning, and does not prevent other changes"""
        team = {"name": "T", "members": ["nic1", "nic2"]}
        team["id"] = self.agent.apply(set=[team])["teams"][0]
        self.exec("ip", "link", "add", "link", "nic1", "name", "other", "type", "vlan", "id", "9")
        self.addCleanup(self.exec, "ip", "link", "delete", "other")
        reply = self.agent.apply(set=[{**team, "mtu": 1400}])
        self.assertEqual([(each["field"], each["rule"]) for each in reply["warnings"]],
                         [("set[0].members[0]", "member_no_longer_teamable")])
        self.assertEqual(self.link("T")["mtu"], 1400)

    def test_vlan_takes_frames_from_the_team(self):
        """A VLAN on a member takes frames from the team interface with that id, so such an adapter is refused"""
        self.agent.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [{}, {"vlan": 9}]}])
        self.agent.close()
        self.agent = Agent(self.lab, "server2")
        self.agent.remove_all()
        self.agent.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [{}, {"vlan": 9}]}])
        self.addCleanup(self.remove_teams, "server2")
        self.exec("ip", "address", "add", "192.0.2.1/24", "dev", "T.9")
        self.exec("ip", "address", "add", "192.0.2.2/24", "dev", "T.9", server="server2")
        self.assertGreaterEqual(self.count_pings("T.9"), 3)
        self.shell("ip link add link nic1 name other type vlan id 9; ip link set other up")
        self.addCleanup(self.exec, "ip", "link", "delete", "other")
        # They may be answered all the same: in IPv4 an address belongs to the whole host.
        self.assertEqual(self.count_pings("T.9"), 0)
        self.assertGreaterEqual(self.count_pings("other"), 3)

    def count_pings(self, name):
        """Returns the number of packets that an interface receives while three are sent."""
        before = self.received(name)
        self.lab.exec("server2", ["ping", "-c", "3", "-i", "0.2", "-W", "1", "192.0.2.1"], check=False)
        return self.received(name) - before

    def received(self, name):
        return json.loads(self.exec("ip", "-s", "-j", "link", "show", "dev", name))[0]["stats64"]["rx"]["packets"]

    # Cautions

    def insert_card(self, kind):
        self.addCleanup(self.restart_agent)
        self.addCleanup(card.remove, self.lab, SERVER, "nic3")
        card.insert(self.lab, SERVER, "nic3", kind)
        self.restart_agent()

    def test_card(self):
        """RDMA, virtual functions and NUMA node of a card are reported, with a warning"""
        self.insert_card("physical")
        adapter = self.adapter("nic3")
        self.assertEqual((adapter["bus"], adapter["driver"]), (card.BUS, card.DRIVER))
        self.assertEqual(adapter["cautions"], ["rdma_device", "virtual_functions"])
        details = self.agent.call("GetAdapter", {"name": "nic3"})["details"]
        self.assertEqual((details["numa_node"], details["rdma_devices"]), (card.NUMA_NODE, [card.RDMA_DEVICE]))
        self.assertEqual((details["virtual_functions"], details["virtual_functions_max"]), card.FUNCTIONS)
        self.assertNotIn("physical_function", details)
        reply = self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic3"]}])
        self.assertEqual([(each["field"], each["arguments"]) for each in reply["warnings"]],
                         [("set[0].members[1]", ["nic3", "rdma_device"]), ("set[0].members[1]", ["nic3", "virtual_functions"])])
        self.assertEqual(self.link("nic3")["master"], "T")

    def test_virtual_function(self):
        """A card that is a virtual function names its physical function"""
        self.insert_card("virtual")
        details = self.agent.call("GetAdapter", {"name": "nic3"})["details"]
        self.assertEqual(details["physical_function"], card.PARENT)
        self.assertNotIn("virtual_functions", details)
        self.assertNotIn("rdma_devices", details)
        self.assertNotIn("cautions", self.adapter("nic3"))

    def test_wireless(self):
        """A wireless card cannot be a member"""
        self.insert_card("wireless")
        self.assertEqual(self.adapter("nic3")["obstacles"], ["wireless"])
        self.assertEqual(self.refuse({"name": "T", "members": ["nic3"]}), [("set[0].members[0]", "member_not_teamable")])

    def add_tap(self, name, speed, duplex):
        tap = self.lab.popen(SERVER, [TAP, name, speed, duplex], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(tap.communicate)
        self.assertEqual(tap.stdout.readline(), "ready\n")

    def test_half_duplex(self):
        """Half duplex and a different speed are reported, with a warning, and give the member's reason in LACP"""
        self.add_tap("slow", "100", "half")
        with Follower(self.lab, SERVER) as follower:
            adapter = follower.wait(lambda state: next((a for a in state["adapters"] if a["name"] == "slow" and a["carrier"]), None))
            self.assertEqual((adapter["speed_mbps"], adapter["duplex"], adapter["cautions"]), (100, "half", ["half_duplex"]))
            reply = self.agent.apply(set=[{"name": "T", "members": ["nic1", "slow"], "mode": "lacp"}])
            self.assertEqual([(each["field"], each["rule"]) for each in reply["warnings"]],
                             [("set[0].members[1]", "member_caution"), ("set[0].members", "mixed_speeds")])
            follower.wait(lambda state: any(m.get("reason") == "half_duplex" for team in state["teams"] for m in team["members"]))
        # The driver's own term: such a port takes no part in LACP.
        self.assertIn("speed: 100 mbps\nduplex: half", self.exec("cat", "/proc/net/bonding/T").lower())

    def test_vlan_challenged(self):
        """An adapter without VLAN support is refused for a team with a VLAN, and accepted for one without"""
        self.shell("for i in 1 2; do ip link add ring$i type veth peer name far$i; ip link set ring$i up; ip link set far$i up; done; "
                   "ip link add ring type hsr slave1 ring1 slave2 ring2; ip link set ring up")
        self.addCleanup(self.shell, "ip link del ring; ip link del ring1; ip link del ring2")
        self.assertEqual(self.adapter("ring")["cautions"], ["vlan_challenged"])
        team = {"name": "T", "members": ["ring"], "mode": "static"}
        self.assertEqual(self.refuse({**team, "interfaces": [{"vlan": 7}]}), [("set[0].members[0]", "member_vlan_challenged")])
        self.assertEqual(self.agent.apply(set=[team], dry_run=True).get("warnings", []), [])

    # Virtual machines

    GUEST = (
        ({"mode": "static"}, [("set[0].mode", "guest_needs_switch_independent")]),
        ({"mode": "lacp"}, [("set[0].mode", "guest_needs_switch_independent")]),
        ({"balance": "dynamic"}, [("set[0].balance", "guest_needs_address_hash")]),
        ({"balance": "hyper_v_port"}, [("set[0].balance", "guest_needs_address_hash")]),
    )

    def test_guest(self):
        """In a virtual machine, without its setting, only switch independent mode with an address hash is possible"""
        self.assertTrue(self.agent.state()["host"]["guest_modes"])
        self.addCleanup(self.restart_agent)
        self.addCleanup(self.exec, "tee", CONF, input=self.exec("cat", CONF))
        self.exec("sed", "-i", "/^GuestModes/d", CONF)
        self.restart_agent()
        self.assertFalse(self.agent.state()["host"]["guest_modes"])
        for options, problems in self.GUEST:
            with self.subTest(**options):
                self.assertEqual(self.refuse({"name": "T", "members": ["nic1", "nic2"], **options}), problems)
        self.assertEqual(self.agent.state()["teams"], [])
        self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"], "balance": "mac_addresses"}])
        self.assertEqual(self.link("T")["linkinfo"]["info_data"]["mode"], "balance-tlb")

    def test_virtualization(self):
        """The type of the server is that reported by systemd"""
        detected = self.lab.exec(SERVER, ["sh", "-c", "systemd-detect-virt --vm || true"]).stdout.strip()
        self.assertEqual(self.agent.state()["host"]["virtualization"], detected or "vm-other")


if __name__ == "__main__":
    taptest.main()
