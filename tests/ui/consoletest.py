# SPDX-License-Identifier: GPL-3.0-or-later
"""Common code of the console tests."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

from console import Console  # noqa: E402
from lab import Lab  # noqa: E402

AGENT = "/run/nicteam/agent.sock"
INTERFACE = "io.github.nicteam.Agent"


def call(lab, server, method, parameters):
    """Calls the agent of a server by another client. Its changes need no confirmation, unless requested."""
    if method == "Apply":
        parameters = {"confirm_s": 0, **parameters}
    return lab.exec(server, ["varlinkctl", "--json=short", "call", AGENT, f"{INTERFACE}.{method}", json.dumps(parameters)]).stdout


def delete_all_teams(lab):
    for server in lab.servers:
        teams = json.loads(call(lab, server, "GetState", {}))["state"]["teams"]
        managed = [team["id"] for team in teams if team["managed"]]
        if managed:
            call(lab, server, "Apply", {"remove": managed})


def links(lab, server):
    return {link["ifname"]: link for link in json.loads(lab.exec(server, ["ip", "-d", "-j", "link"]).stdout)}


def members(lab, server, bond):
    return sorted(name for name, link in links(lab, server).items() if link.get("master") == bond)


class ConsoleTest(unittest.TestCase):
    """Each test has a new window; tests share the desktop and the servers."""

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab.current()
        cls.lab.__enter__()
        cls.addClassCleanup(cls.lab.__exit__)
        cls.console = Console(cls.lab)
        cls.console.__enter__()
        cls.addClassCleanup(cls.console.__exit__)

    def setUp(self):
        self.lab.reset()
        delete_all_teams(self.lab)
        self.console.start(self.id().rpartition("test_")[2].replace("_", "-"))
        self.addCleanup(self.assert_no_complaints)
        self.addCleanup(self.console.stop)
        for server in self.lab.servers:
            self.console.row("Servers", f"{server} OK")
        self.console.select("Servers", "server1")

    def assert_no_complaints(self):
        self.assertEqual(self.console.complaints, [])

    def create_by_agent(self, server, name, nics):
        call(self.lab, server, "Apply", {"set": [{"name": name, "members": nics, "mode": "static"}]})
        self.console.row("Teams", f"{name} OK")

    def spec(self, server, name):
        """The definition of a team, as stored by the agent."""
        teams = json.loads(call(self.lab, server, "GetState", {}))["state"]["teams"]
        return next(team["spec"] for team in teams if team["name"] == name)
