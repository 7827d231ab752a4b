/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/cli/print/output.h"

G_BEGIN_DECLS

/* How the program ends, told in its help. Of several servers, the highest counts. */
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

/* The commands of each file, ended by a noun of NULL. */
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
