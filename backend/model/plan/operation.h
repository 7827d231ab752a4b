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
  NT_OPERATION_REMOVE_ROUTE, /* likewise */
  NT_OPERATION_SET_IPV6,     /* link, value = "on" or "off" */
  NT_OPERATION_ADD_NAME,     /* link, value = alternative name */
  NT_OPERATION_REMOVE_NAME,  /* link, value = alternative name */
  NT_OPERATION_AWAIT_CARRIER, /* link, value = seconds that it may take: nothing is changed */
  NT_OPERATION_SET_FILTER,   /* link = bond, value = members as in filter.h */
  NT_OPERATION_REMOVE_FILTER, /* link = bond, which may be gone */
  NT_OPERATION_LET_GO,       /* link = the first, other = tool, value = devices that it shall leave alone */
  NT_OPERATION_HAND_BACK,    /* likewise: devices that it may touch again, when the change is kept */
} NtOperationKind;

extern const NtEnum nt_operation_kind_enum;

/* One change in the kernel, as small as the kernel makes it: it is done, or it is not. */
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
  gint64 outage; /* milliseconds that it interrupts traffic, -1 = not at all */
  GPtrArray *interrupts; /* names of the links whose traffic that is */
  char *message; /* in English; NULL until it goes on the wire */
} NtOperation;

NT_DECLARE_RECORD (NtOperation, nt_operation)

NtOperation *nt_operation_make (NtOperationKind kind, const char *link, const char *other, const char *value);
char *nt_operation_describe (const NtOperation *self);

G_END_DECLS
