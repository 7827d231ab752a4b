#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that owns a running lab, in two halves.

The outer half waits for the end of the lab, or ends it when its owner dies or on SIGTERM, and removes the lab's
directory. The inner half is the first process of separate namespaces (network, mounts, processes; also users if not
root): it creates the console's side of the network and starts the kernel. All other processes descend from it, so none
can outlive the lab.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import files
import kernel
import place

READY = "nicteam-lab: ready"


def run(*argv):
    subprocess.run(argv, check=True)


# The inner half


def bind_over(source, target):
    if Path(target).exists():
        run("mount", "--bind", str(source), str(target))


def make_console_side(directory):
    """Names and ssh settings for “ssh server1” on the console's side."""
    run("ip", "link", "set", "lo", "up")
    bind_over(directory / "hosts", "/etc/hosts")
    bind_over(directory / "ssh_config.d", "/etc/ssh/ssh_config.d")


def bring_up(device):
    run("ip", "link", "set", device, "addrgenmode", "none")
    run("ip", "address", "add", f"{files.CONSOLE_ADDRESS}/64", "dev", device, "nodad")
    run("ip", "link", "set", device, "up")


def start_uml(directory, environment, memory):
    run("ip", "tuntap", "add", "tap0", "mode", "tap")
    bring_up("tap0")
    command = kernel.uml_command(directory, environment, memory)
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "TMPDIR": "/dev/shm"}
    )


def start_on_host(environment):
    """The inside on the host's own kernel: a veth replaces the tap device."""
    # Reports that its namespaces exist, and waits until its adapter does.
    script = 'mount -t proc proc /proc && mount -t tmpfs tmpfs /run && echo && read -r _ && exec "$0"'
    process = subprocess.Popen(
        ["unshare", "--net", "--mount", "--uts", "sh", "-c", script, str(place.INSIDE / "start")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
    )
    process.stdout.readline()
    # /proc is still that of the outer half, and ip looks up the process there.
    pid = Path(f"/proc/self/task/{os.readlink('/proc/self')}/children").read_text().split()[-1]
    run("ip", "link", "add", "tap0", "type", "veth", "peer", "name", "vec0", "netns", pid)
    bring_up("tap0")
    process.stdin.write(b"\n")
    process.stdin.close()
    return process


def connect_hub(directory):
    """One ssh connection for all commands: each takes about 20 ms instead of 300."""
    run(
        "ssh", "-fN", "-M", "-S", str(directory / "hub.sock"),
        "-o", "ConnectTimeout=60", "-o", "ServerAliveInterval=0", "hub",
    )


def follow_console(process, log, on_ready):
    for line in process.stdout:
        line = line.replace(b"\r", b"")
        log.write(line)
        log.flush()
        if line.strip() == READY.encode():
            on_ready()


def inner(directory, report):
    lab = json.loads((directory / "lab.json").read_text())
    lab["inner"] = int(os.readlink("/proc/self"))
    make_console_side(directory)
    if lab["kernel"] == "uml":
        process = start_uml(directory, lab["environment"], lab["memory"])
    else:
        process = start_on_host(lab["environment"])

    def ready():
        connect_hub(directory)
        (directory / "lab.json").write_text(json.dumps(lab, indent=2))
        os.write(report, b"ready\n")
        os.close(report)

    with open(directory / "console.log", "wb") as log:
        follow_console(process, log, ready)
    return 1


# The outer half


def enter_namespaces(argv):
    """Starts the inner half. --pdeathsig: it ends even if this half is killed."""
    return [
        "setpriv", "--pdeathsig", "KILL",
        "unshare", *kernel.unshare_user(), "--net", "--mount", "--pid", "--fork", "--kill-child", *argv,
    ]


def wait_for_end(child, owner):
    """Returns when the inner half has ended, the owner has died, or a stop was requested."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    poll = select.poll()
    for descriptor in (woken, os.pidfd_open(child.pid), owner):
        if descriptor is not None:
            poll.register(descriptor, select.POLLIN)
    poll.poll()


def open_owner(pid):
    if pid == 0:
        return None
    return os.pidfd_open(pid)


def remove(directory):
    """Moved away first, so that a new lab can use the name at once."""
    dying = directory.with_name(f".{directory.name}.{os.getpid()}")
    directory.rename(dying)
    shutil.rmtree(dying, ignore_errors=True)


def outer(directory, report):
    lab = json.loads((directory / "lab.json").read_text())
    lab["outer"] = os.getpid()
    (directory / "lab.json").write_text(json.dumps(lab))
    owner = open_owner(lab["owner"])
    argv = [sys.executable, __file__, "inner", str(directory), str(report)]
    child = subprocess.Popen(enter_namespaces(argv), pass_fds=[report])
    os.close(report)
    wait_for_end(child, owner)
    failed = child.poll() is not None and "inner" not in json.loads((directory / "lab.json").read_text())
    child.kill()
    child.wait()
    # The output of a failed start is kept until the next lab of that name.
    if not failed:
        remove(directory)
    return 0


def main():
    half, directory, report = sys.argv[1:4]
    halves = {"outer": outer, "inner": inner}
    return halves[half](Path(directory), int(report))


if __name__ == "__main__":
    sys.exit(main())
