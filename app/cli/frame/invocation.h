/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/print/exit-status.h"
#include "app/cli/print/output.h"

G_BEGIN_DECLS

/* Who keeps a change that cuts nobody off. */
typedef enum
{
  NT_CONFIRM_AUTO,   /* the program itself, over a new connection */
  NT_CONFIRM_MANUAL, /* “nicteam confirm” */
  NT_CONFIRM_NONE,   /* nobody: it stays at once */
} NtConfirmMode;

/* A command line that was understood so far. */
typedef struct
{
  GPtrArray *servers;   /* of NtTargetServer; this machine where none is named */
  gboolean json;
  gboolean dry_run;
  gboolean yes;
  gboolean at_once;     /* what is said of a server does not wait for those before it */
  NtConfirmMode confirm;
  int deadline;         /* seconds until a change is undone that is not confirmed; -1 = as the agent is set */
  GStrv arguments;      /* behind the noun and the verb */
  NtOutput *output;
} NtInvocation;

NtExit nt_invocation_fail (NtInvocation *self, const char *server, NtExit code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
gboolean nt_invocation_confirm (NtInvocation *self, const char *question);

G_END_DECLS
