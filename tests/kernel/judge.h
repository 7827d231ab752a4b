/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What independent readers say of the kernel: iproute2 and the bonding driver's own file. Our parser is no judge. */

void judge_run (const char *command);
JsonObject *judge_read_link (const char *name);
char *judge_get (JsonObject *link, const char *path);
char *judge_read_network (void);
char *judge_read_bonding (const char *bond);
