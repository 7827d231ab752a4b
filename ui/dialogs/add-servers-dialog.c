/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/add-servers-dialog.h"

#include <glib/gi18n.h>

#include "app/servers/ssh-hosts.h"
#include "ui/dialogs/host-row.h"
#include "ui/parts/problem-label.h"

/* Host lists are short; a larger file is something else. */
#define FILE_MAX (1024 * 1024)

struct _NtAddServersDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwEntryRow *hosts_row;
  AdwEntryRow *name_row;
  AdwEntryRow *groups_row;
  GtkWidget *add_button;
  NtProblemLabel *problem;
  AdwPreferencesGroup *found_group;
  AdwPreferencesGroup *offered_group;

  /* owned */
  NtServerList *servers;
  char *file_text;    /* of the file that was opened last */
  GPtrArray *found;   /* of NtHostRow, borrowed from the group: parsed from the input */
  GPtrArray *offered; /* of NtHostRow, borrowed from the group: the local machine and hosts of ssh */
};

G_DEFINE_FINAL_TYPE (NtAddServersDialog, nt_add_servers_dialog, ADW_TYPE_DIALOG)

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static GPtrArray *
parse (NtAddServersDialog *self)
{
  g_autoptr (GPtrArray) read = nt_host_list_parse (self->file_text ? self->file_text : "");
  GPtrArray *entries = nt_host_list_parse (get_text (self->hosts_row));

  g_ptr_array_extend_and_steal (entries, g_steal_pointer (&read));
  return entries;
}

/* A single host may be given a name; several hosts are shown as rows. */
static gboolean
is_single (const GPtrArray *entries, NtAddServersDialog *self)
{
  return entries->len == 1 && self->file_text == NULL;
}

/* The name of a single host: as entered, or made from its address. */
static char *
get_single_name (NtAddServersDialog *self, const NtHostEntry *entry)
{
  g_autoptr (NtServerAddress) address = nt_server_address_parse (entry->address, NULL);
  const char *text = get_text (self->name_row);

  if (*text != '\0')
    return g_strdup (text);
  return address ? nt_server_address_get_default_name (address) : g_strdup (entry->name);
}

static gboolean
has_ticked (const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (nt_host_row_is_ticked (rows->pdata[i]))
      return TRUE;
  return FALSE;
}

static char *
find_problem (NtAddServersDialog *self, const NtHostEntry *entry, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (nt_server_list_check (self->servers, entry->address, name, &error))
    return NULL;
  return g_strdup (error->message);
}

static void
update_button (NtAddServersDialog *self)
{
  g_autoptr (GPtrArray) entries = parse (self);
  g_autofree char *problem = NULL;
  gboolean can_add = has_ticked (self->found) || has_ticked (self->offered);

  if (is_single (entries, self))
    {
      g_autofree char *name = get_single_name (self, entries->pdata[0]);

      problem = find_problem (self, entries->pdata[0], name);
      can_add = problem == NULL;
    }
  nt_problem_label_set (self->problem, problem, TRUE);
  gtk_widget_set_sensitive (self->add_button, can_add);
}

static void
add_row (NtAddServersDialog *self, AdwPreferencesGroup *group, GPtrArray *rows, NtHostEntry *entry, gboolean ticked)
{
  g_autofree char *problem = find_problem (self, entry, entry->name);
  NtHostRow *row = nt_host_row_new (entry, problem, ticked);

  g_signal_connect_object (row, "toggled", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_ptr_array_add (rows, row);
}

static void
show_found (NtAddServersDialog *self, GPtrArray *entries)
{
  g_autofree char *title =
    g_strdup_printf (g_dngettext (NULL, "%u Server", "%u Servers", entries->len), entries->len);

  for (guint i = 0; i < self->found->len; i++)
    adw_preferences_group_remove (self->found_group, self->found->pdata[i]);
  g_ptr_array_set_size (self->found, 0);
  adw_preferences_group_set_title (self->found_group, title);
  if (!is_single (entries, self))
    for (guint i = 0; i < entries->len; i++)
      add_row (self, self->found_group, self->found, g_steal_pointer (&entries->pdata[i]), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->found_group), self->found->len > 0);
}

static void
changed_cb (NtAddServersDialog *self)
{
  g_autoptr (GPtrArray) entries = parse (self);

  if (self->servers == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), entries->len <= 1 && self->file_text == NULL);
  g_ptr_array_set_free_func (entries, NULL);
  show_found (self, entries);
  for (guint i = 0; i < entries->len; i++)
    if (entries->pdata[i] != NULL)
      nt_host_entry_free (entries->pdata[i]);
  update_button (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtAddServersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (self->problem == NULL)
    return;
  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    nt_problem_label_set (self->problem, error->message, TRUE);
  else if (length > FILE_MAX || !g_utf8_validate (text, length, NULL))
    nt_problem_label_set (self->problem, _("This file does not contain a list of hosts."), TRUE);
  else
    {
      g_free (self->file_text);
      self->file_text = g_steal_pointer (&text);
      changed_cb (self);
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtAddServersDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    g_file_load_contents_async (file, NULL, loaded_cb, g_object_ref (self));
}

static void
open_cb (NtAddServersDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());

  gtk_file_dialog_set_title (dialog, _("Open Server List"));
  gtk_file_dialog_set_initial_folder (dialog, home);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, opened_cb,
                        g_object_ref (self));
}

