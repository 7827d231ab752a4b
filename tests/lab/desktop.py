# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual display with a window manager, a session bus and accessibility, for automated tests of the console.

    with Desktop() as desktop:
        console = lab.popen(None, ["nicteam-console"], env=desktop.env)
        desktop.wait_for_text(console, "Team1")
        desktop.screenshot("window.png")

All its sockets are files, so that the console can run in the network of the lab.
"""

import functools
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import files
from accessible import Accessibility
from errors import LabError


class Desktop:
    """A context manager: all its processes end with it."""

    def __init__(self, size=(1320, 960)):
        self.size = size
        self._processes = []
        self._runtime = None
        self.env = {}

    def __enter__(self):
        self._runtime = tempfile.mkdtemp(prefix="nicteam-desktop-")
        self.env = {
            **{key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")},
            "XDG_RUNTIME_DIR": self._runtime,
            "XDG_CONFIG_HOME": f"{self._runtime}/config",
            "GSETTINGS_BACKEND": "keyfile",
            "XDG_SESSION_TYPE": "x11",
            "GDK_BACKEND": "x11",
            # Rendering in software: GL would only make the start slower.
            "GSK_RENDERER": "cairo",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "GTK_A11Y": "atspi",
            "NO_AT_BRIDGE": "0",
        }
        files.write_look(Path(self._runtime) / "config")
        try:
            self._start_bus()
            self._start_display()
            self._start_window_manager()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._runtime, ignore_errors=True)

    @functools.cached_property
    def accessibility(self):
        return Accessibility(self.env["DBUS_SESSION_BUS_ADDRESS"])

    def _start(self, argv, **options):
        log = open(Path(self._runtime) / f"{argv[0]}.log", "wb")
        process = subprocess.Popen(argv, env=self.env, stdin=subprocess.DEVNULL, stderr=log, **{"stdout": log, **options})
        self._processes.append(process)
        return process

    def _start_bus(self):
        bus = self._start(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", f"--address=unix:dir={self._runtime}"],
            stdout=subprocess.PIPE,
        )
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()

    def _start_display(self):
        reading, writing = os.pipe()
        width, height = self.size
        self._start(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
        )
        os.close(writing)
        # Read to the end of the line, which is written separately: Xvfb ends if it is not read.
        with open(reading, encoding="ascii") as numbers:
            number = numbers.readline().strip()
        if not number:
            raise LabError("Xvfb did not start.")
        self.env["DISPLAY"] = f":{number}"

    def _start_window_manager(self):
        manager = self._start(["mutter", "--x11", "--sm-disable"])
        self._wait(lambda: self._manager_runs(), manager, 20, "no window manager came up")

    def _manager_runs(self):
        result = self.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], check=False)
        return "window id" in result.stdout

    def _wait(self, condition, process, timeout, otherwise):
        """The process may end meanwhile: then there is nothing to wait for."""
        end = time.monotonic() + timeout
        ended = os.pidfd_open(process.pid)
        try:
            while not condition():
                if select.select([ended], [], [], 0.05)[0]:
                    raise LabError(f"{otherwise}: it ended with status {process.wait()}\n{self._last_words(process)}")
                if time.monotonic() > end:
                    raise LabError(f"{otherwise} in {timeout} s")
        finally:
            os.close(ended)

    def _last_words(self, process):
        log = Path(self._runtime) / f"{os.path.basename(process.args[0])}.log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else ""

    def run(self, argv, check=True):
        """Runs a program on this display, such as xdotool."""
        return subprocess.run(argv, env=self.env, capture_output=True, text=True, check=check)

    def wait_for_text(self, process, text, timeout=30):
        """Waits until a window shows this text to assistive technologies."""
        self._wait(lambda: self.accessibility.shows(text), process, timeout, f"no window shows “{text}”")

    def screenshot(self, path):
        """Saves the whole display as a PNG, once it no longer changes (mutter fades in new windows), or after a
        short time if it keeps changing."""
        last = None
        for _ in range(5):
            picture = self._picture()
            if picture == last:
                break
            last = picture
        width, height = self.size
        command = ["convert", "-size", f"{width}x{height}", "-depth", "8", "rgb:-", "-quality", "30", str(path)]
        subprocess.run(command, input=picture, env=self.env, check=True)

    def _picture(self):
        command = ["import", "-silent", "-window", "root", "-depth", "8", "rgb:-"]
        return subprocess.run(command, env=self.env, capture_output=True, check=True).stdout
