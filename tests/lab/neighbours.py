# SPDX-License-Identifier: GPL-3.0-or-later
"""Other network managers, unmodified: NetworkManager, systemd-networkd, netplan, ifupdown and teamd on a server.

They are not installed: tests/lab/get-peers unpacks them, once, and a server gets them as a layer over its /usr, with
udev and the system bus, which they require. All of it remains until the server is restarted.
"""

import subprocess

import place

PEERS = place.TREE / "build" / "peers"

# NetworkManager and its rules leave veth to other tools by default; here it stands for an adapter.
PREPARE = """
mkdir -p /run/dbus /run/NetworkManager /run/network /run/teamd /etc/network /etc/netplan /etc/udev/rules.d
mkdir -p /etc/NetworkManager/conf.d /etc/NetworkManager/system-connections /etc/systemd/network /var/lib/NetworkManager
mkdir -p /run/systemd/netif/links /run/systemd/netif/leases
chown -R systemd-network:systemd-network /run/systemd/netif
mount -t overlay -o lowerdir={peers}/root/usr:/usr overlay /usr
echo 'SUBSYSTEM=="net", KERNEL=="nic*", ENV{{NM_UNMANAGED}}="0"' > /etc/udev/rules.d/86-lab.rules
dbus-daemon --system --fork --nopidfile
/usr/lib/systemd/systemd-udevd --daemon
udevadm trigger -s net --action=add
udevadm settle
"""

NM_CONF = """
[main]
plugins=keyfile
auth-polkit=false
no-auto-default=*
[keyfile]
unmanaged-devices=interface-name:mgmt
"""

NETWORKD = "/usr/lib/systemd/systemd-networkd"


def get():
    """Unpacks the programs, unless that has been done."""
    if not (PEERS / "root/usr/sbin/netplan").exists():
        script = place.TREE / "tests" / "lab" / "get-peers"
        subprocess.run([script, PEERS], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Neighbours:
    """The other network managers on one server."""

    def __init__(self, lab, server):
        get()
        self.lab = lab
        self.server = server
        self.shell(PREPARE.format(peers=PEERS))

    def shell(self, script, **options):
        return self.lab.exec(self.server, ["sh", "-ec", script], **options).stdout

    def write(self, path, text, mode="600"):
        self.lab.exec(self.server, ["sh", "-ec", f"cat > {path}; chmod {mode} {path}"], input=text)

    def start_network_manager(self):
        self.write("/etc/NetworkManager/NetworkManager.conf", NM_CONF)
        self.shell("NetworkManager > /run/nm.log 2>&1")

    def stop_network_manager(self):
        self.shell("pid=$(cat /run/NetworkManager/NetworkManager.pid); kill $pid; tail -f /dev/null --pid=$pid")

    def restart_network_manager(self):
        """Restarts systemd-networkd; returns when it has completed its start."""
        self.stop_network_manager()
        self.shell("NetworkManager > /run/nm.log 2>&1; nm-online --wait-for-startup --quiet --timeout=20")

    def connect(self, name, link, kind="ethernet", text=""):
        """A connection of NetworkManager."""
        self.write(f"/etc/NetworkManager/system-connections/{name}.nmconnection",
                   f"[connection]\nid={name}\ntype={kind}\ninterface-name={link}\n{text}")

    def start_networkd(self):
        # A process must not keep the output of its parent open.
        self.shell(f"setsid {NETWORKD} < /dev/null > /run/networkd.log 2>&1 &")

    def restart_networkd(self):
        """Restarts NetworkManager; returns when no link is changing its state."""
        self.shell(f"pid=$(pgrep -o -f {NETWORKD}); kill $pid; tail -f /dev/null --pid=$pid")
        self.start_networkd()

    def configure(self, name, link, text):
        """A file of systemd-networkd."""
        self.write(f"/etc/systemd/network/{name}.network", f"[Match]\nName={link}\n{text}", "644")
