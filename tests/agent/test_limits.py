#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user can take of the agent is bounded, and others do not feel it."""

import re
import subprocess
from pathlib import Path

import taptest
from agent import Agent, bridge_as, switch_to
from agenttest import SERVER, AgentTest

TREE = Path(__file__).resolve().parents[2]
HOSTILE = Path(__file__).with_name("hostile.py").read_text()
LIMITS = {
    name: int(value)
    for name, value in re.findall(r"#define NT_LIMIT_(\w+) (\d+)$", (TREE / "backend/varlink/wire/limits.h").read_text(), re.MULTILINE)
}


class Limits(AgentTest):
    def attempt(self, user, call):
        """A running attempt of a user; it ends with the test."""
        argv = [*switch_to(user), "timeout", "60", "python3", "-c", f"{HOSTILE}\n{call}"]
        process = self.lab.popen(SERVER, argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(self.lab.exec, SERVER, ["pkill", "-u", user, "python3"], check=False)
        return process

    def agent_status(self, field):
        script = f"grep -h ^{field}: /proc/$(pgrep -o nicteam-agent || pgrep -o memcheck)/status"
        return int(self.lab.exec(SERVER, ["sh", "-c", script]).stdout.split()[1])

    def test_connections(self):
        """A user has so many connections and no more, which nobody else feels"""
        most = LIMITS["CONNECTIONS_PER_USER"]
        self.assertEqual(self.attempt("stranger", f"hold_connections({most + 5})").stdout.readline(), f"{most}\n")
        with self.assertRaises(EOFError):
            self.call_as("stranger")
        self.assertEqual(self.call_as("viewer"), "viewer")
        with Agent(self.lab, SERVER) as root:
            self.assertEqual(root.call("GetAccess")["user"], "root")

    def call_as(self, user):
        with Agent(self.lab, SERVER, bridge_as(self.lab, SERVER, user)) as agent:
            return agent.call("GetAccess")["user"]

    def test_rate(self):
        """Who calls too often waits, and nobody else does"""
        # 5 s are free, at 50 ms each; the rest comes at 20 a second.
        often = self.attempt("viewer", "call_often(160)")
        self.assertEqual(self.call_as("manager"), "manager")
        answered, seconds = often.stdout.readline().split()
        self.assertEqual(answered, "True")
        self.assertGreater(float(seconds), 2)

    def test_memory(self):
        """Who never reads costs no memory, whatever happens in the meantime"""
        before = self.agent_status("VmRSS")
        self.assertEqual(self.attempt("viewer", "read_nothing(16, 12)").stdout.readline(), "asked\n")
        for _ in range(5):
            self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])
            self.agent.remove_all()
        self.assertLess(self.agent_status("VmRSS") - before, 32 * 1024)

    def test_streams(self):
        """A stream takes its connection for itself: there is no second one on it"""
        self.agent.send("Subscribe", more=True)
        self.agent.send("Subscribe", more=True)
        self.agent.send("GetState")
        self.assertIn("state", self.agent.receive()["parameters"])
        with Agent(self.lab, SERVER) as other:
            other.apply(set=[{"name": "T", "members": ["nic1"]}])
        told = {}
        while "teams" not in told:
            told = self.agent.receive()["parameters"]
            self.assertNotIn("state", told)


if __name__ == "__main__":
    taptest.main()
