/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/session-confirm.h"

#include <glib/gi18n-lib.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "app/change/confirm.h"
#include "app/cli/frame/session.h"

/* A change that waits for confirmation. */
typedef struct
{
  NtSession *session;
  NtConfirmedFunc func;
  gpointer user_data;
} Settling;

static gboolean
is_over_ssh (NtSession *session)
{
  return nt_session_get_address (session)->kind == NT_ADDRESS_UNIX && g_getenv ("SSH_CONNECTION") != NULL;
}

/*
 * A user who works on the server itself, over ssh, reaches its agent by the unix socket even if the network is down.
 * Only that user can tell if the terminal still responds.
 */
static gboolean
must_prompt (NtSession *session)
{
  return is_over_ssh (session) && !nt_session_get_invocation (session)->yes && isatty (STDIN_FILENO);
}

static gboolean
ask (NtSession *session, const NtPending *pending)
{
  struct pollfd input = { STDIN_FILENO, POLLIN, 0 };
  char answer[16];

  g_printerr (_("%s: change applied. Press Enter within %d s to confirm it, or it is rolled back: "),
              nt_session_get_server (session), (int) pending->remaining_s);
  if (poll (&input, 1, (int) pending->remaining_s * 1000) == 1 && fgets (answer, sizeof answer, stdin) != NULL)
    return TRUE;
  g_printerr ("\n");
  nt_session_fail (session, NT_EXIT_REVERTED, _("Not confirmed in time; rolled back"));
  return FALSE;
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Settling *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean confirmed = nt_confirm_finish (result, &error);

  if (!confirmed)
    nt_session_fail (self->session, NT_EXIT_UNREACHABLE,
                     _("Could not confirm the change over a new connection, so it is rolled back: %s"), error->message);
  self->func (self->session, confirmed, self->user_data);
  nt_session_release (self->session);
}

/**
 * nt_session_confirm:
 * @func: called when it is known if the change was confirmed
 *
 * Confirms a change over a new connection. The session does not end before that.
 */
void
nt_session_confirm (NtSession *self, const NtPending *pending, NtConfirmedFunc func, gpointer user_data)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->session = self;
  settling->func = func;
  settling->user_data = user_data;
  nt_session_hold (self);
  nt_confirm_async (nt_session_get_address (self), pending, NT_TRANSPORT_DEFAULT, NULL, confirmed_cb, settling);
}

/**
 * nt_session_finish_change:
 * @func: called when it is known if the change was confirmed
 *
 * Confirms a change as given by --confirm; with “manual”, tells the user how to confirm it.
 */
void
nt_session_finish_change (NtSession *self, const NtPending *pending, NtConfirmedFunc func, gpointer user_data)
{
  NtInvocation *invocation = nt_session_get_invocation (self);

  if (invocation->confirm == NT_CONFIRM_MANUAL)
    {
      g_autofree char *words =
        g_strdup_printf (_("change applied; rolled back in %d s unless confirmed: nicteam -s %s confirm"),
                         (int) pending->remaining_s, nt_session_get_server (self));

      nt_session_print_message (self, words);
      func (self, TRUE, user_data);
    }
  else if (must_prompt (self) && !ask (self, pending))
    func (self, FALSE, user_data);
  else
    nt_session_confirm (self, pending, func, user_data);
}
