#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diagram of a server."""

import tempfile
from pathlib import Path
from xml.etree import ElementTree

from consoletest import ConsoleTest

import taptest

PNG, SVG = 1, 2


class Diagram(ConsoleTest):
    def open_page(self):
        console = self.console
        console.click(console.see("page tab", "Diagram"))
        return console.tile("Diagram of server1")

    def see_box(self, text):
        return self.console.see("button", text, contains=True)

    def save(self, number, path):
        console = self.console
        button = console.see("toggle button", "Save as Picture")
        console.click(button)
        console.wait(lambda: console.is_ready(button, "CHECKED") or console.is_ready(button, "PRESSED"), "the menu is open")
        console.do(console.item(number))
        console.see("button", "Save")
        console.press("ctrl+a")
        console.type(str(path))
        console.press("Return")
        console.wait(lambda: path.exists() and path.stat().st_size > 0, f"{path} is written")

    def test_1_live(self):
        """Boxes contain the information of the lines, are updated, open their object by keyboard, and can be saved"""
        console = self.console
        self.create_by_agent("server1", "<Up & down>", ["nic1", "nic2"])
        self.open_page()
        self.see_box("nic1, Active, member of <Up & down>, 10 Gb/s")
        self.see_box("<Up & down>, OK, team, Static Teaming · 20 Gb/s")
        self.see_box("<Up & down>, Active, interface of <Up & down>")
        self.see_box("nic3, Active, not in a team, 10 Gb/s")
        self.lab.pull("server1", "nic2")
        self.see_box("nic2, Faulted, Media disconnected, member of <Up & down>")
        self.see_box("<Up & down>, Warning, team")
        console.screenshot("pulled")
        console.press_until_focused("Tab", lambda: self.see_box("nic1, "), "nic1")
        console.press_until_focused("Down", lambda: self.see_box("nic2, "), "nic2")
        console.press("Return")
        console.see("dialog", "Adapter Properties")
        console.press("Escape")
        console.see_no("dialog", "Adapter Properties")
        console.press_until_focused("Right", lambda: self.see_box("<Up & down>, Warning"), "the team")
        console.press("Return")
        console.see("dialog", "Team Properties")
        console.press("Escape")
        console.see_no("dialog", "Team Properties")

        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        png, svg = (Path(folder.name) / f"picture.{suffix}" for suffix in ("png", "svg"))
        self.save(PNG, png)
        self.assertEqual(png.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        self.save(SVG, svg)
        texts = [node.text for node in ElementTree.parse(svg).iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("<Up & down>", texts)

    def test_2_bond(self):
        """The box of a foreign bond offers to adopt it"""
        console = self.console
        self.lab.exec("server1", ["sh", "-ec", "ip link add byhand type bond mode 802.3ad; ip link set nic1 down; "
                                  "ip link set nic1 master byhand"])
        self.addCleanup(self.lab.exec, "server1", ["sh", "-ec", "ip link del byhand; ip link set nic1 up"])
        self.open_page()
        console.click(self.see_box("byhand, Fault, team"))
        dialog = console.see("alert", "Adopt Bond?")
        console.see("label", "The bond “byhand” on server1 becomes a team", dialog, contains=True)


if __name__ == "__main__":
    taptest.main()
