# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of a server of the lab that a change could affect, as reported by iproute2."""

import json

# The links by which the lab reaches the server.
OWN = ("lo", "mgmt")


def links(lab, server):
    return {link["ifname"]: link for link in json.loads(lab.exec(server, ["ip", "-d", "-j", "link"]).stdout)}


def kind(link):
    info = link.get("linkinfo", {})
    return [info.get("info_kind"), info.get("info_data", {}).get("mode"), info.get("info_data", {}).get("id")]


def of_links(lab, server):
    keys = ("ifname", "master", "address", "mtu", "ifalias", "altnames", "link")
    found = [{key: link.get(key) for key in keys} | {"info": kind(link), "up": "UP" in link["flags"]}
             for link in links(lab, server).values()]
    for link in found:
        # balance-tlb assigns the team's address to the receiving member by itself, and may swap addresses at any time.
        if link["master"]:
            del link["address"]
    return sorted(json.dumps(link) for link in found)


def of_addresses(lab, server):
    """The addresses of each link, in order, without automatic ones."""
    found = {}
    for link in json.loads(lab.exec(server, ["ip", "-j", "address"]).stdout):
        keys = ("local", "prefixlen", "broadcast", "dynamic", "noprefixroute", "metric")
        mine = [{key: address.get(key) for key in keys} for address in link["addr_info"]
                if address["scope"] == "global" and link["ifname"] not in OWN]
        if mine:
            found[link["ifname"]] = mine
    return found


def of_routes(lab, server):
    """The configured routes, with their links."""
    both = lab.exec(server, ["sh", "-ec", "ip -j route show table all; echo; ip -j -6 route show table all"]).stdout
    keys = ("dst", "gateway", "dev", "metric", "table", "prefsrc", "nexthops")
    routes = [route for line in both.splitlines() if line for route in json.loads(line)]
    return sorted(json.dumps({key: route.get(key) for key in keys}) for route in routes
                  if route.get("protocol") != "kernel" and route.get("type", "unicast") == "unicast")
