#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team in switch independent mode that sends each source address on one member."""

import contextlib
import json
import os
import socket
import struct
import subprocess
import unittest

import taptest
from agent import Agent, AgentError, Follower
from filters import Filters, find_chain, list_tables
from network import (BROADCAST, ETHERTYPE_IP, GROUP, GUESTS, MEMBERSHIP_REPORT, NICS, PEER, Tap, drain, ip, make_frame,
                     make_network, numbers, open_socket)

PROGRAMS = ["ip", "bridge", "nft", "setpriv"]
MODULES = ["bonding", "8021q", "veth", "bridge", "nf_tables", "nft_fwd_netdev"]


# An nft that does not end. It reports its process id by a pipe.
HANGING = """#!/usr/bin/python3 -IS
import os, time
os.write(os.open("/run/nft/started", os.O_WRONLY), b"%d " % os.getpid())
time.sleep(1000)
"""


class HangingNft:
    """While it exists, the agent finds it before the real nft."""

    FOLDER = "/run/nft"

    def __enter__(self):
        os.makedirs(self.FOLDER, exist_ok=True)
        os.mkfifo(f"{self.FOLDER}/started")
        self._started = os.open(f"{self.FOLDER}/started", os.O_RDWR)
        with open(f"{self.FOLDER}/nft", "w") as file:
            file.write(HANGING)
            os.chmod(file.fileno(), 0o755)
        return self

    def __exit__(self, *_):
        os.unlink(f"{self.FOLDER}/nft")
        os.unlink(f"{self.FOLDER}/started")
        os.close(self._started)

    def wait(self):
        """Waits until the agent has started it; returns its process id."""
        number = b""
        while not number.endswith(b" "):
            number += os.read(self._started, 1)
        return int(number)


class Here:
    """Replaces a lab: the agent is on this machine."""

    @staticmethod
    def exec_argv(_, argv):
        return argv


