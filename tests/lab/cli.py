#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev lab: servers, switches and cables in a real kernel."""

import argparse
import json
import os
import sys

import place
import traffic
from errors import LabError
from lab import Lab

EXAMPLES = """\
examples:
  ./dev lab up                            three servers with four adapters each
  ./dev lab exec server1 ip -d link       a command on a server, with its adapters
  ./dev lab run nicteam -s server1 team list
                                          a command on the console's side
  ./dev lab cable server1 nic1 pull       nic1 of server1 loses its link
  ./dev lab silence server1 nic1          nic1 keeps its link, and nothing passes
  ./dev lab switch A stop                 all odd adapters of all servers do
  ./dev lab lag server1 nic1 nic2         the switches' side of a team with LACP
  ./dev lab traffic server2 server1 --seconds 10
  ./dev lab down

server1, server2 …: the servers. nic1, nic3 … are cabled to switch A, nic2, nic4 … to
switch B; A and B are joined. mgmt is the adapter by which the console reaches a server.
"""


def up(args):
    lab = Lab.start(args.servers, args.nics, args.name or place.default_name(), args.build, args.owner)
    print_status(lab)
    if args.owner:
        print(f"It ends with process {args.owner}, or by: ./dev lab down")
    else:
        print("It runs until: ./dev lab down")


def down(args):
    Lab.find(args.name).stop()


def status(args):
    lab = Lab.find(args.name)
    if args.json:
        print(json.dumps(lab.status(), indent=2))
    else:
        print_status(lab)


def print_status(lab):
    facts = lab.status()
    kernel = "user-mode-linux" if facts["on"] == "uml" else "this machine's kernel"
    print(f"Lab “{facts['name']}” on Linux {facts['kernel']} ({kernel}), in {facts['directory']}")
    for server, about in facts["servers"].items():
        agent = "runs" if about["agent"] else "does not run"
        print(f"  {server:<9} {about['address']:<22} {len(lab.nics)} adapters, agent {agent}")
    for server, nic in facts["pulled"]:
        print(f"  cable of {server} {nic}: pulled")
    for server, nic in facts["silent"]:
        print(f"  cable of {server} {nic}: nothing passes")
    for switch in facts["stopped"]:
        print(f"  switch {switch}: stopped")
    for name, ports in facts["lags"].items():
        print(f"  group {name}: {', '.join(' '.join(port) for port in ports)}")


def execute(args):
    lab = Lab.find(args.name)
    tty = sys.stdin.isatty() and sys.stdout.isatty()
    replace(lab.exec_argv(args.server, args.command or ["bash"], tty))


def run(args):
    argv = Lab.find(args.name).run_argv(args.command or ["bash"])
    if os.environ.get("NICTEAM_PRINT_RUN"):
        # Started by ./dev: without root rights the lab cannot be entered from the current system.
        sys.stdout.write("".join(f"{word}\0" for word in argv))
    else:
        replace(argv)


def replace(argv):
    sys.stdout.flush()
    os.execvp(argv[0], argv)


def cable(args):
    Lab.find(args.name).cable(args.server, args.nic, args.action)


def silence(args):
    Lab.find(args.name).silence(args.server, args.nic, not args.undo)


def switch(args):
    Lab.find(args.name).switch(args.switch.upper(), args.action)


def lag(args):
    kind = "undo" if args.undo else "static" if args.static else "lacp"
    Lab.find(args.name).lag(args.server, args.nics, kind, args.key)


def restart(args):
    Lab.find(args.name).restart(args.server)


def log(args):
    replace(["tail", "-n", "+1", *(["-f"] if args.follow else []), str(Lab.find(args.name).console_log)])


def send(args):
    lab = Lab.find(args.name)
    result = traffic.send(lab, args.source, args.target, args.seconds, args.rate, args.streams, args.device)
    print(f"{args.source} ({result.source}) sent {result.megabits:.0f} Mbit/s to {args.target} ({result.target}), "
          f"{result.retransmits} retransmitted")


def owner(text):
    return 0 if text == "none" else int(text)


def parser():
    top = argparse.ArgumentParser(
        prog="./dev lab", description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--name", help="name of the lab, by default that of NICTEAM_LAB or of this work tree")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def verb(name, function, text, **options):
        one = verbs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", **options)
        one.add_argument("--name", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        one.set_defaults(function=function)
        return one

    one = verb("up", up, "start a lab")
    one.add_argument("--servers", type=int, default=3, metavar="N", help="number of servers (3)")
    one.add_argument("--nics", type=int, default=4, metavar="N", help="number of adapters per server (4)")
    one.add_argument("--build", metavar="DIR", help="the build directory with the programs (build/dev)")
    one.add_argument("--owner", type=owner, default=owner(os.environ.get("NICTEAM_LAB_OWNER") or str(os.getppid())), metavar="PID",
                     help="the process with which the lab ends: by default the calling shell; “none”: it stays")

    verb("down", down, "end a lab and all that runs in it")
    one = verb("status", status, "show what runs and how it is cabled")
    one.add_argument("--json", action="store_true", help="as JSON")

    one = verb("exec", execute, "run a command on a server (or hub, or switches)")
    one.add_argument("server")
    one.add_argument("command", nargs=argparse.REMAINDER, help="by default a shell")
    one = verb("run", run, "run a command on the console's side")
    one.add_argument("command", nargs=argparse.REMAINDER, help="by default a shell")

    one = verb("cable", cable, "pull or plug the cable of an adapter")
    one.add_argument("server")
    one.add_argument("nic")
    one.add_argument("action", choices=("pull", "plug"))
    one = verb("silence", silence, "let nothing pass the switch's port of an adapter, which keeps its link")
    one.add_argument("server")
    one.add_argument("nic")
    one.add_argument("--undo", action="store_true", help="forward all frames again")
    one = verb("switch", switch, "stop or start a switch")
    one.add_argument("switch", choices=("A", "B", "a", "b"))
    one.add_argument("action", choices=("stop", "start"))
    one = verb("lag", lag, "join the switches' ports of some adapters by LACP", aliases=["lacp"])
    one.add_argument("server")
    one.add_argument("nics", nargs="+", metavar="nic")
    kind = one.add_mutually_exclusive_group()
    kind.add_argument("--static", action="store_true", help="a group without LACP")
    kind.add_argument("--key", type=int, choices=range(1, 1024), metavar="N",
                      help="one of several groups of the same LACP system, distinguished by this number (1 to 1023)")
    kind.add_argument("--undo", action="store_true", help="dissolve the groups of these adapters")

    one = verb("traffic", send, "send data from one server to another")
    one.add_argument("source", metavar="FROM")
    one.add_argument("target", metavar="TO")
    one.add_argument("--seconds", type=int, default=10, metavar="S", help="duration in seconds (10)")
    one.add_argument("--rate", type=int, default=100, metavar="M", help="Mbit/s in total (100)")
    one.add_argument("--streams", type=int, default=4, metavar="N", help="number of connections (4)")
    one.add_argument("--device", nargs=2, metavar=("FROM", "TO"), help="by default a team, else an adapter with link")
    one = verb("restart", restart, "cut a server's power and start it again")
    one.add_argument("server")
    one = verb("log", log, "print the output of the kernel, the agents and the ssh servers")
    one.add_argument("-f", "--follow", action="store_true", help="and continue with new output")
    return top


def main():
    args = parser().parse_args()
    try:
        args.function(args)
    except LabError as error:
        print(f"./dev lab: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
