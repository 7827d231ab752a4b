/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A placeholder in a sentence, and its value. */
typedef struct
{
  const char *name;
  const char *value;
} NtBlank;

char *nt_text_fill (const char *sentence, const NtBlank *blanks, guint n_blanks);

G_END_DECLS
