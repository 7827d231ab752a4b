/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/bond-options.h"
#include "backend/model/link/owner.h"

G_BEGIN_DECLS

/* The state of links as reported by the kernel, in the kernel's own terms. */

typedef enum
{
  NT_LINK_OTHER, /* a virtual link of any other kind */
  NT_LINK_ADAPTER,
  NT_LINK_LOOPBACK,
  NT_LINK_BOND,
  NT_LINK_VLAN,
} NtLinkKind;

extern const NtEnum nt_link_kind_enum;

/* An IP address of a link, as "192.0.2.1/24". */
typedef struct
{
  NtRecord record;
  char *address;
  char *message;       /* struct ifaddrmsg and its attributes as received, in base64; NULL = made from address */
  gboolean dynamic;    /* has a limited lifetime */
  gboolean link_local; /* IPv6 link-local, assigned by the kernel itself */
} NtLinkAddress;

NT_DECLARE_RECORD (NtLinkAddress, nt_link_address)

/* State of a member, from the bonding driver. */
typedef struct
{
  NtRecord record;
  gboolean backup;
  gint64 mii; /* NtMii */
  gint64 link_failures;
  gint64 aggregator;    /* -1 outside LACP */
  gint64 actor_state;   /* NT_LACP_* bits, -1 outside LACP */
  gint64 partner_state; /* likewise */
} NtBondMember;

NT_DECLARE_RECORD (NtBondMember, nt_bond_member)

/* State of a bond, from the bonding driver. */
typedef struct
{
  NtRecord record;
  NtBondOptions *options;
  char *active_member;  /* NULL if the mode has none, or no member is active */
  gint64 aggregator;    /* the active one, -1 outside LACP */
  char *partner_mac;    /* NULL outside LACP */
  GPtrArray *members;   /* names, in the order in which they joined */
} NtBond;

NT_DECLARE_RECORD (NtBond, nt_bond)

typedef struct
{
  NtRecord record;
  char *name;
  gint64 ifindex;
  int kind;        /* NtLinkKind */
  char *info_kind; /* the kernel's word for a virtual link: "veth", "bridge"; NULL for physical links */
  char *alias;     /* free text, shown by every tool */
  GPtrArray *alternative_names;
  char *mac;
  char *permanent_mac;
  gint64 mtu;
  gint64 arp_type; /* ARPHRD_* */
  gboolean up;     /* IFF_UP: administratively up */
  gboolean carrier;
  char *master; /* name of the bond, bridge … that it belongs to */
  char *parent; /* of a VLAN: name of the link below it */
  gint64 vlan;  /* id, -1 for none */
  gint64 speed_mbps; /* Mb/s, -1 = unknown */
  int duplex;   /* NtDuplex, -1 = unknown */
  char *driver;
  char *bus; /* bus address: "0000:01:00.0" */
  char *description;
  gboolean wireless;
  gboolean rdma;            /* has an RDMA device */
  gint64 virtual_functions; /* number in use; -1 = not supported */
  gboolean vlan_challenged; /* cannot carry VLANs */
  gboolean ipv6_disabled;
  NtBond *bond;
  NtBondMember *member;
  GPtrArray *addresses; /* of NtLinkAddress */
} NtLink;

NT_DECLARE_RECORD (NtLink, nt_link)

/*
 * A route that was not made by the kernel itself, kept as received so that it can be restored exactly: with its table,
 * metric, multiple next hops, and attributes of newer kernels.
 */
typedef struct
{
  NtRecord record;
  char *text;         /* for display: "default via 192.0.2.1" */
  GPtrArray *devices; /* names, one for each index in the message, in its order */
  char *gateway;      /* of a default route in the main table with one gateway; NULL for all others */
  gboolean indirect; /* leads through a gateway, so it needs a route to that first */
  char *message;      /* struct rtmsg and its attributes, in base64; NULL = made from gateway */
} NtRoute;

NT_DECLARE_RECORD (NtRoute, nt_route)

/* The filters of a bond. */
typedef struct
{
  NtRecord record;
  char *bond;
  char *members; /* in the notation of packet-filter.h; "" = incomplete */
} NtPacketFilter;

NT_DECLARE_RECORD (NtPacketFilter, nt_packet_filter)

/* All links at one moment, sorted by index. */
typedef struct
{
  NtRecord record;
  GPtrArray *links;
  GPtrArray *routes; /* of NtRoute; only on request */
  GPtrArray *filters; /* of NtPacketFilter; including those of deleted bonds */
  GPtrArray *owners;  /* of NtOwnedLink: links that other tools configure; not known to the kernel */
} NtSnapshot;

NT_DECLARE_RECORD (NtSnapshot, nt_snapshot)

const NtLink *nt_snapshot_find (const NtSnapshot *self, const char *name);
const char *nt_snapshot_find_filter (const NtSnapshot *self, const char *bond);
gboolean nt_link_has_address (const NtLink *link, const char *address);
NtRoute *nt_route_make_default (const char *gateway, const char *device);
gboolean nt_routes_contain (const GPtrArray *routes, const NtRoute *route);
gboolean nt_link_has_lacp (const NtLink *link);
GPtrArray *nt_link_obstacles (const NtSnapshot *snapshot, const NtLink *link, const char *allowed_master);
GPtrArray *nt_link_cautions (const NtLink *link);

G_END_DECLS
