#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the lab itself, which other tests rely on."""

import json
import os
import select
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import place  # noqa: E402
import taptest  # noqa: E402
import traffic  # noqa: E402
from errors import LabError  # noqa: E402
from lab import Lab  # noqa: E402


def carrier(lab, server, nic):
    return lab.exec(server, ["cat", f"/sys/class/net/{nic}/carrier"]).stdout.strip() == "1"


def links(lab, server):
    return {link["ifname"]: link for link in json.loads(lab.exec(server, ["ip", "-j", "-d", "link"]).stdout)}


def wait_until(condition, timeout=10):
    """Polls for states without an event that a test could wait for, such as those of LACP."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"timed out after {timeout} s: {condition}")
        select.select([], [], [], 0.05)


def processes_of(lab_name):
    """All processes whose command line or working files contain the lab's directory."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"/{lab_name}" in (process / "cmdline").read_text() and process.name != str(os.getpid()):
                found.append(process.name)
        except OSError:
            pass
    return found


def make_bond(lab, server, mode, nics, name="team"):
    script = [f"ip link add {name} type bond mode {mode} miimon 50 lacp_rate fast" if mode == "802.3ad"
              else f"ip link add {name} type bond mode {mode} miimon 50"]
    for nic in nics:
        script += [f"ip link set {nic} down", f"ip link set {nic} master {name}"]
    script.append(f"ip link set {name} up")
    lab.exec(server, ["sh", "-ec", "\n".join(script)])


