/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TEMP_FAILURE_RETRY */
#define _GNU_SOURCE
#include "config.h"

#include "backend/agent/base/small-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A FIFO or a device would block, and need not end. */
static gboolean
is_small (int fd, const char *path, gsize *size)
{
  struct stat info;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= NT_SMALL_FILE_BYTES_MAX)
    {
      *size = (gsize) info.st_size;
      return TRUE;
    }
  g_info ("ignoring %s: not a regular file of up to %d bytes", path, NT_SMALL_FILE_BYTES_MAX);
  return FALSE;
}

/* A file that grows meanwhile is read to its former end. */
static char *
read_text (int fd, gsize size, gsize *length)
{
  g_autofree char *text = g_malloc (size + 1);
  gssize got = 1;

  for (*length = 0; got > 0 && *length < size; *length += (gsize) MAX (got, 0))
    got = TEMP_FAILURE_RETRY (read (fd, text + *length, size - *length));
  text[*length] = '\0';
  return got >= 0 ? g_steal_pointer (&text) : NULL;
}

/**
 * nt_small_file_read:
 * @length: (out): the number of bytes
 *
 * Returns: (transfer full) (nullable): the content of the file, followed by a zero byte; %NULL if it cannot be read, is
 *   not a regular file, or is larger than %NT_SMALL_FILE_BYTES_MAX
 */
char *
nt_small_file_read (const char *path, gsize *length)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  char *text = NULL;
  gsize size;

  if (fd < 0)
    return NULL;
  if (is_small (fd, path, &size))
    text = read_text (fd, size, length);
  close (fd);
  return text;
}
