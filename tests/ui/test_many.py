#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One change on several servers."""

import json

from consoletest import ConsoleTest, call, links, members

import taptest

DELETE_ON_ALL = 6
ADD_INTERFACE = 1
ADDRESSES = "Addresses, Such as 192.0.2.10/24"


class Many(ConsoleTest):
    def select_all(self):
        console = self.console
        console.select("Servers", "server1")
        console.select_also("Servers", "server2")
        console.select_also("Servers", "server3")

    def finish(self, dialog, answer, result):
        console = self.console
        console.click(console.see("button", answer, dialog))
        console.see("label", result, dialog, contains=True, timeout=60)
        console.screenshot("result")
        console.click(console.see("button", "Close", dialog))

    def test_1_team(self):
        """A team is created, changed and deleted on all servers where this is possible, after a review"""
        console = self.console
        self.lab.exec("server3", ["sh", "-ec", "ip link add br0 type bridge; ip link set nic2 master br0"])
        self.addCleanup(self.lab.exec, "server3", ["ip", "link", "del", "br0"])
        self.select_all()
        console.press("ctrl+n")
        dialog = console.see("dialog", "New Team")
        console.see("label", "server2, server3", dialog)
        console.type("Pair")
        for name in "nic1", "nic2":
            console.click(console.see("check box", name, dialog))
        console.screenshot("dialog")
        console.click(console.see("button", "Review…", dialog))
        console.see("label", "Possible on 2 of 3 servers. Nothing has been changed yet.", dialog)
        console.see("label", "It is a port of a bridge or virtual switch", dialog, contains=True)
        console.screenshot("review")
        self.assertNotIn("Pair", links(self.lab, "server1"))
        self.finish(dialog, "Create", "Done on 2 servers.")
        console.see_no("dialog", "New Team")
        for server in "server1", "server2":
            self.assertEqual(members(self.lab, server, "Pair"), ["nic1", "nic2"])
        self.assertNotIn("Pair", links(self.lab, "server3"))

        console.double_click(console.row("Teams", "Pair server1"))
        dialog = console.see("dialog", "Team Properties")
        console.click(console.see("check box", "nic3", dialog))
        console.click(console.see("label", "Change on Other Selected Servers", dialog))
        console.click(console.see("button", "Review…", dialog))
        console.see("label", "No team named “Pair” can be changed on this server.", dialog)
        console.see("label", "Possible on 2 of 3 servers. Nothing has been changed yet.", dialog)
        self.finish(dialog, "Apply", "Done on 2 servers.")
        for server in "server1", "server2":
            self.assertEqual(members(self.lab, server, "Pair"), ["nic1", "nic2", "nic3"])

        console.choose("Teams", DELETE_ON_ALL)
        dialog = console.see("dialog", "Delete “Pair” on 2 Servers")
        console.see("label", "Possible on 2 of 2 servers. Nothing has been changed yet.", dialog)
        console.screenshot("delete")
        console.click(console.see("button", "Delete", dialog))
        console.see("label", "Done on 2 servers.", dialog)
        for server in "server1", "server2":
            self.assertNotIn("Pair", links(self.lab, server))
        console.screenshot("deleted")
        self.finish(dialog, "Undo", "Undone on 2 servers.")
        for server in "server1", "server2":
            self.assertEqual(members(self.lab, server, "Pair"), ["nic1", "nic2", "nic3"])

    def test_2_interface(self):
        """A new interface is added to teams of the same name on other servers, without its address"""
        console = self.console
        for server in "server1", "server2":
            call(self.lab, server, "Apply", {"set": [{"name": "Trunk", "members": ["nic1", "nic2"], "mode": "static"}]})
        self.select_all()
        console.click(console.see("page tab", "Team Interfaces"))
        console.select("Teams", "server1")
        console.select("Adapters and Interfaces", "Trunk Default")
        console.choose("Adapters and Interfaces", ADD_INTERFACE)
        dialog = console.see("dialog", "New Team Interface")
        console.type("42")
        console.press_until_focused("Tab", lambda: console.find("text", ADDRESSES), ADDRESSES)
        console.type("192.0.2.1/24")
        console.click(console.see("label", "Change on Other Selected Servers", dialog))
        review = console.see("button", "Review…", dialog)
        console.screenshot("dialog")
        console.click(review)
        console.see("label", "Possible on 2 of 3 servers. Nothing has been changed yet.", dialog)
        self.finish(dialog, "Apply", "Done on 2 servers.")
        for server, addresses in ("server1", ["192.0.2.1"]), ("server2", []):
            shown, = json.loads(self.lab.exec(server, ["ip", "-d", "-j", "address", "show", "Trunk.42"]).stdout)
            self.assertEqual(shown["linkinfo"]["info_data"]["id"], 42)
            self.assertEqual([entry["local"] for entry in shown["addr_info"] if entry["family"] == "inet"], addresses)


if __name__ == "__main__":
    taptest.main()
