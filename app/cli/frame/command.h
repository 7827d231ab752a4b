/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/invocation.h"

G_BEGIN_DECLS

typedef NtExit (*NtCommandFunc) (NtInvocation *invocation);

/* nicteam NOUN VERB; a verb of NULL = the noun stands alone */
typedef struct
{
  const char *noun;
  const char *verb;
  const char *arguments; /* as the help shows them */
  const char *summary;
  guint min_arguments;
  guint max_arguments;
  const GOptionEntry *options; /* NULL = none of its own */
  NtCommandFunc func;
} NtCommand;

G_END_DECLS
