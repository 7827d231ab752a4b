#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent keeps strictly to the Varlink protocol, and is not affected by clients that do not."""

import json
import unittest
from pathlib import Path

import taptest
from agent import Agent
from agenttest import SERVER
from lab import Lab

SCRIPT = Path(__file__).with_name("conformance.py")
COUNT_DESCRIPTORS = "ls /proc/$(pgrep -o -x nicteam-agent)/fd | wc -l"


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab.current()

    @classmethod
    def tearDownClass(cls):
        cls.lab.__exit__()

    def count_descriptors(self):
        return int(self.lab.exec(SERVER, ["sh", "-c", COUNT_DESCRIPTORS]).stdout)

    def test_table(self):
        """Each case has the reply of the table or a closed connection, and no descriptor is left open"""
        with Agent(self.lab, SERVER) as agent:
            agent.call("GetState")
            before = self.count_descriptors()
            results = json.loads(self.lab.exec(SERVER, ["python3", SCRIPT]).stdout)
            for name, (came, expected) in results.items():
                with self.subTest(name):
                    self.assertEqual(came, expected)
            agent.call("GetState")
            self.assertEqual(self.count_descriptors(), before)


if __name__ == "__main__":
    taptest.main()
