/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"

G_BEGIN_DECLS

typedef enum
{
  NT_OPERATION_CREATE_BOND,  /* link, value = MAC address, bond = options */
  NT_OPERATION_CREATE_VLAN,  /* link, other = parent, value = VLAN id */
  NT_OPERATION_DELETE,       /* link */
  NT_OPERATION_CHANGE_BOND,  /* link, bond = options that differ */
  NT_OPERATION_ADD_MEMBER,   /* link, other = bond */
  NT_OPERATION_REMOVE_MEMBER, /* link, other = bond */
  NT_OPERATION_SET_UP,       /* link */
  NT_OPERATION_SET_DOWN,     /* link */
  NT_OPERATION_SET_MTU,      /* link, value = bytes */
  NT_OPERATION_SET_MAC,      /* link, value = MAC address */
  NT_OPERATION_SET_ALIAS,    /* link, value = text, "" = none */
  NT_OPERATION_ADD_ADDRESS,  /* link, value = "192.0.2.1/24", address */
  NT_OPERATION_REMOVE_ADDRESS, /* link, value = "192.0.2.1/24" */
  NT_OPERATION_ADD_ROUTE,    /* link, value = text, route */
  NT_OPERATION_REMOVE_ROUTE, /* as above */
  NT_OPERATION_SET_IPV6,     /* link, value = "on" or "off" */
  NT_OPERATION_ADD_NAME,     /* link, value = alternative name */
  NT_OPERATION_REMOVE_NAME,  /* link, value = alternative name */
  NT_OPERATION_AWAIT_CARRIER, /* link, value = timeout in seconds; changes nothing */
  NT_OPERATION_SET_FILTER,   /* link = bond, value = members as in filter.h */
  NT_OPERATION_REMOVE_FILTER, /* link = bond, which may already be deleted */
  NT_OPERATION_TAKE_OVER,       /* link = first device, other = tool, value = devices that the tool must leave alone */
  NT_OPERATION_RETURN,    /* as above: devices that the tool may configure again, once the change is confirmed */
} NtOperationKind;

extern const NtEnum nt_operation_kind_enum;

/* One atomic change in the kernel: it succeeds as a whole, or fails without effect. */
typedef struct
{
  NtRecord record;
  int kind; /* NtOperationKind; -1 from a newer agent */
  char *link;
  char *other;
  char *value;
  NtBondOptions *bond;
  NtRoute *route;
  NtLinkAddress *address;
  gint64 outage_ms; /* interruption of traffic in milliseconds; -1 = none */
  GPtrArray *interrupts; /* names of the interrupted links */
  char *message; /* in English; NULL until it is sent to a client */
} NtOperation;

NT_DECLARE_RECORD (NtOperation, nt_operation)

NtOperation *nt_operation_make (NtOperationKind kind, const char *link, const char *other, const char *value);
char *nt_operation_describe (const NtOperation *self);

G_END_DECLS
