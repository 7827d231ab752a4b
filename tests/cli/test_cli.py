#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as an administrator uses it: on the console's side of the lab, over ssh."""

import json
import os
import subprocess

import taptest
from agent import Follower
from clitest import KERNEL, OK, REFUSED, SERVER, UNREACHABLE, USAGE, CliTest


class Commands(CliTest):
    # Lists

    def test_adapter_list(self):
        """adapter list shows teamable adapters, and with --all the others with the reason"""
        self.assertIn("nic1", self.nicteam("adapter", "list"))
        self.assertNotIn("lo ", self.nicteam("adapter", "list"))
        line = next(line for line in self.nicteam("adapter", "list", "--all").splitlines() if line.startswith("lo "))
        self.assertIn("The loopback interface cannot be teamed", line)

    def test_adapter_show(self):
        """adapter show prints all details of an adapter"""
        output = self.nicteam("adapter", "show", "nic1")
        self.assertIn("10 Gb/s", output)
        self.assertIn(self.link("nic1")["address"], output)
        self.assertIn("nobody", self.nicteam("adapter", "show", "nobody", status=REFUSED))

    def test_aligned(self):
        """Columns of a table are aligned, also where names have wide characters"""
        self.nicteam("team", "create", "日本", "nic1")
        self.nicteam("team", "create", "Team1", "nic2")
        lines = self.nicteam("team", "list").splitlines()
        column = lines[0].index("TEAMING MODE")
        self.assertEqual(lines[2][column:].split("  ")[0], "Switch Independent")
        self.assertEqual(lines[1][column - 2:].split("  ")[0], "Switch Independent")

    def test_colour(self):
        """Output is coloured on a terminal, and not in a pipe or with NO_COLOR"""
        self.create()
        self.assertNotIn("\033", self.nicteam("team", "list"))
        self.assertIn("\033[32mOK", self.on_terminal("team", "list"))
        self.assertNotIn("\033", self.on_terminal("team", "list", env={"NO_COLOR": "1"}))

    def test_json(self):
        """--json prints an object for each server, for one or several servers"""
        self.create("--vlan", "42")
        one = self.json("team", "list")
        self.assertEqual([entry["server"] for entry in one], [SERVER])
        self.assertEqual(one[0]["teams"][0]["spec"]["members"], ["nic1", "nic2"])
        two = self.json("-s", "server2", "adapter", "list")
        self.assertEqual([entry["server"] for entry in two], [SERVER, "server2"])
        self.assertEqual(self.json("team", "show", "Team1")[0]["team"]["name"], "Team1")
        self.assertEqual(len(self.json("member", "list")[0]["members"]), 2)
        self.assertEqual(self.json("interface", "list")[0]["interfaces"][0]["vlan"], 42)

    def test_json_error(self):
        """--json prints a failure as JSON too"""
        result = self.lab.run(["nicteam", "--json", "-s", SERVER, "team", "show", "nobody"], check=False)
        self.assertEqual(json.loads(result.stdout)[0]["errors"][0]["code"], REFUSED)

    # Changes

    def test_life(self):
        """A team is created, changed and deleted, as seen by iproute2"""
        self.create("--mode", "lacp", "--balance", "transport-ports", "--lacp-timer", "fast", "--vlan", "42")
        info = self.link("Team1")["linkinfo"]["info_data"]
        self.assertEqual((info["mode"], info["xmit_hash_policy"], info["ad_lacp_rate"]), ("802.3ad", "layer3+4", "fast"))
        self.assertEqual(self.link("Team1.42")["linkinfo"]["info_data"]["id"], 42)

        self.nicteam("team", "set", "Team1", "--option", "min_links=1")
        self.assertEqual(self.link("Team1")["linkinfo"]["info_data"]["min_links"], 1)
        self.assertRegex(self.nicteam("team", "show", "Team1"), r"Minimum Active Members: +1")
        self.assertIn("options.max_links", self.nicteam("team", "set", "Team1", "--option", "max_links=1", status=REFUSED))
        self.assertIn("NAME=VALUE", self.nicteam("team", "set", "Team1", "--option", "min_links", status=USAGE))

        self.nicteam("team", "set", "Team1", "--mode", "static", "--balance", "ip-addresses", "--mtu", "9000", "--name", "Storage",
                     "--up-delay", "2000")
        info = self.link("Team1")
        self.assertEqual(info["linkinfo"]["info_data"]["mode"], "balance-xor")
        self.assertEqual((info["mtu"], info["ifalias"]), (9000, "Storage"))
        self.assertEqual(info["linkinfo"]["info_data"]["updelay"], 2000)
        self.assertEqual(self.link("Team1.42")["ifalias"], "Storage - VLAN 42")
        self.nicteam("team", "set", "Storage", "--mtu", "default")
        self.assertEqual(self.link("Storage")["mtu"], 1500)

        self.nicteam("--yes", "team", "delete", "Storage")
        self.assertIsNone(self.link("Team1"))
        self.assertNotIn("master", self.link("nic1"))

    def test_members(self):
        """member add, remove, set and list change and show the members"""
        self.create()
        self.nicteam("member", "add", "Team1", "nic3")
        self.assertEqual(self.link("nic3")["master"], "Team1")
        self.nicteam("--yes", "member", "remove", "Team1", "nic1")
        self.assertNotIn("master", self.link("nic1"))
        self.nicteam("member", "set", "Team1", "nic3", "--role", "standby")
        self.assertEqual(self.link("Team1")["linkinfo"]["info_data"]["mode"], "active-backup")
        self.assertRegex(self.nicteam("member", "list", "Team1"), r"nic3 +Standby +Standby")
        self.assertIn("nic3", self.nicteam("member", "set", "Team1", "nic2", "--role", "standby", status=REFUSED))
        self.assertIn("only one", self.nicteam("member", "add", "Team1", "nic1", "nic4", "--role", "standby", status=USAGE))
        self.assertIn("nic3", self.nicteam("member", "add", "Team1", "nic1", "--role", "standby", status=REFUSED))
        self.nicteam("member", "set", "Team1", "nic3", "--role", "active")
        self.assertEqual(self.link("Team1")["linkinfo"]["info_data"]["mode"], "balance-tlb")
        self.nicteam("member", "remove", "--yes", "Team1", "nic3")
        self.nicteam("member", "add", "Team1", "nic3", "--role", "standby")
        self.assertRegex(self.nicteam("member", "list", "Team1"), r"nic3 +Standby +Standby")

    def test_interfaces(self):
        """interface add, set, delete and list: a generated name follows the VLAN, a custom one stays"""
        self.create()
        self.nicteam("interface", "add", "Team1", "--vlan", "7")
        self.nicteam("interface", "add", "Team1", "--vlan", "8", "--name", "Backup")
        self.assertEqual(self.link("Team1.8")["ifalias"], "Backup")
        self.nicteam("interface", "set", "Team1", "7", "--vlan", "9")
        self.assertIsNone(self.link("Team1.7"))
        self.assertEqual(self.link("Team1.9")["ifalias"], "Team1 - VLAN 9")
        self.assertIn("Team1 - VLAN 9", self.nicteam("interface", "list"))
        self.nicteam("interface", "set", "Team1", "9", "--mtu", "1400")
        self.assertEqual(self.link("Team1.9")["mtu"], 1400)
        self.nicteam("interface", "set", "Team1", "9", "--mtu", "default")
        self.assertEqual(self.link("Team1.9")["mtu"], 1500)
        self.assertIn("“big” is not an MTU", self.nicteam("interface", "set", "Team1", "9", "--mtu", "big", status=USAGE))
        self.nicteam("--yes", "interface", "delete", "Team1", "Backup")
        self.assertIsNone(self.link("Team1.8"))
        self.assertIn("without its team", self.nicteam("--yes", "interface", "delete", "Team1", "Team1", status=REFUSED))

    def test_switch(self):
        """adapter and interface enable and disable change the state of the link"""
        self.create("--vlan", "5")
        self.nicteam("--yes", "adapter", "disable", "nic1", "nic3")
        self.assertRegex(self.nicteam("adapter", "list"), r"nic3 +Faulted .*Administrative decision")
        self.assertNotIn("UP", self.link("nic1")["flags"])
        self.nicteam("--yes", "interface", "disable", "Team1 - VLAN 5")
        self.assertNotIn("UP", self.link("Team1.5")["flags"])
        self.nicteam("interface", "enable", "Team1.5")
        self.nicteam("adapter", "enable", "nic1", "nic3")
        for name in ("nic1", "nic3", "Team1.5"):
            self.assertIn("UP", self.link(name)["flags"])

    def test_repair(self):
        """team repair restores a team to its definition after changes by another tool, or is up to date"""
        self.create("--vlan", "5", "--mode", "static")
        self.assertIn("already up to date", self.nicteam("team", "repair", "Team1"))
        self.lab.exec(SERVER, ["sh", "-ec", "ip link set nic2 nomaster; ip link del Team1.5; "
                                            "ip link set Team1 type bond xmit_hash_policy layer2; ip link set Team1 down"])
        self.assertIn("Faulted", self.nicteam("member", "list", "Team1"))
        self.assertIn("Add the adapter nic2 to Team1", self.nicteam("team", "repair", "Team1", "--dry-run"))
        self.nicteam("team", "repair", "Team1")
        self.assertEqual(self.link("nic2")["master"], "Team1")
        self.assertTrue(self.link("Team1.5"))
        self.assertEqual(self.link("Team1")["linkinfo"]["info_data"]["xmit_hash_policy"], "layer3+4")
        self.lab.exec(SERVER, ["ip", "link", "del", "Team1"])
        self.nicteam("team", "repair", "Team*")
        self.assertTrue(self.link("Team1.5"))

    def test_dry_run(self):
        """--dry-run prints the plan and changes nothing"""
        output = self.nicteam("--dry-run", "team", "create", "Team1", "nic1", "--vlan", "5")
        self.assertIn("No interruption", output)
        self.assertIn("Create the team device Team1", output)
        self.assertIn("VLAN 5 on Team1", output)
        self.assertIsNone(self.link("Team1"))

    def test_confirm(self):
        """A deletion is confirmed by a question; without a terminal it requires --yes"""
        self.create()
        self.assertIn("--yes", self.nicteam("team", "delete", "Team1", status=USAGE))
        self.assertIn("[y/N]", self.on_terminal("team", "delete", "Team1", answer="n\n"))
        self.assertIsNotNone(self.link("Team1"))
        self.on_terminal("team", "delete", "Team1", answer="y\n")
        self.assertIsNone(self.link("Team1"))

    # Errors

    def test_refusals(self):
        """An error is reported with its field, and the exit status gives its kind"""
        self.create()
        cases = (
            (("team", "create", "T", "nic9"), REFUSED, "members[0]: No adapter named “nic9”"),
            (("team", "create", "a/b", "nic3"), REFUSED, "name: "),
            (("team", "create", "T", "nic1"), REFUSED, "is a member of the team “Team1”"),
            (("team", "create", "T", "nic3", "--vlan", "4095"), REFUSED, "interfaces[0].vlan: "),
            (("team", "create", "T", "nic3", "--vlan", "x"), USAGE, "“x” is not a VLAN ID"),
            (("team", "create", "T", "nic3", "--mode", "fast"), USAGE, "“fast” is not valid for --mode"),
            (("team", "create", "T"), REFUSED, "members: A team needs at least one member"),
            (("team", "create", "T", *[f"x{i}" for i in range(33)]), REFUSED, "members: A team can have at most 32 members"),
            (("team", "show", "nobody"), REFUSED, "No team named “nobody”. Teams on this server: Team1"),
            (("team", "explode"), USAGE, "Unknown command “team explode”"),
            (("member", "remove", "Team1", "nic4", "--yes"), REFUSED, "“nic4” is not a member"),
            (("member", "set", "Team1", "nic1", "more", "--role", "active"), USAGE, "Unexpected argument “more”"),
            (("team", "list", "--colour"), USAGE, "--colour"),
        )
        for words, status, complaint in cases:
            with self.subTest(" ".join(words)):
                self.assertIn(complaint, self.nicteam(*words, status=status))

    def test_unreachable(self):
        """A server that is not reachable is named, and the others are still used"""
        complaint = self.nicteam("team", "list", server="nowhere", status=UNREACHABLE)
        self.assertIn("nowhere", complaint)
        self.assertEqual(self.lab.run(["nicteam", "-s", "nowhere", "team", "list"], check=False).stdout, "")
        result = self.lab.run(["nicteam", "-s", "nowhere", "-s", SERVER, "adapter", "list"], check=False)
        self.assertEqual(result.returncode, UNREACHABLE)
        self.assertIn("nic1", result.stdout)

    def test_kernel_refuses(self):
        """The kernel's error text is shown"""
        self.create()
        self.lab.exec(SERVER, ["ip", "link", "add", "link", "Team1", "name", "mine", "type", "vlan", "id", "50"])
        complaint = self.nicteam("interface", "add", "Team1", "--vlan", "50", status=KERNEL)
        self.assertIn("VLAN device already exists", complaint)
        self.assertIn("rolled back", complaint)

    # Events

    def test_events(self):
        """events shows past events: a change with its user, and a pulled cable"""
        self.create()
        with Follower(self.lab, SERVER) as follower:
            self.lab.pull(SERVER, "nic1")
            follower.wait_for_status("Team1", "warning")
        output = self.nicteam("events")
        self.assertRegex(output, r"\d\d:\d\d:\d\d +Team1 +Changed by root")
        self.assertRegex(output, r"Team1 +nic1: Faulted, Media disconnected\n(.* Team1 +Receiving member .*\n)?.* Team1 +Warning")
        events = self.json("events")[0]["events"]
        kinds = [event["kind"] for event in events if event["kind"] in ("adapter_state", "team_status")]
        self.assertEqual(kinds[-2:], ["adapter_state", "team_status"])
        self.assertEqual([event["id"] for event in events], sorted(event["id"] for event in events))

    def test_monitor(self):
        """monitor shows a pulled cable"""
        self.create()
        argv = ["nicteam", "-s", SERVER, "monitor"]
        with self.lab.popen(None, argv, stdout=subprocess.PIPE) as process, Follower(self.lab, SERVER) as follower:
            # A change of any kind shows that monitor is connected.
            self.nicteam("interface", "add", "Team1", "--vlan", "3")
            self.lab.pull(SERVER, "nic1")
            follower.wait_for_status("Team1", "warning")
            lines = []
            while not any("Team1: Warning" in line for line in lines):
                lines.append(process.stdout.readline())
                self.assertTrue(lines[-1], "monitor has ended")
            self.assertTrue(any("Team1: nic1: Faulted, Media disconnected" in line for line in lines), lines)
            process.terminate()

    def test_two_servers(self):
        """monitor and stats follow several servers at once; one that is not reachable does not delay the others"""
        argv = ["nicteam", "-s", SERVER, "-s", "ssh:nobody.invalid", "-s", "server2", "monitor"]
        with self.lab.popen(None, argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            self.assertIn("nobody.invalid", process.stderr.readline())
            while "server2  OK" not in process.stdout.readline():
                pass
            self.lab.pull("server2", "nic1")
            while "server2  nic1: Faulted" not in (line := process.stdout.readline()):
                self.assertTrue(line, "monitor has ended")
            process.terminate()
        output = self.nicteam("-s", "server2", "stats", "mgmt", "--count", "1")
        for server in (SERVER, "server2"):
            self.assertRegex(output, rf"{server} +mgmt +[0-9.]+ [kMG]?b/s")

    def test_stats(self):
        """stats shows the rates of the named links"""
        output = self.nicteam("stats", "mgmt", "--count", "1")
        self.assertRegex(output, r"mgmt +[0-9.]+ [kMG]?b/s")
        self.assertNotIn("nic1", output)
        self.assertIn("nobody", self.nicteam("stats", "nobody", status=REFUSED))

    def test_servers(self):
        """server add, list and remove edit the list of servers for -s"""
        home = {"XDG_CONFIG_HOME": os.environ.get("NICTEAM_TEST_OUTPUT", "/tmp") + "/cli-config"}

        def run(*words, status=OK):
            argv = ["env", f"XDG_CONFIG_HOME={home['XDG_CONFIG_HOME']}", "nicteam", *words]
            result = self.lab.run(argv, check=False)
            self.assertEqual(result.returncode, status, result.stderr)
            return result.stdout + result.stderr

        run("server", "add", "ssh:server2", "--name", "web")
        self.assertRegex(run("server", "list"), r"web +ssh:server2")
        self.assertIn("nic1", run("-s", "web", "adapter", "list"))
        self.assertIn("already", run("server", "add", "ssh:server3", "--name", "web", status=REFUSED))
        run("server", "remove", "web")
        self.assertNotIn("web", run("server", "list"))
        self.assertIn("web", run("server", "remove", "web", status=REFUSED))

    def test_help(self):
        """--help prints help on every level, and exits with 0"""
        self.assertIn("Exit status", self.nicteam("--help", server=None))
        self.assertIn("team create", self.nicteam("team", "--help", server=None))
        self.assertNotIn("server list", self.nicteam("team", "--help", server=None))
        self.assertIn("--lacp-timer", self.nicteam("team", "create", "--help", server=None))
        self.nicteam(server=None, status=USAGE)


if __name__ == "__main__":
    taptest.main()
