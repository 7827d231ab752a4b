/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/text.h"

#include <string.h>

static const NtBlank *
find_blank (const char *name, gsize length, const NtBlank *blanks, guint n_blanks)
{
  for (guint i = 0; i < n_blanks; i++)
    if (strlen (blanks[i].name) == length && strncmp (blanks[i].name, name, length) == 0)
      return &blanks[i];
  return NULL;
}

/**
 * nt_text_fill:
 * @sentence: a translated sentence with placeholders like "{link}", in any order
 * @blanks: (array length=n_blanks): the values of the placeholders; NULL stands for nothing
 *
 * Replaces all placeholders in one pass, so that braces in a value are never taken for a placeholder.
 *
 * Returns: (transfer full): the sentence
 */
char *
nt_text_fill (const char *sentence, const NtBlank *blanks, guint n_blanks)
{
  GString *text = g_string_new (NULL);
  const char *p = sentence;

  while (*p != '\0')
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      const NtBlank *blank = end ? find_blank (p + 1, (gsize) (end - p - 1), blanks, n_blanks) : NULL;

      if (blank == NULL)
        {
          g_string_append_c (text, *p++);
          continue;
        }
      g_string_append (text, blank->value ? blank->value : "");
      p = end + 1;
    }
  return g_string_free (text, FALSE);
}
