/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/subscription.h"

G_BEGIN_DECLS

/**
 * NtAdvice:
 * @text: what to do, translated
 * @command: (nullable): shell commands that do it
 *
 * One step towards fixing a connection.
 */
typedef struct
{
  char *text;
  char *command;
} NtAdvice;

GPtrArray *nt_advice_for (NtConnection connection, const NtServerAddress *address, const char *user);

G_END_DECLS
