/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/account.h"

#include "backend/model/base/access-level.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>

/* A group with some ten thousand members fits. */
#define ENTRY_BYTES_FIRST 1024
#define ENTRY_BYTES_MAX (1024 * 1024)

/**
 * nt_account_new:
 * @name: the name of a user
 * @groups: the groups of this system
 *
 * Returns: (transfer full): an account
 */
NtAccount *
nt_account_new (const char *name, const NtAccessGroups *groups)
{
  NtAccount *self = g_atomic_rc_box_new0 (NtAccount);

  self->name = g_strdup (name);
  self->groups = *groups;
  return self;
}

NtAccount *
nt_account_ref (NtAccount *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NtAccount *self = data;

  g_free (self->name);
}

void
nt_account_unref (NtAccount *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static char *
find_user_name (uid_t uid)
{
  g_autofree char *buffer = NULL;
  struct passwd entry;
  struct passwd *found = NULL;
  int code = ERANGE;

  for (gsize size = ENTRY_BYTES_FIRST; code == ERANGE && size <= ENTRY_BYTES_MAX; size *= 4)
    {
      buffer = g_realloc (buffer, size);
      code = getpwuid_r (uid, &entry, buffer, size, &found);
    }
  return code == 0 && found != NULL ? g_strdup (entry.pw_name) : g_strdup_printf ("%u", uid);
}

static gint64
find_group (const char *name)
{
  g_autofree char *buffer = NULL;
  struct group entry;
  struct group *found = NULL;
  int code = ERANGE;

  for (gsize size = ENTRY_BYTES_FIRST; code == ERANGE && size <= ENTRY_BYTES_MAX; size *= 4)
    {
      buffer = g_realloc (buffer, size);
      code = getgrnam_r (name, &entry, buffer, size, &found);
    }
  return code == 0 && found != NULL ? (gint64) entry.gr_gid : -1;
}

/**
 * nt_account_look_up:
 * @uid: a user id
 *
 * Asks the databases of nsswitch.conf(5), which may be on another machine. This can block for minutes, so it must run
 * in a thread of its own; it uses nothing that another thread can see.
 *
 * Returns: (transfer full): the account
 */
NtAccount *
nt_account_look_up (uid_t uid)
{
  g_autofree char *name = find_user_name (uid);
  NtAccessGroups groups = { find_group (NT_ACCESS_MANAGE_GROUP), find_group (NT_ACCESS_READ_GROUP) };

  return nt_account_new (name, &groups);
}
