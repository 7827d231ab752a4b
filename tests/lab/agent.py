# SPDX-License-Identifier: GPL-3.0-or-later
"""A small Varlink client for the agent of a server in the lab, over “nicteam-agent bridge”."""

import json
import os
import select
import subprocess
import time

INTERFACE = "io.github.nicteam.Agent"
# An agent in valgrind, on a busy machine, starts slowly.
TIMEOUT = 60


class AgentError(Exception):
    """An error reply of the agent: name (without the interface) and parameters."""

    def __init__(self, name, parameters):
        super().__init__(f"{name} {json.dumps(parameters)}")
        self.name = name.removeprefix(INTERFACE + ".")
        self.parameters = parameters

    @property
    def fields(self):
        return [problem["field"] for problem in self.parameters.get("problems", [])]


def at_once(method, parameters):
    """The parameters with the default of tests: changes need no confirmation."""
    return {"confirm_s": 0, **parameters} if method == "Apply" else parameters


def switch_to(user):
    """The start of a command line by which root runs a command as another user of the server."""
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]


def bridge_as(lab, server, user):
    """The command line by which a user of a server connects to its agent locally."""
    return lab.exec_argv(server, [*switch_to(user), "/run/programs/nicteam-agent", "bridge"])


def ssh_as(lab, server, user):
    """The command line by which a user connects to it over ssh from the console's side, as the console does."""
    return lab.run_argv(["ssh", "-T", "-e", "none", f"{user}@{server}", "nicteam-agent", "bridge"])


class Agent:
    """One connection. Calls are answered in order; a stream occupies the connection."""

    def __init__(self, lab, server, argv=None):
        """argv: the command line of the bridge; by default as root."""
        argv = argv or lab.exec_argv(server, ["nicteam-agent", "bridge"])
        # Standard error is not inherited: the lab's single ssh connection to the hub would keep it open as long as the
        # command runs, and the test run would wait for that.
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def write(self, data):
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def send(self, method, parameters=None, **flags):
        name = method if "." in method else f"{INTERFACE}.{method}"
        call = {"method": name, "parameters": at_once(method, parameters or {}), **flags}
        self.write(json.dumps(call).encode() + b"\0")

    def receive(self, timeout=TIMEOUT):
        """The next reply; EOFError if the agent has closed the connection."""
        end = time.monotonic() + timeout
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"no reply after {timeout} s")
            data = os.read(self._process.stdout.fileno(), 65536)
            if not data:
                raise EOFError
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        reply = json.loads(message)
        if "error" in reply:
            raise AgentError(reply["error"], reply.get("parameters", {}))
        return reply

    def call(self, method, parameters=None):
        self.send(method, parameters)
        return self.receive()["parameters"]

    def state(self):
        return self.call("GetState")["state"]

    def team(self, name):
        return next((team for team in self.state()["teams"] if team["name"] == name), None)

    def apply(self, **request):
        """Calls Apply; teams to create or change are given as set=[…], teams to delete as remove=[…]."""
        return self.call("Apply", request)

    def remove_all(self):
        """Deletes every team, for tests that start without teams."""
        teams = [team["id"] for team in self.state()["teams"] if team["managed"]]
        if teams:
            self.apply(remove=teams)


def connect(lab, server, timeout=TIMEOUT):
    """A connection to an agent that may still be starting; polls, as no event announces when it listens."""
    end = time.monotonic() + timeout
    while True:
        agent = Agent(lab, server)
        try:
            agent.call("org.varlink.service.GetInfo")
            return agent
        except (EOFError, BrokenPipeError):
            agent.close()
            if time.monotonic() > end:
                raise


class Follower:
    """Follows the state of a server by its events."""

    def __init__(self, lab, server):
        self._agent = Agent(lab, server)
        self._agent.send("Subscribe", more=True)
        self.state = self._agent.receive()["parameters"]["state"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._agent.close()

    def _take(self, changes):
        for name in ("generation", "status", "pending", "host"):
            if name in changes:
                self.state[name] = changes[name]
        for name, key, removed in (("adapters", "name", "removed_adapters"), ("teams", "id", "removed_teams")):
            changed = {record[key]: record for record in changes.get(name, [])}
            kept = [record for record in self.state[name]
                    if record[key] not in changed and record[key] not in changes.get(removed, [])]
            self.state[name] = kept + list(changed.values())

    def wait(self, condition, timeout=TIMEOUT):
        """Waits for events until condition (state) is true; returns its result."""
        end = time.monotonic() + timeout
        while True:
            result = condition(self.state)
            if result:
                return result
            self._take(self._agent.receive(max(0.01, end - time.monotonic()))["parameters"])

    def wait_for_status(self, team, status, timeout=TIMEOUT):
        return self.wait(lambda state: next(
            (found for found in state["teams"] if found["name"] == team and found["status"] == status), None), timeout)
