/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/command.h"
#include "cli/session.h"

static const NtPending *
get_pending (NtSession *session, NtExit *code)
{
  const NtPending *pending = nt_session_get_state (session)->pending;

  if (pending == NULL)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No change waits to be confirmed"));
  return pending;
}

static void
confirmed (NtSession *session, gboolean kept, gpointer user_data)
{
  if (kept)
    nt_session_say (session, _("the change stays"));
}

static NtExit
confirm_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  const NtPending *pending = get_pending (session, &code);

  if (pending != NULL)
    nt_session_confirm (session, pending, confirmed, NULL);
  return code;
}

static NtExit
confirm (NtInvocation *invocation)
{
  return nt_session_run (invocation, confirm_on);
}

static void
reverted_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  if (error != NULL)
    nt_session_fail_with (session, error);
  else
    nt_session_say (session, _("the change is undone"));
}

static NtExit
revert_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;

  if (get_pending (session, &code) != NULL)
    nt_session_call (session, "Revert", NULL, reverted_cb, NULL);
  return code;
}

static NtExit
revert (NtInvocation *invocation)
{
  return nt_session_run (invocation, revert_on);
}

const NtCommand nt_confirm_commands[] = {
  { "confirm", NULL, "", N_("Keep the change that waits to be confirmed"), 0, 0, NULL, confirm },
  { "revert", NULL, "", N_("Undo the change that waits to be confirmed"), 0, 0, NULL, revert },
  { NULL },
};
