#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and routes move from an adapter to the team and back, or are set by the definition. The reference is
iproute2."""

import json
from pathlib import Path

import pictures
import taptest
from agent import AgentError, connect
from agenttest import IS_SLOW, SERVER, AgentTest

ADAPTER = "nic1"
KILL_MIDWAY = str(Path(__file__).with_name("kill_midway.py"))
DRESS = f"""
ip address add 192.0.2.10/24 dev {ADAPTER}
ip address add 192.0.2.11/24 dev {ADAPTER}
ip address add 2001:db8::10/64 dev {ADAPTER} nodad
ip address add 198.51.100.10/25 dev {ADAPTER} valid_lft 3600 preferred_lft 1800 noprefixroute metric 77
ip route add default via 192.0.2.1 dev {ADAPTER}
ip route add 203.0.113.0/24 metric 5 nexthop via 192.0.2.2 nexthop via 192.0.2.3
ip route add 203.0.113.128/25 via 192.0.2.2 dev {ADAPTER} table 100 src 192.0.2.11
ip -6 route add default via 2001:db8::1 dev {ADAPTER} metric 10
"""
UNDRESS = """
for link in nic1 nic2 nic3 nic4; do
  ip -6 route flush dev $link proto boot
  ip address flush dev $link scope global
done
"""
LASTING = ("192.0.2.10/24", "192.0.2.11/24", "2001:db8::10/64")


class NetworkTest(AgentTest):
    def setUp(self):
        super().setUp()
        self.shell(UNDRESS)

    def tearDown(self):
        super().tearDown()
        self.shell(UNDRESS)

    def shell(self, script):
        return self.lab.exec(SERVER, ["sh", "-ec", script]).stdout

    def addresses(self):
        return pictures.of_addresses(self.lab, SERVER)

    def routes(self):
        return pictures.of_routes(self.lab, SERVER)

    def picture(self):
        return self.addresses(), self.routes()

    def moved(self, picture, to):
        addresses, routes = picture
        return {to: addresses[ADAPTER]}, sorted(route.replace(f'"{ADAPTER}"', f'"{to}"') for route in routes)

    WAYS = (
        ("alone", [ADAPTER], {}),
        ("with another", [ADAPTER, "nic2"], {}),
        ("LACP", ["nic2", ADAPTER], {"mode": "lacp", "lacp_timer": "fast"}),
        ("with a standby", [ADAPTER, "nic2"], {"standby": "nic2"}),
        ("as the standby", [ADAPTER, "nic2"], {"standby": ADAPTER}),
        ("of three", [ADAPTER, "nic2", "nic3"], {"standby": "nic3"}),
    )

    def test_to_the_team_and_back(self):
        """Addresses with lifetimes and routes of all tables move to the team, and back when it is deleted"""
        self.shell(DRESS)
        before = self.picture()
        for name, members, options in self.WAYS:
            with self.subTest(name):
                reply = self.agent.apply(set=[{"name": "T", "members": members, **options}])
                self.assertEqual({problem["rule"] for problem in reply["warnings"]}, {"addresses_move", "addresses_limited"})
                self.assertEqual(self.picture(), self.moved(before, "T"))
                spec = self.agent.team("T")["spec"]["interfaces"][0]
                self.assertEqual(spec["addresses"], list(LASTING))
                self.assertEqual(spec["gateways"], ["192.0.2.1", "2001:db8::1"])
                self.agent.remove_all()
                self.assertEqual(self.picture(), before)

    def test_to_a_team_that_is_there(self):
        """An adapter that joins brings its addresses, and the MAC address that neighbours have for them"""
        self.shell(DRESS)
        before = self.picture()
        team = {"name": "T", "members": ["nic2"]}
        team["id"] = self.agent.apply(set=[team])["teams"][0]
        self.agent.apply(set=[{**team, "members": ["nic2", ADAPTER]}])
        self.assertEqual(self.picture(), self.moved(before, "T"))
        macs = {link["ifname"]: link for link in json.loads(self.shell("ip -d -j link"))}
        self.assertEqual(macs["T"]["address"], macs[ADAPTER]["linkinfo"]["info_slave_data"]["perm_hwaddr"])

    def assert_own_macs(self, names):
        """A switch that sees the address of one member at the port of another one forwards to the wrong port."""
        links = {link["ifname"]: link["address"] for link in json.loads(self.shell("ip -j link"))}
        self.assertEqual(len({links[name] for name in names}), len(names), links)
        self.assertIn(links["T"], [links[name] for name in names])

    def test_members_have_own_macs(self):
        """In switch independent mode each member sends with its own address, also when the team's address changes"""
        team = {"name": "T", "members": ["nic1", "nic2", "nic3"]}
        team["id"] = self.agent.apply(set=[team])["teams"][0]
        for members in ["nic2", "nic3"], ["nic1", "nic2", "nic3"], ["nic3", "nic2"], ["nic4", "nic2", "nic3"]:
            with self.subTest(members):
                self.agent.apply(set=[{**team, "members": members}])
                self.assert_own_macs(members)
        self.shell("ip address add 192.0.2.10/24 dev nic1")
        self.agent.apply(set=[{**team, "members": ["nic4", "nic2", "nic3", "nic1"]}])
        self.assert_own_macs(["nic1", "nic2", "nic3", "nic4"])

    def test_to_a_vlan(self):
        """With a VLAN on the primary interface, the addresses move to the VLAN device"""
        self.shell(DRESS)
        before = self.picture()
        self.agent.apply(set=[{"name": "T", "members": [ADAPTER, "nic2"], "interfaces": [{"vlan": 7}]}])
        self.assertEqual(self.picture(), self.moved(before, "T.7"))

    def test_mtu_stays(self):
        """A new team has the MTU of its first member"""
        self.shell(f"ip link set {ADAPTER} mtu 9000")
        self.agent.apply(set=[{"name": "T", "members": [ADAPTER, "nic2"]}])
        self.assertEqual(self.agent.team("T")["mtu"], 9000)
        self.agent.remove_all()
        self.shell(f"ip link set {ADAPTER} mtu 1500")

    def test_killed_in_the_middle(self):
        """An agent that is killed at any point while addresses move leaves them at the source or at the destination"""
        self.shell(DRESS)
        before = self.picture()
        request = {"set": [{"name": "T", "members": [ADAPTER, "nic2"]}]}
        for operation in range(0, 30, 12 if IS_SLOW else 4):
            with self.subTest(f"after operation {operation}"):
                self.lab.exec(SERVER, ["python3", KILL_MIDWAY, json.dumps(request), str(operation)])
                self.reconnect()
                if self.agent.team("T"):
                    self.assertEqual(self.picture(), self.moved(before, "T"))
                    return
                self.assertEqual(self.picture(), before)
        self.fail("the change was never done")

    def test_defined(self):
        """Addresses, gateway and MTU of the definition are set, changed, restored after a power cut and removed"""
        vlan = {"vlan": 7, "addresses": ["192.0.2.20/24", "2001:DB8::0020/64"], "gateways": ["192.0.2.1"], "mtu": 1400}
        team = {"name": "T", "members": ["nic1"], "interfaces": [{}, vlan]}
        team["id"] = self.agent.apply(set=[team])["teams"][0]
        self.assertEqual([address["local"] for address in self.addresses()["T.7"]], ["192.0.2.20", "2001:db8::20"])
        self.assertIn('"192.0.2.1", "dev": "T.7"', "".join(self.routes()))
        self.assertEqual(json.loads(self.shell("ip -j link show T.7"))[0]["mtu"], 1400)

        before = self.picture()
        self.agent.close()
        self.lab.restart(SERVER)
        self.agent = connect(self.lab, SERVER)
        self.assertEqual(self.picture(), before)

        self.shell("ip address add 192.0.2.99/24 dev T.7")
        vlan |= {"addresses": ["192.0.2.21/24"], "gateways": []}
        self.agent.apply(set=[team])
        self.assertEqual({address["local"] for address in self.addresses()["T.7"]}, {"192.0.2.21", "192.0.2.99"})
        self.assertNotIn('"dev": "T.7"', "".join(self.routes()))
        self.assertEqual(self.agent.apply(set=[team]).get("operations", []), [])

    def test_other_default_route(self):
        """The gateway of a definition never replaces another default route"""
        self.shell("ip address add 192.0.2.10/24 dev nic4; ip route add default via 192.0.2.1 dev nic4")
        interface = {"addresses": ["198.51.100.10/24"], "gateways": ["198.51.100.1"]}
        self.agent.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [interface]}])
        defaults = [(route["dev"], route.get("metric", 0)) for route in json.loads(self.shell("ip -j route show default"))]
        self.assertEqual(defaults, [("nic4", 0), ("T", 300)])

    def test_refusals(self):
        """An invalid address, one of another link, and a gateway that is not reachable are refused by their field"""
        self.shell("ip address add 192.0.2.10/24 dev nic4")
        for interface, field in (
            ({"addresses": ["192.0.2.300/24"]}, "addresses[0]"),
            ({"addresses": ["192.0.2.10/24"]}, "addresses[0]"),
            ({"addresses": ["192.0.2.20/24"], "gateways": ["198.51.100.1"]}, "gateways[0]"),
            ({"mtu": 67}, "mtu"),
        ):
            with self.subTest(interface), self.assertRaises(AgentError) as caught:
                self.agent.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [interface]}])
            self.assertEqual(caught.exception.fields, [f"set[0].interfaces[0].{field}"])


if __name__ == "__main__":
    taptest.main()
