#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members that send and receive, in each mode and with each algorithm. The reference is the kernel's counters of
the members; the member of a flow is computed here as by bond_xmit_hash() in drivers/net/bonding/bond_main.c."""

import json
import socket
from pathlib import Path

import taptest
from agent import Follower
from agenttest import SERVER, AgentTest
from flows import COUNT
from judges import links
from streams import Streams

OTHER = "server2"
MEMBERS = ["nic1", "nic2"]
# Allowance for other traffic: LACP, neighbour discovery.
NOISE = COUNT // 4
IPV4 = 0x0800


def word(data):
    """A 32-bit word in the byte order of the processor."""
    return int.from_bytes(data, "little")


def mac_bytes(mac):
    return bytes.fromhex(mac.replace(":", ""))


def ethernet_hash(source, target):
    return mac_bytes(target[0])[5] ^ mac_bytes(source[0])[5] ^ IPV4


def fold(value):
    value ^= value >> 16
    return value ^ (value >> 8)


def addresses(source, target):
    return word(socket.inet_aton(source[1])) ^ word(socket.inet_aton(target[1]))


def ports(source, target):
    return word(source[2].to_bytes(2, "big") + target[2].to_bytes(2, "big"))


def source_hash(source, _target):
    mac = mac_bytes(source[0])
    return int.from_bytes(mac[:3], "big") ^ int.from_bytes(mac[3:], "big")


HASHES = {
    "transport_ports": lambda source, target: fold(ports(source, target) ^ addresses(source, target)) >> 1,
    "ip_addresses": lambda source, target: fold(ethernet_hash(source, target) ^ addresses(source, target)),
    "mac_addresses": ethernet_hash,
    "hyper_v_port": source_hash,
}
HASHES["dynamic"] = HASHES["transport_ports"]


def flows(mac, other_mac):
    """Flows that differ in ports, in addresses and in source, as those of virtual machines; all to one neighbour."""
    target = [other_mac, "192.0.2.2", 5000]
    machines = [f"02:00:00:00:01:{number:02x}" for number in range(4)]
    return [
        *([[mac, "192.0.2.1", port], target] for port in (40000, 40001, 40002, 40004)),
        *([[mac, f"192.0.2.{number}", 40000], target] for number in (10, 11, 13)),
        *([[machine, "192.0.2.1", 40000], target] for machine in machines),
    ]


class Traffic(AgentTest):
    def set_team(self, **fields):
        present = self.agent.team("T")
        spec = {"name": "T", "members": MEMBERS, **fields}
        self.agent.apply(set=[{**spec, "id": present["id"]} if present else spec])

    def run_flows(self, server, device, counter, chosen):
        script = str(Path(__file__).with_name("flows.py"))
        output = self.lab.exec(server, ["python3", script, device, counter, *MEMBERS], input=json.dumps(chosen)).stdout
        return json.loads(output)

    def macs(self):
        return links(self.lab)["T"]["address"], links(self.lab, OTHER)["nic1"]["address"]

    def senders(self, chosen):
        """The member that sent each flow; each flow uses exactly one."""
        found = []
        for flow, risen in zip(chosen, self.run_flows(SERVER, "T", "tx_packets", chosen)):
            self.assertGreaterEqual(max(risen), COUNT, flow)
            self.assertLess(min(risen), NOISE, flow)
            found.append(risen.index(max(risen)))
        return found

    def assert_balance(self, balance):
        chosen = flows(*self.macs())
        expected = [HASHES[balance](*flow) % len(MEMBERS) for flow in chosen]
        self.assertEqual(set(expected), {0, 1})
        self.assertEqual(self.senders(chosen), expected)

    def receivers(self):
        """The packets that each member received, of flows from another server to the team."""
        mac, other_mac = self.macs()
        # The switches learn the location of the team.
        self.run_flows(SERVER, "T", "-", [[[mac, "192.0.2.1", 1], [other_mac, "192.0.2.2", 1]]])
        chosen = [[[other_mac, "192.0.2.2", port], [mac, "192.0.2.1", 5000]] for port in range(40000, 40008)]
        before = self.received()
        self.run_flows(OTHER, "nic1", "-", chosen)
        return [after - was for was, after in zip(before, self.received())]

    def received(self):
        truth = json.loads(self.lab.exec(SERVER, ["ip", "-j", "-s", "link"]).stdout)
        by_name = {link["ifname"]: link["stats64"]["rx"]["packets"] for link in truth}
        return [by_name[nic] for nic in MEMBERS]

    def assert_failover(self):
        """With nic1 pulled, all flows are sent on nic2."""
        with Follower(self.lab, SERVER) as follower:
            self.lab.pull(SERVER, "nic1")
            follower.wait_for_status("T", "warning")
        self.assertEqual(set(self.senders(flows(*self.macs()))), {1})

    def test_switch_independent(self):
        """Switch independent: the hash selects the sending member; a single member receives, even if one is pulled"""
        for balance in ("transport_ports", "ip_addresses", "mac_addresses"):
            with self.subTest(balance):
                self.set_team(balance=balance)
                self.assert_balance(balance)
        active = MEMBERS.index(self.agent.team("T")["active_member"])
        received = self.receivers()
        self.assertGreaterEqual(received[active], 8 * COUNT)
        self.assertLess(received[1 - active], NOISE)
        self.assert_failover()
        self.assertGreaterEqual(self.receivers()[1], 8 * COUNT)

    def test_dynamic(self):
        """Switch independent and dynamic: each flow stays on one member, and a pulled cable interrupts none"""
        self.set_team(balance="dynamic")
        # Members are selected by load, so they cannot be predicted.
        self.senders(flows(*self.macs()))
        self.assert_failover()

    def assert_group(self, **fields):
        for balance in HASHES:
            with self.subTest(balance):
                self.set_team(balance=balance, **fields)
                with Follower(self.lab, SERVER) as follower:
                    follower.wait_for_status("T", "ok", timeout=60)
                self.assert_balance(balance)
        received = self.receivers()
        self.assertGreaterEqual(sum(received), 8 * COUNT)
        self.assertGreaterEqual(min(received), COUNT)
        self.assert_failover()

    def test_static(self):
        """Static: the hash selects the sending member, the switch the receiving one; both receive"""
        self.lab.lag(SERVER, MEMBERS, "static")
        self.assert_group(mode="static")

    def test_lacp(self):
        """LACP: as static, once negotiated"""
        self.lab.lag(SERVER, MEMBERS)
        self.assert_group(mode="lacp", lacp_timer="fast")

    def test_pull_is_short(self):
        """A pulled cable barely interrupts a stream, which continues on the other member"""
        self.set_team()
        address = ["fe80::1", "fe80::2"]
        for server, device, own in ((SERVER, "T", address[0]), (OTHER, "nic1", address[1])):
            self.lab.exec(server, ["ip", "address", "add", f"{own}/64", "dev", device, "nodad"])
        self.addCleanup(self.lab.exec, OTHER, ["ip", "address", "del", f"{address[1]}/64", "dev", "nic1"])
        with Streams(self.lab, SERVER, OTHER, [(f"{address[1]}%T", 5001)]) as streams:
            streams.wait_until_whole()
            for nic in MEMBERS:
                self.lab.pull(SERVER, nic)
                flow = streams.wait_until_whole()[0]
                print(f"# {nic} pulled: nothing for {flow.gap:.0f} ms, {flow.lost} of {flow.received + flow.lost} packets lost")
                self.lab.plug(SERVER, nic)
                streams.wait_until_whole()

    def test_no_duplicate_detection(self):
        """A change that takes a team down keeps its IPv6 addresses usable, and its plan states the interruption"""
        self.set_team(interfaces=[{}, {"vlan": 42}])
        for device, address in (("T", "2001:db8::1/64"), ("T.42", "2001:db8:42::1/64")):
            self.lab.exec(SERVER, ["ip", "address", "add", address, "dev", device, "nodad"])
        for fields in ({"balance": "dynamic"}, {"mode": "static"}):
            spec = {**self.agent.team("T")["spec"], **fields}
            plan = self.agent.apply(set=[spec], dry_run=True)["operations"]
            self.assertEqual([o["interrupts"] for o in plan if "outage_ms" in o], [MEMBERS])
            self.agent.apply(set=[spec])
            shown = json.loads(self.lab.exec(SERVER, ["ip", "-j", "-6", "address", "show", "scope", "global"]).stdout)
            found = {a["local"]: a for link in shown for a in link.get("addr_info", []) if a}
            for address in ("2001:db8::1", "2001:db8:42::1"):
                self.assertNotIn("tentative", found[address])
        # Otherwise the first member would have them afterwards.
        for device in ("T", "T.42"):
            self.lab.exec(SERVER, ["ip", "address", "flush", "dev", device, "scope", "global"])


if __name__ == "__main__":
    taptest.main()
