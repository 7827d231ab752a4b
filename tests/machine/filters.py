# SPDX-License-Identifier: GPL-3.0-or-later
"""The packet filters of the machine, as reported by nft."""

import json
import os
import subprocess

MARK = "listening"

def list_items(kind):
    output = subprocess.run(["nft", "--json", "--terse", "list", "ruleset", "netdev"], stdout=subprocess.PIPE, check=True).stdout
    return [item[kind] for item in json.loads(output)["nftables"] if kind in item]


def find_chain(name):
    return next((chain for chain in list_items("chain") if chain["name"] == name), None)


def list_tables():
    return [table["name"] for table in list_items("table")]


class Filters:
    """The filters and their changes, as reported by nft."""

    def __init__(self):
        self._monitor = subprocess.Popen(["nft", "--json", "monitor"], stdout=subprocess.PIPE, text=True)
        # nft does not announce when it starts to listen, so tables are created until one is reported.
        os.set_blocking(self._monitor.stdout.fileno(), False)
        while MARK not in self._monitor.stdout.readline():
            self._touch()
        os.set_blocking(self._monitor.stdout.fileno(), True)
        self.changes()

    @staticmethod
    def _touch(name=MARK):
        subprocess.run(["nft", f"add table ip {name}; delete table ip {name}"], check=True)

    def close(self):
        self._monitor.kill()
        self._monitor.wait()
        self._monitor.stdout.close()

    def wait_for_first(self, nic):
        """Waits until broadcasts are received on that member."""
        for line in self._monitor.stdout:
            chain = json.loads(line).get("add", {}).get("chain", {})
            if chain.get("name") == "to-first" and chain.get("dev") == nic:
                return
        raise EOFError

    def changes(self):
        """The changes of filters since the last call."""
        changes = []
        self._touch("settled")
        for line in self._monitor.stdout:
            if '"name": "settled"' in line and '"delete"' in line:
                return changes
            if "nicteam" in line:
                changes.append(line)
        raise EOFError
