/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "app/change/same-change.h"
#include "ui/change/batch-page.h"
#include "ui/window/window-private.h"

static const char *
get_name (NtWindow *self)
{
  NtRow *row = nt_team_tile_get_selected (self->team_tile);
  const NtTeam *team = row ? nt_row_get_record (row) : NULL;

  return team ? team->name : NULL;
}

static GPtrArray *
find_servers_with (NtWindow *self, const char *name)
{
  GListModel *selected = nt_server_tile_get_selected (self->server_tile);
  GPtrArray *servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (selected, i);

      if (nt_same_change_find_team (server, name) != NULL)
        g_ptr_array_add (servers, g_steal_pointer (&server));
    }
  return servers;
}

/**
 * nt_window_get_other_servers:
 *
 * Returns: (transfer full) (element-type NtServer): the selected servers except @server
 */
GPtrArray *
nt_window_get_other_servers (NtWindow *self, NtServer *server)
{
  GListModel *selected = nt_server_tile_get_selected (self->server_tile);
  GPtrArray *others = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (NtServer) other = g_list_model_get_item (selected, i);

      if (other != server)
        g_ptr_array_add (others, g_steal_pointer (&other));
    }
  return others;
}

static void
delete_on_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
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
 * nt_window_update_batch_actions:
 *
 * Enables the actions that apply to several selected servers.
 */
void
nt_window_update_batch_actions (NtWindow *self)
{
  g_autoptr (GPtrArray) servers = find_servers_with (self, get_name (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.delete-team-on-all", servers->len > 1);
}

/**
 * nt_window_class_add_batch_actions:
 *
 * Installs the actions for several servers.
 */
void
nt_window_class_add_batch_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.delete-team-on-all", NULL, delete_on_all);
}
