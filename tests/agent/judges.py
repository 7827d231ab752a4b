# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of a server according to independent tools: iproute2, and the file of the bonding driver."""

import pictures
from agenttest import SERVER


def links(lab, server=SERVER):
    return pictures.links(lab, server)


def bonding(lab, device, server=SERVER):
    """The file of the bonding driver as dictionaries: the bond's values, then those of each member by name."""
    text = lab.exec(server, ["cat", f"/proc/net/bonding/{device}"]).stdout
    own, *members = text.split("\nSlave Interface: ")
    return _facts(own), {member.split("\n", 1)[0]: _facts(member) for member in members}


def _facts(text):
    """The first value of each name; repeated, nested ones belong to the partner."""
    facts = {}
    for line in text.splitlines():
        name, colon, value = line.strip().partition(": ")
        if colon:
            facts.setdefault(name, value)
    return facts
