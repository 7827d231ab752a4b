#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes that cut the console off from a server are rolled back there automatically, and this is reported."""

from console import SETTINGS
from consoletest import ConsoleTest, links

import taptest

UNDONE = "The change was not confirmed over a new connection in time. It was rolled back"
ADAPTERS = "Adapters and Interfaces"
# With no team to add to.
DISABLE_ADAPTER = 3
# The shortest time that a server waits for a confirmation.
SECONDS = "10"


class Lockout(ConsoleTest):
    def setUp(self):
        self.lab.run(["gsettings", "set", SETTINGS, "confirm-seconds", SECONDS])
        self.addCleanup(self.lab.run, ["gsettings", "reset", SETTINGS, "confirm-seconds"])
        super().setUp()

    def assert_reachable(self):
        self.console.row("Servers", "server1 OK")
        self.assertIn("UP", links(self.lab, "server1")["mgmt"]["flags"])

    def test_1_disabled(self):
        """Disabling the adapter that leads to the server is rolled back, and the reason is shown"""
        console = self.console
        console.select(ADAPTERS, "mgmt")
        console.choose(ADAPTERS, DISABLE_ADAPTER)
        dialog = console.see("alert", "Disable mgmt?")
        console.click(console.see("button", "Disable", dialog))
        console.see("label", UNDONE, contains=True)
        console.screenshot("told")
        console.press("Escape")
        self.assert_reachable()

    def test_2_dialog(self):
        """A team that moves that adapter to an unused VLAN is rolled back; the dialog keeps its input"""
        console = self.console
        console.press("ctrl+n")
        dialog = console.see("dialog", "New Team")
        console.type("Nowhere")
        console.click(console.see("check box", "mgmt", dialog))
        console.click(console.see("label", "Additional Properties", dialog))
        console.choose_in_list("Primary Team Interface", "Specific VLAN")
        create = console.see("button", "Create", dialog)
        console.click(create)
        console.see("label", UNDONE, dialog, contains=True)
        console.screenshot("kept")
        self.assertTrue(console.is_ready(console.see("check box", "mgmt", dialog), "CHECKED"))
        self.assert_reachable()
        self.assertNotIn("Nowhere", links(self.lab, "server1"))

        console.click(console.see("button", "Create", dialog))
        console.wait(lambda: not console.is_ready(create), "the server is asked")
        console.press("Escape")
        console.see_no("dialog", "New Team")
        console.see("alert", "Applying the Change Failed")
        console.screenshot("told")
        self.assert_reachable()


if __name__ == "__main__":
    taptest.main()
