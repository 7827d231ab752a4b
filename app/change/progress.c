/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/progress.h"

/* Most changes finish before their steps could be read, so the first one is shown after a delay. */
#define DELAY_MS 300

struct _NtProgress
{
  NtServer *server;
  NtProgressFunc func;
  gpointer user_data;

  char *text; /* the latest step */
  guint delay_source;
  gboolean is_shown;
};

static void
show (NtProgress *self)
{
  if (self->text == NULL)
    return;
  self->is_shown = TRUE;
  self->func (self->text, self->user_data);
}

static gboolean
delay_cb (gpointer user_data)
{
  NtProgress *self = user_data;

  self->delay_source = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (NtProgress *self, const char *text)
{
  g_free (self->text);
  self->text = g_strdup (text);
  if (self->delay_source == 0)
    show (self);
}

/**
 * nt_progress_new:
 * @server: a server on which a change is about to start
 * @func: called for each step
 *
 * Returns: (transfer full): to be freed at the end of the change
 */
NtProgress *
nt_progress_new (NtServer *server, NtProgressFunc func, gpointer user_data)
{
  NtProgress *self = g_new0 (NtProgress, 1);

  self->server = g_object_ref (server);
  self->func = func;
  self->user_data = user_data;
  self->delay_source = g_timeout_add (DELAY_MS, delay_cb, self);
  g_signal_connect_swapped (server, "progress", G_CALLBACK (progress_cb), self);
  return self;
}

/**
 * nt_progress_free:
 * @self: (transfer full):
 *
 * Ends the progress; calls the function with %NULL if a step was shown.
 */
void
nt_progress_free (NtProgress *self)
{
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_handle_id (&self->delay_source, g_source_remove);
  if (self->is_shown)
    self->func (NULL, self->user_data);
  g_object_unref (self->server);
  g_free (self->text);
  g_free (self);
}
