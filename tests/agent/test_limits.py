#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources of the agent that a user can occupy are limited, and other users are not affected."""

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
        """Runs an attempt as a user, until the end of the test."""
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
        """The connections of a user are limited, which does not affect other users"""
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
        """The calls of a user that exceed the rate wait, and those of others do not"""
        # 5 s are free, at 50 ms each; further calls are answered at 20 per second.
        often = self.attempt("viewer", "call_often(160)")
        self.assertEqual(self.call_as("manager"), "manager")
        answered, seconds = often.stdout.readline().split()
        self.assertEqual(answered, "True")
        self.assertGreater(float(seconds), 2)

    def test_memory(self):
        """A client that never reads does not increase the agent's memory, whatever happens meanwhile"""
        before = self.agent_status("VmRSS")
        self.assertEqual(self.attempt("viewer", "read_nothing(16, 12)").stdout.readline(), "asked\n")
        for _ in range(5):
            self.agent.apply(set=[{"name": "T", "members": ["nic1", "nic2"]}])
            self.agent.remove_all()
        self.assertLess(self.agent_status("VmRSS") - before, 32 * 1024)

    def test_streams(self):
        """A stream occupies its connection: a second one on it is refused"""
        self.agent.send("Subscribe", more=True)
        self.agent.send("Subscribe", more=True)
        self.agent.send("GetState")
        self.assertIn("state", self.agent.receive()["parameters"])
        with Agent(self.lab, SERVER) as other:
            other.apply(set=[{"name": "T", "members": ["nic1"]}])
        reply = {}
        while "teams" not in reply:
            reply = self.agent.receive()["parameters"]
            self.assertNotIn("state", reply)


if __name__ == "__main__":
    taptest.main()
