/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/wait.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/option.h"
#include "app/cli/print/fact-lines.h"
#include "backend/model/base/record-json.h"

/* One day; anything longer is likely a typing error. */
#define SECONDS_MAX 86400

static int wait_seconds; /* 0 = do not wait */

/* A wait for teams. */
typedef struct
{
  NtSession *session;
  GPtrArray *teams; /* ids */
  NtState *state;
  GCancellable *cancellable;
  guint timeout;
} Wait;

/**
 * nt_wait_parse:
 *
 * A #GOptionArgFunc for an optional number of seconds.
 *
 * Returns: %TRUE if @value is valid
 */
gboolean
nt_wait_parse (const char *name, const char *value, gpointer data, GError **error)
{
  gint64 seconds = NT_WAIT_SECONDS;

  if (value != NULL && *value != '\0' && !nt_option_parse_number (name, value, 1, SECONDS_MAX, &seconds, error))
    return FALSE;
  wait_seconds = (int) seconds;
  return TRUE;
}

gboolean
nt_wait_is_wanted (void)
{
  return wait_seconds > 0;
}

static void
wait_free (Wait *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->state, nt_state_unref);
  g_ptr_array_unref (self->teams);
  g_object_unref (self->cancellable);
  g_free (self);
}

static const NtTeam *
find_team (const Wait *self, guint index)
{
  return self->state ? nt_state_find_team (self->state, self->teams->pdata[index]) : NULL;
}

static gboolean
all_are_up (const Wait *self)
{
  for (guint i = 0; i < self->teams->len; i++)
    {
      const NtTeam *team = find_team (self, i);

      if (team == NULL || team->status != NT_STATUS_OK)
        return FALSE;
    }
  return TRUE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  Wait *self = user_data;

  self->timeout = 0;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
changes_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  Wait *self = user_data;
  g_autoptr (NtChanges) changes = nt_record_from_json (&nt_changes_type, parameters, NT_JSON_LENIENT, NULL);
  NtState *state;

  if (changes == NULL)
    return;
  state = nt_state_patch (self->state, changes);
  g_clear_pointer (&self->state, nt_state_unref);
  self->state = state;
  if (all_are_up (self))
    g_cancellable_cancel (self->cancellable);
}

/* "nic2: Media disconnected, nic3: No LACP partner" */
static char *
describe_members (const NtTeam *team)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < team->members->len; i++)
    {
      const NtMember *member = team->members->pdata[i];

      if (member->reason != -1)
        g_string_append_printf (words, "%s%s: %s", words->len > 0 ? ", " : "", member->adapter,
                                nt_enum_label (&nt_reason_enum, member->reason));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
report_late (const Wait *self, guint index)
{
  const NtTeam *team = find_team (self, index);
  g_autofree char *reasons = team ? describe_members (team) : NULL;

  if (team == NULL)
    nt_session_fail (self->session, NT_EXIT_REVERTED, _("A team disappeared during the wait"));
  else if (team->status != NT_STATUS_OK && *reasons != '\0')
    nt_session_fail (self->session, NT_EXIT_TIMEOUT, _("Team “%s” is not up after %d s: %s (%s)"), team->name,
                     wait_seconds, nt_enum_label (&nt_status_enum, team->status), reasons);
  else if (team->status != NT_STATUS_OK)
    nt_session_fail (self->session, NT_EXIT_TIMEOUT, _("Team “%s” is not up after %d s: %s"), team->name, wait_seconds,
                     nt_enum_label (&nt_status_enum, team->status));
}

static void
report_up (const Wait *self)
{
  for (guint i = 0; i < self->teams->len; i++)
    {
      g_autofree char *words = g_strdup_printf (_("team “%s” is up"), find_team (self, i)->name);

      nt_session_print_message (self->session, words);
    }
}

/* The teams as they are at the end of the wait, whatever its result */
static void
add_json (const Wait *self)
{
  g_autoptr (GPtrArray) teams = g_ptr_array_new ();

  for (guint i = 0; i < self->teams->len; i++)
    if (find_team (self, i) != NULL)
      g_ptr_array_add (teams, (gpointer) find_team (self, i));
  nt_output_add_json (nt_session_get_invocation (self->session)->output, nt_session_get_server (self->session), "teams",
                      nt_facts_records_to_node (teams));
}

static void
ended_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  Wait *self = user_data;

  if (all_are_up (self))
    report_up (self);
  else if (!g_cancellable_is_cancelled (self->cancellable) && error != NULL)
    nt_session_fail_with (session, error);
  else
    for (guint i = 0; i < self->teams->len; i++)
      report_late (self, i);
  add_json (self);
  wait_free (self);
}

/**
 * nt_wait_start:
 * @teams: (element-type utf8): ids
 *
 * Waits until all teams are up or the time of --wait is over, and reports the result.
 */
void
nt_wait_start (NtSession *session, const GPtrArray *teams)
{
  Wait *self = g_new0 (Wait, 1);

  wait_seconds = wait_seconds > 0 ? wait_seconds : NT_WAIT_SECONDS;
  self->session = session;
  self->teams = nt_strings_copy (teams);
  self->cancellable = g_cancellable_new ();
  self->timeout = g_timeout_add_seconds (wait_seconds, timeout_cb, self);
  nt_session_follow (session, "Subscribe", NULL, changes_cb, self->cancellable, ended_cb, self);
}
