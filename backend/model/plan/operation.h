/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* Behind each kind: the fields that it needs in addition to link, the device that is changed. */
typedef enum
{
  NT_OPERATION_CREATE_BOND,    /* bond = options; mac, may be NULL */
  NT_OPERATION_CREATE_VLAN,    /* other = parent, vlan_id */
  NT_OPERATION_DELETE,
  NT_OPERATION_CHANGE_BOND,    /* bond = options that differ */
  NT_OPERATION_ADD_MEMBER,     /* other = bond */
  NT_OPERATION_REMOVE_MEMBER,  /* other = bond */
  NT_OPERATION_SET_UP,
  NT_OPERATION_SET_DOWN,
  NT_OPERATION_SET_MTU,        /* mtu_bytes */
  NT_OPERATION_SET_MAC,        /* mac */
  NT_OPERATION_SET_ALIAS,      /* alias, "" = none */
  NT_OPERATION_ADD_ADDRESS,    /* address */
  NT_OPERATION_REMOVE_ADDRESS, /* address, of which only its text is used */
  NT_OPERATION_ADD_ROUTE,      /* route */
  NT_OPERATION_REMOVE_ROUTE,   /* route */
  NT_OPERATION_ENABLE_IPV6,
  NT_OPERATION_DISABLE_IPV6,
  NT_OPERATION_ADD_NAME,       /* name = alternative name */
  NT_OPERATION_REMOVE_NAME,    /* name = alternative name */
  NT_OPERATION_AWAIT_CARRIER,  /* timeout_s; changes nothing */
  NT_OPERATION_SET_FILTER,     /* link = bond, devices = its members; broadcasts enter on the first one */
  NT_OPERATION_REMOVE_FILTER,  /* link = bond, which may already be deleted */
  NT_OPERATION_TAKE_OVER,      /* tool, devices = those that the tool must leave alone; link = the first one */
  NT_OPERATION_RETURN,         /* tool, devices = those that it may configure again, once the change is confirmed */
} NtOperationKind;

extern const NtEnum nt_operation_kind_enum;

/* One atomic change in the kernel: it succeeds as a whole, or fails without effect. */
typedef struct
{
  NtRecord record;
  int kind; /* NtOperationKind; -1 from a newer agent */
  char *link;
  char *other;
  gint64 vlan_id;
  gint64 mtu_bytes;
  gint64 timeout_s;
  char *mac;
  char *alias;
  char *name;
  GPtrArray *devices;
  int tool; /* NtTool */
  NtBondOptions *bond;
  NtRoute *route;
  NtLinkAddress *address;
  gint64 outage_ms; /* interruption of traffic in milliseconds; -1 = none */
  GPtrArray *interrupts; /* names of the interrupted links */
  char *message; /* in English; NULL until it is sent to a client */
} NtOperation;

NT_DECLARE_RECORD (NtOperation, nt_operation)

NtOperation *nt_operation_make (NtOperationKind kind, const char *link, const char *other);
char *nt_operation_describe (const NtOperation *self);

G_END_DECLS
