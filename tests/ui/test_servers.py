#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many servers: added by name, from ssh's settings and from an inventory, in groups, and removed together."""

import json

from consoletest import ConsoleTest, call

import taptest

SERVERS = "Servers"
# In the menus.
GROUPS = 3
NEW_TEAM, TEAM_PROPERTIES, DELETE_TEAM = 1, 2, 3
INVENTORY = """\
[web]
web[1:3].invalid ansible_user=admin
server1

[prod:children]
web
"""


class Servers(ConsoleTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.lab.directory / "servers-home"
        (cls.home / ".ssh").mkdir(parents=True, exist_ok=True)
        (cls.home / ".ssh" / "config").write_text("Host alias1 alias2 *.example\nHost server1\n")
        (cls.home / "hosts.ini").write_text(INVENTORY)
        # ssh itself uses the user's home directory, the console this one.
        cls.console.env["HOME"] = str(cls.home)

    def setUp(self):
        super().setUp()
        self.addCleanup(self.remove_others)

    def listed(self):
        return {server["server"]: server for server in json.loads(self.lab.run(["nicteam", "--json", "server", "list"]).stdout)}

    def remove_others(self):
        for name in set(self.listed()) - set(self.lab.servers):
            self.lab.run(["nicteam", "server", "remove", name])

    def open_dialog(self):
        self.console.press("ctrl+shift+n")
        return self.console.see("dialog", "Add Servers")

    def test_1_several_by_name(self):
        """Several hosts are typed, one of them known already; one of ssh's settings is ticked; all get the groups"""
        console = self.console
        dialog = self.open_dialog()
        console.type("a.invalid, server2 b.invalid")
        console.see("label", "3 Servers", dialog)
        console.see("label", "A server named “server2” already exists", dialog)
        self.assertTrue(console.is_ready(console.see("check box", "b.invalid", dialog), "CHECKED"))
        console.press_until_focused("Tab", lambda: console.find("text", "Groups (Optional)"), "Groups")
        console.type("lab, rack1")
        self.assertIsNone(console.find("check box", "server1", dialog), "it is in the list")
        console.press_until_focused("Tab", lambda: console.find("check box", "alias2", dialog), "alias2")
        console.press("space")
        console.screenshot("several")
        console.click(console.see("button", "Add", dialog))
        for name in "a.invalid", "alias2", "b.invalid":
            console.row(SERVERS, name)
        listed = self.listed()
        self.assertEqual(set(listed), {*self.lab.servers, "a.invalid", "b.invalid", "alias2"})
        self.assertEqual(listed["a.invalid"]["groups"], ["lab", "rack1"])

        console.select(SERVERS, "a.invalid")
        console.select_also(SERVERS, "b.invalid")
        console.choose(SERVERS, GROUPS)
        console.see("alert", "Groups")
        console.press("ctrl+a")
        console.type("web")
        console.screenshot("groups")
        console.press("Return")
        console.wait(lambda: self.listed()["b.invalid"]["groups"] == ["web"], "the groups are kept")

        console.select(SERVERS, "a.invalid")
        console.select_also(SERVERS, "b.invalid")
        console.press("Delete")
        console.click(console.see("button", "Remove", console.see("alert", "Remove 2 Servers?")))
        console.see_no("table row", "a.invalid", contains=True)
        self.assertEqual(set(self.listed()), {*self.lab.servers, "alias2"})

    def test_2_inventory(self):
        """Hosts of an inventory are added with users and groups, except for unticked ones"""
        console = self.console
        dialog = self.open_dialog()
        console.press("alt+o")
        console.see("button", "Open")
        console.screenshot("file")
        # The only file in the initial folder.
        row = lambda: console.find("table row", "hosts.ini", contains=True)  # noqa: E731
        console.wait(row, "the file is listed")
        console.press("Down")
        console.wait(lambda: console.is_ready(row(), "SELECTED"), "the file is selected")
        console.press("Return")
        console.see("label", "4 Servers", dialog)
        console.see("label", "admin@web1.invalid · web, prod", dialog)
        console.click(console.see("check box", "web2.invalid", dialog))
        console.screenshot("inventory")
        console.click(console.see("button", "Add", dialog))
        console.row(SERVERS, "web3.invalid")
        listed = self.listed()
        self.assertNotIn("web2.invalid", listed)
        self.assertEqual(listed["web1.invalid"]["address"], "ssh:admin@web1.invalid")
        self.assertEqual(listed["web1.invalid"]["groups"], ["web", "prod"])

    def test_3_what_to_do(self):
        """A server without an agent is shown as such, with the commands to install one"""
        console = self.console
        self.open_dialog()
        console.type("hub")
        console.press("Return")
        console.row(SERVERS, "hub Agent not installed", timeout=60)
        console.click(console.see("button", "Troubleshoot"))
        dialog = console.see("dialog", "Agent not installed")
        console.see("label", "systemctl enable --now nicteam-agent.socket nicteam-agent.service", dialog)
        console.see("label", "Otherwise, install it on Debian 12 or later. Run as root on hub:", dialog)
        console.screenshot("no-agent")
        console.click(console.see("button", "Try Again", dialog))
        console.see_no("dialog", "Agent not installed")
        console.row(SERVERS, "hub Agent not installed", timeout=60)

    def test_4_access(self):
        """A user with read-only access sees all and changes nothing; a user without access sees what is missing"""
        console = self.console
        call(self.lab, "server2", "Apply", {"set": [{"name": "Seen", "members": ["nic1"], "mode": "static"}]})
        for address, name in ("viewer@server2", "looker"), ("stranger@server3", "nobody"):
            self.lab.run(["nicteam", "server", "add", address, "--name", name])
        console.stop()
        console.start()
        console.row(SERVERS, "looker OK")
        console.select(SERVERS, "looker")
        console.select("Teams", "Seen OK")
        console.open_menu("Teams")
        for number in NEW_TEAM, TEAM_PROPERTIES, DELETE_TEAM:
            self.assertFalse(console.is_ready(console.item(number)), number)
        console.screenshot("looker")
        console.close_menu()
        console.press("ctrl+n", "ctrl+z", "Delete")

        console.row(SERVERS, "nobody Access denied")
        console.select(SERVERS, "nobody")
        self.assertEqual(console.root.find_all("dialog", "alert"), [], "what cannot be done is not offered")
        console.click(console.see("button", "Troubleshoot"))
        dialog = console.see("dialog", "Access denied")
        console.see("label", "usermod -aG nicteam 'stranger'", dialog)
        self.assertIsNone(console.find("label", "Copy your public key", dialog, contains=True), "it has been let in already")
        console.screenshot("nobody")


if __name__ == "__main__":
    taptest.main()
