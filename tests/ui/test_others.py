#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift, foreign bonds and adapters of other tools: shown, adopted and taken over."""

from consoletest import ConsoleTest, members
from neighbours import Neighbours

import taptest

ADOPT = 5


class Others(ConsoleTest):
    def answer(self, question, name):
        console = self.console
        console.click(console.see("button", name, console.see("alert", question)))
        console.see_no("alert", question)

    def test_1_drift_and_adoption(self):
        """Drift is shown in the list and in the properties; a bond becomes a team unchanged"""
        console = self.console
        self.create_by_agent("server1", "Uplink", ["nic1", "nic2"])
        self.lab.exec("server1", ["ip", "link", "set", "Uplink", "type", "bond", "xmit_hash_policy", "layer2"])
        console.row("Teams", "Uplink OK, with drift")
        console.row("Servers", "server1 OK, with drift")
        console.double_click(console.row("Teams", "Uplink OK"))
        dialog = console.see("dialog", "Team Properties")
        console.see("label", "The bonding option xmit_hash_policy of Uplink is layer2; it should be layer3+4.", dialog)
        console.see("label", "Since ", dialog, contains=True)
        console.screenshot("properties")
        console.press("Escape")
        console.see_no("dialog", "Team Properties")
        self.lab.exec("server1", ["sh", "-ec", "ip link add bond7 type bond mode 802.3ad; ip link set nic3 down; "
                                  "ip link set nic3 master bond7; ip link set bond7 up"])
        self.addCleanup(self.lab.exec, "server1", ["sh", "-c", "ip link del bond7 || true"])
        console.select("Teams", "bond7")
        console.choose("Teams", ADOPT)
        console.see("label", "nicteam -s server1 team adopt bond7")
        self.answer("Adopt Bond?", "Adopt")
        console.wait(lambda: console.find("button", "Undo"), "it is done")
        self.assertEqual(self.spec("server1", "bond7")["members"], ["nic3"])

    def test_2_taken_over(self):
        """An adapter of systemd-networkd is listed, refused without a take-over, and taken over on request"""
        console = self.console
        self.addCleanup(self.lab.restart, "server1")
        self.addCleanup(self.lab.exec, "server1", ["rm", "-f", "/etc/systemd/network/50-nic4.network"])
        neighbours = Neighbours(self.lab, "server1")
        neighbours.configure("50-nic4", "nic4", "[Network]\nLinkLocalAddressing=no\n")
        neighbours.start_networkd()
        tile = console.tile("Adapters and Interfaces")
        console.wait(lambda: not console.find("table row", "nic4", tile, contains=True), "nic4 is not for everybody any more")
        console.press("ctrl+n")
        dialog = console.see("dialog", "New Team")
        console.type("Mine")
        console.see("label", "systemd-networkd (", dialog, contains=True)
        console.click(console.see("check box", "nic4", dialog))
        console.see("label", "The adapter “nic4” cannot be teamed.", dialog, contains=True)
        self.assertFalse(console.is_ready(console.see("button", "Create", dialog)))
        console.click(console.see("label", "Take Over from systemd-networkd", dialog))
        console.see("label", "“nic4” is taken over from systemd-networkd", dialog, contains=True)
        console.screenshot("taken-over")
        console.click(console.see("button", "Create", dialog))
        console.row("Teams", "Mine OK", timeout=60)
        self.assertEqual(members(self.lab, "server1", "Mine"), ["nic4"])


if __name__ == "__main__":
    taptest.main()
