/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/settings.h"

#include <glib/gi18n-lib.h>

#define GROUP "Agent"

static gboolean
read_boolean (GKeyFile *file, const char *path, const char *key, gboolean *value, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!g_key_file_has_key (file, GROUP, key, NULL))
    return TRUE;
  *value = g_key_file_get_boolean (file, GROUP, key, &problem);
  if (problem == NULL)
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, _("%s: %s must be true or false"), path, key);
  return FALSE;
}

static gboolean
read_seconds (GKeyFile *file, const char *path, const char *key, gint64 most, gint64 *value, GError **error)
{
  g_autofree char *text = g_key_file_get_value (file, GROUP, key, NULL);

  if (text == NULL || g_ascii_string_to_signed (g_strstrip (text), 10, 0, most, value, NULL))
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               _("%s: %s must be a number of seconds, from 0 to %d"), path, key, (int) most);
  return FALSE;
}

/**
 * nt_settings_load:
 * @self: (inout): the settings; those that are not in the file keep their defaults
 * @path: the file, which may be absent
 * @error: G_KEY_FILE_ERROR or G_FILE_ERROR
 *
 * Returns: %TRUE if the file is absent or valid
 */
gboolean
nt_settings_load (NtSettings *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &problem))
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s: ", path);
      return FALSE;
    }
  return read_boolean (file, path, "VethAdapters", &self->veth_adapters, error) &&
         read_boolean (file, path, "GuestModes", &self->guest_modes, error) &&
         read_boolean (file, path, "Repair", &self->repair, error) &&
         read_seconds (file, path, "ConfirmSeconds", NT_CONFIRM_SECONDS_MAX, &self->confirm_seconds, error);
}
