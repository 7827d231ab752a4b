/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kind of object that a word on the command line names */
typedef enum
{
  NT_NAME_TEAM,
  NT_NAME_ADAPTER,
  NT_NAME_INTERFACE,
  NT_NAME_DEVICE, /* an adapter, or the device of a team or an interface */
  NT_NAME_SERVER, /* a saved server */
  NT_NAME_TARGET, /* a saved server or a group */
} NtNameKind;

GPtrArray *nt_complete_find_names (NtNameKind kind, char **servers);

G_END_DECLS
