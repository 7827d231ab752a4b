/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **nt_ssh_hosts_list (const char *path);

G_END_DECLS
