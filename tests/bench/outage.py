# SPDX-License-Identifier: GPL-3.0-or-later
"""The interruption caused by each change of a team: one packet per millisecond in both directions, over IPv4, IPv6,
a static route and a VLAN; the longest time without a packet is printed beside the estimate of the plan."""

import json
from contextlib import ExitStack, contextmanager

from agent import Agent, Follower
from streams import Streams

SERVER, OTHER = "server1", "server2"
TEAM = "Bench"
TURNS = 3

# The addresses of server1 and server2. All servers of a lab share a processor, so there are as few streams as possible.
IPV4 = ("192.0.2.1", "192.0.2.2")
IPV6 = ("2001:db8::1", "2001:db8::2")
ROUTED = ("192.0.2.1", "203.0.113.2")
# Only in one direction, because the id changes at one end.
VLAN = ("198.51.100.1", "198.51.100.2")
# One at a time, because of the shared processor.
PATHS = (ROUTED, IPV6, VLAN)
COLUMNS = ("IPv4, routed", "IPv6", "VLAN")

# This adapter has addresses before the team is created.
MOVER = "nic1"
TWO = ["nic1", "nic2"]
THREE = ["nic1", "nic2", "nic3"]
INTERFACES = [{}, {"vlan": 42}]

MODES = {
    "independent": {"mode": "switch_independent"},
    "dynamic": {"mode": "switch_independent", "balance": "dynamic"},
    "standby": {"mode": "switch_independent", "standby": "nic2"},
    "static": {"mode": "static"},
    "LACP": {"mode": "lacp", "lacp_timer": "fast"},
}


def spec(mode="independent", members=TWO, interfaces=INTERFACES, **fields):
    return {"name": TEAM, "members": members, "interfaces": interfaces, **MODES[mode], **fields}


# Title, before, after, and the group of the switch, if any.
CHANGES = (
    *((f"{before} to {after}", spec(before), spec(after)) for before in MODES for after in MODES if before != after),
    ("algorithm, independent", spec(), spec(balance="ip_addresses")),
    ("algorithm, static", spec("static"), spec("static", balance="mac_addresses")),
    ("algorithm, LACP", spec("LACP"), spec("LACP", balance="ip_addresses")),
    ("LACP timer", spec("LACP"), spec("LACP", lacp_timer="slow")),
    ("algorithm, LACP with a partner", spec("LACP"), spec("LACP", balance="ip_addresses"), "lacp"),
    ("LACP timer, with a partner", spec("LACP"), spec("LACP", lacp_timer="slow"), "lacp"),
    ("a member joins, LACP with a partner", spec("LACP"), spec("LACP", THREE), "lacp"),
    ("a member leaves, LACP with a partner", spec("LACP", THREE), spec("LACP"), "lacp"),
    ("a member joins", spec(), spec(members=THREE)),
    ("a member leaves", spec(members=THREE), spec(members=TWO)),
    ("the first member leaves", spec(members=THREE), spec(members=["nic2", "nic3"])),
    ("the first member leaves, static", spec("static", THREE), spec("static", ["nic2", "nic3"])),
    ("the active member leaves, standby", spec("standby"), spec(members=["nic2"])),
    ("a member is disabled", spec(), spec(disabled=["nic1"])),
    ("one of three becomes the spare", spec(members=THREE), spec(members=THREE, standby="nic3")),
    ("the spare of three becomes active", spec(members=THREE, standby="nic3"), spec(members=THREE)),
    ("MTU", spec(), spec(mtu=1400)),
    ("name", spec(), spec(name="Bench two")),
    ("up delay", spec(), spec(up_delay_ms=2000)),
    ("a VLAN joins", spec(), spec(interfaces=[*INTERFACES, {"vlan": 7}])),
    ("VLAN id", spec(), spec(interfaces=[{}, {"vlan": 43}])),
)

