/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cli/output.h"

G_BEGIN_DECLS

/* Exit status, as documented in the help. With several servers, the highest one is returned. */
typedef enum
{
  NT_EXIT_OK = 0,
  NT_EXIT_FAILED = 1,
  NT_EXIT_USAGE = 2,
  NT_EXIT_UNREACHABLE = 3,
  NT_EXIT_REFUSED = 4,
  NT_EXIT_KERNEL = 5,
  NT_EXIT_TIMEOUT = 6,
} NtExit;

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
} NtCommand;

/* Each array ends with an entry whose noun is NULL. */
extern const NtCommand nt_adapter_commands[];
extern const NtCommand nt_team_commands[];
extern const NtCommand nt_member_commands[];
extern const NtCommand nt_interface_commands[];
extern const NtCommand nt_apply_commands[];
extern const NtCommand nt_change_commands[];
extern const NtCommand nt_server_commands[];
extern const NtCommand nt_watch_commands[];
extern const NtCommand nt_access_commands[];

int nt_command_line_run (int argc, char **argv);

NtExit nt_invocation_fail (NtInvocation *self, const char *server, NtExit code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
gboolean nt_invocation_confirm (NtInvocation *self, const char *question);

G_END_DECLS
