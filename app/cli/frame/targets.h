/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/server-address.h"

G_BEGIN_DECLS

/* A server that a command runs on. */
typedef struct
{
  char *name;
  NtServerAddress *address;
} NtTargetServer;

GPtrArray *nt_targets_find (char **names, GError **error);

G_END_DECLS
