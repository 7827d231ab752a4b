#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console as a program: preferences, command line, help."""

import json
from pathlib import Path

from consoletest import ConsoleTest

import taptest

LINKS = "Adapters and Interfaces"
BROWSER = """[Desktop Entry]
Type=Application
Name=Browser
MimeType=text/html;
Exec=cp %f {read}
"""


class Application(ConsoleTest):
    def setting(self, key):
        return self.lab.run(["gsettings", "get", "io.github.nicteam.Console", key]).stdout.strip()

    def test_1_preferences(self):
        """Preferences take effect at once: listed adapters, units, and the time to confirm a change"""
        console = self.console
        self.lab.exec("server1", ["ip", "link", "add", "br0", "type", "bridge"])
        self.addCleanup(self.lab.exec, "server1", ["ip", "link", "del", "br0"])
        for key in "show-not-teamable", "units", "confirm-seconds":
            self.addCleanup(self.lab.run, ["gsettings", "reset", "io.github.nicteam.Console", key])
        console.press("ctrl+comma")
        console.see("dialog", "Preferences")
        console.screenshot("preferences")
        console.press("alt+t")
        console.row(LINKS, "br0")
        console.choose_in_list("Units", "Bytes per Second")
        console.press("alt+a", "ctrl+a")
        console.type("77\t")
        console.wait(lambda: self.setting("confirm-seconds") == "77", "it is kept")
        console.press("Escape")
        console.see_no("dialog", "Preferences")
        console.select(LINKS, "br0")
        console.see("label", "B/s", console.tile("Statistics of Adapter br0"), contains=True)
        console.screenshot("not-teamable")

        watch = self.lab.popen("server1", ["varlinkctl", "--json=short", "--more", "call", "/run/nicteam/agent.sock",
                                           "io.github.nicteam.Agent.Subscribe", "{}"], stdout=-1)
        self.addCleanup(watch.wait)
        self.addCleanup(watch.stdout.close)
        self.addCleanup(watch.kill)
        watch.stdout.readline()
        console.press("ctrl+n")
        console.see("dialog", "New Team")
        console.type("Team1")
        console.click(console.see("check box", "nic1"))
        console.click(console.see("button", "Create"))
        console.row("Teams", "Team1 OK")
        pending = (json.loads(line.strip("\x1e")).get("pending") for line in watch.stdout)
        self.assertEqual(next(change for change in pending if change)["deadline_s"], 77)

    def test_2_server_on_the_command_line(self):
        """A second start activates the same window, on the server of its argument, which is added to the list"""
        console = self.console
        self.assertEqual(console.run_again("--server", "server3").returncode, 0)
        console.wait(lambda: console.is_ready(console.row("Servers", "server3"), "SELECTED"), "server3 is selected")
        self.assertEqual(console.run_again("--server", "nowhere.invalid").returncode, 0)
        console.wait(lambda: console.is_ready(console.row("Servers", "nowhere.invalid"), "SELECTED"), "it is there")
        result = console.run_again("--server", "two words")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("“two words” is not a host name", result.stderr)
        self.lab.run(["nicteam", "server", "remove", "nowhere.invalid"])

    def test_3_help(self):
        """F1 opens the help in the browser"""
        data = Path(self.lab.run(["sh", "-c", "echo $XDG_DATA_HOME"]).stdout.strip())
        read = data / "read.html"
        applications = data / "applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "browser.desktop").write_text(BROWSER.format(read=read))
        (applications / "mimeapps.list").write_text("[Default Applications]\ntext/html=browser.desktop\n")
        self.console.press("F1")
        self.console.wait(read.exists, "the browser has it")
        self.console.wait(lambda: "<h1>NIC Teaming</h1>" in read.read_text(), "it is the help")


if __name__ == "__main__":
    taptest.main()