PULLS = (
    ("independent", spec(), None),
    ("dynamic", spec("dynamic"), None),
    ("standby", spec("standby"), None),
    ("one of three, with a spare", spec(members=THREE, standby="nic3"), None),
    ("static, with a group", spec("static"), "static"),
    ("LACP, with a group", spec("LACP"), "lacp"),
)


class Wire:
    """server2 with an adapter and VLANs of its own, and streams from and to it."""

    def __init__(self, lab, agent):
        self.lab = lab
        self.agent = agent
        self.streams = []

    def prepare_other(self):
        lines = [f"ip address add {IPV4[1]}/24 dev nic1", f"ip address add {IPV6[1]}/64 dev nic1 nodad",
                 f"ip address add {ROUTED[1]}/32 dev lo"]
        for vlan in (42, 43):
            lines += [f"ip link add link nic1 name nic1.{vlan} type vlan id {vlan}", f"ip link set nic1.{vlan} up",
                      f"ip address add {VLAN[1]}/24 dev nic1.{vlan}"]
        self.lab.exec(OTHER, ["sh", "-ec", "\n".join(lines)])

    def give_addresses(self, link, vlan=None):
        lines = [f"ip address add {IPV4[0]}/24 dev {link}", f"ip address add {IPV6[0]}/64 dev {link} nodad",
                 *([f"ip address add {VLAN[0]}/24 dev {vlan}"] if vlan else []),
                 f"ip route add {ROUTED[1]}/32 via {IPV4[1]} proto static"]
        self.lab.exec(SERVER, ["sh", "-ec", "\n".join(lines)])

    @contextmanager
    def flow(self, path):
        """A stream without losses in each direction."""
        with ExitStack() as stack:
            self.streams = [stack.enter_context(Streams(self.lab, SERVER, OTHER, [(path[1], 5001)])),
                            stack.enter_context(Streams(self.lab, OTHER, SERVER, [(path[0], 5002)]))]
            self.settle()
            yield

    @contextmanager
    def team(self, definition, path):
        """The team, with addresses, and a stream without losses in each direction."""
        self.agent.apply(set=[definition])
        self.give_addresses(TEAM, f"{TEAM}.42")
        with self.flow(path):
            yield
        # Otherwise the adapters would have them afterwards.
        self.lab.exec(SERVER, ["ip", "address", "flush", "dev", TEAM, "scope", "global"])
        self.agent.remove_all()

    def settle(self):
        """Returns the longest gaps, out and in, since the last call, once no more packets are lost."""
        return [streams.wait_until_whole(timeout=60)[0].gap for streams in self.streams]


def wait_for_members(lab):
    """Waits for the end of the LACP negotiation, if there is a partner."""
    with Follower(lab, SERVER) as follower:
        follower.wait_for_status(TEAM, "ok", timeout=60)


def estimate(reply):
    """The interruption according to the plan: the sum over its operations."""
    return sum(operation.get("outage_ms", 0) for operation in reply.get("operations", []))


def print_head(write_line, title):
    write_line(f"\n{title}: the longest time without a packet in milliseconds, out and in, median of {TURNS}")
    write_line(f"  {'':<42}{'plan':>6}" + "".join(f"{column:>16}" for column in COLUMNS))


def print_row(write_line, title, estimate_ms, paths):
    """paths: for each, the pairs (out, in) of all turns."""
    plan_column = f"{estimate_ms:6.0f}" if estimate_ms is not None else " " * 6
    columns = ("".join(f"{sorted(column)[len(column) // 2]:8.1f}" for column in zip(*pairs)) for pairs in paths)
    write_line(f"  {title:<42}{plan_column}" + "".join(columns))


def measure_change(wire, before, after, path):
    """Returns the estimate of the plan, and the gaps out and in."""
    with wire.team(before, path):
        if before["mode"] == "lacp" and wire.lab.status()["lags"]:
            wait_for_members(wire.lab)
        present = wire.agent.team(before["name"])
        request = {"set": [{**after, "id": present["id"]}]}
        plan = wire.agent.apply(**request, dry_run=True)
        wire.settle()
        wire.agent.apply(**request)
        return estimate(plan), wire.settle()


