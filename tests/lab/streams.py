# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams of packets from one server to another, which report losses and the longest time without a packet."""

import time
from collections import namedtuple
from pathlib import Path
from subprocess import PIPE

from errors import LabError

# gap is in milliseconds.
Flow = namedtuple("Flow", "received lost gap")

MICROSECONDS = 1000


class Streams:
    """One stream to each (address, port) of the target; one packet per millisecond, all from one program."""

    def __init__(self, lab, source, target, destinations, interval=MICROSECONDS):
        program = str(Path(lab.status()["build"]) / "tests" / "lab" / "stream")
        ports = [str(port) for _, port in destinations]
        words = [str(word) for destination in destinations for word in destination]
        self._receiver = lab.popen(target, [program, "receive", *ports], stdin=PIPE, stdout=PIPE, bufsize=1)
        # Its first answer shows that it is listening.
        self.mark()
        self._sender = lab.popen(source, [program, "send", interval, *words], stdin=PIPE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (self._sender, self._receiver):
            process.stdin.close()
            process.wait()
        self._receiver.stdout.close()

    def mark(self):
        """The packets since the last mark, as a Flow for each destination."""
        self._receiver.stdin.write("mark\n")
        self._receiver.stdin.flush()
        line = self._receiver.stdout.readline().split()
        if not line:
            raise LabError("the receiver of a stream ended")
        numbers = list(map(int, line))
        return [Flow(received, lost, gap / 1000) for received, lost, gap in zip(*[iter(numbers)] * 3)]

    def wait_until_whole(self, packets=300, timeout=20):
        """Waits until that many packets arrive on every stream without a loss; returns all since the last mark.

        A loss is noticed only by the packet after it, so packets that arrived before this call prove nothing."""
        total = self.mark()
        whole = new = None
        end = time.monotonic() + timeout
        while whole is None or any(flow.received < packets for flow in whole):
            if time.monotonic() > end:
                raise LabError(f"the streams still lose packets after {timeout} s: {new}")
            new = self.mark()
            total = list(map(_add, total, new))
            is_broken = any(flow.lost for flow in new)
            whole = None if is_broken else list(map(_add, whole, new)) if whole else new
        return total


def _add(one, other):
    return Flow(one.received + other.received, one.lost + other.lost, max(one.gap, other.gap))
