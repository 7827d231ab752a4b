#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev run: the console, with servers that have teams, traffic and a fault."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

import place  # noqa: E402
import traffic  # noqa: E402
from desktop import Desktop  # noqa: E402
from errors import LabError  # noqa: E402
from lab import Lab  # noqa: E402

TEAM = "Team1"
MEMBERS = ("nic1", "nic2")
# Mbit/s, one after the other, to give the chart some variation.
RATES = (40, 90, 20, 60)


def write_line(text):
    print(text, flush=True)


def make_scene(lab):
    """Creates a team with LACP and a VLAN, and pulls one of its cables."""
    write_line(f"Creating {TEAM} of {' and '.join(MEMBERS)} on server1, and pulling the cable of {MEMBERS[1]}")
    lab.lag("server1", MEMBERS)
    lab.run(["nicteam", "-s", "server1", "--yes", "team", "create", TEAM, *MEMBERS,
             "--mode", "lacp", "--balance", "transport-ports", "--vlan", "42"])
    lab.pull("server1", MEMBERS[1])


def keep_sending(lab, ended):
    """Sends from server2 to server1 until the lab ends."""
    number = 0
    while not ended.is_set():
        try:
            traffic.send(lab, "server2", "server1", seconds=6, rate=RATES[number % len(RATES)])
        except (LabError, OSError) as error:
            if not ended.is_set():
                write_line(f"No traffic: {error}")
            return
        number += 1


def prepare(stack, servers):
    name = place.default_name()
    if name in Lab.names():
        write_line("The lab of this work tree is already running: opening the console on it, unchanged")
        return Lab.find(name)
    write_line(f"Starting {servers} servers")
    lab = stack.enter_context(Lab.start(servers=servers, name=name))
    make_scene(lab)
    if servers > 1:
        ended = threading.Event()
        stack.callback(ended.set)
        threading.Thread(target=keep_sending, args=[lab, ended], daemon=True).start()
    return lab


def console(lab, env=None):
    """Runs the console on the console's side of the lab, on a bus of its own without another instance."""
    return lab.popen(None, ["dbus-run-session", "--", "nicteam-console"], env=env or os.environ, start_new_session=True)


def take_picture(lab, path):
    with Desktop() as desktop:
        process = lab.popen(None, ["nicteam-console"], env=desktop.env)
        try:
            desktop.wait_for_text(process, TEAM)
            # The rate of the traffic: adapters' own speeds are in Gb/s. A screenshot without it is acceptable too.
            with suppress(LabError):
                desktop.wait_for_text(process, "Mb/s", timeout=10)
            desktop.screenshot(path)
        finally:
            process.terminate()
            process.wait()
    write_line(f"The window is in {path}")


def free_port(first=8085):
    for port in range(first, first + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise LabError(f"No free port on 127.0.0.1 from {first} on.")


def serve_in_browser(lab):
    """Broadway: the server of the pages is on this machine's network, the console on that of the lab; they are
    connected by a socket file. The browser renders the pages; the local rendering is never shown."""
    port = free_port()
    runtime = lab.directory / "home" / "run"
    env = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "GDK_BACKEND": "broadway", "BROADWAY_DISPLAY": f":{port}",
           "GSK_RENDERER": "broadway"}
    # Broadway ends with this program, even if that is killed, and the console with it.
    display = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "gtk4-broadwayd", "-a", "127.0.0.1", "-p", str(port), f":{port}"],
        env=env, stdout=subprocess.DEVNULL,
    )
    wait_for_page(port, display)
    write_line(f"\nThere is no display here. Open this in a browser on this machine:  http://127.0.0.1:{port}/")
    return console(lab, env), display


def wait_for_page(port, process, tries=200):
    for _ in range(tries):
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", "/")
            connection.getresponse()
            return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    raise LabError("gtk4-broadwayd did not start.")


def show(lab):
    others = []
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"):
        window = console(lab)
    else:
        window, *others = serve_in_browser(lab)
    write_line("\nIn a second terminal:\n"
               "  ./dev lab cable server1 nic1 pull      and plug: the team loses its last link, and gets it back\n"
               "  ./dev lab cable server1 nic2 plug      the team is OK again\n"
               "  ./dev lab switch A stop                and start\n"
               "  ./dev lab run nicteam -s server1 team list\n"
               "Everything ends when the window is closed, or with Ctrl+C here.")
    try:
        return window.wait()
    finally:
        # The window's session bus and the window itself are one group.
        with suppress(ProcessLookupError):
            os.killpg(window.pid, signal.SIGTERM)
        for process in others:
            process.terminate()
            process.wait()


def parse():
    parser = argparse.ArgumentParser(prog="./dev run", description="Opens the console on servers in a real kernel.")
    parser.add_argument("--screenshot", metavar="FILE", help="take a screenshot of the loaded window, and exit")
    parser.add_argument("--servers", type=int, default=3, metavar="N", help="number of servers (3)")
    return parser.parse_args()


def main():
    args = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with ExitStack() as stack:
            lab = prepare(stack, args.servers)
            if args.screenshot:
                take_picture(lab, os.path.abspath(args.screenshot))
                return 0
            return show(lab)
    except LabError as error:
        print(f"./dev run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
