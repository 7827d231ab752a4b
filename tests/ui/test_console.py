#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console as a user operates it, from the window to the kernel and back."""

from consoletest import ConsoleTest, call, links, members

import taptest

# The items of the menus, by number.
ADD_SERVER, REMOVE_SERVER = 1, 2
NEW_TEAM, TEAM_PROPERTIES, DELETE_TEAM = 1, 2, 3
# With one team to add to.
ADD_TO_NEW_TEAM, ADD_TO_TEAM, REMOVE_FROM_TEAM, DISABLE_ADAPTER, ENABLE_ADAPTER = 1, 2, 3, 4, 5
ADD_INTERFACE, INTERFACE_PROPERTIES, DISABLE_INTERFACE, ENABLE_INTERFACE, DELETE_INTERFACE = 1, 2, 3, 4, 5


class Tiles(ConsoleTest):
    def test_1_life_of_a_team(self):
        """A team is created by keyboard and mouse, loses a cable, gets it back, and is deleted"""
        console = self.console
        console.screenshot("three-servers")

        console.choose("Teams", NEW_TEAM)
        dialog = console.see("dialog", "New Team")
        create = console.see("button", "Create", dialog)
        self.assertFalse(console.is_ready(create))
        console.type("Backbone")
        console.click(console.see("check box", "nic1", dialog))
        console.wait(lambda: console.is_ready(create), "Create can be pressed")
        console.press("Tab", "space")
        console.wait(lambda: console.is_ready(console.find("check box", "nic2", dialog), "CHECKED"), "nic2 is ticked")
        console.screenshot("new-team")

        console.click(create)
        console.row("Teams", "Backbone OK Switch Independent")
        console.see_no("dialog", "New Team")
        console.row("Adapters and Interfaces", "nic1 10 Gb/s Active")
        console.screenshot("created")
        self.assertEqual(links(self.lab, "server1")["Backbone"]["linkinfo"]["info_data"]["mode"], "balance-tlb")
        self.assertEqual(members(self.lab, "server1", "Backbone"), ["nic1", "nic2"])

        self.lab.pull("server1", "nic2")
        console.row("Teams", "Backbone Warning")
        console.row("Servers", "server1 Warning")
        console.row("Adapters and Interfaces", "nic2 – Faulted Media disconnected")
        console.screenshot("cable-pulled")

        self.lab.plug("server1", "nic2")
        console.row("Servers", "server1 OK")
        console.row("Teams", "Backbone OK")
        console.screenshot("cable-plugged")

        console.choose("Teams", DELETE_TEAM)
        console.see("button", "Delete")
        console.screenshot("delete")
        console.click(console.see("button", "Delete"))
        console.see_no("table row", "Backbone", contains=True)
        console.row("Adapters and Interfaces", "nic1 10 Gb/s Connected")
        console.screenshot("deleted")
        self.assertNotIn("Backbone", links(self.lab, "server1"))

    def test_2_says_what_is_wrong(self):
        """A name that is in use is refused beside the field, during typing"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.press("ctrl+n")
        dialog = console.see("dialog", "New Team")
        console.type("Team1")
        console.see("label", "The name “Team1” is already in use", dialog, contains=True)
        console.click(console.see("check box", "nic3", dialog))
        self.assertFalse(console.is_ready(console.see("button", "Create", dialog)))
        console.screenshot("name-taken")

    def test_3_selected_adapters_are_ticked(self):
        """The selected adapters become the members of the new team"""
        console = self.console
        console.select("Adapters and Interfaces", "nic3")
        console.choose("Adapters and Interfaces", ADD_TO_NEW_TEAM)
        dialog = console.see("dialog", "New Team")
        self.assertTrue(console.is_ready(console.see("check box", "nic3", dialog), "CHECKED"))
        self.assertFalse(console.is_ready(console.see("check box", "nic4", dialog), "CHECKED"))
        console.screenshot("ticked")

    def test_4_server_goes_and_comes_back(self):
        """A server without its agent is shown as not reachable, and reconnects by itself"""
        console = self.console
        console.select("Servers", "server2")
        self.create_by_agent("server2", "Team2", ["nic1"])
        with self.lab.without_agent("server2"):
            console.wait(lambda: not console.find("table row", "server2 OK", contains=True), "server2 is not OK any more")
            console.screenshot("gone")
        console.row("Servers", "server2 OK")
        console.row("Teams", "Team2 OK")
        console.screenshot("back")

    def test_5_add_and_remove_a_server(self):
        """An added server stays in the list over a restart, until it is removed"""
        console = self.console
        console.choose("Servers", ADD_SERVER)
        dialog = console.see("dialog", "Add Servers")
        console.type("a/b")
        console.see("label", "“a/b” is not a host name", dialog)
        console.screenshot("not-a-host")
        console.press("ctrl+a")
        console.type("server9.invalid")
        console.press("Return")
        console.row("Servers", "server9.invalid Not reachable", timeout=30)
        console.see("label", "server9.invalid is not reachable", contains=True)
        console.screenshot("not-reachable")

        console.stop()
        console.start()
        console.select("Servers", "server9.invalid")
        console.choose("Servers", REMOVE_SERVER)
        console.click(console.see("button", "Remove"))
        console.see_no("table row", "server9.invalid", contains=True)

    def test_6_statistics_follow_the_selection(self):
        """Below the teams is the traffic of the selected one, beside it that of the adapter or interface"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.select("Teams", "Team1")
        console.see("label", "Statistics of Team Team1")
        pane = console.tile("Statistics of Team Team1")
        console.see("label", "b/s", pane, contains=True)
        for word in ("nic1", "nic2", "Share", "Link Failures"):
            console.see("label", word, pane)
        console.select("Adapters and Interfaces", "nic1")
        console.see("label", "Statistics of Adapter nic1")
        console.click(console.see("page tab", "Team Interfaces"))
        console.see("label", "Statistics of Interface Team1")
        console.see("label", "Statistics of Team Team1")
        console.screenshot("statistics")
        console.click(console.see("toggle button", "Pause", pane))
        console.see("toggle button", "Resume", pane)

    def test_7_team_properties(self):
        """A double click opens the properties of a team; a new name, member, mode and timer reach the kernel"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        call(self.lab, "server1", "Apply", {"set": [{**self.spec("server1", "Team1"), "interfaces": [{}, {"vlan": 7}]}]})
        console.double_click(console.row("Teams", "Team1 OK"))
        dialog = console.see("dialog", "Team Properties")
        apply = console.see("button", "Apply", dialog)
        self.assertFalse(console.is_ready(apply), "nothing is changed yet")
        self.assertTrue(console.is_ready(console.see("check box", "nic2", dialog), "CHECKED"))
        console.screenshot("as-it-is")

        console.press("ctrl+a")
        console.type("Uplink")
        console.click(console.see("check box", "nic2", dialog))
        console.click(console.see("check box", "nic3", dialog))
        console.choose_in_list("Teaming Mode", "LACP")
        console.choose_in_list("LACP Timer", "Fast (1 s)")
        console.screenshot("changed")
        console.click(apply)
        console.see_no("dialog", "Team Properties")
        console.row("Teams", "Uplink")
        spec = self.spec("server1", "Uplink")
        self.assertEqual(sorted(spec["members"]), ["nic1", "nic3"])
        self.assertEqual((spec["mode"], spec["lacp_timer"]), ("lacp", "fast"))
        self.assertEqual([interface.get("vlan", 0) for interface in spec["interfaces"]], [0, 7])
        self.assertEqual(members(self.lab, "server1", "Team1"), ["nic1", "nic3"])

    def test_8_errors_keep_the_form(self):
        """A refusal of the agent is shown in the dialog, and all input stays"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.select("Teams", "Team1")
        console.choose("Teams", TEAM_PROPERTIES)
        dialog = console.see("dialog", "Team Properties")
        console.press("ctrl+a")
        console.type("Uplink")
        call(self.lab, "server1", "Apply", {"set": [{"name": "Other", "members": ["nic3"]}]})
        console.click(console.see("button", "Apply", dialog))
        console.see("label", "The configuration of this server has changed", dialog, contains=True)
        console.screenshot("stale")
        self.assertEqual(self.spec("server1", "Team1")["name"], "Team1")

    def test_9_team_of_another_tool(self):
        """A foreign bond is listed, and is read-only"""
        console = self.console
        self.lab.exec("server1", ["sh", "-ec", "ip link add byhand type bond mode balance-rr; ip link set nic1 down; "
                                  "ip link set nic1 master byhand"])
        self.addCleanup(self.lab.exec, "server1", ["sh", "-ec", "ip link del byhand; ip link set nic1 up"])
        console.select("Teams", "byhand")
        console.open_menu("Teams")
        self.assertTrue(console.is_ready(console.item(NEW_TEAM)))
        for number in TEAM_PROPERTIES, DELETE_TEAM:
            self.assertFalse(console.is_ready(console.item(number)), number)
        console.screenshot("menu")
        console.close_menu()
        console.double_click(console.row("Teams", "byhand"))
        dialog = console.see("alert", "Read-Only")
        console.see("label", "teams do not support the mode “balance-rr”", dialog, contains=True)
        console.screenshot("why")

    def test_10_members_by_menu(self):
        """The menu adds selected adapters to a team, and removes them; the last member stays"""
        console = self.console
        tile = "Adapters and Interfaces"
        self.create_by_agent("server1", "Team_1", ["nic1"])
        console.select(tile, "nic1")
        console.open_menu(tile)
        for number in ADD_TO_NEW_TEAM, ADD_TO_TEAM, REMOVE_FROM_TEAM, ENABLE_ADAPTER:
            self.assertFalse(console.is_ready(console.item(number)), number)
        console.close_menu()
        console.select(tile, "nic3")
        console.select_also(tile, "nic4")
        console.choose(tile, ADD_TO_TEAM)
        console.row(tile, "nic3 10 Gb/s Active")
        console.row(tile, "nic4 10 Gb/s Active")
        self.assertEqual(members(self.lab, "server1", "Team_1"), ["nic1", "nic3", "nic4"])
        console.open_menu(tile)
        self.assertFalse(console.is_ready(console.item(ADD_TO_TEAM)))
        console.screenshot("menu")
        console.close_menu()
        console.select(tile, "nic1")
        console.choose(tile, REMOVE_FROM_TEAM)
        console.row(tile, "nic1 10 Gb/s Connected")
        self.assertEqual(members(self.lab, "server1", "Team_1"), ["nic3", "nic4"])

    def test_11_disable_and_enable_an_adapter(self):
        """A member is disabled after a question, and enabled again"""
        console = self.console
        tile = "Adapters and Interfaces"
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.select(tile, "nic2")
        console.choose(tile, DISABLE_ADAPTER)
        console.see("label", "Disable nic2?")
        console.screenshot("question")
        console.click(console.see("button", "Disable"))
        console.row(tile, "nic2 – Faulted Administrative decision")
        console.screenshot("disabled")
        self.assertNotIn("UP", links(self.lab, "server1")["nic2"]["flags"])
        console.choose(tile, ENABLE_ADAPTER)
        console.row(tile, "nic2 10 Gb/s Active")
        console.row("Teams", "Team1 OK")

    def open_interfaces(self):
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        self.console.click(self.console.see("page tab", "Team Interfaces"))
        self.console.row("Adapters and Interfaces", "Team1 Default")

    def text_of(self, name):
        return self.console.see("text", name).text()

    def test_12_add_an_interface(self):
        """The name of a new interface follows its VLAN until it is edited; errors are shown beside the field"""
        console = self.console
        tile = "Adapters and Interfaces"
        self.open_interfaces()
        console.choose(tile, ADD_INTERFACE)
        dialog = console.see("dialog", "New Team Interface")
        add = console.see("button", "Add", dialog)
        self.assertFalse(console.is_ready(add))
        console.type("4")
        console.wait(lambda: self.text_of("Name") == "Team1 - VLAN 4", "the name follows")
        console.type("2")
        console.wait(lambda: self.text_of("Name") == "Team1 - VLAN 42", "the name follows again")
        console.screenshot("name-follows")
        console.type("00")
        console.see("label", "4200 is not a valid VLAN ID", dialog, contains=True)
        self.assertFalse(console.is_ready(add))
        console.screenshot("out-of-range")
        console.press("BackSpace", "BackSpace")
        console.press_until_focused("Tab", lambda: console.find("text", "Name"), "Name")
        console.press("ctrl+a")
        console.type("Storage")
        console.press_until_focused("shift+Tab", lambda: console.find("text", "VLAN ID"), "VLAN ID")
        console.press("End", "BackSpace")
        console.type("3")
        console.wait(lambda: console.is_ready(add), "Add can be pressed")
        self.assertEqual(self.text_of("Name"), "Storage")
        console.press("Return")
        console.row(tile, "Storage 43")
        console.screenshot("added")
        vlans = [link["linkinfo"]["info_data"]["id"] for link in links(self.lab, "server1").values() if link.get("linkinfo", {}).get("info_kind") == "vlan"]
        self.assertEqual(vlans, [43])

    def test_15_addresses_of_an_interface(self):
        """An interface gets addresses and a gateway; invalid ones are reported during typing"""
        console = self.console
        self.open_interfaces()
        console.double_click(console.row("Adapters and Interfaces", "Team1"))
        dialog = console.see("dialog", "Team Interface Properties")
        self.into("Addresses, Such as 192.0.2.10/24")
        console.type("192.0.2.10")
        console.see("label", "“192.0.2.10” is not an IP address with a prefix length", dialog, contains=True)
        console.screenshot("no-length")
        console.type("/24 2001:db8::10/64")
        self.into("Gateway")
        console.type("198.51.100.1")
        console.see("label", "The gateway 198.51.100.1 is not in the network of any address", dialog, contains=True)
        console.press("ctrl+a")
        console.type("192.0.2.1")
        apply = console.see("button", "Apply", dialog)
        console.wait(lambda: console.is_ready(apply), "Apply can be pressed")
        console.screenshot("addresses")
        console.press("Return")
        console.row("Adapters and Interfaces", "Team1 Default 20 Gb/s Active")
        console.see_no("dialog", "Team Interface Properties")
        shown = self.lab.exec("server1", ["sh", "-ec", "ip -br address show Team1; ip route show default"]).stdout
        self.assertRegex(shown, r"192\.0\.2\.10/24 2001:db8::10/64")
        self.assertIn("default via 192.0.2.1 dev Team1", shown)

    def into(self, name):
        """Moves the focus into a field of the open dialog."""
        self.console.press_until_focused("Tab", lambda: self.console.find("text", name), name)

    def test_16_a_change_is_kept_or_undone(self):
        """A pending change of another client is shown with its time, and is reverted or confirmed by a button"""
        console = self.console
        team = {"set": [{"name": "Waiting", "members": ["nic1"]}], "confirm_s": 600}
        call(self.lab, "server1", "Apply", team)
        console.see("label", "server1: the change of Waiting will be rolled back in", contains=True)
        console.row("Teams", "Waiting OK")
        console.screenshot("waits")
        console.click(console.see("button", "Revert"))
        console.see_no("table row", "Waiting", contains=True)
        self.assertNotIn("Waiting", links(self.lab, "server1"))

        call(self.lab, "server1", "Apply", team)
        console.see("label", "server1: the change of Waiting will be rolled back in", contains=True)
        console.click(console.see("button", "Confirm"))
        console.wait(lambda: not console.find("label", "the change of Waiting", contains=True), "nothing waits any more")
        self.assertEqual(self.spec("server1", "Waiting")["members"], ["nic1"])
        console.screenshot("kept")

    def test_17_undo(self):
        """A change is undone from its toast, and a second undo from the keyboard redoes it"""
        console = self.console
        self.create_by_agent("server1", "Team1", ["nic1", "nic2"])
        console.select("Teams", "Team1")
        console.choose("Teams", DELETE_TEAM)
        console.click(console.see("button", "Delete"))
        console.see_no("table row", "Team1", contains=True)
        console.screenshot("toast")
        console.click(console.see("button", "Undo"))
        console.row("Teams", "Team1 OK")
        self.assertEqual(members(self.lab, "server1", "Team1"), ["nic1", "nic2"])

        console.select("Teams", "Team1")
        console.press("ctrl+z")
        dialog = console.see("alert", "Undo Last Change?")
        console.screenshot("asked")
        console.click(console.see("button", "Undo", dialog))
        console.see_no("table row", "Team1", contains=True)
        self.assertNotIn("Team1", links(self.lab, "server1"))

    def test_13_change_and_delete_an_interface(self):
        """An interface gets another VLAN, is disabled, enabled and deleted; the primary one stays"""
        console = self.console
        tile = "Adapters and Interfaces"
        self.open_interfaces()
        console.open_menu(tile)
        self.assertFalse(console.is_ready(console.item(DELETE_INTERFACE)), "the primary one")
        console.close_menu()
        call(self.lab, "server1", "Apply", {"set": [{**self.spec("server1", "Team1"), "interfaces": [{}, {"vlan": 7}]}]})
        console.double_click(console.row(tile, "Team1 - VLAN 7"))
        dialog = console.see("dialog", "Team Interface Properties")
        console.press("ctrl+a")
        console.type("8")
        console.screenshot("another-vlan")
        console.click(console.see("button", "Apply", dialog))
        console.row(tile, "Team1 - VLAN 8")

        console.select(tile, "Team1 - VLAN 8")
        console.choose(tile, DISABLE_INTERFACE)
        console.click(console.see("button", "Disable"))
        console.row(tile, "Team1 - VLAN 8 8 20 Gb/s Faulted Administrative decision")
        console.screenshot("disabled")
        console.choose(tile, ENABLE_INTERFACE)
        console.row(tile, "Team1 - VLAN 8 8 20 Gb/s Active")
        console.choose(tile, DELETE_INTERFACE)
        console.click(console.see("button", "Delete"))
        console.see_no("table row", "Team1 - VLAN 8", contains=True)
        self.assertEqual(len(self.spec("server1", "Team1")["interfaces"]), 1)

    def test_14_submenu_of_teams(self):
        """With many teams the menu has a submenu, whose first item leads back"""
        console = self.console
        tile = "Adapters and Interfaces"
        for number in 1, 2, 3:
            self.create_by_agent("server1", f"Team{number}", [f"nic{number}"])
        console.select(tile, "nic4")
        console.choose(tile, ADD_TO_TEAM, 1 + 3)
        console.row(tile, "nic4 10 Gb/s Active")
        self.assertEqual(members(self.lab, "server1", "Team3"), ["nic3", "nic4"])


if __name__ == "__main__":
    taptest.main()
