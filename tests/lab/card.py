# SPDX-License-Identifier: GPL-3.0-or-later
"""A network card as in sysfs, in place of an adapter of the lab, which is only the end of a virtual cable.

No other part of the kernel is involved: driver, bus, NUMA node, RDMA devices and virtual functions are files in sysfs.
"""

BUS = "0000:07:00.0"
DRIVER = "mlx5_core"
RDMA_DEVICE = "mlx5_9"
NUMA_NODE = 1
FUNCTIONS = (2, 8)
PARENT = "0000:07:00.1"

_MAKE = f"""
rm -rf /run/card
mkdir -p /run/card/{BUS} /run/card/{PARENT} /run/card/drivers/{DRIVER}
cd /run/card
ln -s {BUS} device
ln -s ../drivers/{DRIVER} device/driver
echo {NUMA_NODE} > device/numa_node
"""
_KINDS = {
    "physical": f"mkdir -p device/infiniband/{RDMA_DEVICE}; echo {FUNCTIONS[0]} > device/sriov_numvfs; "
                f"echo {FUNCTIONS[1]} > device/sriov_totalvfs",
    "virtual": f"ln -s ../{PARENT} device/physfn",
    "wireless": "mkdir phy80211",
}


def insert(lab, server, nic, kind):
    """Replaces an adapter by a card of that kind; the agent must be restarted to detect it."""
    lab.exec(server, ["sh", "-ec", f"{_MAKE}{_KINDS[kind]}; mount --bind /run/card /sys/class/net/{nic}"])


def remove(lab, server, nic):
    lab.exec(server, ["umount", f"/sys/class/net/{nic}"])