class Shared(unittest.TestCase):
    """A single lab for all tests that leave it unchanged."""

    @classmethod
    def setUpClass(cls):
        started = time.monotonic()
        cls.lab = Lab.start(servers=2)
        cls.start_took = time.monotonic() - started

    @classmethod
    def tearDownClass(cls):
        cls.lab.stop()

    def tearDown(self):
        self.lab.reset()

    def test_starts_quickly(self):
        """A lab is ready within ten seconds"""
        self.assertLess(self.start_took, 10)

    def test_status(self):
        """status lists the servers, with their addresses, and nothing pulled"""
        status = self.lab.status()
        self.assertEqual(sorted(status["servers"]), ["server1", "server2"])
        self.assertEqual((status["pulled"], status["silent"], status["stopped"], status["lags"]), ([], [], [], {}))

    def test_exec(self):
        """A command on a server has the server's host name, input, output, errors and status"""
        result = self.lab.exec("server2", ["sh", "-c", "hostname; cat; echo no >&2; exit 7"], input="in\n", check=False)
        self.assertEqual((result.stdout, result.stderr, result.returncode), ("server2\nin\n", "no\n", 7))

    def test_exec_arguments(self):
        """Arguments are passed unchanged"""
        odd = ["a b", "$HOME", "'", '"', "*", "", "ü"]
        result = self.lab.exec("server1", ["printf", "%s|", *odd])
        self.assertEqual(result.stdout, "|".join(odd) + "|")

    def test_exec_is_fast(self):
        """A command on a server takes little time"""
        costs = []
        for _ in range(10):
            started = time.monotonic()
            self.lab.exec("server1", ["true"])
            costs.append(time.monotonic() - started)
        print(f"# exec took {sorted(costs)[5] * 1000:.0f} ms")
        self.assertLess(sorted(costs)[5], 0.25)

    def test_adapters(self):
        """A server has four adapters at 10 Gb/s with link, and mgmt"""
        for nic in ("nic1", "nic2", "nic3", "nic4", "mgmt"):
            self.assertTrue(carrier(self.lab, "server1", nic), nic)
        self.assertIn("10000Mb/s", self.lab.exec("server1", ["ethtool", "nic1"]).stdout)

    def test_separate(self):
        """Servers do not see each other's processes, adapters or files"""
        self.lab.exec("server1", ["sh", "-c", "ip link add only1 type dummy; echo 1 > /var/lib/only1; echo 1 > /etc/only1"])
        self.assertNotIn("only1", links(self.lab, "server2"))
        for path in ("/var/lib/only1", "/etc/only1"):
            self.assertNotEqual(self.lab.exec("server2", ["cat", path], check=False).returncode, 0)
            self.assertFalse(Path(path).exists())
        self.assertEqual(self.lab.exec("server1", ["pgrep", "-xc", "sshd"]).stdout, "1\n")
        self.lab.exec("server1", ["sh", "-c", "ip link delete only1; rm /var/lib/only1 /etc/only1"])

    def test_run_ssh(self):
        """On the console's side “ssh server1” works without options"""
        self.assertEqual(self.lab.run(["ssh", "server1", "hostname"]).stdout, "server1\n")

    def test_run_environment(self):
        """The console's side has separate settings, with all servers in the list"""
        listing = self.lab.run(["sh", "-c", "cat $XDG_CONFIG_HOME/nicteam/servers"]).stdout
        self.assertIn("[server2]\naddress=ssh:server2\n", listing)

    def test_run_has_no_other_network(self):
        """The console's side has only the network of the lab"""
        names = {link["ifname"] for link in json.loads(self.lab.run(["ip", "-j", "link"]).stdout)}
        self.assertEqual(names, {"lo", "tap0"})

    def test_cable(self):
        """Pulling a cable takes the link of that adapter down, until it is plugged"""
        self.lab.pull("server1", "nic1")
        self.assertEqual([carrier(self.lab, "server1", nic) for nic in ("nic1", "nic2")], [False, True])
        self.assertEqual(self.lab.status()["pulled"], [("server1", "nic1")])
        self.lab.plug("server1", "nic1")
        self.assertTrue(carrier(self.lab, "server1", "nic1"))

    def test_management_cable(self):
        """A server without mgmt cannot be reached over ssh, but still by commands of the lab"""
        self.lab.pull("server1", "mgmt")
        reached = self.lab.run(["ssh", "-o", "ConnectTimeout=1", "server1", "true"], check=False)
        self.assertEqual(reached.returncode, 255)
        self.assertFalse(carrier(self.lab, "server1", "mgmt"))
        self.lab.plug("server1", "mgmt")
        self.lab.run(["ssh", "server1", "true"])

    def test_silence(self):
        """A silent port keeps its link and forwards nothing, until it is restored"""
        self.lab.silence("server1", "nic1")
        self.assertTrue(carrier(self.lab, "server1", "nic1"))
        self.assertEqual(self.lab.status()["silent"], [("server1", "nic1")])
        address = traffic.link_local(self.lab, "server2", "nic1")
        ping = ["ping", "-c", "1", "-w", "1", f"{address}%nic1"]
        self.assertNotEqual(self.lab.exec("server1", ping, check=False).returncode, 0)
        self.lab.silence("server1", "nic1", silent=False)
        self.lab.exec("server1", ping)

    def test_switch(self):
        """A stopped switch takes the links of all its adapters down; pulled cables stay pulled"""
        self.lab.pull("server1", "nic3")
        self.lab.switch("A", "stop")
        for server in self.lab.servers:
            states = [carrier(self.lab, server, nic) for nic in ("nic1", "nic2", "nic3", "nic4")]
            self.assertEqual(states, [False, True, False, True])
        self.lab.switch("A", "start")
        self.assertEqual([carrier(self.lab, "server1", nic) for nic in ("nic1", "nic3")], [True, False])

    def test_traffic_crosses_the_switches(self):
        """An adapter on switch A reaches one on switch B"""
        result = traffic.send(self.lab, "server1", "server2", seconds=1, rate=20, devices=("nic1", "nic2"))
        self.assertGreater(result.megabits, 5)

    def test_traffic_without_link(self):
        """Traffic without a path fails with a reason"""
        for nic in self.lab.nics:
            self.lab.pull("server1", nic)
        with self.assertRaisesRegex(LabError, "neither a team nor a free adapter"):
            traffic.send(self.lab, "server1", "server2", seconds=1)

    def test_lacp(self):
        """Adapters on both switches find one LACP partner, and continue when a switch stops"""
        self.lab.lag("server1", ["nic1", "nic2"])
        make_bond(self.lab, "server1", "802.3ad", ["nic1", "nic2"])

        def partners_found():
            info = links(self.lab, "server1")["team"]["linkinfo"]["info_data"].get("ad_info", {})
            return info.get("num_ports") == 2 and info.get("partner_mac") != "00:00:00:00:00:00"

        wait_until(partners_found)
        for switch in ("A", "B"):
            self.lab.switch(switch, "stop")
            traffic.send(self.lab, "server2", "server1", seconds=1, rate=10)
            self.lab.switch(switch, "start")
        self.lab.exec("server1", ["ip", "link", "delete", "team"])
        self.lab.exec("server1", ["sh", "-c", "for n in nic1 nic2; do ip link set $n up; done"])

    def test_static_group(self):
        """A group without LACP carries a team without LACP"""
        self.lab.lag("server2", ["nic1", "nic3"], "static")
        make_bond(self.lab, "server2", "balance-xor", ["nic1", "nic3"])
        traffic.send(self.lab, "server1", "server2", seconds=1, rate=10)
        self.lab.lag("server2", ["nic1"], "undo")
        self.assertEqual(self.lab.status()["lags"], {})
        self.lab.exec("server2", ["ip", "link", "delete", "team"])
        self.lab.exec("server2", ["sh", "-c", "for n in nic1 nic3; do ip link set $n up; done"])

    def test_restart(self):
        """After a power cut a server has its files and cabling, and no bonds"""
        self.lab.exec("server2", ["sh", "-c", "ip link add lost type bond; mkdir -p /var/lib/nicteam; echo kept > /var/lib/nicteam/x"])
        self.lab.pull("server2", "nic2")
        self.lab.restart("server2")
        self.assertNotIn("lost", links(self.lab, "server2"))
        self.assertEqual(self.lab.exec("server2", ["cat", "/var/lib/nicteam/x"]).stdout, "kept\n")
        self.assertEqual([carrier(self.lab, "server2", nic) for nic in ("nic1", "nic2")], [True, False])
        self.lab.run(["ssh", "server2", "true"])

    def test_unknown(self):
        """An unknown name is reported, with the existing ones"""
        for call, words in (
            (lambda: self.lab.exec("server9", ["true"]), "no server “server9”.*server1, server2"),
            (lambda: self.lab.pull("server1", "nic7"), "no adapter “nic7”.*nic1, nic2"),
            (lambda: self.lab.switch("C", "stop"), "“C” is not one of A, B"),
            (lambda: self.lab.cable("server1", "nic1", "cut"), "“cut” is not one of pull, plug"),
            (lambda: Lab.start(name="a/b"), "cannot be the name"),
            (lambda: Lab.start(servers=0), "1 to 50 servers"),
            (lambda: Lab.find("nothing"), "No lab called “nothing” is running"),
        ):
            with self.subTest(words), self.assertRaisesRegex(LabError, words):
                call()

    def test_two_at_once(self):
        """Two labs run at once and do not see each other"""
        with Lab.start(servers=1, nics=2) as other:
            other.pull("server1", "nic1")
            self.assertTrue(carrier(self.lab, "server1", "nic1"))
            self.assertFalse(carrier(other, "server1", "nic1"))
            self.assertEqual(other.run(["ssh", "server1", "hostname"]).stdout, "server1\n")
            with self.assertRaisesRegex(LabError, "is running already"):
                Lab.start(name=other.name)


