/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "nicteam complete WORD…" is called by the scripts in data/completions. */
int nt_complete_run (char **words, const GOptionEntry *global_options);

G_END_DECLS
