/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/wire/limits.h"

/* Limit on the load by a user other than root: each method has a cost in milliseconds, see access.c. A user may run up
 * this much; further calls are delayed to one millisecond of cost per millisecond. root is exempt, as root could stop
 * the agent anyway. */
#define NT_LIMIT_BURST_MS 5000

/* Time for answering a password prompt of polkit. */
#define NT_LIMIT_PASSWORD_MS (2 * 60 * 1000)

/* Time for looking up the name and the groups of a caller, which may be in a directory such as LDAP. */
#define NT_LIMIT_LOOK_UP_MS (10 * 1000)

/* Users who are looked up at the same time, each in a thread. GLib has ten threads for everything of this kind, and the
 * unit allows 32. */
#define NT_LIMIT_LOOK_UP_THREADS 4
