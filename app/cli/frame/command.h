/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/invocation.h"

G_BEGIN_DECLS

typedef NtExit (*NtCommandFunc) (NtInvocation *invocation);

/* nicteam NOUN VERB, or nicteam NOUN if verb is NULL */
typedef struct
{
  const char *noun;
  const char *verb;
  const char *arguments; /* as shown in the help */
  const char *summary;
  guint min_arguments;
  guint max_arguments;
  const GOptionEntry *options; /* NULL if it has only global options */
  NtCommandFunc func;
  gboolean is_stream; /* does not end, so its output is printed as it arrives, JSON as one object per line */
} NtCommand;

G_END_DECLS
