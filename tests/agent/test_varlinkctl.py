#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""systemd's varlinkctl, an independent client, works with the agent."""

import json
import subprocess
import unittest
from pathlib import Path

import taptest
from agent import INTERFACE
from errors import LabError
from lab import Lab

SERVER = "server2"
SOCKET = "/run/nicteam/agent.sock"
SOURCE = Path(__file__).resolve().parents[2] / "backend" / "varlink" / f"{INTERFACE}.varlink"


class VarlinkctlTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab.current()

    @classmethod
    def tearDownClass(cls):
        cls.lab.__exit__()

    def varlinkctl(self, *words, **options):
        return self.lab.exec(SERVER, ["varlinkctl", *words], **options).stdout

    def test_info(self):
        """info shows product and interfaces"""
        output = self.varlinkctl("info", SOCKET)
        self.assertIn("nicteam-agent", output)
        self.assertIn(INTERFACE, output)

    def test_list_interfaces(self):
        """list-interfaces lists the agent's interface"""
        self.assertIn(INTERFACE, self.varlinkctl("list-interfaces", SOCKET).split())

    def test_introspect(self):
        """introspect shows the methods, with their comments"""
        output = self.varlinkctl("introspect", SOCKET, INTERFACE)
        for word in ("method GetState", "method Apply", "error Refused", "type TeamSpec"):
            self.assertIn(word, output)

    def test_validate(self):
        """validate-idl accepts the interface"""
        self.varlinkctl("validate-idl", str(SOURCE))

    def test_call(self):
        """call returns the state"""
        state = json.loads(self.varlinkctl("call", "-j", SOCKET, f"{INTERFACE}.GetState", "{}"))["state"]
        self.assertEqual(state["host"]["hostname"], SERVER)

    def test_call_error(self):
        """call shows the name of an error and its parameters"""
        result = self.lab.exec(SERVER, ["varlinkctl", "call", "-j", SOCKET, f"{INTERFACE}.Apply", '{"remove":["nobody"]}'],
                               check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn(f"{INTERFACE}.Refused", result.stderr)
        self.assertIn("team_unknown", result.stdout)

    def test_call_more(self):
        """call --more follows a stream"""
        argv = ["varlinkctl", "call", "--more", "-j", SOCKET, f"{INTERFACE}.Subscribe", "{}"]
        with self.lab.popen(SERVER, argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            first = process.stdout.readline()
            process.kill()
        # RFC 7464 has a separator before each text.
        self.assertEqual(json.loads(first.lstrip("\x1e"))["state"]["host"]["hostname"], SERVER)

    def test_apply(self):
        """call --more creates a team and deletes it"""
        request = json.dumps({"set": [{"name": "V", "members": ["nic3", "nic4"]}], "confirm_s": 0})
        output = self.varlinkctl("call", "--more", "-j", SOCKET, f"{INTERFACE}.Apply", request)
        replies = [json.loads(line) for line in output.splitlines() if line]
        self.assertEqual(replies[0]["operation"]["kind"], "create_bond")
        self.assertIn("info_kind", self.lab.exec(SERVER, ["ip", "-d", "-j", "link", "show", "V"]).stdout)
        self.varlinkctl("call", "-j", SOCKET, f"{INTERFACE}.Apply", json.dumps({"remove": replies[-1]["teams"], "confirm_s": 0}))
        with self.assertRaises(LabError):
            self.lab.exec(SERVER, ["ip", "link", "show", "V"])

    def test_ssh_exec(self):
        """ssh-exec: reaches the agent of another machine"""
        output = self.lab.run(["varlinkctl", "call", "-j", f"ssh-exec:{SERVER}:nicteam-agent", f"{INTERFACE}.GetState", "{}"])
        self.assertEqual(json.loads(output.stdout)["state"]["host"]["hostname"], SERVER)

    def test_exec(self):
        """exec: starts an agent for a single client"""
        path = self.lab.exec(SERVER, ["sh", "-c", "command -v nicteam-agent"]).stdout.strip()
        output = self.varlinkctl("info", f"exec:{path}")
        self.assertIn(INTERFACE, output)


if __name__ == "__main__":
    taptest.main()
