# SPDX-License-Identifier: GPL-3.0-or-later
"""The console in a real window, on a lab, controlled by a test."""

import os
import re
from pathlib import Path

import place
from accessible import NotSeen
from desktop import Desktop

OUTPUT = Path(os.environ.get("NICTEAM_TEST_OUTPUT") or place.TREE / "build" / "test-output" / "ui")
PROGRAM = "nicteam-console"
SETTINGS = "io.github.nicteam.Console"

MENU_ITEMS = ("menu item", "check menu item")


class Console:
    """As a context manager, a desktop for the console, on which it can be started and stopped."""

    def __init__(self, lab, size=(1280, 860)):
        self.lab = lab
        self.name = None
        self.pictures = 0
        self._desktop = Desktop(size=size)
        self._process = None

    def __enter__(self):
        OUTPUT.mkdir(parents=True, exist_ok=True)
        self._desktop.__enter__()
        return self

    def __exit__(self, *_):
        self._desktop.__exit__()

    @property
    def env(self):
        """The environment of the program."""
        return self._desktop.env

    # The program

    def start(self, name=None):
        """name: of the test, for its output files; None: as before."""
        if name is not None:
            self.name = name
            self.pictures = 0
            (OUTPUT / f"{name}.log").unlink(missing_ok=True)
        # Coordinates in a maximized window are those of the screen. An earlier console may have ended during a change
        # of size.
        self.lab.run(["gsettings", "set", SETTINGS, "window-maximized", "true"])
        self.log = open(OUTPUT / f"{self.name}.log", "a", encoding="utf-8")
        self._process = self.lab.popen(None, [PROGRAM], env=self._desktop.env, stdout=self.log, stderr=self.log)
        self.wait(lambda: self.root, "the console's window")

    def run_again(self, *words):
        """Starts the program again, which only activates a running instance."""
        return self.lab.run([PROGRAM, *words], env=self._desktop.env, check=False)

    def stop(self):
        self._process.terminate()
        self._process.wait(10)
        self._process = None
        self.log.close()

    @property
    def complaints(self):
        """The warnings of GLib and GTK."""
        log = (OUTPUT / f"{self.name}.log").read_text(encoding="utf-8", errors="replace")
        return re.findall(r".*(?:CRITICAL|WARNING|Sanitizer).*", log)

    # Looking

    @property
    def root(self):
        return self._desktop.accessibility.look(PROGRAM)

    def wait(self, condition, what, timeout=60):
        assert self._process.poll() is None, "the console has ended"
        try:
            return self._desktop.accessibility.wait(condition, what, timeout)
        except NotSeen:
            self.screenshot("instead")
            raise

    def find(self, role, name, below=None, contains=False):
        """The first visible match, in the window or below an object that was seen in it."""
        root = self.root
        if root and below:
            root = root.find_again(below)
        return root.find(role, name, contains) if root else None

    def menu_items(self):
        """The items of the open menu. GTK gives them no names, so they are used by number."""
        root = self.root
        return root.find_all(*MENU_ITEMS) if root else []

    def see(self, role, name, below=None, contains=False, timeout=60):
        """Waits until an object is visible, and returns it."""
        return self.wait(lambda: self.find(role, name, below, contains), f"{role} “{name}” shows", timeout)

    def see_no(self, role, name, contains=False, timeout=60):
        self.wait(lambda: not self.find(role, name, contains=contains), f"no {role} “{name}” shows", timeout)

    def tile(self, name):
        return self.see("grouping", name)

    def row(self, tile, text, timeout=60):
        """Waits for the row of a tile that begins with the text, such as “server1 OK”."""
        return self.see("table row", text, self.tile(tile), contains=True, timeout=timeout)

    def is_ready(self, node, state="SENSITIVE"):
        return node.has_state(state)

    def screenshot(self, what):
        self.pictures += 1
        self._desktop.screenshot(OUTPUT / f"{self.name}-{self.pictures:02}-{what}.png")

    # Doing

    def press(self, *keys):
        self._desktop.run(["xdotool", "key", "--clearmodifiers", *keys])

    def type(self, text):
        self._desktop.run(["xdotool", "type", "--delay", "10", text])

    def _center(self, node):
        return self._desktop.accessibility.still_center(node)

    def click(self, node):
        """Clicks on the center of an object."""
        x, y = self._center(node)
        # GTK evaluates the position of the pointer when it moves, and a popover that closed may have been in between.
        self._desktop.run(["xdotool", "mousemove", str(x + 3), str(y + 3), "mousemove", str(x), str(y), "click", "1"])

    def do(self, node):
        """Performs the action of an object through accessibility, for popovers, whose position is not available
        there."""
        node.do()

    def right_click(self, node):
        x, y = self._center(node)
        self._desktop.run(["xdotool", "mousemove", str(x + 3), str(y + 3), "mousemove", str(x), str(y), "click", "3"])

    def drag(self, start, end):
        """Drags from one point of the screen to another, in several steps as by hand."""
        steps = [f"{start[0] + (end[0] - start[0]) * i // 8} {start[1] + (end[1] - start[1]) * i // 8}" for i in range(9)]
        moves = [word for step in steps for word in ["mousemove", *step.split()]]
        self._desktop.run(["xdotool", *moves[:3], "mousedown", "1", *moves[3:], "mouseup", "1"])

    def select(self, tile, text):
        row = self.row(tile, text)
        self.click(row)
        self.wait(lambda: self.is_ready(self.row(tile, text), "SELECTED"), f"“{text}” is selected")

    def select_also(self, tile, text):
        """Adds a row to the selection."""
        x, y = self._center(self.row(tile, text))
        self._desktop.run(["xdotool", "mousemove", str(x), str(y), "keydown", "ctrl", "click", "1", "keyup", "ctrl"])
        self.wait(lambda: self.is_ready(self.row(tile, text), "SELECTED"), f"“{text}” is selected too")

    def open_menu(self, tile):
        """Opens a tile's Tasks menu with the mouse."""
        button = self.see("toggle button", "Tasks", self.tile(tile))
        self.click(button)
        self.wait(lambda: self.is_ready(button, "CHECKED") or self.is_ready(button, "PRESSED"), "the menu is open")

    def item(self, number):
        """An item of the open menu, from 1."""
        return self.wait(lambda: dict(enumerate(self.menu_items(), 1)).get(number), f"item {number} of the menu shows")

    def see_menu_close(self):
        self.wait(lambda: not self.menu_items(), "the menu is closed")

    def close_menu(self):
        self.press("Escape")
        self.see_menu_close()

    def choose(self, tile, *numbers):
        """Opens a tile's Tasks menu, and activates an item, through submenus, with the keyboard."""
        self.open_menu(tile)
        for number in numbers:
            item = self.item(number)
            assert self.is_ready(item), f"item {number} cannot be chosen"
            self.press_until_focused("Down", lambda: item, f"item {number}")
            self.press("Return")
        self.see_menu_close()

    def choose_in_list(self, name, option):
        """Selects another option of a drop-down list, with the keyboard, which also scrolls it into view."""
        row = self.press_until_focused("Tab", lambda: self.find("combo box", name), name)
        self.press("space")
        label = self.see("label", option)
        self.wait(lambda: not self.is_ready(row, "FOCUSED"), f"the list of {name} is open")
        self.press_until_focused("Down", lambda: label.ancestor("list item"), option)
        self.press("Return")
        self.focus(row, name)

    def press_until_focused(self, key, find, what):
        for _ in range(20):
            node = find()
            if node and self.is_ready(node, "FOCUSED"):
                return node
            self.press(key)
        self.screenshot("instead")
        raise AssertionError(f"{key} does not lead to {what}")

    def double_click(self, node):
        x, y = self._center(node)
        self._desktop.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", "2", "1"])

    def focus(self, node, what):
        self.wait(lambda: self.is_ready(node, "FOCUSED"), f"{what} has the focus")
