# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab of servers in a real kernel, as test programs and ./dev lab use it.

    with Lab.start(servers=2) as lab:
        lab.exec("server1", ["ip", "link", "add", "bond0", "type", "bond"])
        lab.pull("server1", "nic1")
        print(lab.run(["nicteam", "-s", "server1", "team", "list"]).stdout)

A test that can share a lab takes Lab.current(): the one that ./dev test has started.
"""

import contextlib
import json
import os
import re
import select
import shlex
import signal
import subprocess
import time
from pathlib import Path

import files
import place
import starting
from errors import LabError


class Lab:
    """A running lab. Raises LabError with a readable message on failure."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self._about = json.loads((self.directory / "lab.json").read_text())
        self._owned = False

    # Lifetime

    @classmethod
    def start(cls, servers=3, nics=4, name=None, build=None, owner=None, agent_build=None, valgrind=False):
        """Starts a lab and waits until it is ready. owner: the process with which it ends, by default this one; 0:
        it runs until it is stopped. Without a name it gets a private one. agent_build: the servers' build, if not
        the console's. valgrind: the agents run in it."""
        name = name or f"private-{os.getpid()}-{os.urandom(3).hex()}"
        owner = os.getpid() if owner is None else owner
        starting.check_size(name, servers, nics)
        directory = place.directory(name)
        with starting.claim(directory) as lock:
            starting.describe(directory, name, servers, nics, owner, build or place.default_build(), agent_build, valgrind)
            starting.start_keeper(directory, lock.fileno())
        lab = cls(directory)
        lab._owned = True
        return lab

    @classmethod
    def find(cls, name=None):
        """The running lab of that name; by default the one that NICTEAM_LAB or the work tree names."""
        name = name or os.environ.get("NICTEAM_LAB") or place.default_name()
        directory = place.directory(name)
        if not starting.is_running(directory):
            raise LabError(f"No lab called “{name}” is running. Start it with: ./dev lab up")
        return cls(directory)

    @classmethod
    def current(cls, **options):
        """The lab that ./dev test has started (NICTEAM_LAB), or else a private one for this process."""
        if os.environ.get("NICTEAM_LAB"):
            return cls.find()
        return cls.start(**options)

    @classmethod
    def names(cls):
        """The names of all running labs of this user."""
        if not place.base().exists():
            return []
        return sorted(path.name for path in place.base().iterdir() if starting.is_running(path))

    def stop(self):
        """Ends the lab and waits until it is removed completely."""
        keeper = os.pidfd_open(self._about["outer"])
        signal.pidfd_send_signal(keeper, signal.SIGTERM)
        select.select([keeper], [], [], 20)
        os.close(keeper)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._owned:
            self.stop()

    # Properties

    @property
    def name(self):
        return self._about["name"]

    @property
    def keeper_pid(self):
        return self._about["outer"]

    @property
    def servers(self):
        return files.server_names(self._about["servers"])

    @property
    def nics(self):
        return [f"nic{number}" for number in range(1, self._about["nics"] + 1)]

    @property
    def console_log(self):
        """The path of the output of the kernel, the ssh servers and the agents."""
        return self.directory / "console.log"

    def status(self):
        """The running servers and switches and the cabling, as plain data."""
        status = {key: self._about[key] for key in ("name", "owner", "build", "nics")}
        status.update(on=self._about["kernel"], directory=str(self.directory), servers={}, pulled=[], silent=[], stopped=[], lags={})
        for line in self._hub(["status"]).stdout.splitlines():
            word, *rest = line.split()
            _STATUS[word](status, *rest)
        return status

    # Commands

    def exec_argv(self, server, argv, tty=False, cwd=None):
        """The command line that runs argv in a server (or “hub”, “switches”) from anywhere."""
        self._check_server(server, also=("hub", "switches"))
        command = [str(place.INSIDE / "enter"), server, str(cwd or os.getcwd()), *map(str, argv)]
        return [*self._ssh_hub(), *(["-tt"] if tty else []), "hub", shlex.join(command)]

    def run_argv(self, argv, cwd=None):
        """The command line that runs argv on the console's side."""
        pid = self._about["inner"]
        user = [] if _same_user_namespace(pid) else ["--user", "--preserve-credentials"]
        namespaces = ["nsenter", "--target", str(pid), *user, "--net", "--mount"]
        home = self.directory / "home"
        variables = {
            "PATH": self._about["path"],
            "NICTEAM_LAB": self.name,
            "XDG_CONFIG_HOME": home / ".config",
            "XDG_CACHE_HOME": home / ".cache",
            "XDG_DATA_HOME": home / ".local/share",
            "XDG_STATE_HOME": home / ".local/state",
            # Settings are stored in a file below XDG_CONFIG_HOME, not in the user's own.
            # On a busy machine a slow server must not count as unreachable.
            "NICTEAM_CONNECT_TIMEOUT": "60",
            "GSETTINGS_BACKEND": "keyfile",
            "GSETTINGS_SCHEMA_DIR": Path(self._about["build"]) / "data",
        }
        if not os.environ.get("XDG_RUNTIME_DIR"):
            variables["XDG_RUNTIME_DIR"] = home / "run"
        settings = [f"{key}={value}" for key, value in variables.items()]
        return [*namespaces, "env", f"--chdir={cwd or os.getcwd()}", *settings, *map(str, argv)]

    def exec(self, server, argv, **options):
        """Runs a command in a server; see _run for options. Returns a CompletedProcess with text."""
        return _run(self.exec_argv(server, argv), **options)

    def run(self, argv, **options):
        """Runs a command on the console's side, where “ssh server1” works; see _run."""
        return _run(self.run_argv(argv), **options)

    def popen(self, server, argv, **options):
        """A running command in a server, or on the console's side if server is None."""
        argv = self.run_argv(argv) if server is None else self.exec_argv(server, argv)
        return subprocess.Popen(argv, text=True, **options)

    # Cables and switches

    def cable(self, server, nic, action):
        """Pulls or plugs the cable of an adapter: both ends lose or get their carrier."""
        self._check_nic(server, nic, also=("mgmt",))
        self._hub(["cable", server, nic, _one_of(action, "pull", "plug")])

    def pull(self, server, nic):
        self.cable(server, nic, "pull")

    def plug(self, server, nic):
        self.cable(server, nic, "plug")

    def silence(self, server, nic, silent=True):
        """Silences the switch's port of an adapter, which keeps its link and neither receives nor sends, or ends
        that."""
        self._check_nic(server, nic)
        self._hub(["silence", server, nic, "on" if silent else "off"])

    def plug_late(self, server, nic, seconds):
        """Plugs a cable into a switch that forwards late, as with a spanning tree: the link is up at once, and no
        frames pass for that time. Returns when frames pass."""
        self.silence(server, nic)
        self.plug(server, nic)
        time.sleep(seconds)
        self.silence(server, nic, silent=False)

    def switch(self, switch, action):
        """Stops or starts switch A (odd adapters) or B (even ones), with all of its ports."""
        self._hub(["switch", _one_of(switch, "A", "B"), _one_of(action, "stop", "start")])

    def lag(self, server, nics, kind="lacp", key=None):
        """Joins the switches' ports of these adapters into one group (“lacp” or “static”); “undo” dissolves it.
        Groups with a key belong to one LACP system, which distinguishes them by the key."""
        if not nics:
            raise LabError(f"Which adapters of {server}? Name at least one of {', '.join(self.nics)}.")
        for nic in nics:
            self._check_nic(server, nic)
        self._hub(["lag", server, _one_of(kind, "lacp", "static", "undo") if key is None else key, *nics])

    def restart(self, server):
        """Cuts a server's power and starts it again; its /etc and /var (including the agent's store) are kept."""
        self._check_server(server)
        self._hub(["server-restart", server])

    def kill_agent(self, server, number="KILL"):
        """Sends a signal to the agent of a server, which is restarted 100 ms after it ends. Only the oldest process
        of that name is meant: the others are bridges to it, and the nsenter above a stopped one would stop itself
        forever."""
        self.exec(server, ["pkill", f"-{number}", "-o", "-f", "(^|[/ ])nicteam-agent( |$)"])

    @contextlib.contextmanager
    def without_agent(self, server):
        """Ends a server's agent and keeps it from starting for the duration of the block."""
        self.exec(server, ["touch", "/run/agent-held"])
        self.kill_agent(server)
        try:
            yield
        finally:
            self.exec(server, ["rm", "/run/agent-held"])

    def valgrind_logs(self):
        """The reports of valgrind on the agents: one file per process."""
        return sorted(self.directory.glob("valgrind-*.log"))

    def reset(self):
        """Plugs, starts, unsilences and ungroups everything, as in a new lab; the servers are not changed."""
        status = self.status()
        for port in status["pulled"]:
            self.plug(*port)
        for port in status["silent"]:
            self.silence(*port, silent=False)
        for switch in status["stopped"]:
            self.switch(switch, "start")
        for ports in status["lags"].values():
            self.lag(ports[0][0], [nic for _, nic in ports], "undo")

    # Helpers

    def _ssh_hub(self):
        config = self.directory / "ssh_config.d" / "nicteam-lab.conf"
        return ["ssh", "-F", str(config), "-S", str(self.directory / "hub.sock")]

    def _hub(self, argv):
        script, *rest = argv
        command = shlex.join([str(place.INSIDE / script), *map(str, rest)])
        result = _run([*self._ssh_hub(), "hub", command], check=False)
        if result.returncode != 0:
            raise LabError(f"The lab could not do “{' '.join(argv)}”: {result.stderr.strip() or 'no reason given'}")
        return result

    def _check_server(self, server, also=()):
        if server not in self.servers and server not in also:
            raise LabError(f"There is no server “{server}” in this lab. It has {_list(self.servers)}.")

    def _check_nic(self, server, nic, also=()):
        self._check_server(server)
        if nic not in self.nics and nic not in also:
            raise LabError(f"There is no adapter “{nic}” in {server}. It has {_list([*self.nics, *also])}.")


