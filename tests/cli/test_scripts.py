#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface for scripts: structure of JSON, charset, exit statuses when the output cannot be written, and “--”."""

import json
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path

import taptest
from agent import Agent
from clitest import FAILED, OK, REFUSED, SERVER, TIMEOUT, UNREACHABLE, USAGE, CliTest
from fake_agent import FakeAgent

BROKEN_PIPE = 128 + signal.SIGPIPE


class Scripts(CliTest):
    def run_json(self, *words, status=OK, servers=(SERVER,), input=None):
        """The single object of the printed array, or the array if there are several servers."""
        argv = ["nicteam", "--json", *(word for server in servers for word in ("-s", server)), *words]
        result = self.lab.run(argv, check=False, input=input)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        array = json.loads(result.stdout)
        self.assertEqual([entry["server"] for entry in array], list(servers))
        return array[0] if len(servers) == 1 else array

    def shell(self, script, *words):
        """Runs a script with the words as arguments, in which NICTEAM stands for nicteam on the server."""
        command = shlex.join(["nicteam", "-s", SERVER, *words])
        return self.lab.run(["bash", "-c", script.replace("NICTEAM", command)], check=False)

    # Charset

    def in_c_locale(self, *words, input=None):
        result = subprocess.run(self.lab.run_argv(["env", "LC_ALL=C", "nicteam", "-s", SERVER, *words]), capture_output=True,
                                input=input, check=False)
        self.assertEqual(result.returncode, OK, result.stderr)
        return result.stdout

    def test_utf8(self):
        """JSON, the command line and files are UTF-8 in every locale; text is in the locale's charset"""
        self.in_c_locale("team", "create", "Grün", "nic1", "--interface-name", "Müll")
        shown = json.loads(self.in_c_locale("--json", "team", "show", "Grün").decode("utf-8"))[0]["team"]
        self.assertEqual((shown["name"], shown["interfaces"][0]["name"]), ("Grün", "Müll"))
        self.in_c_locale("team", "set", "--name=Größe", "Grün")
        self.assertIn(b"Gr??e ", self.in_c_locale("team", "list"))
        definition = json.dumps([{"name": "Straße", "members": ["nic2"]}], ensure_ascii=False).encode()
        with tempfile.NamedTemporaryFile() as file:
            file.write(definition)
            file.flush()
            self.in_c_locale("apply", file.name)
        self.assertIn(b"already up to date", self.in_c_locale("apply", "-", input=definition))
        names = [team["name"] for team in self.json("team", "list")[0]["teams"]]
        self.assertEqual(names, ["Größe", "Straße"])
        line = self.in_c_locale("--json", "stats", "--count", "1").decode("utf-8").splitlines()[0]
        self.assertEqual(json.loads(line)["server"], SERVER)

    def test_not_utf8(self):
        """Arguments and files that are not UTF-8 are refused"""
        result = subprocess.run(self.lab.run_argv(["nicteam", "-s", SERVER, "team", "show"]) + [b"\xff"], capture_output=True,
                                check=False)
        self.assertEqual(result.returncode, USAGE)
        self.assertIn("is not valid UTF-8", result.stderr.decode("utf-8"))
        with tempfile.NamedTemporaryFile() as file:
            file.write(b'[{"name": "\xff", "members": ["nic1"]}]')
            file.flush()
            self.assertIn("UTF-8", self.nicteam("apply", file.name, status=USAGE))

    # Structure of JSON

    def test_array(self):
        """--json prints one array with one object per server, for every command"""
        one = json.dumps([{"name": "Team1", "members": ["nic1", "nic2"]}])
        cases = (
            (("team", "list"), {"teams"}),
            (("member", "list"), {"members"}),
            (("interface", "list"), {"interfaces"}),
            (("adapter", "list"), {"adapters"}),
            (("adapter", "show", "nic1"), {"adapter", "details"}),
            (("access",), {"access"}),
            (("team", "create", "Team1", "nic1", "--confirm", "manual"), {"applied", "changed"}),
            (("revert",), {"reverted"}),
            (("team", "create", "Team1", "nic1", "--confirm", "manual", "--wait"), {"applied", "changed", "teams"}),
            (("confirm",), {"confirmed"}),
            (("team", "show", "Team1"), {"team", "features"}),
            (("team", "wait", "Team1"), {"teams"}),
            (("team", "set", "Team1", "--mtu", "1400", "--dry-run"), {"applied", "changed"}),
            (("member", "add", "Team1", "nic2"), {"applied", "changed"}),
            (("interface", "add", "Team1", "--vlan", "7"), {"applied", "changed"}),
            (("undo",), {"applied", "changed"}),
            (("team", "repair", "Team1"), {"applied", "changed"}),
            (("adapter", "disable", "nic3", "--yes"), {"applied", "changed"}),
            (("adapter", "enable", "nic3"), {"applied", "changed"}),
            (("apply", "-", "--wait"), {"applied", "changed", "teams"}),
            (("history",), {"history"}),
            (("events",), {"events"}),
            (("team", "delete", "Team1", "--yes"), {"applied", "changed"}),
        )
        for words, members in cases:
            with self.subTest(" ".join(words)):
                entry = self.run_json(*words, input=one if words[0] == "apply" else None)
                self.assertEqual(set(entry), {"server", *members})
        first, second = self.run_json("team", "list", servers=("server2", SERVER))
        self.assertEqual((first["teams"], second["teams"]), ([], []))

    def test_changed(self):
        """changed is false if there is nothing to do, with --dry-run too"""
        self.create()
        for words, changed in ((("--mtu", "1400"), True), (("--mtu", "1500"), False)):
            self.assertIs(self.run_json("team", "set", "Team1", *words, "--dry-run")["changed"], changed)

    def test_errors(self):
        """Errors are an array in the object of their server, for any number of errors"""
        self.create()
        cases = (
            (("team", "show", "nobody"), REFUSED, 1),
            (("team", "create", "T", "nic1", "nic9", "lo"), REFUSED, 3),
            (("team", "delete", "Team1"), USAGE, 1),
            (("confirm",), REFUSED, 1),
            (("team", "create", "T", "nic3", "--vlan", "7x"), USAGE, 1),
            (("team", "create", "T", "nic3", "--mode", "fast"), USAGE, 1),
            (("team", "set", "--mtu", "1400"), USAGE, 1),
            (("team", "explode"), USAGE, 1),
            (("team",), USAGE, 1),
            ((), USAGE, 1),
            (("team", "list", "--deadline", "soon"), USAGE, 1),
            (("apply", "/nowhere.json"), USAGE, 1),
        )
        for words, status, count in cases:
            with self.subTest(" ".join(words)):
                errors = self.run_json(*words, status=status)["errors"]
                self.assertEqual([error["code"] for error in errors], [status] * count)
                self.assertTrue(all(error["message"] for error in errors))
        self.assertIsNotNone(self.link("Team1"))
        for entry in self.run_json("team", "create", "T", "nic9", "lo", servers=("server2", SERVER), status=REFUSED):
            self.assertEqual(len(entry["errors"]), 2)
        first, second = self.run_json("team", "list", servers=("nowhere", SERVER), status=UNREACHABLE)
        self.assertEqual((first["errors"][0]["code"], len(second["teams"])), (UNREACHABLE, 1))
        self.run_json("team", "list", servers=("@nowhere", "ssh:x"), status=USAGE)

    def test_late(self):
        """A wait that times out prints the errors and the teams"""
        self.lab.pull(SERVER, "nic2")
        entry = self.run_json("team", "create", "Team1", "nic2", "--wait=1", status=TIMEOUT)
        self.assertEqual(set(entry), {"server", "applied", "changed", "errors", "teams"})
        self.assertEqual((entry["errors"][0]["code"], entry["teams"][0]["name"]), (TIMEOUT, "Team1"))

    def test_saved_servers(self):
        """server list, add and remove print an array too, with objects of saved servers"""
        with tempfile.TemporaryDirectory() as config:

            def run(*words, status=OK):
                result = self.lab.run(["env", f"XDG_CONFIG_HOME={config}", "nicteam", "--json", *words], check=False)
                self.assertEqual(result.returncode, status, result.stdout + result.stderr)
                return json.loads(result.stdout)

            one = {"server": "one", "address": "ssh:server1", "groups": ["web"]}
            self.assertEqual(run("server", "list"), [])
            self.assertEqual(run("server", "add", "ssh:server1", "--name", "one", "--group", "web"), [one])
            self.assertEqual(run("server", "list"), [one])
            refused, = run("server", "add", "ssh:server2", "--name", "one", status=REFUSED)
            self.assertEqual((refused["server"], refused["errors"][0]["code"]), ("one", REFUSED))
            self.assertEqual(run("server", "remove", "one"), [{"server": "one", "removed": True}])
            refused, = run("server", "remove", "one", status=REFUSED)
            self.assertEqual((refused["server"], refused["errors"][0]["code"]), ("one", REFUSED))

    def test_older_agent(self):
        """A command that an older agent does not support is an error"""
        with Agent(self.lab, SERVER) as agent:
            state = agent.state()
        path = self.lab.directory / "fake.sock"
        path.unlink(missing_ok=True)
        with FakeAgent(path, state) as agent:
            for command in ("access", "history", "events"):
                self.assertIn("too old", self.nicteam(command, server=agent.address, status=FAILED))

    def test_lines(self):
        """monitor and stats print one object per line, including errors"""
        argv = ["nicteam", "--json", "-s", "nowhere", "-s", SERVER, "monitor"]
        with self.lab.popen(None, argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            entries = [json.loads(process.stdout.readline()) for _ in range(2)]
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(60), UNREACHABLE)
        by_server = {entry["server"]: entry for entry in entries}
        self.assertEqual(by_server["nowhere"]["errors"][0]["code"], UNREACHABLE)
        self.assertIn("state", by_server[SERVER]["reply"])
        lines = self.nicteam("--json", "stats", "mgmt", "--count", "1").splitlines()
        self.assertEqual([set(json.loads(line)) for line in lines], [{"server", "reply"}] * 2)
        for words, status in ((("stats", "nobody"), REFUSED), (("stats", "--interval", "61"), USAGE)):
            result = self.lab.run(["nicteam", "--json", "-s", SERVER, *words], check=False)
            line, = result.stdout.splitlines()
            self.assertEqual((result.returncode, json.loads(line)["errors"][0]["code"]), (status, status))

    # Output

    def test_broken_pipe(self):
        """A closed pipe ends the program by SIGPIPE, or with an error where that signal is ignored"""
        for words in (("stats", "mgmt"), ("--json", "stats", "mgmt")):
            result = self.shell("NICTEAM | head -1; echo ${PIPESTATUS[0]}", *words)
            self.assertEqual(result.stdout.splitlines()[-1], str(BROKEN_PIPE), result.stderr)
        result = self.shell("trap '' PIPE; NICTEAM | head -1; echo ${PIPESTATUS[0]}", "stats", "mgmt")
        self.assertEqual(result.stdout.splitlines()[-1], str(FAILED))
        self.assertIn("Cannot write to standard output", result.stderr)

    def test_broken_connection(self):
        """A lost connection is an error, and does not end the program by SIGPIPE"""
        with Agent(self.lab, SERVER) as agent:
            state = agent.state()
        path = self.lab.directory / "fake.sock"
        path.unlink(missing_ok=True)
        with FakeAgent(path, state, closes=True) as agent:
            self.assertIn("nicteam: ", self.nicteam("access", server=agent.address, status=UNREACHABLE))
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "ssh"
            program.write_text("#!/bin/sh\nexec 0<&- 1>&-\necho 'no route' >&2\nexit 255\n")
            program.chmod(0o755)
            path = f"{folder}:{self.lab.run(['printenv', 'PATH']).stdout.strip()}"
            result = self.lab.run(["env", f"PATH={path}", "nicteam", "-s", SERVER, "team", "list"], check=False)
            self.assertEqual(result.returncode, UNREACHABLE)
            self.assertIn("no route", result.stderr)

    def test_full(self):
        """Output that cannot be written is an error"""
        cases = (("team", "list"), ("--json", "team", "list"), ("stats", "mgmt"), ("--json", "monitor"), ("--help",), ("--version",))
        for words in cases:
            for target in ("> /dev/full", ">&-"):
                with self.subTest(" ".join((*words, target))):
                    result = self.shell(f"NICTEAM {target}", *words)
                    self.assertEqual(result.returncode, FAILED, result.stderr)
                    self.assertIn("Cannot write to standard output", result.stderr)
        self.assertEqual(self.shell("NICTEAM > /dev/full", "team", "show", "nobody").returncode, REFUSED)

    # Arguments

    def test_end_of_options(self):
        """“--” ends the options, at any position"""
        self.nicteam("team", "create", "--mode", "static", "--", "-odd", "nic1")
        self.nicteam("member", "add", "--", "-odd", "nic2")
        self.nicteam("interface", "add", "--vlan", "7", "--name=-y", "--", "-odd")
        shown = self.json("team", "show", "--", "-odd")[0]["team"]
        self.assertEqual((shown["name"], shown["mode"], len(shown["members"])), ("-odd", "static", 2))
        self.assertEqual(shown["interfaces"][1]["name"], "-y")
        self.assertEqual(self.json("interface", "list", "--", "-odd")[0]["interfaces"][1]["name"], "-y")
        self.nicteam("interface", "set", "--mtu", "1400", "--", "-odd", "-y")
        self.nicteam("--yes", "interface", "delete", "--", "-odd", "-y")
        self.nicteam("team", "set", "--name=--json", "--", "-odd")
        self.assertIn("Team:", self.nicteam("team", "show", "--", "--json"))
        self.assertIn("Team:", self.nicteam("--", "team", "show", "--json"))
        self.assertIn("Team:", self.nicteam("team", "--", "show", "--json"))
        self.assertIn("already up to date", self.nicteam("team", "repair", "--", "--json"))
        self.assertIn("No team named “--”", self.nicteam("team", "show", "--", "--", status=REFUSED))
        self.assertIn("“--help”", self.nicteam("adapter", "show", "--", "--help", status=REFUSED))
        self.assertIn("“--all”", self.nicteam("adapter", "list", "--", "--all", status=REFUSED))
        self.assertIn("“-1”", self.nicteam("stats", "--", "-1", status=REFUSED))
        self.assertIn("“--yes”", self.nicteam("access", "--", "--yes", status=USAGE))
        self.assertIn("--prune", self.nicteam("apply", "--", "--prune", status=USAGE))

    def test_numbers(self):
        """Numbers are decimal, are parsed to their end, and have a range"""
        self.create("--up-delay", "0100")
        self.assertEqual(self.link("Team1")["linkinfo"]["info_data"]["updelay"], 100)
        for words in (("team", "create", "T", "nic3", "--up-delay", "-1"), ("team", "create", "T", "nic3", "--up-delay", "0x64"),
                      ("team", "create", "T", "nic3", "--vlan", "7 "), ("team", "set", "Team1", "--mtu", "1500B"),
                      ("interface", "add", "Team1", "--vlan", "+7"), ("stats", "--count", "1.5"), ("stats", "--interval", "0"),
                      ("team", "wait", "Team1", "--timeout", "1e3"), ("confirm", "--deadline", "4294967297")):
            with self.subTest(" ".join(words)):
                self.assertIn(f"“{words[-1]}” is not", self.nicteam(*words, status=USAGE))


if __name__ == "__main__":
    taptest.main()
