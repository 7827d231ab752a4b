/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* Reads the state of the kernel with independent tools: iproute2 and the file of the bonding driver. Our own parser
 * is under test, so it cannot be the reference. */

void judge_run (const char *command);
JsonObject *judge_read_link (const char *name);
char *judge_get (JsonObject *link, const char *path);
char *judge_read_network (void);
char *judge_read_bonding (const char *bond);
