# SPDX-License-Identifier: GPL-3.0-or-later
"""Who judges what the agent says: iproute2, and the bonding driver's own file."""

import pictures
from agenttest import SERVER


def links(lab, server=SERVER):
    return pictures.links(lab, server)


def bonding(lab, device, server=SERVER):
    """What the bonding driver itself says: its own part, then one for each member by name, as dictionaries."""
    text = lab.exec(server, ["cat", f"/proc/net/bonding/{device}"]).stdout
    own, *members = text.split("\nSlave Interface: ")
    return _facts(own), {member.split("\n", 1)[0]: _facts(member) for member in members}


def _facts(text):
    """The first of each name: what comes again, further inside, is the partner's."""
    facts = {}
    for line in text.splitlines():
        name, colon, value = line.strip().partition(": ")
        if colon:
            facts.setdefault(name, value)
    return facts
