# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technologies see of a window, and how a person would use it.

Import it when the environment is that of the desktop the window is on: the accessibility bus
is found by it, once for the process.
"""

import contextlib
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Whatever of these happens, something may be different now.
EVENTS = ("object:children-changed", "object:property-change", "object:state-changed", "object:text-changed", "window")
# Not all that changes raises an event.
LOOK_AGAIN_MS = 250


class NotSeen(AssertionError):
    """What a test waits for did not come in time."""


def _children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def _is_showing(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def walk(node):
    """A node and all that shows below it."""
    # A node may go away while one looks at it.
    with contextlib.suppress(GLib.Error, AttributeError):
        if node.get_role() != Atspi.Role.APPLICATION and not _is_showing(node):
            return
        yield node
        for child in _children(node):
            yield from walk(child)


def application(name):
    for node in _children(Atspi.get_desktop(0)):
        if node.get_name() == name:
            return node
    return None


def find(root, role, name, contains=False):
    """The first node of a role with a name, or with a part of it, that shows below root."""
    for node in walk(root) if root is not None else ():
        with contextlib.suppress(GLib.Error):
            if node.get_role_name() != role:
                continue
            text = node.get_name() or ""
            if name in text if contains else name == text:
                return node
    return None


def find_nth(root, roles, number):
    """The number-th node, from 1, of some roles."""
    nodes = [node for node in walk(root) if node.get_role_name() in roles]
    return nodes[number - 1] if len(nodes) >= number else None


def ancestor(node, role):
    while node is not None and node.get_role_name() != role:
        node = node.get_parent()
    return node


def has_state(node, name):
    return node.get_state_set().contains(getattr(Atspi.StateType, name))


def text(node):
    """What is typed in an entry."""
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def do(node):
    """The first thing that a node can do, such as to be clicked."""
    assert Atspi.Action.do_action(node, 0)


def center(node):
    """The middle of a node, relative to its window."""
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.x + box.width // 2, box.y + box.height // 2


def pause(seconds):
    """Lets events come in without looking at what they mean."""
    loop = GLib.MainLoop()
    GLib.timeout_add(int(seconds * 1000) + 1, loop.quit)
    loop.run()


def wait(condition, what, timeout=60):
    """Waits until condition() is true, looking whenever something happens, and returns it.

    A look at the whole window takes a while, and statistics alone change each second: as long as the look took, nobody
    looks again, so that half of the processor is left for the window and its servers."""
    loop = GLib.MainLoop()
    listener = Atspi.EventListener.new(lambda *_: loop.quit())
    for event in EVENTS:
        listener.register(event)
    end = time.monotonic() + timeout
    try:
        while True:
            began = time.monotonic()
            result = condition()
            if result:
                return result
            now = time.monotonic()
            if now > end:
                raise NotSeen(f"not so after {timeout} s: {what}")
            pause(now - began)
            source = GLib.timeout_add(LOOK_AGAIN_MS, lambda: loop.quit() or GLib.SOURCE_CONTINUE)
            loop.run()
            GLib.source_remove(source)
    finally:
        for event in EVENTS:
            listener.deregister(event)