class End(unittest.TestCase):
    def assert_gone(self, name, keeper):
        """Waits for the end of the keeper: nothing must remain then, except for namespaces that the kernel still
        releases."""
        select.select([keeper], [], [], 20)
        wait_until(lambda: processes_of(name) == [])
        self.assertFalse(place.directory(name).exists())
        self.assertNotIn(name, Lab.names())

    def test_owner_dies(self):
        """When the owner of a lab is killed, nothing remains of the lab"""
        with subprocess.Popen(["sleep", "1000"]) as owner:
            lab = Lab.start(servers=1, nics=2, owner=owner.pid)
            keeper = os.pidfd_open(lab.keeper_pid)
            owner.kill()
            self.assert_gone(lab.name, keeper)

    def test_keeper_is_killed(self):
        """When the keeper of a lab is killed, no process remains, and its name can be used again"""
        lab = Lab.start(servers=1, nics=2)
        os.kill(lab.keeper_pid, signal.SIGKILL)
        wait_until(lambda: processes_of(lab.name) == [])
        self.assertNotIn(lab.name, Lab.names())
        Lab.start(servers=1, nics=2, name=lab.name).stop()

    def test_stop(self):
        """A stopped lab leaves nothing, and its name is free at once"""
        lab = Lab.start(servers=1, nics=2)
        keeper = os.pidfd_open(lab.keeper_pid)
        lab.stop()
        self.assert_gone(lab.name, keeper)
        Lab.start(servers=1, nics=2, name=lab.name).stop()

    def test_host_untouched(self):
        """The machine's own network is not changed"""
        before = subprocess.run(["ip", "-j", "address"], capture_output=True, check=True).stdout
        with Lab.start(servers=1, nics=2):
            during = subprocess.run(["ip", "-j", "address"], capture_output=True, check=True).stdout
        self.assertEqual([link["ifname"] for link in json.loads(before)], [link["ifname"] for link in json.loads(during)])


if __name__ == "__main__":
    taptest.main()
