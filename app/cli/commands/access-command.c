/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/command.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"
#include "backend/model/base/access-level.h"

static void
access_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  static const char *const titles[] = { N_("USER"), N_("ACCESS"), NULL };
  NtOutput *output = nt_session_get_invocation (session)->output;
  g_autoptr (NtAccess) access = nt_session_take_reply (session, reply, error, &nt_access_type);

  if (access == NULL)
    return;
  nt_output_set_columns (output, titles);
  nt_output_begin_row (output, nt_session_get_server (session));
  nt_output_add_cell (output, access->user);
  nt_output_add_cell (output, nt_enum_label (&nt_access_level_enum, access->level));
  nt_output_add_json (output, nt_session_get_server (session), "access", nt_facts_record_to_node (access));
}

static NtExit
access_on (NtSession *session, NtInvocation *invocation)
{
  nt_session_call (session, "GetAccess", NULL, access_cb, NULL);
  return NT_EXIT_OK;
}

static NtExit
show_access (NtInvocation *invocation)
{
  return nt_session_run (invocation, access_on);
}

const NtCommand nt_access_commands[] = {
  { "access", NULL, "", N_("Show your user name and access level on a server"), 0, 0, NULL, show_access },
  { NULL },
};
