#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent with the confinement of its unit, and its messages to systemd."""

import subprocess
from pathlib import Path

import taptest
from agent import Agent
from agenttest import SERVER, AgentTest

HELPER = Path(__file__).with_name("as_a_unit.py")
SOCKET = "/run/unit/agent.sock"
NET_ADMIN = 1 << 12


class ConfinedTest(AgentTest):
    def setUp(self):
        super().setUp()
        self.unit = self.lab.popen(SERVER, ["python3", HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.unit.wait)
        self.addCleanup(self.unit.communicate)
        self.assertEqual(self.unit.stdout.readline(), "READY=1\n")
        self.confined = Agent(self.lab, SERVER, self.lab.exec_argv(SERVER, ["nicteam-agent", f"--socket={SOCKET}", "bridge"]))
        self.addCleanup(self.confined.close)


class Unit(ConfinedTest):
    def test_life(self):
        """The agent sends READY, WATCHDOG and STOPPING, and leaves the socket of the unit in place"""
        self.assertEqual(self.unit.stdout.readline(), "WATCHDOG=1\n")
        self.assertEqual(self.unit.stdout.readline(), "WATCHDOG=1\n")
        output, _ = self.unit.communicate()
        self.assertEqual(output.replace("WATCHDOG=1\n", ""), "STOPPING=1\nstatus 0 socket True\n")

    def test_works(self):
        """With one capability and read-only file systems, teams work, and a standby adapter has no IPv6"""
        conf = "/proc/sys/net/ipv6/conf/nic3/disable_ipv6"
        self.confined.apply(set=[{"name": "T", "members": ["nic1", "nic2", "nic3"], "standby": "nic3",
                                  "interfaces": [{}, {"vlan": 7}]}])
        self.assertEqual(self.lab.exec(SERVER, ["cat", conf]).stdout.strip(), "1")
        self.assertTrue(self.confined.call("GetAdapter", {"name": "nic1"})["details"]["features"])
        self.assertEqual(self.confined.state()["host"]["server_type"], "virtual")
        self.confined.remove_all()
        self.assertEqual(self.lab.exec(SERVER, ["cat", conf]).stdout.strip(), "0")

    def test_confined(self):
        """Agents have only CAP_NET_ADMIN and cannot gain more; this one has a system call filter"""
        status = "for pid in $(pgrep -x nicteam-agent); do grep -qz bridge /proc/$pid/cmdline || cat /proc/$pid/status; done"
        lines = [line.split() for line in self.lab.exec(SERVER, ["sh", "-c", status]).stdout.splitlines()]
        bounds = [int(line[1], 16) for line in lines if line[0] in ("CapPrm:", "CapEff:", "CapBnd:")]
        self.assertGreaterEqual(len(bounds), 3)
        self.assertEqual({bound & ~NET_ADMIN for bound in bounds}, {0})
        self.assertEqual({line[1] for line in lines if line[0] == "NoNewPrivs:"}, {"1"})
        self.assertIn("2", [line[1] for line in lines if line[0] == "Seccomp:"])


class BesideNetworkd(ConfinedTest):
    def setUp(self):
        self.lab.exec(SERVER, ["sh", "-ec", "mkdir -p /run/systemd/netif/links; echo ADMIN_STATE=unmanaged > /run/systemd/netif/links/1"])
        self.addCleanup(self.lab.exec, SERVER, ["rm", "-r", "/run/systemd/netif"])
        super().setUp()

    def test_networkd_file(self):
        """The agent writes a file for systemd-networkd that is readable for it, and removes it"""
        file = "/etc/systemd/network/00-nicteam.network"
        reply = self.confined.apply(set=[{"name": "T", "members": ["nic1"], "interfaces": [{"vlan": 7}]}])
        self.assertEqual(reply["operations"][0]["message"], "Take over from systemd-networkd: T, T.7, nic1")
        self.assertEqual(self.lab.exec(SERVER, ["stat", "-c", "%a %U", file]).stdout, "644 root\n")
        self.assertIn("Name=T T.7 nic1", self.lab.exec(SERVER, ["cat", file]).stdout)
        self.confined.remove_all()
        self.assertEqual(self.lab.exec(SERVER, ["test", "-e", file], check=False).returncode, 1)


if __name__ == "__main__":
    taptest.main()
