/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/drop-in.h"

#include "backend/agent/base/small-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* The agent recognizes its own files by this line. */
#define MARK "# Devices:"

#define HEAD \
  "# Written and removed by nicteam-agent: these devices belong to its teams, see nicteam-agent(8).\n" MARK

/* The file has to win over others. NetworkManager.conf(5): files that are read later take precedence.
 * systemd.network(5): the first file that matches applies. */
static const struct
{
  NtTool tool;
  const char *path;
} places[] = {
  { NT_TOOL_NETWORK_MANAGER, "etc/NetworkManager/conf.d/99-nicteam.conf" },
  { NT_TOOL_NETWORKD, "etc/systemd/network/00-nicteam.network" },
};

/**
 * nt_drop_in_get_path:
 * @root: "/", or a directory with files for a test
 * @tool: NetworkManager or systemd-networkd
 *
 * Returns: (transfer full): the path of the drop-in file
 */
char *
nt_drop_in_get_path (const char *root, NtTool tool)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].tool == tool)
      return g_build_filename (root, places[i].path, NULL);
  g_return_val_if_reached (NULL);
}

/**
 * nt_drop_in_read:
 *
 * Returns: (transfer full) (element-type utf8): the devices in the file; empty if there is no file
 */
GPtrArray *
nt_drop_in_read (const char *path)
{
  GPtrArray *devices = nt_strings_new ();
  gsize length;
  g_autofree char *text = nt_small_file_read (path, &length);
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return devices;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_str_has_prefix (lines[i], MARK) ? g_strsplit (lines[i] + strlen (MARK), " ", -1) : NULL;

      for (guint j = 0; words != NULL && words[j] != NULL; j++)
        if (*words[j] != '\0')
          g_ptr_array_add (devices, g_strdup (words[j]));
    }
  return devices;
}

static char *
format (NtTool tool, const GPtrArray *devices)
{
  GString *text = g_string_new (HEAD);

  for (guint i = 0; i < devices->len; i++)
    g_string_append_printf (text, " %s", (const char *) devices->pdata[i]);
  g_string_append (text, tool == NT_TOOL_NETWORK_MANAGER ? "\n[keyfile]\nunmanaged-devices+=" : "\n[Match]\nName=");
  for (guint i = 0; i < devices->len; i++)
    g_string_append_printf (text, tool == NT_TOOL_NETWORK_MANAGER ? "interface-name:=%s;" : "%s ",
                            (const char *) devices->pdata[i]);
  g_string_append (text, tool == NT_TOOL_NETWORK_MANAGER ? "\n" : "\n\n[Link]\nUnmanaged=yes\n");
  return g_string_free (text, FALSE);
}

static gboolean
fail (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("Cannot change %s: %s"), path, g_strerror (code));
  return FALSE;
}

/**
 * nt_drop_in_write:
 * @tool: the tool that reads the file
 * @devices: (element-type utf8): devices that the tool has to ignore; if empty, the file is removed
 * @error: G_FILE_ERROR
 *
 * Returns: %TRUE on success
 */
gboolean
nt_drop_in_write (const char *path, NtTool tool, const GPtrArray *devices, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *text = NULL;

  if (devices->len == 0)
    return g_unlink (path) == 0 || errno == ENOENT || fail (error, path);
  if (g_mkdir_with_parents (directory, 0755) != 0)
    return fail (error, directory);
  text = format (tool, devices);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error))
    return FALSE;
  /* systemd-networkd does not run as root, but the umask of the agent denies access to others. */
  return g_chmod (path, 0644) == 0 || fail (error, path);
}
