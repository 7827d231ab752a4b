# SPDX-License-Identifier: GPL-3.0-or-later
"""Traffic from one server to another, without settings: between link-local addresses."""

import json
import random
import time
from collections import namedtuple
from contextlib import contextmanager
from subprocess import PIPE

from errors import LabError

Result = namedtuple("Result", "source target megabits retransmits")


def _best_device(lab, server):
    """A team with link, else an adapter with link that is in no team."""
    links = json.loads(lab.exec(server, ["ip", "-j", "-d", "link", "show"]).stdout)
    usable = [link for link in links if "LOWER_UP" in link["flags"] and "master" not in link]
    bonds = [link["ifname"] for link in usable if link.get("linkinfo", {}).get("info_kind") == "bond"]
    nics = [link["ifname"] for link in usable if link["ifname"] in lab.nics]
    for name in [*bonds, *nics]:
        return name
    raise LabError(f"{server} has neither a team nor a free adapter with link.")


def _addresses(lab, server, device):
    links = json.loads(lab.exec(server, ["ip", "-j", "-6", "address", "show", "dev", device, "scope", "link"]).stdout)
    return [address for link in links for address in link.get("addr_info", [])]


def link_local(lab, server, device, timeout=5):
    """The address of a device, once the kernel has completed duplicate address detection."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        for address in _addresses(lab, server, device):
            if not address.get("tentative"):
                return address["local"]
        time.sleep(0.1)
    raise LabError(f"{device} of {server} has no usable IPv6 link-local address.")


@contextmanager
def _listening(lab, server, port):
    receiver = lab.popen(server, ["iperf3", "-s", "-1", "-p", str(port), "--forceflush"], stdin=PIPE, stdout=PIPE)
    try:
        for line in receiver.stdout:
            if "Server listening" in line:
                break
        yield
    finally:
        receiver.terminate()
        receiver.wait()


def send(lab, source, target, seconds=10, rate=100, streams=4, devices=None):
    """Sends for that many seconds at up to rate Mbit/s in total, over several connections, to use all members of a
    team. devices: (of source, of target). Returns a Result."""
    outgoing, incoming = devices or (_best_device(lab, source), _best_device(lab, target))
    link_local(lab, source, outgoing)
    address = link_local(lab, target, incoming)
    port = random.randrange(20000, 60000)
    command = ["iperf3", "--json", "-c", f"{address}%{outgoing}", "-p", port, "-t", seconds]
    command += ["-P", streams, "-b", f"{rate / streams}M"]
    with _listening(lab, target, port):
        result = lab.exec(source, command, timeout=seconds + 30, check=False)
    try:
        report = json.loads(result.stdout)
        total = report["end"]["sum_sent"]
    except (ValueError, KeyError):
        reason = json.loads(result.stdout).get("error") if result.stdout.startswith("{") else result.stderr.strip()
        raise LabError(f"No traffic from {source} ({outgoing}) to {target} ({incoming}): {reason}") from None
    return Result(outgoing, incoming, total["bits_per_second"] / 1e6, total.get("retransmits", 0))
