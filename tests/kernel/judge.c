/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "judge.h"

#include <gio/gio.h>

static char *
spawn (const char *command)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  g_autofree char *errors = NULL;
  int status;

  g_spawn_command_line_sync (command, &output, &errors, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_exit_status (status, &error))
    g_error ("%s: %s%s", command, error->message, errors);
  return output;
}

/* Changes the kernel's configuration with iproute2, as another tool would. */
void
judge_run (const char *command)
{
  g_autofree char *output = spawn (command);
}

/* The output of "ip -d -j link show" for one link; NULL = no such link. */
JsonObject *
judge_read_link (const char *name)
{
  g_autofree char *output = spawn ("ip -d -j address show");
  g_autoptr (JsonNode) node = json_from_string (output, NULL);
  JsonArray *links = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (links); i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (link, "ifname", NULL), name) == 0)
        return json_object_ref (link);
    }
  return NULL;
}

/* A value of it as text, by path: "linkinfo.info_data.mode"; "" = not set. */
char *
judge_get (JsonObject *link, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (link == NULL || !json_object_has_member (link, names[i]))
        return g_strdup ("");
      node = json_object_get_member (link, names[i]);
      link = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

/* All routes that were configured, and all addresses except automatic ones, as reported by iproute2. */
char *
judge_read_network (void)
{
  return spawn ("sh -c 'ip -4 route show table all proto static | sort; ip -6 route show table all proto static | sort; "
                "ip -o address show dev t scope global'");
}

/* /proc/net/bonding/BOND */
char *
judge_read_bonding (const char *bond)
{
  g_autofree char *path = g_build_filename ("/proc/net/bonding", bond, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}
