/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/file-watch.h"

#include <gio/gio.h>

struct _NtWatch
{
  char *directory;
  char *watched; /* the directory, or its nearest existing ancestor */
  NtWatchFunc func;
  gpointer user_data;
  GFileMonitor *monitor;
};

static void changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data);

static char *
find_nearest (const char *directory)
{
  char *path = g_strdup (directory);

  while (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *below = path;

      path = g_path_get_dirname (below);
    }
  return path;
}

/* GLib polls for absent files every four seconds, so the nearest existing directory is watched instead. */
static void
follow (NtWatch *self)
{
  g_autofree char *nearest = find_nearest (self->directory);
  g_autoptr (GFile) file = g_file_new_for_path (nearest);
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (nearest, self->watched) == 0)
    return;
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_free (self->watched);
  self->watched = g_steal_pointer (&nearest);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    {
      g_warning ("cannot watch %s: %s", self->watched, error->message);
      return;
    }
  g_file_monitor_set_rate_limit (self->monitor, 0);
  g_signal_connect (self->monitor, "changed", G_CALLBACK (changed_cb), self);
}

static void
changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  NtWatch *self = user_data;
  gboolean was_there = g_str_equal (self->directory, self->watched);

  follow (self);
  if (was_there || g_str_equal (self->directory, self->watched))
    self->func (self->user_data);
}

/**
 * nt_watch_new:
 * @directory: an absolute path; need not exist
 * @func: called after each change, never within this call
 *
 * Returns: (transfer full): a watch, which wakes up only after changes
 */
NtWatch *
nt_watch_new (const char *directory, NtWatchFunc func, gpointer user_data)
{
  NtWatch *self = g_new0 (NtWatch, 1);

  self->directory = g_strdup (directory);
  self->func = func;
  self->user_data = user_data;
  follow (self);
  return self;
}

void
nt_watch_free (NtWatch *self)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
      g_clear_object (&self->monitor);
    }
  g_free (self->directory);
  g_free (self->watched);
  g_free (self);
}