def bench_changes(write_line, wire, words):
    print_head(write_line, "Changes")
    for title, before, after, *group in CHANGES:
        if words and not any(word in title for word in words):
            continue
        if group:
            wire.lab.lag(SERVER, THREE, *group)
        results = [[measure_change(wire, before, after, path) for _ in range(TURNS)] for path in PATHS]
        print_row(write_line, title, results[0][0][0], [[gaps for _, gaps in turns] for turns in results])
        wire.lab.reset()


def measure_pull(wire, nic):
    wire.settle()
    wire.lab.pull(SERVER, nic)
    pulled = wire.settle()
    wire.lab.plug(SERVER, nic)
    return pulled, wire.settle()


def bench_pulls(write_line, wire, words):
    print_head(write_line, "Cables")
    for title, definition, group in PULLS:
        if words and not any(word in title for word in words):
            continue
        if group:
            wire.lab.lag(SERVER, definition["members"], group)
        results = {nic: [] for nic in TWO}
        for path in PATHS:
            with wire.team(definition, path):
                wait_for_members(wire.lab)
                for nic in TWO:
                    results[nic].append([measure_pull(wire, nic) for _ in range(TURNS)])
        for nic in TWO:
            for index, what in enumerate(("pulled", "plugged")):
                print_row(write_line, f"{title}: {nic} {what}", None, [[pair[index] for pair in turns] for turns in results[nic]])
        wire.lab.reset()


LATENESS_S = 2


def measure_late(wire, delay):
    """Returns losses and gaps, out and in, after a cable is plugged into a switch that forwards late."""
    with wire.team(spec("standby", up_delay_ms=delay), IPV4):
        wait_for_members(wire.lab)
        wire.lab.pull(SERVER, "nic1")
        wire.settle()
        wire.lab.plug_late(SERVER, "nic1", LATENESS_S)
        wait_for_members(wire.lab)
        return [streams.wait_until_whole(timeout=60)[0] for streams in wire.streams]


def bench_late(write_line, wire, words):
    title = f"plugged, {LATENESS_S} s late"
    if words and not any(word in title for word in words):
        return
    write_line(f"\nA switch that forwards {LATENESS_S} s late: packets lost, of one per millisecond, and the longest time without one")
    for delay in (0, 3000):
        out, back = measure_late(wire, delay)
        write_line(f"  {f'{title}, up delay {delay} ms':<42}  out {out.lost:6} lost, {out.gap:7.1f} ms   in {back.lost:6} lost, {back.gap:7.1f} ms")


def measure_move(wire, members, path):
    """Returns the estimate of the plan, and the gaps when an adapter's addresses move to a new team, and back."""
    wire.give_addresses(MOVER)
    with wire.flow(path):
        plan = wire.agent.apply(set=[spec(members=members)], dry_run=True)
        wire.agent.apply(set=[spec(members=members)])
        moved = wire.settle()
        wire.agent.remove_all()
        back = wire.settle()
    wire.lab.exec(SERVER, ["ip", "address", "flush", "dev", MOVER, "scope", "global"])
    return estimate(plan), moved, back


def bench_moves(write_line, wire, words):
    print_head(write_line, "Addresses of an adapter")
    for title, members in (("into a team of one", [MOVER]), ("into a team of two", [MOVER, "nic2"])):
        if words and not any(word in title for word in words):
            continue
        results = [[measure_move(wire, members, path) for _ in range(TURNS)] for path in PATHS[:2]]
        print_row(write_line, title, results[0][0][0], [[moved for _, moved, _ in turns] for turns in results])
        print_row(write_line, f"{title}, and back", None, [[back for _, _, back in turns] for turns in results])


def run(write_line, lab, words=()):
    with Agent(lab, SERVER) as agent:
        wire = Wire(lab, agent)
        wire.prepare_other()
        bench_changes(write_line, wire, words)
        bench_pulls(write_line, wire, words)
        bench_late(write_line, wire, words)
        bench_moves(write_line, wire, words)
