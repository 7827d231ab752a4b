# SPDX-License-Identifier: GPL-3.0-or-later
"""The start of a lab: its name is claimed, its directory filled, its keeper started."""

import fcntl
import json
import os
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import files
import kernel
import place
from errors import LabError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
START_TIMEOUT = 60



def _is_up(directory):
    """A lab that starts has not written the file yet, and one that ends may have removed it."""
    try:
        return "inner" in json.loads((directory / "lab.json").read_text())
    except FileNotFoundError:
        return False


def is_running(directory):
    """A lab is running as long as its keeper holds the lock, even if files of a crashed one remain."""
    try:
        with open(directory / "lock", "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _is_up(directory)
    except OSError:
        return False
    return False


def check_size(name, servers, nics):
    if not NAME.fullmatch(name):
        raise LabError(f"“{name}” cannot be the name of a lab: letters, digits, “-”, “_” and “.”, at most 40.")
    if not 1 <= servers <= 50:
        raise LabError(f"A lab can have 1 to 50 servers, not {servers}.")
    if not 1 <= nics <= 64:
        raise LabError(f"A server can have 1 to 64 adapters, not {nics}.")


def claim(directory):
    """Claims the name: the lock is passed on to the keeper, and the remains of an older lab are removed."""
    place.base().mkdir(mode=0o700, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)
    lock = open(directory / "lock", "wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise LabError(
            f"A lab called “{directory.name}” is running already. End it with “./dev lab down”, or choose another --name."
        ) from None
    for path in directory.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()
    return lock


def describe(directory, name, servers, nics, owner, build, agent_build, valgrind):
    chosen = kernel.choose()
    if chosen == "host":
        kernel.prepare_host()
    environment = files.write(directory, servers, nics, agent_build or build, valgrind)
    about = {
        "name": name, "servers": servers, "nics": nics, "build": str(build), "owner": owner, "kernel": chosen,
        "memory": 2048 if valgrind else 1024, "path": place.program_path(build), "environment": environment,
    }
    (directory / "lab.json").write_text(json.dumps(about))


def start_keeper(directory, lock):
    reading, writing = os.pipe()
    log = open(directory / "keeper.log", "wb")
    keeper = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("keeper.py")), "outer", str(directory), str(writing)],
        pass_fds=[writing, lock], start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
    )
    os.close(writing)
    _wait_until_ready(directory, keeper, reading)


def _wait_until_ready(directory, keeper, reading):
    ready, _, _ = select.select([reading], [], [], START_TIMEOUT)
    if ready and os.read(reading, 100) == b"ready\n":
        os.close(reading)
        return
    logs = "".join(_tail(directory / name) for name in ("keeper.log", "console.log"))
    keeper.terminate()
    keeper.wait()
    why = "ended while it started" if ready else f"was not ready after {START_TIMEOUT} s"
    raise LabError(f"The lab {why}. Its last output:\n{logs}")


# If its first process fails, a kernel prints many more lines, which do not contain the reason.
_TRACE = re.compile(r"^ \[<|^ ?[0-9a-f]{8} |^Stack:|^Call Trace:|^CPU: |^Kernel panic")


def _tail(path, lines=10):
    try:
        text = path.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "".join(f"  {line}\n" for line in [line for line in text if not _TRACE.match(line)][-lines:])
