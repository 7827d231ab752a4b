/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/adapter-dialog.h"

#include <glib/gi18n.h>

#include "app/rows/adapter-row.h"
#include "app/text/adapter-facts.h"
#include "app/text/facts.h"
#include "backend/model/base/record-json.h"
#include "backend/model/request/problem.h"
#include "ui/parts/fact-row.h"
#include "ui/parts/status-cell.h"

#define N_SECTIONS (NT_FACTS_OFFLOADS + 1)

struct _NtAdapterDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwWindowTitle *window_title;
  AdwBin *place;

  /* owned */
  NtServer *server;
  char *name;
  NtAdapter *adapter;         /* as shown */
  NtAdapterDetails *details;  /* NULL until received, or if the agent cannot provide them */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (NtAdapterDialog, nt_adapter_dialog, ADW_TYPE_DIALOG)

/* The page under construction; a group is added with its first fact. */
typedef struct
{
  AdwPreferencesPage *page;
  AdwPreferencesGroup *groups[N_SECTIONS];
} PageBuilder;

static const char *
get_section_title (NtFactSection section)
{
  switch (section)
    {
    case NT_FACTS_LINK:
      return _("Link");
    case NT_FACTS_DEVICE:
      return _("Device");
    case NT_FACTS_QUEUES:
      return _("Queues");
    case NT_FACTS_OFFLOADS:
      return _("Offloads");
    case NT_FACTS_TEAMING:
    default:
      return _("Teaming");
    }
}

static void
add_row (PageBuilder *builder, NtFactSection section, GtkWidget *row)
{
  if (builder->groups[section] == NULL)
    {
      builder->groups[section] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (builder->groups[section], get_section_title (section));
      adw_preferences_page_add (builder->page, builder->groups[section]);
    }
  adw_preferences_group_add (builder->groups[section], row);
}

/* Facts about teaming are left out, since sentences with advice replace them. */
static void
add_fact (NtFactSection section, const char *label, const char *value, gpointer user_data)
{
  if (section != NT_FACTS_TEAMING)
    add_row (user_data, section, nt_fact_row_new (label, value));
}

static void
add_state (NtAdapterDialog *self, PageBuilder *builder)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *cell = g_object_new (NT_TYPE_STATUS_CELL, NULL);
  g_autoptr (NtRow) shown = nt_row_new (NT_TYPE_ADAPTER_ROW, self->server, self->name, self->adapter, NULL);
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;
  int health;

  g_object_get (shown, "health", &health, "status-text", &text, "reason", &reason, NULL);
  g_object_set (cell, "health", health, "text", text, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("State"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  /* Without a team, the reason is that it cannot be teamed, which is shown below. */
  if (self->adapter->team != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), cell);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_page_add (builder->page, ADW_PREFERENCES_GROUP (group));
}

static void
add_advice (PageBuilder *builder, const NtState *state, const NtAdapter *adapter)
{
  g_autoptr (GPtrArray) advice = nt_adapter_facts_check (state, adapter);

  if (!nt_problems_have_error (advice))
    add_row (builder, NT_FACTS_TEAMING,
             nt_fact_row_new_sentence ("nt-status-ok-symbolic", "success", _("This adapter can be added to a team.")));
  for (guint i = 0; i < advice->len; i++)
    {
      const NtProblem *problem = advice->pdata[i];
      gboolean is_error = problem->severity == NT_SEVERITY_ERROR;
      g_autofree char *sentence = nt_problem_describe (problem);

      add_row (builder, NT_FACTS_TEAMING,
               nt_fact_row_new_sentence (is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic",
                                         is_error ? "error" : "warning", sentence));
    }
}

static void
add_cautions (PageBuilder *builder, const NtAdapter *adapter)
{
  for (guint i = 0; i < adapter->cautions->len; i++)
    {
      int caution = nt_enum_parse (&nt_caution_enum, adapter->cautions->pdata[i]);

      if (caution >= 0)
        add_row (builder, NT_FACTS_TEAMING,
                 nt_fact_row_new_sentence ("dialog-warning-symbolic", "warning",
                                           nt_enum_label (&nt_caution_enum, caution)));
    }
}

