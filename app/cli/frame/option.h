/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The values of options. The whole command line is UTF-8 when options are parsed, in every locale, so GOption must not
 * convert a value from the charset of the locale; it leaves alone what it takes for a file name.
 */
#define NT_OPTION_TEXT G_OPTION_ARG_FILENAME
#define NT_OPTION_TEXTS G_OPTION_ARG_FILENAME_ARRAY
/* Flags, kind and place of an option whose value a #GOptionArgFunc parses */
#define NT_OPTION_PARSED_BY(func) G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) (func)

gboolean nt_option_parse_number (const char *option,
                                 const char *text,
                                 gint64 min,
                                 gint64 max,
                                 gint64 *number,
                                 GError **error);

G_END_DECLS
