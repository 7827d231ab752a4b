#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team in switch independent mode that sends each source address by one member."""

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


# An nft that does not end. It tells its number by a pipe.
HANGING = """#!/usr/bin/python3 -IS
import os, time
os.write(os.open("/run/nft/started", os.O_WRONLY), b"%d " % os.getpid())
time.sleep(1000)
"""


class HangingNft:
    """The agent finds it before the real nft, as long as it is there."""

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
        """Until the agent has started it; returns its number."""
        number = b""
        while not number.endswith(b" "):
            number += os.read(self._started, 1)
        return int(number)


class Here:
    """In the place of a lab: the agent is on this machine."""

    @staticmethod
    def exec_argv(_, argv):
        return argv


class Server:
    """The agent, with no more rights than its unit gives it."""

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
            # As systemd hands a socket over: whoever connects waits until the agent is there.
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
        """Returns the numbers of the frames."""
        sent = [next(numbers) for _ in range(count)]
        with open_socket(namespace, "eth0") as port:
            for number in sent:
                port.send(make_frame(destination, source, struct.pack("!I", number) + bytes(46)))
        return sent

    def check_once(self):
        """Broadcasts pass once, in both directions, and nobody gets its own."""
        guest, peer = self.tap("guest1", "eth0"), self.tap("peer", "eth0")
        sent = self.send("peer", BROADCAST, PEER)
        guest.wait_for(sent[-1])
        self.assertEqual(guest.count(sent), [1] * len(sent))
        for name, mac in GUESTS.items():
            sent = self.send(name, BROADCAST, mac)
            peer.wait_for(sent[-1])
            # They have come back by the other members when this has come in by the first one.
            last = self.send("peer", BROADCAST, PEER, 1)
            guest.wait_for(last[0])
            self.assertEqual(peer.count(sent), [1] * len(sent))
            self.assertEqual(guest.count(sent), [0 if name == "guest1" else 1] * len(sent))

    def members_used(self, guest, nics=("nic1", "nic2")):
        """By which members a guest sends, and by which it receives."""
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
        """Without filters a bridge on the team sees broadcasts twice, and its own"""
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
        """Broadcasts pass once, in both directions, and nobody gets its own"""
        self.check_once()
        ports = json.loads(subprocess.run(["bridge", "-json", "fdb", "show", "br", "machines"], stdout=subprocess.PIPE, check=True).stdout)
        for name, mac in GUESTS.items():
            learned = {entry["ifname"] for entry in ports if entry["mac"] == mac and entry.get("state") != "permanent"}
            self.assertEqual(learned, {name})

    def test_one_member(self):
        """The traffic of a guest goes and comes by one member, that of others by another one"""
        used = {}
        for name in GUESTS:
            out, back = self.members_used(name)
            self.assertEqual(len(out), 1)
            self.assertEqual(out, back)
            used[name] = out
        self.assertNotEqual(used["guest1"], used["guest2"])

    def test_pulled(self):
        """The first member is pulled: broadcasts come in by another one, and all goes on"""
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
        """Filters follow members that come and go"""
        self.change(members=["nic1", "nic2", "nic3"])
        self.assertEqual(sorted(find_chain("to-others")["dev"]), ["nic2", "nic3"])
        self.check_once()
        self.change(members=["nic2", "nic3"])
        self.assertEqual((find_chain("to-first")["dev"], find_chain("to-others")["dev"]), ("nic2", "nic3"))
        self.check_once()
        self.change(members=["nic3"])
        self.assertEqual((find_chain("to-first")["dev"], find_chain("to-others")), ("nic3", None))

    def test_spare(self):
        """A spare that takes over is filtered as the others are"""
        self.change(members=["nic1", "nic2", "nic3"], standby="nic3")
        self.assertEqual(sorted(find_chain("to-others")["dev"]), ["nic2", "nic3"])
        self.pull("nic1")
        self.filters.wait_for_first("nic2")
        self.check_once()

    def test_mode(self):
        """Filters go with the mode, come with it, and go with the team"""
        self.change(balance="mac_addresses")
        self.assertEqual(list_tables(), [])
        self.change(balance="hyper_v_port")
        self.assertEqual(list_tables(), ["nicteam-team"])
        # A port that comes again forwards at once; the bridge notices a link that is back up to 1 s late.
        ip("link", "set", "team", "master", "machines")
        self.check_once()
        self.remove()
        self.assertEqual(list_tables(), [])

    def test_restart(self):
        """An agent that starts finds them, and changes nothing"""
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
        """A change for which nft does not end fails, says so, and is rolled back"""
        with HangingNft(), self.assertRaises(AgentError) as raised:
            self.agent.apply(set=[{"name": "other", "members": ["nic3"], "balance": "hyper_v_port"}])
        self.assertEqual(raised.exception.name, "OperationFailed")
        self.assertEqual(raised.exception.parameters["reason"], "nft: it did not respond and was stopped")
        self.assertTrue(raised.exception.parameters["undone"])
        self.assertIsNone(self.agent.team("other"))
        self.assertEqual(self.agent.team("team").get("drift", []), [])
        self.check_once()

    def test_hangs_meanwhile(self):
        """While nft reads tables that have changed, or sets a filter, clients are answered"""
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
        """While nft checks what the host can do, clients are answered, and changes wait for its end"""
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
        """Whoever flushes all rules takes these away for a moment only"""
        self.filters.changes()
        subprocess.run(["nft", "flush ruleset"], check=True)
        self.filters.wait_for_first("nic1")
        self.check_once()

    def test_multicast(self):
        """Whoever asks for a group is heard where the group can come in"""
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
