#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Previews in dialogs and questions, before a change."""

from consoletest import ConsoleTest, call, delete_all_teams, links, members

import taptest

DELETE_TEAM, REPAIR_TEAM = 3, 4


class Dialogs(ConsoleTest):
    def command(self):
        """The displayed command."""
        return self.console.see("label", "nicteam -s server1", contains=True).name

    def give_address(self, nic):
        """Adds an address: links without one count as unused, and so are not interrupted."""
        self.lab.exec("server1", ["ip", "address", "add", "192.0.2.1/24", "dev", nic])
        self.addCleanup(self.lab.exec, "server1", ["ip", "address", "flush", "dev", nic])
        self.addCleanup(delete_all_teams, self.lab)

    def test_1_preview_of_a_new_team(self):
        """The preview shows steps and interruption, and its command creates the same team"""
        console = self.console
        self.give_address("nic1")
        console.press("ctrl+n")
        dialog = console.see("dialog", "New Team")
        console.type("My team")
        console.click(console.see("check box", "nic1", dialog))
        console.click(console.see("check box", "nic2", dialog))
        console.press("alt+v")
        console.see("label", "Total interruption of nic1: about", dialog, contains=True)
        console.see("label", "Create the team device My-team", dialog, contains=True)
        command = self.command()
        self.assertEqual(command, "nicteam -s server1 team create 'My team' nic1 nic2")
        console.screenshot("preview")
        console.press_until_focused("Tab", lambda: console.find("button", "Copy", dialog), "Copy")
        console.press("space")
        console.see("button", "Copied", dialog)
        self.assertEqual(links(self.lab, "server1")["nic1"].get("master"), None)

        console.press("Escape")
        console.see("button", "Create", dialog)
        console.press("Escape")
        console.see_no("dialog", "New Team")
        self.lab.run(["sh", "-ec", command])
        console.row("Teams", "My team OK Switch Independent")

    def test_2_preview_of_changes(self):
        """Properties and questions preview their changes"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.double_click(console.row("Teams", "Team1 OK"))
        dialog = console.see("dialog", "Team Properties")
        console.see("label", "Offload Features", dialog)
        console.press("ctrl+a")
        console.type("Uplink")
        console.wait(lambda: console.is_ready(console.see("button", "Apply", dialog)), "Apply can be pressed")
        console.press("alt+v")
        console.see("label", "No interruption.", dialog)
        self.assertEqual(self.command(), "nicteam -s server1 team set Team1 --name Uplink")
        console.screenshot("rename")
        console.press("Escape", "Escape")
        console.see_no("dialog", "Team Properties")

        console.select("Teams", "Team1")
        console.choose("Teams", DELETE_TEAM)
        question = console.see("alert", "Delete Team?")
        console.see("label", "Delete the device Team1", question)
        self.assertEqual(self.command(), "nicteam -s server1 team delete Team1")
        console.screenshot("delete")
        console.press("Escape")
        console.see_no("alert", "Delete Team?")
        self.assertEqual(members(self.lab, "server1", "Team1"), ["nic1", "nic2"])

    def test_3_preview_of_an_undo(self):
        """Undo previews its changes"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1"])
        console.press("ctrl+z")
        question = console.see("alert", "Undo Last Change?")
        console.see("label", "Delete the device Team1", question)
        console.screenshot("undo")

    def test_4_properties_of_an_adapter(self):
        """A double click shows the properties of an adapter and if it can be teamed, and the dialog is updated"""
        console = self.console
        console.double_click(console.row("Adapters and Interfaces", "nic1"))
        dialog = console.see("dialog", "Adapter Properties")
        console.see("label", "This adapter can be added to a team.", dialog)
        console.see("label", links(self.lab, "server1")["nic1"]["address"], dialog)
        console.see("label", "veth", dialog)
        console.screenshot("adapter")
        self.lab.exec("server1", ["sh", "-ec", "ip link add br0 type bridge; ip link set nic1 master br0"])
        self.addCleanup(self.lab.exec, "server1", ["ip", "link", "del", "br0"])
        console.see("label", "It is a port of a bridge or virtual switch", dialog, contains=True)
        console.screenshot("bridge-port")
        console.see("label", "on (tx-checksum-ip-generic)", dialog)

    def test_5_repair(self):
        """A team that was changed by hand is restored to its definition"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.select("Teams", "Team1")
        console.open_menu("Teams")
        self.assertFalse(console.is_ready(console.item(REPAIR_TEAM)))
        console.close_menu()
        self.lab.exec("server1", ["ip", "link", "set", "nic2", "nomaster"])
        console.row("Teams", "Team1 Warning")
        console.choose("Teams", REPAIR_TEAM)
        question = console.see("alert", "Repair Team “Team1”?")
        console.see("label", "The adapter nic2 is not a member of Team1.", question, contains=True)
        self.assertEqual(self.command(), "nicteam -s server1 team repair Team1")
        console.screenshot("repair")
        console.click(console.see("button", "Repair", question))
        console.row("Teams", "Team1 OK")
        self.assertEqual(members(self.lab, "server1", "Team1"), ["nic1", "nic2"])

    def test_6_bonding_option(self):
        """Team Properties show the options of the teaming mode, and a changed one reaches the kernel"""
        console = self.console
        call(self.lab, "server1", "Apply", {"set": [{"name": "Team1", "mode": "lacp", "members": ["nic1", "nic2"]}]})
        console.double_click(console.row("Teams", "Team1"))
        dialog = console.see("dialog", "Team Properties")
        apply = console.see("button", "Apply", dialog)
        console.see("list item", "Minimum Active Members", dialog)
        console.press_until_focused(
            "Tab", lambda: console.find("spin button", "Minimum Active Members", dialog, contains=True), "the option")
        console.press("Up", "Up")
        console.wait(lambda: console.is_ready(apply), "Apply can be pressed")
        console.screenshot("option")
        console.click(apply)
        console.see_no("dialog", "Team Properties")
        self.assertEqual(self.spec("server1", "Team1")["options"], {"min_links": "2"})
        self.assertEqual(links(self.lab, "server1")["Team1"]["linkinfo"]["info_data"]["min_links"], 2)


if __name__ == "__main__":
    taptest.main()
