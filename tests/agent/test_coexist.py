#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Coexistence with other tools that configure links: owners are detected, their links left alone, or taken over."""

import json
import unittest

import pictures
import taptest
from agent import Agent, AgentError, Follower, connect
from lab import Lab
from neighbours import Neighbours

NM_FILE = "/etc/NetworkManager/conf.d/99-nicteam.conf"
NETWORKD_FILE = "/etc/systemd/network/00-nicteam.network"
OFFICE = "[ipv4]\nmethod=manual\naddress1=192.0.2.33/24\ngateway=192.0.2.1\n[ipv6]\nmethod=disabled\n"
OFFICE_NETWORKD = "[Network]\nAddress=192.0.2.33/24\nGateway=192.0.2.1\nLinkLocalAddressing=no\n"


def setUpModule():
    global LAB
    LAB = Lab.start(servers=2)


def tearDownModule():
    LAB.stop()


class CoexistTest(unittest.TestCase):
    """Tests on a server with other network managers; a new server for each class."""

    server = "server1"

    @classmethod
    def setUpClass(cls):
        cls.lab = LAB
        cls.others = Neighbours(LAB, cls.server)

    @classmethod
    def tearDownClass(cls):
        LAB.exec(cls.server, ["sh", "-c", "rm -rf /etc/NetworkManager /etc/systemd/network/* /etc/netplan /etc/network"])
        LAB.restart(cls.server)

    def setUp(self):
        self.agent = connect(self.lab, self.server)

    def tearDown(self):
        if self.agent.state().get("pending"):
            self.agent.call("Revert")
        self.agent.remove_all()
        self.agent.close()
        self.lab.reset()

    # State

    def shell(self, script):
        return self.others.shell(script)

    def adapter(self, name, state=None):
        return next(a for a in (state or self.agent.state())["adapters"] if a["name"] == name)

    def wait_for(self, condition):
        with Follower(self.lab, self.server) as follower:
            return follower.wait(condition)

    def wait_for_owner(self, name, owner):
        """Waits until that is the owner of an adapter; None for no owner."""
        self.wait_for(lambda state: self.adapter(name, state).get("owner") == owner)

    def addresses(self, device):
        links = json.loads(self.shell(f"ip -j -4 address show dev {device}"))
        return [address["local"] for link in links for address in link["addr_info"]]

    def exists(self, path):
        return self.lab.exec(self.server, ["test", "-e", path], check=False).returncode == 0

    def picture(self):
        return [of(self.lab, self.server) for of in (pictures.of_links, pictures.of_addresses, pictures.of_routes)]

    # Refusals

    def refusal(self, **request):
        with self.assertRaises(AgentError) as caught:
            self.agent.apply(**request)
        self.assertEqual(caught.exception.name, "Refused")
        return [(problem["field"], problem["rule"], problem["message"]) for problem in caught.exception.parameters["problems"]
                if problem["severity"] == "error"]


