/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/agent-error.h"
#include "backend/varlink/service/agent-interface.h"
#include "backend/varlink/wire/error.h"

#include <string.h>

static GError *
new_error (const char *name)
{
  g_autofree char *full_name = g_strconcat (VARLINK_INTERFACE ".", name, NULL);
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_string_member (parameters, "message", "words of the agent");
  return nt_varlink_error_new_remote (full_name, parameters);
}

/* Every error of the interface has a row, and no two map to the same one. */
static void
test_complete (void)
{
  g_auto (GStrv) lines = g_strsplit (nt_agent_interface_get_description (), "\n", -1);
  gboolean is_known[NT_AGENT_ERROR_OTHER] = { FALSE };
  guint count = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_prefix (*line, "error "))
        continue;
      name = g_strndup (*line + strlen ("error "), strcspn (*line + strlen ("error "), " ("));
      error = new_error (name);
      g_test_message ("%s", name);
      g_assert_cmpint (nt_agent_error_get (error), <, NT_AGENT_ERROR_OTHER);
      g_assert_false (is_known[nt_agent_error_get (error)]);
      is_known[nt_agent_error_get (error)] = TRUE;
      count++;
    }
  g_assert_cmpuint (count, ==, NT_AGENT_ERROR_OTHER);
}

static void
test_other (void)
{
  g_autoptr (GError) newer = new_error ("NotThoughtOfYet");
  g_autoptr (GError) local = g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, "closed");
  g_autofree char *text = nt_agent_error_describe (local);

  g_assert_cmpint (nt_agent_error_get (newer), ==, NT_AGENT_ERROR_OTHER);
  g_assert_cmpint (nt_agent_error_get_kind (newer), ==, NT_AGENT_ERROR_OF_AGENT);
  g_assert_cmpint (nt_agent_error_get (local), ==, NT_AGENT_ERROR_OTHER);
  g_assert_cmpstr (text, ==, "closed");
}

/* The agent's own words are in English, so the client has words for both kinds of denial. */
static void
test_denials (void)
{
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (GError) denied = NULL;
  g_autoptr (GError) unknown = NULL;

  json_object_set_string_member (parameters, "level", "read");
  json_object_set_string_member (parameters, "message", "words of the agent");
  denied = nt_varlink_error_new_remote (VARLINK_INTERFACE ".AccessDenied", parameters);
  json_object_set_boolean_member (parameters, "groups_unknown", TRUE);
  unknown = nt_varlink_error_new_remote (VARLINK_INTERFACE ".AccessDenied", parameters);
  g_assert_nonnull (strstr (denied->message, "nicteam-view"));
  g_assert_nonnull (strstr (unknown->message, "nsswitch.conf"));
}

static void
test_texts (void)
{
  static const struct
  {
    const char *name;
    NtAgentErrorKind kind;
    const char *text;
  } cases[] = {
    { "NothingToUndo", NT_AGENT_ERROR_OF_REQUEST, "There is no change to undo." },
    { "OperationFailed", NT_AGENT_ERROR_OF_KERNEL, "The kernel rejected the change: " },
    { "StoreFailed", NT_AGENT_ERROR_OF_AGENT, "words of the agent" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = new_error (cases[i].name);
      g_autofree char *text = nt_agent_error_describe (error);

      g_assert_cmpint (nt_agent_error_get_kind (error), ==, cases[i].kind);
      g_assert_nonnull (strstr (text, cases[i].text));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent-error/denials", test_denials);
  g_test_add_func ("/agent-error/complete", test_complete);
  g_test_add_func ("/agent-error/other", test_other);
  g_test_add_func ("/agent-error/texts", test_texts);
  return g_test_run ();
}
