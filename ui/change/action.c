/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/action.h"

/**
 * nt_action_new:
 *
 * Returns: (transfer full): a change without messages
 */
NtAction *
nt_action_new (NtServer *server, const NtRequest *request)
{
  NtAction *self = g_new0 (NtAction, 1);

  self->server = g_object_ref (server);
  self->request = nt_request_ref (request);
  return self;
}

/**
 * nt_action_free:
 * @self: (transfer full):
 */
void
nt_action_free (NtAction *self)
{
  g_object_unref (self->server);
  nt_request_unref (self->request);
  g_free (self->done);
  g_free (self->failed);
  g_free (self);
}