static void
add_groups (NtHostEntry *entry, const char *text)
{
  g_auto (GStrv) groups = g_strsplit_set (text, " ,;", -1);

  for (char **group = groups; *group != NULL; group++)
    if (**group != '\0' && !g_ptr_array_find_with_equal_func (entry->groups, *group, g_str_equal, NULL))
      g_ptr_array_add (entry->groups, g_strdup (*group));
}

static void
add_chosen (NtAddServersDialog *self, const NtHostEntry *entry, const char *name, GPtrArray *chosen)
{
  NtHostEntry *copy = nt_host_entry_new (name, entry->address);

  g_ptr_array_unref (copy->groups);
  copy->groups = g_ptr_array_copy (entry->groups, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  add_groups (copy, get_text (self->groups_row));
  g_ptr_array_add (chosen, copy);
}

static GPtrArray *
choose (NtAddServersDialog *self)
{
  g_autoptr (GPtrArray) entries = parse (self);
  const GPtrArray *lists[] = { self->found, self->offered };
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) nt_host_entry_free);

  if (is_single (entries, self))
    {
      g_autofree char *name = get_single_name (self, entries->pdata[0]);

      add_chosen (self, entries->pdata[0], name, chosen);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      if (nt_host_row_is_ticked (lists[i]->pdata[j]))
        {
          const NtHostEntry *entry = nt_host_row_get_entry (lists[i]->pdata[j]);

          add_chosen (self, entry, entry->name, chosen);
        }
  return chosen;
}

static void
add_cb (NtAddServersDialog *self)
{
  g_autoptr (GPtrArray) chosen = choose (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) added = nt_server_list_add_entries (self->servers, chosen, &error);

  if (added == NULL)
    {
      nt_problem_label_set (self->problem, error->message, TRUE);
      return;
    }
  g_signal_emit (self, signals[ADDED], 0, added);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
nt_add_servers_dialog_dispose (GObject *object)
{
  g_clear_object (&NT_ADD_SERVERS_DIALOG (object)->servers);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_ADD_SERVERS_DIALOG);

  G_OBJECT_CLASS (nt_add_servers_dialog_parent_class)->dispose (object);
}

static void
nt_add_servers_dialog_finalize (GObject *object)
{
  NtAddServersDialog *self = NT_ADD_SERVERS_DIALOG (object);

  g_free (self->file_text);
  g_ptr_array_unref (self->found);
  g_ptr_array_unref (self->offered);

  G_OBJECT_CLASS (nt_add_servers_dialog_parent_class)->finalize (object);
}

static void
nt_add_servers_dialog_class_init (NtAddServersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_add_servers_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = nt_add_servers_dialog_finalize;

  /**
   * NtAddServersDialog::added:
   * @servers: (element-type NtServer): the new servers, which are not started
   */
  signals[ADDED] = g_signal_new ("added", NT_TYPE_ADD_SERVERS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/add-servers-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, hosts_row);
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, groups_row);
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, found_group);
  gtk_widget_class_bind_template_child (widget_class, NtAddServersDialog, offered_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
nt_add_servers_dialog_init (NtAddServersDialog *self)
{
  g_type_ensure (NT_TYPE_PROBLEM_LABEL);
  self->found = g_ptr_array_new ();
  self->offered = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Offers the local machine and the hosts of the ssh configuration, except those that are in the list. */
static void
offer (NtAddServersDialog *self)
{
  g_auto (GStrv) hosts = nt_ssh_hosts_list (NULL);
  g_autoptr (NtServerAddress) here = nt_server_address_parse ("local", NULL);
  g_autofree char *own_name = nt_server_address_get_default_name (here);

  if (nt_server_list_find_address (self->servers, here) == NULL)
    add_row (self, self->offered_group, self->offered, nt_host_entry_new (own_name, "local"), FALSE);
  for (char **host = hosts; *host != NULL; host++)
    if (nt_server_list_find (self->servers, *host) == NULL)
      add_row (self, self->offered_group, self->offered, nt_host_entry_new (*host, NULL), FALSE);
  if (*hosts == NULL)
    adw_preferences_group_set_description (self->offered_group, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->offered_group), self->offered->len > 0);
}

/**
 * nt_add_servers_dialog_new:
 * @servers: the list to which servers are added
 *
 * Returns: (transfer floating): a dialog that adds servers
 */
NtAddServersDialog *
nt_add_servers_dialog_new (NtServerList *servers)
{
  NtAddServersDialog *self = g_object_new (NT_TYPE_ADD_SERVERS_DIALOG, NULL);

  self->servers = g_object_ref (servers);
  offer (self);
  return self;
}
