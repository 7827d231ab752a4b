/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct ucred */
#define _GNU_SOURCE
#include "config.h"

#include "backend/agent/access/caller.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* socket(7), unix(7); Debian 12's headers do not have the second one. */
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

/* In /proc/PID/stat behind the command's “)”, from 1 on; it is field 22 of proc(5). */
#define START_TIME_FIELD 20

static void
read_groups (GArray *groups, int fd)
{
  socklen_t size = 0;
  guint n = groups->len;

  /* The first call says how many there are. */
  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, NULL, &size) == 0 || errno != ERANGE)
    return;
  g_array_set_size (groups, n + size / sizeof (gid_t));
  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, &g_array_index (groups, gid_t, n), &size) != 0)
    size = 0;
  g_array_set_size (groups, n + size / sizeof (gid_t));
}

static int
open_pidfd (int fd)
{
  int pidfd = -1;
  socklen_t size = sizeof pidfd;

  return getsockopt (fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &size) == 0 ? pidfd : -1;
}

/**
 * nt_caller_new:
 * @socket: (nullable): a connection
 *
 * The groups are those that the process had when it connected, so who is put into one must log in again, as everywhere.
 *
 * Returns: (transfer full) (nullable): who is at its other end; %NULL where the kernel does not tell
 */
NtCaller *
nt_caller_new (GSocket *socket)
{
  int fd = socket ? g_socket_get_fd (socket) : -1;
  struct ucred peer;
  socklen_t size = sizeof peer;
  NtCaller *self;

  if (fd < 0 || getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid == (uid_t) -1)
    return NULL;
  self = g_new0 (NtCaller, 1);
  self->uid = peer.uid;
  self->pid = peer.pid;
  self->pidfd = open_pidfd (fd);
  self->groups = g_array_new (FALSE, TRUE, sizeof (gid_t));
  g_array_append_val (self->groups, peer.gid);
  read_groups (self->groups, fd);
  return self;
}

void
nt_caller_free (NtCaller *self)
{
  if (self->pidfd >= 0)
    close (self->pidfd);
  g_array_unref (self->groups);
  g_free (self);
}

static char *
get_user_name (uid_t uid)
{
  const struct passwd *entry = getpwuid (uid);

  return entry ? g_strdup (entry->pw_name) : g_strdup_printf ("%u", uid);
}

/**
 * nt_caller_get_name:
 * @self: a caller
 *
 * Returns: (transfer full): the name of the user, or his number where he has none
 */
char *
nt_caller_get_name (const NtCaller *self)
{
  return get_user_name (self->uid);
}

/**
 * nt_caller_parse_start_time:
 * @stat: what /proc/PID/stat has
 *
 * Returns: when the process was started, in ticks since the boot; 0 where that cannot be read
 */
guint64
nt_caller_parse_start_time (const char *stat)
{
  /* The command may have spaces and parentheses of its own. */
  const char *rest = strrchr (stat, ')');
  g_auto (GStrv) fields = rest ? g_strsplit (rest, " ", START_TIME_FIELD + 2) : NULL;

  if (fields == NULL || g_strv_length (fields) <= START_TIME_FIELD)
    return 0;
  return g_ascii_strtoull (fields[START_TIME_FIELD], NULL, 10);
}

/**
 * nt_caller_get_start_time:
 * @self: a caller
 *
 * Returns: when the process was started, in ticks since the boot; 0 where it cannot be seen
 */
guint64
nt_caller_get_start_time (const NtCaller *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", self->pid);
  g_autofree char *stat = NULL;

  return g_file_get_contents (path, &stat, NULL, NULL) ? nt_caller_parse_start_time (stat) : 0;
}

/**
 * nt_caller_get_uid:
 * @call: a call
 *
 * Returns: the number of the user who calls; -1 where the kernel does not tell
 */
gint64
nt_caller_get_uid (NtVarlinkCall *call)
{
  GCredentials *credentials = nt_varlink_call_get_credentials (call);

  return credentials ? (gint64) g_credentials_get_unix_user (credentials, NULL) : -1;
}

/**
 * nt_caller_describe:
 * @call: a call
 *
 * Returns: (transfer full): the name of the user who calls, or his number where he has none; "unknown" where the kernel
 *   does not tell, or he is gone already
 */
char *
nt_caller_describe (NtVarlinkCall *call)
{
  gint64 uid = nt_caller_get_uid (call);

  return uid >= 0 ? get_user_name ((uid_t) uid) : g_strdup ("unknown");
}
