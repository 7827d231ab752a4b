/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <linux/netlink.h>
#include <netlink/attr.h>

#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* A link as described by one message: other links are known by their index only. */
typedef struct
{
  NtLink *link;
  guint32 master;
  guint32 parent;
  guint32 active_member;
  guint32 primary;
  gboolean parent_is_elsewhere; /* the parent is in another network namespace */
} NtRawLink;

NtRawLink *nt_decode_link (const struct nlmsghdr *message);
void nt_raw_link_free (NtRawLink *self);
NtSample *nt_decode_sample (const struct nlmsghdr *message);
gint64 nt_decode_number (const struct nlattr *attribute, gint64 fallback);
char *nt_decode_text (const struct nlattr *attribute);

G_END_DECLS
