/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/batch-actions.h"

#include <glib/gi18n.h>

#include "app/change/same-change.h"
#include "ui/change/batch-page.h"

static const char *
get_name (NtActionContext *self)
{
  NtRow *row = nt_selection_get_team_row (self->selection);
  const NtTeam *team = row ? nt_row_get_record (row) : NULL;

  return team ? team->name : NULL;
}

static GPtrArray *
find_servers_with (NtActionContext *self, const char *name)
{
  g_autoptr (GPtrArray) selected = nt_selection_get_servers (self->selection);
  GPtrArray *servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; name != NULL && i < selected->len; i++)
    if (nt_same_change_find_team (selected->pdata[i], name) != NULL)
      g_ptr_array_add (servers, g_object_ref (selected->pdata[i]));
  return servers;
}

static void
delete_on_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  const char *team = get_name (self);
  g_autoptr (GPtrArray) servers = find_servers_with (self, team);
  g_autoptr (NtBatch) batch = nt_batch_new ();
  g_autofree char *title = g_strdup_printf (_("Delete “%s” on %u Servers"), team, servers->len);
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *pages = adw_navigation_view_new ();
  NtBatchPage *page;

  for (guint i = 0; i < servers->len; i++)
    nt_same_change_add_removal (batch, servers->pdata[i], team);
  page = nt_batch_page_new (batch, title, _("_Delete"));
  nt_batch_page_set_destructive (page);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (pages), ADW_NAVIGATION_PAGE (page));
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, 520);
  adw_dialog_set_content_height (dialog, 480);
  adw_dialog_set_child (dialog, pages);
  adw_dialog_present (dialog, widget);
}

/**
 * nt_batch_actions_update:
 *
 * Enables the actions that apply to several selected servers.
 */
void
nt_batch_actions_update (NtActionContext *self)
{
  g_autoptr (GPtrArray) servers = find_servers_with (self, get_name (self));

  nt_action_context_set_enabled (self, "win.delete-team-on-all", servers->len > 1);
}

/**
 * nt_batch_actions_install:
 *
 * Installs the actions for several servers.
 */
void
nt_batch_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.delete-team-on-all", NULL, delete_on_all);
}
