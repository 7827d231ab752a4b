/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

G_BEGIN_DECLS

/* A netlink socket that waits for replies and preserves the error messages of the kernel. */
typedef struct _NtNetlink NtNetlink;

typedef void (*NtNetlinkFunc) (const struct nlmsghdr *message, gpointer user_data);

/* @size is the number of available bytes, which may be less than the length of the message. */
typedef void (*NtNetlinkEventFunc) (const struct nlmsghdr *beginning, gsize size, gpointer user_data);
/* Finds the index of a link by its name; returns 0 if it does not exist. */
typedef guint32 (*NtIndexFunc) (const char *name, gpointer user_data);

typedef struct nl_msg NtNetlinkMessage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtNetlinkMessage, nlmsg_free)

NtNetlink *nt_netlink_open (int protocol, GError **error);
void nt_netlink_close (NtNetlink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtNetlink, nt_netlink_close)

gboolean nt_netlink_request (NtNetlink *self, NtNetlinkMessage *message, GError **error);
gboolean nt_netlink_query (NtNetlink *self,
                           NtNetlinkMessage *message,
                           NtNetlinkFunc func,
                           gpointer user_data,
                           GError **error);
gboolean nt_netlink_listen (NtNetlink *self, const guint *groups, guint n_groups, GError **error);
int nt_netlink_get_fd (NtNetlink *self);
gboolean nt_netlink_listen_to_default_routes (NtNetlink *self, GError **error);
guint32 nt_netlink_get_port (NtNetlink *self);
gboolean nt_netlink_drain (NtNetlink *self, NtNetlinkEventFunc func, gpointer user_data);
int nt_netlink_resolve_family (NtNetlink *self, const char *name);

G_END_DECLS
