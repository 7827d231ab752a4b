/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean nt_help_print (const char *noun, const char *verb, const GOptionEntry *global_options);

G_END_DECLS
