#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of the window: columns, sorting, search, keys, and texts of empty lists."""

import re

from consoletest import ConsoleTest

import taptest

LINKS = "Adapters and Interfaces"
# The last item of the adapters' menu; a submenu begins with the item that leads back.
COLUMNS, BACK = 8, 1


class Lists(ConsoleTest):
    def setUp(self):
        self.lab.run(["gsettings", "reset-recursively", "io.github.nicteam.Console"])
        for name in "servers", "teams", "adapters", "interfaces":
            self.lab.run(["gsettings", "reset-recursively", f"io.github.nicteam.Console.Columns:/io/github/nicteam/Console/columns/{name}/"])
        super().setUp()

    def header(self, tile, title):
        return self.console.see("filler", title, self.console.tile(tile))

    def left_of(self, tile, title):
        return self.header(tile, title).box()[0]

    def names(self, tile):
        """The first words of the rows, from top to bottom; the first one is the header."""
        rows = self.console.tile(tile).find_all("table row")
        return [row.name.split()[0] for row in rows[1:]]

    def kept(self, tile, key):
        path = f"io.github.nicteam.Console.Columns:/io/github/nicteam/Console/columns/{tile}/"
        return self.lab.run(["gsettings", "get", path, key]).stdout.strip()

    def test_1_columns_stay(self):
        """A column is chosen by a right click, another one is dragged, the list is sorted; all of it is saved"""
        console = self.console
        self.create_by_agent("server1", "Alpha", ["nic1"])
        self.create_by_agent("server1", "Beta", ["nic2", "nic3"])
        self.lab.pull("server1", "nic3")
        console.row("Teams", "Beta Warning")
        console.right_click(self.header(LINKS, "Speed"))
        console.item(1)
        console.screenshot("chooser")
        console.do(console.item(5))
        self.header(LINKS, "MAC Address")
        console.click(self.header("Teams", "Status"))
        console.wait(lambda: self.names("Teams") == ["Beta", "Alpha"], "problems come first")
        start, end = (self.header(LINKS, title).center() for title in ("State", "Speed"))
        console.drag(start, (end[0] - 20, end[1]))
        console.wait(lambda: self.left_of(LINKS, "State") < self.left_of(LINKS, "Speed"), "the state comes before the speed")
        console.screenshot("dragged")
        console.wait(lambda: re.search("'state'.*'speed'.*'mac', true", self.kept("adapters", "columns")), "the columns are kept")
        console.wait(lambda: self.kept("teams", "sort-column") == "'status'", "the order is kept")

        console.stop()
        console.start()
        console.select("Servers", "server1")
        console.row("Teams", "Beta Warning")
        self.header(LINKS, "MAC Address")
        self.assertEqual(self.names("Teams"), ["Beta", "Alpha"])
        self.assertLess(self.left_of(LINKS, "State"), self.left_of(LINKS, "Speed"))
        console.screenshot("as-it-was")

    def test_4_division_stays(self):
        """The position of the divider between tiles is saved after dragging, and not after a click"""
        console = self.console
        height = lambda: self.lab.run(["gsettings", "get", "io.github.nicteam.Console", "servers-height"]).stdout.strip()  # noqa: E731
        console.select(LINKS, "nic2")
        self.assertEqual(height(), "210")
        x, y, width, tall = console.tile("Servers").box()
        middle = x + width // 2
        console.drag((middle, y + tall + 6), (middle, y + tall + 46))
        console.wait(lambda: int(height()) in range(240, 260), "it is kept")
        console.stop()
        console.start()
        console.row("Servers", "server3 OK")
        self.assertGreater(console.tile("Servers").box()[3], tall + 20)

    def test_2_search(self):
        """Typing searches in the focused tile; Escape ends the search"""
        console = self.console
        console.select(LINKS, "nic1")
        console.type("01:03")
        console.see("label", "1 of 5", console.tile(LINKS))
        self.assertEqual(self.names(LINKS), ["nic3"])
        console.type("zzz")
        console.see("label", "No results found", console.tile(LINKS))
        console.screenshot("nothing")
        console.press("Escape")
        console.see("label", "5 total", console.tile(LINKS))
        console.select("Servers", "server2")
        console.press("ctrl+f")
        console.type("server3")
        console.see("label", "1 of 3", console.tile("Servers"))

    def test_3_keys(self):
        """Delete asks for confirmation, Alt+Return opens properties; an empty tile offers the next step"""
        console = self.console
        console.see("label", "server1 has no teams yet.", console.tile("Teams"), contains=True)
        console.screenshot("empty")
        console.click(console.see("button", "New Team…", console.tile("Teams")))
        console.see("dialog", "New Team")
        console.press("Escape")
        console.see_no("dialog", "New Team")
        self.create_by_agent("server1", "Alpha", ["nic1"])
        console.select("Teams", "Alpha")
        console.press("alt+Return")
        console.see("dialog", "Team Properties")
        console.press("Escape")
        console.see_no("dialog", "Team Properties")
        console.press("Delete")
        console.see("alert", "Delete Team?")
        console.press("Escape")
        console.see_no("alert", "Delete Team?")
        console.select(LINKS, "nic2")
        console.press("alt+Return")
        console.see("dialog", "Adapter Properties")
        console.press("Escape")
        console.see_no("dialog", "Adapter Properties")
        console.choose(LINKS, COLUMNS, BACK + 5)
        self.header(LINKS, "MAC Address")


if __name__ == "__main__":
    taptest.main()
