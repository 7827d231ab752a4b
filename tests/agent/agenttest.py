# SPDX-License-Identifier: GPL-3.0-or-later
"""Common code of the agent tests."""

import os
import unittest

from agent import Agent, connect
from lab import Lab

SERVER = "server1"
# An agent in valgrind takes seconds to start, so it is killed at fewer points: the other builds cover them all.
IS_SLOW = os.environ.get("NICTEAM_BUILD", "").endswith("sanitize")


class AgentTest(unittest.TestCase):
    """Tests with a connection to the agent of a server, which has no team before and after each test."""

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab.current()

    @classmethod
    def tearDownClass(cls):
        cls.lab.__exit__()

    def setUp(self):
        self.agent = Agent(self.lab, SERVER)
        self.agent.remove_all()

    def tearDown(self):
        self.agent.close()
        self.lab.reset()
        self.remove_teams(SERVER)

    def remove_teams(self, server):
        with Agent(self.lab, server) as agent:
            agent.remove_all()

    def flush_later(self, nic="nic1"):
        """Removes the addresses of adapters at the end of the test: a deleted team returns its addresses to them."""
        self.addCleanup(self.lab.exec, SERVER, ["ip", "address", "flush", "dev", nic, "scope", "global"])

    def restart_agent(self):
        self.lab.kill_agent(SERVER)
        self.reconnect()

    def reconnect(self):
        self.agent.close()
        self.agent = connect(self.lab, SERVER)
