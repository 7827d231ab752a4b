/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/print/exit-status.h"

#include <glib/gi18n-lib.h>

#include "app/reach/transport-error.h"
#include "app/text/agent-error.h"
#include "backend/varlink/wire/error.h"

/* The only list of them: the help prints it, and a test holds the manual page to it. */
static const char *const texts[N_NT_EXITS] = {
  [NT_EXIT_OK] = N_("Success"),
  [NT_EXIT_FAILED] = N_("Other failure"),
  [NT_EXIT_USAGE] = N_("Invalid command line or file, or the user answered a question with no"),
  [NT_EXIT_UNREACHABLE] = N_("Server not reachable"),
  [NT_EXIT_REFUSED] = N_("Request refused; nothing was changed"),
  [NT_EXIT_KERNEL] = N_("The kernel rejected a step; the change was rolled back"),
  [NT_EXIT_TIMEOUT] = N_("The change was applied, but a team was not up within the time given by --wait"),
  [NT_EXIT_REVERTED] = N_("The change was applied, but not confirmed in time; it was rolled back"),
};

/**
 * nt_exit_of_error:
 * @error: of a call
 *
 * Returns: the exit status that tells scripts of @error
 */
NtExit
nt_exit_of_error (const GError *error)
{
  static const NtExit statuses[] = {
    [NT_AGENT_ERROR_OF_REQUEST] = NT_EXIT_REFUSED,
    [NT_AGENT_ERROR_OF_KERNEL] = NT_EXIT_KERNEL,
    [NT_AGENT_ERROR_OF_AGENT] = NT_EXIT_FAILED,
  };

  if (error->domain == NT_TRANSPORT_ERROR || g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED))
    return NT_EXIT_UNREACHABLE;
  return statuses[nt_agent_error_get_kind (error)];
}

/* Returns the meaning of an exit status, in the user's language. */
const char *
nt_exit_get_text (NtExit code)
{
  return _(texts[code]);
}