class Server:
    """The agent, with only the rights of its unit."""

    def __init__(self):
        os.makedirs("/etc/nicteam", exist_ok=True)
        with open("/etc/nicteam/agent.conf", "w") as file:
            file.write("[Agent]\nVethAdapters=true\nGuestModes=true\n")
        self.start()

    def start(self):
        os.makedirs("/run/nicteam", exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink("/run/nicteam/agent.sock")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("/run/nicteam/agent.sock")
            listener.listen()
            # Socket activation as by systemd: clients that connect wait until the agent has started.
            self._agent = subprocess.Popen(
                ["setpriv", "--bounding-set=-all,+net_admin", "--inh-caps=-all", "--no-new-privs",
                 "python3", "-c", "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID'] = str(os.getpid()); "
                 "os.execvp('nicteam-agent', ['nicteam-agent'])", str(listener.fileno())],
                pass_fds=[listener.fileno()],
                env={**os.environ, "LISTEN_FDS": "1", "PATH": f"{HangingNft.FOLDER}:{os.environ['PATH']}"})

    def stop(self):
        self._agent.terminate()
        self._agent.wait()


class FilterTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_network()
        cls.server = Server()

    def setUp(self):
        self.filters = Filters()
        self.addCleanup(self.filters.close)
        self.agent = Agent(Here, "")
        self.addCleanup(lambda: self.agent.close())
        self.wait_for_links()
        self.create()
        self.addCleanup(self.remove)

    @staticmethod
    def wait_for_links():
        with Follower(Here, "") as follower:
            follower.wait(lambda state: all(adapter["carrier"] for adapter in state["adapters"] if adapter["name"] in NICS))

    def create(self, members=("nic1", "nic2"), **rest):
        reply = self.agent.apply(set=[{"name": "team", "members": list(members), "balance": "hyper_v_port", **rest}])
        ip("link", "set", "team", "master", "machines")
        return reply

    def remove(self):
        for nic in NICS:
            self.plug(nic)
        self.agent.remove_all()

    def change(self, **rest):
        team = self.agent.team("team")
        return self.agent.apply(set=[{**team["spec"], **rest}])

    def pull(self, nic):
        ip("-n", "switches", "link", "set", f"port-{nic}", "down")

    def plug(self, nic):
        ip("-n", "switches", "link", "set", f"port-{nic}", "up")

    def tap(self, namespace, link):
        tap = Tap(namespace, link)
        self.addCleanup(tap.close)
        return tap

    def send(self, namespace, destination, source, count=10):
        """Sends frames; returns their numbers."""
        sent = [next(numbers) for _ in range(count)]
        with open_socket(namespace, "eth0") as port:
            for number in sent:
                port.send(make_frame(destination, source, struct.pack("!I", number) + bytes(46)))
        return sent

    def check_once(self):
        """Checks that broadcasts arrive once, in both directions, and do not return to their sender."""
        guest, peer = self.tap("guest1", "eth0"), self.tap("peer", "eth0")
        sent = self.send("peer", BROADCAST, PEER)
        guest.wait_for(sent[-1])
        self.assertEqual(guest.count(sent), [1] * len(sent))
        for name, mac in GUESTS.items():
            sent = self.send(name, BROADCAST, mac)
            peer.wait_for(sent[-1])
            # Frames returned by the other members have arrived once this one has arrived on the first member.
            last = self.send("peer", BROADCAST, PEER, 1)
            guest.wait_for(last[0])
            self.assertEqual(peer.count(sent), [1] * len(sent))
            self.assertEqual(guest.count(sent), [0 if name == "guest1" else 1] * len(sent))

    def members_used(self, guest, nics=("nic1", "nic2")):
        """The members that send and receive for a guest."""
        taps = {nic: self.tap(None, nic) for nic in nics}
        mine, peer = self.tap(guest, "eth0"), self.tap("peer", "eth0")
        out = self.send(guest, PEER, GUESTS[guest])
        peer.wait_for(out[-1])
        back = self.send("peer", GUESTS[guest], PEER)
        mine.wait_for(back[-1])
        self.assertEqual(mine.count(back), [1] * len(back))
        return ({nic for nic, tap in taps.items() if any(tap.count(out, out=True))},
                {nic for nic, tap in taps.items() if any(tap.count(back))})

    def test_needed(self):
        """Without filters a bridge on the team receives broadcasts twice, and its own ones back"""
        self.server.stop()
        self.agent.close()
        subprocess.run(["nft", "flush ruleset netdev"], check=True)
        guest, peer = self.tap("guest1", "eth0"), self.tap("peer", "eth0")
        sent = self.send("peer", BROADCAST, PEER, 1)
        guest.wait_for(sent[0])
        own = self.send("guest1", BROADCAST, GUESTS["guest1"], 1)
        peer.wait_for(own[0])
        guest.wait_for(own[0])
        self.assertEqual(guest.count(sent), [2])
        self.filters.changes()
        self.server.start()
        self.agent = Agent(Here, "")
        self.filters.wait_for_first("nic1")
        self.assertTrue(self.agent.state()["host"]["filters"])
        self.check_once()

    def test_once(self):
        """Broadcasts arrive once, in both directions, and do not return to their sender"""
        self.check_once()
        ports = json.loads(subprocess.run(["bridge", "-json", "fdb", "show", "br", "machines"], stdout=subprocess.PIPE, check=True).stdout)
        for name, mac in GUESTS.items():
            learned = {entry["ifname"] for entry in ports if entry["mac"] == mac and entry.get("state") != "permanent"}
            self.assertEqual(learned, {name})

    def test_one_member(self):
        """The traffic of a guest uses one member in both directions, that of other guests another one"""
        used = {}
        for name in GUESTS:
            out, back = self.members_used(name)
            self.assertEqual(len(out), 1)
            self.assertEqual(out, back)
            used[name] = out
        self.assertNotEqual(used["guest1"], used["guest2"])

    def test_pulled(self):
        """If the first member is pulled, broadcasts are received on another one, and traffic continues"""
        self.pull("nic1")
        self.filters.wait_for_first("nic2")
        self.check_once()
        self.assertEqual(self.members_used("guest1"), ({"nic2"}, {"nic2"}))
        self.assertEqual(self.members_used("guest2"), ({"nic2"}, {"nic2"}))
        self.plug("nic1")
        self.pull("nic2")
        self.filters.wait_for_first("nic1")
        self.check_once()

    def test_members(self):
        """Filters are updated when members are added or removed"""
        self.change(members=["nic1", "nic2", "nic3"])
        self.assertEqual(sorted(find_chain("to-others")["dev"]), ["nic2", "nic3"])
        self.check_once()
        self.change(members=["nic2", "nic3"])
        self.assertEqual((find_chain("to-first")["dev"], find_chain("to-others")["dev"]), ("nic2", "nic3"))
        self.check_once()
        self.change(members=["nic3"])
        self.assertEqual((find_chain("to-first")["dev"], find_chain("to-others")), ("nic3", None))

    def test_spare(self):
        """A standby member that takes over is filtered like the others"""
        self.change(members=["nic1", "nic2", "nic3"], standby="nic3")
        self.assertEqual(sorted(find_chain("to-others")["dev"]), ["nic2", "nic3"])
        self.pull("nic1")
        self.filters.wait_for_first("nic2")
        self.check_once()

    def test_mode(self):
        """Filters are removed with the mode, created with it, and removed with the team"""
        self.change(balance="mac_addresses")
        self.assertEqual(list_tables(), [])
        self.change(balance="hyper_v_port")
        self.assertEqual(list_tables(), ["nicteam-team"])
        # A port that is added again forwards at once; the bridge may detect a restored link up to 1 s late.
        ip("link", "set", "team", "master", "machines")
        self.check_once()
        self.remove()
        self.assertEqual(list_tables(), [])

    def test_restart(self):
        """An agent that starts finds existing filters, and changes nothing"""
        self.filters.changes()
        self.server.stop()
        self.agent.close()
        self.server.start()
        self.agent = Agent(Here, "")
        self.assertEqual(self.agent.team("team")["status"], "ok")
        self.assertEqual(self.filters.changes(), [])

    def assert_runs(self, number):
        self.assertTrue(os.path.exists(f"/proc/{number}"), "nft has ended before")

    def test_hangs_in_change(self):
        """A change for which nft does not end fails with that reason, and is rolled back"""
        with HangingNft(), self.assertRaises(AgentError) as raised:
            self.agent.apply(set=[{"name": "other", "members": ["nic3"], "balance": "hyper_v_port"}])
        self.assertEqual(raised.exception.name, "OperationFailed")
        self.assertEqual(raised.exception.parameters["reason"], "nft: it did not respond and was stopped")
        self.assertTrue(raised.exception.parameters["undone"])
        self.assertIsNone(self.agent.team("other"))
        self.assertEqual(self.agent.team("team").get("drift", []), [])
        self.check_once()

    def test_hangs_meanwhile(self):
        """While nft reads changed tables, or sets a filter, clients are answered"""
        with HangingNft() as nft:
            subprocess.run(["nft", "delete table netdev nicteam-team"], check=True)
            reading = nft.wait()
            self.assertIsNotNone(self.agent.team("team"))
            self.assert_runs(reading)
            self.pull("nic1")
            setting = nft.wait()
            self.assertIsNotNone(self.agent.team("team"))
            self.assert_runs(setting)
        self.filters.changes()
        self.filters.wait_for_first("nic2")

    def test_hangs_at_start(self):
        """While nft checks the host's features, clients are answered, and changes wait for its end"""
        self.remove()
        self.server.stop()
        self.agent.close()
        with HangingNft() as nft:
            self.server.start()
            checking = nft.wait()
            self.agent = Agent(Here, "")
            self.assertFalse(self.agent.state()["host"].get("filters"))
            self.assert_runs(checking)
            with self.assertRaises(AgentError) as raised:
                self.create()
            self.assertEqual(raised.exception.name, "Refused")
            self.assertFalse(os.path.exists(f"/proc/{checking}"))
        self.server.stop()
        self.agent.close()
        self.server.start()
        self.agent = Agent(Here, "")
        self.create()
        self.assertTrue(self.agent.state()["host"]["filters"])

    def test_flushed(self):
        """Filters are restored after another tool has flushed all rules"""
        self.filters.changes()
        subprocess.run(["nft", "flush ruleset"], check=True)
        self.filters.wait_for_first("nic1")
        self.check_once()

    def test_multicast(self):
        """A report for a multicast group is sent on the member that can receive the group"""
        taps = {nic: open_socket(None, nic) for nic in NICS}
        for tap in taps.values():
            self.addCleanup(tap.close)
        for name, mac in GUESTS.items():
            frame = make_frame(GROUP, mac, MEMBERSHIP_REPORT, ETHERTYPE_IP)
            with open_socket(name, "eth0") as port, open_socket("peer", "eth0") as peer:
                port.send(frame)
                while peer.recv(2048) != frame:
                    pass
            used = {nic for nic, tap in taps.items() if (frame, socket.PACKET_OUTGOING) in drain(tap)}
            self.assertEqual(used, {"nic1"}, name)


if __name__ == "__main__":
    taptest.main()
