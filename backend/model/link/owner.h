/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/enums.h"

G_BEGIN_DECLS

/* The owner of a link: another tool that configures it. Two tools on one link would undo each other's changes. */

typedef enum
{
  NT_TOOL_NETWORK_MANAGER,
  NT_TOOL_NETWORKD,
  NT_TOOL_NETPLAN, /* uses one of the two before it as its renderer */
  NT_TOOL_IFUPDOWN,
  NT_TOOL_TEAMD,
} NtTool;

extern const NtEnum nt_tool_enum;

typedef struct
{
  NtRecord record;
  int tool;     /* NtTool */
  int renderer; /* NtTool: the renderer of netplan; -1 for all other tools */
  char *by;     /* the connection, file or device that configures it; NULL = the tool configures all links */
} NtOwner;

NT_DECLARE_RECORD (NtOwner, nt_owner)

typedef struct
{
  NtRecord record;
  char *link;
  NtOwner *owner;
} NtOwnedLink;

NT_DECLARE_RECORD (NtOwnedLink, nt_owned_link)

NtOwner *nt_owner_make (NtTool tool, const char *by);
NtTool nt_owner_get_renderer (const NtOwner *self);
gboolean nt_owner_can_be_taken_over (const NtOwner *self);
int nt_owner_get_obstacle (const NtOwner *self);
gboolean nt_owner_is_obstacle (const char *obstacle);
char *nt_owner_describe (const NtOwner *self);
NtOwner *nt_owner_parse_networkd (const char *text);
NtOwner *nt_owner_parse_connection (const char *id, const char *path);
NtOwner *nt_owner_parse_interfaces (const char *text, const char *path, const char *link);
const NtOwner *nt_owned_links_find (const GPtrArray *owned, const char *link);
void nt_owned_links_add (GPtrArray *owned, const char *link, NtOwner *owner);

G_END_DECLS
