# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the agent have in common."""

import os
import unittest

from agent import Agent, connect
from lab import Lab

SERVER = "server1"
# In valgrind an agent takes seconds to start: there it is killed at fewer points, as the others have been tried without.
IS_SLOW = os.environ.get("NICTEAM_BUILD", "").endswith("sanitize")


class AgentTest(unittest.TestCase):
    """A connection to the agent of a server that has no team, before and after each test."""

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
        """What a team's definition gave it goes to an adapter with the team: after the test that has none again."""
        self.addCleanup(self.lab.exec, SERVER, ["ip", "address", "flush", "dev", nic, "scope", "global"])

    def restart_agent(self):
        self.lab.kill_agent(SERVER)
        self.reconnect()

    def reconnect(self):
        self.agent.close()
        self.agent = connect(self.lab, SERVER)
