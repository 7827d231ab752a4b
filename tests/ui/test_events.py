#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of events, and desktop notifications."""

from accessible import connect
from console import SETTINGS
from consoletest import ConsoleTest
from gi.repository import Gio, GLib

import taptest

COPY = 1
PAGE = "Events"


class Notifications:
    """The notification service of the desktop, which records notifications."""

    INTERFACE = """
      <node><interface name="org.freedesktop.Notifications">
        <method name="GetCapabilities"><arg type="as" direction="out"/></method>
        <method name="Notify">
          <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
          <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
          <arg type="i" direction="in"/><arg type="u" direction="out"/>
        </method>
        <method name="CloseNotification"><arg type="u" direction="in"/></method>
      </interface></node>"""

    def __init__(self, bus):
        self.notifications = []
        node = Gio.DBusNodeInfo.new_for_xml(self.INTERFACE)
        bus.register_object("/org/freedesktop/Notifications", node.interfaces[0], self._call, None, None)
        Gio.bus_own_name_on_connection(bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)

    def _call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method == "Notify":
            _, _, _, title, body, *_ = arguments.unpack()
            self.notifications.append((title, body))
            invocation.return_value(GLib.Variant("(u)", (len(self.notifications),)))
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["body"],)))
        else:
            invocation.return_value(None)


class Events(ConsoleTest):
    def open_page(self):
        console = self.console
        console.click(console.see("page tab", PAGE))
        return console.tile(PAGE)

    def test_1_what_happened(self):
        """Past and new events are listed, with their user; a search and a kind filter the list"""
        console = self.console
        console.select("Servers", "server2")
        self.create_by_agent("server2", "Night", ["nic1", "nic2"])
        tile = self.open_page()
        console.row(PAGE, "server2 Night Changed by root")
        self.lab.pull("server2", "nic2")
        console.row(PAGE, "server2 Night nic2: Faulted, Media disconnected")
        console.row(PAGE, "server2 Night Warning")
        console.screenshot("events")

        console.click(console.see("radio button", "Teams", tile))
        console.see_no("table row", "nic2: Faulted", contains=True)
        console.row(PAGE, "server2 Night Warning")
        console.screenshot("teams-only")
        console.click(console.see("radio button", "All", tile))
        console.row(PAGE, "nic2: Faulted")
        console.click(console.row(PAGE, "nic2: Faulted"))
        console.press("ctrl+f")
        console.type("disconnected")
        console.see_no("table row", "Night Warning", contains=True)
        console.row(PAGE, "nic2: Faulted")
        self.assertTrue(console.find("label", " of ", tile, contains=True))
        console.screenshot("found")

    def test_2_copied(self):
        """The selected events are copied as lines of text"""
        console = self.console
        self.create_by_agent("server1", "Copied", ["nic1"])
        self.open_page()
        console.select(PAGE, "server1 Copied Appeared")
        console.choose(PAGE, COPY)
        console.click(console.see("page tab", "Overview"))
        console.press("ctrl+n")
        console.see("dialog", "New Team")
        console.press("ctrl+v")
        entry = console.see("text", "Team Name")
        console.wait(lambda: "server1\tCopied\tAppeared" in entry.text(), "the line is pasted")

    def test_3_notified(self):
        """A notification is sent when a team degrades and recovers, if enabled"""
        console = self.console
        desktop = Notifications(connect(console.env["DBUS_SESSION_BUS_ADDRESS"]))
        console.select("Servers", "server3")
        self.create_by_agent("server3", "Watched", ["nic1", "nic2"])
        self.lab.run(["gsettings", "set", SETTINGS, "notify", "true"])
        self.addCleanup(self.lab.run, ["gsettings", "reset", SETTINGS, "notify"])
        self.lab.pull("server3", "nic1")
        console.wait(lambda: desktop.notifications, "a notification")
        self.assertEqual(desktop.notifications[0], ("Watched on server3 Is Degraded", "nic1: Media disconnected"))
        self.lab.plug("server3", "nic1")
        console.wait(lambda: len(desktop.notifications) > 1, "another one")
        self.assertEqual(desktop.notifications[1][0], "Watched on server3 Has Recovered")


if __name__ == "__main__":
    taptest.main()
