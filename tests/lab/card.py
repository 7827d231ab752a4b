# SPDX-License-Identifier: GPL-3.0-or-later
"""A network card as sysfs would have it, in the place of an adapter of the lab, which is only one end of a cable.

No other kernel code is asked for what is faked here: driver, bus, NUMA node, RDMA devices and virtual functions are
files in sysfs and nothing else.
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
    """Puts a card of that kind in the place of an adapter; its agent must be started anew to see it."""
    lab.exec(server, ["sh", "-ec", f"{_MAKE}{_KINDS[kind]}; mount --bind /run/card /sys/class/net/{nic}"])


def remove(lab, server, nic):
    lab.exec(server, ["umount", f"/sys/class/net/{nic}"])
