# SPDX-License-Identifier: GPL-3.0-or-later
"""Other network managers on a server of the lab, as far as get-peers has unpacked them."""

import json
import time
from contextlib import contextmanager

import place

ROOT = place.TREE / "build" / "peers" / "root"

# A bus on which everything is allowed, for NetworkManager, which requires one.
BUS_CONF = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# It sees all devices, and does not configure them.
NM_CONF = """\
[main]
plugins=keyfile
no-auto-default=*
auth-polkit=false
[keyfile]
unmanaged-devices=*
"""

TEAM_CONF = {"device": "team0", "runner": {"name": "lacp"}, "link_watch": {"name": "ethtool"}, "ports": {"nic3": {}, "nic4": {}}}

START = """\
set -eu
export LD_LIBRARY_PATH=$(ls -d {root}/usr/lib/*-linux-gnu)
mkdir -p /run/dbus /run/nm/conf.d /run/NetworkManager /var/lib/NetworkManager /run/teamd
printf %s "$BUS" > /run/nm/bus.conf
printf %s "$NM" > /run/nm/nm.conf
printf %s "$TEAM" > /run/nm/team.conf
dbus-daemon --config-file=/run/nm/bus.conf --fork
{root}/usr/sbin/NetworkManager --config /run/nm/nm.conf --config-dir /run/nm/conf.d > /run/nm/nm.log 2>&1
for nic in nic3 nic4; do ip link set $nic down; done
{root}/usr/bin/teamd -d -n -f /run/nm/team.conf > /run/nm/team.log 2>&1
"""

STOP = """\
for name in teamd NetworkManager dbus-daemon; do pkill -x "$name"; done
for nic in nic3 nic4; do ip link set $nic up; done
"""


@contextmanager
def running(bench):
    """Runs the network managers, by name, for the duration of the context."""
    if not ROOT.exists():
        print("  For NetworkManager and teamd beside it: ./dev shell tests/lab/get-peers build/peers")
        yield {}
        return
    variables = [f"BUS={BUS_CONF}", f"NM={NM_CONF}", f"TEAM={json.dumps(TEAM_CONF)}"]
    bench.exec("env", *variables, "sh", "-c", START.format(root=ROOT))
    try:
        time.sleep(5)
        yield {name: bench.exec("pgrep", "-o", "-x", name).strip() for name in ("NetworkManager", "teamd")}
    finally:
        bench.exec("sh", "-c", STOP)
