/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application/askpass-prompt.h"

#include <glib/gi18n.h>
#include <string.h>

#define HELPER "nicteam-askpass"

/* Shows the prompts of ssh to the user, one after the other, even if several servers ask at the same time. */
struct _NtAskpassPrompt
{
  GObject parent_instance;

  /* borrowed */
  GtkApplication *application;
  GtkEditable *entry; /* in the open dialog; NULL if it has none */

  /* owned */
  NtAskpass *askpass;
  GQueue *waiting;
  NtAskpassQuestion *question; /* the question in the open dialog, or NULL */
  AdwDialog *dialog;
};

G_DEFINE_FINAL_TYPE (NtAskpassPrompt, nt_askpass_prompt, G_TYPE_OBJECT)

static void ask_next (NtAskpassPrompt *self);

static AdwAlertDialog *
new_dialog (const char *heading, const char *body)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_add_response (dialog, "cancel", _("_Cancel"));
  return dialog;
}

static GtkWidget *
make_fingerprint (NtAskpassQuestion *question)
{
  g_autofree char *fingerprint = nt_askpass_question_get_fingerprint (question);
  const char *text = fingerprint ? fingerprint : nt_askpass_question_get_prompt (question);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "command");
  return label;
}

static AdwAlertDialog *
make_host_key_dialog (NtAskpassQuestion *question)
{
  g_autofree char *heading = g_strdup_printf (_("Trust %s?"), nt_askpass_question_get_host (question));
  AdwAlertDialog *dialog = new_dialog (
    heading, _("The host key of this server is unknown. Compare the fingerprint with one from a trusted source, such "
               "as “ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub” on the console of the server."));

  adw_alert_dialog_set_prefer_wide_layout (dialog, TRUE);
  adw_alert_dialog_set_extra_child (dialog, make_fingerprint (question));
  /* A key that is pressed too early must not trust the server. */
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_add_response (dialog, "answer", _("_Trust"));
  return dialog;
}

/* The prompt contains the user, host or file, and is too long for a field. */
static const char *
get_field_name (NtAskpassQuestion *question)
{
  const char *prompt = nt_askpass_question_get_prompt (question);

  if (strstr (prompt, "passphrase") != NULL)
    return _("Passphrase");
  return strstr (prompt, "assword") != NULL ? _("Password") : _("Answer");
}

static AdwAlertDialog *
make_secret_dialog (NtAskpassPrompt *self, NtAskpassQuestion *question)
{
  g_autofree char *heading = g_strdup_printf (_("Log In to %s"), nt_askpass_question_get_host (question));
  g_autofree char *body =
    g_strdup_printf (_("ssh asks: %s\n\nThe answer is kept in memory until the console exits."),
                     nt_askpass_question_get_prompt (question));
  AdwAlertDialog *dialog = new_dialog (heading, body);
  GtkWidget *row = adw_password_entry_row_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_field_name (question));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  adw_alert_dialog_set_prefer_wide_layout (dialog, TRUE);
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_response (dialog, "answer", _("_Log In"));
  adw_alert_dialog_set_response_appearance (dialog, "answer", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "answer");
  adw_dialog_set_focus (ADW_DIALOG (dialog), row);
  self->entry = GTK_EDITABLE (row);
  return dialog;
}

static AdwAlertDialog *
make_dialog (NtAskpassPrompt *self, NtAskpassQuestion *question)
{
  g_autofree char *heading = NULL;

  self->entry = NULL;
  if (nt_askpass_question_get_kind (question) == NT_ASKPASS_HOST_KEY)
    return make_host_key_dialog (question);
  if (nt_askpass_question_get_kind (question) == NT_ASKPASS_SECRET)
    return make_secret_dialog (self, question);
  heading = g_strdup_printf (_("Log In to %s"), nt_askpass_question_get_host (question));
  return new_dialog (heading, nt_askpass_question_get_prompt (question));
}

