/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

/* Who is at the other end of a connection, as the kernel knows it from the moment of the connect. */
typedef struct
{
  uid_t uid;
  pid_t pid;      /* 0 where it is one of a container that is not seen from here */
  int pidfd;      /* -1 where the kernel does not hand it out */
  GArray *groups; /* of gid_t: all of the process, the primary one too */
} NtCaller;

NtCaller *nt_caller_new (GSocket *socket);
void nt_caller_free (NtCaller *self);
char *nt_caller_get_name (const NtCaller *self);
guint64 nt_caller_get_start_time (const NtCaller *self);
guint64 nt_caller_parse_start_time (const char *stat);

gint64 nt_caller_get_uid (NtVarlinkCall *call);
char *nt_caller_describe (NtVarlinkCall *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtCaller, nt_caller_free)

G_END_DECLS