class NetworkManager(CoexistTest):
    OFFICE = {"tool": "network_manager", "by": "Office"}
    MANAGED = {"tool": "network_manager"}
    TEAM = {"name": "T", "members": ["nic3", "nic1"], "interfaces": [{}, {"vlan": 7}]}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others.connect("Office", "nic3", text=OFFICE)
        cls.others.start_network_manager()

    def setUp(self):
        super().setUp()
        # The owner of the second adapter is known only while NetworkManager runs.
        self.wait_for_office()
        self.wait_for_owner("nic1", self.MANAGED)

    def wait_for_office(self):
        """Waits until NetworkManager has activated its connection, which no event of the agent announces."""
        self.wait_for_owner("nic3", self.OFFICE)
        self.others.shell("until nmcli -t -f DEVICE,STATE device | grep -qx nic3:connected; do sleep 0.1; done")

    def states(self):
        """The devices of NetworkManager with their states."""
        return dict(line.split(":")[:2] for line in self.shell("nmcli -t -f DEVICE,STATE device").splitlines())

    def test_refused(self):
        """An adapter with a connection, and one that is only managed, are refused with the owner and a suggestion"""
        self.assertEqual(self.adapter("nic3")["obstacles"], ["network_manager"])
        self.assertEqual(self.refusal(set=[self.TEAM]), [
            ("set[0].members[0]", "member_owned", "The adapter “nic3” cannot be teamed. NetworkManager manages it (Office). "
             "Take it over with --take-over; NetworkManager will then ignore it."),
            ("set[0].members[1]", "member_owned", "The adapter “nic1” cannot be teamed. NetworkManager manages it (like all devices). "
             "Take it over with --take-over; NetworkManager will then ignore it.")])

    def test_taken_over(self):
        """A take-over moves the address, and is in effect after a restart of NetworkManager; a deletion ends it"""
        plan = self.agent.apply(set=[self.TEAM], take_over=True, dry_run=True)
        self.assertEqual(plan["operations"][0]["message"], "Take over from NetworkManager: T, T.7, nic3, nic1")
        self.assertFalse(self.exists(NM_FILE))
        self.agent.apply(set=[self.TEAM], take_over=True)
        self.assertEqual(self.addresses("T"), ["192.0.2.33"])
        before = self.picture()
        self.others.restart_network_manager()
        states = self.states()
        self.assertEqual({states[name] for name in ("T", "T.7", "nic1", "nic3")}, {"unmanaged"})
        self.assertEqual(states["nic2"], "disconnected")
        self.assertEqual(self.picture(), before)
        self.assertIsNone(self.adapter("nic3").get("owner"))
        gone = self.agent.apply(remove=["T"])
        self.assertEqual(gone["operations"][-1]["message"],
                         "After confirmation, return to NetworkManager: T, T.7, nic3, nic1")
        self.wait_for_office()
        self.wait_for_owner("nic1", self.MANAGED)
        self.assertFalse(self.exists(NM_FILE))
        self.assertEqual(self.addresses("nic3"), ["192.0.2.33"])

    def test_reverted(self):
        """A take-over that is not confirmed is reverted: NetworkManager has its adapter again, with the address"""
        before = self.picture()
        self.agent.apply(set=[self.TEAM], take_over=True, confirm_s=60)
        self.assertTrue(self.exists(NM_FILE))
        self.agent.call("Revert")
        self.wait_for_office()
        self.wait_for_owner("nic1", self.MANAGED)
        self.assertFalse(self.exists(NM_FILE))
        self.assertEqual(self.picture(), before)

    def test_killed(self):
        """An agent that is killed before its take-over is confirmed reverts it when it starts"""
        before = self.picture()
        self.agent.apply(set=[self.TEAM], take_over=True, confirm_s=60)
        self.lab.kill_agent(self.server)
        self.agent.close()
        self.agent = connect(self.lab, self.server)
        self.wait_for_office()
        self.assertFalse(self.exists(NM_FILE))
        self.assertEqual(self.picture(), before)

    def test_undone(self):
        """The undo of a deletion takes over again, as the original change did"""
        self.agent.apply(set=[self.TEAM], take_over=True)
        self.agent.apply(remove=["T"])
        self.wait_for_office()
        self.agent.call("Undo", {"confirm_s": 0})
        self.assertIsNone(self.adapter("nic3").get("owner"))
        self.assertEqual(self.addresses("T"), ["192.0.2.33"])

    def test_leaves(self):
        """An adapter that leaves its team returns to NetworkManager, and the rest of the team does not"""
        self.agent.apply(set=[{**self.TEAM, "members": ["nic3", "nic1", "nic2"]}], take_over=True)
        spec = self.agent.team("T")["spec"]
        self.agent.apply(set=[{**spec, "members": ["nic3", "nic1"]}])
        self.wait_for_owner("nic2", self.MANAGED)
        self.assertEqual(self.states()["nic3"], "unmanaged")

    def test_new(self):
        """A team of unmanaged adapters, and its VLANs, are not managed by NetworkManager either"""
        self.shell("nmcli device set nic2 managed no")
        self.wait_for_owner("nic2", None)
        self.agent.apply(set=[{"name": "N", "members": ["nic2"], "interfaces": [{}, {"vlan": 8}]}])
        self.others.restart_network_manager()
        self.assertEqual({self.states()[name] for name in ("N", "N.8", "nic2")}, {"unmanaged"})
        self.agent.apply(remove=["N"])
        self.wait_for_owner("nic2", self.MANAGED)

    def test_not_running(self):
        """While NetworkManager does not run, its connections count, and a take-over is in effect when it starts"""
        self.others.stop_network_manager()
        self.wait_for_owner("nic1", None)
        self.assertEqual(self.adapter("nic3")["owner"], self.OFFICE)
        self.agent.apply(set=[self.TEAM], take_over=True)
        before = self.picture()
        self.others.start_network_manager()
        self.shell("nm-online --wait-for-startup --quiet --timeout=20")
        self.assertEqual(self.picture(), before)

    def test_bond(self):
        """A bond of NetworkManager is adopted only with a take-over, unchanged, and survives its restart"""
        self.others.connect("uplink", "bond7", "bond", "[bond]\nmode=802.3ad\nmiimon=50\n[ipv4]\nmethod=manual\n"
                            "address1=192.0.2.7/24\n[ipv6]\nmethod=disabled\n")
        for nic in ("nic2", "nic4"):
            self.others.connect(f"uplink-{nic}", nic, text="controller=bond7\nport-type=bond\n")
        self.addCleanup(self.shell, "rm -f /etc/NetworkManager/system-connections/uplink*; nmcli connection reload")
        self.lab.lag(self.server, ["nic2", "nic4"])
        self.shell("nmcli connection reload; nmcli connection up uplink-nic2; nmcli connection up uplink-nic4")
        self.wait_for(lambda state: any(team["name"] == "bond7" and team.get("owner") == {"tool": "network_manager", "by": "uplink"}
                                        for team in state["teams"]))
        nicteam = ["nicteam", "-s", self.server, "team", "adopt", "bond7", "--name", "Uplink"]
        refused = self.lab.run(nicteam, check=False)
        self.assertEqual(refused.returncode, 4, refused.stderr)
        self.assertIn("device: The bond “bond7” cannot be adopted. NetworkManager manages it (uplink).", refused.stderr)
        self.lab.run([*nicteam, "--take-over"])
        self.others.restart_network_manager()
        team = self.agent.team("Uplink")
        self.assertEqual((team["managed"], team["mode"], [member["present"] for member in team["members"]]), (True, "lacp", [True] * 2))
        self.assertEqual(self.addresses("bond7"), ["192.0.2.7"])
        self.assertEqual({self.states()[name] for name in ("bond7", "nic2", "nic4")}, {"unmanaged"})


