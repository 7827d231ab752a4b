/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/commands/adopt-command.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/option.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/frame/wait.h"
#include "backend/model/request/adopt.h"

static char *name;

const GOptionEntry nt_adopt_options[] = {
  { "name", 0, 0, NT_OPTION_TEXT, &name, N_("Name of the team (default: the name of the bond)"), N_("NAME") },
  NT_TAKE_OVER_OPTION,
  NT_WAIT_OPTION,
  { NULL },
};

static NtExit
adopt_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  const NtTeam *bond = nt_selection_find_team (session, invocation->arguments[0], &code);
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *done = NULL;

  if (bond == NULL)
    return code;
  if (bond->managed)
    return nt_session_fail (session, NT_EXIT_REFUSED, _("“%s” is already a team"), bond->name);
  g_ptr_array_add (request->adopt, g_strdup (bond->device));
  g_ptr_array_add (request->set, nt_adopt_make_spec (bond, name));
  done = g_strdup_printf (_("adopted bond “%s” as team “%s”"), bond->device, name ? name : bond->name);
  return nt_session_apply (session, request, done);
}

/**
 * nt_adopt_bond:
 *
 * Adopts a bond that another tool created, without changing it.
 *
 * Returns: the exit status
 */
NtExit
nt_adopt_bond (NtInvocation *invocation)
{
  return nt_session_run (invocation, adopt_on);
}