def _same_user_namespace(pid):
    try:
        return os.readlink("/proc/self/ns/user") == os.readlink(f"/proc/{pid}/ns/user")
    except OSError:
        return False


def _list(names):
    return ", ".join(names)


def _one_of(word, *words):
    if word not in words:
        raise LabError(f"“{word}” is not one of {_list(words)}.")
    return word


def _run(argv, check=True, input=None, timeout=60, cwd=None, env=None):
    """check: a failure raises LabError with the output of the command. env: more variables (run only)."""
    stdin = {"stdin": subprocess.DEVNULL} if input is None else {"input": input}
    environment = {**os.environ, **(env or {})}
    try:
        result = subprocess.run(
            argv, **stdin, capture_output=True, text=True, timeout=timeout, cwd=cwd, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise LabError(f"No end after {timeout} s: {shlex.join(argv)}\n{error.stdout}\n{error.stderr}") from error
    if check and result.returncode != 0:
        raise LabError(f"Status {result.returncode}: {shlex.join(argv)}\n{result.stdout}{result.stderr}")
    return result


# Reading inside/status


def _adapter_of(port):
    server, nic = re.fullmatch(r"s(\d+)(mgmt|n\d+)", port).groups()
    return (f"server{server}", nic if nic == "mgmt" else f"nic{nic[1:]}")


def _add_server(status, server, address, agent):
    status["servers"][server] = {"address": address, "agent": None if agent == "-" else int(agent)}


_STATUS = {
    "kernel": lambda status, release: status.update(kernel=release),
    "server": _add_server,
    "pulled": lambda status, port: status["pulled"].append(_adapter_of(port)),
    "silent": lambda status, port: status["silent"].append(_adapter_of(port)),
    "stopped": lambda status, switch: status["stopped"].append(switch),
    "lag": lambda status, lag, *ports: status["lags"].update({lag: [_adapter_of(port) for port in ports]}),
}
