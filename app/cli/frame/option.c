/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/option.h"

#include <glib/gi18n-lib.h>

/**
 * nt_option_parse_number:
 * @option: as given, "--deadline"
 * @min: not negative
 * @number: (out): set only on success
 * @error: %G_OPTION_ERROR_BAD_VALUE
 *
 * Parses a decimal number. GOption itself would take "010" for 8.
 *
 * Returns: %TRUE if @text is a number from @min to @max
 */
gboolean
nt_option_parse_number (const char *option, const char *text, gint64 min, gint64 max, gint64 *number, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, (guint64) min, (guint64) max, &value, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%s” is not a number from %d to %d"), option,
                   text, (int) min, (int) max);
      return FALSE;
    }
  *number = (gint64) value;
  return TRUE;
}
