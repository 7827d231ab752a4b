/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/ssh-hosts.h"

#include <glib/gstdio.h>
#include <glob.h>
#include <string.h>

/* The limit of ssh itself, READCONF_MAX_DEPTH in its readconf.c */
#define DEPTH_MAX 16

/* Limits on what is read; a suggestion that is missing is no harm. */
#define FILES_MAX 256
#define FILE_BYTES_MAX (1024 * 1024)

typedef struct
{
  char *folder; /* base of relative paths in Include lines */
  GPtrArray *hosts;
  guint n_files;
} Parser;

static void read_file (Parser *parser, const char *path, int depth);

/* Patterns and negated names are not hosts. */
static void
take_host (Parser *parser, const char *word)
{
  if (strpbrk (word, "*?!") == NULL && *word != '-' &&
      !g_ptr_array_find_with_equal_func (parser->hosts, word, g_str_equal, NULL))
    g_ptr_array_add (parser->hosts, g_strdup (word));
}

static void
include (Parser *parser, const char *word, int depth)
{
  g_autofree char *path = NULL;
  glob_t found = { 0 };

  if (g_str_has_prefix (word, "~/"))
    path = g_build_filename (g_get_home_dir (), word + 2, NULL);
  else
    path = g_path_is_absolute (word) ? g_strdup (word) : g_build_filename (parser->folder, word, NULL);
  if (glob (path, 0, NULL, &found) == 0)
    for (gsize i = 0; i < found.gl_pathc; i++)
      read_file (parser, found.gl_pathv[i], depth + 1);
  globfree (&found);
}

/* Reads "Host a b" or "Host=a"; keywords are case-insensitive. */
static void
read_line (Parser *parser, char *line, int depth)
{
  char *rest = line + strcspn (line, " \t=");
  gsize length = rest - line;
  gboolean is_host = length == strlen ("Host") && g_ascii_strncasecmp (line, "Host", length) == 0;
  gboolean is_include = length == strlen ("Include") && g_ascii_strncasecmp (line, "Include", length) == 0;
  g_auto (GStrv) words = NULL;

  rest += strspn (rest, " \t=");
  if ((!is_host && !is_include) || !g_shell_parse_argv (rest, NULL, &words, NULL))
    return;
  for (char **word = words; *word != NULL; word++)
    if (is_host)
      take_host (parser, *word);
    else
      include (parser, *word, depth);
}

/* A FIFO would block. */
static gboolean
is_small (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= FILE_BYTES_MAX;
}

static void
read_file (Parser *parser, const char *path, int depth)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (depth > DEPTH_MAX || parser->n_files++ >= FILES_MAX || !is_small (path) || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    read_line (parser, g_strstrip (*line), depth);
}

/**
 * nt_ssh_hosts_list:
 * @path: (nullable): an ssh configuration file; %NULL for the user's own
 *
 * Returns: (transfer full) (array zero-terminated=1): the hosts in the file and its includes; see ssh_config(5). Files
 *   that cannot be read are skipped.
 */
char **
nt_ssh_hosts_list (const char *path)
{
  g_autofree char *own = g_build_filename (g_get_home_dir (), ".ssh", "config", NULL);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);
  Parser parser = { g_path_get_dirname (path ? path : own), hosts, 0 };

  read_file (&parser, path ? path : own, 0);
  g_free (parser.folder);
  g_ptr_array_set_free_func (hosts, NULL);
  g_ptr_array_add (hosts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}