class Networkd(CoexistTest):
    server = "server2"
    OFFICE = {"tool": "networkd", "by": "/etc/systemd/network/20-office.network"}
    TEAM = {"name": "T", "members": ["nic3", "nic1"], "interfaces": [{}, {"vlan": 7}]}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others.configure("20-office", "nic3", OFFICE_NETWORKD)
        cls.others.configure("01-lab", "mgmt lo", "[Link]\nUnmanaged=yes\n")
        cls.others.start_networkd()

    def setUp(self):
        super().setUp()
        self.wait_for_owner("nic3", self.OFFICE)

    def reload(self):
        self.shell("networkctl reload")

    def test_refused(self):
        """An adapter with a .network file is refused with the owner and a suggestion; others have no owner"""
        self.assertIsNone(self.adapter("nic1").get("owner"))
        self.assertEqual(self.refusal(set=[self.TEAM]), [
            ("set[0].members[0]", "member_owned", "The adapter “nic3” cannot be teamed. systemd-networkd configures it "
             "(/etc/systemd/network/20-office.network). Take it over with --take-over; systemd-networkd will then ignore it.")])

    def test_taken_over(self):
        """A take-over moves the address, and survives a restart with a file for all links; a deletion ends it"""
        plan = self.agent.apply(set=[self.TEAM], take_over=True, dry_run=True)["operations"][0]
        self.assertEqual((plan["kind"], plan["interrupts"], plan["outage_ms"]), ("take_over", ["nic3"], 30))
        self.agent.apply(set=[self.TEAM], take_over=True)
        self.assertEqual(self.addresses("T"), ["192.0.2.33"])
        self.assertIn("192.0.2.1", self.shell("ip route show default dev T"))
        before = self.picture()
        self.others.configure("99-all", "*", "[Network]\nLinkLocalAddressing=no\nAddress=198.51.100.1/24\n")
        self.others.restart_networkd()
        # Links are configured in order, so all others are done when this one is.
        self.wait_for_owner("nic4", {"tool": "networkd", "by": "/etc/systemd/network/99-all.network"})
        self.wait_for(lambda state: self.adapter("nic4", state)["addresses"])
        self.assertEqual([line for line in self.picture()[0]], [line for line in before[0]])
        self.assertEqual(self.addresses("T"), ["192.0.2.33"])
        self.shell("rm /etc/systemd/network/99-all.network")
        self.reload()
        self.agent.apply(remove=["T"])
        self.wait_for_owner("nic3", self.OFFICE)
        self.assertFalse(self.exists(NETWORKD_FILE))
        self.wait_for(lambda state: any(address["address"] == "192.0.2.33/24" for address in self.adapter("nic3", state)["addresses"]))

    def test_reverted(self):
        """A take-over that is not confirmed is reverted completely"""
        self.agent.apply(set=[self.TEAM], take_over=True, confirm_s=60)
        self.assertTrue(self.exists(NETWORKD_FILE))
        self.agent.call("Revert")
        self.wait_for_owner("nic3", self.OFFICE)
        self.assertFalse(self.exists(NETWORKD_FILE))
        self.wait_for(lambda state: any(address["address"] == "192.0.2.33/24" for address in self.adapter("nic3", state)["addresses"]))
        self.assertIn("192.0.2.1", self.shell("ip route show default dev nic3"))

    def test_netplan(self):
        """An adapter of netplan has netplan as owner; a take-over survives netplan's generator and a restart"""
        self.others.write("/etc/netplan/50-lab.yaml", "network:\n  version: 2\n  ethernets:\n    nic4:\n      link-local: []\n"
                          "      addresses: [192.0.2.44/24]\n")
        self.addCleanup(self.shell, "rm -f /etc/netplan/50-lab.yaml /run/systemd/network/10-netplan-*; networkctl reload")
        self.shell("/usr/libexec/netplan/generate; chmod 644 /run/systemd/network/*")
        self.reload()
        self.wait_for_owner("nic4", {"tool": "netplan", "renderer": "networkd", "by": "/run/systemd/network/10-netplan-nic4.network"})
        self.wait_for(lambda state: self.adapter("nic4", state)["addresses"])
        self.assertEqual(self.refusal(set=[{"name": "P", "members": ["nic4"]}])[0][1], "member_owned")
        self.agent.apply(set=[{"name": "P", "members": ["nic4"]}], take_over=True)
        before = self.picture()
        self.shell("/usr/libexec/netplan/generate; chmod 644 /run/systemd/network/*")
        self.reload()
        self.others.restart_networkd()
        self.wait_for_owner("nic3", self.OFFICE)
        self.assertEqual(self.addresses("P"), ["192.0.2.44"])
        self.assertEqual(self.picture()[0], before[0])


