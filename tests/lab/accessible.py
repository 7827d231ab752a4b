# SPDX-License-Identifier: GPL-3.0-or-later
"""The view of assistive technologies of a desktop, and input through them as by a user.

A look reads all objects of a program in one call, through AT-SPI's Cache interface, as one call per object takes a
hundred times as long.
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
# Each of these events may mean a change. Some changes raise no event.
EVENTS = ("Object", "Window")
LOOK_AGAIN_MS = 250
# Seconds; a few frames.
FRAMES = 0.05


class NotSeen(AssertionError):
    """The condition of a test was not met in time."""


def connect(address):
    """A connection to the bus with that address, independent of the bus of this process."""
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Node:
    """An object in a window, with name, role and children from one look; methods query the current state."""

    def __init__(self, calls, item):
        (_, self.path), _, (_, self.parent_path), self.index, self.child_count, _, self.name, role, _, self._states = item
        self._calls = calls
        self.role = Atspi.role_get_name(Atspi.Role(role))
        self.parent = None
        self.children = []

    def showed(self):
        return bool(self._states[0] >> Atspi.StateType.SHOWING & 1) or self.role == "application"

    def walk(self):
        """The object itself and all visible ones below it."""
        if self.showed():
            yield self
            for child in self.children:
                yield from child.walk()

    def find(self, role, name, contains=False):
        """The first visible object with that role and name, or part of a name."""
        return next((node for node in self.walk() if node.role == role and (name in node.name if contains else name == node.name)), None)

    def find_all(self, *roles):
        return [node for node in self.walk() if node.role in roles]

    def find_again(self, node):
        """The same object as found by another look; None if it is gone."""
        return next((own for own in self.walk() if own.path == node.path), None)

    def ancestor(self, role):
        node = self
        while node is not None and node.role != role:
            node = node.parent
        return node

    def has_state(self, name):
        """Returns True if the object is in a state, such as SENSITIVE; an object that is gone has no states."""
        with contextlib.suppress(GLib.Error):
            low, _ = self._calls(self.path, ACCESSIBLE, "GetState")
            return bool(low >> getattr(Atspi.StateType, name) & 1)
        return False

    def text(self):
        """The text in an entry."""
        return self._calls(self.path, "org.a11y.atspi.Text", "GetText", "(ii)", 0, -1)

    def do(self):
        """Performs the first action of the object, such as a click."""
        assert self._calls(self.path, "org.a11y.atspi.Action", "DoAction", "(i)", 0)

    def box(self):
        """Returns x, y, width and height within the window."""
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
        # The paths of the visible children of each object, as read last, until they change.
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
        """The current tree of an application by name; None if it has no window."""
        return next((root for root in self._applications() if root.name == name), None)

    def shows(self, text):
        """Returns True if the text is part of the name of an object in any window."""
        return any(text in node.name for root in self._applications() for node in root.walk())

    def _applications(self):
        # They may appear or disappear during a look.
        with contextlib.suppress(GLib.Error):
            for program, _ in self._call(REGISTRY, ROOT, ACCESSIBLE, "GetChildren"):
                yield self._look_at(program)[ROOT]

    def _look_at(self, program):
        """Objects are created for assistive technologies when they are requested, and stay in the cache of the
        program, also when they are hidden: only their parent's list of children shows which are visible."""
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
        # Changes up to this point are included in the look.
        while GLib.MainContext.default().iteration(False):
            pass
        return nodes

    def _ask_about_children(self, program, node, nodes):
        """Corrects the children of a node, recursively. Returns True if there are objects that are not in the cache
        yet."""
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
        # It may be gone by now.
        with contextlib.suppress(GLib.Error):
            for _, child in self._call(program, path, ACCESSIBLE, "GetChildren"):
                self._know(program, child)

    def wait(self, condition, what, timeout=60):
        """Waits until condition() is true, evaluating it whenever an event arrives, and returns its result.

        Statistics alone change each second: after a look there is a pause of twice its duration, to leave most of
        the processor to the window and its servers."""
        end = time.monotonic() + timeout
        while True:
            began = time.monotonic()
            result = condition()
            if result:
                return result
            now = time.monotonic()
            if now > end:
                raise NotSeen(f"timed out after {timeout} s: {what}")
            self._rest(2 * (now - began))
            self._run(LOOK_AGAIN_MS)

    def still_center(self, node):
        """The center of a node once it no longer moves: popovers and pages are laid out more than once."""
        before = None
        while (box := node.box()) != before:
            before = box
            self._rest(FRAMES)
        return node.center()

    def _rest(self, seconds):
        """Processes events without evaluating them."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._run(int(seconds * 1000) + 1)

    def _run(self, milliseconds):
        """Waits for an event, or until the time is over."""
        source = GLib.timeout_add(milliseconds, lambda: self._loop.quit() or GLib.SOURCE_CONTINUE)
        self._loop.run()
        GLib.source_remove(source)


def _call(bus, program, path, interface, method, signature="()", *values):
    reply = bus.call_sync(program, path, interface, method, GLib.Variant(signature, values), None, 0, -1, None).unpack()
    return reply[0] if len(reply) == 1 else reply
