/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/settings.h"

/**
 * nt_settings_get_default:
 *
 * Returns: (transfer none):
 */
GSettings *
nt_settings_get_default (void)
{
  static GSettings *settings = NULL;

  if (settings == NULL)
    settings = g_settings_new (APP_ID);
  return settings;
}

/**
 * nt_settings_get_confirm:
 *
 * Returns: seconds until an agent rolls back unless a change is confirmed
 */
int
nt_settings_get_confirm (void)
{
  return g_settings_get_int (nt_settings_get_default (), NT_SETTINGS_CONFIRM);
}

/**
 * nt_settings_apply_to_request:
 *
 * Returns: (transfer full): a copy of @request with the settings of the user
 */
NtRequest *
nt_settings_apply_to_request (const NtRequest *request)
{
  NtRequest *complete = nt_request_copy (request);

  if (complete->confirm_s == -1)
    complete->confirm_s = nt_settings_get_confirm ();
  return complete;
}