class Others(CoexistTest):
    """Tools without a running daemon, and foreign bonds."""

    def tearDown(self):
        super().tearDown()
        self.shell("for nic in nic1 nic2 nic4; do ip -4 address flush dev $nic; done")

    def test_ifupdown(self):
        """Adapters of ifupdown are refused with the lines to remove; without these it leaves the team alone"""
        self.others.write("/etc/network/interfaces", "auto lo\niface lo inet loopback\n\nauto nic4\n# the office\niface nic4 inet static\n"
                          "    address 192.0.2.44/24\n    gateway 192.0.2.1\n\nauto mgmt\n", "644")
        self.shell("ifup nic4")
        owner = {"tool": "ifupdown", "by": "/etc/network/interfaces:6-8"}
        self.wait_for_owner("nic4", owner)
        team = {"name": "I", "members": ["nic4", "nic2"]}
        for take_over in (False, True):
            self.assertEqual(self.refusal(set=[team], take_over=take_over), [
                ("set[0].members[0]", "member_owned", "The adapter “nic4” cannot be teamed. ifupdown configures it "
                 "(/etc/network/interfaces:6-8). Remove these lines from the file; do not bring the adapter down, its addresses move to the team.")])
        self.shell("sed -i 6,8d /etc/network/interfaces")
        self.wait_for_owner("nic4", None)
        self.agent.apply(set=[team])
        self.assertEqual(self.addresses("I"), ["192.0.2.44"])
        before = self.picture()
        self.lab.exec(self.server, ["sh", "-c", "ifdown nic4; ifup -a --exclude=mgmt --exclude=lo"], check=False)
        self.assertEqual(self.picture(), before)

    def test_teamd(self):
        """Ports of teamd are listed with their team device"""
        self.shell("ip link set nic4 down; echo '{\"device\": \"team5\", \"runner\": {\"name\": \"activebackup\"}, \"link_watch\": {\"name\": \"ethtool\"}, "
                   "\"ports\": {\"nic4\": {}}}' > /run/team5.conf; teamd -d -f /run/team5.conf > /run/team5.log 2>&1")
        self.addCleanup(self.shell, "teamd -k -t team5")
        self.wait_for_owner("nic4", {"tool": "teamd", "by": "team5"})
        self.assertEqual(self.adapter("nic4")["obstacles"], ["team_port"])

    def test_adopt(self):
        """A foreign bond becomes a team unchanged, with VLANs, addresses and gateway, and without packet loss"""
        self.shell("""
ip link add bond9 type bond mode balance-xor miimon 100 updelay 200 xmit_hash_policy layer2+3
for nic in nic1 nic2; do ip link set $nic down; ip link set $nic master bond9; done
ip link add link bond9 name vl9 type vlan id 9
ip link set bond9 up; ip link set vl9 up
ip address add 192.0.2.9/24 dev bond9; ip address add 198.51.100.9/24 dev vl9
ip route add default via 192.0.2.1""")
        self.lab.lag(self.server, ["nic1", "nic2"], "static")
        self.lab.exec("server2", ["sh", "-ec", "ip address replace 192.0.2.2/24 dev nic2; ip link set nic2 up"])
        self.addCleanup(self.lab.exec, "server2", ["ip", "address", "flush", "dev", "nic2"])
        self.lab.exec("server2", ["ping", "-q", "-c1", "-w10", "192.0.2.9"])
        with self.lab.popen("server2", ["ping", "-q", "-c150", "-i0.02", "192.0.2.9"], stdout=-1) as ping:
            self.lab.run(["nicteam", "-s", self.server, "team", "adopt", "bond9", "--name", "By hand"])
            self.assertIn(" 0% packet loss", ping.communicate()[0])
        spec = self.agent.team("By hand")["spec"]
        self.assertEqual((spec["device"], spec["members"], spec["mode"], spec["balance"], spec["up_delay_ms"]),
                         ("bond9", ["nic1", "nic2"], "static", "ip_addresses", 200))
        self.assertEqual([(i.get("vlan", 0), i["device"], i["addresses"], i.get("gateways")) for i in spec["interfaces"]],
                         [(0, "bond9", ["192.0.2.9/24"], ["192.0.2.1"]), (9, "vl9", ["198.51.100.9/24"], None)])
        self.agent.apply(remove=["By hand"])
        self.assertIsNone(self.agent.team("By hand"))

    def test_not_adopted(self):
        """A bond with an unsupported mode, and one that does not exist, are refused"""
        self.shell("ip link add bond9 type bond mode balance-rr; ip link set nic1 down; ip link set nic1 master bond9; ip link set bond9 up")
        self.addCleanup(self.shell, "ip link del bond9; ip link set nic1 up")
        spec = {"name": "B", "device": "bond9", "members": ["nic1"], "mode": "static"}
        self.assertEqual(self.refusal(set=[spec], adopt=["bond9"])[0][:2], ("set[0].device", "bond_not_adoptable"))
        self.assertEqual(self.refusal(set=[{**spec, "device": "c"}], adopt=["c"])[0][:2], ("set[0].device", "bond_unknown"))
        self.assertEqual(self.refusal(set=[spec])[0][:2], ("set[0].device", "device_taken"))


if __name__ == "__main__":
    taptest.main()
