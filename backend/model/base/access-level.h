/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/record.h"

G_BEGIN_DECLS

/* Access levels on a server; each one includes those before it. */
typedef enum
{
  NT_ACCESS_NONE = -1,
  NT_ACCESS_READ,
  NT_ACCESS_MANAGE,
} NtAccessLevel;

/* Members of these groups have their level without authentication. */
#define NT_ACCESS_MANAGE_GROUP "nicteam"
#define NT_ACCESS_READ_GROUP "nicteam-view"

extern const NtEnum nt_access_level_enum;

/* The user that the agent sees as its client, and their access level. */
typedef struct
{
  NtRecord record;
  int level;
  char *user;
} NtAccess;

NT_DECLARE_RECORD (NtAccess, nt_access)

/* The access level that a refused call requires. */
typedef struct
{
  NtRecord record;
  int level;
  gboolean groups_unknown;
  char *message;
} NtAccessDenial;

NT_DECLARE_RECORD (NtAccessDenial, nt_access_denial)

const char *nt_access_explain_denial (int level, gboolean groups_unknown);

G_END_DECLS
