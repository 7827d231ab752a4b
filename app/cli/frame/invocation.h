/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/print/exit-status.h"
#include "app/cli/print/output.h"

G_BEGIN_DECLS

/* How a change is confirmed. */
typedef enum
{
  NT_CONFIRM_AUTO,   /* by this program, over a new connection */
  NT_CONFIRM_MANUAL, /* by “nicteam confirm” */
  NT_CONFIRM_NONE,   /* the change needs no confirmation */
} NtConfirmMode;

/* A parsed command line. */
typedef struct
{
  GPtrArray *servers;   /* of NtTargetServer; the local machine by default */
  gboolean json;
  gboolean dry_run;
  gboolean yes;
  gboolean at_once;     /* print the output of each server as it arrives, not in the order of the servers */
  NtConfirmMode confirm;
  int deadline;         /* seconds until an unconfirmed change is rolled back; -1 = the agent's default */
  GStrv arguments;      /* without the noun and the verb */
  NtOutput *output;
} NtInvocation;

NtExit nt_invocation_fail (NtInvocation *self, const char *server, NtExit code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
gboolean nt_invocation_confirm (NtInvocation *self, const char *server, const char *question);

G_END_DECLS
