/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct ucred */
#define _GNU_SOURCE
#include "config.h"

#include "backend/agent/access/caller.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* socket(7), unix(7); the headers of Debian 12 lack the second one. */
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

/* Position in /proc/PID/stat after the “)” of the command, from 1 on; field 22 in proc(5). */
#define START_TIME_FIELD 20

static void
read_groups (GArray *groups, int fd)
{
  socklen_t size = 0;
  guint n = groups->len;

  /* The first call returns the number of groups. */
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
 * The groups are those of the process at the time of the connect; as usual, a user who is added to a group has to log
 * in again.
 *
 * Returns: (transfer full) (nullable): the peer of the connection; %NULL if the kernel does not know it
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

/**
 * nt_caller_parse_start_time:
 * @stat: the content of /proc/PID/stat
 *
 * Returns: the start time of the process, in ticks since boot; 0 if it cannot be parsed
 */
guint64
nt_caller_parse_start_time (const char *stat)
{
  /* The command may contain spaces and parentheses. */
  const char *rest = strrchr (stat, ')');
  g_auto (GStrv) fields = rest ? g_strsplit (rest, " ", START_TIME_FIELD + 2) : NULL;
  guint64 ticks;

  if (fields == NULL || g_strv_length (fields) <= START_TIME_FIELD ||
      !g_ascii_string_to_unsigned (fields[START_TIME_FIELD], 10, 0, G_MAXUINT64, &ticks, NULL))
    return 0;
  return ticks;
}

/**
 * nt_caller_get_start_time:
 *
 * Returns: the start time of the process, in ticks since boot; 0 if it is not visible
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
 *
 * Returns: the user id of the caller; -1 if the kernel does not know it
 */
gint64
nt_caller_get_uid (NtVarlinkCall *call)
{
  GCredentials *credentials = nt_varlink_call_get_credentials (call);

  return credentials ? (gint64) g_credentials_get_unix_user (credentials, NULL) : -1;
}

/**
 * nt_caller_set_name:
 * @name: the user name of the caller
 *
 * Sets the result of nt_caller_describe(): looking up a name can take seconds, so it is done once, before the call is
 * admitted.
 */
void
nt_caller_set_name (NtVarlinkCall *call, const char *name)
{
  g_object_set_data_full (G_OBJECT (call), "nt-caller-name", g_strdup (name), g_free);
}

/**
 * nt_caller_describe:
 *
 * Returns: (transfer full): the user name of the caller; the user id if the name has not been looked up; "unknown" if the
 *   kernel does not know it, or the caller has disconnected
 */
char *
nt_caller_describe (NtVarlinkCall *call)
{
  const char *name = g_object_get_data (G_OBJECT (call), "nt-caller-name");
  gint64 uid = nt_caller_get_uid (call);

  if (name != NULL)
    return g_strdup (name);
  return uid >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, uid) : g_strdup ("unknown");
}
