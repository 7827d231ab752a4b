/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/action-context.h"

#define KEY "nt-action-context"

G_DEFINE_FINAL_TYPE (NtActionContext, nt_action_context, G_TYPE_OBJECT)

static void
nt_action_context_dispose (GObject *object)
{
  NtActionContext *self = NT_ACTION_CONTEXT (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->runner);
  g_clear_object (&self->servers);
  G_OBJECT_CLASS (nt_action_context_parent_class)->dispose (object);
}

static void
nt_action_context_class_init (NtActionContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_action_context_dispose;
}

static void
nt_action_context_init (NtActionContext *self)
{
}

/**
 * nt_action_context_new:
 * @window: gets the context, until nt_action_context_drop() or its end
 * @selection: (transfer full):
 * @runner: (transfer full):
 *
 * Returns: (transfer none): the context of @window
 */
NtActionContext *
nt_action_context_new (GtkWidget *window, NtSelection *selection, NtChangeRunner *runner, NtServerList *servers)
{
  NtActionContext *self = g_object_new (NT_TYPE_ACTION_CONTEXT, NULL);

  self->window = window;
  self->selection = selection;
  self->runner = runner;
  self->servers = g_object_ref (servers);
  g_object_set_data_full (G_OBJECT (window), KEY, self, g_object_unref);
  return self;
}

/* Returns the context of @window; for action handlers, which get only that. */
NtActionContext *
nt_action_context_get (GtkWidget *window)
{
  return g_object_get_data (G_OBJECT (window), KEY);
}

/* Ends the context: it keeps objects alive that keep the window alive. */
void
nt_action_context_drop (GtkWidget *window)
{
  g_object_set_data (G_OBJECT (window), KEY, NULL);
}

/* @action is the name with its prefix, as in “win.new-team”. */
void
nt_action_context_set_enabled (NtActionContext *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (self->window, action, enabled);
}
