# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technologies see of a desktop, and how they do what a person would.

A look asks a program for all that it has to tell in one call, as one call for each thing takes a hundred times as long:
AT-SPI's Cache interface is made for that.
"""

import contextlib
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
REGISTRY = "org.a11y.atspi.Registry"
ACCESSIBLE = "org.a11y.atspi.Accessible"
# Whatever of these happens, something may be different now. Not all that changes raises an event.
EVENTS = ("Object", "Window")
LOOK_AGAIN_MS = 250
# A few, in seconds.
FRAMES = 0.05


class NotSeen(AssertionError):
    """What a test waits for did not come in time."""


def connect(address):
    """A connection to the bus of an address, whatever that of the process is."""
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Node:
    """One thing in a window, with its name, role and children as they were at one look; what is asked by a method is asked now."""

    def __init__(self, calls, item):
        (_, self.path), _, (_, self.parent_path), self.index, self.child_count, _, self.name, role, _, self._states = item
        self._calls = calls
        self.role = Atspi.role_get_name(Atspi.Role(role))
        self.parent = None
        self.children = []

    def showed(self):
        return bool(self._states[0] >> Atspi.StateType.SHOWING & 1) or self.role == "application"

    def walk(self):
        """Itself and all that shows below it."""
        if self.showed():
            yield self
            for child in self.children:
                yield from child.walk()

    def find(self, role, name, contains=False):
        """The first one of a role with a name, or with a part of it, that shows here."""
        return next((node for node in self.walk() if node.role == role and (name in node.name if contains else name == node.name)), None)

    def find_all(self, *roles):
        return [node for node in self.walk() if node.role in roles]

    def find_again(self, node):
        """The same thing as another look has found; None: it is gone."""
        return next((own for own in self.walk() if own.path == node.path), None)

    def ancestor(self, role):
        node = self
        while node is not None and node.role != role:
            node = node.parent
        return node

    def has_state(self, name):
        """Whether it is in a state, such as SENSITIVE. What is gone is in none."""
        with contextlib.suppress(GLib.Error):
            low, _ = self._calls(self.path, ACCESSIBLE, "GetState")
            return bool(low >> getattr(Atspi.StateType, name) & 1)
        return False

    def text(self):
        """What is typed in an entry."""
        return self._calls(self.path, "org.a11y.atspi.Text", "GetText", "(ii)", 0, -1)

    def do(self):
        """The first thing that it can do, such as to be clicked."""
        assert self._calls(self.path, "org.a11y.atspi.Action", "DoAction", "(i)", 0)

    def box(self):
        """Its x, y, width and height in its window."""
        return self._calls(self.path, "org.a11y.atspi.Component", "GetExtents", "(u)", int(Atspi.CoordType.WINDOW))

    def center(self):
        x, y, width, height = self.box()
        return x + width // 2, y + height // 2


class Accessibility:
    """The accessibility bus of a session."""

    def __init__(self, session_address):
        session = connect(session_address)
        address = _call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        session.close_sync(None)
        self._bus = connect(address)
        self._loop = GLib.MainLoop()
        # The paths of what shows below one, as it was when that was asked, until it changes.
        self._children = {}
        for event in EVENTS:
            self._call(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent", "(sass)", event, [], "")
            self._bus.signal_subscribe(None, f"org.a11y.atspi.Event.{event}", None, None, None, 0, self._event_cb)

    def close(self):
        self._bus.close_sync(None)

    def _event_cb(self, _bus, _program, path, _interface, event, _details):
        if event == "ChildrenChanged":
            self._children.pop(path, None)
        self._loop.quit()

    def _call(self, *words):
        return _call(self._bus, *words)

    def look(self, name):
        """The application of a name as it is now; None: it has no window."""
        return next((root for root in self._applications() if root.name == name), None)

    def shows(self, text):
        """Whether it is a part of the name of anything in any window."""
        return any(text in node.name for root in self._applications() for node in root.walk())

    def _applications(self):
        # They may come or go while one looks at them.
        with contextlib.suppress(GLib.Error):
            for program, _ in self._call(REGISTRY, ROOT, ACCESSIBLE, "GetChildren"):
                yield self._look_at(program)[ROOT]

    def _look_at(self, program):
        """Things come to be for assistive technologies when they are asked for, and stay in the cache of the program. So do
        those that are hidden: only their parent tells that they are."""
        while True:
            nodes = self._read(program)
            if not self._ask_about_children(program, nodes[ROOT], nodes):
                return nodes

    def _read(self, program):
        def calls(path, *words):
            return self._call(program, path, *words)

        nodes = {node.path: node for node in (Node(calls, item) for item in calls(CACHE, "org.a11y.atspi.Cache", "GetItems"))}
        for node in sorted(nodes.values(), key=lambda node: node.index):
            node.parent = nodes.get(node.parent_path)
            if node.parent is not None:
                node.parent.children.append(node)
        # What has changed until then is known then.
        while GLib.MainContext.default().iteration(False):
            pass
        return nodes

    def _ask_about_children(self, program, node, nodes):
        """Puts right which children a node has, and those of them. Returns whether there are some that nobody knew."""
        shown = self._children.get(node.path)
        if shown != [child.path for child in node.children] or len(shown) != node.child_count:
            shown = [path for _, path in self._call(program, node.path, ACCESSIBLE, "GetChildren")]
            self._children[node.path] = shown
            if any(path not in nodes for path in shown):
                for path in shown:
                    self._know(program, path)
                return True
            node.children = [nodes[path] for path in shown]
        return any([self._ask_about_children(program, child, nodes) for child in node.children if child.showed()])

    def _know(self, program, path):
        # It may be gone meanwhile.
        with contextlib.suppress(GLib.Error):
            for _, child in self._call(program, path, ACCESSIBLE, "GetChildren"):
                self._know(program, child)

    def wait(self, condition, what, timeout=60):
        """Waits until condition() is true, looking whenever something happens, and returns it.

        Statistics alone change each second: for twice as long as the look took nobody looks again, so that most of the
        processor is left for the window and its servers."""
        end = time.monotonic() + timeout
        while True:
            began = time.monotonic()
            result = condition()
            if result:
                return result
            now = time.monotonic()
            if now > end:
                raise NotSeen(f"not so after {timeout} s: {what}")
            self._rest(2 * (now - began))
            self._run(LOOK_AGAIN_MS)

    def still_center(self, node):
        """The middle of a node as soon as it stays where it is: what opens or fills is laid out more than once."""
        before = None
        while (box := node.box()) != before:
            before = box
            self._rest(FRAMES)
        return node.center()

    def _rest(self, seconds):
        """Lets events come in without looking at what they mean."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._run(int(seconds * 1000) + 1)

    def _run(self, milliseconds):
        """Until something happens, or nothing did for so long."""
        source = GLib.timeout_add(milliseconds, lambda: self._loop.quit() or GLib.SOURCE_CONTINUE)
        self._loop.run()
        GLib.source_remove(source)


def _call(bus, program, path, interface, method, signature="()", *values):
    reply = bus.call_sync(program, path, interface, method, GLib.Variant(signature, values), None, 0, -1, None).unpack()
    return reply[0] if len(reply) == 1 else reply
