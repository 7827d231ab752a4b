#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several servers in one command: used at the same time, printed in their order; groups of saved servers."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import taptest
from clitest import OK, REFUSED, SERVER, UNREACHABLE, USAGE, CliTest

# An ssh that is slow to connect: its delay counts only once if servers are used at the same time.
SLOW_SSH = "#!/bin/sh\nsleep 2\nPATH=%s exec ssh \"$@\"\n"


class Servers(CliTest):
    def on_both(self, *words, status=OK, env=None):
        argv = ["nicteam", "-s", "server2", "-s", SERVER, *words]
        if env:
            argv = ["env", *(f"{key}={value}" for key, value in env.items()), *argv]
        result = self.lab.run(argv, check=False)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def test_order(self):
        """The output is in the order of the servers, in tables, in sentences and in JSON"""
        output = self.on_both("team", "create", "Team1", "nic1").stdout.splitlines()
        self.assertEqual([line.split(":")[0] for line in output], ["server2", SERVER])
        lines = self.on_both("team", "list").stdout.splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["SERVER", "server2", SERVER])
        shown = self.on_both("team", "show", "Team1").stdout
        self.assertEqual(shown.count("Team:"), 2)
        self.assertLess(shown.index("server2"), shown.index(SERVER))
        entries = json.loads(self.on_both("--json", "team", "list").stdout)
        self.assertEqual([entry["server"] for entry in entries], ["server2", SERVER])
        self.on_both("team", "delete", "--yes", "*")

    def test_same_time(self):
        """Connections to slow servers are made at the same time"""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ssh"
            path.write_text(SLOW_SSH % self.lab.run(["printenv", "PATH"]).stdout.strip())
            path.chmod(0o755)
            variables = {"PATH": f"{folder}:{self.lab.run(['printenv', 'PATH']).stdout.strip()}"}
            start = time.monotonic()
            self.lab.run(["env", f"PATH={variables['PATH']}", "nicteam", "-s", SERVER, "team", "list"])
            one = time.monotonic() - start
            start = time.monotonic()
            self.on_both("team", "list", env=variables)
            two = time.monotonic() - start
        self.assertGreater(one, 2)
        self.assertLess(two, one + 1.8)

    def test_highest_status(self):
        """The exit status is the highest one; error messages name their server, and the other servers succeed"""
        self.nicteam("team", "create", "Team1", "nic1")
        result = self.on_both("team", "delete", "--yes", "Team1", status=REFUSED)
        self.assertIn("server2: No team named “Team1”", result.stderr)
        self.assertIn(f"{SERVER}: deleted team “Team1”", result.stdout)
        result = self.lab.run(["nicteam", "--json", "-s", "nowhere", "-s", SERVER, "team", "list"], check=False)
        self.assertEqual(result.returncode, UNREACHABLE)
        first, second = json.loads(result.stdout)
        self.assertEqual((first["errors"][0]["code"], second["teams"]), (UNREACHABLE, []))

    def test_port(self):
        """A server with another ssh port is reached by HOST:PORT, and saved in this form"""
        program = ["/usr/sbin/sshd", "-D", "-e", "-p", "2222", "-h", self.lab.directory / "ssh" / SERVER,
                   "-f", self.lab.directory / "ssh" / "sshd_config"]
        with self.lab.popen(SERVER, program, stderr=subprocess.PIPE) as listening:
            listening.stderr.readline()
            self.addCleanup(self.lab.run, ["nicteam", "server", "remove", "elsewhere"])
            self.lab.run(["nicteam", "server", "add", f"root@{SERVER}:2222", "--name", "elsewhere"])
            saved = json.loads(self.lab.run(["nicteam", "--json", "server", "list"]).stdout)
            self.assertIn(f"ssh://root@{SERVER}:2222", [server["address"] for server in saved])
            for name in "elsewhere", f"{SERVER}:2222":
                entry, = json.loads(self.lab.run(["nicteam", "--json", "-s", name, "team", "list"]).stdout)
                self.assertEqual((entry["server"], entry["teams"]), (name, []))
            self.lab.exec(SERVER, ["pkill", "-f", "sshd.* -p 2222"])
        result = self.lab.run(["nicteam", "-s", "elsewhere", "team", "list"], check=False)
        self.assertEqual(result.returncode, UNREACHABLE)
        self.assertIn("2222", result.stderr)
        for wrong in f"{SERVER}:0", f"{SERVER}:70000", f"{SERVER}:ssh":
            result = self.lab.run(["nicteam", "server", "add", wrong], check=False)
            self.assertEqual(result.returncode, REFUSED)
            self.assertIn("1 to 65535", result.stderr)

    def test_usage_once(self):
        """An error in the command line is reported once, for any number of servers"""
        result = self.on_both("team", "create", "T", "nic1", "--mode", "fast", status=USAGE)
        self.assertEqual(result.stderr.count("--mode"), 1)

    def test_groups(self):
        """-s @GROUP selects every saved server of the group once; other keys in the file stay"""
        config = tempfile.mkdtemp(dir=os.environ.get("NICTEAM_TEST_OUTPUT"))

        def run(*words, status=OK):
            result = self.lab.run(["env", f"XDG_CONFIG_HOME={config}", "nicteam", *words], check=False)
            self.assertEqual(result.returncode, status, result.stdout + result.stderr)
            return result.stdout + result.stderr

        def asked(*words):
            return [entry["server"] for entry in json.loads(run("--json", *words, "team", "list"))]

        run("server", "add", "ssh:server2", "--name", "two", "--group", "web", "--group", "all")
        run("server", "add", "ssh:server1", "--name", "one", "--group", "all")
        self.assertRegex(run("server", "list"), r"two +ssh:server2 +web all")
        self.assertEqual(json.loads(run("--json", "server", "list"))[0]["groups"], ["web", "all"])
        self.assertEqual(asked("-s", "@web"), ["two"])
        self.assertEqual(asked("-s", "@all"), ["two", "one"])
        self.assertEqual(asked("-s", "one", "-s", "@all"), ["one", "two"])
        self.assertIn("“db”", run("-s", "@db", "team", "list", status=USAGE))

        saved = Path(config) / "nicteam" / "servers"
        saved.write_text(saved.read_text() + "colour=blue\n")
        run("server", "add", "ssh:server3", "--name", "three")
        self.assertIn("colour=blue", saved.read_text())
        run("server", "remove", "two")
        self.assertNotIn("web", saved.read_text())


if __name__ == "__main__":
    taptest.main()
