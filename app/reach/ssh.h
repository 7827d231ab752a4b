/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/transport.h"

G_BEGIN_DECLS

GSubprocess *nt_ssh_spawn (const char *host, NtTransportFlags flags, GIOStream **stream, GError **error);
void nt_ssh_set_error (GError **error, const char *host, int exit_status, const char *words);

G_END_DECLS
