# SPDX-License-Identifier: GPL-3.0-or-later
"""Common code of the command line tests."""

import json
import os
import pty
import subprocess
import unittest

from agent import Agent
from lab import Lab

SERVER = "server1"
OK, FAILED, USAGE, UNREACHABLE, REFUSED, KERNEL, TIMEOUT, REVERTED = range(8)


class CliTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab.current()

    @classmethod
    def tearDownClass(cls):
        cls.lab.__exit__()

    def setUp(self):
        self.clean()

    def tearDown(self):
        self.lab.reset()
        self.clean()

    def clean(self):
        for server in (SERVER, "server2"):
            with Agent(self.lab, server) as agent:
                agent.remove_all()

    def nicteam(self, *words, status=OK, server=SERVER, env=None, input=None):
        """Runs nicteam on the server of the tests; returns its output, or its error messages if it must fail."""
        argv = ["nicteam", *(["-s", server] if server else []), *words]
        result = self.lab.run(argv, check=False, env=env, input=input)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result.stdout if status == OK else result.stderr

    def json(self, *words, **options):
        return json.loads(self.nicteam("--json", *words, **options))

    def create(self, *words):
        return self.nicteam("team", "create", "Team1", "nic1", "nic2", *words)

    def link(self, name, server=SERVER):
        result = self.lab.exec(server, ["ip", "-d", "-j", "link", "show", name], check=False)
        return json.loads(result.stdout)[0] if result.returncode == 0 else None

    def on_terminal(self, *words, env=None, answer=None):
        """Runs nicteam on a pseudo-terminal; answer is typed at the question."""
        master, terminal = pty.openpty()
        argv = self.lab.run_argv(["nicteam", "-s", SERVER, *words])
        environment = {**os.environ, "TERM": "xterm", **(env or {})}
        process = subprocess.Popen(argv, stdin=terminal, stdout=terminal, stderr=terminal, env=environment)
        os.close(terminal)
        if answer:
            os.write(master, answer.encode())
        output = b""
        try:
            while data := os.read(master, 4096):
                output += data
        except OSError:
            pass
        os.close(master)
        process.wait()
        return output.decode()