static void
response_cb (NtAskpassPrompt *self, const char *response)
{
  const char *answer = NULL;

  if (g_str_equal (response, "answer"))
    answer = self->entry ? gtk_editable_get_text (self->entry) : "yes";
  nt_askpass_question_answer (self->question, answer);
}

/* The question was answered or withdrawn. */
static void
over_cb (NtAskpassPrompt *self)
{
  g_autoptr (AdwDialog) dialog = g_steal_pointer (&self->dialog);

  self->entry = NULL;
  g_clear_object (&self->question);
  g_signal_handlers_disconnect_by_data (dialog, self);
  adw_dialog_force_close (dialog);
  ask_next (self);
}

/* Without a window, questions stay in the queue. */
static void
ask_next (NtAskpassPrompt *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);
  g_autoptr (NtAskpassQuestion) question = NULL;

  if (self->question != NULL)
    return;
  question = g_queue_pop_head (self->waiting);
  while (question != NULL && !nt_askpass_question_is_open (question))
    {
      g_object_unref (question);
      question = g_queue_pop_head (self->waiting);
    }
  if (question == NULL)
    return;
  if (window == NULL)
    {
      nt_askpass_question_answer (question, NULL);
      return;
    }
  self->question = g_steal_pointer (&question);
  self->dialog = g_object_ref_sink (ADW_DIALOG (make_dialog (self, self->question)));
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->question, "over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (self->dialog, GTK_WIDGET (window));
}

static void
asked_cb (NtAskpassPrompt *self, NtAskpassQuestion *question)
{
  g_queue_push_tail (self->waiting, g_object_ref (question));
  ask_next (self);
}

static void
nt_askpass_prompt_dispose (GObject *object)
{
  NtAskpassPrompt *self = NT_ASKPASS_PROMPT (object);

  if (self->question != NULL)
    g_signal_handlers_disconnect_by_data (self->question, self);
  g_clear_object (&self->question);
  g_clear_object (&self->dialog);
  if (nt_askpass_get_default () == self->askpass)
    nt_askpass_set_default (NULL);
  g_clear_object (&self->askpass);
  g_queue_clear_full (self->waiting, g_object_unref);

  G_OBJECT_CLASS (nt_askpass_prompt_parent_class)->dispose (object);
}

static void
nt_askpass_prompt_finalize (GObject *object)
{
  g_queue_free (NT_ASKPASS_PROMPT (object)->waiting);

  G_OBJECT_CLASS (nt_askpass_prompt_parent_class)->finalize (object);
}

static void
nt_askpass_prompt_class_init (NtAskpassPromptClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_askpass_prompt_dispose;
  G_OBJECT_CLASS (klass)->finalize = nt_askpass_prompt_finalize;
}

static void
nt_askpass_prompt_init (NtAskpassPrompt *self)
{
  self->waiting = g_queue_new ();
}

/* The helper is next to the program in a build directory, else in its installed location. */
static char *
find_helper (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : g_strdup ("");
  g_autofree char *beside = g_build_filename (folder, HELPER, NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (LIBEXECDIR, HELPER, NULL);
}

/**
 * nt_askpass_prompt_new:
 * @application: questions are shown on its active window; it must outlive the object
 *
 * Answers the prompts of all connections that are opened from now on.
 *
 * Returns: (transfer full):
 */
NtAskpassPrompt *
nt_askpass_prompt_new (GtkApplication *application)
{
  NtAskpassPrompt *self = g_object_new (NT_TYPE_ASKPASS_PROMPT, NULL);
  g_autofree char *helper = find_helper ();
  g_autoptr (GError) error = NULL;

  self->application = application;
  self->askpass = nt_askpass_new (helper, &error);
  if (self->askpass == NULL)
    {
      g_warning ("Cannot prompt for passwords: %s", error->message);
      return self;
    }
  g_signal_connect_object (self->askpass, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  nt_askpass_set_default (self->askpass);
  return self;
}
