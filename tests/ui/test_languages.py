#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console in German, and in a language that is read from right to left."""

import os
import shutil
from pathlib import Path

from consoletest import ConsoleTest, delete_all_teams

import place
import pseudo
import taptest

BUILD = Path(os.environ.get("NICTEAM_BUILD") or place.default_build())


class Languages(ConsoleTest):
    def setUp(self):
        """Each test starts the window in its own language."""
        self.lab.reset()
        delete_all_teams(self.lab)
        self.console.env["NICTEAM_LOCALEDIR"] = str(BUILD / "po")

    def begin(self, language, name):
        # The C library needs no data of the language, but translates only in a locale other than C.
        locales = self.lab.directory / "locale-data"
        shutil.copytree("/usr/lib/locale/C.utf8", locales / language, dirs_exist_ok=True)
        self.console.env.update(LOCPATH=str(locales), LC_ALL=language)
        self.console.start(name)
        self.addCleanup(self.assert_no_complaints)
        self.addCleanup(self.console.stop)
        self.console.see("table row", "nic1", contains=True)

    def test_1_german(self):
        """The whole window is in German"""
        console = self.console
        self.begin("de_DE.UTF-8", "german")
        console.row("Server", "server1 OK Virtuell")
        console.see("label", "3 insgesamt")
        console.screenshot("window")
        console.press("ctrl+n")
        dialog = console.see("dialog", "Neues Team")
        console.type("Team1")
        console.click(console.see("check box", "nic1", dialog))
        console.screenshot("new-team")
        console.press("alt+v")
        console.see("label", "Keine Unterbrechung.", dialog)
        console.screenshot("preview")
        console.press("Escape", "Escape")
        console.see_no("dialog", "Neues Team")
        console.press("ctrl+comma")
        console.see("dialog", "Einstellungen")
        console.screenshot("preferences")
        console.press("Escape")
        console.see_no("dialog", "Einstellungen")
        console.press("ctrl+shift+n")
        console.see("dialog", "Server hinzufügen")
        console.screenshot("add-servers")

    def test_2_right_to_left(self):
        """In a right-to-left language, teams are to the right of adapters, and names are not mirrored"""
        console = self.console
        locales = self.lab.directory / "locales"
        pseudo.make(place.TREE / "po" / "de.po", locales)
        console.env["NICTEAM_LOCALEDIR"] = str(locales)
        self.begin(f"{pseudo.LANGUAGE}.UTF-8", "right-to-left")
        teams, links = (console.tile(pseudo.translate(name)) for name in ("Teams", "Adapters and Interfaces"))
        self.assertGreater(teams.center()[0], links.center()[0])
        console.screenshot("window")
        console.press("ctrl+n")
        console.see("dialog", pseudo.translate("New Team"))
        console.type("Team1")
        console.click(console.see("check box", "nic1"))
        console.screenshot("new-team")
        console.press("alt+v")
        console.see("label", pseudo.translate("No interruption."))
        console.screenshot("preview")


if __name__ == "__main__":
    taptest.main()