static void
add_teaming (PageBuilder *builder, const NtState *state, const NtAdapter *adapter)
{
  const NtTeam *team = adapter->team ? nt_state_find_team (state, adapter->team) : NULL;
  g_autofree char *sentence = NULL;

  if (team == NULL)
    {
      add_advice (builder, state, adapter);
      return;
    }
  sentence = g_strdup_printf (_("This adapter is a member of team “%s”."), team->name);
  add_row (builder, NT_FACTS_TEAMING, nt_fact_row_new_sentence ("nt-status-ok-symbolic", "success", sentence));
  add_cautions (builder, adapter);
}

/* Rebuilds the whole page: adapters seldom change. */
static void
show (NtAdapterDialog *self)
{
  const NtState *state = nt_server_get_state (self->server);
  PageBuilder builder = { ADW_PREFERENCES_PAGE (adw_preferences_page_new ()), { NULL } };
  const NtFactSink listener = { add_fact, &builder };

  if (state == NULL)
    return;
  add_state (self, &builder);
  add_teaming (&builder, state, self->adapter);
  nt_adapter_facts_list (&listener, state, self->adapter, self->details);
  adw_bin_set_child (self->place, GTK_WIDGET (builder.page));
}

static void
details_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtAdapterDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = nt_server_call_finish (NT_SERVER (source), result, &error);
  g_autoptr (NtAdapterReply) answer =
    reply ? nt_record_from_json (&nt_adapter_reply_type, reply, NT_JSON_LENIENT, NULL) : NULL;

  if (answer == NULL || self->place == NULL)
    return;
  g_clear_pointer (&self->details, nt_adapter_details_unref);
  self->details = nt_adapter_details_ref (answer->details);
  show (self);
}

static void
request_details (NtAdapterDialog *self)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_string_member (parameters, "name", self->name);
  nt_server_call_async (self->server, "GetAdapter", parameters, self->cancellable, details_cb, g_object_ref (self));
}

/* Keeps the last facts while the server or the adapter is not available. */
static void
update (NtAdapterDialog *self)
{
  const NtState *state = nt_server_get_state (self->server);
  const NtAdapter *adapter = state ? nt_state_find_adapter (state, self->name) : NULL;

  if (adapter == NULL || (self->adapter != NULL && nt_record_equal (adapter, self->adapter)))
    return;
  g_clear_pointer (&self->adapter, nt_adapter_unref);
  self->adapter = nt_adapter_ref (adapter);
  show (self);
  request_details (self);
}

static void
nt_adapter_dialog_dispose (GObject *object)
{
  NtAdapterDialog *self = NT_ADAPTER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_ADAPTER_DIALOG);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (nt_adapter_dialog_parent_class)->dispose (object);
}

static void
nt_adapter_dialog_finalize (GObject *object)
{
  NtAdapterDialog *self = NT_ADAPTER_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->adapter, nt_adapter_unref);
  g_clear_pointer (&self->details, nt_adapter_details_unref);

  G_OBJECT_CLASS (nt_adapter_dialog_parent_class)->finalize (object);
}

static void
nt_adapter_dialog_class_init (NtAdapterDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_adapter_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = nt_adapter_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/adapter-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NtAdapterDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, NtAdapterDialog, place);
}

static void
nt_adapter_dialog_init (NtAdapterDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * nt_adapter_dialog_new:
 * @server: an online server
 * @name: of one of its adapters
 *
 * Returns: (transfer floating): a dialog with all facts about the adapter, which follows changes
 */
NtAdapterDialog *
nt_adapter_dialog_new (NtServer *server, const char *name)
{
  NtAdapterDialog *self = g_object_new (NT_TYPE_ADAPTER_DIALOG, NULL);
  g_autofree char *subtitle = g_strdup_printf (_("On %s"), nt_server_get_name (server));

  self->server = g_object_ref (server);
  self->name = g_strdup (name);
  adw_window_title_set_title (self->window_title, name);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  g_signal_connect_object (server, "state-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}
