/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

/* The peer of a connection, as recorded by the kernel at the time of the connect. */
typedef struct
{
  uid_t uid;
  pid_t pid;      /* 0 for a process of a container that is not visible here */
  int pidfd;      /* -1 if the kernel does not provide one */
  GArray *groups; /* of gid_t: all groups of the process, including the primary one */
} NtCaller;

NtCaller *nt_caller_new (GSocket *socket);
void nt_caller_free (NtCaller *self);
guint64 nt_caller_get_start_time (const NtCaller *self);
guint64 nt_caller_parse_start_time (const char *stat);

gint64 nt_caller_get_uid (NtVarlinkCall *call);
void nt_caller_set_name (NtVarlinkCall *call, const char *name);
char *nt_caller_describe (NtVarlinkCall *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtCaller, nt_caller_free)

G_END_DECLS
